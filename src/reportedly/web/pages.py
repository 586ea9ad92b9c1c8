"""Every page of the reading room as a value: the template prints it, and the same value is its JSON.

A `Desk` is one state of a case with all that is looked up in it; each function here makes one page from it. Every
statement that is shown is a claim's own words, and leads to its place in its report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from reportedly.brief import Debt, Revision, Ring, Spring, Teller, counted, headline, printable, short, strength
from reportedly.case import Case, Hit
from reportedly.claims import one_line
from reportedly.graph import Drawing, drawn, graph
from reportedly.mentions import pronoun_of
from reportedly.page import Page, Paragraph, Segment, prepare
from reportedly.records import Account, Attribution, Claim, Document, Question, Report, Source, Span
from reportedly.review import Reviewed, undone
from reportedly.tally import path, role, standing, tally
from reportedly.timeline import Drawing as Timed
from reportedly.timeline import Entry, Timeline, timeline
from reportedly.timeline import drawn as drawn_times

Stance = Literal["gives", "disputes", "both", "silent"]
Among = Literal["claims", "sources", "text"]
AMONG: tuple[Among, ...] = ("claims", "sources", "text")
SHOWN: tuple[Among, ...] = ("sources", "claims", "text")

CARDS = 12  # questions with a matrix on the first page; the others are listed
COLUMNS, ROWS = 7, 6  # sources and accounts in a matrix on a card
HEAD = 36  # characters of a source's name above its column
WIDE = 9  # sources in the matrix of a question's own page
FEW = 40  # claims of one source only, and agreed accounts, that the first page shows
VOICES = 6  # claims of an agreed account that the first page shows
REFERRED = 4  # who supports or disputes a claim is named up to this many beside it; its own page has all
PATTERNS = 5  # ways in which claims are underlined
TIMES = 150  # times that the timeline lists
HITS, MOST_HITS = 50, 1000  # that a page shows; that are looked for
OPEN, CLOSE = "\ue000", "\ue001"  # around the words found
LISTED = 300  # sources on one page
MOST_CHOICES = 200  # that a form offers
LONGEST = 80  # characters of a name or a title in a list to choose from
AROUND = 240  # characters before and behind a claim on its own page
FRAGMENT = 5  # words at the start and at the end by which a browser looks a passage up
OWN_WORDS = "own words"


class NothingThere(LookupError):
    """Nothing of this id is in the case as it is now."""


class Link(msgspec.Struct, frozen=True):
    """Something that can be opened, and how it is called; no address where it has no page."""

    name: str
    href: str = ""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that supports or disputes another: who says it where, its words, how sure that is, and the words by which
    a report states it. own: the report's own voice says it."""

    id: str
    href: str
    kind: str
    who: str
    own: bool
    outlet: str
    words: str
    sure: int
    stated: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it is shown. href: its place in its report; page: its own page. account: the accounts it belongs to.
    supports, disputes: the surest; more: how many others there are. state: accepted, rejected, corrected, or empty;
    decided: the number of the last decision about it, which can be undone."""

    id: str
    href: str
    page: str
    who: Link
    outlet: Link
    date: str
    words: str
    position: str
    accounts: tuple[Link, ...]
    disputes: tuple[Reference, ...]
    supports: tuple[Reference, ...]
    more: int
    stated: tuple[str, ...]
    state: str
    notes: tuple[str, ...]
    decided: int | None


class Column(msgspec.Struct, frozen=True):
    """A source in a matrix, with how many of the question's claims are its."""

    who: Link
    claims: int


