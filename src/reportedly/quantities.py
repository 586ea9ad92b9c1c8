"""Claims -> the quantities they name, and whether two of them can both be true.

"276 girls" and "219 girls" cannot; "more than 200 girls" agrees with both. A later count of the same thing is an update
and no dispute: who compares knows the dates.
"""

import re
from collections.abc import Iterable
from itertools import product, zip_longest
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
_SHORT_SCALES = {"mn": 10**6, "bn": 10**9, "tn": 10**12, "m": 10**6, "k": 1000}
_WORD = re.compile(r"\w+(?:[.,:]\d+)*(?:[’']\w+)?")
_ONES = "|".join(w for w, n in NUMBERS.items() if n < 20)
_TENS = "|".join(w for w, n in NUMBERS.items() if n >= 20)
_SMALL_NUMBER = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|(?:{_ONES}))"
_IN_WORDS = (
    rf"(?:(?:{_SMALL_NUMBER}|a)[\s-]hundred(?:\s(?:and\s)?{_SMALL_NUMBER})?|{_SMALL_NUMBER}"
    r"|a(?=\s(?:dozen|thousand|[mbtr]+illion)\b))"
)
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,15}}(?:\.\d{{1,9}})?|{_IN_WORDS})"
# How a figure is bounded: it may be more, it may be fewer, or it is rough.
_BOUNDS = {
    "more than": "more", "over": "more", "at least": "more", "upwards of": "more", "no fewer than": "more",
    "no less than": "more", "not fewer than": "more", "not less than": "more",
    "fewer than": "fewer", "less than": "fewer", "under": "fewer", "up to": "fewer", "as many as": "fewer",
    "at most": "fewer", "no more than": "fewer", "not more than": "fewer",
    "nearly": "rough", "almost": "rough", "about": "rough", "around": "rough", "some": "rough", "roughly": "rough",
    "approximately": "rough", "an estimated": "rough",
}  # fmt: skip
_SIGNS = "$€£"
_BOUND = "|".join(sorted(_BOUNDS, key=len, reverse=True))
_WORD_BEHIND = r"(?:(?!\s(?:and|but)\s(?:kill|injur|wound|hurt))[\s-]+[a-z][\w’'-]*)"


def _pattern(sign: str, clear: str, no: str, scales: str, short: str) -> re.Pattern[str]:
    """Finds quantities. sign: of money; clear: characters that no number stands behind; no: what does not follow it;
    scales, short: what may stand behind it, apart or not."""
    ends = rf"(?:\b|(?=(?:{scales})\b)){no}"
    return re.compile(
        r"(?:\b(?P<verb>r[io]se\w*|rising|fell|falls?|falling|rais\w+|cut|grew|grow\w*|went|going|chang\w+|increas\w+"
        r"|dropp\w+|climb\w+)\s+)?"
        rf"(?:\b(?P<harm>kill|injur|wound|hurt)\w*\s+)?(?:\b(?P<bound>{_BOUND})\s+)?(?:\b(?P<lead>between|from)\s+)?"
        rf"(?<![{clear}])(?<!half )(?P<sign>{sign})?(?P<number>{_NUMBER}){ends}"
        rf"(?:(?:\s(?:to|and)\s|\s?[-–]\s?)(?P<upper>(?:{sign})?{_NUMBER}){ends})?"  # noqa: RUF001
        rf"(?:[\s-]*(?P<scale>dozen|thousand|million|billion|trillion|[mb]n|percent|per cent|%{short}))?"
        rf"(?P<of>{_WORD_BEHIND}{{0,3}}(?P<aside>,\s[^,.;\n]{{1,50}},)?(?P<then>{_WORD_BEHIND}{{0,3}}))",
        re.I,
    )


