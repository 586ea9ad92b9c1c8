"""PolNeAR (and `world`, which has the same fields): articles with every attribution marked."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Gold:
    """One labelled attribution; spans are character offsets. `within`: index of the attribution around it."""

    source: Spans
    cue: Spans
    content: Spans
    within: int | None = None


@dataclass(frozen=True)
class Article:
    """A labelled article."""

    id: str
    text: str
    attributions: tuple[Gold, ...]


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple((s, e) for s, e in sorted(pairs))


def read(path: Path) -> list[Article]:
    """The articles of a file of `corpora/polnear` or `corpora/world`."""
    rows: list[dict[str, Any]] = [json.loads(x) for x in path.read_text("utf-8").splitlines() if x.strip()]
    return [
        Article(
            r["id"],
            r["text"],
            tuple(
                Gold(_spans(a["source"]), _spans(a["cue"]), _spans(a["content"]), a.get("within"))
                for a in r["attributions"]
            ),
        )
        for r in rows
    ]
