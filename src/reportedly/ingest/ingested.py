"""What every document format gives back, and how it refuses."""

import msgspec

from ..records import Document, Region, Unread


class IngestError(ValueError):
    """A file that cannot be read; the message says why and what to do."""


class Ingested(msgspec.Struct, frozen=True, tag=True):
    """A document; what of it was not read; what had to be assumed (for a warning: a guessed encoding, a language that
    is not read); where its text stands in the original; and the original bytes, those of its digest."""

    document: Document
    unread: tuple[Unread, ...] = ()
    assumed: tuple[str, ...] = ()
    layout: tuple[Region, ...] = ()
    original: bytes = b""
