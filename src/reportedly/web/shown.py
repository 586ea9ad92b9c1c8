"""What each page of the reading room shows, as records: the template prints one, and its JSON is the same record."""

from typing import Literal

import msgspec

from reportedly.brief import Debt, Revision, Ring
from reportedly.graph import Drawing
from reportedly.page import Page
from reportedly.timeline import Drawing as Timed

Stance = Literal["gives", "disputes", "both", "silent"]
Among = Literal["claims", "sources", "text"]


class Link(msgspec.Struct, frozen=True):
    """Something that can be opened, and how it is called; no address where it has no page."""

    name: str
    href: str = ""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that supports or disputes another: who says it where, its words, how sure that is, and the words by which
    a report states it. position: whether it asserts, denies or otherwise stands to these words. own: the report's own
    voice says it."""

    id: str
    href: str
    kind: str
    who: str
    own: bool
    outlet: str
    words: str
    position: str
    sure: int
    stated: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it is shown. href: its place in its report; page: its own page. accounts: those it belongs to.
    supports, disputes: the surest; supports_left, disputes_left: how many more there are. state: accepted, rejected,
    corrected, or empty; decided: the number of the last decision about it, which can be undone. twin: the claim that is
    decided about in its place, as the words by which it would be found are that one's."""

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
    disputes_left: int
    supports_left: int
    stated: tuple[str, ...]
    state: str
    notes: tuple[str, ...]
    decided: int | None
    twin: Link | None


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
    many; first, last: dates of the first and the last report that has it; others: sources without a column that give
    it, and how many more do."""

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
    others: tuple[Link, ...]
    others_left: int


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
    """The first page: questions, what one source only says, what is agreed, and what later versions changed. reports:
    how many the case has."""

    head: str
    reports: int
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
    """All reports, or all sources, of a case. empty: what is told where there are none."""

    title: str
    head: str
    items: tuple[Listed, ...]
    empty: str


class Way(msgspec.Struct, frozen=True):
    """A chain by which words of a source reach us, and how many statements came by it."""

    names: tuple[str, ...]
    statements: int


class Saying(msgspec.Struct, frozen=True):
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
    told: tuple[Saying, ...]
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
    """A claim in its context, and everything that supports or disputes it. pieces: the words around it and its own,
    with the roles they play ("content", "source", "cue"); start, end: its place in its report; speakers, homes: who may
    be its speaker, and the claims whose account it may belong to, those of its own question first; rivals: claims of
    which nothing is said yet, those of the same questions first, then the most alike. fixed: those beside it (ids) of
    which nothing can be decided."""

    id: str
    said: Said
    report: Link
    pieces: tuple[tuple[str, str], ...]
    chain: tuple[str, ...]
    disputes: tuple[Reference, ...]
    supports: tuple[Reference, ...]
    start: int
    end: int
    speakers: tuple[Choice, ...]
    homes: tuple[Choice, ...]
    rivals: tuple[Choice, ...]
    fixed: tuple[str, ...]


class Went(msgspec.Struct, frozen=True, kw_only=True):
    """Where reports have something from, and which outlets do; href: its page, where it is a source."""

    id: str
    name: str
    href: str
    outlets: tuple[str, ...]


class OriginsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Who took what from whom."""

    graph: Drawing
    debts: tuple[Debt, ...]
    rings: tuple[Ring, ...]
    springs: tuple[Went, ...]


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
    """Something that holds the words looked for. position: that of a claim; empty for anything else."""

    kind: Among
    id: str
    href: str
    pieces: tuple[Piece, ...]
    position: str
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
    """What was found. left: how many more results there are."""

    q: str
    among: str
    outlet: str
    summary: str
    kinds: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    results: tuple[Result, ...]
    left: int


class Done(msgspec.Struct, frozen=True):
    """The decision that was made just now. action: what was done, also by undoing; words: those it is about, or what
    was given; claim: the one it is about, if any; rejects: whether to undo it rejects that again."""

    number: int
    action: str
    words: str
    claim: str
    rejects: bool


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
