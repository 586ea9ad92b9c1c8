"""Claims -> the quantities they name, and whether two of them can both be true.

"276 girls" and "219 girls" cannot; "more than 200 girls" agrees with both. A later count of the same thing is an update
and no dispute: who compares knows the dates.
"""

import re
from itertools import zip_longest
from typing import NamedTuple

NUMBERS = {
    word: n
    for n, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        )
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_WORD = re.compile(r"\w+(?:[.,:]\d+)*(?:[’']\w+)?")
_WORD_NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|a dozen|dozens?|hundreds?)"
_BOUND = (
    r"(?:more than|over|at least|as many as|up to|fewer than|less than|under|nearly|almost|about|around|some|roughly"
    r"|approximately|an estimated)"
)
_QUANTITY = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s+)?(?<![\w.,])(?P<sign>[$€£])?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,15}}(?:\.\d{{1,9}})?|{_WORD_NUMBER})\b"
    r"(?:[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|percent|per cent|%))?"
    r"(?P<of>(?:[\s-]+[a-z][\w’'-]*){0,3})",
    re.I,
)
# fmt: off
_SMALL = frozenset((
    "of", "the", "a", "an", "and", "or", "other", "more", "new", "local", "alleged", "suspected", "people’s",
    "were", "was", "are", "is", "who", "had", "have", "in", "on", "at",
))
# fmt: on
_MOST = {"more than", "over", "at least"}
_LEAST = {"fewer than", "less than", "under", "up to", "as many as"}
MOST = 32  # quantities of a text that are looked at
ROUGH = 0.1  # share by which figures given as "about" or "nearly" may differ and still agree
YEARS = range(1900, 2100)  # four-digit numbers without a unit are taken for years


def numbers(text: str) -> frozenset[float]:
    """The numbers that a text names, in figures or words."""
    out: set[float] = set()
    found = [w.lower() for w in _WORD.findall(text)]
    for w, behind in zip_longest(found, found[1:], fillvalue=""):
        if w[0].isdecimal():
            try:
                n = float(w.replace(",", ""))
            except ValueError:  # a time of day, a list of figures
                continue
        elif w in NUMBERS:
            n = float(NUMBERS[w])
        else:
            continue
        out.add(n * SCALES.get(behind, 1))
    return frozenset(out)


class Quantity(NamedTuple):
    """So many of something: the least and the most that is said, and the first letters of the nouns it counts."""

    low: float
    high: float
    of: frozenset[str]


def quantities(text: str) -> list[Quantity]:
    """What a text counts, with what follows each number; bare numbers and years are left out."""
    out = []
    for m in _QUANTITY.finditer(text):
        values = numbers(m["number"])
        if not values:
            continue
        value = min(values)
        scale = (m["scale"] or "").lower()
        value *= SCALES.get(scale, 1)
        of = {w[:5] for w in re.findall(r"[a-z’']+", m["of"].lower()) if w not in _SMALL}
        if scale in ("percent", "per cent", "%"):
            of = {"percent"}
        if m["sign"]:
            of = {m["sign"]}
        year = value in YEARS and len(m["number"]) == 4 and not m["sign"] and "percent" not in of
        if not of or year:
            continue
        bound = (m["bound"] or "").strip().lower()
        low, high = value, value
        if bound in _MOST:
            high = float("inf")
        elif bound in _LEAST:
            low = 0.0
        elif bound:
            low, high = value * (1 - ROUGH), value * (1 + ROUGH)
        out.append(Quantity(low, high, frozenset(of)))
        if len(out) == MOST:
            break
    return out


def conflict(a: list[Quantity], b: list[Quantity]) -> bool:
    """Whether two texts count the same thing and none of what one says of it fits what the other says."""
    found = False
    for x in a:
        for y in b:
            if x.of & y.of:
                if x.low <= y.high and y.low <= x.high:
                    return False
                found = True
    return found
