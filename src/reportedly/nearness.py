"""Texts -> those of them that share rare words, by which the pairs worth judging are found: so the work grows with the
texts and not with their square.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .arrays import Floats, Ints

NEIGHBOURS, MORE_NEIGHBOURS = 24, 64  # claims that each claim is compared with at least, and at most
FEW_PAIRS = 50_000  # pairs up to which more of them are compared
COMMONEST = 400  # claims that may share a word by which candidates are found: commoner words tell little
_WORD = re.compile(r"\w+")
# fmt: off
EMPTY = frozenset((
    "the", "a", "an", "of", "and", "in", "for", "to", "on", "at", "by", "with", "from", "that", "this", "it",
    "its", "is", "are", "was", "were", "be", "been", "being", "as", "has", "have", "had", "he", "she", "they",
    "his", "her", "their", "them", "him", "we", "our", "you", "your", "i", "my", "me", "said", "say", "says",
    "will", "would", "could", "should", "can", "may", "might", "do", "does", "did", "but", "or", "if", "than",
    "then", "there", "so", "about", "into", "over", "after", "before", "up", "out", "who", "which", "what",
    "when", "where", "not", "no",
))
_COMMON = EMPTY | {
    "us", "nor", "all", "any", "some", "more", "most", "other", "one", "also", "just", "only", "very", "new",
    "now",
}
# fmt: on


def stems(words: Sequence[str]) -> list[str]:
    """Words by their first six letters, those that say nothing left out."""
    return [w[:6] for w in words if w not in _COMMON and len(w) > 1]


class Weighed(NamedTuple):
    """The words of claims, weighed by how rare they are: claim by claim the numbers and weights of its words.

    sums, turns: room in which `likeness` works, for each claim."""

    numbers: list[Ints]
    weights: list[Floats]
    claims_of: list[Ints]
    weights_of: list[Floats]
    sums: Floats
    turns: Ints


def weighed(texts: Sequence[str]) -> Weighed:
    """Each text's words with unit-length tf-idf weights, and for each word the texts that have it."""
    bags = [Counter(stems(_WORD.findall(t.lower()))) for t in texts]
    spread: Counter[str] = Counter(w for bag in bags for w in bag)
    number = {w: i for i, w in enumerate(sorted(spread))}
    numbers, weights = [], []
    for bag in bags:
        at = np.array([number[w] for w in bag], np.int32)
        rarity = [(1 + math.log(n)) * math.log(1 + len(texts) / spread[w]) for w, n in bag.items()]
        weight = np.array(rarity, np.float32)
        numbers.append(at)
        weights.append(weight / (float(np.linalg.norm(weight)) or 1.0))
    of: list[list[int]] = [[] for _ in number]
    size: list[list[float]] = [[] for _ in number]
    for i, (at, weight) in enumerate(zip(numbers, weights, strict=True)):
        for w, x in zip(at.tolist(), weight.tolist(), strict=True):
            of[w].append(i)
            size[w].append(x)
    claims_of, weights_of = [np.array(x, np.int32) for x in of], [np.array(x, np.float32) for x in size]
    room = np.zeros(len(texts), np.float32), np.zeros(len(texts), np.int32)
    return Weighed(numbers, weights, claims_of, weights_of, *room)


def likeness(words: Weighed, i: int) -> tuple[Ints, Floats]:
    """The texts that share with text i a word that not all have, each once, and the cosine of each with it over such
    words. Nothing is done for the others."""
    shared = [
        (words.claims_of[w], x * words.weights_of[w])
        for w, x in zip(words.numbers[i].tolist(), words.weights[i].tolist(), strict=True)
        if len(words.claims_of[w]) <= COMMONEST
    ]
    if not shared:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    at = np.concatenate([claims for claims, _ in shared])
    np.add.at(words.sums, at, np.concatenate([weights for _, weights in shared]))
    words.sums[i] = 0
    turn = np.arange(len(at), dtype=np.int32)
    words.turns[at] = turn  # the last of each text's turns is kept: so each stands once
    near = at[words.turns[at] == turn]
    like = words.sums[near]
    words.sums[near] = 0
    return near[like > 0], like[like > 0]


def candidates(texts: Sequence[str], most: int | None = None) -> list[tuple[int, int]]:
    """Pairs worth judging: each text with the `most` that share the rarest words with it; by default more of them where
    there are few texts."""
    if most is None:
        most = max(NEIGHBOURS, min(MORE_NEIGHBOURS, 2 * FEW_PAIRS // max(1, len(texts))))
    words = weighed(texts)
    out: set[tuple[int, int]] = set()
    for i in range(len(texts)):
        near, like = likeness(words, i)
        if len(near) > most:
            best = like >= np.partition(like, -most)[-most]
            near, like = near[best], like[best]
        for j in near[np.lexsort((near, -like))[:most]].tolist():
            out.add((min(i, j), max(i, j)))
    return sorted(out)
