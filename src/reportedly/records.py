"""The words of the trade as frozen values: span, document, attribution, source, report; claim, relation, question,
account, brief.

Pure values: they know neither storage nor models. An id is a tagged hash of the canonical JSON of what a record says,
so the same input read twice gives the same ids. `Report` is what reading one document yields; it cannot be built, in
Python or from JSON, with a span that does not lie in the document's text.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal, Self, get_args

import msgspec

Speech = Literal["direct", "indirect", "mixed"]
Kind = Literal["person", "group", "organisation", "outlet", "document", "author", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Position = Literal["asserts", "denies", "doubts", "asks", "predicts"]
RelationKind = Literal["supports", "disputes", "related"]
ReuseKind = Literal["copy", "partly", "shared source"]
NoteKind = Literal["correction", "clarification", "update", "editor's note", "retraction"]
Direction = Literal["a->b", "b->a", "undecided"]
EvidenceKind = Literal["credit", "passage", "quotation", "retold", "date", "family", "parent", "speaker"]
Stretch = tuple[int, int]
"""[start, end) in characters of a text."""


class SpanError(ValueError):
    """A span that does not lie in its text."""


def identify(tag: str, content: Any) -> str:
    """`tag-` and 16 hexadecimal digits of the SHA-256 of the content's canonical JSON (sorted keys, no spaces)."""
    canonical = msgspec.json.encode(content, order="deterministic")
    return f"{tag}-{hashlib.sha256(canonical).hexdigest()[:16]}"


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a document's text: `document.text[start:end] == text`, offsets counted as Python counts them."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and self.end - self.start == len(self.text)):
            raise SpanError(f"no span of {len(self.text)} characters runs from {self.start} to {self.end}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of `text` from start to end. SpanError where it does not lie in the text or is empty."""
        if not 0 <= start < end <= len(text):
            raise SpanError(f"[{start}:{end}] does not lie in a text of {len(text)} characters")
        return cls(start, end, text[start:end])


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it was stored. All offsets index `text`, which is exact: odd spaces, quotes and typos stay.

    file: the path as given, or "-". digest: "sha256:" + that of the original bytes. published: as the page or front
    matter states it, a day or a time, ISO 8601 where it could be read as one; updated: when it was changed last,
    likewise. kept: share (0 to 1) of the page's words that are in `text`. language: ISO 639-1, stated by the page, or
    en where the commonest words are; else None. member: where in the file it lies ("b.zip!c.html"), where the file is
    an archive, a feed or a table. url: the address it gives itself, else the one it was had from, which is `address`;
    fetched: when.
    """

    id: str
    file: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    digest: str = ""
    kept: float = 1.0
    member: str | None = None
    updated: str | None = None
    address: str | None = None
    fetched: str | None = None

    @classmethod
    def of(cls, text: str, **fields: Any) -> Self:
        """A document with the id that its content gives: text, title, outlet, byline, published and url."""
        said = {k: fields.get(k) for k in ("title", "outlet", "byline", "published", "url")}
        fields.setdefault("file", "-")
        fields.setdefault("digest", digest_of(text.encode("utf-8", "surrogatepass")))
        return cls(id=identify("d", {"text": text, **said}), text=text, **fields)

    def span(self, start: int, end: int) -> Span:
        """The span of this document's text; SpanError where there is none."""
        return Span.of(self.text, start, end)


def digest_of(data: bytes) -> str:
    """The digest of original bytes, as documents carry it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Unread(msgspec.Struct, frozen=True):
    """Something of the input that was not read, and why; with its place in the text where it has one. warn: it is part
    of the report itself, and a reader should know at once."""

    reason: str
    start: int | None = None
    end: int | None = None
    warn: bool = False


class Region(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a stretch of a document's text stands in the original: on a page of a PDF (counted from 1), in a box (left,
    top, right, bottom, in points from the page's top left corner); in an element of an HTML page or an office document,
    named by its XPath; in lines of a Markdown file (first and last, counted from 1)."""

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    selector: str | None = None
    lines: tuple[int, int] | None = None


class Note(msgspec.Struct, frozen=True):
    """Words by which an outlet says that it changed its report."""

    kind: NoteKind
    span: Span


class Link(msgspec.Struct, frozen=True):
    """One step of a chain: a source, and the spans that show it."""

    source: str
    spans: tuple[Span, ...] = ()


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who, by which words, says what. Cue, source, content and addressee are one or more spans; source and addressee
    may be absent. within: id of the attribution whose content holds this one. confidence: the calibrated probability
    that a careful reader marks it so. speaker and chain: the resolved source and the way to it
    (ids of sources): the report's own voice first, the speaker last; without a speaker it ends with who relays."""

    id: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    addressee: tuple[Span, ...] = ()
    speech: Speech = "indirect"
    within: str | None = None
    confidence: float = 1.0
    speaker: str | None = None
    chain: tuple[Link, ...] = ()

    @classmethod
    def of(
        cls,
        document: Document,
        cue: tuple[Span, ...],
        source: tuple[Span, ...],
        content: tuple[Span, ...],
        **fields: Any,
    ) -> Self:
        """An attribution with the id that its document and spans give."""
        places = [[(s.start, s.end) for s in spans] for spans in (cue, source, content)]
        return cls(id=identify("a", [document.id, *places]), cue=cue, source=source, content=content, **fields)

    def spans(self) -> Iterator[Span]:
        """Every span of this attribution."""
        yield from (*self.cue, *self.source, *self.content, *self.addressee)
        for link in self.chain:
            yield from link.spans


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who an attribution goes back to, with every mention in the document.

    name: the fullest name the text gives, else its fullest description. official: it speaks for a state, an army, a
    court, a party or another body by its role. role: what the text says it is, `role_spans` where. anonymity: where the
    text says why it is not named. members: ids of those who speak together, where it is several sources at once."""

    id: str
    name: str
    kind: Kind = "unknown"
    named: bool = False
    official: bool = False
    role: str | None = None
    role_spans: tuple[Span, ...] = ()
    anonymity: tuple[Span, ...] = ()
    members: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()

    @classmethod
    def of(cls, document: Document, name: str, **fields: Any) -> Self:
        """A source with the id that its document, name and mentions give."""
        places = [(s.start, s.end) for s in fields.get("mentions", ())]
        return cls(id=identify("s", [document.id, name, *places]), name=name, **fields)

    def spans(self) -> Iterator[Span]:
        """Every span of this source."""
        yield from (*self.role_spans, *self.anonymity, *self.mentions)


class Report(msgspec.Struct, frozen=True):
    """What reading one document gives. SpanError where a span is not what the document's text says there.

    unread: what of the input was not read, and why. assumed: what to warn of, such as a guessed encoding. layout: where
    the text stands in the original, in its order. notes: where the outlet says that it changed its report."""

    document: Document
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    unread: tuple[Unread, ...] = ()
    assumed: tuple[str, ...] = ()
    layout: tuple[Region, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        text = self.document.text
        for span in self.spans():
            if text[span.start : span.end] != span.text:
                raise SpanError(f"the document does not say {span.text[:60]!r} at [{span.start}:{span.end}]")

    def spans(self) -> Iterator[Span]:
        """Every span of every record in this report."""
        for attribution in self.attributions:
            yield from attribution.spans()
        for source in self.sources:
            yield from source.spans()
        for note in self.notes:
            yield note.span

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def regions(self, start: int, end: int) -> Iterator[Region]:
        """Where this stretch of the text stands in the original, piece by piece."""
        first = bisect_right(self.layout, start, key=lambda region: region.start)
        for region in islice(self.layout, max(0, first - 1), None):
            if region.start >= end:
                return
            if region.end > start:
                yield region

    def to_json(self) -> bytes:
        """One line of JSON, in the shape the README shows."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """The report that `to_json` wrote. msgspec.ValidationError where it is another shape or a span is not true."""
        return msgspec.json.decode(data, type=cls)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What is held to be so, in a document's own words: the content of an attribution, or a statement of the report's
    own voice (then attribution is None).

    spans: its words, exactly. text: the same to be read alone, what pronouns mean added in square brackets. position:
    how its speaker stands to it. speaker: the id of a source of its document, or None."""

    id: str
    document: str
    spans: tuple[Span, ...]
    text: str
    attribution: str | None = None
    speaker: str | None = None
    position: Position = "asserts"

    @classmethod
    def of(cls, document: Document, spans: tuple[Span, ...], text: str, **fields: Any) -> Self:
        """A claim with the id that its document, attribution and spans give."""
        places = [(s.start, s.end) for s in spans]
        content = [document.id, fields.get("attribution"), *places]
        return cls(id=identify("c", content), document=document.id, spans=spans, text=text, **fields)


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How two claims stand to each other. a, b: their ids, a < b. score: the calibrated probability of the kind.
    stated: where a report says so itself; None where it is inferred. reason: in a word how it is known: "stated",
    "model", "values" for figures that conflict ("related": that may be of two things, or of two days), "words" for the
    same words but for a denial or a "not" ("related": one denies more or less than the other says), "update" for
    figures of different days or versions, "review" where a person said so."""

    a: str
    b: str
    kind: RelationKind
    score: float
    stated: tuple[Span, ...] | None = None
    stated_in: str | None = None
    reason: str = "model"


class Origins(msgspec.Struct, frozen=True):
    """How many independent roots an account has, as a range; reasons: why claims were counted as one, and why the
    number is not sure. measured: False where nothing is known by which they could be told apart."""

    low: int
    high: int
    reasons: tuple[str, ...] = ()
    measured: bool = True


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Words that two documents share: where they stand in the first and in the second. words: how many match;
    narration: how many of these stand outside quotation marks in both."""

    a: Span
    b: Span
    words: int
    narration: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Why it is thought that something came from somewhere: what kind of sign it is, in words, and the words of a
    document that show it (none for a sign that is no words, such as a date)."""

    kind: EvidenceKind
    says: str
    document: str
    spans: tuple[Span, ...] = ()


class Reuse(msgspec.Struct, frozen=True, kw_only=True):
    """Two documents (ids) that share words or a source. kind: "copy", most of the shorter one stands in the other;
    "partly", a passage of narration does; "shared source", only the same quotation does, or one names the other as
    where it has something from. direction: "a->b" where b has it from a."""

    a: str
    b: str
    kind: ReuseKind
    direction: Direction
    passages: tuple[Shared, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Circle(msgspec.Struct, frozen=True):
    """Outlets of which each names the next one for the same claim, and the last one the first; evidence: the words of
    each."""

    outlets: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where documents have something from: an outlet or agency that they credit, or a person or body that speaks in
    several; with ids of the documents that go back to it and of the sources that stand for it there, and why each is
    thought to. outlet: what an outlet is known by, however it is called; None for anybody else."""

    id: str
    name: str
    outlet: str | None = None
    documents: tuple[str, ...]
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


DENIED = " (denied)"
"""What follows the title of an account that is the words of a claim which its source denies."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to a question: its claims, and the ids of the sources that give it."""

    id: str
    title: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    origins: Origins


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A matter on which accounts differ."""

    id: str
    title: str
    accounts: tuple[Account, ...]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What changed from one version of a report to the next (ids of documents). added, dropped: ids of claims. changed,
    corrected: pairs of ids, the earlier claim first; corrected where a note of the outlet tells of the change. notes:
    those that only the later version has."""

    earlier: str
    later: str
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports of a case say: where accounts differ, what only one source says, what several agree on.

    persons: groups of ids of sources that are one across reports. questions: those in which most independent sources
    conflict first. agreed: accounts that nobody disputes and several sources give. alone: attributed claims of the
    accounts that only one source gives. reuse, circles, origins: who took what from whom, and where several documents
    have something from. versions: what changed in reports that are versions of one page."""

    documents: tuple[Document, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    questions: tuple[Question, ...]
    persons: tuple[tuple[str, ...], ...] = ()
    agreed: tuple[Account, ...] = ()
    alone: tuple[str, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    circles: tuple[Circle, ...] = ()
    origins: tuple[Origin, ...] = ()
    versions: tuple[Version, ...] = ()

    def to_json(self) -> bytes:
        """One line of JSON."""
        return msgspec.json.encode(self)

    def accounts(self) -> tuple[Account, ...]:
        """All of them: those that answer the questions, and those that nobody disputes."""
        return (*(a for q in self.questions for a in q.accounts), *self.agreed)
