"""What people decide about a case, and a brief with all of it applied.

Decisions are a log that is only added to. Each names what it is about by words of a report (a W3C TextQuoteSelector and
the digest of the original bytes), never by an id, so that it is found again after every rebuild, also where another
model draws a claim's bounds a little otherwise. What cannot be applied again is told as a conflict. `docs/review.md`
has the vocabulary.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain
from os.path import commonprefix
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from .brief import first_versions, of_several, short, who_is
from .case import Case, Review
from .claims import one_line
from .records import (
    Account,
    Brief,
    Claim,
    Document,
    Origins,
    Question,
    Relation,
    RelationKind,
    Source,
    SpanError,
    identify,
)

AROUND = 32  # characters kept before and behind the words of a selector
LONGEST_NAME = 300
LONGEST_NOTE = 5_000
SHARE = 0.5  # of the shorter one: so much of a claim's and a decision's words must be the same characters

State = Literal["accepted", "rejected", "corrected"]
P = TypeVar("P", str, "Selector")  # how a decision names another record: by its id when it is made, by its words after


class ReviewError(ValueError):
    """A decision that is malformed, or about something that is not there; says in a line what is wrong."""


# What a decision says


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a report, with those before and behind."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Selector(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Words of the report that was read from the original bytes of this digest, with those before and behind. document:
    its id, where several reports were read from the same bytes."""

    digest: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    document: str = ""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in a claim's report its right words stand."""

    start: int
    end: int


