"""Labelled articles -> the arrays the wide reader is trained on: windows as `reportedly.pieces` makes them, with more
context than the narrow one will see, with cue tags and, for every cue, the role of each piece around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.arrays import Ints
from reportedly.pieces import CLS, CORE, SEP, Pieces, Window, cut, windows

from .corpora.polnear import Article, Spans

WIDE_CONTEXT = 16  # pieces of its neighbours that a window has on either side


@dataclass(frozen=True, eq=False)
class Labelled:
    """An article as pieces, with a list of (first piece, end piece, roles of all pieces, nested or not), one a cue."""

    article: Article
    pieces: Pieces
    cues: list[tuple[int, int, Ints, bool]]
    nested_known: bool  # whether cues inside other contents are labelled in this article


def covered(pieces: Pieces, spans: Spans) -> Ints:
    """Indices of the pieces that touch any of the spans."""
    out = [np.arange(np.searchsorted(pieces.end, s, "right"), np.searchsorted(pieces.start, e)) for s, e in spans]
    return np.concatenate(out).astype(np.int32) if out else np.zeros(0, np.int32)


def label(article: Article, tokenizer: Tokenizer, nested_known: bool = False) -> Labelled:
    """Pieces and labels of one article."""
    pieces = cut(article.text, tokenizer)
    cues = []
    for gold in article.attributions:
        cue = covered(pieces, gold.cue)
        if not len(cue) or not gold.content:
            continue
        roles = np.zeros(len(pieces), np.int32)
        roles[covered(pieces, gold.content)] = 2
        roles[covered(pieces, gold.source)] = 1
        roles[cue] = 0
        cues.append((int(cue[0]), int(cue[-1]) + 1, roles, gold.within is not None))
    return Labelled(article, pieces, cues, nested_known)


@dataclass(frozen=True, eq=False)
class Batch:
    """Tensors of several windows: ids, features, mask, own, nested [b, n]; window, start, end [c]; roles [c, n]
    (-100 outside the window and on the cue)."""

    source: tuple[tuple[Labelled, Window], ...]
    ids: Tensor
    features: Tensor
    mask: Tensor
    own: Tensor
    nested: Tensor
    window: Tensor
    start: Tensor
    end: Tensor
    roles: Tensor


def batch(items: list[tuple[Labelled, Window]]) -> Batch:
    """Pad windows to one length and lay out the labels; pieces are shifted by one for the leading [CLS]."""
    n = max(w.end - w.start for _, w in items) + 2
    ids, features, mask, own, nested = (np.zeros((len(items), n), np.int64) for _ in range(5))
    window, start, end, roles = [], [], [], []
    for i, (doc, w) in enumerate(items):
        size = w.end - w.start
        ids[i, 0], ids[i, 1 : size + 1], ids[i, size + 1] = CLS, doc.pieces.ids[w.start : w.end], SEP
        features[i, 1 : size + 1] = doc.pieces.feature[w.start : w.end]
        mask[i, : size + 2] = 1
        if not doc.nested_known:
            nested[i] = -100
        for s, e, role, inner in doc.cues:
            if s < w.start or e > w.end:
                continue
            s, e = s - w.start + 1, e - w.start + 1
            (nested if inner else own)[i, s:e] = 2
            (nested if inner else own)[i, s] = 1
            row = np.full(n, -100, np.int64)
            row[1 : size + 1] = role[w.start : w.end]
            row[s:e] = -100
            window.append(i)
            start.append(s)
            end.append(e)
            roles.append(row)
    of, at = torch.from_numpy, partial(torch.tensor, dtype=torch.long)
    flat = torch.from_numpy(np.stack(roles)) if roles else torch.zeros(0, n, dtype=torch.long)
    return Batch(
        tuple(items), of(ids), of(features), of(mask), of(own), of(nested), at(window), at(start), at(end), flat
    )


def batches(docs: Iterable[Labelled], pieces_a_batch: int, rng: np.random.Generator | None) -> Iterator[Batch]:
    """Batches of windows of like length; with `rng` the windows are moved about and the order is random."""
    items: list[tuple[Labelled, Window]] = []
    for doc in docs:
        first = int(rng.integers(CORE // 4, CORE + 1)) if rng is not None else None
        items += [(doc, w) for w in windows(doc.pieces, doc.article.text, context=WIDE_CONTEXT, first=first)]
    jitter = rng.random(len(items)) * 40 if rng is not None else np.zeros(len(items))
    order = sorted(range(len(items)), key=lambda i: items[i][1].end - items[i][1].start + jitter[i])
    groups: list[list[tuple[Labelled, Window]]] = [[]]
    for i in order:
        size = items[i][1].end - items[i][1].start + 2
        if groups[-1] and size * (len(groups[-1]) + 1) > pieces_a_batch:
            groups.append([])
        groups[-1].append(items[i])
    if rng is not None:
        rng.shuffle(groups)
    yield from (batch(g) for g in groups)
