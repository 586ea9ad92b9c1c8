"""Our own labels, tables of places in texts of the corpora -> their rows, places, and the articles that they are of."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpora import rows
from reportedly.relating import Side


class Labelled(NamedTuple):
    """A pair as it was labelled, and how sure its labeller was: 3 clear, 2 probable, 1 could be another label."""

    a: Side
    b: Side
    label: str
    sure: int


def news(path: Path) -> Iterator[Mapping[str, Any]]:
    """The articles of a corpus. Those of an incident have its number and their own for an id."""
    for r in rows(path):
        if "articles" in r:
            yield from (x | {"id": f"{r['incident']}#{n}"} for n, x in enumerate(r["articles"]))
        else:
            yield r


def spans(places: str) -> list[tuple[int, int]]:
    """Places that are written as "12-40 55-60"."""
    return [(int(s), int(e)) for s, e in (x.split("-") for x in places.split())]


def lines(path: Path) -> list[list[str]]:
    """The rows of a table of tab-separated columns, without its head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]
