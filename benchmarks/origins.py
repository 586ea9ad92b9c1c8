"""How well it is told who took what from whom, each measure once. Percentages unless said otherwise.

rumours   on the labelled cases that have `reuse` and `origins`: F1 of the pairs that are copies or partly copied; and
          of how many reports it is rightly said whether they go back to the main story's origin (the first labelled;
          ours is the one that agrees best)
labelled  F1 and precision of the same kind of pairs among those of `reuse.tsv`, real reports of one event or of two
"""

import csv
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from reportedly.identity import same_sources
from reportedly.origins import Trace, kind_of, traced
from reportedly.pipeline import read
from reportedly.reuse import passages, words_of

from . import corpora

PAIRS = Path(__file__).parent / "reuse.tsv"
TAKEN = ("copy", "partly", "partly copied")


class Found(NamedTuple):
    """Pairs said to be taken from each other, counted: rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Of the pairs that are taken."""
        return 200 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def precision(self) -> float:
        """Share of those said that are."""
        return 100 * self.right / max(1, self.right + self.wrong)

    def __add__(self, other: object) -> "Found":
        assert isinstance(other, Found)
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def found(pairs: Iterator[tuple[bool, bool]]) -> Found:
    """(is it taken, do we say so), counted."""
    told = list(pairs)
    return Found(sum(g and o for g, o in told), sum(o and not g for g, o in told), sum(g and not o for g, o in told))


def rumours(folder: Path) -> tuple[Found, float]:
    """(pairs taken, share of reports whose going back to the main origin is rightly told) over the cases."""
    pairs, right, reports = Found(0, 0, 0), 0, 0
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text())
        if "reuse" not in gold:
            continue
        texts = {r["id"]: r["text"] for r in corpora.rows(folder / f"{path.stem}.reports.jsonl")}
        trace, names = trace_of(texts)
        said = {frozenset((names[r.a], names[r.b])) for r in trace.reuse if r.kind in TAKEN}
        true = {frozenset((r["a"], r["b"])) for r in gold["reuse"] if r["kind"] in TAKEN}
        pairs += found((frozenset(p) in true, frozenset(p) in said) for p in combinations(texts, 2))
        main = set(gold["origins"][0]["docs"])
        ours = [{names[d] for d in o.documents} for o in trace.origins]
        right += max(sum((d in main) == (d in o) for d in texts) for o in ours)
        reports += len(texts)
    return pairs, 100 * right / reports


def trace_of(texts: dict[str, str]) -> tuple[Trace, dict[str, str]]:
    """The debts of some texts, and the name of each document."""
    reports = {name: read(text, file=f"{name}.txt") for name, text in texts.items()}
    names = {r.document.id: name for name, r in reports.items()}
    return traced(list(reports.values()), same_sources(reports.values())), names


def labelled(folder: Path, path: Path = PAIRS) -> Found:
    """The pairs that were labelled by reading; what was marked unsure counts too."""
    texts: dict[tuple[str, str], str] = {}
    for name in ("ecbplus", "newswcl50", "basil", "meantime"):
        texts |= {(name, r["id"]): r["text"] for r in corpora.rows(folder / "events" / f"{name}.jsonl")}
    for r in corpora.rows(folder / "incidents" / "gun_violence.jsonl"):
        texts |= {("gun_violence", a["id"]): a["text"] for a in r["articles"]}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))

    def judged() -> Iterator[tuple[bool, bool]]:
        for r in rows:
            a, b = (words_of(texts[r["set"], r[k]]) for k in "ab")
            yield r["label"] in TAKEN, kind_of(a, b, passages(a, b)) in TAKEN

    return found(judged())
