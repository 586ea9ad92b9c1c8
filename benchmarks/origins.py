"""How well it is told who took what from whom, each measure once. Percentages unless said otherwise.

rumours   on the labelled cases that have `reuse` and `origins`: F1 of the pairs that are copies or partly copied; and
          of how many reports it is rightly said whether they go back to the main story's origin (the first labelled;
          ours is the one that agrees best)
labelled  F1 and precision of the same kind of pairs among those of `reuse.tsv`, real reports of one event or of two

On reports that are made for it (`derive.py`; the seeds here are fixed, others are as good):
pairs     F1 of pairs of which one derives from the other, by the share of words changed, among as many that do not, and
          the precision against those; `rewrite`: told anew sentence by sentence
direction of the derived pairs of which we say who was first, the share where that is right
passages  share of the passages taken over whose ends we have to within three words in both reports, of the pairs found
origins   share of the statements whose number of origins lies in the range we give; `exact`: that is one number, and
          the right one
circles   circles found, invented and missed
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec

from reportedly.debts import kind_of
from reportedly.identity import same_sources
from reportedly.ingest.ingested import Ingested
from reportedly.origins import Trace, traced
from reportedly.pipeline import attribute, read, study
from reportedly.records import Claim, Document, Report, Reuse, Shared
from reportedly.reuse import passages, words_of

from . import corpora, derive

EVERY = "main origin, where all reports are said to go back to it"
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


def rumours(folder: Path) -> tuple[Found, float, float]:
    """(pairs taken, share of reports whose going back to the main origin is rightly told, the same if it is told of
    every report) over the cases."""
    pairs, right, every, reports = Found(0, 0, 0), 0, 0, 0
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
        every += sum(d in main for d in texts)
        reports += len(texts)
    return pairs, 100 * right / reports, 100 * every / reports


def trace_of(texts: dict[str, str]) -> tuple[Trace, dict[str, str]]:
    """The debts of some texts, and the name of each document."""
    reports = {name: read(text, file=f"{name}.txt") for name, text in texts.items()}
    names = {r.document.id: name for name, r in reports.items()}
    return traced(list(reports.values()), same_sources(reports.values())), names


def labelled(folder: Path, path: Path = PAIRS) -> Found:
    """The pairs that a language model labelled, reading both; what was marked unsure counts too."""
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


NEAR = 3  # words by which the end of a passage may be off
BANDS = (0.0, 0.1, 0.2, 0.35, 0.5)


class Derived(NamedTuple):
    """What is said of made reports, counted."""

    pairs: dict[str, Found]
    passages: dict[str, tuple[int, int]]  # right, all
    directed: tuple[int, int, int]  # right, decided, found


def derived(seed: int, count: int = 60) -> Derived:
    """Pairs at each share of words changed, `count` each, and told anew; the same independent ones beside each."""
    apart, anew = [], []
    for m in derive.matters(seed, 2 * count):
        by_name = {r.name: r for r in m.reports}
        for t in m.truths:
            if t.kind in ("same event", "quotation", "unrelated"):
                apart.append((by_name[t.a], by_name[t.b], t))
            elif t.kind == "rewrite":
                anew.append((by_name[t.a], by_name[t.b], t))
    pairs: dict[str, Found] = {}
    ends: dict[str, tuple[int, int]] = {}
    right = decided = seen = 0
    bands = [(f"{b:.0%}", list(derive.pairs(seed, count, b))) for b in BANDS]
    for name, taken in [*bands, ("rewrite", anew)]:
        told, near_by, passages = [], 0, 0
        for a, b, truth in [*taken, *apart[: len(taken)]]:
            pair = pair_of(a, b)
            told.append((truth.kind in (*TAKEN, "rewrite"), pair is not None and pair.kind in TAKEN))
            if told[-1] != (True, True) or pair is None:
                continue
            seen += 1
            decided += pair.direction != "undecided"
            right += pair.direction == "a->b"
            passages += len(truth.passages)
            near_by += sum(any(near(a.text, b.text, p, q) for q in pair.passages) for p in truth.passages)
        pairs[name] = found(iter(told))
        if passages:
            ends[name] = near_by, passages
    return Derived(pairs, ends, (right, decided, seen))


def document_of(made: derive.Made) -> Document:
    """A made report as a document."""
    return Document.of(
        made.text, file=made.name, outlet=made.outlet, title=made.title, byline=made.byline, published=made.published
    )


def pair_of(a: derive.Made, b: derive.Made) -> Reuse | None:
    """What we say of two reports, the first of them as `a`; their credits are read, their statements are not."""
    reports = [Report(document_of(x)) for x in (a, b)]
    trace = traced(reports, same_sources(reports))
    return next((r if r.a == reports[0].document.id else turned(r) for r in trace.reuse), None)


def turned(r: Reuse) -> Reuse:
    """The same with its documents changed round."""
    way = {"a->b": "b->a", "b->a": "a->b"}.get(r.direction, "undecided")
    shared = tuple(msgspec.structs.replace(p, a=p.b, b=p.a) for p in r.passages)
    return msgspec.structs.replace(r, a=r.b, b=r.a, direction=way, passages=shared)


def near(a: str, b: str, true: derive.Passage, ours: Shared) -> bool:
    """Whether both ends of a passage are right to within NEAR words in both texts."""
    ends = (
        (a, true.a_start, ours.a.start), (a, true.a_end, ours.a.end),
        (b, true.b_start, ours.b.start), (b, true.b_end, ours.b.end),
    )  # fmt: skip
    return all(len(re.findall(r"\w+", text[min(x, y) : max(x, y)])) <= NEAR for text, x, y in ends)


class Told(NamedTuple):
    """Statements of which the number of origins is within our range, exactly right, and all; circles found, invented
    and missed."""

    within: int
    exact: int
    statements: int
    circles: Found


def told(seed: int, count: int = 40) -> Told:
    """Whole matters, read and traced."""
    within = exact = statements = 0
    circles = Found(0, 0, 0)
    for m in derive.matters(seed, count):
        reports = {r.name: attribute(Ingested(document_of(r))) for r in m.reports}
        trace = traced(list(reports.values()), same_sources(reports.values()))
        claims = {name: study(r).claims for name, r in reports.items()}
        for s in m.statements:
            said = [c for name, *place in s.carriers if (c := carrying(claims[name], *place))]
            o = trace.counted(said)
            statements += 1
            within += o.measured and o.low <= s.origins <= o.high
            exact += o.measured and o.low == s.origins == o.high
        true = {frozenset(c) for c in m.circles}
        ours = {frozenset(c.outlets) for c in trace.circles}
        circles += Found(len(true & ours), len(ours - true), len(true - ours))
    return Told(within, exact, statements, circles)


def carrying(claims: Sequence[Claim], start: int, end: int) -> Claim | None:
    """The claim that has most of a sentence."""

    def held(c: Claim) -> int:
        return sum(max(0, min(s.end, end) - max(s.start, start)) for s in c.spans)

    best = max(claims, key=held, default=None)
    return best if best and held(best) else None


HELD = 1000  # a seed whose reports were not looked at
NEARLY = ("0%", "10%", "20%")


def made(seed: int = HELD) -> dict[str, float]:
    """Everything that is measured on made reports, by name, in per cent."""
    d, t = derived(seed, 100), told(seed, 60)
    near_by = [d.passages[b] for b in NEARLY]
    return {
        **{f"copies, {b} changed": d.pairs[b].f1 for b in d.pairs if b != "rewrite"},
        "told anew": d.pairs["rewrite"].f1,
        "precision": min(f.precision for f in d.pairs.values()),
        "direction": 100 * d.directed[0] / max(1, d.directed[1]),
        "direction decided": 100 * d.directed[1] / max(1, d.directed[2]),
        "passages": 100 * sum(r for r, _ in near_by) / sum(n for _, n in near_by),
        "passages, 50% changed": 100 * d.passages["50%"][0] / d.passages["50%"][1],
        "origins": 100 * t.within / t.statements,
        "origins exact": 100 * t.exact / t.statements,
        "circles": 100 * t.circles.right / max(1, t.circles.right + t.circles.missed),
        "circles precision": t.circles.precision,
    }


def real(folder: Path) -> dict[str, float]:
    """Everything that is measured on real reports, by name, in per cent."""
    pairs, main, every = rumours(folder / "cases")
    read_pairs = labelled(folder)
    return {
        "rumours": pairs.f1, "rumours precision": pairs.precision, "main origin": main, EVERY: every,
        "labelled": read_pairs.f1, "labelled precision": read_pairs.precision,
    }  # fmt: skip
