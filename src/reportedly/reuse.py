"""Two texts -> the passages that one took from the other, or both from a third; many texts -> which to look at.

Seed and extend, as sequences are aligned (Altschul et al. 1990): runs of equal words on one diagonal are joined into
chains over gaps, the gaps are aligned word by word, and a chain is cut where too little of it is shared. So a passage
survives words changed, left out or put in, other quotation marks and another order of paragraphs. Which of many texts
share anything is found by winnowing (Schleimer, Wilkerson and Aiken 2003): of any MARK + KEPT - 1 words in a row that
two texts share, both keep one fingerprint at least.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from .quotation import quoted

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

RUN = 3  # words of a seed
GAP = 28  # words that a chain may leap over, in either text
DRIFT = 18  # words by which the two sides of a gap may differ in length
LEAP = 0.35  # of a matched word that each word leapt over costs a chain
UNLIKE = 0.8  # of a matched word that each unmatched one costs a passage
DROP = 9.0  # how far a passage's score may fall before it ends
FEWEST = 8  # matched words of a passage
MARK = 4  # words of a fingerprint
KEPT = 4  # of so many neighbouring fingerprints one is kept
SPREAD = 60  # texts of one fingerprint that are all held against each other; of more, each against the NEXT ones
NEXT = 3
TOGETHER = 3  # fingerprints that two texts share before they are aligned

_FURNITURE = re.compile(  # what pages say about themselves, and every report of its kind to the public
    r"\b(?:newsletters?|sign(?:ed)? up|subscrib\w+|unsubscribe|all rights reserved|copyright|click here|follow us"
    r"|download (?:the|our)|(?:our|the) app\b|cookies?|terms of (?:use|service)|privacy policy|share this|read more"
    r"|comments?(?: section| policy)? (?:below|are)|related (?:stories|articles|content)|more (?:stories|videos|from)"
    r"|watch (?:live|now|the video)|slideshow|photo gallery|(?:file )?photo(?: by)?[:/]|(?:hide |show )?caption"
    r"|via facebook|e-?mail (?:us|alerts)|breaking news alerts|posted (?:on|at|by)|last updated|advertis\w+"
    r"|tip ?line|crime ?stoppers|anyone (?:with|who has) (?:any )?information|remain anonymous|presumed innocent"
    r"|may (?:not )?be (?:published|broadcast|rewritten)|press release)\b"
    r"|©|\(?\b\d{3}\)?[ .-]\d{3}[.-]\d{4}\b|\bhttps?:|\bwww\.",
    re.I,
)
_END = re.compile(r"[.!?][”\"’')]*\s+|\n")
LONGEST_SENTENCE = 400  # characters
_WORD = re.compile(r"\d[\d.,:]*\d|[^\W_]+(?:['’][^\W_]+)*")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Words(NamedTuple):
    """A text as words: a number for each (the same for the same word, but in page furniture, where no word is like
    another), where it stands, and whether in quotation marks."""

    numbers: Hashes
    start: Ints
    end: Ints
    quoted: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.numbers)


class Match(NamedTuple):
    """Words of one text that stand in the other too: [start, end) of each in characters; how many words match; and how
    many of these stand outside quotation marks in both."""

    a: tuple[int, int]
    b: tuple[int, int]
    words: int
    narration: int


@lru_cache(1 << 18)
def number(word: str) -> int:
    """A number for a word, the same on every machine; case, apostrophes and a possessive ending make no difference."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace(",", "")
    value = 14695981039346656037  # FNV-1a
    for byte in plain.encode():
        value = ((value ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return value


def words_of(text: str) -> Words:
    """The words of a text."""
    places = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    numbers = np.fromiter((number(text[s:e]) for s, e in places), np.uint64, len(places))
    start, end = np.array(places, np.int64).reshape(-1, 2).T
    for low, high in _furniture(text):
        i, k = np.searchsorted(start, (low, high))
        numbers[i:k] = (np.uint64(crc32(text.encode("utf-8", "replace"))) << np.uint64(32)) + np.arange(
            i, k, dtype=np.uint64
        )
    inside = np.zeros(len(places), bool)
    for low, high in quoted(text):
        inside[np.searchsorted(start, low) : np.searchsorted(start, high)] = True
    return Words(numbers, start.copy(), end.copy(), inside)


def _furniture(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text that belong to the page and not to the report."""
    for m in _FURNITURE.finditer(text):
        ends = [x.end() for x in _END.finditer(text, max(0, m.start() - LONGEST_SENTENCE), m.start())]
        after = _END.search(text, m.end(), m.end() + LONGEST_SENTENCE)
        yield (
            ends[-1] if ends else max(0, m.start() - LONGEST_SENTENCE),
            after.end() if after else m.end() + LONGEST_SENTENCE,
        )


def runs(numbers: Hashes, size: int = RUN) -> Hashes:
    """A number for each run of `size` neighbouring words."""
    n = len(numbers) - size + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    out = numbers[:n].copy()
    for k in range(1, size):
        out = (out ^ (out >> np.uint64(29))) * _FACTOR + numbers[k : k + n]
    return (out ^ (out >> np.uint64(32))) * _FACTOR


def passages(a: Words, b: Words) -> list[Match]:
    """What two texts share, in the order of the second. No word of either is in two passages."""
    blocks = _blocks(a.numbers, b.numbers)
    free_a, free_b = np.ones(len(a), bool), np.ones(len(b), bool)
    out = []
    for chain in _chains(blocks):
        for pairs in _segments(_filled(chain, a.numbers, b.numbers)):
            kept = pairs[free_a[pairs[:, 0]] & free_b[pairs[:, 1]]]
            if len(kept) < FEWEST:
                continue
            (i, j), (k, m) = kept[0], kept[-1]
            if not (free_a[i : k + 1].all() and free_b[j : m + 1].all()):
                continue
            free_a[i : k + 1] = free_b[j : m + 1] = False
            spoken = a.quoted[kept[:, 0]] | b.quoted[kept[:, 1]]
            out.append(
                Match(
                    (int(a.start[i]), int(a.end[k])), (int(b.start[j]), int(b.end[m])), len(kept), int((~spoken).sum())
                )
            )
    return sorted(out, key=lambda p: p.b)


def _blocks(a: Hashes, b: Hashes) -> Ints:
    """The longest runs of equal words, RUN or more: rows of (start in a, start in b, words)."""
    x, y = runs(a), runs(b)
    order = np.argsort(x, kind="stable")
    ordered = x[order]
    low, high = np.searchsorted(ordered, y, "left"), np.searchsorted(ordered, y, "right")
    count = np.minimum(high - low, 6)  # a phrase said over and over seeds no more than six chains
    j = np.repeat(np.arange(len(y)), count)
    i = order[np.repeat(low, count) + np.arange(len(j)) - np.repeat(np.cumsum(count) - count, count)]
    if not len(i):
        return np.zeros((0, 3), np.int64)
    by = np.lexsort((i, i - j))
    i, j = i[by], j[by]
    new = np.r_[True, (np.diff(i) != 1) | (np.diff(i - j) != 0)]
    first = np.flatnonzero(new)
    size = np.diff(np.r_[first, len(i)]) + RUN - 1
    rows = np.stack((i[first], j[first], size), 1)
    return np.asarray(rows[np.lexsort((rows[:, 0], rows[:, 1]))])


def _chains(blocks: Ints) -> Iterator[Ints]:
    """Blocks that follow each other in both texts, the best chain first, each block in one."""
    n = len(blocks)
    if not n:
        return
    i, j, size = blocks.T
    score, back = size.astype(float), np.full(n, -1)
    far = np.searchsorted(j, j - GAP - int(size.max()))
    for k in range(1, n):
        low = int(far[k])
        if low == k:
            continue
        ends_i, ends_j = i[low:k] + size[low:k], j[low:k] + size[low:k]
        gap_i, gap_j = i[k] - ends_i, j[k] - ends_j
        lap = np.maximum(0, -np.minimum(gap_i, gap_j))  # words that two blocks share count once
        wide = np.maximum(gap_i, gap_j)
        fits = (i[low:k] < i[k]) & (j[low:k] < j[k]) & (wide <= GAP) & (abs(gap_i - gap_j) <= DRIFT) & (lap < size[k])
        if not fits.any():
            continue
        gains = np.where(fits, score[low:k] - lap - LEAP * np.maximum(wide, 0), -1.0)
        best = int(gains.argmax())
        if gains[best] > 0:
            score[k] += gains[best]
            back[k] = low + best
    used = np.zeros(n, bool)
    for k in np.argsort(-score, kind="stable").tolist():
        members = []
        while k >= 0 and not used[k]:
            members.append(k)
            used[k] = True
            k = int(back[k])
        if members:
            yield blocks[members[::-1]]


def _filled(chain: Ints, a: Hashes, b: Hashes) -> Ints:
    """The words that match along a chain, its gaps and the words before and behind it aligned too: rows of (place in a,
    place in b), both growing."""
    pairs: list[tuple[int, int]] = []

    def between(i: int, k: int, j: int, m: int) -> None:
        if i < k and j < m:
            one, other = a[i:k].tolist(), b[j:m].tolist()
            for x, y, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
                pairs.extend((i + x + t, j + y + t) for t in range(size))

    i, j, _ = chain[0].tolist()
    between(max(0, i - GAP), i, max(0, j - GAP), j)
    at_i = at_j = 0
    for n, (i, j, size) in enumerate(chain.tolist()):
        if n:
            between(at_i, i, at_j, j)
        skip = max(0, at_i - i, at_j - j) if n else 0
        pairs.extend((i + t, j + t) for t in range(skip, size))
        at_i, at_j = max(at_i, i + size), max(at_j, j + size)
    between(at_i, min(len(a), at_i + GAP), at_j, min(len(b), at_j + GAP))
    return np.array(pairs, np.int64).reshape(-1, 2)


def _segments(pairs: Ints) -> Iterator[Ints]:
    """The stretches of matched words in which enough is shared: each begins and ends where its score is highest."""
    steps = np.maximum(np.diff(pairs[:, 0]), np.diff(pairs[:, 1])) - 1
    start = 0
    total = best = 1.0
    last = 0
    for k, unlike in enumerate(steps.tolist(), 1):
        total -= UNLIKE * unlike
        if total <= 0 or total < best - DROP:
            if last - start + 1 >= FEWEST:
                yield pairs[start : last + 1]
            start = last = k
            total = best = 1.0
            continue
        total += 1
        if total >= best:
            best, last = total, k
    if last - start + 1 >= FEWEST:
        yield pairs[start : last + 1]


def candidates(texts: Iterable[Words]) -> list[tuple[int, int]]:
    """The pairs of texts, by their numbers and the lower first, that share enough to be worth an alignment: TOGETHER
    kept fingerprints. Time and room grow with the words of the texts and with the pairs found, not with all pairs."""
    kept, owners = [], []
    for n, words in enumerate(texts):
        marks = np.unique(fingerprints(words.numbers))
        kept.append(marks)
        owners.append(np.full(len(marks), n, np.int32))
    if not kept:
        return []
    marks, owner = np.concatenate(kept), np.concatenate(owners)
    del kept, owners
    order = np.argsort(marks, kind="stable")  # so that the texts of a fingerprint stay in their order
    marks, owner = marks[order], owner[order]
    first = np.flatnonzero(np.r_[True, marks[1:] != marks[:-1]])
    size = np.diff(np.r_[first, len(marks)])
    del marks, order
    found = []
    for n in np.unique(size[size > 1]).tolist():
        groups = owner[first[size == n][:, None] + np.arange(n)]
        a, b = np.triu_indices(n, 1) if n <= SPREAD else _neighbours(n)
        found.append((groups[:, a].astype(np.int64) << 32 | groups[:, b]).ravel())
    if not found:
        return []
    pairs, count = np.unique(np.concatenate(found), return_counts=True)
    pairs = pairs[count >= TOGETHER]
    return list(zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True))


def fingerprints(numbers: Hashes) -> Hashes:
    """Of every KEPT runs of MARK words in a row the least; of a text that has fewer, all."""
    marks = runs(numbers, MARK)
    if len(marks) <= KEPT:
        return marks
    return np.asarray(np.lib.stride_tricks.sliding_window_view(marks, KEPT).min(1))


def _neighbours(n: int) -> tuple[Ints, Ints]:
    a = np.repeat(np.arange(n), NEXT)
    b = a + np.tile(np.arange(1, NEXT + 1), n)
    return a[b < n], b[b < n]
