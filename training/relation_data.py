"""Pairs of texts that support, dispute or leave each other alone -> what the judge of relations learns from.

The labels of the sets are not the same: `neither` is related or unrelated, `not_supports` anything else; each row keeps
which labels it allows.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import rows
from benchmarks.relations import side_of
from reportedly import Document
from reportedly.pairing import Phrase, States, passage, phrase, placed
from reportedly.pieces import Pieces, cut
from reportedly.reader import default_reader

SURE = {3: 1.0, 2: 0.8, 1: 0.5}  # weight of a pair by how sure its labeller was
ALLOWED = {
    "supports": (1, 0, 0, 0), "disputes": (0, 1, 0, 0), "related": (0, 0, 1, 0), "unrelated": (0, 0, 0, 1),
    "neither": (0, 0, 1, 1), "not_supports": (0, 1, 1, 1), "not_disputes": (1, 0, 1, 1),
}  # fmt: skip
SETS = ("reported", "rumours", "denials", "fnc", "claimdiff", "arc", "perspectrum", "evidence", "headlines", "nanco")


class Text(NamedTuple):
    """A text with the reader's states of its pieces."""

    text: str
    pieces: Pieces
    states: npt.NDArray[np.float16]


class Pair(NamedTuple):
    """A pair as it is learned from: allowed labels, the set it is of, its weight."""

    id: str
    a: Phrase
    b: Phrase
    allowed: tuple[int, ...]
    set: int
    weight: float = 1.0


class Texts:
    """Texts with the states that the shipped reader has of them, each read once."""

    def __init__(self) -> None:
        self.known: dict[str, Text] = {}

    def add(self, texts: Iterable[str]) -> None:
        """Read those not yet known."""
        for text in dict.fromkeys(texts):
            if text not in self.known:
                states = States()
                default_reader().read(Document.of(text), see=states.see)
                pieces = states.pieces or cut(text, default_reader().tokenizer)
                self.known[text] = Text(text, pieces, states.whole())

    def whole(self, text: str) -> Phrase:
        """A text as a phrase that is all content."""
        t = self.known[text]
        return phrase(text, t.pieces, [(0, len(text))], states=t.states)


def claim(texts: Texts, row: dict[str, Any]) -> Phrase:
    """A reported claim in its context."""
    text, content, cue, source = placed(side_of(row))
    t = texts.known[text]
    return phrase(text, t.pieces, content, cue, source, side_of(row).setting(), t.states)


def reported(texts: Texts, items: Sequence[dict[str, Any]]) -> list[Pair]:
    """Our own pairs."""
    texts.add(placed(side_of(r[k])).text for r in items for k in "ab")
    names = {"reported_rumours": 1, "reported_denials": 2}
    return [
        Pair(r["id"], claim(texts, r["a"]), claim(texts, r["b"]), ALLOWED[r["label"]], names.get(r["set"], 0),
             SURE.get(r.get("sure") or 3, 1.0))
        for r in items
    ]  # fmt: skip


def stance(texts: Texts, stances: Path, bodies: Path, number: int, keep_unrelated: float, seed: int) -> list[Pair]:
    """Headlines against reports (FNC-1) or comments (ARC)."""
    body = {r["id"]: r["text"] for r in rows(bodies)}
    rng = random.Random(seed)
    items = [r for r in rows(stances) if r["label"] != "unrelated" or rng.random() < keep_unrelated]
    texts.add(body.values())
    texts.add(r["a"]["text"] for r in items)
    out = []
    for r in items:
        t, head = texts.known[body[r["b"]["doc"]]], r["a"]["text"]
        b = phrase(t.text, t.pieces, passage(t.text, t.pieces, head), states=t.states)
        out.append(Pair(r["id"], texts.whole(head), b, ALLOWED[r["label"]], number))
    return out


def plain(texts: Texts, path: Path, number: int, most: int, seed: int = 0) -> list[Pair]:
    """A set of pairs of short texts."""
    items = [r for r in rows(path) if r["label"]]
    random.Random(seed).shuffle(items)
    items = items[:most]
    texts.add(r[k]["text"] for r in items for k in "ab")
    return [
        Pair(r["id"], texts.whole(r["a"]["text"]), texts.whole(r["b"]["text"]), ALLOWED[r["label"]], number)
        for r in items
    ]


def graded(texts: Texts, path: Path, number: int) -> list[Pair]:
    """Headlines with how similar they are, 0 to 5: much alike they support, not at all they are unrelated."""
    items = [r for r in rows(path) if r["score"] >= 4 or r["score"] <= 3]
    texts.add(r[k]["text"] for r in items for k in "ab")

    def allowed(score: float) -> tuple[int, ...]:
        return (
            (1, 0, 0, 0) if score >= 4 else (0, 0, 0, 1) if score < 1 else (0, 1, 1, 0) if score >= 2 else (0, 1, 1, 1)
        )

    return [
        Pair(r["id"], texts.whole(r["a"]["text"]), texts.whole(r["b"]["text"]), allowed(r["score"]), number)
        for r in items
    ]


def answers(texts: Texts, path: Path, number: int, each: int, seed: int = 0) -> list[Pair]:
    """Answers to one question: those of one group say the same, others do not."""
    out = []
    rng = random.Random(seed)
    for r in rows(path):
        some = r["answers"]
        texts.add(x["context"] for x in some)
        texts.add(x["text"] for x in some)
        every = [(i, j) for i in range(len(some)) for j in range(i)]
        for i, j in rng.sample(every, min(each, len(every))):
            same = some[i]["group"] == some[j]["group"]
            a, b = (answer(texts, some[k]) for k in (i, j))
            out.append(Pair(f"{r['id']}-{i}-{j}", a, b, (1, 0, 0, 0) if same else (0, 1, 1, 0), number))
    return out


def answer(texts: Texts, x: dict[str, Any]) -> Phrase:
    """An answer in its sentence."""
    around = x["context"]
    at = around.find(x["text"])
    if at < 0:
        return texts.whole(x["text"])
    t = texts.known[around]
    return phrase(around, t.pieces, [(at, at + len(x["text"]))], states=t.states)
