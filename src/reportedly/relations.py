"""Pairs of claims -> how they stand to each other: supports, disputes, related, or nothing to do with each other.

A forest hears what is told of two claims (`pairing.py`); where little is known of them, a small network reads both. The
same network reads each claim alone and gives its meaning, a vector. Whether two claims answer one question, and alike,
is told by trees that know their bearings (`bearings.py`). Beside stand what a report says itself (`stated.py`) and
figures that do not agree (`quantities.py`). `candidates` finds the pairs worth asking about, so that the work grows
with the claims and not with their square.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .engine import Session, session
from .pairing import (
    BEFORE,
    CONTENT,
    EMPTY,
    LONGEST,
    LONGEST_ALONE,
    MATCHES,
    MOST_BESIDE,
    PAIR_FEATURES,
    SORTS,
    Alone,
    Phrase,
    features,
    marks,
)

Floats = npt.NDArray[np.float32]
MODELS = Path(__file__).parent / "models" / "relations"
LABELS = ("supports", "disputes", "related", "unrelated")
SUPPORTS, DISPUTES, RELATED, UNRELATED = range(4)
AT_ONCE = 6000  # pieces of phrases judged together
MEANING = 96  # numbers of a claim's meaning
MEANT = -1  # which of the bearings tells how near two meanings are
NEIGHBOURS, MORE_NEIGHBOURS = 24, 64  # claims that each claim is compared with at least, and at most
FEW_PAIRS = 50_000  # pairs up to which more of them are compared
LEAST = 1e-3  # probability that is taken for none
COMMONEST = 400  # claims that may share a word by which candidates are found: commoner words tell little
_WORD = re.compile(r"\w+")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How scores become relations; chosen on dev, kept in the card. claims, report: offsets of the labels where two
    texts are judged, or a text and a whole report. temperature, bias: what the forest's log odds are divided by, and
    what is added to each label's. disputes, supports: least probability of each to be said. same: least probability of
    support at which two answers to one question are the same. Of two claims of a case, alike and otherwise: least
    probability that they answer one question so, for it to be said that they support or dispute each other;
    one_question: that they answer one, for it to be said that they are related. nearness: what the trees' log odds are
    multiplied by, then slope and constant by which the nearness of meanings adds to those of alike, and of
    otherwise."""

    claims: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    report: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    temperature: float = 1.0
    bias: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    disputes: float = 0.5
    supports: float = 0.5
    same: float = 0.4
    alike: float = 0.35
    otherwise: float = 0.4
    one_question: float = 0.4
    nearness: tuple[float, float, float, float, float] = (1.0, 0.0, 0.0, 0.0, 0.0)


class Pair(NamedTuple):
    """Two phrases to be judged. report: whether one of them stands for a whole report."""

    a: Phrase
    b: Phrase
    report: bool = False

    @property
    def reported(self) -> bool:
        """Whether both are claims of somebody or of known documents: then what is told of them tells much."""
        places = self.a.setting.document and self.b.setting.document
        return not self.report and bool(places or (self.a.cue and self.b.cue))


