"""Plain text, with or without front matter.

Front matter is a block of `Key: value` lines at the very top, ended by an empty line, the first of them one that is
known (Title, Outlet, Date, URL, Byline, Author, By). It is metadata: the stored text begins behind the empty line, and
is otherwise exactly what the file holds. Other lines of the block are passed over and reported.
"""

import re
from datetime import date, datetime, time
from typing import Any

from ..records import Unread
from .encoding import decode
from .ingested import Ingested
from .member import Limits, Member

_FIELDS = {
    **{key: key for key in ("title", "outlet", "url", "byline")},
    "date": "published",
    **dict.fromkeys(["author", "by"], "byline"),
}
_LINE = re.compile(rf"({'|'.join(_FIELDS)}):([^\n]*)\n", re.I)
_OTHER = re.compile(r"([^\W\d_][\w.&/-]{0,30}(?: [\w.&/-]{1,30})?):(?:[ \t]+([^\n]*))?\r?\n")
_SENTENCE_ENDS = re.compile(r"\w[.!?…]['\"’”]?$")
_END = re.compile(r"[ \t]*\r?\n")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d))?", re.I)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})\.?")
_LONGEST_DATE = 60  # characters
_MOST_OTHERS = 50  # lines that are not known; where there are more it is a list, and text
_HEADLINE = 200  # characters; a longer first paragraph is no headline


def read_text(member: Member, limits: Limits) -> Ingested:
    """The document of a text file. Without front matter, a short first line before an empty line is its title."""
    text, encoding, assumed = decode(member.data(limits), member.told.encoding)
    fields: dict[str, Any] = {}
    unread: tuple[Unread, ...] = ()
    if not member.is_taken_out:
        fields, text, unread = front_matter(text)
    fields.setdefault("title", headline(text))
    return member.ingested(
        text, limits, unread=unread, assumed=assumed, media_type="text/plain", encoding=encoding, **fields
    )


def front_matter(text: str) -> tuple[dict[str, Any], str, tuple[Unread, ...]]:
    """(metadata, the text behind it, which of its lines are not read); no metadata and the whole text where it does not
    begin with front matter. Lines at its end in which somebody seems to speak ("Mayor: It is safe.") are text."""
    fields: dict[str, Any] = {}
    others: list[str] = []
    at = 0
    said: tuple[int, int] | None = None  # where such lines begin, and how many others stand before them
    while line := _LINE.match(text, at) or (_OTHER.match(text, at) if fields else None):
        key, value = line.group(1), (line.group(2) or "").strip()
        if name := _FIELDS.get(key.lower()):
            fields[name] = value or fields.get(name)
            said = None
        else:
            if said is None and value.count(" ") >= 2 and _SENTENCE_ENDS.search(value, len(value) - 3):
                said = at, len(others)
            others.append(key)
        at = line.end()
    end = _END.match(text, at)
    if not fields or not end or len(others) > _MOST_OTHERS:
        return {}, text, ()
    start, passed = said or (end.end(), len(others))
    fields["published"] = iso_date(fields.get("published"))
    if not (fields.get("url") or "").startswith(("http://", "https://")):
        fields.pop("url", None)
    unread = tuple(Unread(f"a line of its front matter, “{key}”, is none that is known") for key in others[:passed])
    return fields, text[start:], unread


def iso_date(stated: str | None) -> str | None:
    """A date as ISO 8601 where it can be read as one ("4 March 2025"), with its time and zone if it states them, else
    as it was stated. Midnight is what is written where only the day is known."""
    if not stated:
        return stated
    if moment := _TIME.fullmatch(stated.strip()):
        return _moment(*moment.groups())
    if _ISO.match(stated) or len(stated) > _LONGEST_DATE or not _YEAR.search(stated):
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
    if not found:
        return stated
    return str((found if found.time() != time() else found.date()).isoformat())


def _moment(day: str, clock: str, universal: str | None, hours: str | None, minutes: str | None) -> str:
    """Day, time and zone in the form of ISO 8601; the day alone where it is midnight, or there is no such time."""
    stated = f"{day}T{clock}{'Z' if universal else f'{hours}:{minutes}' if hours else ''}"
    try:
        known = datetime.fromisoformat(stated).time() != time()
    except ValueError:
        known = False
    return stated if known else day


def headline(text: str) -> str | None:
    """The first line where it is short and stands alone."""
    first, _, rest = text.lstrip().partition("\n")
    alone = not rest.strip() or rest.lstrip(" \t\r").startswith("\n")
    return first.strip() if first and len(first) <= _HEADLINE and alone and rest.strip() else None
