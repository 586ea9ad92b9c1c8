"""Reportedly: who said what, who backs it up, who disputes it.

>>> import reportedly
>>> report = reportedly.read("The bridge is safe, the mayor said.")
>>> report.attributions[0].content[0].text
'The bridge is safe'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .case import Case, CaseError
    from .fetch import Rules
    from .ingest import IngestError, Limits, Passed, Refused
    from .intake import Ways
    from .pipeline import Added, add, brief_of, read, read_bytes, read_files, resolve_sources
    from .records import (
        Account,
        Attribution,
        Brief,
        Claim,
        Document,
        Link,
        Note,
        Question,
        Region,
        Relation,
        Report,
        Source,
        Span,
        SpanError,
        Unread,
    )
    from .relating import Side, relate

__version__ = "0.1.0"

__all__ = [
    "Account",
    "Added",
    "Attribution",
    "Brief",
    "Case",
    "CaseError",
    "Claim",
    "Document",
    "IngestError",
    "Limits",
    "Link",
    "Note",
    "Passed",
    "Question",
    "Refused",
    "Region",
    "Relation",
    "Report",
    "Rules",
    "Side",
    "Source",
    "Span",
    "SpanError",
    "Unread",
    "Ways",
    "__version__",
    "add",
    "brief_of",
    "read",
    "read_bytes",
    "read_files",
    "relate",
    "resolve_sources",
]

_ROOMS = {
    "case": ("Case", "CaseError"),
    "fetch": ("Rules",),
    "ingest": ("IngestError", "Limits", "Passed", "Refused"),
    "intake": ("Ways",),
    "pipeline": ("Added", "add", "brief_of", "read", "read_bytes", "read_files", "resolve_sources"),
    "relating": ("Side", "relate"),
}


def __getattr__(name: str) -> Any:
    """What is asked for, from its room. Loaded late: the process that reads files needs no models, and starts in a
    tenth of a second where loading everything takes a third."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = next((room for room, names in _ROOMS.items() if name in names), "records")
    return getattr(import_module(f".{room}", __name__), name)


def __dir__() -> list[str]:
    """All that there is, loaded or not: what `help` and the Tab key show."""
    return sorted({*globals(), *__all__})
