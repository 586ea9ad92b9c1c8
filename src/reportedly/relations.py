"""Pairs of claims -> how they stand to each other: supports, disputes, related, or nothing to do with each other.

A small network, the judge, reads the pieces of both one after the other, and is told what can be counted of them
(`pairing.py`). Of two claims of a case trees that know their bearings (`bearings.py`) tell first whether they answer
one question, and alike; the judge reads those pairs that may. Beside stand what a report says itself (`stated.py`) and
figures that do not agree (`figures.py`).
"""

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from .arrays import Floats, softmax
from .engine import Session, session
from .pairing import AROUND, BEFORE, COUNTED, FEW_BESIDE, LONGEST, MOST_BESIDE, REACH, Phrase, features, framed
from .pieces import vectors_of

MODELS = Path(__file__).parent / "models" / "relations"
PIECES = MODELS.parent / "reader"  # whose vectors of pieces the judge reads
LABELS = ("supports", "disputes", "related", "unrelated")
SUPPORTS, DISPUTES, RELATED, UNRELATED = range(4)
NEITHER, ALIKE, OTHERWISE = range(3)  # how two claims of a case answer one question
LEAST = 1e-3  # probability that is taken for none


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How scores become relations; chosen on dev, kept in the card. claims, report: offsets of the labels where two
    texts are judged, or a text and a whole report; sharpness: what log probabilities of two texts are multiplied by
    before. disputes, supports: least probability of each to be said. same: least probability of support at which two
    answers to one question are the same. Of two claims of a case, alike and otherwise: least probability that they
    answer one question so, for it to be said that they support or dispute each other; one_question: that they answer
    one, for it to be said that they are related. trees: factor of the trees' log odds, and what is then added to those
    of alike and otherwise. both: the same where the judge read the pair: factor of the trees', factor of the judge's,
    the two added."""

    claims: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    report: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    sharpness: float = 1.0
    disputes: float = 0.5
    supports: float = 0.5
    same: float = 0.4
    alike: float = 0.35
    otherwise: float = 0.5
    one_question: float = 0.4
    trees: tuple[float, float, float] = (1.0, 0.0, 0.0)
    both: tuple[float, float, float, float] = (0.5, 0.5, 0.0, 0.0)


class Pair(NamedTuple):
    """Two phrases to be judged. report: whether one of them stands for a whole report."""

    a: Phrase
    b: Phrase
    report: bool = False


class Judge:
    """The models with their settings; one may serve many cases, one after another."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        """`threads`: how many processor threads it may use."""
        self.judge = session(folder / "judge.onnx", threads)
        self.vectors = vectors_of(PIECES)
        self._folder, self._threads = folder, threads
        card = msgspec.json.decode((folder / "card.json").read_bytes())
        self.settings = msgspec.convert(card["settings"], Settings)
        # Of what `compared` depends on, which the trees and the settings are no part of.
        read = (card["files"]["judge.onnx"], card["pieces"], COUNTED, AROUND, LONGEST, FEW_BESIDE, REACH, BEFORE)
        self.digest = hashlib.sha256(repr(read).encode()).hexdigest()
        self.pieces = str(card["pieces"])  # digest of the vectors of pieces that it was trained on

    @cached_property
    def trees(self) -> Session:
        """Those of `answers`, loaded when they are first asked: pairs outside a case do not need them."""
        return session(self._folder / "answers.onnx", self._threads)

    def probabilities(self, pairs: Sequence[Pair]) -> Floats:
        """Calibrated probabilities of LABELS for each pair, the same in both orders: [pairs, 4]."""
        if not pairs:
            return np.zeros((0, 4), np.float32)
        s = self.settings
        one = softmax(np.stack([self._read(p.a, p.b)[0] for p in pairs]))
        other = softmax(np.stack([self._read(p.b, p.a)[0] for p in pairs]))
        offsets = np.array([s.report if p.report else s.claims for p in pairs], np.float32)
        times = np.array([[1.0 if p.report else s.sharpness] for p in pairs], np.float32)
        return softmax(np.log((one + other) / 2 + LEAST) * times + offsets)

    def compared(self, pairs: Sequence[Pair]) -> Floats:
        """What the judge makes of claims of a case: log odds of NEITHER, ALIKE, OTHERWISE [pairs, 3], in the order in
        which the two are given. Of what stands around them it sees less than otherwise, for there are many."""
        return np.stack([self._read(p.a, p.b, FEW_BESIDE)[1] for p in pairs]) if pairs else np.zeros((0, 3), np.float32)

    def _read(self, a: Phrase, b: Phrase, beside: int = MOST_BESIDE) -> tuple[Floats, Floats]:
        """The judge's scores of LABELS [4], and of NEITHER, ALIKE, OTHERWISE [3]. One pair at a time, so that none
        depends on its neighbours (activations are quantised by the tensor)."""
        ids, marks = framed(a, b, beside)
        told = {"vectors": self.vectors[ids][None], "marks": marks[None], "features": features(a, b)[None]}
        four, three = self.judge.run(["scores", "answers"], told)
        return np.asarray(four[0], np.float32), np.asarray(three[0], np.float32)

    def odds(self, told: Floats) -> Floats:
        """What the trees make of the bearings of pairs: log odds of NEITHER, ALIKE, OTHERWISE [pairs, 3]."""
        if not len(told):
            return np.zeros((0, 3), np.float32)
        (odds,) = self.trees.run(None, {"bearings": told})
        return np.asarray(odds, np.float32)

    def answers(self, odds: Floats, read: Floats | None = None) -> Floats:
        """For each pair the probabilities that its claims answer no question in common, one alike, and one otherwise:
        [pairs, 3]. odds: the trees'; read: what the judge makes of them, NaN where it did not read them."""
        times, *added = self.settings.trees
        scores = odds * np.float32(times) + np.array((0.0, *added), np.float32)
        if read is not None:
            known = ~np.isnan(read[:, 0])
            few, many, *added = self.settings.both
            scores[known] = few * odds[known] + many * read[known] + np.array((0.0, *added), np.float32)
        return softmax(scores)

    def kind(self, probabilities: Floats, report: bool = False) -> tuple[str, float]:
        """The label of a pair and its probability: of two claims that they support, or else dispute, each other only
        where that is probable enough; of a claim and a report whatever is likeliest."""
        s = self.settings
        p = [float(x) for x in probabilities]
        if report:
            return max(zip(LABELS, p, strict=True), key=lambda x: x[1])
        if p[SUPPORTS] >= s.supports:
            return "supports", p[SUPPORTS]
        if p[DISPUTES] >= s.disputes:
            return "disputes", p[DISPUTES]
        rest = p[SUPPORTS] + p[DISPUTES] + p[RELATED]
        return ("related", rest) if rest >= p[UNRELATED] else ("unrelated", p[UNRELATED])


@cache
def default_judge() -> Judge:
    """The shipped judge, loaded once."""
    return Judge()
