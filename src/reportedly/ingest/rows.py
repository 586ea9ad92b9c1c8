"""A row (an object of JSON, a line of a table) -> a member: its text, exactly, and what its other columns say of it.

Columns go by the names that they usually have, however they are spelled ("published_at", "publishedAt"); what a value
should be is not relied on: a source may be a name, a list of them, or an object that has one.
"""

import codecs
import html
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import msgspec

from .encoding import encoding_of_mark, wide_encoding
from .ingested import IngestError
from .language import language_code
from .member import Budget, Label, Linked, Member, Passed, Refused
from .sniff import TEXT_COLUMNS, key
from .text import iso_date

TITLE = ("title", "headline", "headlines", "webtitle")
OUTLET = (
    *("outlet", "source", "sourcename", "publisher", "publication", "newspaper", "site", "sitename"),
    *("sourcedomain", "domain", "infosources"),
)
BYLINE = ("byline", "author", "authors", "creator", "by")
PUBLISHED = (
    *("published", "publishedat", "publishdate", "publisheddate", "datepublished", "datepublish", "publicationdate"),
    *("pubdate", "firstcreated", "webpublicationdate", "date", "datetime", "timestamp", "createdat"),
)
UPDATED = ("updated", "updatedat", "modified", "modifiedat", "datemodified", "datemodify", "versioncreated")
URL = ("url", "link", "permalink", "canonicalurl", "externalurl", "articleurl", "weburl", "mainentityofpage", "uri")
LANGUAGE = ("language", "lang", "inlanguage")
ID = ("id", "guid", "uri", "articleid", "docid")
KNOWN = frozenset((*TITLE, *OUTLET, *BYLINE, *PUBLISHED, *UPDATED, *URL, *LANGUAGE, *ID))
"""The columns that are read beside the text, as `key` spells them."""

WHOLE = 100
"""Words. A description of so many is the text and no teaser: WordPress, which writes most feeds, cuts those at 55."""

_WRAPPED = ("_source", "fields", "attributes", "article", "document", "doc")  # objects that search engines put rows in
_NAMED = ("name", "value", "rendered", "@value", "title", "$date", "$oid", "@id")  # what of an object says who or what
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")  # and halves of characters
_LONGEST = 1000  # characters; what is longer is no title, name or address
_LONGEST_ID = 80
_SHOWN = 30  # columns that a message names
_AT_ONCE = 1 << 16
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
_BLOCK = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|article|section|body|table)\s*>|<br\s*/?>", re.I)
_CUT = re.compile(r"(?:\[\+\d+ chars\]|\[(?:…|\.\.\.)\])\s*$")  # how services and feeds show that there is more
_RFC_DATE = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4}\s+\d")