class Cell(msgspec.Struct, frozen=True):
    """How a source stands to an account, in a sign and in words; href: the claim that shows it."""

    stance: Stance
    sign: str
    words: str
    href: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An account in a matrix. label: its letter; standing: its outlets and independent origins in words, and why so
    many; first, last: dates of the first and the last report that has it; others: how many sources without a column
    give it."""

    id: str
    label: str
    href: str
    title: str
    position: str
    standing: str
    reasons: tuple[str, ...]
    first: str
    last: str
    cells: tuple[Cell, ...]
    others: int


class Matrix(msgspec.Struct, frozen=True):
    """Accounts by sources; the numbers of those left out."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sources_left: int
    accounts_left: int


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the first page; without its matrix where there are many questions."""

    id: str
    number: int
    href: str
    title: str
    summary: str
    first: str
    last: str
    matrix: Matrix | None


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """An account with its claims, or the first of them; left: how many more it has."""

    id: str
    label: str
    title: str
    standing: str
    reasons: tuple[str, ...]
    first: str
    last: str
    said: tuple[Said, ...]
    left: int


class BriefPage(msgspec.Struct, frozen=True, kw_only=True):
    """The first page: questions, what one source only says, what is agreed, and what later versions changed."""

    head: str
    questions: tuple[Card, ...]
    alone: tuple[Said, ...]
    alone_left: int
    agreed: tuple[Side, ...]
    agreed_left: int
    revisions: tuple[Revision, ...]


class QuestionPage(msgspec.Struct, frozen=True, kw_only=True):
    """A question, its accounts side by side."""

    id: str
    number: int
    title: str
    summary: str
    first: str
    last: str
    matrix: Matrix
    sides: tuple[Side, ...]
    before: Link | None
    next: Link | None


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    """One account with all its claims; question: the one that it answers, if any."""

    id: str
    side: Side
    question: Link | None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the margin beside an entry of a report's list: the claim it is, if it is one that was compared;
    original: the address of its place in the original; empty where the original cannot be shown."""

    n: int
    source: str
    claim: Said | None
    original: str


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its claims. reading: the text, cut where anything begins or ends, and the list; notes: one for each
    entry of it, in that order. coverage: what was not read, in words; compared: whether the brief knows it. original:
    the address of the original bytes; revisions: what it changed as a later version of another report, and what a later
    version changed of it."""

    id: str
    original: str
    revisions: tuple[Revision, ...]
    reading: Page
    notes: tuple[Note, ...]
    coverage: str
    compared: bool


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A report or a source in a list."""

    href: str
    name: str
    about: str
    beside: str
    count: str


class ListPage(msgspec.Struct, frozen=True):
    """All reports, or all sources, of a case."""

    title: str
    head: str
    items: tuple[Listed, ...]


class Way(msgspec.Struct, frozen=True):
    """A chain by which words of a source reach us, and how many statements came by it."""

    names: tuple[str, ...]
    statements: int


class Told(msgspec.Struct, frozen=True):
    """What a source says in one report."""

    report: Link
    title: str
    date: str
    said: tuple[Said, ...]


class Turn(msgspec.Struct, frozen=True):
    """A question to which a source gives more than one account: its first claim of each, in time order."""

    question: Link
    said: tuple[Said, ...]


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """All that one source says across reports. turns: where it gave more than one account; aliases: what else it is
    called; grounds: why it is not named; members: the sources of reports it is made of, where they are several; others:
    the named sources that it may be one with."""

    id: str
    name: str
    facts: tuple[str, ...]
    aliases: tuple[str, ...]
    grounds: tuple[str, ...]
    summary: str
    ways: tuple[Way, ...]
    told: tuple[Told, ...]
    contradicted: tuple[Said, ...]
    turns: tuple[Turn, ...]
    members: tuple["Choice", ...] = ()
    others: tuple["Choice", ...] = ()


class Choice(msgspec.Struct, frozen=True):
    """Something to choose in a form; value: what is sent; on: whether it is what holds now."""

    value: str
    name: str
    on: bool = False


class ClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in its context, and everything that supports or disputes it. start, end: its place in its report;
    speakers, homes: who may be its speaker, and the claims whose account it may belong to; rivals: claims of the same
    questions of which nothing is said yet."""

    id: str
    said: Said
    report: Link
    before: str
    pieces: tuple[tuple[str, bool], ...]
    behind: str
    chain: tuple[str, ...]
    disputes: tuple[Reference, ...]
    supports: tuple[Reference, ...]
    start: int
    end: int
    speakers: tuple[Choice, ...]
    homes: tuple[Choice, ...]
    rivals: tuple[Choice, ...]


class OriginsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Who took what from whom."""

    graph: Drawing
    debts: tuple[Debt, ...]
    rings: tuple[Ring, ...]
    springs: tuple[Spring, ...]


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """A time that a claim names. when: its days, as they are told; named: the words of the report that name it."""

    when: str
    day: str
    named: str
    claim: str
    href: str
    who: str
    outlet: str
    said: str
    words: str
    position: str
    account: Link | None


class TimelinePage(msgspec.Struct, frozen=True, kw_only=True):
    """When things are said to have happened, against when that was said. left: how many times the list leaves out."""

    summary: str
    drawing: Timed
    happenings: tuple[Happening, ...]
    left: int
    reports: tuple[Listed, ...]


