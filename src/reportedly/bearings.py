"""Pairs of claims -> what tells whether both answer one question, and alike.

Where each claim stands, who says it, what both share and what stands around them. `Judge.answers` turns it into
probabilities; the trainer is shown the same. Nothing tells how many claims or reports a case has: the trees would know
the cases they learned from by it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Bools, Floats, Longs
from .claims import words_of_claim
from .identity import Identities
from .nearness import likeness, weighed
from .pairing import Phrase, facts, shared
from .quantities import conflict, quantities
from .records import Claim, Report, Source

Pairs = Sequence[tuple[int, int]]

NAMES = (
    "own words", "words around", "one report", "one passage", "unlike positions", "one doubts", "both attributed",
    "figures conflict", "shared of shorter", "shared of longer", "one negates", "both negate", "one denies",
    "both deny", "near", "less near", "one speaker", "one speaker, one report", "both the report's voice",
    "one the report's voice", "both named", "one names the other", "both name the other", "distance in the report",
    "earlier place", "shorter", "longer", "nearer rank", "farther rank", "both predict", "one asks", "both quoted",
)  # fmt: skip
OWN_WORDS, CONFLICT = NAMES.index("own words"), NAMES.index("figures conflict")
PASSAGE = 250  # characters within which two claims are of one passage
NEAR, LESS_NEAR = 300.0, 1500.0  # characters over which nearness falls to a third
OWN = 3  # times that a claim's own words count beside those around it
LETTERS = 4  # least letters of a surname by which a claim may name another's speaker
_WORD = re.compile(r"[\w-]+")


class _Claims(NamedTuple):
    """What is told of each claim alone, claim by claim."""

    document: Longs
    speaker: Longs
    author: Bools
    named: Bools
    attributed: Bools
    start: Longs
    end: Longs
    place: Floats
    length: Floats
    position: npt.NDArray[np.str_]
    quoted: Bools
    surname: list[str]


def bearings(
    claims: Sequence[Claim],
    phrases: Mapping[str, Phrase],
    reports: Sequence[Report],
    people: Identities,
    pairs: Pairs,
) -> Floats:
    """What tells whether two claims answer one question, and alike: [pairs, NAMES].

    people: who is who across the reports; pairs: the claims' numbers."""
    if not pairs:
        return np.zeros((0, len(NAMES)), np.float32)
    i, j = np.array(pairs, np.int64).T
    words = [words_of_claim(c).lower() for c in claims]
    told = _told(claims, words, reports, people)
    known = [facts(phrases[c.id]) for c in claims]
    counted = [quantities(words_of_claim(c)) for c in claims]
    own, around, rank = _nearness(words, [phrases[c.id].setting.around for c in claims], i, j)
    one = told.document[i] == told.document[j]
    gap = np.maximum(0, np.maximum(told.start[i] - told.end[j], told.start[j] - told.end[i]))
    speaker = told.speaker[i] == told.speaker[j]
    doubting = np.isin(told.position, ("denies", "doubts"))
    asks, predicts = told.position == "asks", told.position == "predicts"
    said = [frozenset(_WORD.findall(w)) for w in words]
    forth = np.array([told.surname[b] in said[a] for a, b in pairs], bool)
    back = np.array([told.surname[a] in said[b] for a, b in pairs], bool)
    near, far = np.minimum(rank[0], rank[1]), np.maximum(rank[0], rank[1])
    short, long = np.minimum(told.length[i], told.length[j]), np.maximum(told.length[i], told.length[j])
    columns = (
        own,
        around,
        one,
        one & (np.abs(told.start[i] - told.start[j]) < PASSAGE),
        told.position[i] != told.position[j],
        doubting[i] | doubting[j],
        told.attributed[i] & told.attributed[j],
        [conflict(counted[a], counted[b]) for a, b in pairs],
        *np.array([shared(known[a], known[b]) for a, b in pairs], np.float32).T,
        np.where(one, np.exp(-gap / NEAR), 0),
        np.where(one, np.exp(-gap / LESS_NEAR), 0),
        speaker,
        speaker & one,
        told.author[i] & told.author[j],
        told.author[i] != told.author[j],
        told.named[i] & told.named[j],
        forth | back,
        forth & back,
        np.abs(told.place[i] - told.place[j]),
        np.minimum(told.place[i], told.place[j]),
        np.log1p(short),
        np.log1p(long),
        np.log1p(near),
        np.log1p(far),
        predicts[i] & predicts[j],
        asks[i] | asks[j],
        told.quoted[i] & told.quoted[j],
    )
    return np.stack([np.asarray(c, np.float32) for c in columns], 1)


