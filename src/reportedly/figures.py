"""Two texts with their days -> how their figures differ.

"Nine people were hurt" and "twelve people were hurt" cannot both be true; but cases in Upper and in Lower Marl,
suspected and confirmed ones, Dutch and Danish sailors, those of Monday and of Friday are different things.
"""

import re
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from .quantities import Quantity, quantities_at, same_thing
from .times import MONTHS, WEEKDAYS, Time, times_in

_UNIT = re.compile(
    r"[\s-]+((?:nautical |square |sq |cubic )?(?:mile|kilomet|met|feet|foot|ft|yard|km|tonne|ton|kilo|kg|hectare|acre"
    r"|minute|hour|day|week|month|year)(?:re|er|gram)?s?)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|\s[-–—]\s|[()\n]|\s(?:while|whereas|and|but)\s(?=\S+\s(?:in|at|near)\s)"
)  # noqa: RUF001
_OPENING = re.compile(r"(?:On|In|At|By|As of|Since|Near|Across)\s[^,.;:]{2,40}")
_NAMED = r"[A-Z][\w’'-]*(?:\s(?:(?:of|de|del|la|al|el|upon)\s)?[A-Z][\w’'-]*){0,3}"
_PLACE = re.compile(rf"\b(in|at|near|from|across|around|outside|throughout)\s(?:the\s)?({_NAMED})", re.M)
_KIND = re.compile(rf"\s({_NAMED})\s[a-z]")
_DOUBTED = re.compile(r"\b(?:suspected|probable|possible|presumed|feared)\b", re.I)
_CONFIRMED = re.compile(r"\b(?:confirm(?:ed|s)|verified)\b", re.I)
_CALENDAR = frozenset(w.lower() for w in (*WEEKDAYS, *MONTHS))


class Figure(NamedTuple):
    """So many of something, with what is said of it. unit: of measure, "" where it counts; kind: the names among the
    nouns it counts ("14 *Dutch* sailors"); places: by preposition; sure: whether it is said to be confirmed, None where
    it is not said; times: when."""

    quantity: Quantity
    unit: str
    kind: frozenset[str]
    places: tuple[tuple[str, frozenset[str]], ...]
    sure: bool | None
    times: tuple[Time, ...]


@lru_cache(8192)
def figures(text: str, day: str | None = None) -> tuple[Figure, ...]:
    """The figures of a text; day: from which its times are reckoned (ISO 8601)."""
    found = quantities_at(text)
    named = [t for t in times_in(text, day) if t.at is None or not t.approximate] if found else []
    breaks = [m.span() for m in _CLAUSE.finditer(text)] if found else []
    return tuple(_figure(text, *x, named, breaks) for x in found)


def _figure(
    text: str, start: int, end: int, quantity: Quantity, named: list[Time], breaks: list[tuple[int, int]]
) -> Figure:
    low = max((b for _, b in breaks if b <= start), default=0)
    high = min((a for a, _ in breaks if a >= start), default=len(text))
    behind = text[start:end]
    unit = _UNIT.search(behind)
    opening = [m.span() for m in _OPENING.finditer(text) if m.end() + 2 >= low > m.end()]
    if opening and text[opening[0][1] : low].strip() == ",":
        low = opening[0][0]
    clause = text[low:high]
    doubted, confirmed = _DOUBTED.search(clause) is not None, _CONFIRMED.search(clause) is not None
    kind = _KIND.search(behind)
    return Figure(
        quantity,
        unit[1].lower().rstrip("s") if unit and not re.search(r"\s", behind[: unit.start()]) else "",
        frozenset(kind[1].lower().split()) if kind and len(behind[: kind.start()].split()) < 2 else frozenset(),
        tuple(
            (m[1], words)
            for m in _PLACE.finditer(clause)
            if (words := frozenset(m[2].lower().split())) and not words & _CALENDAR
        ),
        confirmed if doubted != confirmed else None,
        tuple(t for t in named if low <= t.start < high),
    )


Difference = Literal["", "values", "update", "unlike"]


def difference(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Difference:
    """How the figures of two texts differ: "values" where both count the same thing and none of what one says of it
    fits what the other says, "update" where they count it at other times, "unlike" where what they count is called the
    same but is of other places, kinds or certainty; "" where they do not, or count nothing in common."""
    found: set[Difference] = set()
    for x, y in product(a, b):
        if x.unit != y.unit or not same_thing(x.quantity, y.quantity):
            continue
        one = _one_thing(x, y)
        if x.quantity.low > y.quantity.high or y.quantity.low > x.quantity.high:
            found.add("unlike" if not one else "values" if _one_time(x, y) else "update")
        elif one:
            return ""
    order: tuple[Difference, ...] = ("values", "update", "unlike")
    return next((d for d in order if d in found), "")


def _one_thing(x: Figure, y: Figure) -> bool:
    """Whether what two figures count under one name is one thing, as far as is said."""
    if (x.kind and y.kind and not x.kind & y.kind) or {x.sure, y.sure} == {True, False}:
        return False
    for how in {how for how, _ in x.places} & {how for how, _ in y.places}:
        one, other = ([words for h, words in f.places if h == how] for f in (x, y))
        if not any(p <= q or q <= p for p, q in product(one, other)):
            return False
    return True


def _one_time(x: Figure, y: Figure) -> bool:
    """Whether two figures are of times that meet, as far as is said."""
    return not (x.times and y.times) or any(
        s.first <= t.last and t.first <= s.last for s, t in product(x.times, y.times)
    )