_QUANTITY = _pattern(f"[{_SIGNS}]", r"\w.,", "", "[mb]n", "")
# More closely: "US$9m", "3.5m people" are read, "04:20", "0420 GMT", "9 a.m." and "4 March" are not.
_CLOSELY = _pattern(
    rf"(?:US|A|C)?[{_SIGNS}]",
    r"\w.,:",
    r"(?!:\d|\s?(?:[ap]\.?m\b|(?:GMT|UTC|BST|E[SD]T|CES?T|local time|hours (?:GMT|UTC|local))\b)"
    r"|\s(?:of\s)?(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)",
    "[mbt]n|[mk]",
    r"|tn|(?<=\d)[mk]\b(?(sign)|(?=\s[a-z]{3})(?!\s(?:above|apart|away|below|breast|deep|down|from|high|hurdles|long"
    r"|north|off|of|race|relay|south|sprint|tall|up|wide)\b))",
)
# fmt: off
_SMALL = frozenset((
    "of", "the", "a", "an", "and", "or", "other", "more", "new", "local", "alleged", "suspected", "people’s",
    "in", "on", "at", "to", "as", "for",
))
_ENDS_NOUN = frozenset(("were", "was", "are", "is", "who", "had", "have", "has", "been", "being", "be"))
_ENDS_NOUN_TOO = _ENDS_NOUN | {"from", "by", "in", "at", "on", "off", "near"}  # where it is read more closely
_HARM = {
    **dict.fromkeys(("kill", "killed", "dead", "die", "died", "dying", "deaths", "fatalities"), "dead"),
    **dict.fromkeys(("injur", "injured", "wound", "wounded", "hurt", "injuries"), "hurt"),
}
# fmt: on
# First letters of several of a thing -> of one; other plurals are told by their endings.
_ONE = {"peopl": "perso", "men": "man", "women": "woman"}
_PART = re.compile(
    r"\s+of\s+(?:the|those|these|them|whom)\b", re.I
)  # of a part the whole may be more: "11 of the hurt"
MOST = 32  # quantities of a text that are looked at
ROUGH = 0.1  # share by which figures given as "about" or "nearly" may differ and still agree
YEARS = 1900, 2099  # whole figures of four digits from one to the other are years, but for money and percent


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
    """So many of something: the least and the most that is said, the first letters of the nouns it counts, and of what
    is said to have become of them ("nine people were *hurt*")."""

    low: float
    high: float
    of: frozenset[str]
    became: frozenset[str] = frozenset()


def quantities(text: str) -> list[Quantity]:
    """What a text counts, with what follows each number; bare numbers and years are left out. The judge of relations
    learned from these as they are: what is compared otherwise reads more closely (`quantities_at`)."""
    return [q for _, q in _found(_QUANTITY, text)]


def quantities_at(text: str) -> list[tuple[int, int, Quantity]]:
    """What a text counts, each with where its number begins and where the words behind it that may be counted end:
    short scales and signs ("US$9m") are read, clock times and dates are none, and one and many of a thing are named
    alike ("one person", "two people")."""
    found = _found(_CLOSELY, text)
    return [(m.start("number"), m.end("of"), q._replace(of=frozenset(map(_one, q.of)))) for m, q in found]


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[re.Match[str], Quantity]]:
    out: list[tuple[re.Match[str], Quantity]] = []
    at = 0
    while len(out) < MOST and (m := pattern.search(text, at)):
        ranged = bool(m["upper"]) and _joins_range(m)
        at = m.end("of") if ranged or not m["upper"] else m.start("upper")
        if not ranged and m["upper"]:  # "rose from nine to twelve", "nine and twelve": the second is read by itself
            continue
        if found := _quantity(m):
            out.append((m, found))
    return out


def _one(stem: str) -> str:
    """The first letters of one of what some first letters name: of "lorri", "girls", "bodie" those of one."""
    if stem.endswith("s") and not stem.endswith("ss"):
        stem = stem[:-1]
    for end in ("ie", "i"):
        if stem.endswith(end) and len(stem) > len(end) + 1:
            stem = stem.removesuffix(end) + "y"
    return _ONE.get(stem, stem)


def _joins_range(m: re.Match[str]) -> bool:
    """Whether two numbers are the ends of one stretch: joined by "to" or a dash, or by "and" behind "between"; but
    "rose from nine to twelve" is a change."""
    joint = m.string[m.end("number") : m.start("upper")].strip().lower()
    return (m["lead"] or "").lower() == "between" or (joint != "and" and not m["verb"])