class Speaker(msgspec.Struct, Generic[P], frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who says a claim: somebody by name, or a source of its report."""

    name: str | None = None
    source: P | None = None


class Move(msgspec.Struct, Generic[P], frozen=True, forbid_unknown_fields=True):
    """The claim to whose account a claim belongs; None for an account of its own."""

    to: P | None


class Merge(msgspec.Struct, Generic[P], frozen=True, forbid_unknown_fields=True):
    """The source that is the same person or body."""

    other: P = msgspec.field(name="with")


class Split(msgspec.Struct, Generic[P], frozen=True, forbid_unknown_fields=True):
    """The source that is somebody else."""

    other: P = msgspec.field(name="from")


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source is called, in every report where it is the same one."""

    name: str


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a question is called."""

    title: str


class Stand(msgspec.Struct, Generic[P], frozen=True, forbid_unknown_fields=True):
    """How another claim stands to a claim."""

    other: P
    kind: RelationKind | Literal["none"]


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number of an earlier review that does not count any more."""

    number: int


_ASKED: Mapping[tuple[str, str], Any] = {  # what a decision takes when it is made
    ("claim", "accept"): None,
    ("claim", "reject"): None,
    ("claim", "note"): None,
    ("claim", "span"): Place,
    ("claim", "speaker"): Speaker[str],
    ("claim", "move"): Move[str],
    ("source", "merge"): Merge[str],
    ("source", "split"): Split[str],
    ("source", "name"): Name,
    ("source", "note"): None,
    ("relation", "relation"): Stand[str],
    ("question", "title"): Title,
}
_LOGGED: Mapping[tuple[str, str], Any] = {  # and what the log holds
    **_ASKED,
    ("claim", "span"): Words,
    ("claim", "speaker"): Speaker[Selector],
    ("claim", "move"): Move[Selector],
    ("source", "merge"): Merge[Selector],
    ("source", "split"): Split[Selector],
    ("relation", "relation"): Stand[Selector],
}
ACTIONS = (*_LOGGED, ("", "undo"))
"""Every decision there is: on what kind of record, and what is done; an undo is of any kind."""


def _meant(shapes: Mapping[tuple[str, str], Any], kind: str, action: str, value: Any, note: str) -> Any:
    """The value of a decision as what it says. ReviewError where it is none."""
    if (kind, action) not in shapes:
        known = ", ".join(a for k, a in shapes if k == kind)
        raise ReviewError(f"nobody can {action[:40]!r} a {kind[:40]}" + f"; what can be done: {known}" * bool(known))
    try:
        msgspec.json.encode((value, note))
        meant = msgspec.convert(value, type=shapes[kind, action])
    except (msgspec.ValidationError, UnicodeEncodeError, TypeError) as e:
        raise ReviewError(f"the value of {action!r} is malformed: {e}") from None
    if isinstance(meant, Speaker) and (meant.name is None) == (meant.source is None):
        raise ReviewError("the value of 'speaker' is a name or a source")
    for field, text in (("name", getattr(meant, "name", None)), ("title", getattr(meant, "title", None))):
        if text is not None and not (text.strip() and len(text) <= LONGEST_NAME):
            raise ReviewError(f"a {field} has 1 to {LONGEST_NAME} characters")
    if len(note) > LONGEST_NOTE:
        raise ReviewError(f"a note has up to {LONGEST_NOTE:,} characters")
    if action == "note" and not note.strip():
        raise ReviewError("a note says something")
    return meant


# Words in a report


def selector_of(document: Document, start: int, end: int) -> Selector:
    """The words of a document between start and end, so that they can be found again. SpanError where there are
    none."""
    span, text = document.span(start, end), document.text
    return Selector(document.digest, span.text, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def place_of(document: Document, words: Selector | Words) -> tuple[int, int] | None:
    """Where the exact words stand in a document; where they do several times, the place whose surroundings agree best
    with the words before and behind, the first of those that agree alike. None where they do not stand there."""
    text, exact = document.text, words.exact
    before, behind = words.prefix[-AROUND:][::-1], words.suffix[:AROUND]
    best, at = -1, None
    start = text.find(exact) if exact else -1
    while start >= 0:
        end = start + len(exact)
        agree = len(commonprefix((text[max(0, start - AROUND) : start][::-1], before)))
        agree += len(commonprefix((text[end : end + AROUND], behind)))
        if agree > best:
            best, at = agree, start
        if agree == len(before) + len(behind):
            break
        start = text.find(exact, start + 1)
    return None if at is None else (at, at + len(exact))


class _Known:
    """The records of a brief, and where they stand."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.documents = {d.id: d for d in brief.documents}
        self.claims = {c.id: c for c in brief.claims}
        self.sources = {s.id: s for s in brief.sources}

    @cached_property
    def by_digest(self) -> Mapping[str, list[Document]]:
        """Of each original the documents that were read from it: several where it stands under several mastheads."""
        out: defaultdict[str, list[Document]] = defaultdict(list)
        for d in self.brief.documents:
            out[d.digest].append(d)
        return out

    def document(self, selector: Selector) -> Document:
        """The document of a selector; the first of several that it does not name. ReviewError where there is none."""
        same = self.by_digest.get(selector.digest, [])
        if (found := next((d for d in same if d.id == selector.document), same[0] if same else None)) is None:
            raise ReviewError("its report is not in the brief")
        return found

    def selector(self, document: Document, start: int, end: int) -> Selector:
        """`selector_of`, with the document named where others were read from the same bytes."""
        selector = selector_of(document, start, end)
        several = len(self.by_digest[document.digest]) > 1
        return msgspec.structs.replace(selector, document=document.id) if several else selector

    @cached_property
    def claims_in(self) -> Mapping[str, list[tuple[str, int, int]]]:
        """The claims of each document with their first and last places."""
        out: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for c in self.brief.claims:
            out[c.document].append((c.id, c.spans[0].start, c.spans[-1].end))
        return out

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The document of each source: that of its claims, else the one whose words its mentions are."""
        out = {c.speaker: c.document for c in self.brief.claims if c.speaker}
        documents = self.brief.documents
        number, at = {d.id: n for n, d in enumerate(documents)}, 0
        for s in self.brief.sources:
            if s.id not in out and s.mentions:
                first = len(documents)
                # The sources of a document stand together: beginning where the last one was is quickest.
                for n in chain(range(at, len(documents)), range(at)):
                    if all(documents[n].text[m.start : m.end] == m.text for m in s.mentions):
                        if Source.of(documents[n], s.name, mentions=s.mentions).id == s.id:  # of copies the id tells
                            first = n
                            break
                        first = min(first, n)
                if first < len(documents):
                    out[s.id] = documents[first].id
            at = number.get(out.get(s.id, ""), at)
        return out

    @cached_property
    def mentions_in(self) -> Mapping[str, list[tuple[str, int, int]]]:
        """Who is mentioned in each document, and where."""
        out: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for s in self.brief.sources:
            if s.id in self.home:
                out[self.home[s.id]] += [(s.id, m.start, m.end) for m in s.mentions]
        return out

    def selector_of_claim(self, claim_id: str) -> Selector:
        """The words of a claim. ReviewError where the brief has no such claim, or another has the same words and is
        found by them."""
        if (claim := self.claims.get(claim_id)) is None:
            raise ReviewError(f"there is no claim {claim_id[:40]!r} in the brief")
        selector = self.selector(self.documents[claim.document], claim.spans[0].start, claim.spans[-1].end)
        if (found := self.claim(selector)) is not claim:
            raise ReviewError(f"the words of {claim_id} are those of {found.id} too; decide about that one")
        return selector

    def selector_of_source(self, source_id: str) -> Selector:
        """A mention by which a source is found: one that is its name, else the longest. ReviewError where the brief has
        no such source or no mention of it alone."""
        if (source := self.sources.get(source_id)) is None:
            raise ReviewError(f"there is no source {source_id[:40]!r} in the brief")
        if not source.mentions or source_id not in self.home:
            raise ReviewError(f"{short(source.name, 80)} is mentioned nowhere, so nothing can be decided about it")
        for m in sorted(source.mentions, key=lambda m: (m.text != source.name, m.start - m.end, m.start)):
            selector = self.selector(self.documents[self.home[source_id]], m.start, m.end)
            if self.source(selector) is source:
                return selector
        raise ReviewError(f"every mention of {short(source.name, 80)} is one of another source too")

    def claim(self, selector: Selector) -> Claim:
        """The claim that has most of these words. ReviewError where there is none."""
        return self.claims[self._at(selector, self.claims_in, "claim")]

    def source(self, selector: Selector) -> Source:
        """The source that these words mention. ReviewError where there is none."""
        return self.sources[self._at(selector, self.mentions_in, "source")]

    def _at(self, selector: Selector, among: Mapping[str, list[tuple[str, int, int]]], what: str) -> str:
        document = self.document(selector)
        if (place := place_of(document, selector)) is None:
            raise ReviewError(f"its words do not stand in the report: “{short(selector.exact, 60)}”")
        low, high = place
        best: tuple[float, str] | None = None
        for record, start, end in among.get(document.id, ()):
            common = min(high, end) - max(low, start)
            if common >= SHARE * min(high - low, end - start) and common > 0:
                union = max(high, end) - min(low, start)
                if best is None or common / union > best[0]:
                    best = common / union, record
        if best is None:
            raise ReviewError(f"no {what} of the report has these words now: “{short(selector.exact, 60)}”")
        return best[1]


# Deciding


def decide(case: Case, record_id: str, action: str, value: Any = None, note: str = "") -> Review:
    """Log a decision about a claim, a source or a question (by id, as the saved brief and the reviewed one have it).

    value: as `docs/review.md` says, but with ids for other claims and sources, and {"start", "end"} for the right words
    of a claim. ReviewError where the decision is malformed or about something that is not there; nothing is logged
    then."""
    brief = case.brief()
    if brief is None:
        raise ReviewError("there is nothing to decide on yet: compare the case first")
    known = _Known(brief)
    if record_id in known.claims:
        kind, selector = "relation" if action == "relation" else "claim", known.selector_of_claim(record_id)
    elif record_id in known.sources:
        kind, selector = "source", known.selector_of_source(record_id)
    else:
        kind, selector = "question", _of_question(case, known, record_id)
    meant = _meant(_ASKED, kind, action, value, note)
    match meant:
        case Place():
            document = known.document(selector)
            try:
                words = selector_of(document, meant.start, meant.end)
            except SpanError as e:
                raise ReviewError(f"the right words lie outside the report: {e}") from None
            meant = Words(words.exact, words.prefix, words.suffix)
        case Speaker(source=str(other)):
            speaker = known.selector_of_source(other)
            if (speaker.digest, speaker.document) != (selector.digest, selector.document):
                raise ReviewError("the speaker of a claim is a source of its own report; give a name instead")
            meant = Speaker(source=speaker)
        case Move(to=str(other)):
            meant = Move(to=known.selector_of_claim(_another(other, record_id)))
        case Merge(other=other) | Split(other=other):
            meant = type(meant)(known.selector_of_source(_another(other, record_id)))
        case Stand(other=other):
            meant = Stand(known.selector_of_claim(_another(other, record_id)), meant.kind)
    return _log(case, kind, selector, action, msgspec.to_builtins(meant), note)


def undo(case: Case, number: int) -> Review:
    """Log that the review of this number does not count any more; undoing an undo restores what it undid. ReviewError
    where there is no such review or it is undone already."""
    log = case.reviews()
    for review in log:
        if review.number == number:
            if number in undone(log):
                raise ReviewError(f"review {number} is undone already")
            selector = Selector(review.digest, review.exact, review.prefix, review.suffix)
            return _log(case, review.kind, selector, "undo", msgspec.to_builtins(Undo(number)), "")
    raise ReviewError(f"there is no review {number}")


def undone(reviews: Sequence[Review]) -> set[int]:
    """The numbers of the reviews that do not count any more, for a later one undoes them that is not undone itself."""
    out: set[int] = set()
    for review in sorted(reviews, key=lambda r: -r.number):
        if review.action == "undo" and review.number not in out and (number := _undoes(review)):
            out.add(number)
    return out


def _undoes(review: Review) -> int | None:
    """The number of the earlier review that this one undoes."""
    try:
        number = msgspec.convert(review.value, type=Undo).number
    except msgspec.ValidationError:
        return None
    return number if number < review.number else None


def _log(case: Case, kind: str, at: Selector, action: str, value: Any, note: str) -> Review:
    if at.document:
        value = {**(value or {}), "document": at.document}
    return case.review(kind, at.digest, at.exact, action, prefix=at.prefix, suffix=at.suffix, value=value, note=note)


def _logged(review: Review) -> tuple[Selector, Any]:
    """What a review is about, and its value as it was given: the id of the report is logged with that."""
    value, document = review.value, ""
    if isinstance(value, dict) and isinstance(value.get("document"), str):
        document, value = value["document"], {k: v for k, v in value.items() if k != "document"} or None
    return Selector(review.digest, review.exact, review.prefix, review.suffix, document), value


def _another(record_id: str, than: str) -> str:
    if record_id == than:
        raise ReviewError(f"{than} cannot be set against itself")
    return record_id


def _of_question(case: Case, known: _Known, question_id: str) -> Selector:
    """The words by which a question is found: those of the first claim that reviews left in it, as it is shown now."""
    for question in reviewed(known.brief, case.reviews()).brief.questions:
        if question.id == question_id:
            for claim in (c for a in question.accounts for c in a.claims):
                with suppress(ReviewError):
                    return known.selector_of_claim(claim)
    raise ReviewError(f"there is no claim, source or question {question_id[:40]!r} in the brief")


# Applying


class Conflict(NamedTuple):
    """A decision that does not hold in the reviewed brief, and why."""

    review: Review
    reason: str


class Standing(NamedTuple):
    """A decision that was applied, and the record it was found to be about: the id of a claim, a source or a question;
    of a relation those of its claims with a colon between."""

    review: Review
    record: str


class Reviewed(NamedTuple):
    """A brief with what people decided.

    states: of claims (ids) that were decided on. notes: what was noted about records (ids as in `Standing`).
    conflicts: every decision that counts but does not hold, in the order they were made; standing: every one that
    does. apart: pairs of sources (ids) that are not one, as somebody says."""

    brief: Brief
    states: Mapping[str, State]
    notes: Mapping[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    standing: tuple[Standing, ...]
    apart: tuple[tuple[str, str], ...] = ()


def reviewed(brief: Brief, reviews: Iterable[Review]) -> Reviewed:
    """The brief with all decisions that count applied in the order they were made.

    Every record keeps its id, a corrected claim and a renamed source too, so that ids a page knows stay good. A
    rejected claim stays among the claims, but in no account and no relation. Origins stay as they were counted before:
    `recount.decided` counts them anew. Where two decisions contradict each other the later one holds, and the earlier
    is a conflict."""
    log = sorted(reviews, key=lambda r: r.number)
    off = undone(log)
    earlier = {r.number for r in log}
    work = _Work(brief)
    for review in log:
        if review.action == "undo":
            if review.number not in off and _undoes(review) not in earlier:
                work.conflicts.append(Conflict(review, "it undoes no earlier review"))
        elif review.number not in off:
            try:
                at, value = _logged(review)
                work.apply(review, at, _meant(_LOGGED, review.kind, review.action, value, review.note))
            except ReviewError as e:
                work.conflicts.append(Conflict(review, str(e)))
    return work.done()


class _Box:
    """An account while claims are moved: what it was (None for a new one), and the question it answers."""

    def __init__(self, account: Account | None, question: str | None, claims: Iterable[str]) -> None:
        self.account = account
        self.question = question
        self.claims = list(claims)


class _Work:
    """A brief while decisions are applied to it: one after another, as what a later one is about may depend on those
    before. What was overruled since leaves no trace."""

    def __init__(self, brief: Brief) -> None:
        self.known = _Known(brief)
        self.claims = dict(self.known.claims)
        self.sources = list(brief.sources)
        self.stated = {(r.a, r.b): r for r in brief.relations}
        self.relations = dict(self.stated)
        self.persons = [set(group) for group in brief.persons]
        self.titles = {q.id: q.title for q in brief.questions}
        self.moves: dict[str, str | None] = {}  # claim -> where to, those that hold, in the order they were made
        self._settle()
        self.conflicts: list[Conflict] = []
        self.standing: dict[int, Standing] = {}
        self.holds: dict[tuple[str, str], tuple[list[Review], Any]] = {}  # who says what of a record, by what it is of
        self.apart: list[_Pair] = []
        self.named: list[tuple[Review, str, str]] = []  # a source, and what it is called

    def apply(self, review: Review, at: Selector, meant: Any) -> None:
        """One decision. ReviewError where what it is about is not there."""
        if review.kind == "source":
            record = self._on_source(review, self.known.source(at), meant)
        else:
            claim = self.known.claim(at)
            match review.kind:
                case "relation":
                    record = self._relate(review, claim, meant)
                case "question":
                    record = self._title(review, claim, meant)
                case _:
                    record = claim.id
                    self._on_claim(review, claim, meant)
        self.standing[review.number] = Standing(review, record)

    def _on_claim(self, review: Review, claim: Claim, meant: Any) -> None:
        match meant:
            case Words():
                document = self.known.documents[claim.document]
                if (place := place_of(document, meant)) is None:
                    raise ReviewError(f"the right words do not stand in the report: “{short(meant.exact, 60)}”")
                if self._rejected(claim.id):
                    self._overrule("verdict", claim.id, review)
                self._hold("span", claim.id, review, place)
                span = document.span(*place)
                self._change(claim.id, spans=(span,), text=one_line(span.text))
            case Speaker():
                speaker = self._named(claim, meant.name) if meant.source is None else self.known.source(meant.source).id
                self._hold("speaker", claim.id, review, speaker)
                self._change(claim.id, speaker=speaker)
            case Move(to=selector):
                to = None if selector is None else self.known.claim(selector).id
                if to == claim.id:
                    raise ReviewError("both are one claim now")
                self._hold("move", claim.id, review, to)
                again = claim.id in self.moves
                self.moves.pop(claim.id, None)
                self.moves[claim.id] = to
                if again:
                    self._settle()
                else:
                    self._move(claim.id, to)
            case _:
                if review.action != "note":
                    self._hold("verdict", claim.id, review, review.action)

    def _on_source(self, review: Review, source: Source, meant: Any) -> str:
        match meant:
            case Name():
                self.named.append((review, source.id, one_line(meant.name)))
                self.sources = _called(self.sources, self.persons, {source.id: one_line(meant.name)})
            case Merge() | Split():
                other = self.known.source(meant.other).id
                if other == source.id:
                    raise ReviewError("both are one source now")
                self.apart.append(_Pair(review, source.id, other, isinstance(meant, Merge)))
                self.persons = _grouped(self.persons, self.apart[-1:])
        return source.id

    def _relate(self, review: Review, claim: Claim, meant: Any) -> str:
        other = self.known.claim(meant.other).id
        if other == claim.id:
            raise ReviewError("both are one claim now")
        a, b = sorted((claim.id, other))
        self._hold("relation", f"{a}:{b}", review, meant.kind)
        before = self.stated.get((a, b))
        if meant.kind == "none":
            self.relations.pop((a, b), None)
        elif before is not None and before.kind == meant.kind:
            self.relations[a, b] = msgspec.structs.replace(before, score=1.0, reason="review")
        else:
            self.relations[a, b] = Relation(a=a, b=b, kind=meant.kind, score=1.0, reason="review")
        return f"{a}:{b}"

    def _title(self, review: Review, claim: Claim, meant: Any) -> str:
        box = self._box(claim.id)
        if box is None or box.question is None:
            raise ReviewError("its claim belongs to no question now")
        self._hold("title", box.question, review, meant.title)
        self.titles[box.question] = one_line(meant.title)
        return box.question

    def _hold(self, what: str, record: str, review: Review, meant: Any) -> None:
        """What this review says of a record holds from now on, and what an earlier one said otherwise does not."""
        if (what, record) in self.holds and self.holds[what, record][1] != meant:
            self._overrule(what, record, review)
        self.holds.setdefault((what, record), ([], meant))[0].append(review)

    def _overrule(self, what: str, record: str, later: Review) -> None:
        """What was said of a record so far does not hold."""
        for earlier in self.holds.pop((what, record))[0]:
            self._drop(earlier, f"review {later.number} says otherwise")

    def _rejected(self, claim_id: str) -> bool:
        return ("verdict", claim_id) in self.holds and self.holds["verdict", claim_id][1] == "reject"

    def _change(self, claim_id: str, **fields: Any) -> None:
        self.claims[claim_id] = msgspec.structs.replace(self.claims[claim_id], **fields)

    def _named(self, claim: Claim, name: str | None) -> str:
        """The source of this name in a claim's report; a new one where there is none."""
        wanted = one_line(name or "")
        for s in self.sources:
            if self.known.home.get(s.id) == claim.document and one_line(s.name).casefold() == wanted.casefold():
                return s.id
        new = Source.of(self.known.documents[claim.document], wanted, named=True)
        if all(s.id != new.id for s in self.sources):
            self.sources.append(new)
        return new.id

    def _box(self, claim_id: str) -> _Box | None:
        return next((b for b in self.boxes if claim_id in b.claims), None)

    def _settle(self) -> None:
        """Put every claim where it is by the brief and by the moves that hold."""
        brief = self.known.brief
        self.boxes = [_Box(a, q.id, a.claims) for q in brief.questions for a in q.accounts]
        self.boxes += [_Box(a, None, a.claims) for a in brief.agreed]
        self.alone = list(brief.alone)
        for claim_id, to in self.moves.items():
            self._move(claim_id, to)

    def _move(self, claim_id: str, to: str | None) -> None:
        """Put a claim into the account of another, or into one of its own within its question."""
        here = self._box(claim_id)
        if to is None:
            if here is None or len(here.claims) == 1:
                return
            here.claims.remove(claim_id)
            if here.question is None:
                self.alone.append(claim_id)
            else:
                self.boxes.append(_Box(None, here.question, [claim_id]))
            return
        there = self._box(to)
        if there is None:
            there = _Box(None, None, [to])
            self.boxes.append(there)
            self.alone = [c for c in self.alone if c != to]
        if there is not here:
            if here is not None:
                here.claims.remove(claim_id)
            self.alone = [c for c in self.alone if c != claim_id]
            there.claims.append(claim_id)

    def _join(self) -> None:
        """Who is one by the decisions that hold."""
        before = [set(group) for group in self.known.brief.persons]
        holding = _holding(before, self.apart)
        for pair in self.apart:
            if pair not in holding:
                self._drop(pair.review, "later reviews say otherwise")
        self.apart = holding
        self.persons = _grouped(before, holding)

    def _call(self) -> None:
        """What sources are called by the decisions that hold: the last of those about one person."""
        one = {s: n for n, group in enumerate(self.persons) for s in group}
        last = {one.get(s, s): (review, s, name) for review, s, name in self.named}
        for review, source, name in self.named:
            later, _, holds = last[one.get(source, source)]
            if name != holds:
                self._drop(review, f"review {later.number} says otherwise")
        own, speakers = self.known.sources, {c.speaker for c in self.claims.values()}
        sources = [own.get(s.id, s) for s in self.sources if s.id in own or s.id in speakers]
        self.sources = _called(sources, self.persons, {s: name for _, s, name in last.values()})

    def _drop(self, review: Review, why: str) -> None:
        self.standing.pop(review.number, None)
        self.conflicts.append(Conflict(review, why))

    def done(self) -> Reviewed:
        """The brief as it stands."""
        self._join()
        self._call()
        states: dict[str, State] = {}
        for what, record in self.holds:
            if what in ("span", "verdict"):
                corrected = ("span", record) in self.holds
                states[record] = "rejected" if self._rejected(record) else "corrected" if corrected else "accepted"
        rejected = {c for c, state in states.items() if state == "rejected"}
        notes: defaultdict[str, list[str]] = defaultdict(list)
        for standing in self.standing.values():
            if standing.review.note.strip():
                notes[standing.record].append(standing.review.note)
        return Reviewed(
            self._brief(rejected),
            states,
            {record: tuple(said) for record, said in notes.items()},
            tuple(sorted(self.conflicts, key=lambda c: c.review.number)),
            tuple(self.standing[n] for n in sorted(self.standing)),
            tuple((p.a, p.b) for p in self.apart if not p.together),
        )

    def _brief(self, rejected: set[str]) -> Brief:
        answers: defaultdict[str | None, list[Account]] = defaultdict(list)
        for box in self.boxes:
            if claims := [c for c in box.claims if c not in rejected]:
                answers[box.question].append(self._account(box, claims))
        alone = [c for c in self.alone if c not in rejected]
        relations = [r for r in self.relations.values() if rejected.isdisjoint((r.a, r.b))]
        pages, who = first_versions(self.known.brief.versions), who_is(self.sources, self._persons())
        questions = []
        for q in self.known.brief.questions:
            accounts = answers[q.id]
            if len(accounts) > 1:
                questions.append(Question(id=q.id, title=self.titles[q.id], accounts=tuple(accounts)))
                continue
            agreed, single = of_several(accounts, self.claims.values(), relations, pages, who)
            answers[None] += agreed
            alone += single
        disputed = {c for r in relations if r.reason == "review" and r.kind == "disputes" for c in (r.a, r.b)}
        agreed = [a for a in answers[None] if disputed.isdisjoint(a.claims)]
        opposed = [a for a in answers[None] if not disputed.isdisjoint(a.claims)]
        alone += [c for a in opposed for c in a.claims if self.claims[c].attribution]
        return msgspec.structs.replace(
            self.known.brief,
            sources=tuple(self.sources),
            claims=tuple(self.claims.values()),
            relations=tuple(relations),
            questions=tuple(questions),
            persons=tuple(self._persons()),
            agreed=tuple(agreed),
            alone=tuple(alone),
        )

    def _account(self, box: _Box, claims: Sequence[str]) -> Account:
        """An account of these claims; its title is of a claim that is still in it."""
        own = [self.claims[c] for c in claims]
        untouched = all(self.known.claims[c.id] is c for c in own)
        if box.account is not None and untouched and tuple(claims) == box.account.claims:
            return box.account
        sources = tuple(dict.fromkeys(c.speaker for c in own if c.speaker))
        if box.account is None:
            documents = len({c.document for c in own})
            return Account(
                id=identify("k", sorted(claims)),
                title=_entitled(own),
                claims=tuple(claims),
                sources=sources,
                origins=Origins(1, documents, ("put together by a reviewer",), measured=documents == 1),
            )
        title = box.account.title
        if not any(title.rstrip("…") in c.text for c in own):
            title = _entitled(own)
        return msgspec.structs.replace(box.account, title=title, claims=tuple(claims), sources=sources)

    def _persons(self) -> Iterator[tuple[str, ...]]:
        """The groups as they were, in the order of their sources."""
        before = [set(group) for group in self.known.brief.persons]
        order = {s.id: n for n, s in enumerate(self.sources)}
        for group in self.persons:
            if group in before:
                yield self.known.brief.persons[before.index(group)]
            elif group:
                yield tuple(sorted(group, key=lambda s: order.get(s, 0)))


class _Pair(NamedTuple):
    """A decision on whether two sources (ids) are one."""

    review: Review
    a: str
    b: str
    together: bool

    def holds(self, groups: Sequence[set[str]]) -> bool:
        """Whether it is so in these groups of sources that are one."""
        return any({self.a, self.b} <= group for group in groups) == self.together


def _grouped(groups: Sequence[set[str]], pairs: Iterable[_Pair]) -> list[set[str]]:
    """Groups of sources that are one, after these decisions in their order."""
    out = list(groups)
    for pair in pairs:
        if pair.together:
            joined = [g for g in out if g & {pair.a, pair.b}]
            out = [*(g for g in out if not g & {pair.a, pair.b}), {pair.a, pair.b}.union(*joined)]
        elif not pair.holds(out):
            out = [*(g - {pair.a} for g in out), {pair.a}]
    return out


def _holding(groups: Sequence[set[str]], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Of decisions those that hold: each, from the last to the first, that leaves all later ones as they are."""
    told = {s for pair in pairs for s in (pair.a, pair.b)}
    groups = [g for g in groups if g & told]
    out: list[_Pair] = []
    for one in _grouped(groups, [pair._replace(together=True) for pair in pairs]):  # what may bear on each other
        near, held = [g for g in groups if g & one], list[_Pair]()
        for pair in reversed([p for p in pairs if p.a in one]):
            end = _grouped(near, [pair, *held])
            if all(p.holds(end) for p in (pair, *held)):
                held.insert(0, pair)
        out += held
    return [pair for pair in pairs if pair in out]


def _called(sources: Iterable[Source], groups: Iterable[set[str]], names: Mapping[str, str]) -> list[Source]:
    """The sources, with these names for some (ids), which are those of everybody who is one with them."""
    every = dict(names)
    for group in groups:
        for s in group & names.keys():
            every |= dict.fromkeys(group, names[s])
    return [msgspec.structs.replace(s, name=every[s.id]) if s.id in every else s for s in sources]


def _entitled(claims: Sequence[Claim]) -> str:
    line = short(claims[0].text)
    return line[5:] if line.lower().startswith("that ") else line
