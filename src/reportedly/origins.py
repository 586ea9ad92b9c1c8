"""Reports with their claims -> who took what from whom, and how many independent roots claims have.

Forty outlets that print one agency's sentence are one source. What is known of a report's debts, strongest first: whom
it credits (`credits.py`); the passages it shares with another (`reuse.py`), of narration more than of quotations, which
several may have heard; the dates. From these each claim is followed to its root: the person who says it, the outlet in
whose voice it is said, or the unnamed source of whom only one outlet knows. What cannot be told apart is counted as a
range, with the reason.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
import numpy as np

from . import reuse
from .claims import one_line
from .credits import Credit, Mastheads, credits_of, key_of, keyed
from .identity import Identities
from .outlets import outlet_of
from .records import (
    Circle,
    Claim,
    Direction,
    Document,
    Evidence,
    Origin,
    Origins,
    Report,
    Reuse,
    ReuseKind,
    Shared,
    Source,
    identify,
)
from .relations import candidates
from .tally import relays

COPIED = 0.5  # share of the shorter report's narration from which it is a copy
PASSAGE = 24  # words of narration in one passage that are no chance
NARRATION = 50  # and in all passages
SHARED = 0.36  # share of the shorter report's words, quotations too, that are no chance
RETOLD = 0.58  # share of the sentences, told in the same order, that is no chance
QUOTED = 8  # words of a quotation that two reports share
INSIDE = 0.6  # share of a claim that lies in a passage
FAR = 6  # reports through which a claim is followed back
LONGEST = 5  # outlets of a circle
ALIKE = 0.2  # share of the rarity of two sentences' words from which they make one claim
_FULL_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ ){1,2}[A-Z][\w’'-]+")
_SAID = re.compile(r"\b(?:said|says|told|confirmed|claims?|claimed|according to|interview|disclosed|put it)\b")
_HEAD_ENDS = re.compile(
    r"\b(?:who|with|of|in|at|from|close|familiar|briefed|near|for|on|to|speaking|involved|aware|inside|within)\b|,"
)


class Side(NamedTuple):
    """A report with what tells of its debts."""

    report: Report
    words: reuse.Words
    sentences: reuse.Sentences
    key: str  # of its outlet; empty where it does not say
    credits: tuple[Credit, ...]

    @property
    def node(self) -> str:
        """What it is in the graph of outlets: its outlet, or itself where it does not say whose it is."""
        return self.key or self.report.document.id


class Root(NamedTuple):
    """Where a claim comes from as far as can be told. key: the same for the same root; sure: nobody else may be behind
    it; why: why it is not the claim's own report, in words; doubts: keys of roots that it may be as well, and why."""

    key: str
    sure: bool
    why: str = ""
    doubts: tuple[tuple[str, str], ...] = ()


def traced(reports: Sequence[Report], people: Identities) -> "Trace":
    """Everything that is known of the reports' debts."""
    mastheads = Mastheads(r.document for r in reports)
    sides = [
        Side(r, reuse.words_of(r.text), reuse.sentences_of(r.text), key_of(r.document), tuple(credits_of(r, mastheads)))
        for r in reports
    ]
    return Trace(sides, people, mastheads)


