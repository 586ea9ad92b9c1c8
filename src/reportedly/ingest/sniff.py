"""Bytes -> format, told by content and never by the file's name."""

import bz2
import csv
import lzma
import re
import zlib
from itertools import islice
from typing import Literal

from .encoding import encoding_of_mark, wide_encoding
from .ingested import IngestError

Format = Literal[
    "text", "markdown", "html", "pdf", "docx", "odt",
    "zip", "tar", "compressed", "warc", "feed", "json", "csv", "parquet", "mail", "mbox",
]  # fmt: skip
CONTAINERS: frozenset[Format] = frozenset(
    ["zip", "tar", "compressed", "warc", "feed", "json", "csv", "parquet", "mail", "mbox"]
)
"""Formats that hold members, the text of which is another format."""
_MEDIA_TYPES: dict[Format, str] = {
    "mail": "message/rfc822",
    "json": "application/json",
    "html": "text/html",
    "text": "text/plain",
    "markdown": "text/markdown",
}
TEXT_COLUMNS = (
    *("text", "body", "content", "article", "article_text", "article_body", "full_text", "maintext", "body_text"),
    *("content_text", "story_text", "body_html", "body_xhtml", "content_html"),
)
"""The usual names of a column that holds the text, the likeliest first."""

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
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.I)
_NO_CONTROLS = bytes([9, 10, 11, 12, 13, 27, *range(32, 256)])
_BLANK = re.compile(
    r"(?>\s+|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE\s+(?!html)[^<>\[]*(?:\[[^\]]*\]\s*)?>)*", re.I
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|(?:\w+:)feed)\b", re.I)
_XML = re.compile(r"<([A-Za-z][\w:.-]*)[\s>/]")
_JSON = re.compile(  # a list of plain numbers or a word in brackets is rather a text: "[1] The mayor", "[AP] - "
    r"""\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|"(?:[^"\\]|\\.)*\Z|\}\s*\Z)
       |\[\s*(?:\[\s*[\[\]{"]|\{\s*["}]|"(?:[^"\\]|\\.)*"\s*(?:,\s*"|\]\s*\Z)|\]\s*\Z))""",
    re.X,
)
_MBOX = re.compile(r"From \S+[^\n]*\d\d:\d\d[^\n]*\r?\n[\w-]+:")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*")
_MAIL = frozenset(["from", "to", "cc", "subject", "reply-to", "sender", "date"])
_ONLY_MAIL = frozenset(
    ["received", "message-id", "mime-version", "return-path", "delivered-to", "content-type", "dkim-signature"]
    + ["snapshot-content-location", "list-id", "x-mailer"]
)
_NO_LETTER = re.compile(r"[\W_]+")
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,40}")  # of a column
_COLUMN = re.compile(r"|[\w#][\w .:#/()-]{0,40}| [\w.:-]{1,40}")  # likewise, where one of them is known to hold text
_SNIFFABLE = 1000  # characters: a head of so many or more may be cut, whatever its encoding
_MARKDOWN = re.compile(
    r"^#{1,6} \S.*$|^---\r?\n(?:[\w-]+:.*\r?\n)+---\r?$|\[[^\]\n]{1,200}\]\((?:https?://|/|#)[^)\s]*\)|^```", re.M
)


def format_of_head(head: bytes, text_column: str | None = None) -> Format:
    """The format of what begins with these bytes (some thousand are enough). text_column: the column that a table has
    in any case, where the user named it. IngestError where it is a format that is not read."""
    if _PAGE.match(head) and b"\x00" not in head:  # most members of most archives
        return "html"
    for magic, known in _MAGIC:
        if head.startswith(magic):
            return known
    if head.startswith(_COMPRESSED):
        inside = _unpacked(head)
        if inside.startswith(b"WARC/") and head.startswith(b"\x1f\x8b"):  # what its library unpacks itself
            return "warc"
        return "tar" if _is_tar(inside) else "compressed"
    if _is_tar(head):
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, named in _REFUSED.items():
        if head.startswith(magic):
            raise IngestError(f"this is {named}" + ("" if ";" in named else ", not text"))
    wide = encoding_of_mark(head) or wide_encoding(head)
    text = head.decode(wide or "latin-1", "replace").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")
    odd = len((text.encode("utf-8", "replace") if wide else head).translate(None, _NO_CONTROLS))
    if "\x00" in text or odd > 0.05 * len(text):
        raise IngestError("this is binary, not text")
    return _format_of_text(text, text_column)


