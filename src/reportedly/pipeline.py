"""The only composer: bytes or text -> Report."""

import re
from collections.abc import Callable

from .ingest import MAX_BYTES, ingest
from .ingest.ingested import Ingested
from .ingest.language import language_of
from .ingest.text import headline
from .reader import default_reader
from .records import Document, Report, Unread

Progress = Callable[[int, int], None]

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(text: str, *, file: str = "-", progress: Progress | None = None, **metadata: str | None) -> Report:
    """Read a report given as text. `metadata`: title, outlet, byline, published, url, where they are known.

    The text is kept exactly, but for lone surrogates, which no file can hold: they become U+FFFD (and `unread` says
    so). `progress` is called with (pieces read, pieces in all)."""
    exact = _SURROGATE.sub("\ufffd", text)
    unread = () if exact == text else (Unread("lone surrogates were replaced by U+FFFD"),)
    metadata.setdefault("title", headline(exact))
    document = Document.of(exact, file=file, language=language_of(exact), **metadata)
    return attribute(Ingested(document, unread), progress)


def read_bytes(data: bytes, file: str, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Report:
    """Read a file's bytes, text or HTML. IngestError where they cannot be read."""
    return attribute(ingest(data, file, max_bytes), progress)


def attribute(ingested: Ingested, progress: Progress | None = None) -> Report:
    """The report of an ingested document."""
    attributions = default_reader().read(ingested.document, progress)
    return Report(ingested.document, attributions, (), ingested.unread)
