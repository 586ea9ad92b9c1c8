"""Pairs of claims -> how they stand to each other: supports, disputes, related, or nothing to do with each other.

The judge, a small model, reads two phrases together (`pairing.py`) and gives calibrated probabilities. Beside it stand
what a report says itself (`stated.py`) and figures that do not agree (`quantities.py`). `candidates` finds the pairs
worth asking about, so that the work grows with the claims and not with their square.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .engine import session
from .pairing import EMPTY, Phrase, features, marks

Floats = npt.NDArray[np.float32]
MODELS = Path(__file__).parent / "models" / "relations"
LABELS = ("supports", "disputes", "related", "unrelated")
SUPPORTS, DISPUTES, RELATED, UNRELATED = range(4)
AT_ONCE = 6000  # pieces of phrases judged together
NEIGHBOURS = 24  # claims that each claim is compared with
COMMONEST = 400  # claims that may share a word by which candidates are found: commoner words tell little
_WORD = re.compile(r"\w+")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How scores become relations; chosen on dev, kept in the card. temperature: what log odds are divided by. bias:
    added to each label's. disputes, supports: least probability of each to be said. same: least probability of support
    at which two answers to one question are the same."""

    temperature: float = 1.0
    bias: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    disputes: float = 0.5
    supports: float = 0.5
    same: float = 0.5


class Judge:
    """The model with its settings; one may serve many cases, one after another."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        """`threads`: how many processor threads it may use."""
        self.model = session(folder / "judge.onnx", threads)
        card = msgspec.json.decode((folder / "card.json").read_bytes())
        self.settings = msgspec.convert(card["settings"], Settings)
        self.digest: str = card["files"]["judge.onnx"]

    def probabilities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Floats:
        """Calibrated probabilities of LABELS for each pair, the mean of both orders: [pairs, 4]."""
        out = np.zeros((len(pairs), 4), np.float32)
        sizes = [len(a.roles) + len(b.roles) for a, b in pairs]
        order = sorted(range(len(pairs)), key=lambda i: (sizes[i], i))
        low = 0
        while low < len(order):
            high = low + 1
            while high < len(order) and (high + 1 - low) * sizes[order[high]] <= AT_ONCE:
                high += 1
            at = order[low:high]
            for swap in (False, True):
                out[at] += self._scores([pairs[i][::-1] if swap else pairs[i] for i in at]) / 2
            low = high
        return out

    def _scores(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Floats:
        """Probabilities of pairs in one order."""
        size = max(len(a.roles) + len(b.roles) for a, b in pairs)
        states = np.zeros((len(pairs), size, pairs[0][0].states.shape[1]), np.float32)
        mark, mask = np.zeros((len(pairs), size), np.int64), np.zeros((len(pairs), size), np.float32)
        for i, (a, b) in enumerate(pairs):
            k, n = len(a.roles), len(a.roles) + len(b.roles)
            states[i, :k], states[i, k:n] = a.states, b.states
            mark[i, :n], mask[i, :n] = marks(a, b), 1
        told = np.stack([features(a, b) for a, b in pairs])
        (scores,) = self.model.run(None, {"states": states, "marks": mark, "mask": mask, "features": told})
        z = scores / self.settings.temperature + np.array(self.settings.bias, np.float32)
        e = np.exp(z - z.max(-1, keepdims=True))
        return np.asarray(e / e.sum(-1, keepdims=True), np.float32)

    def kind(self, probabilities: Floats) -> tuple[str, float]:
        """The label of a pair and its probability: supports and disputes only where they are sure enough to be said."""
        s = self.settings
        p = [float(x) for x in probabilities]
        if p[DISPUTES] >= s.disputes and p[DISPUTES] >= p[SUPPORTS]:
            return "disputes", p[DISPUTES]
        if p[SUPPORTS] >= s.supports and p[SUPPORTS] > p[DISPUTES]:
            return "supports", p[SUPPORTS]
        rest = p[SUPPORTS] + p[DISPUTES] + p[RELATED]
        return ("related", rest) if rest >= p[UNRELATED] else ("unrelated", p[UNRELATED])


@cache
def default_judge() -> Judge:
    """The shipped judge, loaded once."""
    return Judge()


def stems(words: Sequence[str]) -> list[str]:
    """Words by their first six letters, those that say nothing left out."""
    return [w[:6] for w in words if w not in _COMMON and len(w) > 1]


_COMMON = EMPTY | {
    "us",
    "nor",
    "all",
    "any",
    "some",
    "more",
    "most",
    "other",
    "one",
    "also",
    "just",
    "only",
    "very",
    "new",
    "now",
}


class Words(NamedTuple):
    """The words of claims, weighed by how rare they are: claim by claim the numbers and weights of its words."""

    numbers: list[npt.NDArray[np.int32]]
    weights: list[Floats]
    claims_of: list[npt.NDArray[np.int32]]
    weights_of: list[Floats]


def words_of(texts: Sequence[str]) -> Words:
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
    return Words(numbers, weights, [np.array(x, np.int32) for x in of], [np.array(x, np.float32) for x in size])


def likeness(words: Words, i: int) -> Floats:
    """The cosine of text i with every text, over words that not all have."""
    total = np.zeros(len(words.numbers), np.float32)
    for w, x in zip(words.numbers[i].tolist(), words.weights[i].tolist(), strict=True):
        at = words.claims_of[w]
        if len(at) <= COMMONEST:
            total[at] += x * words.weights_of[w]
    total[i] = 0
    return total


def candidates(texts: Sequence[str], most: int = NEIGHBOURS) -> list[tuple[int, int]]:
    """Pairs worth judging: each text with the `most` that share the rarest words with it."""
    words = words_of(texts)
    out: set[tuple[int, int]] = set()
    for i in range(len(texts)):
        like = likeness(words, i)
        best = np.argsort(-like, kind="stable")[:most]
        out.update((min(i, j), max(i, j)) for j in best.tolist() if like[j] > 0)
    return sorted(out)
