"""Reports with their claims -> how many independent roots claims have, and what reports go back to.

Forty outlets that print one agency's sentence are one source. Each claim is followed to its root over what is known
of its report's debts (`debts.py`): to the person who says it, the outlet in whose voice it is said, or the unnamed
source of whom only one outlet knows. What cannot be told apart is counted as a range, with the reason.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from .circles import circles
from .claims import has_verb, one_line, words_of_claim
from .credits import Mastheads
from .debts import INSIDE, Ledger, covered, credited, ledgers_of, reuses
from .identity import Identities
from .records import (
    Attribution,
    Brief,
    Circle,
    Claim,
    Evidence,
    Origin,
    Origins,
    Report,
    Reuse,
    Shared,
    Source,
    Span,
    identify,
)
from .tally import relays

SHOWN = 2  # signs for each report of an origin
NEARLY = 0.7  # of the likeness of the nearest of several claims, at which another may be meant as well
_FULL_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ ){1,2}[A-Z][\w’'-]+")
_SAID = re.compile(r"\b(?:said|says|told|confirmed|claims?|claimed|according to|interview|disclosed|put it)\b")
_BESIDE = re.compile(r",? (?:which|who|whose)\b")
_MAY_BE, _HAS_IT = "may be one: ", " has it from "
_HEAD_ENDS = re.compile(
    r"\b(?:who|with|of|in|at|from|close|familiar|briefed|near|for|on|to|speaking|involved|aware|inside|within)\b|,"
)


class Doubt(NamedTuple):
    """The key of another root that may be the same, and why."""

    key: str
    why: str


class Root(NamedTuple):
    """Where a claim comes from as far as can be told.

    key: the same for the same root; name: it in words; sure: nobody else may be behind it; copied: the id of the report
    from which the claim's words were taken, if not its own; why: what else led there, in words; doubts: other roots
    that may be behind the claim instead."""

    kind: Literal["named", "outlet", "unnamed", "nobody"]
    key: str
    name: str
    sure: bool
    copied: str = ""
    why: str = ""
    doubts: tuple[Doubt, ...] = ()


class Home(NamedTuple):
    """The report from which words were taken, as far back as can be told, and where they stand in it."""

    ledger: Ledger
    place: tuple[int, int]


def traced(
    reports: Sequence[Report],
    people: Identities,
    before: Brief | None = None,
    pages: Mapping[str, str] | None = None,
) -> "Trace":
    """Everything that is known of the reports' debts; of undated ones, those given first count as earlier. before: a
    brief of the same reports, which knows already what they share. pages: the first version of each that is a later
    one."""
    mastheads = Mastheads(r.document for r in reports)
    ledgers = ledgers_of(reports, mastheads, pages)
    if before is None:
        return Trace(ledgers, people, mastheads, tuple(reuses(ledgers)), tuple(circles(ledgers)))
    return Trace(ledgers, people, mastheads, before.reuse, before.circles)


class Trace:
    """The debts of some reports. reuse, circles and origins are what a brief tells; `counted` counts the roots of
    claims."""

    def __init__(
        self,
        ledgers: Sequence[Ledger],
        people: Identities,
        mastheads: Mastheads,
        reuse: tuple[Reuse, ...],
        circles: tuple[Circle, ...],
    ) -> None:
        self.mastheads = mastheads
        self.ledgers = {s.report.document.id: s for s in ledgers}
        self.order = {document: n for n, document in enumerate(self.ledgers)}
        self.sources = {x.id: x for s in ledgers for x in s.report.sources}
        self.attributions: dict[str, Attribution] = {a.id: a for s in ledgers for a in s.report.attributions}
        self.names = {c.key: c.name for s in ledgers for c in s.credits} | {s.node: s.name for s in ledgers}
        self.outlets = {s.key for s in ledgers if s.key} | {c.key for s in ledgers for c in s.credits}
        self.itself = {i: _itself(s) for i, s in self.ledgers.items()}
        self.one = {i: g.sources[0] for g in people.groups for i in g.sources}
        self.same_because = {g.sources[0]: (one_line(g.name), g.reason) for g in people.groups}
        self.members = {g.sources[0]: g.sources for g in people.groups}
        self.apart = {frozenset(pair) for pair in people.apart}
        self.parted = {max(pair) for pair in people.apart}  # one of two: what is like both is still like the other
        self.unsure = [(p.a, Doubt(p.b, p.reason)) for p in people.unsure]
        self.bodies = {
            _bare(x.name).casefold(): (self.person(x), one_line(x.name))
            for x in self.sources.values()
            if x.named and x.kind in ("organisation", "group") and len(_bare(x.name)) > 3
        }
        self.by_name: dict[str, dict[str, str]] = defaultdict(dict)  # full name -> keys of those who bear it, and it
        for x in self.sources.values():
            if x.kind == "person" and x.named and (name := self._full_name(x)):
                self.by_name[_plain(name)][self.person(x)] = name
        self.unsure += [
            (a, Doubt(b, f"{name} is the name of both"))
            for bearers in self.by_name.values()
            for (a, name), (b, _) in combinations(bearers.items(), 2)
        ]
        self.unsure = [(a, doubt) for a, doubt in self.unsure if frozenset((a, doubt.key)) not in self.apart]
        self.reuse, self.circles = reuse, circles
        self.taken: dict[str, list[tuple[str, Span, Span]]] = defaultdict(list)  # report -> from whom, here, there
        self.guessed: set[tuple[str, str]] = set()  # of these (report, from whom) where nobody can say who was first
        for r in self.reuse:
            for p in r.passages if r.kind != "shared source" else ():  # who shares a quotation may have heard it too
                self._take(r.a, r.b, r.direction, p)
        self.origins = tuple(self._origins())

    def _take(self, a: str, b: str, direction: str, passage: Shared) -> None:
        # Where nobody can say who was first, the one given first is taken for it.
        if direction == "undecided":
            self.guessed |= {(a, b), (b, a)}
        if direction == "a->b" or (direction == "undecided" and self.order[a] < self.order[b]):
            self.taken[b].append((a, passage.b, passage.a))
        else:
            self.taken[a].append((b, passage.a, passage.b))

    # Claims

    def counted(self, claims: Sequence[Claim]) -> Origins:
        """How many independent roots claims have."""
        every = [(c, root) for c in claims for root in self.roots(c)]
        told: dict[str, None] = {}
        followed = self._followed(every, told)
        roots: dict[str, Root] = {}
        held: dict[str, int] = defaultdict(int)
        for _, root in followed:
            held[root.key] += 1
            known = roots.get(root.key)
            roots[root.key] = (
                root if known is None or (root.sure, not root.doubts) > (known.sure, not known.doubts) else known
            )
        copies: dict[str, set[str]] = defaultdict(set)
        for c, root in every:
            if root.copied:
                copies[root.copied].add(self.ledgers[c.document].name)
            if root.why:
                told[root.why] = None
        for home, takers in copies.items():
            who = min(takers) if len(takers) == 1 else f"{len(takers)} reports"
            told[f"{who} and {self.ledgers[home].name} have the same words"] = None
        for key, n in held.items():
            if n > 1 and key in self.same_because:
                name, why = self.same_because[key]
                told[f"{name} is one across reports: {why}"] = None
        return _range(roots, self.unsure, self.apart, told)

    def _followed(self, every: Sequence[tuple[Claim, Root]], told: dict[str, None]) -> list[tuple[Claim, Root]]:
        """The roots of claims; where one is an outlet whose own report has the claim from somebody, that one. Outlets
        that only name each other are one root, and nobody knows whose."""
        owns: dict[str, list[tuple[Claim, Root]]] = defaultdict(list)
        for c, root in sorted(every, key=lambda x: (x[0].document, x[0].spans[0].start)):
            owns["outlet " + self.ledgers[c.document].node].append((c, root))
        for key, own in owns.items():  # "the crew of the tanker, which was held" is told by nobody, where others tell
            owns[key] = [x for x in own if has_verb(_BESIDE.split(words_of_claim(x[0]))[0])] or own
        out = []
        for c, root in every:
            way, at = [root], c
            while near := _nearest(at, owns.get(way[-1].key, ())):
                last, (at, further) = way[-1], near[0]
                if any(r.key == last.key for _, r in near):  # in its own voice too: then it is a root itself
                    break
                if len(near) > 1:
                    why = f"{last.name}{_HAS_IT}{' or '.join(r.name for _, r in near)}"
                    way.append(last._replace(doubts=(*last.doubts, *(Doubt(r.key, why) for _, r in near))))
                    break
                if further.key in (r.key for r in way):
                    ring = sorted({r.key: r for r in way}.values(), key=lambda r: r.key)
                    told[f"{' and '.join(r.name for r in ring)} only name each other"] = None
                    way.append(ring[0]._replace(sure=False))
                    break
                told[f"{last.name}{_HAS_IT}{further.name}"] = None
                way.append(further)
            out.append((c, way[-1]))
        return out

    def roots(self, claim: Claim) -> list[Root]:
        """Where a claim comes from: one root, or one for each of those who speak together."""
        source = self.sources.get(claim.speaker or "")
        if source is not None and source.members:
            return [self._root(claim, self.sources.get(m)) for m in source.members]
        return [self._root(claim, source)]

    def _root(self, claim: Claim, source: Source | None) -> Root:
        ledger = self.ledgers[claim.document]
        if source is not None and (outlet := self._outlet(source, ledger)):
            doubts = self._named_beside(claim) if outlet == ledger.key else ()
            return Root("outlet", f"outlet {outlet}", self._called(outlet), True, doubts=doubts)
        if source is not None and source.kind != "author" and source.named:
            return Root("named", self.person(source), one_line(source.name), True, doubts=self._speaks_for(source))
        if source is not None and source.kind != "author" and (key := self.one.get(source.id)):
            # Without a name, and yet somebody says who it is.
            named = next((m for i in self.members[key] if (m := self.sources[i]).named), None)
            return self._root(claim, named) if named else Root("unnamed", key, one_line(source.name), False)
        home = self._home(claim)
        copied = home.ledger.report.document.id if home.ledger is not ledger else ""
        if source is None and claim.attribution:
            via = self._via(claim, home)
            key = f"nobody via {via}" if via else f"nobody {claim.id}"
            return Root("nobody", key, "somebody it does not name", False, copied)
        if source is None or source.kind == "author":
            for credit in home.ledger.credits:
                if credit.manner == "dateline" or (not credit.whole and covered(home.place, credit.about) >= INSIDE):
                    why = f"{home.ledger.name} credits {credit.name}"
                    return Root("outlet", f"outlet {credit.key}", self._called(credit.key), True, copied, why)
            whole = tuple(
                Doubt(f"outlet {c.key}", f"{home.ledger.name} credits {c.name} ({c.manner})")
                for c in home.ledger.credits
                if c.whole
            )
            doubts = self._named_beside(claim) + whole
            known = bool(home.ledger.key)
            return Root("outlet", f"outlet {home.ledger.node}", home.ledger.name, known, copied, doubts=doubts)
        via = self._via(claim, home) or home.ledger.node
        name = one_line(source.name)
        why = "" if copied or via == ledger.node else f"{name}: only through {self._called(via)}"
        own = f" ({source.id})" if source.id in self.parted else ""
        return Root("unnamed", f"unnamed {_head(name)} via {via}{own}", name, False, copied, why)

    def _home(self, claim: Claim) -> Home:
        """Where a claim's words were taken from: of all reports to which they can be followed and that have them from
        nobody, the one given first. Where there is none, for each has them from another, it is one of a ring."""
        start = claim.document, (claim.spans[0].start, claim.spans[-1].end)
        places = {start[0]: start[1]}
        edge = [start]
        while edge:
            at, place = edge.pop()
            for other, here, there in self.taken[at]:
                if other in places or covered(place, (here.start, here.end)) < INSIDE:
                    continue
                scale = (there.end - there.start) / (here.end - here.start)  # nearly: the words may differ a little
                low, high = (there.start + round((x - here.start) * scale) for x in place)
                places[other] = max(there.start, min(low, there.end - 1)), min(there.end, max(high, there.start + 1))
                edge.append((other, places[other]))
        ends = [d for d in places if not any(o in places for o, _, _ in self.taken[d])]
        if not ends:
            ring = _ring({d: [o for o, _, _ in self.taken[d] if o in places] for d in places})
            # A guess that leads round against what is known is none: these have it from nobody else for sure.
            ends = [
                d for d in ring if all(o not in ring or (d, o) in self.guessed for o, _, _ in self.taken[d])
            ] or list(ring)
        first = min(ends, key=self.order.__getitem__)
        return Home(self.ledgers[first], places[first])

    def _via(self, claim: Claim, home: Home) -> str:
        """The key of the outlet through which somebody's words came to a report; empty where nothing says so."""
        if (a := self.attributions.get(claim.attribution or "")) is not None:
            through = [s for s in relays(a, self.sources) if s.kind == "outlet" and s.named]
            if through:
                return self.mastheads.key(through[-1].name)
        credits = home.ledger.credits
        near = [c for c in credits if not c.whole and covered(home.place, c.about) >= INSIDE]
        return next((c.key for c in (*near, *(c for c in credits if c.manner == "dateline"))), "")

    def _outlet(self, source: Source, ledger: Ledger) -> str:
        """The key of the outlet that a source is: also where only these reports tell that it is one, or where it is "a
        report in the Harbour Courier"; empty where it is none."""
        if not source.named or source.kind == "author":
            return ""
        key = self.mastheads.key(source.name)
        if key in self.outlets:
            return key
        own = set(re.findall(r"\w+", source.name.lower())) - {"the"}
        credits = [(c.start, c.end, c.key, c.name) for c in ledger.credits]
        for start, end, outlet, name in (*credits, *self.itself[ledger.report.document.id]):
            named = any(m.start < end and start < m.end for m in source.mentions)
            # Of a person only where the outlet's own name was taken for one.
            if named and (source.kind != "person" or own <= set(re.findall(r"\w+", name.lower()))):
                return outlet
        return key if source.kind == "outlet" else ""

    def person(self, source: Source) -> str:
        """The key of somebody named: the same for all sources that are one across reports."""
        return self.one.get(source.id, source.id)

    def _full_name(self, source: Source) -> str:
        """Somebody's full name, without what else stands in a source's name: "Colm Roe, the rescue chief"."""
        name, _ = self.same_because.get(self.person(source), (one_line(source.name), ""))
        return next((part for part in name.split(", ") if _FULL_NAME.fullmatch(part)), "")

    def _named_beside(self, claim: Claim) -> tuple[Doubt, ...]:
        """The people whose full names stand in the sentence of a claim with a word of saying, where nobody but the
        report is taken to say it: they may well be who does."""
        text = self.ledgers[claim.document].report.text
        start, end = claim.spans[0].start, claim.spans[-1].end
        low = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
        ends = [x for x in (text.find("\n", end), text.find(". ", end)) if x >= 0]
        sentence = text[low : min(ends, default=len(text))]
        if not _SAID.search(sentence):
            return ()
        words = f" {_plain(sentence)} "
        return tuple(
            Doubt(key, f"{name} is named in a sentence of {self.ledgers[claim.document].name}")
            for plain, bearers in self.by_name.items()
            if f" {plain} " in words
            for key, name in bearers.items()
        )

    def _speaks_for(self, source: Source) -> tuple[Doubt, ...]:
        """The bodies a person speaks for by the role the text gives: that person's word may be theirs."""
        if source.kind != "person" or not source.role:
            return ()
        role, person = f" {_plain(source.role)} ", self.person(source)
        return tuple(
            Doubt(key, f"{one_line(source.name)} speaks for {name}")
            for bare, (key, name) in self.bodies.items()
            if f" {_plain(bare)} " in role and frozenset((person, key)) not in self.apart
        )

    def _called(self, node: str) -> str:
        """An outlet by its key as it calls itself, or as it is called."""
        return self.names.get(node, node)

    # Documents

    def _origins(self) -> Iterator[Origin]:
        """What documents go back to, those of most documents first: whom they credit, and who speaks in several."""
        shown: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        named: dict[str, str] = {}
        stand: dict[str, dict[str, None]] = defaultdict(dict)
        for document, ledger in self.ledgers.items():
            for c in ledger.credits:
                shown[f"outlet {c.key}"][document].append(credited(ledger.report.document, c))
            said: dict[str, list[Span]] = defaultdict(list)
            for a in ledger.report.attributions:
                said[a.speaker or ""] += a.content
            for x in ledger.report.sources:
                if x.named and x.kind in ("person", "organisation", "document") and said[x.id]:
                    key = self.person(x)
                    named[key], _ = self.same_because.get(key, (one_line(x.name), ""))
                    stand[key][x.id] = None
                    sign = Evidence(
                        kind="speaker", says=one_line(x.name), document=document, spans=tuple(said[x.id][:3])
                    )
                    shown[key][document].append(sign)
        for document, ledger in self.ledgers.items():
            if f"outlet {ledger.key}" in shown:
                sign = Evidence(kind="speaker", says=f"a report of {ledger.name}", document=document)
                shown[f"outlet {ledger.key}"][document].append(sign)
        self._inherit(shown)
        found = []
        for key, documents in shown.items():
            outlet = key.removeprefix("outlet ") if key.startswith("outlet ") else None
            if len(documents) > 1 or outlet:
                name = one_line(self._called(outlet)) if outlet else named[key]
                ids = tuple(sorted(documents))
                signs = tuple(e for d in ids for e in documents[d][:SHOWN])
                found.append(
                    Origin(
                        id=identify("o", [key, *ids]), name=name, outlet=outlet, documents=ids,
                        sources=tuple(stand[key]), evidence=signs,
                    )
                )  # fmt: skip
        yield from sorted(found, key=lambda o: (-len(o.documents), o.name, o.id))

    def _inherit(self, shown: dict[str, dict[str, list[Evidence]]]) -> None:
        """What is credited within a passage is credited in every report that has the passage."""
        for taker, parts in self.taken.items():
            for giver, here, there in parts:
                for mine, span, yours, where in ((taker, here, giver, there), (giver, there, taker, here)):
                    for c in self.ledgers[yours].credits:
                        place = where.start, where.end
                        key = f"outlet {c.key}"
                        inside = where.start <= c.start < where.end or covered(place, c.about) > INSIDE
                        if inside and mine not in shown[key] and self.ledgers[mine].key != c.key:
                            says = f"the same words as in {self.ledgers[yours].name}, which credits {c.name}"
                            shown[key][mine].append(Evidence(kind="passage", says=says, document=mine, spans=(span,)))


