"""What people can decide, and how that is given and logged."""

import unicodedata
from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

import msgspec

from ..case import Review
from ..records import RelationKind

LONGEST_NAME = 300
LONGEST_NOTE = 5_000

P = TypeVar("P", str, "Selector")  # how a decision names another record: by its id when it is made, by its words after


class ReviewError(ValueError):
    """A decision that is malformed, or about something that is not there; says in a line what is wrong."""


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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


ASKED: Mapping[tuple[str, str], Any] = {  # what a decision takes when it is made
    ("claim", "accept"): None,
    ("claim", "reject"): None,
    ("claim", "note"): None,
    ("claim", "span"): Bounds,
    ("claim", "speaker"): Speaker[str],
    ("claim", "move"): Move[str],
    ("source", "merge"): Merge[str],
    ("source", "split"): Split[str],
    ("source", "name"): Name,
    ("source", "note"): None,
    ("relation", "relation"): Stand[str],
    ("question", "title"): Title,
}
LOGGED: Mapping[tuple[str, str], Any] = {  # and what the log holds
    **ASKED,
    ("claim", "span"): Quote,
    ("claim", "speaker"): Speaker[Selector],
    ("claim", "move"): Move[Selector],
    ("source", "merge"): Merge[Selector],
    ("source", "split"): Split[Selector],
    ("relation", "relation"): Stand[Selector],
}


_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs by their class, drawn as nothing


def meaning(shapes: Mapping[tuple[str, str], Any], kind: str, action: str, value: Any, note: str) -> Any:
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


def logged(review: Review) -> tuple[Selector, Any]:
    """What a review is about, and its value as it was given: the id of the report is logged with that."""
    value, document = review.value, ""
    if isinstance(value, dict) and isinstance(value.get("document"), str):
        document, value = value["document"], {k: v for k, v in value.items() if k != "document"} or None
    return Selector(review.digest, review.exact, review.prefix, review.suffix, document), value


def legible(text: str) -> bool:
    """Whether a text has something to see, and nothing that controls a screen or turns the direction of writing."""
    controls = (c for c in text if unicodedata.category(c) == "Cc" and not c.isspace())
    if any(controls) or any(unicodedata.bidirectional(c) in _TURNS for c in text):
        return False
    return any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text)