def _quantity(m: re.Match[str]) -> Quantity | None:
    scale = (m["scale"] or "").lower()
    ends = _ENDS_NOUN_TOO if m.re is _CLOSELY else _ENDS_NOUN
    of, became = _counted(m["of"].removesuffix(m["then"]).removesuffix(m["aside"] or "").lower(), ends)
    became = became or _counted(m["then"].lower(), ends)[1]  # "seven people, among them two guards, died"
    if m["harm"]:
        became = became | {_HARM[m["harm"].lower()]}
    signed = re.match(rf"[a-z]{{0,2}}[{_SIGNS}]", m["sign"] or m["upper"] or "", re.I)
    sign = signed[0].upper().removeprefix("US") if signed else ""
    if scale in ("percent", "per cent", "%"):
        of, became = frozenset(("percent",)), frozenset()
    elif sign:
        of, became = frozenset((sign,)), frozenset()
    times = (SCALES | _SHORT_SCALES).get(scale, 1)
    bounds = sorted(value_of(re.split(f"[{_SIGNS}]", x)[-1]) * times for x in (m["number"], m["upper"]) if x)
    low, high = bounds[0], bounds[-1]
    year = YEARS[0] <= low <= YEARS[1] and len(m["number"]) == 4 and not sign and "percent" not in of
    if not (of or became) or year:
        return None
    bound = _BOUNDS.get(" ".join((m["bound"] or "").lower().split()))
    if not bound and m.re is _CLOSELY and _PART.match(m["of"]):
        bound = "more"
    if bound == "more":
        high = float("inf")
    elif bound == "fewer":
        low = 0.0
    elif bound:
        low, high = low * (1 - ROUGH), high * (1 + ROUGH)
    return Quantity(low, high, of, became)


def _counted(behind: str, ends: frozenset[str] = _ENDS_NOUN) -> tuple[frozenset[str], frozenset[str]]:
    """Of the words behind a number: the nouns counted, and what became of them."""
    of: list[str] = []
    became: list[str] = []
    ended = False
    for w in re.findall(r"[a-z’']+", behind):
        if w in NUMBERS or w in SCALES:
            break
        if w in _HARM:
            became.append(_HARM[w])
            ended = True
        elif (w in ends and (of or w in _ENDS_NOUN)) or (of and w.endswith("ed")):
            ended = True
        elif w not in _SMALL and not ended:
            of.append(w[:5])
    return frozenset(of), frozenset(became)


def value_of(number: str) -> float:
    """The value of a number in figures or words: 1,200, "twenty-five", "two hundred and fifty"."""
    if number[0].isdecimal():
        return float(number.replace(",", ""))
    total = 0.0
    for word in re.findall(r"[a-z]+", number.lower()):
        if word == "hundred":
            total *= 100
        else:
            total += 1 if word == "a" else NUMBERS.get(word, 0)
    return total


def conflict(a: list[Quantity], b: list[Quantity]) -> bool:
    """Whether two texts count the same thing and none of what one says of it fits what the other says."""
    found = False
    for x in a:
        for y in b:
            if same_thing(x, y):
                if x.low <= y.high and y.low <= x.high:
                    return False
                found = True
    return found


def of_people_harmed(a: Iterable[Quantity], b: Iterable[Quantity]) -> bool:
    """Whether two texts count dead or hurt people who may be the same: "seven people died", "19 people were killed"."""
    return any(x.became & y.became and same_thing(x, y) for x, y in product(a, b))


def same_thing(x: Quantity, y: Quantity) -> bool:
    """Whether two quantities may count one thing: by the nouns; where one has none, by what became of them ("nine
    hurt", "eleven people were hurt", but not "two workers died", "nine people had died")."""
    if x.became and y.became and not x.became & y.became:
        return False
    return bool(x.of & y.of) if x.of and y.of else bool(x.became & y.became)
