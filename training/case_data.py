"""Labelled cases -> what is learned from them: the six of `corpora/cases`, and those of `training/cases.jsonl`, whose
texts lie in the corpora and whose labels are ours (offsets only; see README.md)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import cases, corpora
from reportedly import Document
from reportedly.arrays import Floats
from reportedly.bearings import bearings
from reportedly.compare import Reading, answered, as_read, asked, worth_reading
from reportedly.identity import same_sources
from reportedly.ingest.ingested import Ingested
from reportedly.ingest.text import headline
from reportedly.pairing import Phrase
from reportedly.pipeline import attribute, study
from reportedly.records import Claim
from reportedly.relations import ALIKE, NEITHER, OTHERWISE, Judge

LABELS = Path(__file__).parent / "cases.jsonl"
TEXTS = ("relations/fnc1_train_bodies", "polnear/train", "events/basil", "events/newswcl50")
HELD = 60  # of our own cases, kept from what the judge learns, for what learns on top of it


@dataclass(eq=False)
class Case:
    """A labelled case. gold: as in `corpora/cases`; texts: of its reports."""

    name: str
    gold: dict[str, Any]
    texts: dict[str, str]
    readings: list[Reading]

    @property
    def claims(self) -> list[Claim]:
        """All claims that can be compared, report by report."""
        return [c for r in self.readings for c in r.claims if c.id in r.phrases]

    @cached_property
    def stem(self) -> dict[str, str]:
        """The gold's name of each document."""
        return {r.report.document.id: Path(r.report.document.file).stem for r in self.readings}

    @cached_property
    def sides(self) -> list[dict[int, int] | None]:
        """Claim by claim its account in each question that it answers; None where it is no labelled claim."""
        claims, sides = cases.gold_claims(self.gold, self.texts)
        out: list[dict[int, int] | None] = []
        for c in self.claims:
            doc = self.stem[c.document]
            mine = cases.tokens(self.texts[doc], [(s.start, s.end) for s in c.spans])
            found = [k for k, want in claims.items() if k[0] == doc and cases.same(mine, want)]
            out.append({q: a for k in reversed(found) for q, a in sides[k].items()} if found else None)
        return out

    def label(self, i: int, j: int) -> int:
        """How two claims stand to each other; -1 where one of them is not labelled."""
        a, b = self.sides[i], self.sides[j]
        if a is None or b is None:
            return -1
        both = a.keys() & b.keys()
        return OTHERWISE if any(a[q] != b[q] for q in both) else ALIKE if both else NEITHER

    @cached_property
    def phrases(self) -> dict[str, Phrase]:
        """The phrases of the claims, by their ids."""
        return {k: v for r in self.readings for k, v in r.phrases.items()}

    def told(self) -> tuple[list[tuple[int, int]], Floats]:
        """The pairs that would be asked about, and their bearings."""
        pairs, reports = asked(self.claims, self.phrases), [r.report for r in self.readings]
        return pairs, bearings(self.claims, self.phrases, reports, same_sources(reports), pairs)

    def read(self, judge: Judge, pairs: list[tuple[int, int]], p: Floats) -> Floats:
        """What the judge makes of those pairs that it would read; NaN of the others. p: what the trees make of them."""
        worth = worth_reading(pairs, p, len(self.claims))
        return as_read(pairs, answered(self.claims, self.phrases, worth, judge, {})[0])


def of_corpora(folder: Path) -> list[Case]:
    """The six labelled cases of the corpora."""
    out = []
    for path in sorted((folder / "cases").glob("*.json")):
        texts = {r["id"]: r["text"] for r in corpora.rows(path.with_suffix(".reports.jsonl"))}
        out.append(_read(path.stem, json.loads(path.read_text("utf-8")), texts))
    return out


def of_our_own(folder: Path) -> list[Case]:
    """The cases that were labelled for training, in the order of their names."""
    known = {r["id"]: r["text"] for name in TEXTS for r in corpora.rows(folder / f"{name}.jsonl")}
    out = []
    for row in corpora.rows(LABELS):
        documents = row["documents"]

        def claim(k: int, *places: int, of: list[str] = documents) -> dict[str, Any]:
            return {"doc": of[k], "spans": list(zip(places[::2], places[1::2], strict=True))}

        questions = [{"accounts": [{"claims": [claim(*c) for c in a]} for a in q]} for q in row["questions"]]
        gold = {"case": row["case"], "questions": questions}
        out.append(_read(row["case"], gold, {d: known[d] for d in documents}))
    return out


def held(some: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """Our own cases parted: those that the judge learns from, and those kept from it."""
    order = np.random.RandomState(1).permutation(len(several := list(some)))
    return [several[i] for i in order[HELD:]], [several[i] for i in order[:HELD]]


def _read(name: str, gold: dict[str, Any], texts: dict[str, str]) -> Case:
    readings = []
    for key, text in texts.items():
        document = Document.of(text, file=f"{key}.txt", title=headline(text))
        report = attribute(Ingested(document, (), ()))
        readings.append(study(report))
    return Case(name, gold, texts, readings)
