"""Decisions into the log of a case."""

from contextlib import suppress
from typing import Any

import msgspec

from ..case import Case, Review
from ..records import SpanError
from .decisions import (
    ASKED,
    Bounds,
    Merge,
    Move,
    Quote,
    ReviewError,
    Selector,
    Speaker,
    Split,
    Stand,
    Undo,
    legible,
    logged,
    meaning,
)
from .reviewed import reviewed, undone
from .selectors import Known, selector_of


def decide(case: Case, record_id: str, action: str, value: Any = None, note: str = "") -> Review:
    """Log a decision about a claim, a source or a question (by id, as the saved brief and the reviewed one have it).

    value: as `docs/review.md` says, but with ids for other claims and sources, and {"start", "end"} for the right words
    of a claim. ReviewError where the decision is malformed or about something that is not there; nothing is logged
    then."""
    brief = case.brief()
    if brief is None:
        raise ReviewError("there is nothing to decide on yet: compare the case first")
    known = Known(brief)
    if record_id in known.claims:
        kind, selector = "relation" if action == "relation" else "claim", known.selector_of_claim(record_id)
    elif record_id in known.sources:
        kind, selector = "source", known.selector_of_source(record_id)
    else:
        kind, selector = "question", _of_question(case, known, record_id)
    meant = meaning(ASKED, kind, action, value, note)
    for field in ("name", "title"):  # what the log holds from before holds
        if not legible(getattr(meant, field, None) or field):
            raise ReviewError(f"a {field} has characters that can be seen, and none that control a screen")
    match meant:
        case Bounds():
            document = known.document(selector)
            try:
                words = selector_of(document, meant.start, meant.end)
            except SpanError as e:
                raise ReviewError(f"the right words lie outside the report: {e}") from None
            meant = Quote(words.exact, words.prefix, words.suffix)
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
            return _log(case, review.kind, logged(review)[0], "undo", msgspec.to_builtins(Undo(number)), "")
    raise ReviewError(f"there is no review {number}")


def _log(case: Case, kind: str, at: Selector, action: str, value: Any, note: str) -> Review:
    if at.document:
        value = {**(value or {}), "document": at.document}
    return case.review(kind, at.digest, at.exact, action, prefix=at.prefix, suffix=at.suffix, value=value, note=note)


def _another(record_id: str, than: str) -> str:
    if record_id == than:
        raise ReviewError(f"{than} cannot be set against itself")
    return record_id


def _of_question(case: Case, known: Known, question_id: str) -> Selector:
    """The words by which a question is found: those of the first claim that reviews left in it, as it is shown now."""
    for question in reviewed(known.brief, case.reviews()).brief.questions:
        if question.id == question_id:
            for claim in (c for a in question.accounts for c in a.claims):
                with suppress(ReviewError):
                    return known.selector_of_claim(claim)
    raise ReviewError(f"there is no claim, source or question {question_id[:40]!r} in the brief")
