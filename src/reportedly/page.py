"""One report as one HTML page: in goes a `Report`, out comes a self-contained file that loads nothing from outside.

The page shows the document's words exactly (the text column's text content is `document.text`; a NUL or a lone
surrogate, which HTML cannot carry, becomes one U+FFFD), who says what in place, and all attributions listed beside it.
Everything is prepared here as frozen values; the template only prints them. Document, titles and names are hostile:
Jinja2 escapes all of them, and the page's policy allows no style and no script but the two whose digests it states.
"""

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Self

import jinja2

from reportedly.brief import ACCOUNTS, Revision, Told, counted, short, told
from reportedly.graph import drawn, graph
from reportedly.records import Attribution, Brief, Claim, Document, Report, Source, Span
from reportedly.tally import Credited, page_of, path, role, standing, tally

ROLES = ("content", "addressee", "source", "cue")
"""The roles, the one that shows least first: where an attribution covers a letter twice, the later role lights up."""

LEVELS = 4
"""Nesting is numbered (3.1.2) and indented down to this level; what lies deeper stays on it."""

WRAPPED = 100
"""A text with no line longer than this was wrapped by its writer: only its blank lines end paragraphs."""

_BREAK = re.compile(r"(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*")
_COLLAPSIBLE = re.compile(r"\A[ \t]|\t|  |[ \t][\r\n]|[\r\n][ \t]|[ \t]\Z")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_STEERING = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")  # turns what follows
_OWN_ID = re.compile(r"[ac]-[0-9a-f]{16}")


class Part(NamedTuple):
    """What a letter is to an attribution. Sorts the innermost attribution last, and its most telling role last."""

    level: int
    smallness: int
    n: int
    rank: int

    @property
    def role(self) -> str:
        """The name of the role."""
        return ROLES[self.rank]


class Mentioned(NamedTuple):
    """That a letter belongs to a mention of a source; source: which item of the list of sources it is."""

    source: int


@dataclass(frozen=True)
class Mark:
    """The small number in the text: the place an attribution's permalink leads to, its Tab stop, its way to the list.

    n: which entry it belongs to; None for a stretch that was not read. id and target: of this mark, and of the place it
    leads to. sign: what is printed. label: what is read aloud.
    """

    n: int | None
    id: str
    target: str
    sign: str
    label: str


@dataclass(frozen=True)
class Segment:
    """A run of letters that play the same parts in the same attributions, and the marks that follow it.

    roles: the class names it is drawn by. parts: "n:role" of every attribution it belongs to, the innermost last.
    depth: how many contents lie over each other here. mentions: the numbers of the sources it is a mention of. id: the
    place that links to a mention lead to, where one begins.
    """

    text: str
    roles: str = ""
    parts: str = ""
    depth: int = 0
    marks: tuple[Mark, ...] = ()
    mentions: str = ""
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Segments up to and including the line breaks that end them.

    lines: how many such breaks. spaced: whether it holds spaces that a browser would collapse.
    """

    segments: tuple[Segment, ...]
    lines: int
    spaced: bool

    @classmethod
    def of(cls, segments: list[Segment], lines: int) -> Self:
        """The paragraph of these segments."""
        return cls(tuple(segments), lines, bool(_COLLAPSIBLE.search("".join(segment.text for segment in segments))))


@dataclass(frozen=True)
class Entry:
    """One attribution as the list tells it.

    who: the resolved name, or the words of the source; empty where no source is named. called: the words that stand for
    the name in the text, where they differ. facts: its speech, and what is known of the source. grounds: why the source
    is not named, in the text's words. path: the names from the report to the source, where others passed it on. source:
    which item of the list of sources it goes back to.
    """

    n: int
    id: str
    sign: str
    level: int
    who: str
    cue: str
    content: str
    addressee: str
    speech: str
    facts: tuple[str, ...]
    confidence: int
    mark: Mark
    called: str = ""
    grounds: str = ""
    path: tuple[str, ...] = ()
    source: int | None = None

    @property
    def target(self) -> str:
        """The id of its mark in the text, which is the attribution's permalink."""
        return self.mark.id


@dataclass(frozen=True)
class Occurrence:
    """One mention of a source: its words, and the id of the place in the text where they stand."""

    words: str
    target: str