class Piece(msgspec.Struct, frozen=True):
    """Words of a hit; found: whether they are those looked for."""

    words: str
    found: bool


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds the words looked for."""

    kind: Among
    id: str
    href: str
    pieces: tuple[Piece, ...]
    who: str
    outlet: str
    date: str


class Facet(msgspec.Struct, frozen=True):
    """A way to narrow a search: how many results are left by it, where it leads, whether it is on."""

    name: str
    href: str
    count: int
    on: bool


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. left: how many more results there are; at_least: whether the search stopped at some number."""

    q: str
    among: str
    outlet: str
    summary: str
    kinds: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    results: tuple[Result, ...]
    left: int


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision of the log. words: those it is about; value: what was put in their place; state: holds, undone, or
    conflict; why: what stands against it."""

    number: int
    made: str
    kind: str
    action: str
    words: str
    value: str
    note: str
    href: str
    state: str
    why: str


class ReviewsPage(msgspec.Struct, frozen=True):
    """Everything that was decided, the last first."""

    head: str
    decisions: tuple[Decision, ...]


class Seat(NamedTuple):
    """The place of a claim in a question: the numbers of both, from 0."""

    question: int
    account: int


class Voice(NamedTuple):
    """Who speaks, as one across reports: how it is called and where its page is."""

    name: str
    href: str


class Desk:
    """A case as it lies open: its brief, and all that pages look up in it."""

    def __init__(self, case: Case, reviewed: Reviewed) -> None:
        self.case = case
        self.reviewed = reviewed
        self.brief = brief = reviewed.brief
        self.decided = {s.record: s.review.number for s in reviewed.standing}
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
        return timeline(self.brief)

    @cached_property
    def times_drawn(self) -> Timed:
        """The picture of it."""
        return drawn_times(self.times)

    def persons(self, source_id: str) -> tuple[str, ...]:
        """The ids of all sources that are one with this one."""
        return self.group.get(source_id, (source_id,))

    def voice(self, claim: Claim) -> tuple[str, Voice]:
        """Whose a claim is: a key that is one across reports, and how it is called."""
        source = self.teller.sources.get(claim.speaker or "")
        if source is None and claim.attribution:
            return "", Voice("nobody named", "")
        if source is None or source.kind == "author":
            outlet = self.teller.outlet(claim)
            return f"outlet {outlet}", Voice(f"{outlet}, {OWN_WORDS}", "")
        group = self.persons(source.id)
        return f"source {group[0]}", Voice(self.name(group), f"/source/{group[0]}")

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
            more=sum(max(0, len(some) - REFERRED) for some in by_kind.values()),
            stated=tuple(dict.fromkeys(r.stated for r in references if r.stated)),
            state=self.reviewed.states.get(claim.id, ""),
            notes=self.reviewed.notes.get(claim.id, ()),
            decided=self.decided.get(claim.id),
        )

    def references(self, claim: Claim) -> Iterator[Reference]:
        """All that supports or disputes a claim, each voice once; what its own source says elsewhere is no support."""
        own, _ = self.voice(claim)
        seen = set()
        for relation, other in self.teller.others(claim.id):
            key, _ = self.voice(other)
            where = self.teller.outlet(other)
            if (relation.kind, key, where) in seen or (key == own and relation.kind == "supports"):
                continue
            seen.add((relation.kind, key, where))
            yield Reference(
                id=other.id,
                href=place(other),
                kind=relation.kind,
                who=self.teller.who(other),
                own=key.startswith("outlet "),
                outlet=where,
                words=one_line(other.text),
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
        return Matrix(
            tuple(
                Column(Link(short(named[key].name, HEAD), named[key].href), len(spoken[key])) for key in shown[:columns]
            ),
            tuple(
                self._row(
                    question,
                    n,
                    [self._cell(key, gives[n], disputes[n]) for key in shown[:columns]],
                    len(gives[n].keys() - set(shown[:columns])),
                )
                for n in range(min(rows, len(question.accounts)))
            ),
            max(0, len(shown) - columns),
            max(0, len(question.accounts) - rows),
        )

    def _row(self, question: Question, n: int, cells: Sequence[Cell], others: int) -> Row:
        account = question.accounts[n]
        first, last = self.dates(account.claims)
        positions = {self.teller.claims[c].position for c in account.claims}
        return Row(
            id=account.id,
            label=letter(n),
            href=f"/question/{question.id}#{account.id}",
            title=one_line(account.title),
            position=positions.pop() if len(positions) == 1 else "asserts",
            standing=self.teller.standing(account),
            reasons=account.origins.reasons,
            first=first,
            last=last,
            cells=tuple(cells),
            others=others,
        )

    def _cell(self, key: str, gives: Mapping[str, str], disputes: Mapping[str, str]) -> Cell:
        given, disputed = gives.get(key), disputes.get(key)
        shows = given or disputed
        href = place(self.teller.claims[shows]) if shows else ""
        if given and disputed:
            return Cell("both", "●×", "gives and disputes it", href)
        if given:
            return Cell("gives", "●", "gives it", href)
        return Cell("disputes", "×", "disputes it", href) if disputed else Cell("silent", "–", "silent", "")

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
        outlets = len({self.teller.outlet(c) for c in claims})
        return f"{counted(voices, 'voice')}, {counted(outlets, 'outlet')}"


def place(claim: Claim) -> str:
    """The address of a claim in its report."""
    return f"/report/{claim.document}#{claim.id}"


def day(document: Document) -> str:
    """The date of a report as far as it is known."""
    return printable((document.published or "")[:10])


def tag(seat: Seat) -> str:
    """How an account is called beside a claim: "4c", the third account of the fourth question."""
    return f"{seat.question + 1}{letter(seat.account)}"


def letter(n: int) -> str:
    """The letter of an account: a to z, then aa."""
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(97 + n % 26)


# The pages


def brief_page(desk: Desk) -> BriefPage:
    """The first page."""
    brief, claims = desk.brief, desk.teller.claims
    return BriefPage(
        head=headline(brief),
        questions=tuple(_card(desk, n, q) for n, q in enumerate(brief.questions)),
        alone=tuple(desk.said(claims[c]) for c in brief.alone[:FEW]),
        alone_left=max(0, len(brief.alone) - FEW),
        agreed=tuple(desk.side(a, n, VOICES) for n, a in enumerate(brief.agreed[:FEW])),
        agreed_left=max(0, len(brief.agreed) - FEW),
        revisions=tuple(map(desk.teller.revision, brief.versions[:FEW])),
    )


def _card(desk: Desk, n: int, question: Question) -> Card:
    first, last = desk.dates(c for a in question.accounts for c in a.claims)
    return Card(
        id=question.id,
        number=n + 1,
        href=f"/question/{question.id}",
        title=one_line(question.title),
        summary=desk.summary(question),
        first=first,
        last=last,
        matrix=desk.matrix(question, COLUMNS, ROWS) if n < CARDS else None,
    )


def question_page(desk: Desk, question_id: str) -> QuestionPage:
    """A question. NothingThere where there is none of this id."""
    if question_id not in desk.number:
        raise NothingThere(question_id)
    n, questions = desk.number[question_id], desk.brief.questions
    question = questions[n]

    def beside(m: int) -> Link | None:
        return Link(one_line(questions[m].title), f"/question/{questions[m].id}") if 0 <= m < len(questions) else None

    first, last = desk.dates(c for a in question.accounts for c in a.claims)
    return QuestionPage(
        id=question.id,
        number=n + 1,
        title=one_line(question.title),
        summary=desk.summary(question),
        first=first,
        last=last,
        matrix=desk.matrix(question, WIDE, len(question.accounts)),
        sides=tuple(desk.side(a, m) for m, a in enumerate(question.accounts)),
        before=beside(n - 1),
        next=beside(n + 1),
    )


def account_page(desk: Desk, account_id: str) -> AccountPage:
    """An account. NothingThere where the brief has none of this id."""
    for n, question in enumerate(desk.brief.questions):
        for m, account in enumerate(question.accounts):
            if account.id == account_id:
                link = Link(f"{n + 1} {one_line(question.title)}", f"/question/{question.id}#{account.id}")
                return AccountPage(id=account_id, side=desk.side(account, m), question=link)
    for account in desk.brief.agreed:
        if account.id == account_id:
            return AccountPage(id=account_id, side=desk.side(account, 0), question=None)
    raise NothingThere(account_id)


def report_page(desk: Desk, document_id: str) -> ReportPage:
    """A report. UnknownIdError where the case holds none of this id."""
    report = desk.case.report(document_id)
    claims = [c for c in desk.brief.claims if c.document == document_id]
    shown = with_claims(report, claims, desk.teller.sources)
    reading = prepare(shown)
    by_id = {c.id: c for c in claims}
    ids = [a.id for a in shown.attributions]
    labels = {n: desk.seats.get(i, []) for n, i in enumerate(ids)}
    signs = {n: tag(seats[0]) for n, seats in labels.items() if seats}
    notes = []
    for entry in reading.entries:
        claim = by_id.get(ids[entry.n])
        speaker = shown.attributions[entry.n].speaker
        named = desk.teller.sources.get(speaker or "")
        href = f"/source/{desk.persons(named.id)[0]}" if named and named.kind != "author" else ""
        place = in_original(report, shown.attributions[entry.n].content)
        notes.append(Note(n=entry.n, source=href, claim=desk.said(claim) if claim else None, original=place))
    seated = sum(map(bool, labels.values()))
    summary = f"{counted(len(claims), 'claim')}, {seated} in a question" if claims else reading.summary
    changed = [v for v in desk.brief.versions if document_id in (v.earlier, v.later)]
    return ReportPage(
        id=document_id,
        original=f"/original/{document_id}",
        revisions=tuple(map(desk.teller.revision, changed)),
        reading=replace(
            reading,
            paragraphs=tuple(_drawn(p, labels) for p in reading.paragraphs),
            entries=tuple(
                replace(e, sign=signs.get(e.n, e.sign), facts=e.facts if e.cue else e.facts[1:])
                for e in reading.entries
            ),
            summary=summary,
            counts=tally(report).counts.in_words(),
        ),
        notes=tuple(notes),
        coverage=coverage(report),
        compared=document_id in desk.teller.documents,
    )


def with_claims(report: Report, claims: Iterable[Claim], known: Mapping[str, Source]) -> Report:
    """The report with its claims in place of the attributions they are of, and those of its own voice beside; with its
    sources as they are known now, and those that speak and that it does not name."""
    claims = tuple(claims)
    ids = dict.fromkeys((*(s.id for s in report.sources), *(c.speaker for c in claims if c.speaker)))
    before = {s.id: s for s in report.sources}
    sources = tuple(s for i in ids if (s := known.get(i) or before.get(i)))
    of = {c.attribution: c for c in claims if c.attribution}
    renamed = {a: c.id for a, c in of.items() if a}
    told = []
    for a in report.attributions:
        within = renamed.get(a.within or "", a.within)
        claim = of.get(a.id)
        if claim is None:
            told.append(msgspec.structs.replace(a, within=within))
        else:
            fresh = {"id": claim.id, "content": claim.spans, "speaker": claim.speaker, "within": within}
            told.append(msgspec.structs.replace(a, **fresh))
    own = (
        Attribution(id=c.id, cue=(), source=(), content=c.spans, speaker=c.speaker) for c in claims if not c.attribution
    )
    return msgspec.structs.replace(report, attributions=(*told, *own), sources=sources)


def _drawn(paragraph: Paragraph, labels: Mapping[int, Sequence[Seat]]) -> Paragraph:
    """The paragraph with its claims underlined by account, and its marks with the accounts' numbers."""

    def drawn_so(segment: Segment) -> Segment:
        content = [int(n) for n, _, part in (p.partition(":") for p in segment.parts.split()) if part == "content"]
        seats = labels[content[-1]] if content else ()
        marks = []
        for mark in segment.marks:
            sits = labels[mark.n] if mark.n is not None else ()
            sign = tag(sits[0]) if sits else mark.sign
            marks.append(replace(mark, sign=sign, label=f"{mark.label}; account {sign}" if sits else mark.label))
        line = f" line-{seats[0].account % PATTERNS}" if seats else " line-none" if content else ""
        return replace(segment, roles=segment.roles + line, marks=tuple(marks))

    return replace(paragraph, segments=tuple(map(drawn_so, paragraph.segments)))


