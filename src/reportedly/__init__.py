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
    from .pipeline import Added, add, read, read_bytes, read_files, resolve_sources
    from .records import Attribution, Document, Link, Note, Region, Report, Source, Span, SpanError, Unread

__version__ = "0.1.0"

__all__ = [
    "Added",
    "Attribution",
    "Case",
    "CaseError",
    "Document",
    "IngestError",
    "Limits",
    "Link",
    "Note",
    "Passed",
    "Refused",
    "Region",
    "Report",
    "Rules",
    "Source",
    "Span",
    "SpanError",
    "Unread",
    "Ways",
    "__version__",
    "add",
    "read",
    "read_bytes",
    "read_files",
    "resolve_sources",
]

_ROOMS = {
    "case": ("Case", "CaseError"),
    "fetch": ("Rules",),
    "ingest": ("IngestError", "Limits", "Passed", "Refused"),
    "intake": ("Ways",),
    "pipeline": ("Added", "add", "read", "read_bytes", "read_files", "resolve_sources"),
}


def __getattr__(name: str) -> Any:
    """What is asked for, from its room. Loaded late: the process that reads files needs no models, and starts in a
    tenth of a second where loading everything takes a third."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = next((room for room, names in _ROOMS.items() if name in names), "records")
    return getattr(import_module(f".{room}", __name__), name)