def _ring(givers: Mapping[str, Collection[str]]) -> set[str]:
    """Of reports that each have something from others of them (givers: from whom), some that have it from each other
    and from nobody else.

    The last report from which a search against that direction has to start anew is one of them: the first half of
    Kosaraju's and Sharir's algorithm for strongly connected components."""
    takers: dict[str, list[str]] = defaultdict(list)
    for taker, given in givers.items():
        for giver in given:
            takers[giver].append(taker)
    last, seen = "", set[str]()
    for report in givers:
        if report not in seen:
            last, seen = report, seen | _reached(report, takers)
    return _reached(last, givers)


def _reached(start: str, steps: Mapping[str, Collection[str]]) -> set[str]:
    """What can be reached from a start, itself included."""
    seen, edge = {start}, [start]
    while edge:
        new = set(steps.get(edge.pop(), ())) - seen
        seen |= new
        edge += new
    return seen


def _nearest(claim: Claim, others: Iterable[tuple[Claim, Root]]) -> list[tuple[Claim, Root]]:
    """Of an outlet's claims with their roots those that a claim may be taken from, one for each root, the nearest in
    words first: one, unless another is nearly as near."""
    words = set(_plain(words_of_claim(claim)).split())
    best: dict[str, tuple[float, Claim, Root]] = {}
    for other, root in others:
        theirs = set(_plain(words_of_claim(other)).split())
        alike = len(words & theirs) / max(1, len(words | theirs))
        if root.key not in best or alike > best[root.key][0]:
            best[root.key] = alike, other, root
    found = sorted(best.values(), key=lambda x: -x[0])
    return [(c, root) for alike, c, root in found if alike >= NEARLY * found[0][0]]


