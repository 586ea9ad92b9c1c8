"""What every format gives back, and how it refuses."""

from typing import NamedTuple

from ..records import Document, Unread


class IngestError(ValueError):
    """A file that cannot be read; the message says why and what to do."""


class Ingested(NamedTuple):
    """A document, what of it was not read, and what had to be assumed (for a warning: a guessed encoding, a language
    that is not read)."""

    document: Document
    unread: tuple[Unread, ...] = ()
    assumed: tuple[str, ...] = ()
