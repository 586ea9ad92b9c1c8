"""Bytes -> Document, with what was not read. One file per format, one signature; the format is told by content.

Every format function takes the bytes and the file's name as given, and returns `Ingested` or raises `IngestError` with
a message for the person who gave the file.
"""

import re
from collections.abc import Callable

from .html import read_html
from .ingested import Ingested, IngestError
from .text import read_text

__all__ = ["MAX_BYTES", "IngestError", "Ingested", "ingest"]

MAX_BYTES = 10_000_000  # no news report is longer; the command line can raise it

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I | re.S
)
_NOT_YET = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "a zip archive or an office file",
    b"\x1f\x8b": "gzip",
    b"WARC/": "a web archive",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def ingest(data: bytes, file: str, max_bytes: int = MAX_BYTES) -> Ingested:
    """The document in `data`. `file` is the path as given ("-" for standard input).

    IngestError where it is larger than `max_bytes`, binary, of a format that is not read, or holds no text."""
    if len(data) > max_bytes:
        raise IngestError(
            f"{len(data) / 1e6:.0f} MB is more than the limit of {max_bytes / 1e6:g} MB (see --max-megabytes)"
        )
    return _format_of(data)(data, file)


def _format_of(data: bytes) -> Callable[[bytes, str], Ingested]:
    for magic, name in _NOT_YET.items():
        if data.startswith(magic):
            raise IngestError(f"this is {name}; only text and HTML are read so far")
    head = data[:4096]
    if head.startswith(_UTF16):
        return read_text
    odd = sum(b < 32 and b not in b"\t\n\r\f\v\x1b" for b in head)
    if b"\x00" in head or odd > 0.05 * len(head):
        raise IngestError("this is binary, not text")
    return read_html if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else read_text