@dataclass(frozen=True)
class Item:
    """One source as the list of sources tells it.

    facts: role, kind, whether it is official or unnamed, through whom its words came. said: how many statements it has,
    in words. places: every mention, those of the same words and place told once. source: its id.
    """

    n: int
    id: str
    source: str
    name: str
    facts: tuple[str, ...]
    grounds: str
    said: str
    places: tuple[Occurrence, ...]


@dataclass(frozen=True)
class Note:
    """Something that was not read; target: the id of its mark in the text, empty where it has no place there."""

    id: str
    reason: str
    target: str


@dataclass(frozen=True)
class Header:
    """What is known of the document, each field ready to print; empty where unknown or already told by the title.

    link: an http(s) address.
    """

    title: str
    outlet: str
    byline: str
    published: str
    date: str
    file: str
    language: str
    digest: str
    kept: str
    link: str


@dataclass(frozen=True)
class Page:
    """All that the template prints."""

    header: Header
    paragraphs: tuple[Paragraph, ...]
    wrapped: bool
    entries: tuple[Entry, ...]
    summary: str
    notes: tuple[Note, ...]
    items: tuple[Item, ...] = ()
    counts: str = ""


def render(report: Report) -> str:
    """The page of this report: one HTML file, safe to open and to pass on, that encodes as UTF-8."""
    (template, css), js = _template("report"), asset("report.js")
    policy = f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(js)}; base-uri 'none'; form-action 'none'"
    return safe(template.render(page=prepare(report), css=css, js=js, policy=policy))


KEY = (  # what the lines of the drawing mean
    ("copy", "copies most of it"), ("partly", "takes passages"), ("credit", "credits it"),
    ("shared", "share a quotation or a source"),
)  # fmt: skip


def render_brief(brief: Brief, rejected: Collection[str] = ()) -> str:
    """The page of a brief: one HTML file without a script, safe to open and to pass on. rejected: as of `told`."""
    template, css = _template("brief")
    policy = f"default-src 'none'; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"
    drawing = drawn(graph(brief))
    page = template.render(told=_told(brief, rejected), graph=drawing, key=KEY, shown=ACCOUNTS, css=css, policy=policy)
    return safe(settled(page))


class Piece(NamedTuple):
    """A run of letters of a report below its brief. claims: those that the brief shows and that begin here; within:
    whether it is of any."""

    text: str
    claims: tuple[str, ...]
    within: bool


class Printed(NamedTuple):
    """A report as it is printed below its brief."""

    id: str
    header: Header
    pieces: tuple[Piece, ...]


def render_case(
    brief: Brief, rejected: Collection[str], states: Mapping[str, str], notes: Mapping[str, Sequence[str]]
) -> str:
    """The page of a brief with its reports below: each claim leads to its words there. rejected: as of `told`; states:
    what was decided about claims (ids); notes: what was noted about them and about questions. One HTML file without a
    script, safe to open and to pass on."""
    (template, extra), (_, css) = _template("export"), _template("brief")
    css = f"{css}\n{extra}"
    policy = f"default-src 'none'; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"
    shown = {c for q in brief.questions for a in q.accounts for c in a.claims} | set(brief.alone)
    shown |= {c for a in brief.agreed for c in a.claims}
    places: dict[str, list[Claim]] = defaultdict(list)
    for claim in brief.claims:
        if claim.id in shown:
            places[claim.document].append(claim)
    reports = [Printed(d.id, _header(d), tuple(_pieces(d.text, places[d.id]))) for d in brief.documents]
    page = template.render(
        told=_told(brief, rejected), graph=drawn(graph(brief)), key=KEY, shown=ACCOUNTS, css=css, policy=policy,
        reports=reports, states=states, notes=notes,
    )  # fmt: skip
    return safe(settled(page))


def _pieces(text: str, claims: Iterable[Claim]) -> Iterator[Piece]:
    """The text in one sweep from boundary to boundary of the claims' spans."""
    first: dict[int, list[str]] = defaultdict(list)
    change: Counter[int] = Counter()
    for claim in claims:
        first[claim.spans[0].start].append(claim.id)
        for span in claim.spans:
            change[span.start] += 1
            change[span.end] -= 1
    over = 0
    for start, end in pairwise(sorted({0, len(text), *change})):
        over += change[start]
        yield Piece(text[start:end], tuple(first.get(start, ())), over > 0)


