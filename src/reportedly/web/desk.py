"""One state of a case, as pages look things up in it: who speaks, where a claim belongs, what stands beside it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from typing import Any, NamedTuple

from reportedly.brief import Teller, claims_in_words, counted, letter, outlets_in_words, printable, short
from reportedly.case import Case, Review
from reportedly.claims import one_line
from reportedly.records import DENIED, Account, Brief, Claim, Document, Question
from reportedly.review import Reviewed, ReviewError, Selector, logged, place_of
from reportedly.review.selectors import Known
from reportedly.timeline import Drawing as Timed
from reportedly.timeline import Timeline, timeline
from reportedly.timeline import drawn as drawn_times

from .shown import Cell, Column, Link, Matrix, Reference, Row, Said, Side

HEAD = 36  # characters of a source's name above its column
ALSO = 3  # sources without a column that a row names
REFERRED = 4  # who supports or disputes a claim is named up to this many beside it; its own page has all
OWN_WORDS = "own words"
_WORD = re.compile(r"\w+")


_STRAIGHT = str.maketrans("‘’ʼ“”", "'''\"\"")


def folded(words: str) -> str:
    """Words by which the same ones are known, however their quotation marks are written."""
    return words.translate(_STRAIGHT).casefold()


class Seat(NamedTuple):
    """The place of a claim in a question: the numbers of both, from 0."""

    question: int
    account: int


class Voice(NamedTuple):
    """Who speaks, as one across reports: how it is called, where its page is, and what tells it from others that are
    called so (", in Valley Post"), where there are any."""

    name: str
    href: str
    beside: str = ""

    @property
    def head(self) -> str:
        """How it is called above a column."""
        return short(self.name, HEAD) + self.beside


class Desk:
    """A case as it lies open: its brief, and all that pages look up in it. saved: the brief without decisions, by whose
    words they find what they are about."""

    def __init__(self, case: Case, reviewed: Reviewed, saved: Brief | None = None) -> None:
        self.case = case
        self.reviewed = reviewed
        self.brief = brief = reviewed.brief
        self._known = Known(saved or brief)
        self._twins: dict[str, str] = {}
        self.rejected = reviewed.rejected
        # A relation is one of two claims: with either, it is the last that was decided.
        self.decided = {record: s.review.number for s in reviewed.standing for record in s.record.split(":")}
        self.teller = Teller(brief)
        self.added = {s.id for s in brief.sources if not s.mentions}
        self.group = {s: group for group in brief.persons for s in group}
        self.number = {q.id: n for n, q in enumerate(brief.questions)}
        self.seats: defaultdict[str, list[Seat]] = defaultdict(list)
        for n, q in enumerate(brief.questions):
            for m, account in enumerate(q.accounts):
                for c in account.claims:
                    self.seats[c].append(Seat(n, m))

    @cached_property
    def times(self) -> Timeline:
        """When things happened, worked out once."""
        return timeline(self.brief, self.rejected)

    @cached_property
    def times_drawn(self) -> Timed:
        """The picture of it."""
        return drawn_times(self.times)

    def claim_of(self, review: Review) -> str:
        """The claim that a decision is about, also where it does not hold; empty where it is about something else."""
        return self.found(logged(review)[0]) if review.kind in ("claim", "relation") else ""

    def found(self, at: Selector) -> str:
        """The claim that these words lead to; empty where there is none."""
        try:
            return self._known.claim(at).id
        except ReviewError:
            return ""

    def outlet_of(self, at: Selector) -> str:
        """The outlet of the report in which these words stand; empty where the brief has none."""
        try:
            return self.teller.shown(self._known.document(at))
        except ReviewError:
            return ""

    @cached_property
    def _first(self) -> dict[tuple[str, int, int], str]:
        """The first claim at each place: of several, the one that its words lead to."""
        firsts: dict[tuple[str, int, int], str] = {}
        for document, claims in self._known.claims_in.items():
            for claim, start, end in claims:
                firsts.setdefault((document, start, end), claim)
        return firsts

    def twin(self, claim_id: str) -> str:
        """The claim that a decision about this one's words would be about in its place; empty where it is this one."""
        if claim_id not in self._twins:
            claim = self._known.claims[claim_id]
            document, start, end = self._known.documents[claim.document], claim.spans[0].start, claim.spans[-1].end
            at = self._known.selector(document, start, end)
            led = self._first[document.id, start, end] if place_of(document, at) == (start, end) else self.found(at)
            self._twins[claim_id] = "" if led == claim_id else led
        return self._twins[claim_id]

    def holds(self, record: str, action: str, value: Any) -> bool:
        """Whether what is to be decided of a record is so already."""
        match action:
            case "span" if claim := self.teller.claims.get(record):
                return (value["start"], value["end"]) == (claim.spans[0].start, claim.spans[-1].end)
            case "speaker" if claim := self.teller.claims.get(record):
                source = self.teller.sources.get(claim.speaker or "")
                if source is None or "source" in value:
                    return source is not None and value["source"] == source.id
                return one_line(value["name"]).casefold() == one_line(source.name).casefold()
            case "move" if record in self.teller.claims and record not in self.rejected:
                now, before = self.brief.accounts(), self._known.brief.accounts()
                own = [a.claims for a in now if record in a.claims] or [a.claims for a in before if record in a.claims]
                to = value["to"]
                return all(len(c) == 1 for c in own) if to is None else any(to in c for c in own)
            case "relation" if record in self.teller.claims:
                pair = {record, value["other"]}
                told = [r for r in self.brief.relations if {r.a, r.b} == pair]
                if value["kind"] == "none":
                    return not told and pair.isdisjoint(self.rejected)
                return any(r.kind == value["kind"] and r.reason == "review" for r in told)
            case "name" if record in self.teller.sources:
                return bool(value["name"].strip() == self.name(self.persons(record)))
            case "title" if record in self.number:
                return bool(value["title"].strip() == one_line(self.brief.questions[self.number[record]].title))
        return False

    def count(self, claims: Iterable[Claim]) -> str:
        """How many claims, in words."""
        return claims_in_words(claims, self.rejected)

    def persons(self, source_id: str) -> tuple[str, ...]:
        """The ids of all sources that are one with this one."""
        return self.group.get(source_id, (source_id,))

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        """The words of each claim that was not rejected."""
        kept = (c for c in self.brief.claims if c.id not in self.rejected)
        return {c.id: frozenset(_WORD.findall(c.text.casefold())) for c in kept}

    @cached_property
    def _times(self) -> Counter[str]:
        """In how many claims each word stands."""
        return Counter(w for words in self._words.values() for w in words)

    def alike(self, claim_id: str, most: int) -> list[str]:
        """The claims (ids) that share most words with this one, a word counting the less the more claims have it."""
        own = self._words.get(claim_id) or frozenset(_WORD.findall(self.teller.claims[claim_id].text.casefold()))
        shared = {
            c: sum(1 / self._times[w] for w in own & words) / math.sqrt(len(words) or 1)
            for c, words in self._words.items()
            if c != claim_id
        }
        return nlargest(most, shared, key=shared.__getitem__)

    def voice(self, claim: Claim) -> tuple[str, Voice]:
        """Whose a claim is: a key that is one across reports, and how it is called."""
        source = self.teller.sources.get(claim.speaker or "")
        if source is None and claim.attribution:
            return "", Voice("nobody named", "")
        if source is None or source.kind == "author":
            return self.teller.whose(claim), Voice(f"{self.teller.outlet(claim)}, {OWN_WORDS}", "")
        group = self.persons(source.id)
        return f"source {group[0]}", self.voices[group[0]][0]

    @cached_property
    def voices(self) -> dict[str, tuple[Voice, list[Claim]]]:
        """Every source that says anything, by the first of the ids that are one, with its claims in time order."""
        said: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self.brief.claims, key=self.teller.when):
            source = self.teller.sources.get(claim.speaker or "")
            if source and source.kind != "author":
                said[self.persons(source.id)[0]].append(claim)
        names = {first: self.name(self.persons(first)) for first in said}
        beside = dict.fromkeys(said, "")
        for tell in (self._in_outlets, self._in_report, self._in_words):
            alike = defaultdict(list)
            for first, name in names.items():
                alike[folded(short(name, HEAD) + beside[first])].append(first)
            for group in alike.values():
                told = {first: tell(said[first]) for first in group}
                if len(group) > 1 and (len(set(told.values())) > 1 or tell == self._in_outlets):
                    for first in group:
                        beside[first] += told[first]
        return {first: (Voice(names[first], f"/source/{first}", beside[first]), said[first]) for first in said}

    def _in_outlets(self, claims: Sequence[Claim]) -> str:
        """The outlet that first has claims, and how many others do."""
        outlets = {self.teller.masthead(self.teller.documents[c.document]) for c in claims}
        more = f" and {len(outlets) - 1} more" if len(outlets) > 1 else ""
        return f", in {self.teller.outlet(claims[0])}{more}"

    def _in_report(self, claims: Sequence[Claim]) -> str:
        """The title of the report that first has claims."""
        document = self.teller.documents[claims[0].document]
        return f", “{short(document.title or document.file, HEAD)}”"

    def _in_words(self, claims: Sequence[Claim]) -> str:
        """The first words of the first of claims."""
        return f", “{short(claims[0].text, HEAD)}”"

    @cached_property
    def outlets(self) -> dict[str, str]:
        """The outlet of the report in which each source that makes a claim was read."""
        return {c.speaker: self.teller.outlet(c) for c in self.brief.claims if c.speaker}

    def name(self, group: Sequence[str]) -> str:
        """What sources that are one are called: by the name that most of them have, the longest of these."""
        names = Counter((s.named, self.teller.name(s)) for i in group if (s := self.teller.sources.get(i)) is not None)
        return max(names, key=lambda n: (n[0], names[n], len(n[1]), n[1]))[1] if names else ""

    def said(self, claim: Claim) -> Said:
        """A claim with the surest of those that support or dispute it."""
        document = self.teller.documents[claim.document]
        references = [*self.references(claim)]
        by_kind = {kind: [r for r in references if r.kind == kind] for kind in ("disputes", "supports")}
        _, voice = self.voice(claim)
        own = voice.href or not claim.attribution
        return Said(
            id=claim.id,
            href=place(claim),
            page=f"/claim/{claim.id}",
            who=Link(self.teller.who(claim), voice.href if own else ""),
            outlet=Link(self.teller.outlet(claim), f"/report/{document.id}"),
            date=day(document),
            words=one_line(claim.text),
            position=claim.position,
            accounts=tuple(self.account(seat) for seat in self.seats.get(claim.id, ())),
            disputes=tuple(by_kind["disputes"][:REFERRED]),
            supports=tuple(by_kind["supports"][:REFERRED]),
            disputes_left=max(0, len(by_kind["disputes"]) - REFERRED),
            supports_left=max(0, len(by_kind["supports"]) - REFERRED),
            stated=tuple(dict.fromkeys(r.stated for r in references if r.stated)),
            state=self.reviewed.states.get(claim.id, ""),
            notes=self.reviewed.notes.get(claim.id, ()),
            decided=self.decided.get(claim.id),
            twin=self._link(self.twin(claim.id)),
        )

    def _link(self, claim_id: str) -> Link | None:
        """Leads to a claim, called by who says it and its words."""
        if (claim := self.teller.claims.get(claim_id)) is None:
            return None
        return Link(f"{self.teller.who(claim)}: {short(claim.text)}", f"/claim/{claim_id}")

    def references(self, claim: Claim) -> Iterator[Reference]:
        """All that supports or disputes a claim, each voice once."""
        seen = set()
        for relation, other in self.teller.others(claim.id):
            key, _ = self.voice(other)
            where = self.teller.masthead(self.teller.documents[other.document])
            if (relation.kind, key, where) in seen:
                continue
            seen.add((relation.kind, key, where))
            yield Reference(
                id=other.id,
                href=place(other),
                kind=relation.kind,
                who=self.teller.who(other),
                own=key.startswith("outlet "),
                outlet=self.teller.outlet(other),
                words=one_line(other.text),
                position=other.position,
                sure=round(100 * relation.score),
                stated=one_line(" … ".join(s.text for s in relation.stated or ())),
            )

    def account(self, seat: Seat) -> Link:
        """The account in this seat."""
        question = self.brief.questions[seat.question]
        account = question.accounts[seat.account]
        return Link(tag(seat), f"/question/{question.id}#{account.id}")

    def dates(self, claims: Iterable[str]) -> tuple[str, str]:
        """The first and the last date of the reports of these claims; empty where none has one."""
        found = sorted(filter(None, (day(self.teller.documents[self.teller.claims[c].document]) for c in claims)))
        return (found[0], found[-1]) if found else ("", "")

    def matrix(self, question: Question, columns: int, rows: int) -> Matrix:
        """The first accounts of a question by the sources with most claims in it."""
        claims = self.teller.claims
        spoken: dict[str, list[str]] = defaultdict(list)
        named: dict[str, Voice] = {}
        gives: list[dict[str, str]] = []
        disputes: list[dict[str, str]] = []
        for account in question.accounts:
            gives.append({})
            disputes.append({})
            for c in account.claims:
                key, named_so = self.voice(claims[c])
                named[key] = named_so
                spoken[key].append(c)
                gives[-1].setdefault(key, c)
                for relation, other in self.teller.others(c):
                    if relation.kind == "disputes" and other.id not in account.claims:
                        disputes[-1].setdefault(self.voice(other)[0], other.id)
        shown = sorted(spoken, key=lambda key: (not key, -len(spoken[key]), named[key].name))
        kept = set(shown[:columns])
        return Matrix(
            tuple(Column(Link(named[key].head, named[key].href), len(spoken[key])) for key in shown[:columns]),
            tuple(
                self._row(
                    question,
                    n,
                    [self._cell(key, gives[n], disputes[n]) for key in shown[:columns]],
                    [named[key] for key in gives[n] if key not in kept],
                )
                for n in range(min(rows, len(question.accounts)))
            ),
            max(0, len(shown) - columns),
            max(0, len(question.accounts) - rows),
        )

    def _row(self, question: Question, n: int, cells: Sequence[Cell], others: Sequence[Voice]) -> Row:
        account = question.accounts[n]
        first, last = self.dates(account.claims)
        also = [Link(v.head, v.href) for v in others[:ALSO]]
        positions = {self.teller.claims[c].position for c in account.claims}
        return Row(
            id=account.id,
            label=letter(n),
            href=f"/question/{question.id}#{account.id}",
            title=one_line(account.title),
            position=positions.pop() if len(positions) == 1 and not account.title.endswith(DENIED) else "asserts",
            standing=self.teller.standing(account),
            reasons=account.origins.reasons,
            first=first,
            last=last,
            cells=tuple(cells),
            others=tuple(also),
            others_left=len(others) - len(also),
        )

    def _cell(self, key: str, gives: Mapping[str, str], disputes: Mapping[str, str]) -> Cell:
        given, disputed = gives.get(key), disputes.get(key)
        shows = given or disputed
        href = place(self.teller.claims[shows]) if shows else ""
        if given and disputed:
            return Cell("both", "●×", "gives and disputes it", href)
        if given:
            return Cell("gives", "●", "gives it", href)
        return Cell("disputes", "×", "disputes it", href) if disputed else Cell("silent", "", "says nothing on it", "")

    def side(self, account: Account, n: int, most: int | None = None) -> Side:
        """An account with its claims, at most so many, in the order of their reports' dates."""
        first, last = self.dates(account.claims)
        claims = sorted((self.teller.claims[c] for c in account.claims), key=self.teller.when)
        return Side(
            id=account.id,
            label=letter(n),
            title=one_line(account.title),
            standing=self.teller.standing(account),
            reasons=account.origins.reasons,
            first=first,
            last=last,
            said=tuple(map(self.said, claims[:most])),
            left=len(claims) - len(claims[:most]),
        )

    def summary(self, question: Question) -> str:
        """How many sources and outlets speak to a question."""
        claims = [self.teller.claims[c] for a in question.accounts for c in a.claims]
        voices = len({self.voice(c)[0] for c in claims})
        outlets = outlets_in_words(self.teller.documents[c.document] for c in claims)
        return f"{counted(voices, 'voice')}, {outlets}"


def place(claim: Claim) -> str:
    """The address of a claim in its report."""
    return f"/report/{claim.document}#{claim.id}"


def day(document: Document) -> str:
    """The date of a report as far as it is known."""
    return printable((document.published or "")[:10])


def tag(seat: Seat) -> str:
    """How an account is called beside a claim: "4c", the third account of the fourth question."""
    return f"{seat.question + 1}{letter(seat.account)}"
