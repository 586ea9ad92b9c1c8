"""Plain text, with or without front matter.

Front matter is a block of `Key: value` lines at the very top (Title, Outlet, Date, URL, Byline), ended by an empty
line. It is metadata: the stored text begins behind the empty line, and is otherwise exactly what the file holds.
"""

import re
from datetime import date
from typing import Any

from .encoding import decode
from .ingested import Ingested
from .member import Limits, Member

_FIELDS = {"title": "title", "outlet": "outlet", "date": "published", "url": "url", "byline": "byline"}
_LINE = re.compile(r"(title|outlet|date|url|byline):([^\n]*)\n", re.I)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})\.?")
_LONGEST_DATE = 60  # characters
_HEADLINE = 200  # characters; a longer first paragraph is no headline


def read_text(member: Member, limits: Limits) -> Ingested:
    """The document of a text file. Without front matter, a short first line before an empty line is its title."""
    text, encoding, assumed = decode(member.data(limits), member.told.encoding)
    fields: dict[str, Any] = {}
    if not member.is_taken_out:
        fields, text = front_matter(text)
    fields.setdefault("title", headline(text))
    fields["published"] = iso_date(fields.get("published"))
    if not (fields.get("url") or "").startswith(("http://", "https://")):
        fields.pop("url", None)
    return member.ingested(text, limits, assumed=assumed, media_type="text/plain", encoding=encoding, **fields)


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """(metadata, the text behind it); no metadata and the whole text where it does not begin with front matter."""
    fields: dict[str, Any] = {}
    at = 0
    while line := _LINE.match(text, at):
        fields[_FIELDS[line.group(1).lower()]] = line.group(2).strip(" \t\r") or None
        at = line.end()
    end = re.compile(r"[ \t]*\r?\n").match(text, at)
    if not fields or not end:
        return {}, text
    return fields, text[end.end() :]


def iso_date(stated: str | None) -> str | None:
    """A date as ISO 8601 where it can be read as one ("4 March 2025"), else as it was stated."""
    if not stated or _ISO.match(stated) or len(stated) > _LONGEST_DATE or not _YEAR.search(stated):
        return stated  # a date without its year would depend on the day it is read
    if numbers := _NUMBERS.fullmatch(stated.strip()):
        first, mark, second, year = numbers.groups()
        if mark == "/" and int(first) <= 12 and int(second) <= 12:
            return stated  # 3/4/2025 is in March for some and in April for others
        day, month = (second, first) if mark == "/" and int(second) > 12 else (first, second)
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return stated
    import dateparser  # a quarter of a second, for the few files that state a date in words

    found = dateparser.parse(stated, languages=["en"], settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"]})
    return found.date().isoformat() if found else stated


def headline(text: str) -> str | None:
    """The first line where it is short and stands alone."""
    first, _, rest = text.lstrip().partition("\n")
    alone = not rest.strip() or rest.lstrip(" \t\r").startswith("\n")
    return first.strip() if first and len(first) <= _HEADLINE and alone and rest.strip() else None
