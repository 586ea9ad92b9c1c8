"""Reports -> which two of them share words or a source, and who had it from whom.

What is known of a report's debts, strongest first: whom it credits (`credits.py`); the passages it shares with another
(`reuse.py`), of narration more than of quotations, which several may have heard; that it tells the same in the same
order; the dates. Thresholds were chosen on the pairs of `benchmarks/reuse.tsv`, on made reports, and on three labelled
rumours.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec

from . import reuse
from .brief import counted, day_told
from .claims import one_line
from .credits import Credit, Mastheads, credits_of, key_of
from .nearness import candidates
from .outlets import outlet_of
from .records import Direction, Document, Evidence, Report, Reuse, ReuseKind, Shared

COPIED = 0.5  # share of the shorter report's narration from which it is a copy
PASSAGE = 24  # words of narration in one passage that are no chance
NARRATION = 50  # and in all passages
SHARED = 0.36  # share of the shorter report's words, quotations too, that are no chance
RETOLD = 0.58  # share of the sentences, told in the same order, that is no chance
QUOTED = 8  # words of a quotation that two reports share
INSIDE = 0.6  # share of a place that must lie in another


@dataclass(frozen=True)
class Ledger:
    """A report with what tells of its debts."""

    report: Report
    key: str  # of its outlet; empty where it does not say
    credits: tuple[Credit, ...]
    day: str | None = None  # of what it says (`brief.day_told`)

    @cached_property
    def words(self) -> reuse.Words:
        """Its words, by which shared passages are found."""
        return reuse.words_of(self.report.text)

    @cached_property
    def sentences(self) -> reuse.Sentences:
        """Its sentences, by which it is told that it tells the same."""
        return reuse.sentences_of(self.report.text)

    @property
    def node(self) -> str:
        """What it is in the graph of outlets: its outlet, or itself where it does not say whose it is."""
        return self.key or self.report.document.id

    @property
    def name(self) -> str:
        """What its readers call it: its outlet, else its file."""
        return one_line(self.report.document.outlet or self.report.document.file)


def ledgers_of(reports: Sequence[Report], mastheads: Mastheads, pages: Mapping[str, str] | None = None) -> list[Ledger]:
    """The reports with what tells of their debts, in their order. pages: the first version of each that is a later
    one."""
    days = (day_told(r.document, pages or {}) for r in reports)
    return [
        Ledger(r, key_of(r.document), tuple(credits_of(r, mastheads)), d) for r, d in zip(reports, days, strict=True)
    ]


def reuses(ledgers: Sequence[Ledger]) -> list[Reuse]:
    """Every pair of reports that share words, and those near each other of which one credits the other's outlet."""
    shared = {
        (i, j): reuse.passages(ledgers[i].words, ledgers[j].words)
        for i, j in reuse.candidates(s.words.numbers for s in ledgers)
    }
    near = {*shared, *candidates([s.report.text for s in ledgers])}
    found = (_reuse(ledgers[i], ledgers[j], shared.get((i, j), [])) for i, j in sorted(near))
    return list(_of_one_parent([r for r in found if r], {s.report.document.id: s for s in ledgers}))


def kind_of(a: reuse.Words, b: reuse.Words, shared: Sequence[reuse.Match]) -> ReuseKind | None:
    """What two texts are to each other by the words they share; None where that may be chance."""
    narration = sum(p.narration for p in shared)
    longest = max((p.longest for p in shared), default=0)
    shorter = min(int((~a.quoted).sum()), int((~b.quoted).sum()))
    if narration >= COPIED * shorter and longest >= PASSAGE:
        return "copy"
    if longest >= PASSAGE or narration >= NARRATION or sum(p.words for p in shared) >= SHARED * min(len(a), len(b)):
        return "partly"
    return "shared source" if any(p.words - p.narration >= QUOTED for p in shared) else None


