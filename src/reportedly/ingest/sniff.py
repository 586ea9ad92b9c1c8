"""Bytes -> format, told by content and never by the file's name."""

import bz2
import csv
import lzma
import re
import zlib

from .encoding import encoding_of_mark
from .ingested import IngestError
from .member import Format

CONTAINERS: frozenset[Format] = frozenset(
    ["zip", "tar", "compressed", "warc", "feed", "json", "csv", "parquet", "mail", "mbox"]
)
"""Formats that hold members, the text of which is another format."""
TEXT_COLUMNS = ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext")

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"WARC/", "warc"),
    (b"PAR1", "parquet"),
)
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_REFUSED = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (.doc, .xls, .msg); save it as .docx or .txt",
    b"{\\rtf": "RTF; save it as .docx or .txt",
    b"Rar!": "a RAR archive; unpack it first",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "Zstandard-compressed; unpack it first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"SQLite format 3\0": "an SQLite file; a case is compared, not read",
}
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # no text has many of them
_BLANK = re.compile(r"(?>\s+|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|(?:\w+:)feed)\b", re.I)
_XML = re.compile(r"<([A-Za-z][\w:.-]*)[\s>/]")
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\d\]-]|true|false|null))')
_MBOX = re.compile(r"From \S+[^\n]*\d\d:\d\d[^\n]*\r?\n[\w-]+:")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*")
_MAIL = frozenset(
    ["from", "to", "cc", "subject", "received", "message-id", "mime-version", "return-path", "delivered-to"]
    + ["content-type", "reply-to", "sender", "snapshot-content-location", "dkim-signature"]
)
_MARKDOWN = re.compile(
    r"^#{1,6} \S.*$|^---\r?\n(?:[\w-]+:.*\r?\n)+---\r?$|\[[^\]\n]{1,200}\]\((?:https?://|/|#)[^)\s]*\)|^```", re.M
)


def format_of_head(head: bytes) -> Format:
    """The format of what begins with these bytes (some thousand are enough). IngestError where it is one that is not
    read."""
    for magic, known in _MAGIC:
        if head.startswith(magic):
            return known
    if head.startswith(_COMPRESSED):
        inside = _unpacked(head)
        return "warc" if inside.startswith(b"WARC/") else "tar" if _is_tar(inside) else "compressed"
    if _is_tar(head):
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, named in _REFUSED.items():
        if head.startswith(magic):
            raise IngestError(f"this is {named}" + ("" if ";" in named else ", not text"))
    mark = encoding_of_mark(head)
    text = head.decode(mark or "latin-1", "replace").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")
    if "\x00" in text or len(_ODD.findall(text)) > 0.05 * len(text):
        raise IngestError("this is binary, not text")
    return _format_of_text(text)


def _format_of_text(text: str) -> Format:
    blank = _BLANK.match(text)
    at = blank.end() if blank else 0
    if _HTML.match(text, at):
        return "html"
    if _FEED.match(text, at):
        return "feed"
    if text.lstrip().startswith("<?xml") and (root := _XML.match(text, at)):
        raise IngestError(f"this is XML ({root.group(1)}) of a kind that is not read")
    if _JSON.match(text):
        return "json"
    if _MBOX.match(text):
        return "mbox"
    if _is_mail(text):
        return "mail"
    if text_column(text) is not None:
        return "csv"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _is_mail(text: str) -> bool:
    """Whether it begins with two headers that only mail has."""
    at, known = 0, 0
    while line := _HEADER.match(text, at):
        known += line.group(1).lower() in _MAIL
        at = line.end()
    return known >= 2


def text_column(text: str, asked: str | None = None) -> str | None:
    """The column of a table (text with a line of names and a delimiter) that holds the text; None where it is no such
    table."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in ",;\t|":
        names = next(csv.reader([first], delimiter=delimiter, strict=False), [])
        if len(names) > 1:
            told = {name.strip().lower(): name for name in names}
            for column in [asked] if asked else TEXT_COLUMNS:
                if column and column.lower() in told:
                    return told[column.lower()]
    return None


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _unpacked(head: bytes) -> bytes:
    """What the first bytes of something compressed unpack to, a little of it."""
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        return lzma.LZMADecompressor().decompress(head, 1024)
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
        return b""
