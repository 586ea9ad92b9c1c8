"""Pairs of texts outside any case, as they are given -> how they stand to each other."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from .intake import whole
from .pairing import LONGEST, Phrase, Surroundings, contrary, passage, phrase
from .pieces import Pieces, cut
from .reader import default_reader
from .relations import DISPUTES, RELATED, SUPPORTS, UNRELATED, Judge, Pair, default_judge
from .times import other_day

Four = tuple[float, float, float, float]


class Side(msgspec.Struct, frozen=True):
    """One text of a pair as it is given: a claim, with who said it by which words and the text around it where they are
    known, or a whole report. " … " stands where a claim's words are broken."""

    text: str
    source: str | None = None
    cue: str | None = None
    context: str | None = None
    doc: str | None = None
    date: str | None = None
    title: str | None = None

    def setting(self) -> Surroundings:
        """Where it stands."""
        return Surroundings(self.doc or "", (self.date or "")[:10], self.title or "", self.context or self.text)


class Placed(NamedTuple):
    """A side in one text: where its content, cue and source lie."""

    text: str
    content: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    source: list[tuple[int, int]]


def placed(side: Side) -> Placed:
    """A side in the text around it; where that does not hold its words, in a text of source, cue and words."""
    parts = [p for p in side.text.split(" … ") if p]
    around = side.context or ""
    if not parts or not all(p in around for p in parts):
        around = " ".join(x for x in (side.source, side.cue, side.text) if x)
    content = [(at, at + len(p)) for p in parts if (at := around.find(p)) >= 0] or [(0, len(around))]
    first = content[0][0]
    cue, source = (_nearest(around, words, first) for words in (side.cue, side.source))
    return Placed(around, content, cue, source)


def _nearest(text: str, words: str | None, place: int) -> list[tuple[int, int]]:
    """Where each part of some words stands nearest to a place."""
    out = []
    for part in (words or "").split(" … "):
        starts = [m.start() for m in re.finditer(re.escape(part), text)] if part else []
        if starts:
            at = min(starts, key=lambda x: abs(x - place))
            out.append((at, at + len(part)))
    return out


def relate(pairs: Sequence[tuple[Side, Side]], judge: Judge | None = None) -> list[tuple[str, Four]]:
    """How the texts of each pair stand to each other: supports, disputes, related or unrelated, and the probability of
    each. A text may be a claim or a whole report, of which the sentences nearest to the other text are read."""
    judge = judge or default_judge()
    seen: dict[str, Pieces] = {}

    def pieces_of(text: str) -> Pieces:
        if text not in seen:
            seen[text] = cut(text, default_reader().tokenizer)
        return seen[text]

    def phrase_of(side: Side, other: Side) -> tuple[Phrase | None, bool]:
        side = Side(*(whole(x) if x else x for x in msgspec.structs.astuple(side)))
        if not any(map(str.isalnum, side.text)):
            return None, False
        text, content, cue, source = placed(side)
        pieces = pieces_of(text)
        long = len(pieces) > 2 * LONGEST and content == [(0, len(text))]
        if long:
            content = passage(text, pieces, other.text)
        return phrase(text, pieces, content, cue, source, side.setting()), long

    out: list[tuple[str, Four]] = [("unrelated", (0.0, 0.0, 0.0, 1.0))] * len(pairs)
    able: dict[int, Pair] = {}
    for i, (one, other) in enumerate(pairs):
        (a, long), (b, longer) = phrase_of(one, other), phrase_of(other, one)
        if a and b:
            able[i] = Pair(a, b, long or longer)
    for i, p in zip(able, judge.probabilities(list(able.values())), strict=True):
        one, other = pairs[i]
        figures = not other_day(one.date, other.date)  # else another figure is an update
        if p[SUPPORTS] > p[DISPUTES] and contrary(one.text, other.text, one.cue or "", other.cue or "", figures):
            p = p[[DISPUTES, SUPPORTS, RELATED, UNRELATED]]  # what the judge learns from holds hardly any so plain
        supports, disputes, related, unrelated = (round(float(x), 4) for x in p)
        out[i] = judge.kind(p, able[i].report)[0], (supports, disputes, related, unrelated)
    return out