def prepare(report: Report) -> Page:
    """The values that the page of this report prints. Cost: the text, the spans, and how many lie over each other."""
    document = report.document
    text = document.text
    wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED
    sums = tally(report)
    told = [s for s in sums.sources if s.attributions or s.passed or s.source.mentions]
    number = {stated.source.id: n for n, stated in enumerate(told)}
    joint = {member for stated in told for member in stated.source.members}
    entries = tuple(_entries(report, number))
    items = tuple(_item(n, stated, stated.source.id in joint) for n, stated in enumerate(told))
    marked: list[Marked] = list(_marked(report.attributions, entries))
    for n, stated in enumerate(told):
        marked += [(span.start, span.end, Mentioned(n)) for span in set(stated.source.mentions)]
    marks: dict[int, list[Mark]] = defaultdict(list)
    for entry in entries:
        marks[_place(report.attributions[entry.n], text)].append(entry.mark)
    notes = []
    for i, unread in enumerate(report.unread, 1):
        placed = unread.start is not None and 0 <= unread.start < (unread.end or 0) <= len(text)
        notes.append(Note(f"note-{i}", unread.reason, f"unread-{i}" if placed else ""))
        if placed and unread.start is not None and unread.end is not None:
            marked.append((unread.start, unread.end, None))
            marks[unread.end].append(Mark(None, f"unread-{i}", f"note-{i}", "not read", f"Not read: {unread.reason}"))
    return Page(
        header=_header(document),
        paragraphs=tuple(_paragraphs(text, wrapped, marked, marks)),
        wrapped=wrapped,
        entries=entries,
        summary=_summary(entries),
        notes=tuple(notes),
        items=items,
        counts=sums.counts.in_words(),
    )


TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("reportedly", "templates"), autoescape=True, undefined=jinja2.StrictUndefined
)


@cache
def _template(name: str) -> tuple[jinja2.Template, str]:
    """A page's template and its style."""
    return TEMPLATES.get_template(f"{name}.html"), asset("base.css") + "\n" + asset(f"{name}.css")


@cache
def asset(file: str) -> str:
    """A style or script. Line ends are made one kind: the digest is of what a browser reads."""
    assert TEMPLATES.loader is not None
    return "\n".join(TEMPLATES.loader.get_source(TEMPLATES, file)[0].splitlines())


def safe(html: str) -> str:
    """A page that encodes as UTF-8 and keeps its carriage returns."""
    return _UNPRINTABLE.sub("\ufffd", html).replace("\r", "&#13;")


def settled(words: str) -> str:
    """Words without the characters that would turn or end what follows them."""
    return _STEERING.sub("\ufffd", words)


