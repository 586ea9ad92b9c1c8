"""Mentions -> whom they may mean, and what kind of source they are. The model that `sources.py` asks.

It reads the states the reader had anyway (`reader.py`), so that a document is encoded once. Trained by
`training/train_resolver.py`.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Floats, Longs
from .engine import session
from .mentions import FORMS, Mention, names_in
from .pieces import Pieces, Window, ends_of, word_at
from .records import KINDS

MODELS = Path(__file__).parent / "models" / "resolver"

REACH, AFTER = 60, 4  # mentions before and after one that may be whom it means
# Mentions in question that are ranked together: one by one the engine's calls take longer than their work. Scores are
# worked out in 8 bits of the range of all of them, so that they differ a little (.02) by what is ranked beside.
AT_ONCE = 32
DISTANCES = (0, 3, 6, 10, 15, 22, 30, 40, 55, 75, 100, 140, 200, 300, 450, 700)  # words, where buckets end
# distance and side, form of both, words shared, how often it is spoken of, its part in the attributions, mentions
# between
FEATURE_SIZES = (2 * (len(DISTANCES) + 1), len(FORMS) ** 2, 4, 5, 5, 8)


class Candidate(NamedTuple):
    """A mention with what the ranker is told of it. speaks: the number of the attribution whose source it is, or -1;
    inside: the number of the innermost attribution in whose content it lies, or -1."""

    mention: Mention
    word: int
    speaks: int = -1
    inside: int = -1


@lru_cache(1 << 14)  # names and "the officials" come again and again
def content_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that say something, lower-case, without possessive endings."""
    words = (w.strip(".,;:()[]“”\"‘’'").lower().removesuffix("’s").removesuffix("'s") for w in phrase.split())
    return tuple(w for w in words if w and w not in _EMPTY)


# fmt: off
_EMPTY = frozenset((
    "the", "a", "an", "of", "and", "in", "for", "to", "his", "her", "their", "its", "this", "that", "these",
    "those", "by", "with", "mr", "mrs", "ms",
))
# fmt: on


def candidates(places: Sequence[Candidate], i: int) -> list[int]:
    """Which of the places, in order of text, may be whom the i-th means."""
    low, high = max(0, i - REACH), min(len(places), i + AFTER + 1)
    me = places[i].mention
    return [
        j
        for j in range(low, high)
        if j != i and not (places[j].mention.start < me.end and me.start < places[j].mention.end)
    ]