def in_original(report: Report, spans: Sequence[Span]) -> str:
    """The address of these words in the original: the page of a PDF, the words in a web page (a text fragment, which
    browsers look up themselves). Empty where they cannot be led to."""
    if not spans:
        return ""
    document, first = report.document, spans[0]
    where = next(report.regions(first.start, first.end), None)
    if where and where.page:
        return f"/original/{document.id}#page={where.page}"
    if document.media_type != "text/html":
        return ""
    words = first.text.split()
    ends = [words] if len(words) <= 2 * FRAGMENT else [words[:FRAGMENT], words[-FRAGMENT:]]
    told = ",".join(map(_looked_up, ends))
    before = report.text[where.start : first.start].split() if where else []
    if before:  # words that stand several times are told apart by those before them
        told = f"{_looked_up(before[-3:])}-,{told}"
    return f"/original/{document.id}#:~:text={told}"


def _looked_up(words: Sequence[str]) -> str:
    """Words as a text fragment has them, where a hyphen has a meaning of its own."""
    return quote(" ".join(words), safe="").replace("-", "%2D")


def coverage(report: Report) -> str:
    """What of a report was not read, in words: "2 passages not read: photo captions"."""
    if not report.unread:
        return "everything was read"
    reasons = Counter(one_line(u.reason) for u in report.unread)
    told = "; ".join(f"{reason}{f' ({n} times)' if n > 1 else ''}" for reason, n in reasons.most_common())
    return f"{counted(len(report.unread), 'passage')} not read: {told}"