def _reuse(one: Ledger, other: Ledger, shared: Sequence[reuse.Match]) -> Reuse | None:
    a, b = one.report.document, other.report.document
    kind = kind_of(one.words, other.words, shared)
    order = earlier(one.day, other.day)
    evidence = [
        *(credited(a, c) for c in one.credits if c.key == other.key and order >= 0),
        *(credited(b, c) for c in other.credits if c.key == one.key and order <= 0),
    ]
    own = kind in ("copy", "partly")
    retold = 0.0 if own else reuse.retold(one.sentences, other.sentences)
    if retold >= RETOLD:
        kind, own = "partly", True
        says = f"{retold:.0%} of their sentences tell the same in the same order"
        evidence.append(Evidence(kind="retold", says=says, document=a.id))
    if kind is None and not evidence:
        return None
    told = [p for p in shared if own or p.words - p.narration >= QUOTED]
    if told:
        number = f"{sum(p.words for p in told)} words in {counted(len(told), 'passage')}"
        says = number if own else "the same quotation"
        evidence.append(Evidence(kind="passage" if own else "quotation", says=says, document=a.id))
    mine, theirs = outlet_of(one.key), outlet_of(other.key)
    if mine and theirs and one.key != other.key and mine.family and mine.family == theirs.family:
        evidence.append(Evidence(kind="family", says=f"both of {mine.family}", document=a.id))
    direction: Direction = "undecided"
    takes_a, takes_b = (any(e.kind == "credit" and e.document == d.id for e in evidence) for d in (a, b))
    if takes_a != takes_b:
        direction = "b->a" if takes_a else "a->b"
    elif own:
        wires = [bool(o and o.kind == "agency") for o in (mine, theirs)]
        if order:
            first = one if order < 0 else other
            says = f"published first, {one_line(first.day or '')}"
            evidence.append(Evidence(kind="date", says=says, document=first.report.document.id))
            direction = "a->b" if order < 0 else "b->a"
        elif wires[0] != wires[1]:
            direction = "a->b" if wires[0] else "b->a"
    return Reuse(
        a=a.id, b=b.id, kind=kind or "shared source", direction=direction, evidence=tuple(evidence),
        passages=tuple(Shared(a=a.span(*p.a), b=b.span(*p.b), words=p.words, narration=p.narration) for p in told),
    )  # fmt: skip


def credited(document: Document, credit: Credit) -> Evidence:
    """A credit as a sign, with the name as it stands in the text."""
    spans = (document.span(credit.start, credit.end),) if credit.end else ()
    return Evidence(kind="credit", says=f"credits {credit.name} ({credit.manner})", document=document.id, spans=spans)


def _of_one_parent(found: Sequence[Reuse], ledgers: Mapping[str, Ledger]) -> Iterator[Reuse]:
    """The pairs; but two that have their shared passages from a third, which both credit, only share that source."""
    given: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for r in found:
        if r.kind != "shared source" and r.direction != "undecided":
            giver, taker = (r.a, r.b) if r.direction == "a->b" else (r.b, r.a)
            if ledgers[giver].key in {c.key for c in ledgers[taker].credits} - {""}:
                given[taker][giver] = [(x.start, x.end) for p in r.passages for x in [p.b if taker == r.b else p.a]]
    for r in found:
        parents = [
            parent
            for parent in given[r.a].keys() & given[r.b].keys()
            if r.kind != "shared source"
            and all(
                any(covered((x.start, x.end), place) >= INSIDE for place in given[d][parent])
                for p in r.passages
                for d, x in ((r.a, p.a), (r.b, p.b))
            )
        ]
        if not parents or not r.passages or any(e.kind == "credit" for e in r.evidence):
            yield r
            continue
        sign = Evidence(kind="parent", says=f"both have it from {ledgers[min(parents)].name}", document=r.a)
        kept = tuple(e for e in r.evidence if e.kind != "date")
        yield msgspec.structs.replace(r, kind="shared source", direction="undecided", evidence=(sign, *kept))


def covered(place: tuple[int, int], by: tuple[int, int]) -> float:
    """The share of a place that lies in another."""
    return max(0, min(place[1], by[1]) - max(place[0], by[0])) / max(1, place[1] - place[0])


def earlier(a: str | None, b: str | None) -> int:
    """-1 where the first of two dates (ISO 8601) is earlier, 1 where it is later, 0 where that is not known: one is
    missing or no date, or only the day is known and it is the same."""
    if not a or not b:
        return 0
    try:
        x, y = (datetime.fromisoformat(d) for d in (a, b))
    except ValueError:
        return 0
    if x.date() != y.date() and (x.tzinfo is None or y.tzinfo is None):
        return -1 if x.date() < y.date() else 1
    if len(a) <= 10 or len(b) <= 10 or (x.tzinfo is None) != (y.tzinfo is None) or x == y:
        return 0
    return -1 if x < y else 1