class Rows:
    """The rows of one table, made members one by one. column: the one that holds the text, where it is settled; else
    the first of the usual ones that a row has."""

    def __init__(self, within: Member, budget: Budget, column: str | None = None) -> None:
        self.within, self.budget = within, budget
        self._asked = column or budget.text_column or ""
        self._column = key(self._asked)
        self._columns: dict[str, None] = {}
        self._read = self._empty = self._refused = 0

    def name(self, number: int) -> str:
        """What a row is called where nothing more is known of it."""
        return "!".join((*self.within.path, f"row {number}"))

    def refused(self, number: int, reason: str) -> Refused:
        """A row that cannot be read; it counts as one."""
        self.budget.count()
        self._refused += 1
        return Refused(file=self.within.file, member=self.name(number), reason=reason)

    def member(self, row: object, number: int | None, original: bytes, linked: bool = False) -> Member | Linked | None:
        """The member of a row (number: counted from 1; None where it is the input itself), None where it has no text,
        which is counted. What has only the beginning of a text, or with `linked` none at all, but an address, is
        Linked."""
        self.budget.count()
        row = row if isinstance(row, dict) else {}
        said = row["document"] if "attributions" in row and isinstance(row.get("document"), dict) else None
        fields = _fields(said or row)
        text = self._text(fields)
        if not text.strip() and not (linked and "url" in fields):
            self._empty += 1
            self._columns.update(dict.fromkeys(list(row)[:_SHOWN]) if len(self._columns) < _SHOWN else {})
            return None
        is_html = said is None and is_html_text(text)
        told = _told(fields, is_html, self.within.told.fetched)
        path = self.within.path if number is None else (*self.within.path, _name(number, fields))
        self._read += 1
        if told.url and not said and is_cut(text):
            return Linked(file=self.within.file, member="!".join(path) or None, told=told)
        format = "html" if is_html else "text"
        return Member.of(utf8(text), self.within.file, path=path, told=told, format=format, original=original)

    def has_text(self, row: Mapping[str, Any]) -> bool:
        """Whether a row has a text (our own output has one in its document)."""
        return bool(self._text(_fields(row)).strip())

    def end(self) -> Iterator[Passed]:
        """What is to be said of the table when all rows are read. IngestError where no row has a text."""
        if not self._read + self._refused:
            names = ", ".join(one_line(str(name), _LONGEST_ID) or "…" for name in list(self._columns)[:_SHOWN])
            if not names:
                raise IngestError("it holds no rows with columns")
            missing = f"no column {self._asked!r}" if self._column else "no text column"
            raise IngestError(f"{missing} with a text in it; name the one to read with --text-column NAME: {names}")
        if self._empty:
            yield Passed(
                file=self.within.file,
                member=self.within.name,
                reason=f"{self._empty} row{'s' * (self._empty != 1)} without text passed over",
            )

    def _text(self, fields: Mapping[str, Any]) -> str:
        names = (self._column,) if self._column else (*map(key, TEXT_COLUMNS), "bodies")
        return next((text for name in names if (text := _text_in(fields.get(name))).strip()), "")


def utf8(text: str) -> bytes:
    """A text in UTF-8; halves of characters, which JSON can hold, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


@contextmanager
def in_utf8(member: Member) -> Iterator[BinaryIO]:
    """A member's bytes behind a byte order mark, UTF-16 and UTF-32 that have one as UTF-8; else as they are."""
    head, stream = member.head, member.stream
    mark = encoding_of_mark(head)
    wide = mark or wide_encoding(head)
    if mark == "utf-8":
        stream.seek(len(codecs.BOM_UTF8))
    if not wide or wide == "utf-8":
        yield stream
        return
    decoder = codecs.getincrementaldecoder(wide)("replace")
    with tempfile.TemporaryFile() as recoded:
        while part := stream.read(_AT_ONCE):
            recoded.write(decoder.decode(part).encode())
        recoded.write(decoder.decode(b"", final=True).encode())
        recoded.seek(len(codecs.BOM_UTF8) if mark else 0)  # the mark is a character, too
        yield recoded


def canonical(row: Mapping[str, Any]) -> bytes:
    """A row as JSON that is the same for the same row."""
    try:
        return msgspec.json.encode(row, order="deterministic", enc_hook=str)
    except UnicodeEncodeError:  # halves of characters
        return json.dumps(row, sort_keys=True, default=str).encode()


def is_html_text(text: str) -> bool:
    """Whether a text is marked up in paragraphs or the like."""
    return bool(_BLOCK.search(text))


def is_cut(text: str) -> bool:
    """Whether a text is none, or only the beginning of one, and says so."""
    return not text.strip() or (bool(_CUT.search(plain(text[-200:]))) and word_count(text) < WHOLE)


def word_count(markup: str) -> int:
    """How many words a piece of HTML has beside its tags."""
    return len(_WORD.findall(_TAG.sub(" ", markup)))


def plain(markup: str) -> str:
    """The words of a piece of HTML such as a title."""
    return html.unescape(_TAG.sub("", markup))


def one_line(value: str | None, longest: int = _LONGEST) -> str | None:
    """A name, title or address in one line, control characters left out; None where it is empty or too long for one."""
    line = " ".join(_CONTROL.sub(" ", value or "").split()) if len(value or "") <= 2 * longest else ""
    return line if 0 < len(line) <= longest else None


def web_address(value: str | None) -> str | None:
    """An address where it is one of the web."""
    line = one_line(value)
    return line if line and line.lower().startswith(("http://", "https://")) and " " not in line else None