class Features:
    """What the ranker is told of pairs of places of one text."""

    def __init__(self, text: str, places: Sequence[Candidate]) -> None:
        words = [content_words(text[p.mention.start : p.mention.end]) for p in places]
        self.word, self.speaks, self.inside = (
            np.array([(p.word, p.speaks, p.inside) for p in places], np.int64).reshape(-1, 3).T
        )
        self.form = np.array([FORMS.index(p.mention.form) for p in places], np.int64)
        self.words = [frozenset(w) for w in words]
        # Phrases and last words by number, 0 where a place has no words.
        numbers: dict[tuple[str, ...], int] = {(): 0}
        self.phrase = np.array([numbers.setdefault(w, len(numbers)) for w in words], np.int64)
        self.last = np.array([numbers.setdefault(w[-1:], len(numbers)) for w in words], np.int64)
        # Where each last word stands, as one sorted line: a stretch of places for each word.
        self.ending = np.sort(self.last * (len(places) + 1) + np.arange(len(places)))

    def of(self, i: Longs, j: Longs) -> Longs:
        """The features of each of the places i with the place of j beside it: [pairs, features]."""
        behind = np.where(self.word[j] <= self.word[i], 0, len(DISTANCES) + 1)
        own, other = self.last[i], self.last[j]
        met = [not self.words[a].isdisjoint(self.words[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)]
        alike = 1 + (own == other) + (self.phrase[i] == self.phrase[j])
        word = other * (len(self.word) + 1)
        spoken = self.ending.searchsorted(word + i, "right") - self.ending.searchsorted(word)
        me, them = self.speaks[i], self.speaks[j]
        part = np.where(them >= 0, np.where((me >= 0) & (them == me - 1), 1, 2), 0)
        part[(part == 0) & (self.inside[i] >= 0) & (self.inside[j] == self.inside[i])] = 4
        part[(me >= 0) & (self.inside[j] == me)] = 3
        return np.stack(
            [
                np.searchsorted(DISTANCES, np.abs(self.word[i] - self.word[j]), "right") + behind,
                self.form[i] * len(FORMS) + self.form[j],
                np.where(met, alike, 0),
                np.where(other > 0, np.minimum(spoken, 4), 0),
                part,
                np.minimum(np.abs(i - j) - 1, 7),
            ],
            1,
        )


class Sight:
    """What the resolver saw of one text, the names and a vector for every word piece, and what it makes of them."""

    def __init__(self, resolver: "Resolver") -> None:
        self._resolver = resolver
        self._pieces: Pieces | None = None
        self._tags: list[npt.NDArray[np.int8]] = []
        self._vectors: list[npt.NDArray[np.float16]] = []

    def see(self, pieces: Pieces, window: Window, states: Floats) -> None:
        """Take in the reader's states [1, n, states] of the next window; only its core is kept."""
        tags, vectors = self._resolver.resolver.run(None, {"states": states})
        self._pieces = pieces
        self._tags.append(tags[0, window.core].argmax(-1).astype(np.int8))
        self._vectors.append(vectors[0, window.core].astype(np.float16))

    def names(self, text: str) -> list[Mention]:
        """The names in the text seen, in order."""
        if self._pieces is None:
            return []
        p, tags = self._pieces, np.concatenate(self._tags)
        heads = np.flatnonzero(np.append(True, p.word[1:] != p.word[:-1]))
        ends = p.end[np.append(heads[1:], len(p)) - 1]
        return names_in(text, tags[heads].tolist(), p.start[heads].tolist(), ends.tolist())

    def word(self, character: int) -> int:
        """The number of the word at a character of the text."""
        assert self._pieces is not None
        return word_at(self._pieces, character)

    def vectors(self, mentions: Sequence[Mention]) -> Floats:
        """The vectors of mentions, that of the first and that of the last piece: [mentions, 2 * vector]."""
        assert self._pieces is not None
        everything = self._whole()
        first, last = ends_of(self._pieces, [m.start for m in mentions], [m.end for m in mentions])
        return np.concatenate((everything[first], everything[last]), -1).astype(np.float32)

    def heads(self, starts: Longs, ends: Longs) -> Floats:
        """The vector of the first piece of each stretch of characters [start, end): [stretches, vector]."""
        assert self._pieces is not None
        first, _ = ends_of(self._pieces, starts, ends)
        return self._whole()[first].astype(np.float32)

    def _whole(self) -> npt.NDArray[np.float16]:
        """The vectors of all pieces, put together when they are first asked for."""
        if len(self._vectors) > 1:
            self._vectors = [np.concatenate(self._vectors)]
        return self._vectors[0]

    def ranked(self, text: str, places: Sequence[Candidate], asked: Mapping[int, Sequence[int]]) -> dict[int, Floats]:
        """How much likelier (in logits) it is that a place means each of those that it may mean than that it means
        nobody spoken of so far. places: of the text seen, in order of text; asked: for each place in question, by
        number, those that it may mean."""
        out = {i: np.zeros(0, np.float32) for i in asked}
        some = [(i, js) for i, js in asked.items() if len(js)]
        if not some:
            return out
        features, vectors = Features(text, places), self.vectors([p.mention for p in places])
        for now in (some[n : n + AT_ONCE] for n in range(0, len(some), AT_ONCE)):
            sizes = [len(js) for _, js in now]
            i, j = np.repeat([i for i, _ in now], sizes), np.concatenate([js for _, js in now])
            used, at = np.unique((i, j), return_inverse=True)
            anaphor, antecedent = at.reshape(2, -1)
            given = {"mentions": vectors[used], "anaphor": anaphor, "antecedent": antecedent}
            (scores,) = self._resolver.ranker.run(None, {**given, "features": features.of(i, j)})
            likelier = np.split(scores[:, 0] - scores[:, 1], np.cumsum(sizes)[:-1])
            out.update(zip([i for i, _ in now], likelier, strict=True))
        return out

    def kinds(self, mentions: Sequence[Mention]) -> Floats:
        """The log probability of every kind for each mention, and the log odds that it is named: [mentions, kinds +
        1]."""
        if not mentions:
            return np.zeros((0, len(KINDS) + 1), np.float32)
        forms = np.array([FORMS.index(m.form) for m in mentions], np.int64)
        (scores,) = self._resolver.judge.run(None, {"mention": self.vectors(mentions), "form": forms})
        kind = scores[:, :-1] - np.logaddexp.reduce(scores[:, :-1], -1, keepdims=True)
        return np.concatenate((kind, scores[:, -1:]), -1).astype(np.float32)


class Resolver:
    """The resolver with its models loaded; one may serve many documents, one after another."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        """`threads`: how many processor threads one resolving may use."""
        self.resolver, self.ranker, self.judge = (
            session(folder / f"{name}.onnx", threads) for name in ("resolver", "ranker", "judge")
        )

    def sight(self) -> Sight:
        """A sight of a text not yet seen."""
        return Sight(self)


@cache
def default_resolver() -> Resolver:
    """The shipped resolver, loaded once."""
    return Resolver()
