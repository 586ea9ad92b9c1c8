"""Text -> the times it names, each at its exact span, with its value as a first and a last day.

Values are reckoned from the day of publication, as readers do: "on Tuesday" is the last such day, or the next one where
the verb beside it looks ahead. What hangs on an event ("two days before the vote") or means no day ("recently", "now")
is left out, and so is what is reckoned from the day of publication where that is not known.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from .quantities import NUMBERS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
FAR = 10  # months that a month without a year does not lie back: "in November", in October
NEAR = 400  # characters within which "a month earlier" is reckoned from a time named before it
STORY = 1000  # the same of a clock time, where that time is a day of the WEEK before publication
WEEK = 7
BEFORE, BEHIND = 120, 80  # characters beside a time in which a verb says whether it looks ahead
MOST = 4000  # times of a text
LOOKED_BACK = (270, 60, 300)  # days that a date without a year may lie back, by its lean: none, ahead, back


class Time(NamedTuple):
    """A time that a text names: `source[start:end] == text`; it lies between first and last, both included.

    approximate: it is told roughly, or reckoned from something not sure. at: the clock time, where one is told."""

    start: int
    end: int
    text: str
    first: date
    last: date
    approximate: bool
    at: time | None = None


class _Value(NamedTuple):
    first: date
    last: date
    approximate: bool = False
    at: time | None = None


class _Context(NamedTuple):
    """What a value is reckoned from. lean: -1 where the words beside it look back, 1 ahead, 0 where they do not tell.
    near: the time named last before it."""

    today: date | None
    near: _Value | None
    lean: int

    @property
    def near_day(self) -> date | None:
        """The day named last, where it is a day."""
        return self.near.first if self.near and self.near.first == self.near.last else None


# The words


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


_DAY_NUMBER = {w: n for n, day in enumerate(WEEKDAYS) for w in (day, day.upper())}
_MONTH_NUMBER = {
    w: n for n, month in enumerate(MONTHS, 1) for w in (month, month.upper(), month[:3], month[:3].upper())
} | {"Sept": 9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_HOLIDAYS = {
    "Christmas Eve": (12, 24), "Christmas Day": (12, 25), "Christmas": (12, 25), "Boxing Day": (12, 26),
    "New Year’s Eve": (12, 31), "New Year's Eve": (12, 31), "New Year’s Day": (1, 1), "New Year's Day": (1, 1),
    "Valentine’s Day": (2, 14), "Valentine's Day": (2, 14), "Halloween": (10, 31),
    "Thanksgiving Day": (11, 0), "Thanksgiving": (11, 0),
}  # fmt: skip
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
_CENTURIES = {
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_UNITS = r"(?P<unit>minute|hour|day|week|month|year|decade)"

_WEEKDAY = rf"(?P<weekday>{_any(_DAY_NUMBER)})\b"
_MONTH = rf"(?P<month>{_any(_MONTH_NUMBER)})\b(?:(?<!ary|rch|ril|May|une|uly|ust|ber)\.)?"
_NAMES = ("April", "March", "May", "June", "August")  # are words or people's names too
_SURE_MONTH = rf"(?P<month>{_any(w for w in _MONTH_NUMBER if w.title() in MONTHS and w.title() not in _NAMES)})\b"
_UNSURE_MONTH = rf"(?P<month>{_any(w for w in _MONTH_NUMBER if w.title() in _NAMES)})\b"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\d%]|[.,:]\d)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
_TO = r"(?:\s*[-–—/]\s*|\s+(?:to|and|or|until|till|through)\s+)(?:the\s+)?"
_UNTIL = r"(?P<until>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
_PART = r"(?:\s+(?:mid-?|early |late )?(?:morning|afternoon|evening|night|lunchtime|noon|midnight|dawn|dusk)\b)?"
_ABOUT = r"(?P<about>(?i:nearly|almost|about|around|some|roughly|approximately|more than|over|just over|just under|at least|less than)\s+)?"  # noqa: E501
_ROUGHLY = (
    r"(?P<about>(?i:early(?: in| on)?|late(?: in| on)?|mid|around|about|the (?:beginning|start|middle|end) of)[\s-]+)?"
)
_N = rf"(?P<n>(?i:\d{{1,3}}|a couple of|an?|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-])?(?:{_any(NUMBERS)})))"  # noqa: E501
_COUNTED = (
    r"people|persons|men|women|children|percent|per cent|pounds|dollars|euros|miles|metres|meters|feet|kilograms|kg|km"
    r"|mm|cm|ft|lb|tons?|tonnes?|jobs|deaths|troops|soldiers|police|officers|homes|houses|votes|points|shares|words"
    r"|copies|seats|acres|hectares|degrees|cases|times|prisoners|refugees|families|workers|members|others|more|dead"
    r"|euro|yen|rpm|cc|square|cubic|million|billion|days|weeks|months|years|hours|pages|tickets|students|employees"
)
_NO_COUNT = (
    r"(?!\s+(?:(?!(?:to|and|or|but|by|with|for|from|at|on|in|when|as|than|that|after|had|was|were|have|the)\b)[a-z]+\s)?"
    rf"(?:{_COUNTED})\b)"
)
_IN = r"(?i:in|since|until|till|during|throughout|early|late|mid|around|circa|between|through|beginning|year|fiscal)"
_OF = r"(?i:by|from|of|before|after|to|and|for)"
_PAPERS = (
    r"(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Sun|Star|Mercury|Independent|World|People|Business|Agreement"
    r"|School|Night\s(?:Live|Football)|Prayers?|Mass)\b"
)
_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])(?:[.:h](?P<minute>[0-5]\d))?\s?(?P<half>[aApP](?:\.[mM]\.?|[mM]\b))"
    r"|(?P<hour24>[01]?\d|2[0-3]):?(?P<minute24>[0-5]\d)(?=\s?(?:GMT|UTC|BST|EST|EDT|CET|CEST|hours|hrs|local))"
    r"|(?<=\bat )(?P<hourat>[01]?\d|2[0-3])(?::(?P<minuteat>[0-5]\d)\b(?![.:\d])"
    r"|\.(?P<minutedot>[0-5]\d)(?=\s+(?:on [A-Z]|in the (?:morning|afternoon|evening)|this morning|local time)))"
    r"|(?P<named>(?<=\bat )(?i:noon|midday|midnight)|(?i:noon|midday)(?=\s+(?:on\s+)?[A-Z][a-z]+day\b)))"
    r"(?:\s+\(?(?:GMT|UTC|BST|E[SD]T|P[SD]T|C[SD]T|CES?T|local time)\b\)?(?:\s\(\d{4} GMT\))?)?"
)

# Values


def _number(words: str) -> int:
    """A number as `_N` finds it."""
    if words.isdecimal():
        return int(words)
    if words.lower() == "a couple of":
        return 2
    return sum(NUMBERS.get(w, 1) for w in re.split(r"[\s-]+", words.lower()))


def _month(year: int, month: int) -> _Value:
    return _Value(date(year, month, 1), _shifted(date(year, month, 1), 1) - timedelta(1))


def _months(year: int, month: int, n: int, approximate: bool = False) -> _Value:
    """So many months from this one on."""
    return _Value(date(year, month, 1), _shifted(date(year, month, 1), n) - timedelta(1), approximate)


def _year(year: int, years: int = 1, approximate: bool = False) -> _Value:
    return _Value(date(year, 1, 1), date(year + years - 1, 12, 31), approximate)


def _week(day: date) -> _Value:
    monday = day - timedelta(day.weekday())
    return _Value(monday, monday + timedelta(6))


def _day(day: date, approximate: bool = False) -> _Value:
    return _Value(day, day, approximate)


def _shifted(day: date, months: int) -> date:
    """The first of the month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _full_year(digits: str, today: date | None) -> int:
    """A year of two or four digits; of two the one nearest to today."""
    year = int(digits)
    if len(digits) > 2:
        return year
    now = today.year if today else 2000
    return min((c + year for c in (1800, 1900, 2000)), key=lambda y: abs(y - now))