def date_of(value: object) -> str | None:
    """A date as ISO 8601 where it can be read as one (ISO, RFC 822, seconds or milliseconds since 1970, YYYYMMDD, in
    English words), else as it was stated."""
    stated = one_line(_plain(value), _LONGEST_ID)
    if stated is None:
        return None
    digits = re.fullmatch(r"(\d{8,19})(?:\.\d+)?", stated)
    try:
        if digits:
            return _date_of_digits(digits.group(1))
        if _RFC_DATE.match(stated):
            return iso_date(parsedate_to_datetime(stated).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return stated
    return iso_date(stated)


def _date_of_digits(digits: str) -> str:
    if len(digits) in (8, 14) and digits.startswith(("19", "20")):  # 20250304, 20250304080000
        form = "%Y%m%d%H%M%S"[: 2 * (len(digits) // 2 - 1)]
        found = datetime.strptime(digits, form)
        return found.date().isoformat() if len(digits) == 8 else found.isoformat()
    seconds = int(digits)
    while seconds >= 100_000_000_000:  # milliseconds, microseconds, nanoseconds
        seconds //= 1000
    if seconds < 100_000_000:
        raise ValueError(digits)
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row by their `key`, those of an object that it is wrapped in too; the first of a name counts."""
    wrapped = [row[name] for name in _WRAPPED if isinstance(row.get(name), dict)]
    fields: dict[str, Any] = {}
    own = {name: value for name, value in row.items() if not (name in _WRAPPED and isinstance(value, dict))}
    for columns in (*wrapped, own):
        for name, value in columns.items():
            if value is not None:
                fields.setdefault(key(name), value)
    return fields


def _told(fields: Mapping[str, Any], is_html: bool, fetched: str | None) -> Label:
    """What a row's columns say of its text."""

    def said(names: tuple[str, ...]) -> str | None:
        return next((line for name in names if (line := one_line(_plain(fields.get(name))))), None)

    title, outlet = said(TITLE), said(OUTLET)
    if outlet and "://" in outlet:
        outlet = _host(outlet)
    return Label(
        title=one_line(plain(title)) if title and is_html else title,
        outlet=outlet,
        byline=said(BYLINE),
        published=next((at for name in PUBLISHED if (at := date_of(fields.get(name)))), None),
        updated=next((at for name in UPDATED if (at := date_of(fields.get(name)))), None),
        url=next((at for name in URL if (at := web_address(_plain(fields.get(name))))), None),
        fetched=fetched,
        language=language_code(said(LANGUAGE)),
    )


def _host(address: str) -> str | None:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _name(number: int, fields: Mapping[str, Any]) -> str:
    known = next((line for name in ID if (line := one_line(_plain(fields.get(name)), _LONGEST_ID))), None)
    return f"row {number} ({known})" if known and known != str(number) else f"row {number}"


def _plain(value: object, deep: int = 3) -> str | None:
    """A value as one would write it: of an object its name, of a list all that it holds."""
    if isinstance(value, bool) or value is None or value != value:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, list):
        main = [item for item in value if isinstance(item, dict) and item.get("role") == "main"]  # of several headlines
        if main:
            return _plain(main[0], deep - 1) if deep else None
        each = [_plain(item, deep - 1) for item in value[:50]] if deep else []
        return ", ".join(item.strip() for item in each if item and item.strip())
    if isinstance(value, dict):
        named = (_plain(value.get(name), deep - 1) for name in _NAMED) if deep else ()
        return next((item for item in named if item), None)
    return str(value)


def _text_in(value: object) -> str:
    """The text that a value is, or holds: a list of paragraphs, the main one of several bodies, an object around it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return next((v for name in ("rendered", "value", "@value") if isinstance(v := value.get(name), str)), "")
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    if isinstance(value, list):
        bodies = [item for item in value if isinstance(item, dict) and isinstance(item.get("value"), str)]
        best = min(bodies, key=lambda b: (b.get("role") != "main", b.get("contenttype") != "text/plain"), default=None)
        return best["value"] if best else ""
    return ""