def _told(claims: Sequence[Claim], words: Sequence[str], reports: Sequence[Report], people: Identities) -> _Claims:
    number = {r.document.id: k for k, r in enumerate(reports)}
    size = {r.document.id: max(1, len(r.document.text)) for r in reports}
    sources = {s.id: s for r in reports for s in r.sources}
    person = {s: k for k, group in enumerate(people.groups) for s in group.sources}
    others = {s: len(people.groups) + k for k, s in enumerate(sources)}

    def who(k: int, claim: Claim) -> int:
        """A number for the speaker; one that nobody else has where there is none."""
        return person.get(claim.speaker or "", others.get(claim.speaker or "", -1 - k))

    spoken = [sources.get(c.speaker or "") for c in claims]
    return _Claims(
        document=np.array([number[c.document] for c in claims]),
        speaker=np.array([who(k, c) for k, c in enumerate(claims)]),
        author=np.array([bool(s and s.kind == "author") for s in spoken]),
        named=np.array([bool(s and s.named) for s in spoken]),
        attributed=np.array([c.attribution is not None for c in claims]),
        start=np.array([c.spans[0].start for c in claims]),
        end=np.array([c.spans[-1].end for c in claims]),
        place=np.array([c.spans[0].start / size[c.document] for c in claims], np.float32),
        length=np.array([len(w.split()) for w in words], np.float32),
        position=np.array([c.position for c in claims]),
        quoted=np.array(["“" in w or '"' in w for w in words]),
        surname=[_surname(s) for s in spoken],
    )


def _nearness(
    words: Sequence[str], settings: Sequence[str], i: Longs, j: Longs
) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
    """Of each pair the cosines of the claims' own words and of those around them, and how many claims are nearer to the
    one than the other is, both ways."""
    own, around = weighed(words), weighed(settings)
    mine, other = np.concatenate((i, j)), np.concatenate((j, i))  # every pair seen from both sides
    cosines, rank = np.zeros((2, len(mine)), np.float32), np.zeros(len(mine), np.float32)
    order = np.argsort(mine, kind="stable")
    bounds = np.searchsorted(mine[order], np.arange(len(words) + 1))
    a, b = np.zeros((2, len(words)), np.float32)  # cosines with claim k: 0 with those that share nothing with it
    for k in np.unique(mine).tolist():
        at = order[bounds[k] : bounds[k + 1]]
        by_own, like = likeness(own, k)
        a[by_own] = like
        by_around, like = likeness(around, k)
        b[by_around] = like
        one, two = a[other[at]], b[other[at]]
        every = np.concatenate((by_own, by_around[a[by_around] == 0]))
        asked, near = OWN * one + two, OWN * a[every] + b[every]
        near = np.sort(near[near > asked.min()])
        rank[at] = len(near) - np.searchsorted(near, asked, "right")
        cosines[:, at] = one, two
        a[every] = b[every] = 0
    return cosines[0, : len(i)], cosines[1, : len(i)], (rank[: len(i)], rank[len(i) :])


def _surname(source: Source | None) -> str:
    """The last word of a speaker's name, "" where there is none that tells."""
    if source is None or source.kind in ("author", "document", "unknown"):
        return ""
    last = source.name.lower().split()[-1:]
    found = _WORD.findall(last[0]) if last else []
    return found[0] if found and len(found[0]) >= LETTERS else ""
