"""Bytes -> Document, with what was not read. One file per format, one signature; the format is told by content.

Every format function takes the bytes and the file's name as given, and returns `Ingested` or raises `IngestError` with
a message for the person who gave the file.
"""

import re
from collections.abc import Callable

from .encoding import encoding_of_mark
from .html import read_html
from .ingested import Ingested, IngestError
from .text import read_text

__all__ = ["MAX_BYTES", "IngestError", "Ingested", "ingest"]

MAX_BYTES = 10_000_000  # no news report is longer; the command line can raise it

_COMMENTS = re.compile(r"(?>\s+|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I)
_NOT_YET = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "a zip archive or an office file",
    b"\x1f\x8b": "gzip",
    b"WARC/": "a web archive",
}
_SNIFFED = 4096  # bytes


def ingest(data: bytes, file: str, max_bytes: int = MAX_BYTES) -> Ingested:
    """The document in `data`. `file` is the path as given ("-" for standard input).

    IngestError where it is larger than `max_bytes`, binary, of a format that is not read, or holds no text."""
    if len(data) > max_bytes:
        raise IngestError(f"more than {max_bytes / 1e6:g} MB; raise the limit with --max-megabytes")
    return _format_of(data)(data, file)


def _format_of(data: bytes) -> Callable[[bytes, str], Ingested]:
    for magic, name in _NOT_YET.items():
        if data.startswith(magic):
            raise IngestError(f"this is {name}; only text and HTML are read so far")
    mark = encoding_of_mark(data)
    head = data[:_SNIFFED].decode(mark or "latin-1", "replace")
    odd = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in head)
    if "\x00" in head or odd > 0.05 * len(head):
        raise IngestError("this is binary, not text")
    start = _COMMENTS.match(head.removeprefix("\ufeff").removeprefix("\xef\xbb\xbf"))
    return read_html if start and _HTML.match(start.string, start.end()) else read_text
