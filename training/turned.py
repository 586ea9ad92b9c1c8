"""Pairs of claims -> pairs made of them by a rule: a claim against its negation, against itself with another figure,
and against itself. Labelled pairs of reported claims hold few so plain, and a judge that learns from them alone takes
"the bridge is safe" to support "the bridge is not safe"."""

import random
import re
from collections.abc import Iterable, Iterator

import msgspec

from reportedly.pairing import Side

from .labels import Labelled

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|does|do|did)\b(?P<not> not\b|n[’']t\b)?", re.I
)
_WITHIN = re.compile(r"\b(?:who|which|that|whose|if|when|because|while|where|whether)\b|[,;:?“”\"—]", re.I)
_FIGURE = re.compile(r"(?<![\w.,$-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w.,-]*\d)(?=[\s%.,;]|$)")
_DAY_BEFORE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? $|[§#№] ?$")
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b", re.I)
_LATEST = 60  # characters before a verb that may be the claim's own
# Shares of the pairs: those whose second claim is turned and not the first one's own words; that are negated and not
# given another figure; that are turned on both sides, too; and that are shown without anything around them.
TWO, NEGATED, BOTH, BARE = 0.7, 0.65, 0.3, 0.5


def negated(text: str) -> str | None:
    """A claim with its first verb negated, or no longer so; None where that is not plainly its own verb."""
    found = _AUXILIARY.search(text)
    if found is None or found.start() > _LATEST or _WITHIN.search(text, 0, found.start()):
        return None
    if found["not"]:
        return text[: found.start("not")] + text[found.end("not") :]
    return f"{text[: found.end()]} not{text[found.end() :]}"


def refigured(text: str, rng: random.Random) -> str | None:
    """A claim with another figure in the place of its first; None where it has none but years and days."""
    for m in _FIGURE.finditer(text):
        value = int(m.group().replace(",", ""))
        if 1900 <= value <= 2100 or _DAY_BEFORE.search(text, max(0, m.start() - 10), m.start()):
            continue
        other = max(1, round(value * rng.choice((0.4, 0.6, 1.5, 2.0, 3.0)))) + (value < 3)
        return f"{text[: m.start()]}{other:,}{text[m.end() :]}" if other != value else None
    found = _IN_WORDS.search(text)
    if found is None:
        return None
    word = rng.choice([w for w in _SMALL if w != found.group().lower()])
    return text[: found.start()] + word + text[found.end() :]


def with_text(side: Side, text: str) -> Side:
    """A side that says something else in the same place."""
    return msgspec.structs.replace(side, text=text, context=(side.context or "").replace(side.text, text, 1) or None)


def bare(side: Side) -> Side:
    """What a side says, and nothing of where or by whom."""
    return Side(side.text)


def turned(pairs: Iterable[Labelled], seed: int = 0) -> Iterator[Labelled]:
    """Of two claims that surely support each other, and of one of other pairs with itself: the two, one with the other
    turned (they dispute each other), and now and then both turned (they support each other)."""
    rng = random.Random(seed)
    for a, b, label, sure in pairs:
        if sure < 3 or " … " in a.text + b.text:
            continue
        other = b if label == "supports" and rng.random() < TWO else a
        against = negated(other.text) if rng.random() < NEGATED else refigured(other.text, rng)
        if against is None:
            continue
        made = [(a, other, "supports"), (a, with_text(other, against), "disputes")]
        if rng.random() < BOTH and (mine := negated(a.text)) and (theirs := negated(other.text)):
            made.append((with_text(a, mine), with_text(other, theirs), "supports"))
        alone = rng.random() < BARE
        for x, y, kind in made:
            yield Labelled(bare(x) if alone else x, bare(y) if alone else y, kind, 2)