def reports_page(desk: Desk) -> ListPage:
    """All reports, by date."""
    claims = Counter(c.document for c in desk.brief.claims)
    documents = sorted(desk.case.documents(), key=lambda d: (d.published or "9999", d.outlet or "", d.id))
    items = tuple(
        Listed(
            href=f"/report/{d.id}",
            name=printable(d.title or d.file),
            about=desk.teller.shown(d),
            beside=day(d) or "no date",
            count=counted(claims[d.id], "claim") if d.id in desk.teller.documents else "not compared yet",
        )
        for d in documents
    )
    outlets = len({d.outlet for d in documents if d.outlet})
    return ListPage("Reports", f"{counted(len(items), 'report')} of {counted(outlets, 'outlet')}, by date", items)


def sources_page(desk: Desk) -> ListPage:
    """All sources that say anything, those with most claims first, each person once."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in desk.brief.claims:
        key, voice = desk.voice(claim)
        if voice.href:
            said[key.removeprefix("source ")].append(claim)
    items = []
    for first, claims in sorted(said.items(), key=lambda x: (-len(x[1]), x[0])):
        group = desk.persons(first)
        known = [s for i in group if (s := desk.teller.sources.get(i))]
        outlets = len({desk.teller.outlet(c) for c in claims})
        items.append(
            Listed(
                href=f"/source/{first}",
                name=desk.name(group),
                about=", ".join(facts_of(known)),
                beside=counted(outlets, "outlet"),
                count=counted(len(claims), "claim"),
            )
        )
    head = f"{counted(len(items), 'source')}, those with most claims first"
    if len(items) > LISTED:
        head += f"; {LISTED} are listed, the others are found by searching"
    return ListPage("Sources", head, tuple(items[:LISTED]))


def facts_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """What is known of sources that are one: roles, kind, standing."""
    every = {short(role(s)).casefold(): short(role(s)) for s in sources if role(s)}
    roles = [r for folded, r in every.items() if not any(folded != other and folded in other for other in every)]
    kinds = dict.fromkeys(x for s in sources for x in standing(s))
    official = ("official",) if any(s.official for s in sources) else ()
    return (*roles[:3], *kinds, *official)


def source_page(desk: Desk, source_id: str) -> SourcePage:
    """All that one source says. UnknownIdError where the case holds none of this id."""
    group = desk.persons(source_id)
    sources = [s for i in group if (s := desk.teller.sources.get(i))]
    found = [desk.case.find(i) for i in group if i not in desk.added]
    sources = sources or [f.record for f in found if isinstance(f.record, Source)]
    if not sources:
        raise NothingThere(source_id)
    name = desk.name(group) or one_line(sources[0].name)
    ways: Counter[tuple[str, ...]] = Counter()
    for f in found:
        for document in {p.document.id for p in f.passages}:
            known = {s.id: s for s in desk.case.report(document).sources}
            outlet = desk.teller.documents.get(document)
            for a in f.attributions:
                names = path(a, known)
                root = desk.teller.shown(outlet) if outlet else "the report"
                ways[(root, *names[1:]) if names else (root, name)] += 1
    claims = [c for c in desk.brief.claims if c.speaker in group]
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=desk.teller.when):
        told[claim.document].append(claim)
    said = {document: tuple(map(desk.said, own)) for document, own in told.items()}
    called = dict.fromkeys(one_line(s.name) for s in sources)
    mentions = Counter(one_line(m.text).strip(" ,;") for s in sources for m in s.mentions)
    called.update(dict.fromkeys(words for words, _ in mentions.most_common(12)))
    documents = [desk.teller.documents[d] for d in told]
    return SourcePage(
        id=group[0],
        name=name,
        facts=facts_of(sources),
        aliases=tuple(words for words in called if words and words != name and not pronoun_of(words)),
        grounds=tuple(dict.fromkeys(one_line(s.text) for x in sources for s in x.anonymity)),
        summary=f"{counted(len(claims), 'claim')} in {counted(len(told), 'report')} of "
        + counted(len({desk.teller.shown(d) for d in documents}), "outlet"),
        ways=tuple(Way(names, n) for names, n in ways.most_common()),
        told=tuple(
            Told(
                Link(desk.teller.shown(d), f"/report/{d.id}"),
                printable(d.title or d.file),
                day(d),
                said[d.id],
            )
            for d in documents
        ),
        contradicted=tuple(s for own in said.values() for s in own if s.disputes),
        turns=tuple(_turns(desk, [c for own in told.values() for c in own])),
        members=tuple(
            Choice(s.id, f"{short(s.name, LONGEST)}, {desk.outlets.get(s.id, '')}") for s in sources[1:] if s.mentions
        ),
        others=tuple(_others(desk, group)),
    )


def claim_page(desk: Desk, claim_id: str) -> ClaimPage:
    """A claim. NothingThere where the brief has none of this id."""
    if claim_id not in desk.teller.claims:
        raise NothingThere(claim_id)
    claim = desk.teller.claims[claim_id]
    document = desk.teller.documents[claim.document]
    report = desk.case.report(claim.document)
    text, spans = document.text, claim.spans
    pieces, at = [], spans[0].start
    for span in spans:
        if span.start > at:
            pieces.append((text[at : span.start], False))
        pieces.append((span.text, True))
        at = span.end
    known = {s.id: s for s in report.sources}
    own = next((a for a in report.attributions if a.id == claim.attribution), None)
    references = [*desk.references(claim)]
    return ClaimPage(
        id=claim.id,
        said=desk.said(claim),
        report=Link(printable(document.title or document.file), place(claim)),
        before=text[max(0, spans[0].start - AROUND) : spans[0].start],
        pieces=tuple(pieces),
        behind=text[at : at + AROUND],
        chain=path(own, known) if own else (),
        disputes=tuple(r for r in references if r.kind == "disputes"),
        supports=tuple(r for r in references if r.kind == "supports"),
        start=spans[0].start,
        end=spans[-1].end,
        speakers=tuple(
            Choice(s.id, short(s.name, LONGEST), s.id == claim.speaker) for s in known.values() if s.mentions
        ),
        homes=tuple(_homes(desk, claim)),
        rivals=tuple(_rivals(desk, claim, {r.id for r in references})),
    )


def _turns(desk: Desk, claims: Sequence[Claim]) -> Iterator[Turn]:
    """The questions to which claims, in time order, give several accounts."""
    first: dict[int, dict[int, Claim]] = defaultdict(dict)
    for claim in claims:
        for seat in desk.seats.get(claim.id, ()):
            first[seat.question].setdefault(seat.account, claim)
    for n, accounts in sorted(first.items()):
        if len(accounts) > 1:
            question = desk.brief.questions[n]
            yield Turn(
                Link(printable(question.title), f"/question/{question.id}"), tuple(map(desk.said, accounts.values()))
            )


def _rivals(desk: Desk, claim: Claim, known: set[str]) -> Iterator[Choice]:
    """The claims of the same questions of which nothing is said yet."""
    mine = dict.fromkeys(s.question for s in desk.seats.get(claim.id, ()))
    inside = [c for n in mine for a in desk.brief.questions[n].accounts for c in a.claims]
    for other in [c for c in inside if c != claim.id and c not in known][:MOST_CHOICES]:
        c = desk.teller.claims[other]
        yield Choice(other, f"{desk.teller.who(c)}, {desk.teller.outlet(c)}: {short(c.text, LONGEST)}")


def _others(desk: Desk, group: Sequence[str]) -> Iterator[Choice]:
    """The named sources that are somebody else so far, each once, by name."""
    seen = set(group)
    found = []
    for s in desk.brief.sources:
        if s.id not in seen and s.named and s.kind != "author" and s.mentions:
            own = desk.persons(s.id)
            seen.update(own)
            told = ", ".join(filter(None, (desk.name(own), *facts_of([s])[:1], desk.outlets.get(s.id, ""))))
            found.append(Choice(s.id, short(told, LONGEST)))
    yield from sorted(found, key=lambda c: (c.name.casefold(), c.value))[:MOST_CHOICES]


def _homes(desk: Desk, claim: Claim) -> Iterator[Choice]:
    """The accounts of the questions of a claim, each by a claim of it; of all questions where it is in none."""
    mine = {(s.question, s.account) for s in desk.seats.get(claim.id, ())}
    wanted = {n for n, _ in mine} or range(len(desk.brief.questions))
    for n in sorted(wanted):
        for m, account in enumerate(desk.brief.questions[n].accounts):
            other = next((c for c in account.claims if c != claim.id), None)
            if other or (n, m) in mine:
                yield Choice(other or "", f"{n + 1}{letter(m)} · {short(account.title, LONGEST)}", (n, m) in mine)


def reviews_page(desk: Desk) -> ReviewsPage:
    """All decisions, the last first."""
    standing = {s.review.number: s.record for s in desk.reviewed.standing}
    conflicts = {c.review.number: c.reason for c in desk.reviewed.conflicts}
    log = desk.case.reviews()
    gone = undone(log)
    decisions = [
        Decision(
            number=r.number,
            made=r.made,
            kind=r.kind,
            action=r.action,
            words=short(r.exact, AROUND),
            value=_in_words(r.value),
            note=r.note,
            href=_page_of(standing[r.number]) if r.number in standing else "",
            state="undone" if r.number in gone else "conflict" if r.number in conflicts else "holds",
            why=conflicts.get(r.number, ""),
        )
        for r in reversed(log)
    ]
    counts = Counter(d.state for d in decisions)
    head = f"{counted(len(log), 'decision')}: {counts['holds']} hold, {counts['undone']} undone, "
    return ReviewsPage(head + counted(counts["conflict"], "conflict"), tuple(decisions))


def _page_of(record_id: str) -> str:
    first, _, _ = record_id.partition(":")
    kind = {"c": "claim", "s": "source", "q": "question"}.get(first[:1])
    return f"/{kind}/{first}" if kind else ""


def _in_words(value: object) -> str:
    """The value of a decision in words: what it names, and the words of a place in quotation marks."""
    if isinstance(value, dict):
        if isinstance(value.get("exact"), str):
            return f"“{short(value['exact'], LONGEST)}”"
        return ", ".join(filter(None, map(_in_words, value.values())))
    return "" if value is None else short(str(value), LONGEST)


def origins_page(desk: Desk) -> OriginsPage:
    """Who took what from whom."""
    brief, teller = desk.brief, desk.teller
    return OriginsPage(
        graph=drawn(graph(brief)),
        debts=tuple(map(teller.debt, sorted(brief.reuse, key=strength))),
        rings=tuple(map(teller.ring, brief.circles)),
        springs=tuple(map(teller.spring, brief.origins)),
    )


def timeline_page(desk: Desk) -> TimelinePage:
    """When things are said to have happened, and when that was published."""
    times = desk.times
    named = len({e.claim for e in times.entries})
    return TimelinePage(
        summary=f"{counted(named, 'claim')} of {named + times.timeless} name a time",
        drawing=desk.times_drawn,
        happenings=tuple(_happening(desk, e) for e in times.entries[:TIMES]),
        left=max(0, len(times.entries) - TIMES),
        reports=tuple(
            Listed(
                href=f"/report/{r.document}",
                name=r.title or r.outlet,
                about=r.outlet,
                beside=r.said.isoformat() if r.said else "no date",
                count="",
            )
            for r in times.reports
        ),
    )


def _happening(desk: Desk, e: Entry) -> Happening:
    days = e.first.isoformat() if e.first == e.last else f"{e.first.isoformat()} to {e.last.isoformat()}"
    at = f", {e.at:%H:%M}" if e.at else ""
    seats = desk.seats.get(e.claim, ())
    return Happening(
        when=("about " if e.approximate else "") + days + at,
        day=e.first.isoformat(),
        named=one_line(e.span.text),
        claim=e.claim,
        href=f"/report/{e.document}#{e.claim}",
        who=e.who,
        outlet=e.outlet,
        said=e.said.isoformat() if e.said else "",
        words=e.words,
        position=e.position,
        account=desk.account(seats[0]) if seats else None,
    )


def search_page(desk: Desk, q: str, among: str, outlet: str) -> SearchPage:
    """What holds all these words. among: which kind is asked for, any where it is none of them."""
    hits = desk.case.search(q, MOST_HITS, (OPEN, CLOSE))
    documents = {d.id: d for d in desk.case.documents()} if hits else {}
    found = [_result(desk, hit, documents[hit.document]) for hit in hits]
    wanted = among if among in AMONG else ""

    def leads(kind: str, where: str) -> str:
        return "/search?" + urlencode(
            {"q": q, **({"in": kind} if kind else {}), **({"outlet": where} if where else {})}
        )

    def fits(r: Result, kind: str, where: str) -> bool:
        return (not kind or r.kind == kind) and (not where or r.outlet == where)

    kinds = Counter(r.kind for r in found if fits(r, "", outlet))
    outlets = Counter(r.outlet for r in found if fits(r, wanted, ""))
    results = sorted((r for r in found if fits(r, wanted, outlet)), key=lambda r: SHOWN.index(r.kind))
    every = (Facet("all", leads("", outlet), kinds.total(), not wanted),)
    anywhere = (Facet("all outlets", leads(wanted, ""), outlets.total(), not outlet),)
    many = "at least " if len(hits) >= MOST_HITS else ""
    return SearchPage(
        q=q,
        among=wanted,
        outlet=outlet,
        summary=f"{many}{counted(len(results), 'result')}" if q.strip() else "",
        kinds=(*every, *(Facet(k, leads(k, outlet), kinds[k], k == wanted) for k in AMONG)) if found else (),
        outlets=(*anywhere, *(Facet(o, leads(wanted, o), n, o == outlet) for o, n in outlets.most_common(40)))
        if found
        else (),
        results=tuple(results[:HITS]),
        left=max(0, len(results) - HITS),
    )


def _result(desk: Desk, hit: Hit, document: Document) -> Result:
    kind: Among = {"c": "claims", "s": "sources"}.get(hit.id[0], "text")  # type: ignore[assignment]
    href = {"claims": f"/report/{document.id}#{hit.id}", "sources": f"/source/{desk.persons(hit.id)[0]}"}
    claim = desk.teller.claims.get(hit.id)
    who = {
        "claims": desk.teller.who(claim) if claim else "",
        "sources": desk.name(desk.persons(hit.id)),
        "text": printable(document.title or document.file),
    }
    return Result(
        kind=kind,
        id=hit.id,
        href=href.get(kind, f"/report/{document.id}"),
        pieces=tuple(_pieces(one_line(hit.snippet))),
        who=who[kind],
        outlet=desk.teller.shown(document),
        date=day(document),
    )


def _pieces(snippet: str) -> Iterator[Piece]:
    """The words of a snippet, those found apart."""
    for n, part in enumerate(snippet.split(OPEN)):
        inside, closes, behind = part.partition(CLOSE)
        if n and closes:
            yield Piece(inside, True)
            part = behind
        if part:
            yield Piece(part, False)