def media_type_of(data: bytes) -> str:
    """The media type of bytes that documents are taken out of."""
    try:
        return _MEDIA_TYPES.get(format_of_head(data[:4096]), "application/octet-stream")
    except IngestError:
        return "application/octet-stream"


def _format_of_text(text: str, text_column: str | None) -> Format:
    blank = _BLANK.match(text)
    at = blank.end() if blank else 0
    if _HTML.match(text, at):
        return "html"
    if _FEED.match(text, at):
        return "feed"
    if text.lstrip().startswith("<?xml"):
        root = _XML.match(text, at)
        raise IngestError(f"this is XML{f' ({root.group(1)})' if root else ''} of a kind that is not read")
    if _JSON.match(text):
        return "json"
    if _MBOX.match(text):
        return "mbox"
    if _is_mail(text):
        return "mail"
    if table_of(text, text_column) is not None:
        return "csv"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _is_mail(text: str) -> bool:
    """Whether it begins with headers of mail: with one that nothing else has, or with From and an address in it. A text
    may begin with "From: Berlin" and "To: Paris"."""
    at, known, sure, sent = 0, 0, 0, False
    while line := _HEADER.match(text, at):
        name = line.group(1).lower()
        known += name in _MAIL
        sure += name in _ONLY_MAIL
        sent = sent or (name == "from" and "@" in line.group())
        at = line.end()
    cut = len(text) >= _SNIFFABLE and "\n" not in text[at:]
    return known + sure >= 2 and (sure > 0 or (sent and (cut or text[at : at + 1] in ("", "\r", "\n"))))


def key(name: object) -> str:
    """A column's name without what spellings differ in: capitals, blanks, points, lines ("publishedAt")."""
    return _NO_LETTER.sub("", str(name)).lower()


def table_of(text: str, asked: str | None = None) -> tuple[str, list[str]] | None:
    """(delimiter, names of the columns) of a table that begins so; None where it is rather a text with commas. asked:
    the column that the user named."""
    wanted = {key(name) for name in ([asked] if asked else TEXT_COLUMNS)}
    lines = text.lstrip("\r\n").splitlines(keepends=True)
    for delimiter in ",;\t|":
        names, *rows = islice(csv.reader(lines, delimiter=delimiter, strict=False), 4) if lines else [[]]
        whole = [row for row in (rows if len(text) < _SNIFFABLE else rows[:-1]) if row]  # the last may be cut
        bare = [name.strip() for name in names]
        if len(names) < (1 if asked else 2) or not rows or _is_ruled(rows[0]):
            continue
        if wanted & set(map(key, bare)):
            found = all(map(_COLUMN.fullmatch, names)) and (not whole or len(whole[0]) == len(names))
        else:  # no blank behind a comma: nobody writes so
            found = all(map(_NAME.fullmatch, names)) and len(set(names)) == len(names)
            found = found and len(whole) > 1 and all(len(row) == len(names) for row in whole)
        if found:
            return delimiter, bare
    return None


def _is_ruled(row: list[str]) -> bool:
    """Whether it is the line below the head of a Markdown table."""
    return set("".join(row)) <= set("-: |")


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _unpacked(head: bytes) -> bytes:
    """What the first bytes of something compressed unpack to, a little of it."""
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        return lzma.LZMADecompressor(memlimit=100_000_000).decompress(head, 1024)
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
        return b""
