"""The labelled corpora, as the benchmarks read them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .score import Places, Quote


class Labelled(NamedTuple):
    """A text with its gold attributions."""

    id: str
    text: str
    gold: list[Quote]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file with one a line."""
    with path.open(encoding="utf-8") as f:
        yield from (json.loads(line) for line in f if line.strip())


def attributions(path: Path) -> list[Labelled]:
    """The articles of `polnear` or `world`."""
    return [Labelled(r["id"], r["text"], r["attributions"]) for r in rows(path)]


class Item(NamedTuple):
    """One of CofeNet's items: the text put together from its tokens, their places, and the gold token spans by role."""

    text: str
    tokens: list[tuple[int, int]]
    gold: dict[str, set[tuple[int, int]]]


def cofenet(path: Path) -> list[Item]:
    """CofeNet's cut of PolNeAR: token labels B-/I- source, cue, content."""
    out = []
    for r in rows(path):
        tokens, at = [], 0
        for token in r["tokens"]:
            tokens.append((at, at + len(token)))
            at += len(token) + 1
        gold: dict[str, set[tuple[int, int]]] = {"source": set(), "cue": set(), "content": set()}
        start = 0
        labels = [*r["labels"], "O"]
        for i, label in enumerate(labels):
            previous = labels[i - 1] if i else "O"
            if previous != "O" and label != "I-" + previous[2:]:
                gold[previous[2:]].add((start, i))
            if label.startswith("B-") or (label.startswith("I-") and label[2:] != previous[2:]):
                start = i
        out.append(Item(" ".join(r["tokens"]), tokens, gold))
    return out


def token_spans(tokens: list[tuple[int, int]], spans: Places) -> set[tuple[int, int]]:
    """Character spans as token spans; a token counts where any of it is covered."""
    out = set()
    for s, e in spans:
        touched = [i for i, (low, high) in enumerate(tokens) if low < e and high > s]
        if touched:
            out.add((touched[0], touched[-1] + 1))
    return out


def digest(path: Path) -> str:
    """The first 16 digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