def _hash(inline: str) -> str:
    """An inline style or script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


# The list


def _entries(report: Report, number: dict[str, int]) -> Iterator[Entry]:
    """An entry for every attribution, in the order of the text, nested ones after the one around them.

    number: which item of the list of sources each source is.
    """
    sources = {source.id: source for source in report.sources}
    taken: set[str] = set()
    for n, level, sign in _order(report.attributions, report.text):
        attribution = report.attributions[n]
        own = attribution.id if _OWN_ID.fullmatch(attribution.id) and attribution.id not in taken else f"a{n}"
        taken.add(own)
        source = number.get(attribution.speaker or "")
        entry = _entry(n, level, sign, own, attribution, sources)
        page = page_of(report, attribution)
        yield replace(entry, source=source, facts=(*entry.facts, *([f"page {page}"] if page else [])))


def _entry(n: int, level: int, sign: str, own: str, attribution: Attribution, sources: dict[str, Source]) -> Entry:
    """What the list tells of this attribution, and its mark."""
    speaker = sources.get(attribution.speaker or "")
    called = _words(attribution.source)
    who = short(speaker.name, 80) if speaker else called
    facts: list[str] = [attribution.speech]
    if speaker:
        said = " ".join(" ".join(span.text for span in attribution.source).split())
        called = "" if " ".join(speaker.name.split()).casefold() in said.casefold() else short(called, 40)
        facts += [short(role(speaker, called), 100), *standing(speaker)]
    cue, content, addressee = map(_words, (attribution.cue, attribution.content, attribution.addressee))
    label = f"{who or 'No source named'}, {cue}{' to ' if addressee else ''}{addressee}: {content}"
    return Entry(
        n=n,
        id=f"in-list-{own}",
        sign=sign,
        level=level,
        who=who,
        cue=cue,
        content=short(content, 76),
        addressee=addressee,
        speech=attribution.speech,
        facts=tuple(filter(None, facts)),
        confidence=round(100 * min(max(0.0, attribution.confidence), 1.0)),
        mark=Mark(n, own, f"in-list-{own}", sign, label),
        called=called if speaker else "",
        grounds=_words(speaker.anonymity, 100) if speaker else "",
        path=tuple(short(name, 60) for name in path(attribution, sources)),
    )


def _item(n: int, stated: Credited, joint: bool) -> Item:
    """What the list of sources tells of this one; joint: whether it speaks together with others."""
    source, said = stated.source, len(stated.attributions)
    through = ", ".join(short(name, 60) for name in stated.through)
    facts = (
        short(role(source), 160),
        *standing(source),
        "official" if source.official else "",
        f"through {through}" if through else "",
    )
    counts = [counted(said, "statement")] if said or not (stated.passed or joint) else []
    counts += [f"passes on {stated.passed}"] if stated.passed else []
    counts += ["speaks with others"] if joint else []
    spans = sorted(set(source.mentions))
    return Item(
        n=n,
        id=f"source-{n + 1}",
        source=source.id,
        name=short(source.name, 160),
        facts=tuple(filter(None, facts)),
        grounds=_words(source.anonymity),
        said=", ".join(counts),
        places=tuple(Occurrence(short(span.text.strip(" ,;") or span.text, 40), f"at-{span.start}") for span in spans),
    )


def _order(attributions: tuple[Attribution, ...], text: str) -> Iterator[tuple[int, int, str]]:
    """Index, level and number ("3", "3.1") of every attribution, a holder before what it holds.

    A holder that is missing, or that lies within what it holds, holds nothing.
    """
    places = [_place(attribution, text) for attribution in attributions]
    by_id = {attribution.id: n for n, attribution in reversed(list(enumerate(attributions)))}
    held: dict[int | None, list[int]] = defaultdict(list)
    for n in sorted(range(len(attributions)), key=places.__getitem__):
        within = attributions[n].within
        held[None if within is None else by_id.get(within)].append(n)
    seen: set[int] = set()
    roots = 0
    for root in [*held[None], *sorted(range(len(attributions)), key=places.__getitem__)]:
        if root in seen:
            continue
        roots += 1
        open_ = [(root, 0, str(roots))]
        while open_:
            n, level, sign = open_.pop()
            if n in seen:
                continue
            seen.add(n)
            yield n, level, sign
            for i, child in reversed(list(enumerate(held[n], 1))):
                open_.append((child, min(level + 1, LEVELS), f"{sign}.{i}" if level < LEVELS else sign))


def _summary(entries: tuple[Entry, ...]) -> str:
    """The count line: "31 attributions: 14 direct, 12 indirect, 5 mixed; 4 without a source"."""
    if not entries:
        return "No attributions found"
    speech = Counter(entry.speech for entry in entries)
    kinds = ", ".join(f"{speech[kind]} {kind}" for kind in ("direct", "indirect", "mixed") if speech[kind])
    nameless = sum(not entry.who for entry in entries)
    counts = f"{counted(len(entries), 'attribution')}: {kinds}"
    return f"{counts}; {nameless} without a source" if nameless else counts


# The text column


def _place(attribution: Attribution, text: str) -> int:
    """Where its mark stands: after its first cue, else after its first span, else at the end of the text."""
    for spans in (attribution.cue, attribution.content, attribution.source, attribution.addressee):
        if spans:
            return spans[0].end
    return len(text)


Marked = tuple[int, int, Part | Mentioned | None]
"""Start, end, and what the letters between are: a part, a mention of a source, or (None) not read."""


def _marked(attributions: tuple[Attribution, ...], entries: Iterable[Entry]) -> Iterator[Marked]:
    """Every span as start, end and the part it plays."""
    for entry in entries:
        attribution = attributions[entry.n]
        smallness = -sum(span.end - span.start for span in attribution.content)
        for rank, played in enumerate(ROLES):
            spans: tuple[Span, ...] = getattr(attribution, played)
            for span in spans:
                yield span.start, span.end, Part(entry.level, smallness, entry.n, rank)


def _paragraphs(
    text: str, wrapped: bool, marked: Iterable[Marked], marks: dict[int, list[Mark]]
) -> Iterator[Paragraph]:
    """The text in one sweep from boundary to boundary."""
    opening: dict[int, list[Part | Mentioned | None]] = defaultdict(list)
    closing: dict[int, list[Part | Mentioned | None]] = defaultdict(list)
    for start, end, part in marked:
        opening[start].append(part)
        closing[end].append(part)
    ends = {found.end(): lines for found in _BREAK.finditer(text) if (lines := _lines(found[0])) > wrapped}
    active: Counter[Part | Mentioned | None] = Counter()
    segments: list[Segment] = []
    for start, end in pairwise(sorted({0, len(text), *opening, *closing, *ends, *marks})):
        active.subtract(closing.get(start, ()))
        active.update(opening.get(start, ()))
        for part in closing.get(start, ()):
            if not active[part]:
                del active[part]
        segments.append(_segment(text[start:end], start, active, opening.get(start, ()), tuple(marks.get(end, ()))))
        if end in ends:
            yield Paragraph.of(segments, ends[end])
            segments = []
    if not text:
        segments.append(Segment("", marks=tuple(marks.get(0, ()))))
    if segments:
        yield Paragraph.of(segments, 0)


def _lines(break_: str) -> int:
    """How many line ends these characters hold, a CR LF counted once."""
    return break_.count("\n") + break_.count("\r") - break_.count("\r\n")


def _segment(
    text: str,
    start: int,
    active: Counter[Part | Mentioned | None],
    opened: Iterable[Part | Mentioned | None],
    marks: tuple[Mark, ...],
) -> Segment:
    """The segment of these letters, given the parts they play and those of them that begin here."""
    if not active:
        return Segment(text, marks=marks)
    parts = sorted(part for part in active if isinstance(part, Part))
    mentions = sorted(part.source for part in active if isinstance(part, Mentioned))
    roles = {part.role for part in parts} | ({"unread"} if None in active else set())
    if mentions:
        roles.add("mention")
    if any(isinstance(part, Part) and part.role == "addressee" for part in opened):
        roles.add("opens")
    return Segment(
        text,
        roles=" ".join(sorted(roles)),
        parts=" ".join(f"{part.n}:{part.role}" for part in parts),
        depth=len({part.n for part in parts if part.role == "content"}),
        marks=marks,
        mentions=" ".join(map(str, mentions)),
        id=f"at-{start}" if any(isinstance(part, Mentioned) for part in opened) else "",
    )


# Words


def _words(spans: Iterable[Span], limit: int = 160) -> str:
    """The first words of these spans on one line, an ellipsis between spans that lie apart."""
    return short(" … ".join(span.text[: 4 * limit] for span in spans), limit)


def _header(document: Document) -> Header:
    """The document's head. The address is given as a link only where it is one that a browser may open."""
    url = document.url or ""
    algorithm, _, digits = document.digest.rpartition(":")
    title = document.title or document.outlet or document.file
    return Header(
        title=title,
        outlet=document.outlet or "" if document.title else "",
        byline=document.byline or "",
        published=document.published or "",
        date=dated(document.published or ""),
        file=document.file if document.file != title else "",
        language=document.language or "",
        digest=f"{algorithm} {digits[:12]}".strip(),
        kept=f"{min(document.kept * 100, 99.9):.3g}%" if document.kept < 1 else "",
        link=url if re.match(r"https?://", url, re.IGNORECASE) else "",
    )