class Judge:
    """The models with their settings; one may serve many cases, one after another.

    Reported claims go to the forest, which only hears what is told of them (`pairing.features`): what the claims and
    their surroundings share, whether they are of one report, how far apart in time, what their cues and negations are.
    Bare texts and whole reports go to the judge, which reads both. On our dev pairs the judge added nothing to the
    forest (`training/LOG.md`)."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        """`threads`: how many processor threads it may use."""
        self.judge, self.forest, self.meaning = (
            session(folder / f"{name}.onnx", threads) for name in ("judge", "forest", "meaning")
        )
        self._folder, self._threads = folder, threads
        card = msgspec.json.decode((folder / "card.json").read_bytes())
        self.settings = msgspec.convert(card["settings"], Settings)
        # What a score depends on: both models, and how their log odds are made probabilities.
        calibration = repr((self.settings.temperature, self.settings.bias, self.settings.claims))
        files = card["files"]["judge.onnx"] + card["files"]["forest.onnx"]
        self.digest = hashlib.sha256((files + calibration).encode()).hexdigest()
        # What a meaning depends on: the layers that read a claim, and how it is shown to them.
        shown = (LONGEST, LONGEST_ALONE, MOST_BESIDE, BEFORE)
        meant = (card["files"]["judge.onnx"], card["files"]["meaning.onnx"], card["reader"], shown)
        self.meant_by = hashlib.sha256(repr(meant).encode()).hexdigest()
        self.reader = str(card["reader"])  # digest of the reader whose states are read

    @cached_property
    def trees(self) -> Session:
        """Those of `answers`, loaded when they are first asked: they are fitted on what the others make of cases."""
        return session(self._folder / "answers.onnx", self._threads)

    def probabilities(self, pairs: Sequence[Pair]) -> Floats:
        """Calibrated probabilities of LABELS for each pair, the same in both orders: [pairs, 4]."""
        if not pairs:
            return np.zeros((0, 4), np.float32)
        s = self.settings
        told = np.stack([features(p.a, p.b) for p in pairs])
        heard = np.array([p.reported for p in pairs])
        z = np.zeros((len(pairs), 4), np.float32)
        if heard.any():
            told[:, 0] = np.where(heard, 0, told[:, 0])  # the forest knows no states
            (p,) = self.forest.run(["probabilities"], {"features": told[heard]})
            z[heard] = np.log(p + LEAST) / s.temperature + np.array(s.bias, np.float32)
        if not heard.all():
            read = np.flatnonzero(~heard)
            z[read] = self._judged([pairs[int(i)] for i in read], told[read])
        return _softmax(z)

    def _judged(self, pairs: Sequence[Pair], told: Floats) -> Floats:
        """The judge's log probabilities, the mean of both orders, with the offsets of what is judged added to them."""
        out = np.zeros((len(pairs), 4), np.float32)
        sizes = [len(p.a.roles) + len(p.b.roles) for p in pairs]
        order = sorted(range(len(pairs)), key=lambda i: (sizes[i], i))
        low = 0
        while low < len(order):
            high = low + 1
            while high < len(order) and (high + 1 - low) * sizes[order[high]] <= AT_ONCE:
                high += 1
            at = order[low:high]
            for swap in (False, True):
                some = [(pairs[i].b, pairs[i].a) if swap else (pairs[i].a, pairs[i].b) for i in at]
                out[at] += _softmax(self._scores(some, told[at])) / 2
            low = high
        offsets = [self.settings.report if p.report else self.settings.claims for p in pairs]
        return np.asarray(np.log(out + LEAST) + np.array(offsets), np.float32)

    def _scores(self, pairs: Sequence[tuple[Phrase, Phrase]], told: Floats) -> Floats:
        """The judge's scores of pairs in one order."""
        size = max(len(a.roles) + len(b.roles) for a, b in pairs)
        states = np.zeros((len(pairs), size, pairs[0][0].states.shape[1]), np.float32)
        mark, mask = np.zeros((len(pairs), size), np.int64), np.zeros((len(pairs), size), np.float32)
        for i, (a, b) in enumerate(pairs):
            k, n = len(a.roles), len(a.roles) + len(b.roles)
            states[i, :k], states[i, k:n] = a.states, b.states
            mark[i, :n], mask[i, :n] = marks(a, b), 1
        (scores,) = self.judge.run(["scores"], {"states": states, "marks": mark, "mask": mask, "features": told})
        return np.asarray(scores, np.float32)

    def meanings(self, phrases: Sequence[Alone]) -> Floats:
        """What each claim speaks of, read alone in its surroundings: unit vectors [n, MEANING]. Those of claims that
        answer one question are near each other. One at a time, so that none depends on its neighbours (activations are
        quantised by the tensor)."""
        out = np.zeros((len(phrases), MEANING), np.float32)
        for row, (states, roles) in zip(out, phrases, strict=True):
            shown = {
                "states": states[None].astype(np.float32), "marks": roles[None].astype(np.int64) * MATCHES * SORTS,
                "mask": np.ones((1, len(roles)), np.float32), "features": np.zeros((1, PAIR_FEATURES), np.float32),
            }  # fmt: skip
            (seen,) = self.judge.run(["seen"], shown)
            own = roles == CONTENT
            parts = (seen[0, 0], _mean(seen[0, 1:][own]), _mean(seen[0, 1:][~own]), _mean(states[own]))
            row[:] = self.meaning.run(None, {"pooled": np.concatenate(parts)[None]})[0][0]
        return out

    def answers(self, told: Floats) -> Floats:
        """For each pair, by its bearings, the probabilities that its claims answer no question in common, one alike,
        and one otherwise: [pairs, 3]."""
        if not len(told):
            return np.zeros((0, 3), np.float32)
        (scores,) = self.trees.run(None, {"bearings": told[:, :MEANT]})
        times, *lines = self.settings.nearness
        scores = scores * np.float32(times)
        for k, (slope, constant) in enumerate((lines[:2], lines[2:]), 1):
            scores[:, k] += slope * told[:, MEANT] + constant
        return _softmax(scores)

    def kind(self, probabilities: Floats, report: bool = False) -> tuple[str, float]:
        """The label of a pair and its probability: supports and disputes of two claims only where they are sure enough
        to be said; of a claim and a report whatever is likeliest."""
        s = self.settings
        p = [float(x) for x in probabilities]
        if report:
            return max(zip(LABELS, p, strict=True), key=lambda x: x[1])
        if p[DISPUTES] >= s.disputes and p[DISPUTES] >= p[SUPPORTS]:
            return "disputes", p[DISPUTES]
        if p[SUPPORTS] >= s.supports and p[SUPPORTS] > p[DISPUTES]:
            return "supports", p[SUPPORTS]
        rest = p[SUPPORTS] + p[DISPUTES] + p[RELATED]
        return ("related", rest) if rest >= p[UNRELATED] else ("unrelated", p[UNRELATED])


def _mean(x: npt.NDArray[np.floating]) -> Floats:
    """The mean row; 0 where there is none."""
    return np.asarray(x.astype(np.float32).sum(0) / max(1, len(x)), np.float32)


def _softmax(z: Floats) -> Floats:
    e = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


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


def candidates(texts: Sequence[str], most: int | None = None) -> list[tuple[int, int]]:
    """Pairs worth judging: each text with the `most` that share the rarest words with it; by default more of them where
    there are few texts."""
    if most is None:
        most = max(NEIGHBOURS, min(MORE_NEIGHBOURS, 2 * FEW_PAIRS // max(1, len(texts))))
    words = words_of(texts)
    out: set[tuple[int, int]] = set()
    for i in range(len(texts)):
        like = likeness(words, i)
        best = np.argsort(-like, kind="stable")[:most]
        out.update((min(i, j), max(i, j)) for j in best.tolist() if like[j] > 0)
    return sorted(out)
