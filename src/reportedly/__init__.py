"""Reportedly: who said what, who backs it up, who disputes it.

>>> import reportedly
>>> report = reportedly.read("The bridge is safe, the mayor said.")
>>> report.attributions[0].content[0].text
'The bridge is safe'
"""

from .case import Case, CaseError
from .ingest import IngestError
from .pipeline import add, read, read_bytes, resolve_sources
from .records import Attribution, Document, Link, Report, Source, Span, SpanError, Unread

__version__ = "0.1.0"

__all__ = [
    "Attribution",
    "Case",
    "CaseError",
    "Document",
    "IngestError",
    "Link",
    "Report",
    "Source",
    "Span",
    "SpanError",
    "Unread",
    "__version__",
    "add",
    "read",
    "read_bytes",
    "resolve_sources",
]