class Trace:
    """The debts of some reports. reuse, circles and origins are what a brief tells; `counted` counts the roots of
    claims."""

    def __init__(self, sides: Sequence[Side], people: Identities, mastheads: Mastheads) -> None:
        self.mastheads = mastheads
        self.sides = {s.report.document.id: s for s in sides}
        self.sources = {x.id: x for s in sides for x in s.report.sources}
        self.names = {c.key: c.name for s in sides for c in s.credits} | {s.node: self._name(s) for s in sides}
        self.one = {i: g.sources[0] for g in people.groups for i in g.sources}
        self.same_because = {g.sources[0]: (g.name, g.reason) for g in people.groups}
        self.outlets = {s.key for s in sides if s.key} | {c.key for s in sides for c in s.credits}
        self.bodies = {
            _bare(x.name).casefold(): (self.one.get(x.id, x.id), one_line(x.name))
            for x in self.sources.values()
            if x.named and x.kind in ("organisation", "group") and len(_bare(x.name)) > 3
        }
        self.by_name: dict[str, str] = {}
        for x in self.sources.values():
            if x.kind == "person" and x.named:
                self._person(x)
        self.unsure = [(p.a, p.b, p.reason) for p in people.unsure]
        self.reuse = tuple(_of_one_parent(list(_reuses(sides)), self.sides))
        self.taken: dict[str, list[tuple[str, Shared, bool]]] = defaultdict(list)
        for r in self.reuse:
            for p in r.passages if r.kind != "shared source" else ():  # who shares a quotation may have heard it too
                # Where nobody can say who was first, all are followed to the one of the lowest id.
                first_a = r.direction == "a->b" or (r.direction == "undecided" and r.a < r.b)
                self.taken[r.b if first_a else r.a].append((r.a if first_a else r.b, p, first_a))
        self.circles = tuple(_circles(sides))
        self.origins = tuple(self._origins())

    # Claims

    def counted(self, claims: Sequence[Claim]) -> Origins:
        """How many independent roots claims have."""
        roots: dict[str, Root] = {}
        held: dict[str, int] = defaultdict(int)
        reasons: dict[str, None] = {}
        for root in self._followed(claims, reasons):
            known = roots.get(root.key)
            held[root.key] += 1
            roots[root.key] = root if known is None or (root.sure and not known.sure) else known
            if root.why:
                reasons[root.why] = None
        for key, n in held.items():
            if n > 1 and key in self.same_because:
                name, why = self.same_because[key]
                reasons[f"{one_line(name)} is one across reports: {why}"] = None
        return _range(roots, reasons, self.unsure)

    def _followed(self, claims: Sequence[Claim], reasons: dict[str, None]) -> list[Root]:
        """The root of each claim; where that is an outlet whose own report has the claim from somebody, that one."""
        roots = [self.root(c) for c in claims]
        owns: dict[str, Root] = {}
        for c, root in sorted(zip(claims, roots, strict=True), key=lambda x: (x[0].document, x[0].spans[0].start)):
            key = "outlet " + self.sides[c.document].node
            if key not in owns or root.key == key:  # in its own voice too: then it is a root
                owns[key] = root
        out = []
        for root in roots:
            for _ in range(FAR):
                further = owns.get(root.key, root)
                if further.key == root.key:
                    break
                reasons[f"{self._called(root.key.removeprefix('outlet '))} has it from {self._told(further)}"] = None
                root = further
            out.append(root)
        return out

    def _told(self, root: Root) -> str:
        """A root in words."""
        kind, _, rest = root.key.partition(" ")
        if kind == "outlet":
            return self._called(rest)
        if kind == "unnamed":
            return "an unnamed " + rest.partition(" via ")[0]
        return one_line(self.sources[root.key].name) if root.key in self.sources else "nobody named"

    def root(self, claim: Claim) -> Root:
        """Where a claim comes from."""
        source = self.sources.get(claim.speaker or "")
        if source is not None and (outlet := self._outlet(source, claim.document)):
            own = outlet == self.sides[claim.document].key
            return Root("outlet " + outlet, True, doubts=self._mentioned(claim) if own else ())
        if source is not None and source.kind != "author" and source.named:
            return Root(self._person(source), True, doubts=self._speaks_for(source))
        home, place, why = self._home(claim)
        if source is None and claim.attribution:
            via = self._via(claim, home, place)
            return Root(f"nobody named via {via or home.node}" if via else f"nobody named {claim.id}", False, why)
        if source is None or source.kind == "author":
            for credit in home.credits:
                if credit.whole and credit.manner == "dateline" or _within(place, credit.about, credit.whole):
                    said = f"{self._name(home)} credits {credit.name}"
                    return Root("outlet " + credit.key, True, f"{why}; {said}" if why else said)
            doubts = self._mentioned(claim) + tuple(
                ("outlet " + c.key, f"{self._name(home)} credits {c.name} ({c.manner})")
                for c in home.credits
                if c.whole
            )
            return Root("outlet " + home.node, bool(home.key), why, doubts)
        via = self._via(claim, home, place) or home.node
        head = _head(source.name)
        told = why or ("" if via == home.node else f"{one_line(source.name)}: only through {self._called(via)}")
        return Root(f"unnamed {head} via {via}", False, told)

    def _home(self, claim: Claim) -> tuple[Side, tuple[int, int], str]:
        """The report from which a claim's words were taken, as far back as can be told, where they stand there, and why
        it is thought so."""
        at, place, why = claim.document, (claim.spans[0].start, claim.spans[-1].end), ""
        seen = {at}
        for _ in range(FAR):
            for other, p, first_a in self.taken[at]:
                here, there = (p.b, p.a) if first_a else (p.a, p.b)
                if other in seen or _covered(place, (here.start, here.end)) < INSIDE:
                    continue
                scale = (there.end - there.start) / (here.end - here.start)  # nearly: the words may differ a little
                low, high = (there.start + round((x - here.start) * scale) for x in place)
                place = max(there.start, min(low, there.end - 1)), min(there.end, max(high, there.start + 1))
                at = other
                seen.add(at)
                why = f"{self._name(self.sides[claim.document])} and {self._name(self.sides[at])} have the same words"
                break
            else:
                break
        return self.sides[at], place, why

    def _via(self, claim: Claim, home: Side, place: tuple[int, int]) -> str:
        """The outlet through which somebody's words came to a report; empty where nothing says so."""
        side = self.sides[claim.document]
        for a in side.report.attributions:
            if a.id == claim.attribution:
                through = [s for s in relays(a, self.sources) if s.kind == "outlet" and s.named]
                if through:
                    return keyed(through[-1].name)
        near = [c for c in home.credits if _within(place, c.about, c.whole)] or [
            c for c in home.credits if c.manner == "dateline"
        ]
        return near[0].key if near else ""

    def _outlet(self, source: Source, document: str) -> str:
        """The key of the outlet that a source is: also where only these reports tell that it is one, or where it is "a
        report in the Harbour Courier"."""
        if not source.named or source.kind == "author":
            return ""
        key = self.mastheads.key(source.name)
        if key in self.outlets:
            return key
        side = self.sides[document]
        own = set(re.findall(r"\w+", source.name.lower())) - {"the"}
        places = [(c.start, c.end, c.key, c.name) for c in side.credits] + [
            (m.start(), m.end(), side.key, m[0]) for m in self._itself(side)
        ]
        for start, end, outlet, name in places:
            named = any(m.start < end and start < m.end for m in source.mentions)
            # Of a person only where the outlet's own name was taken for one.
            if named and (source.kind != "person" or own <= set(re.findall(r"\w+", name.lower()))):
                return outlet
        return key if source.kind == "outlet" else ""

    def _itself(self, side: Side) -> list[re.Match[str]]:
        """Where a report names its own outlet."""
        name = _bare(side.report.document.outlet or "")
        return list(re.finditer(rf"\b{re.escape(name)}\b", side.report.text)) if name else []

    def _person(self, source: Source) -> str:
        """The key of somebody named: of all sources that are one, or that have one full name."""
        key = self.one.get(source.id, source.id)
        if source.kind != "person":
            return key
        name, _ = self.same_because.get(key, (source.name, ""))
        for part in one_line(name).split(", "):
            if _FULL_NAME.fullmatch(part):
                return self.by_name.setdefault(part.casefold(), key)
        return key

    def _mentioned(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """The people whose full names stand in the sentence of a claim beside a word of saying, where nobody but the
        report is said to have said it: they may well be who did."""
        text = self.sides[claim.document].report.text
        low = max(text.rfind("\n", 0, claim.spans[0].start), text.rfind(". ", 0, claim.spans[0].start)) + 1
        ends = [x for x in (text.find("\n", claim.spans[-1].end), text.find(". ", claim.spans[-1].end)) if x >= 0]
        sentence = one_line(text[low : min(ends, default=len(text))])
        if not _SAID.search(sentence):
            return ()
        folded = sentence.casefold()
        return tuple(
            (key, f"{name.title()} is named beside it") for name, key in self.by_name.items() if name in folded
        )

    def _speaks_for(self, source: Source) -> tuple[tuple[str, str], ...]:
        """The bodies a person speaks for by the role the text gives: that person's word may be theirs."""
        if source.kind != "person" or not source.role:
            return ()
        role = source.role.casefold()
        return tuple(
            (key, f"{one_line(source.name)} speaks for {name}")
            for bare, (key, name) in self.bodies.items()
            if bare in role
        )

    def _name(self, side: Side) -> str:
        document = side.report.document
        return one_line(document.outlet or document.file)

    def _called(self, node: str) -> str:
        """An outlet by its key as it calls itself, or as it is called."""
        return self.names.get(node, node)

    # Documents

    def _origins(self) -> Iterator[Origin]:
        """What documents go back to, those of most documents first: whom they credit, and who speaks in several."""
        named: dict[str, str] = {}
        shown: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        stand: dict[str, dict[str, None]] = defaultdict(dict)
        for side in self.sides.values():
            document = side.report.document
            for c in side.credits:
                named.setdefault("outlet " + c.key, c.name)
                shown["outlet " + c.key][document.id].append(_credit(document, c))
            for x in side.report.sources:
                if x.named and x.kind in ("person", "organisation", "document") and x.mentions:
                    key = self.one.get(x.id, x.id)
                    name, _ = self.same_because.get(key, (x.name, ""))
                    named.setdefault(key, name)
                    stand[key][x.id] = None
                    said = [a for a in side.report.attributions if a.speaker == x.id]
                    if said:
                        spans = tuple(s for a in said[:3] for s in a.content)
                        shown[key][document.id].append(
                            Evidence(kind="speaker", says=one_line(x.name), document=document.id, spans=spans)
                        )
        for side in self.sides.values():
            if side.key:
                key = "outlet " + side.key
                if key in shown:
                    says = f"a report of {self._name(side)}"
                    shown[key][side.report.document.id].append(
                        Evidence(kind="speaker", says=says, document=side.report.document.id)
                    )
        self._inherit(shown)
        found = []
        for key, documents in shown.items():
            if len(documents) > 1 or key.startswith("outlet "):
                evidence = tuple(e for d in sorted(documents) for e in documents[d][:2])
                found.append(
                    Origin(
                        id=identify("o", [named[key], *sorted(documents)]), name=one_line(named[key]),
                        documents=tuple(sorted(documents)), sources=tuple(stand[key]), evidence=evidence,
                    )
                )  # fmt: skip
        yield from sorted(found, key=lambda o: (-len(o.documents), o.name, o.id))

    def _inherit(self, shown: dict[str, dict[str, list[Evidence]]]) -> None:
        """What is credited within a passage is credited in every report that has the passage."""
        for taker, parts in self.taken.items():
            for other, p, first_a in parts:
                here, there = (p.b, p.a) if first_a else (p.a, p.b)
                for mine, span, yours, where in ((taker, here, other, there), (other, there, taker, here)):
                    for c in self.sides[yours].credits:
                        inside = (
                            where.start <= c.start < where.end or _covered((where.start, where.end), c.about) > INSIDE
                        )
                        key = "outlet " + c.key
                        if inside and mine not in shown[key] and self.sides[mine].key != c.key:
                            says = f"the same words as in {self._name(self.sides[yours])}, which credits {c.name}"
                            shown[key][mine].append(Evidence(kind="passage", says=says, document=mine, spans=(span,)))


def _covered(place: tuple[int, int], by: tuple[int, int]) -> float:
    """The share of a place that lies in another."""
    return max(0, min(place[1], by[1]) - max(place[0], by[0])) / max(1, place[1] - place[0])


def _within(place: tuple[int, int], about: tuple[int, int], whole: bool) -> bool:
    return not whole and _covered(place, about) >= INSIDE


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", one_line(name), flags=re.I)


def _head(description: str) -> str:
    """The noun of a description, in the singular: "two officials familiar with ..." -> official."""
    plain = _HEAD_ENDS.split(one_line(description).lower())[0].split() or one_line(description).lower().split()
    return plain[-1].removesuffix("s") if plain else ""


def _range(roots: Mapping[str, Root], reasons: dict[str, None], unsure: Iterable[tuple[str, str, str]]) -> Origins:
    """The number of roots, counted apart and counted with all that may be one."""
    if not roots:
        return Origins(0, 0)
    parent = {k: k for k in roots}

    def top(k: str) -> str:
        while parent[k] != k:
            k = parent[k]
        return k

    doubts = [(r.key, other, why) for r in roots.values() for other, why in r.doubts] + list(unsure)
    for a, b, why in doubts:
        if a in parent and b in parent and top(a) != top(b):
            parent[max(top(a), top(b))] = min(top(a), top(b))
            reasons[f"may be one: {why}"] = None
    sure = {top(k) for k, r in roots.items() if r.sure}
    hidden = [k for k, r in roots.items() if not r.sure]
    apart = len(roots)
    if hidden and apart > 1:
        reasons[f"{len(hidden)} unnamed, who may be {'one or ' if len(hidden) > 1 else ''}among the others"] = None
    nameless = [k for k in hidden if k.startswith(("outlet ", "nobody named"))]
    measured = bool(sure) or len(nameless) < len(hidden) or apart == 1
    if not measured:
        reasons["cannot be measured: the reports say neither whose they are nor who said it"] = None
    return Origins(max(1, len(sure)), apart, tuple(reasons), measured)


# Pairs of reports


def _reuses(sides: Sequence[Side]) -> Iterator[Reuse]:
    """Every pair of reports that share words, or of which one credits the other."""
    found: dict[tuple[int, int], list[reuse.Match]] = {}
    for i, j in reuse.candidates(s.words.numbers for s in sides):
        found[i, j] = reuse.passages(sides[i].words, sides[j].words)
    for i, j in candidates([s.report.text for s in sides]):
        found.setdefault((i, j), [])
    by_key: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(sides):
        if s.key:
            by_key[s.key].append(i)
    for j, s in enumerate(sides):
        for key in {c.key for c in s.credits}:
            for i in by_key.get(key, ()):
                if i != j:
                    found.setdefault((min(i, j), max(i, j)), [])
    for (i, j), shared in sorted(found.items()):
        if (one := _reuse(sides[i], sides[j], shared)) is not None:
            yield one


def _of_one_parent(found: Sequence[Reuse], sides: Mapping[str, Side]) -> Iterator[Reuse]:
    """The pairs, but where both have the words from a third that both credit, they only share that source."""
    parents: dict[str, dict[str, Reuse]] = defaultdict(dict)
    for r in found:
        if r.kind != "shared source" and r.direction != "undecided":
            giver, taker = (r.a, r.b) if r.direction == "a->b" else (r.b, r.a)
            if sides[giver].key in {c.key for c in sides[taker].credits} - {""}:
                parents[taker][giver] = r
    for r in found:
        common = [p for p in parents[r.a].keys() & parents[r.b].keys() if r.kind != "shared source"]
        if not common:
            yield r
            continue
        says = f"both have it from {one_line(sides[min(common)].report.document.outlet or '')}"
        yield msgspec.structs.replace(
            r, kind="shared source", direction="undecided",
            evidence=(Evidence(kind="credit", says=says, document=r.a), *(e for e in r.evidence if e.kind != "date")),
        )  # fmt: skip


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


def _reuse(one: Side, other: Side, shared: Sequence[reuse.Match]) -> Reuse | None:
    a, b = one.report.document, other.report.document
    kind = kind_of(one.words, other.words, shared)
    evidence = [
        *(_credit(a, c) for c in one.credits if c.key == other.key),
        *(_credit(b, c) for c in other.credits if c.key == one.key),
    ]
    if kind not in ("copy", "partly") and (share := reuse.retold(one.sentences, other.sentences)) >= RETOLD:
        kind = "partly"
        says = f"{share:.0%} of their sentences tell the same in the same order"
        evidence.append(Evidence(kind="retold", says=says, document=a.id))
    if kind is None and not evidence:
        return None
    if kind in ("copy", "partly") and shared:
        says = f"{sum(p.words for p in shared)} words in {len(shared)} passage{'' if len(shared) == 1 else 's'}"
        evidence.append(Evidence(kind="passage", says=says, document=a.id))
    elif shared:
        evidence.append(Evidence(kind="quotation", says="the same quotation", document=a.id))
    families = [o.family for o in (outlet_of(one.key), outlet_of(other.key)) if o and o.family]
    if len(families) == 2 and families[0] == families[1]:
        evidence.append(Evidence(kind="family", says=f"both of {families[0]}", document=a.id))
    direction, dated = _direction(one, other, kind)
    if dated:
        evidence.append(dated)
    told = [p for p in shared if kind in ("copy", "partly") or p.words - p.narration >= QUOTED]
    return Reuse(
        a=a.id, b=b.id, kind=kind or "shared source", direction=direction, evidence=tuple(evidence),
        passages=tuple(
            Shared(a=a.span(*p.a), b=b.span(*p.b), words=p.words, narration=p.narration) for p in told
        ),
    )  # fmt: skip


def _credit(document: Document, credit: Credit) -> Evidence:
    spans = (document.span(credit.start, credit.end),) if credit.end else ()
    return Evidence(kind="credit", says=f"credits {credit.name} ({credit.manner})", document=document.id, spans=spans)


def _direction(one: Side, other: Side, kind: ReuseKind | None) -> tuple[Direction, Evidence | None]:
    """Who has it from whom: by credits, else by dates; what only shares a source has no direction by date."""
    takes_a = any(c.key == other.key for c in one.credits)
    takes_b = any(c.key == one.key for c in other.credits)
    if takes_a != takes_b:
        return ("b->a" if takes_a else "a->b"), None
    if kind not in ("copy", "partly"):
        return "undecided", None
    a, b = one.report.document, other.report.document
    order = earlier(a.published, b.published)
    if order:
        first = a if order < 0 else b
        says = f"published first, {first.published}"
        return ("a->b" if order < 0 else "b->a"), Evidence(kind="date", says=says, document=first.id)
    wires = [bool((o := outlet_of(s.key)) and o.kind == "agency") for s in (one, other)]
    if wires[0] != wires[1]:
        return ("a->b" if wires[0] else "b->a"), None
    return "undecided", None


def earlier(a: str | None, b: str | None) -> int:
    """-1 where the first of two dates (ISO 8601) is earlier, 1 where it is later, 0 where that is not known: one is
    missing, or only the day is known and it is the same."""
    if not a or not b:
        return 0
    day_a, day_b = a[:10], b[:10]
    if day_a != day_b:
        return -1 if day_a < day_b else 1
    try:
        x, y = (datetime.fromisoformat(d) for d in (a, b))
    except ValueError:
        return 0
    if len(a) <= 10 or len(b) <= 10 or (x.tzinfo is None) != (y.tzinfo is None) or x == y:
        return 0
    return -1 if x < y else 1


# Circles


class _Cites(NamedTuple):
    """One outlet naming another for something, and the words of what, each with its rarity."""

    document: Document
    credit: Credit
    words: dict[str, float]


def _circles(sides: Sequence[Side]) -> Iterator[Circle]:
    """Outlets that name each other round in a circle for one claim; each circle once, from its least name on."""
    spread = Counter(w for s in sides for said in s.sentences for w in said)
    number = 1 + sum(len(s.sentences) for s in sides)
    cites: dict[str, dict[str, list[_Cites]]] = defaultdict(lambda: defaultdict(list))
    names = {s.key: s.report.document.outlet or s.key for s in sides if s.key}
    silent = {w[: reuse.STEM] for name in names.values() for w in re.findall(r"\w+", name.lower())} | _CREDITING
    for s in sides:
        for c in s.credits if s.key else ():
            if c.whole:  # who prints an agency's report does not rest one claim on it
                continue
            words = reuse.telling(s.report.text[slice(*c.about)]) - silent
            rarity = {w: math.log(number / (spread[w] + 0.5)) for w in words}
            cites[s.key][c.key].append(_Cites(s.report.document, c, rarity))
    nodes = sorted(set(cites) & {k for to in cites.values() for k in to})
    index = {k: n for n, k in enumerate(nodes)}
    step = np.zeros((len(nodes), len(nodes)), bool)
    for k in nodes:
        for to in cites[k]:
            if to in index and to != k:
                step[index[k], index[to]] = True
    reach = step.copy()
    for _ in range(LONGEST):
        reach |= (reach.astype(np.int32) @ step) > 0
    for path in _rounds(nodes, step & reach.T):
        if evidence := _one_claim([cites[a][b] for a, b in zip(path, [*path[1:], path[0]], strict=True)]):
            yield Circle(tuple(one_line(names[k]) for k in path), evidence)


def _rounds(nodes: Sequence[str], step: np.ndarray) -> Iterator[list[str]]:
    """Every round of up to LONGEST nodes along the steps, from its lowest node on."""
    nexts = [np.flatnonzero(row).tolist() for row in step]
    for first in range(len(nodes)):
        paths = [[first]]
        while paths:
            path = paths.pop()
            for n in nexts[path[-1]]:
                if n == first and len(path) > 1:
                    yield [nodes[k] for k in path]
                elif n > first and n not in path and len(path) < LONGEST:
                    paths.append([*path, n])


def _one_claim(hops: Sequence[Sequence[_Cites]]) -> tuple[Evidence, ...]:
    """The words of each hop where all can be of one claim; nothing where they are not."""

    def nearest(cites: _Cites, others: Sequence[_Cites]) -> float:
        return max(_alike(cites.words, o.words) for o in others)

    for start in hops[0]:
        chosen = [start]
        for hop in hops[1:]:
            best = max(hop, key=lambda c: (nearest(c, chosen), -c.credit.start))
            if nearest(best, chosen) < ALIKE:
                break
            chosen.append(best)
        else:
            return tuple(
                Evidence(
                    kind="credit",
                    says=f"credits {c.credit.name}",
                    document=c.document.id,
                    spans=(c.document.span(*c.credit.about),),
                )
                for c in chosen
            )
    return ()


_CREDITING = frozenset(
    w[: reuse.STEM]
    for w in (
        "report", "according", "told", "tells", "citing", "cited", "cites", "quoting", "quoted", "published", "first",
        "newspaper", "paper", "agency", "news", "interview", "article", "story", "account", "revealed", "claim",
        "wrote", "earlier", "said", "says",
    )
)  # fmt: skip


def _alike(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The rarity of the words that both sentences have, as a share of that of the one that has less."""
    least = min(sum(a.values()), sum(b.values()))
    return sum(a[w] for w in a.keys() & b.keys()) / least if least else 0.0