def _day_of_month(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "Nov. 19", "19 November 2024", "July 3-5"."""
    month, day = _MONTH_NUMBER[m["month"]], int(m["day"])
    last = int(m["until"] or day)
    if m["year"]:
        year = int(m["year"])
    elif c.today is None:
        return None
    else:
        year = _nearest_year(lambda y: date(y, month, day), c.today, c.lean)
    return _Value(date(year, month, day), date(year, month, last), bool(m["about"])) if last >= day else None


def _nearest_year(of: Callable[[int], date], today: date, lean: int) -> int:
    """The year in which a day that comes every year is meant; of 29 February, one beside this that has it. ValueError
    where none has."""
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            days.append(of(year))
    gone = [day for day in days if day <= today]
    ahead = [day for day in days if day > today]
    if gone and (not ahead or (today - gone[-1]).days <= LOOKED_BACK[lean]):
        return gone[-1].year
    if ahead:
        return ahead[0].year
    raise ValueError("no such day in these years")


def _numeric(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "2024-11-19", "19/11/2024"; "3/4/2024" is two days and none."""
    if m["year"]:
        return _day(date(int(m["year"]), int(m["month"]), int(m["day"])))
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if a > 12 or a == b:
        return _day(date(year, b, a))
    return _day(date(year, a, b)) if b > 12 else None


def _named_month(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "March 2012", "in March", "last March", "March last year"."""
    month, which = _MONTH_NUMBER[m["month"]], (m["which"] or "").lower()
    about = bool(m["about"])
    if m["year"]:
        year = _full_year(m["year"].lstrip("’'"), c.today)
    elif c.today is None:
        return None
    elif m["yearly"]:
        year = c.today.year + {"last": -1, "this": 0, "next": 1}[m["yearly"].lower()]
    else:
        year = c.today.year
        if which == "last":
            year -= month >= c.today.month
        elif which in ("next", "this coming"):
            year += month <= c.today.month
        elif which != "this":
            back = (c.today.month - month) % 12
            year -= month > c.today.month
            year += back > 0 if c.lean > 0 else back >= FAR
    return _month(year, month)._replace(approximate=about)


def _weekday(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "on Tuesday", "next Tuesday", "Tuesday last week", "the previous Friday"."""
    which, number = (m["which"] or "").lower(), _DAY_NUMBER[m["weekday"]]
    if which in ("the previous", "the following"):
        anchor = c.near_day or c.today
        if anchor is None:
            return None
        days = (anchor.weekday() - number - 1) % 7 + 1
        ahead = (number - anchor.weekday() - 1) % 7 + 1
        return _day(anchor + timedelta(ahead if which == "the following" else -days), c.near_day is None)
    if c.today is None:
        return None
    if m["week"]:
        n = {"last": -7, "this": 0, "next": 7, "the previous": -7, "the following": 7}[m["week"].lower()]
        return _day(_week(c.today).first + timedelta(number + n))
    back, ahead = (c.today.weekday() - number) % 7, (number - c.today.weekday()) % 7
    if m["ago"]:
        return _day(c.today - timedelta(back + 7))
    if which in ("last", "this past", "this last"):
        return _day(c.today - timedelta(back or 7))
    if which in ("next", "this coming", "the coming"):
        return _day(c.today + timedelta(ahead or 7))
    if which == "this" and c.lean == 0:
        return _day(c.today + timedelta(ahead if ahead <= back else -back))
    return _day(c.today + timedelta(ahead if c.lean > 0 else -back))


def _near_day(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "yesterday", "this morning", "last night"."""
    if c.today is None:
        return None
    words = m["word"].lower()
    if words.startswith("the day before"):
        return _day(c.today - timedelta(2))
    if words.startswith("the day after"):
        return _day(c.today + timedelta(2))
    if words == "overnight":
        return _Value(c.today - timedelta(1), c.today, True)
    return _day(c.today + timedelta(-1 if words.startswith(("yesterday", "last")) else words.startswith("tomorrow")))


def _near_unit(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "last week", "this year", "next month", "last summer"."""
    if c.today is None:
        return None
    which, unit = m["which"].lower(), m["unit"].lower()
    n = -1 if which.startswith(("last", "this past")) else 1 if which.startswith(("next", "the coming")) else 0
    about = bool(m["mod"])
    if unit == "weekend":
        saturday = _week(c.today).first + timedelta(5)
        past = n < 0 or (n == 0 and c.lean <= 0)
        if past and c.today.weekday() < 5:
            saturday -= timedelta(7)
        elif n > 0 and c.today.weekday() >= 5:
            saturday += timedelta(7)
        return _Value(saturday, saturday + timedelta(1), about)
    if unit in _SEASONS:
        start = _SEASONS[unit]
        year = c.today.year if which.startswith("this") and n == 0 else _season_year(start, c.today, n or c.lean or -1)
        return _months(year, start, 3, True)
    if unit == "week":
        return _week(c.today + timedelta(7 * n))._replace(approximate=about)
    if unit == "month":
        day = _shifted(c.today, n)
        return _month(day.year, day.month)._replace(approximate=about)
    if unit == "quarter":
        day = _shifted(c.today, 3 * n)
        return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3, about)
    if unit == "year":
        return _year(c.today.year + n, approximate=about)
    return _year(c.today.year // 10 * 10 + 10 * n, 10, about)


def _season_year(start: int, today: date, lean: int) -> int:
    """The year of the last season that began by now, or of the next one."""
    began = today.year if start <= today.month else today.year - 1
    return began + 1 if lean > 0 else began


def _season(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "the summer of 2014", "in the spring"."""
    start = _SEASONS[m["season"].lower()]
    if m["year"]:
        return _months(int(m["year"]), start, 3, True)
    if c.today is None:
        return None
    return _months(_season_year(start, c.today, c.lean), start, 3, True)


def _part_of_year(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "the third quarter", "the first half of 1994"."""
    n, months = _ORDINALS.get(m["nth"].lower(), 0), 3 if m["part"].lower() == "quarter" else 6
    if not 1 <= n <= 12 // months or (months == 6 and not (m["year"] or m["yearly"])):
        return None
    month = (n - 1) * months + 1
    year = m["year"] or m["before"]
    if year:
        return _months(int(year), month, months)
    if c.today is None:
        return None
    yearly = m["yearly"] or m["own"]
    if yearly:
        return _months(c.today.year + {"last": -1, "this": 0, "next": 1}[yearly.split()[0].lower()], month, months)
    began = date(c.today.year, month, 1)
    behind = c.lean <= 0 and began > c.today
    return _months(c.today.year - behind, month, months)


def _ago(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "two days ago", "three weeks earlier", "a month beforehand", "year-ago"."""
    way, unit, n = m["way"].lower(), m["unit"].lower(), _number(m["n"] or "a")
    now = way in ("ago", "from now", "hence")
    near = c.near_day if unit in ("minute", "hour", "day", "week") else c.near.first if c.near else None
    anchor = c.today if now or not m["n"] else near or c.today
    if anchor is None:
        return None
    sign = 1 if way in ("from now", "hence", "later", "after", "afterwards", "afterward") else -1
    about = bool(m["about"] or m["so"]) or not (now or near)
    if unit in ("minute", "hour"):
        return _day(anchor, about)
    if unit == "day":
        return _day(anchor + timedelta(sign * n), about)
    if unit == "week":
        return _week(anchor + timedelta(7 * sign * n))._replace(approximate=True)
    if unit == "month":
        day = _shifted(anchor, sign * n)
        return _month(day.year, day.month)._replace(approximate=True)
    return _year(anchor.year + sign * n * (10 if unit == "decade" else 1), approximate=True)


def _beside(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "the next day", "the day before", "that year": beside what was named last."""
    if c.near is None:
        return None
    words = m[0].lower()
    n = -1 if re.search(r"before|previous|earlier", words) else 1 if re.search(r"next|following|after", words) else 0
    near = c.near.first
    if "year" in words:
        return _year(near.year + n)
    if "month" in words:
        day = _shifted(near, n)
        return _month(day.year, day.month)
    if c.near_day is None:
        return None
    return _week(near + timedelta(7 * n)) if "week" in words else _day(near + timedelta(n))


def _past(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "in the past 24 hours", "over the last two weeks"."""
    if c.today is None:
        return None
    n, unit = _number(m["n"] or "a"), m["unit"].lower()
    days = {"minute": 0, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25, "decade": 3652.5}[unit]
    return _Value(c.today - timedelta(max(1, round(n * days)) if days else 0), c.today, True)


def _plain_year(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "in 2022", "2010-12"."""
    first = int(m["year"])
    last = m["to"]
    if not last:
        return _year(first, approximate=bool(m["about"]))
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return _year(first, end - first + 1) if end > first else None


def _decade(m: re.Match[str], c: _Context) -> _Value:
    """As in "the 1990s", "the '80s", "the nineties"."""
    if m["word"]:
        return _year(1900 + _DECADES[m["word"].lower()], 10, True)
    digits = m["decade"]
    return _year(int(digits) if len(digits) == 4 else 1900 + int(digits), 10, True)


def _century(m: re.Match[str], c: _Context) -> _Value:
    """As in "the 19th century", "the late eighteenth century"."""
    n = int(m["n"] or _CENTURIES[m["nth"]])
    return _year(max(1, 100 * n - 100), 100 if n > 1 else 99, True)


def _holiday(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "by Christmas", "New Year’s Eve 2019"."""
    month, day = _HOLIDAYS[m["holiday"]]

    def of(year: int) -> date:
        fourth_thursday = 22 + (3 - date(year, 11, 22).weekday()) % 7
        return date(year, month, day or fourth_thursday)

    if m["year"]:
        return _day(of(int(m["year"])))
    if c.today is None:
        return None
    if m["which"] in ("last", "next"):
        past = of(c.today.year) < c.today
        return _day(of(c.today.year + past - (m["which"] == "last")))
    return _day(of(_nearest_year(of, c.today, c.lean)))


def _clock(m: re.Match[str], c: _Context) -> _Value | None:
    """As in "7.40am", "at 19:40", "1940 GMT", "noon": on the day named last, else that of publication; a day to come
    only where the verb beside the clock time looks ahead too."""
    day = c.near_day or c.today
    if day and c.today and day > c.today and c.lean <= 0:
        day = c.today
    if day is None:
        return None
    if m["named"]:
        return _Value(day, day, True, time(0 if m["named"].lower() == "midnight" else 12))
    if m["hour"]:
        hour = int(m["hour"])
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (m["half"][0] in "pP")
        return _Value(day, day, True, time(hour, int(m["minute"] or 0)))
    return _Value(
        day, day, True, time(int(m["hour24"] or m["hourat"]), int(m["minute24"] or m["minuteat"] or m["minutedot"]))
    )


_Rule = Callable[[re.Match[str], _Context], _Value | None]
_NO_YEAR = r"(?P<year>)(?P<yearly>)"
_PATTERNS: tuple[tuple[str, _Rule], ...] = (
    (rf"\b{_ROUGHLY}{_MONTH}\s+{_DAY}(?:{_TO}{_UNTIL})?(?:,?\s+{_YEAR}{_NO_COUNT})?", _day_of_month),
    (
        rf"(?<![\d.,:$£€-])\b{_ROUGHLY}(?:the\s+)?{_DAY}(?:{_TO}{_UNTIL})?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}{_NO_COUNT})?",
        _day_of_month,
    ),
    (
        r"(?<![\d./-])(?:(?P<year>(?:1[89]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
        r"|(?P<a>\d\d?)[./](?P<b>\d\d?)[./](?P<y>(?:19|20)\d\d))(?![\d/-])",
        _numeric,
    ),
    (
        rf"\b{_ROUGHLY}(?:(?P<which>(?i:last|this|next|this coming))\s+)?{_MONTH}"
        rf"(?:,?\s+(?:of\s+)?{_YEAR}{_NO_COUNT}|(?:,|\s+of)?\s+(?P<yearly>(?i:last|this|next))\s+(?i:year)\b)",
        _named_month,
    ),
    (rf"\b{_ROUGHLY}(?P<which>(?i:last|this|next|this coming))\s+{_MONTH}{_NO_YEAR}", _named_month),
    (rf"\b{_ROUGHLY}(?P<which>){_SURE_MONTH}{_NO_YEAR}", _named_month),
    (rf"\b{_IN}[\s-]+(?P<which>)(?P<t>{_UNSURE_MONTH}){_NO_YEAR}(?P<about>)", _named_month),
    (
        rf"\b{_OF}\s+(?P<which>)(?P<t>(?!May|MAY){_UNSURE_MONTH}){_NO_YEAR}(?P<about>)(?!\s+[A-Z])",
        _named_month,
    ),
    (
        r"(?<![Ee]ach )(?<!very )(?<!Black )(?<!Bloody )(?<!Good )(?<!Easter )(?<!Palm )(?<!Ash )(?<!Super )(?<!Cyber )"
        r"\b(?P<about>(?i:early(?: on)?|late(?: on)?|mid)[\s-]+)?"
        rf"(?:(?P<which>(?i:last|this|next|this coming|the coming|this past|this last|the previous|the following))\s+)?"
        rf"(?:(?P<ago>(?i:a week ago)\s+)(?:on\s+)?)?{_WEEKDAY}(?!(?:[’']s)?\s+{_PAPERS}|-[A-Z])"
        rf"(?:(?:\s+of)?\s+(?P<week>(?i:last|this|next|the previous|the following))\s+(?i:week)\b)?{_PART}",
        _weekday,
    ),
    (
        r"\b(?P<word>(?i:the day (?:before yesterday|after tomorrow)|yesterday|tonight|tomorrow"
        r"|this (?:morning|afternoon|evening)|last (?:night|evening)|overnight)"
        rf"|today|TODAY|(?<![\w,] )Today)\b{_PART}",
        _near_day,
    ),
    (
        r"\b(?:(?P<mod>(?i:earlier|later|late|early|mid|the (?:beginning|start|middle|end) of))[\s-]+)?"
        r"(?P<which>(?i:this past|this coming|this|last|next|the current|the coming))\s+"
        r"(?P<unit>week(?:end)?|month|quarter|year|decade|spring|summer|autumn|fall|winter)\b"
        r"(?!\s+(?:ago|of|to year)\b)",
        _near_unit,
    ),
    (
        r"\b(?P<mod>(?i:the (?:beginning|start|middle|end) of|earlier in|later in))\s+(?P<which>the)\s+"
        r"(?P<unit>week|month|year)\b(?!\s+(?:of|before|after|ended|ending|to)\b)",
        _near_unit,
    ),
    (r"\b(?P<mod>)(?P<which>(?i:the))\s+(?P<unit>(?i:weekend))\b(?!\s+(?:of|before|after)\b)", _near_unit),
    (
        rf"\b(?i:the\s+)?(?:(?i:early|late|mid)[\s-]+)?(?P<season>(?i:{_any(_SEASONS)}))"
        rf"(?:\s+of)?\s+{_YEAR}{_NO_COUNT}",
        _season,
    ),
    (
        r"\b(?i:in|during|since|by|until|through|over)\s+(?P<t>(?:the\s+)?(?:(?i:early|late)\s+)?"
        r"(?P<season>(?i:spring|summer|autumn|winter)|(?<=the )fall))\b(?P<year>)(?!\s+of\b|\s+[a-z]+s\b|[-’'])",
        _season,
    ),
    (
        r"\b(?i:the\s+)?(?:(?P<own>(?i:last|this|next)\s+(?i:year)[’']s)\s+|(?P<before>(?:19|20)\d\d)(?:[’']s)?\s+)?"
        r"(?i:fiscal[\s-])?(?P<nth>(?i:first|second|third|fourth))[\s-](?P<part>(?i:quarter|half))\b"
        rf"(?:(?:\s+of)?\s+(?:(?i:fiscal\s)?{_YEAR}|(?P<yearly>(?i:last|this|next))\s+(?i:year)\b))?",
        _part_of_year,
    ),
    (
        rf"\b{_ABOUT}(?<!(?i:half)[\s-])(?:(?i:half)\s(?=(?i:an hour|a minute)\b))?"  # not "half *a year ago*"
        rf"{_N}[\s-](?:(?i:full|short|long|whole)\s+)?{_UNITS}s?(?P<so>\s+(?i:or (?:so|more|two)))?"
        r"\s+(?P<way>(?i:ago|earlier|previously|beforehand|later|afterwards?|from now|hence)\b"
        r"|(?:before|after)(?=\s*[,.;:)”\"]|\s*\Z))(?!\s+than\b)",
        _ago,
    ),
    (
        rf"\b(?:(?i:an?|the)\s+)?(?P<about>)(?P<n>)(?P<so>){_UNITS}-(?P<way>(?i:ago|earlier))\b"
        r"(?:\s+(?:quarter|period|month|week|year)\b)?",
        _ago,
    ),
    (
        r"\b(?i:(?:that|(?:that|the|this) same|the (?:next|following|previous))\s+(?:day|week|month|year)"
        r"|the (?:day|week|month|year) (?:before|after)(?=\s*[,.;:)”\"]|\s*\Z))(?![\w-])",
        _beside,
    ),
    (
        rf"\b(?i:in|over|during|within|for)\s+(?P<t>(?i:the\s+)?(?i:last|past)\s+(?:{_N}[\s-])?{_UNITS}s?)\b(?!\s+of\b)",
        _past,
    ),
    (
        rf"\b(?:{_IN}|{_OF}(?=\s+\D{{0,16}}(?:19|20)\d\d\b))[\s-]+"
        rf"(?P<t>{_ABOUT}{_YEAR}(?:[-–/](?P<to>(?:20)?\d\d)\b)?){_NO_COUNT}",
        _plain_year,
    ),
    (
        rf"\b(?P<about>(?i:early|late|mid|around|circa|the (?:beginning|start|middle|end) of)[\s-]+(?:in\s+)?){_YEAR}"
        rf"(?P<to>){_NO_COUNT}",
        _plain_year,
    ),
    (rf"\(\s?(?P<t>{_YEAR}(?P<about>)(?:[-–/](?P<to>(?:20|19)?\d\d)\b)?)(?=[),;])", _plain_year),
    (rf"(?<![\w$£€.,-])(?P<t>{_YEAR}(?P<about>)[-–](?P<to>(?:20|19)\d\d)\b)", _plain_year),
    (
        r"\b(?i:the|an?|his|her|its|their|our|my|\w{1,30}[’']s)\s+(?:[a-z]{1,20}\s+)?"
        rf"(?P<t>(?P<year>19\d\d|20[0-3]\d)(?P<about>)(?P<to>))(?=[’']?s?\s+[A-Za-z]){_NO_COUNT}",
        _plain_year,
    ),
    (
        r"(?<![\w$£€])(?i:the\s+)?(?:(?i:early|late|mid)[\s-]+)?"
        rf"(?:[’'‘]?(?P<decade>(?:1[0-9]|20)\d0|(?<=[’'‘])[2-9]0)[’']?s\b"
        rf"|(?<=the |rly |ate |mid-)(?P<word>{_any(_DECADES)})\b)",
        _decade,
    ),
    (
        rf"\b(?:(?P<which>last|next|this)\s+)?(?P<holiday>{_any(_HOLIDAYS)})\b(?:,?\s+{_YEAR})?(?![’'-])",
        _holiday,
    ),
    (
        r"\b(?i:the\s+)?(?:(?i:early|late|mid)[\s-]+)?"
        rf"(?:(?P<n>[1-9]|1\d|2[01])(?:st|nd|rd|th)|(?P<nth>{_any(_CENTURIES)}))[\s-](?i:century)\b(?!-old)",
        _century,
    ),
    (rf"(?<![\w.,:$£€]){_CLOCK}", _clock),
)
_RULES = tuple((re.compile(pattern), rule) for pattern, rule in _PATTERNS)

# Which way the words beside a time look

_IRREGULAR = (  # participles
    "held|sent|set|put|met|made|told|brought|bought|sold|built|cut|found|kept|laid|led|left|lost|paid|read|run|shut|won"
    "|given|taken|shown|seen|begun|broken|chosen|done|driven|drawn|flown|fought|heard|sworn|thrown|written|buried"
)
_VERBS = re.compile(
    r"\b(?:(?P<ahead>(?:will|won[’']t|shall|would|due|expected|scheduled|set to|planned|plans?|planning|to be|is to"
    r"|are to|(?:was|were) to(?!\s+(?:have|blame)\b)|going to|upcoming|(?<!had )hoped to|hopes? to|hoping to|intends?"
    r"|may|should|might)\b(?:\s+(?:not|be|also|only|stay|remain|keep|go)\b){0,2}"
    rf"(?:\s+(?:[a-z]+ed|(?:(?<=\bbe )|(?<=\bstay )|(?<=\bkeep )|(?<=\bremain ))(?:{_IRREGULAR}))\b)?"
    r"|(?:set|slated) for\b"
    r"|(?:told|asked|invited|summoned)\s+(?:[\w’'-]+\s+){1,3}?to\s+(?:come|return|report|appear|be|go|attend)\b)"
    r"|[a-z]{2,20}ed|was|were|had|has|have|said|told|did|came|went|took|got|made|began|fell|rose|lost|met|died|won|left"
    r"|held|gave|found|saw|wrote|spoke|hit|broke|ran|put|sent|led|kept|brought|bought|sold|became|stood|shot|struck)\b"
    r"|[’'](?P<ahead_>ll)\b"
)
_AHEAD = re.compile(
    r"\b(?:by|until|till|as (?:soon|early|late) as|ahead of)\s+(?:the\s+)?"
    r"(?:[\d:.]{1,5}\s?[ap]\.?m\.?\s+(?:[A-Z]{3,4}\s+)?(?:on\s+)?|(?:noon|midnight)\s+(?:on\s+)?)?\Z"
)
# What was counted by a day was so before it: "had counted 58 cases by Thursday", "the toll had reached nine by noon".
_COUNTED_BY = re.compile(
    r"\b(?:(?:had|has|have)\s+(?:[a-z]+ly\s+|already\s+)?(?:been\s+)?(?!told|asked|order|promis|agree|plan|expect)"
    rf"(?:[a-z]+ed|risen|grown|fallen|{_IRREGULAR})|reached|rose|climbed|grew|stood|counted|registered|recorded)\b"
    r"(?:(?!\bto\s[a-z]|\b(?:must|will|would|should|that)\b)[^.;\n]){0,80}\bby\s+(?:the\s+)?\Z"
)
_CLAUSE = re.compile(r"[.!?;]\s|\n")


def _lean(text: str, start: int, end: int) -> int:
    """Whether the verb before a time (else the one behind it) in its sentence looks back or ahead."""
    before = text[max(0, start - BEFORE) : start]
    if _AHEAD.search(before[-40:]):
        return -1 if _COUNTED_BY.search(_CLAUSE.split(before)[-1]) else 1
    if text[end : end + 2] in ("’s", "'s"):
        return -1
    verbs = list(_VERBS.finditer(_CLAUSE.split(before)[-1]))
    verb = verbs[-1] if verbs else _VERBS.search(_CLAUSE.split(text[end : end + BEHIND], maxsplit=1)[0])
    if verb is None:
        return 0
    return 1 if verb["ahead"] or verb["ahead_"] else -1


# The whole

_SINCE = re.compile(r"\bsince\s+(?:the\s+|at least\s+)?\Z", re.I)
_LOOSELY = re.compile(r"\b(?:by|before|after|about|around)\s+(?:the\s+)?\Z", re.I)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?\Z", re.I)
_JOINED = re.compile(r"\s*[-–—]\s*|\s+(?:to|until|till|through|and)\s+(?:the\s+)?")
_CLOCK_THEN_DAY = re.compile(r",?\s+(?:on\s+|of\s+)?(?:the\s+)?")
_DAY_THEN_CLOCK = re.compile(r",?\s+(?:(?:at|around|about|shortly after|just before|just after)\s+){0,2}|\s*\(")
_DATE_BEHIND = re.compile(r",?\s+(?:the\s+)?")
_NAME_OF_DAY = re.compile(rf"(?:{_any(WEEKDAYS)})(?:\s\w+)?")


def times_in(text: str, published: str | None) -> list[Time]:
    """The times that a text names, in its order, none overlapping another, at most MOST; published: the day they are
    reckoned from, as ISO 8601 (what follows the day is not read)."""
    today = day_of(published)
    found = [(*m.span("t" if "t" in m.re.groupindex else 0), m, rule) for p, rule in _RULES for m in p.finditer(text)]
    found.sort(key=lambda f: (f[0], -f[1]))
    out: list[Time] = []
    end = 0
    for low, high, m, rule in found:
        if low < end:
            continue
        high -= len(text[low:high]) - len(text[low:high].rstrip(" \n\t-"))
        near = next((x for x in reversed(out[-4:]) if not _only_clock(x)), None)
        if near and low - near.end > NEAR:
            told = rule is _clock and low - near.end <= STORY
            near = near if told and today and timedelta() <= today - near.first <= timedelta(WEEK) else None
        context = _Context(
            today, _Value(near.first, near.last) if near else None, _lean(text, low, high) if today else 0
        )
        try:
            value = rule(m, context)
        except (ValueError, OverflowError):  # no such day, or none that the calendar knows
            continue
        if value is None:
            continue
        end = high
        before = text[max(0, low - 24) : low]
        last = max(value.last, today) if today and _SINCE.search(before) else value.last
        roughly = value.approximate or bool(_LOOSELY.search(before))
        out.append(Time(low, high, text[low:high], value.first, last, roughly, value.at))
        if len(out) > 1 and (joined := _joined(text, out[-2], out[-1])):
            out[-2:] = [joined]
        if len(out) == MOST:
            break
    return out


def other_day(one: str | None, other: str | None) -> bool:
    """Whether two dates, as documents carry them, are of different days; not where one is unknown. Two of different
    time zones are compared in one (UTC)."""
    try:
        a, b = (datetime.fromisoformat(x or "") for x in (one, other))
        if a.utcoffset() != b.utcoffset() and a.tzinfo and b.tzinfo:
            a, b = a.astimezone(UTC), b.astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return a.date() != b.date()


def day_of(published: str | None) -> date | None:
    """The day of a report's date, as a document carries it; None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _only_clock(t: Time) -> bool:
    """Whether it names a clock time and no day."""
    return t.at is not None and t.approximate


def _joined(text: str, a: Time, b: Time) -> Time | None:
    """Two neighbours as one: a clock time with its day, a weekday with its date, the ends of a range."""
    between = text[a.end : b.start]
    if len(between) > 40:
        return None
    words = text[a.start : b.end]
    one_day = b.first == b.last and a.first == a.last
    if one_day and _only_clock(a) and b.at is None and _CLOCK_THEN_DAY.fullmatch(between):
        return Time(a.start, b.end, words, b.first, b.last, b.approximate, a.at)
    if one_day and _only_clock(b) and a.at is None and _DAY_THEN_CLOCK.fullmatch(between):
        return Time(a.start, b.end, words, a.first, a.last, a.approximate, b.at)
    if one_day and _NAME_OF_DAY.fullmatch(a.text) and _DATE_BEHIND.fullmatch(between) and re.search(r"\d", b.text):
        return Time(a.start, b.end, words, b.first, b.last, b.approximate)
    opened = _BETWEEN.search(text[max(0, a.start - 16) : a.start])
    if opened and one_day and b.first < a.first and _NAME_OF_DAY.fullmatch(a.text) and _NAME_OF_DAY.fullmatch(b.text):
        next_one = a.first + timedelta((b.first - a.first).days % 7)
        b = b._replace(first=next_one, last=next_one)
    if _JOINED.fullmatch(between) and a.last <= b.first and (opened or "and" not in between):
        return Time(a.start, b.end, words, a.first, b.last, a.approximate or b.approximate, a.at)
    return None