def dated(published: str) -> str:
    """An ISO 8601 date or time as people write it; anything else as it stands."""
    try:
        day = date.fromisoformat(published)
        return f"{day.day} {day:%B %Y}"
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(published)
        return f"{moment.day} {moment:%B %Y, %H:%M %Z}".strip()
    except ValueError:
        return published


_MANNERS = {
    "dateline": "in its dateline", "byline": "in its byline", "tail": "at its end", "mark": "after a paragraph",
    "sentence": "in a sentence", "chain": "as the one that passed it on",
}  # fmt: skip
_MANNER = re.compile(rf" \(({'|'.join(_MANNERS)})\)\Z")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?")


def sign(says: str) -> str:
    """How something is known, as people say it: "credits the Ledger (mark)" is "credits the Ledger after a paragraph",
    and days are written out."""
    says = _MANNER.sub(lambda found: f" {_MANNERS[found[1]]}", says)
    return _DAY.sub(lambda found: dated(found[0]), says)


def revised(revision: Revision) -> Revision:
    """A later version as it is shown, the days behind its title written out."""
    title, opens, days = revision.title.rpartition(" (")
    return revision._replace(title=title + opens + sign(days))


def _told(brief: Brief, rejected: Collection[str] = ()) -> Told:
    shown = told(brief, rejected)
    return shown._replace(revisions=tuple(map(revised, shown.revisions)))


TEMPLATES.filters |= {"dated": dated, "sign": sign}
