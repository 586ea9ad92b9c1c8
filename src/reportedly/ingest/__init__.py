"""Bytes -> documents, with what was not read. One file per format, told by content.

A document format is a function `read_x(member, limits) -> Ingested`; a container is a function
`open_x(member, budget) -> Iterator[Member | Passed | Refused | Linked]` that yields what lies in it. Both raise
`IngestError` with a message for the person who gave the file.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from .ingested import Ingested, IngestError
from .member import Budget, Cut, Label, Limits, Linked, Member, Part, Passed, Refused, SpentError
from .sniff import CONTAINERS, Format, format_of_head

__all__ = [
    "Budget",
    "IngestError",
    "Ingested",
    "Limits",
    "Linked",
    "Member",
    "Part",
    "Passed",
    "Cut",
    "Refused",
    "Label",
    "ingest",
    "read_member",
    "unpack",
]

_ROOM_OF: dict[Format, tuple[str, str]] = {
    "text": ("text", "read_text"),
    "markdown": ("markdown", "read_markdown"),
    "html": ("html", "read_html"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("office", "read_docx"),
    "odt": ("office", "read_odt"),
    "zip": ("zip", "open_zip"),
    "tar": ("tar", "open_tar"),
    "compressed": ("compressed", "open_compressed"),
    "warc": ("warc", "open_warc"),
    "feed": ("feed", "open_feed"),
    "json": ("json", "open_json"),
    "csv": ("table", "open_csv"),
    "parquet": ("table", "open_parquet"),
    "mail": ("mail", "open_mail"),
    "mbox": ("mail", "open_mbox"),
}


def ingest(data: bytes, file: str, limits: Limits | None = None) -> Ingested:
    """The document in `data`. `file` is the path as given ("-" for standard input).

    IngestError where it is larger than the limits, binary, of a format that is not read, or holds none or several
    (those are read by `unpack`)."""
    limits = limits or Limits()
    found = [item for item in unpack(Member.of(data, file), Budget(limits)) if not isinstance(item, Passed)]
    for item in found:
        if isinstance(item, Refused):
            raise IngestError(item.reason)
    if len(found) != 1 or not isinstance(found[0], Member):
        raise IngestError(f"this holds {len(found) or 'no'} documents, and one is wanted")
    return read_member(found[0], limits)


def read_member(member: Member, limits: Limits) -> Ingested:
    """The document of a member that is no container. IngestError where there is none."""
    kind = format_of(member)
    if kind in CONTAINERS:
        raise IngestError("this holds several documents")
    ingested: Ingested = _function(kind)(member, limits)
    return ingested


def unpack(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The documents that lie in a member, however deep, or the member itself where it is one; what is passed over and
    what is refused comes in its place. Nothing is raised but MemoryError."""
    try:
        kind = format_of(member, budget.text_column)
        if kind not in CONTAINERS:
            member.format = kind
            yield member
            return
        if len(member.path) >= budget.limits.nesting:
            raise IngestError(f"more than {budget.limits.nesting} archives in each other; --limit nesting=N")
        budget.entered(member.name)
        for inner in _function(kind)(member, budget):
            if isinstance(inner, Member) and (inner.format is None or inner.format in CONTAINERS):
                yield from islice(unpack(inner, budget), budget.stops.get(inner.name or ""))
                budget.entered(member.name)
            else:
                yield inner
    except SpentError as e:
        if member.path:  # the input as a whole is at its end
            raise
        yield Refused(file=member.file, reason=f"{e}; what lay before was read")
    except IngestError as e:
        yield Refused(file=member.file, member=member.name, reason=str(e))
    except MemoryError:
        raise
    except Exception as e:  # whatever a library makes of bytes that lie
        yield Refused(file=member.file, member=member.name, reason=fault(e))


def fault(error: Exception) -> str:
    """What is said of a member that a library fails on."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read"
    return f"cannot be read ({type(error).__name__}: {str(error)[:200]})"


def format_of(member: Member, text_column: str | None = None) -> Format:
    """The format of a member. text_column: the column that a table has in any case. IngestError where it is a format
    that is not read."""
    return member.format or format_of_head(member.head, text_column)


def _function(kind: Format) -> Callable[..., Any]:
    """What reads a format; loaded when it is met, since some load much."""
    room, name = _ROOM_OF[kind]
    function: Callable[..., Any] = getattr(import_module(f".{room}", __package__), name)
    return function