def _itself(ledger: Ledger) -> list[tuple[int, int, str, str]]:
    """Where a report names its own outlet: (start, end, its key, its name)."""
    name = _bare(ledger.report.document.outlet or "")
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", ledger.report.text) if name else ()
    return [(m.start(), m.end(), ledger.key, name) for m in found]


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", one_line(name), flags=re.I)


def _plain(text: str) -> str:
    """Small letters, single spaces, no marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _head(description: str) -> str:
    """The noun of a description, in the singular.

    >>> _head("two officials familiar with the inspection"), _head("a witness"), _head("both families")
    ('official', 'witness', 'family')
    """
    words = description.lower().split()
    word = (_HEAD_ENDS.split(" ".join(words))[0].split() or words or [""])[-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", word):
        return word[:-2]
    return word if word.endswith("ss") else word.removesuffix("s")


def _unless_doubted(told: Collection[str]) -> tuple[str, ...]:
    """What led to a number, without from whom an outlet surely has one claim where it is doubted of another."""
    doubted = {w.removeprefix(_MAY_BE).split(_HAS_IT)[0] for w in told if w.startswith(_MAY_BE) and _HAS_IT in w}
    return tuple(w for w in told if _HAS_IT not in w or w.split(_HAS_IT)[0] not in doubted)


def _range(
    roots: Mapping[str, Root],
    unsure: Sequence[tuple[str, Doubt]],
    apart: Collection[frozenset[str]],
    told: dict[str, None],
) -> Origins:
    """The number of roots, counted apart, and with all that may be one or stand behind another. apart: pairs of keys
    that are two, also where a third may be either; it is then taken for the one it is told of first."""
    if not roots:
        return Origins(0, 0)
    sure = {k for k, r in roots.items() if r.sure}
    kept = set(sure)
    for key in sorted(sure):
        behind = [d for d in roots[key].doubts if d.key in kept and d.key != key]
        if behind:  # it may be any of these: it need not be one more
            kept.discard(key)
            told |= dict.fromkeys(f"{_MAY_BE}{d.why}" for d in behind)
    one = {k: {k} for k in kept}
    for a, doubt in unsure:
        if a in kept and doubt.key in kept and one[a] is not one[doubt.key]:
            both = one[a] | one[doubt.key]
            if not any(pair <= both for pair in apart):
                told[f"{_MAY_BE}{doubt.why}"] = None
                one |= dict.fromkeys(both, both)
    hidden = [r for r in roots.values() if not r.sure]
    nameless = [r for r in hidden if r.kind == "outlet"]
    unnamed = len(hidden) - len(nameless)
    if unnamed and len(roots) > 1:
        told[f"{unnamed} unnamed, who may be {'one or ' if unnamed > 1 else ''}among the others"] = None
    if nameless and len(roots) > 1:
        told[f"of {', '.join(sorted(r.name for r in nameless)[:3])} it is not known at first hand"] = None
    measured = bool(sure) or any(r.kind == "unnamed" for r in hidden) or len(roots) == 1
    if not measured:
        told["cannot be measured: the reports say neither whose they are nor who said it"] = None
    return Origins(max(1, len({min(one[k]) for k in kept})), len(roots), _unless_doubted(told), measured)
