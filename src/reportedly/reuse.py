"""Two texts -> the passages that one took from the other, or both from a third; many texts -> which to look at.

Seed and extend, as sequences are aligned (Altschul et al. 1990): runs of equal words on one diagonal are joined into
chains over gaps, the gaps are aligned word by word, and a chain is cut where too little of it is shared. So a passage
survives words changed, left out or put in, other quotation marks and another order of paragraphs. Which of many texts
share anything is found by winnowing (Schleimer, Wilkerson and Aiken 2003): of any MARK + KEPT - 1 words in a row that
two texts share, both keep one fingerprint at least.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from .arrays import Bools, Longs
from .datelines import dateline_of
from .nearness import EMPTY
from .quotation import spoken

Hashes = npt.NDArray[np.uint64]

RUN = 3  # words of a seed
BLOCKS, WITHIN = 20_000, 400  # bounds of the work on texts that repeat themselves: blocks, and how far one looks back
GAP = 28  # words that a chain may leap over, in either text
DRIFT = 18  # words by which the two sides of a gap may differ in length
LEAP = 0.35  # of a matched word that each word leapt over costs a chain
UNLIKE = 0.8  # of a matched word that each unmatched one costs a passage
DROP = 9.0  # how far a passage's score may fall before it ends
BRIDGE = 80  # words between two passages that are still one, in either text
UNEVEN = 14  # by how many these may differ
SENTENCE = 5  # words of the shortest sentence that counts where it stands in one text only
SNAP = 9  # words from the end of a passage to that of its sentence, in both texts
LEVEL = 8  # by how many these may differ
AGAIN = 2  # words that two sentences beside a passage share at least
SAME = 0.2  # share of the fewer words of two such sentences
NEARLY = 0.3  # share of the fewer telling words from which one sentence tells another anew
SEVERAL = 5  # sentences told anew, below which it may be chance
LONGEST_RETOLD = 300  # sentences
STEM = 5  # letters by which words are compared there
FEWEST = 8  # matched words of a passage
MARK = 4  # words of a fingerprint
KEPT = 4  # of so many neighbouring fingerprints one is kept
SPREAD = 60  # texts of one fingerprint, up to which all are held against each other; of more, each against two
TOGETHER = 3  # fingerprints that two texts share before they are aligned

_FURNITURE = re.compile(  # what pages say about themselves, and every report of its kind to the public
    r"\b(?:newsletters?|sign(?:ed)? up|subscrib\w+|unsubscribe|all rights reserved|copyright|click here|follow us"
    r"|download (?:the|our)|(?:our|the) app\b|cookies?|terms of (?:use|service)|privacy policy|share this|read more"
    r"|comments?(?: section| policy)? (?:below|are)|related (?:stories|articles|content)|more (?:stories|videos|from)"
    r"|watch (?:live|now|the video)|slideshow|photo gallery|(?:file )?photo(?: by)?[:/]|(?:hide |show )?caption"
    r"|via facebook|e-?mail (?:us|alerts)|breaking news alerts|posted (?:on|at|by)|last updated|advertis(?:ements?|ing)"
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
    another) and for its first letters, where it stands, whether in quotation marks, and the first and last word of its
    sentence."""

    numbers: Hashes
    stems: Hashes
    start: Longs
    end: Longs
    quoted: Bools
    first: Longs
    last: Longs

    def __len__(self) -> int:
        return len(self.numbers)


Sentences = list[frozenset[str]]
"""What each sentence of a text says: the first letters of its telling words."""


class Match(NamedTuple):
    """Words of one text that stand in the other too: [start, end) of each in characters; how many words match; how many
    of these stand outside quotation marks in both; and of these, how many in its longest part without a gap that was
    told in other words."""

    a: tuple[int, int]
    b: tuple[int, int]
    words: int
    narration: int
    longest: int


@lru_cache(1 << 18)
def number(word: str) -> int:
    """A number for a word, the same on every machine; case, apostrophes and a possessive ending make no difference."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace(",", "")
    value = 14695981039346656037  # FNV-1a
    for byte in plain.encode():
        value = ((value ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return value


_EMPTY = {number(word[:STEM]) for word in EMPTY}


def words_of(text: str) -> Words:
    """The words of a text."""
    places = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    numbers = numbers_of(text)
    stems = np.fromiter((number(text[s : min(e, s + STEM)]) for s, e in places), np.uint64, len(places))
    start, end = np.array(places, np.int64).reshape(-1, 2).T
    own = np.uint64(crc32(text.encode("utf-8", "replace"))) << np.uint64(32)  # like no other text's
    for low, high in _furniture(text):
        i, k = np.searchsorted(start, (low, high))
        numbers[i:k] = own + np.arange(i, k, dtype=np.uint64)
    inside = np.zeros(len(places), bool)
    for low, high in spoken(text):
        inside[np.searchsorted(start, low) : np.searchsorted(start, high)] = True
    ends = [m.end() for m in _END.finditer(text)]
    if dateline := dateline_of(text):
        ends.append(dateline[1])
    bounds = np.searchsorted(start, ends)
    edges = np.unique(np.r_[0, bounds, len(places)])
    number_of = np.searchsorted(edges, np.arange(len(places)), "right") - 1
    return Words(numbers, stems, start.copy(), end.copy(), inside, edges[number_of], edges[number_of + 1] - 1)


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
    free_a, free_b = np.ones(len(a), bool), np.ones(len(b), bool)
    kept: list[_Growing] = []
    for chain in _chains(_blocks(a.numbers, b.numbers)):
        # Of texts of set phrases most chains are of runs that lie in better ones: without them it takes half as long.
        if not any((free_a[i : i + n] & free_b[j : j + n]).any() for i, j, n in chain.tolist()):
            continue
        whole = _filled(chain, a.numbers, b.numbers)
        if (free_a[whole[:, 0]] & free_b[whole[:, 1]]).sum() < FEWEST:
            continue
        for pairs in (x for part in np.split(whole, _left_out(a, b, whole)) for x in _segments(part)):
            for part in _unused(pairs, free_a, free_b):
                kept.append(_Growing(a, b, part))
                free_a[kept[-1].i : kept[-1].k + 1] = free_b[kept[-1].j : kept[-1].m + 1] = False
    grown = _joined(sorted(kept, key=lambda g: g.j))
    for g in grown:
        g.grow(free_a, free_b)
    return [g.match() for g in _joined(grown)]


def _left_out(a: Words, b: Words, pairs: Longs) -> Longs:
    """Where in a chain of matching words one text has whole sentences and the other nothing: there a passage ends."""
    if len(pairs) < 2:
        return np.zeros(0, np.int64)
    (i, j), (k, m) = pairs[:-1].T, pairs[1:].T
    more, fewer = k - i - 1, m - j - 1
    of_a = (more >= SENTENCE) & (fewer <= 1) & (a.first[np.minimum(i + 1, k)] == i + 1) & (a.last[k - 1] == k - 1)
    of_b = (fewer >= SENTENCE) & (more <= 1) & (b.first[np.minimum(j + 1, m)] == j + 1) & (b.last[m - 1] == m - 1)
    return np.flatnonzero(of_a | of_b) + 1


def _unused(pairs: Longs, free_a: Bools, free_b: Bools) -> Iterator[Longs]:
    """What of a passage lies in no other: the parts between words that are taken in either text."""
    taken = np.cumsum(~free_a)[pairs[:, 0]] + np.cumsum(~free_b)[pairs[:, 1]]
    free = free_a[pairs[:, 0]] & free_b[pairs[:, 1]]
    for part in np.split(np.arange(len(pairs)), np.flatnonzero(np.diff(taken)) + 1):
        rest = pairs[part[free[part]]]
        if len(rest) >= FEWEST:
            yield rest


class _Growing:
    """A passage a.words[i : k + 1], b.words[j : m + 1] that takes in whole sentences: who takes something over takes
    sentences, and tells some of them anew."""

    def __init__(self, a: Words, b: Words, pairs: Longs) -> None:
        self.a, self.b = a, b
        (self.i, self.j), (self.k, self.m) = pairs[0].tolist(), pairs[-1].tolist()
        self.words = len(pairs)
        self.narration = self.longest = int((~(a.quoted[pairs[:, 0]] | b.quoted[pairs[:, 1]])).sum())

    def grow(self, free_a: Bools, free_b: Bools) -> None:
        """To the ends of its sentences where these are near in both texts, and over the sentences beside it that say
        the same in both; never over what is taken."""
        a, b = self.a, self.b

        def take(i: int, k: int, j: int, m: int) -> bool:
            """Whether these words, beside the passage, are free; then they are its."""
            if not (free_a[i : k + 1].all() and free_b[j : m + 1].all()):
                return False
            free_a[i : k + 1] = free_b[j : m + 1] = False
            self.i, self.k, self.j, self.m = min(i, self.i), max(k, self.k), min(j, self.j), max(m, self.m)
            return True

        while True:
            k, m = int(a.last[self.k]), int(b.last[self.m])
            if not (_level(k - self.k, m - self.m) and take(self.k + 1, k, self.m + 1, m)):
                break
            if k + 1 >= len(a) or m + 1 >= len(b):
                break
            if not (self._alike(k + 1, int(a.last[k + 1]), m + 1, int(b.last[m + 1]), take)):
                break
        while True:
            i, j = int(a.first[self.i]), int(b.first[self.j])
            if not (_level(self.i - i, self.j - j) and take(i, self.i - 1, j, self.j - 1)):
                break
            if not i or not j:
                break
            if not (self._alike(int(a.first[i - 1]), i - 1, int(b.first[j - 1]), j - 1, take)):
                break

    def join(self, other: "_Growing") -> None:
        """Take in another that comes behind it in both texts."""
        self.k, self.m = other.k, other.m
        self.words += other.words
        self.narration += other.narration
        self.longest = max(self.longest, other.longest)

    def _alike(self, i: int, k: int, j: int, m: int, take: Callable[[int, int, int, int], bool]) -> bool:
        """Whether two sentences share most of the words that say something; then they are taken in."""
        one, other = (set(w.stems[x : y + 1].tolist()) - _EMPTY for w, x, y in ((self.a, i, k), (self.b, j, m)))
        both = one & other
        return len(both) >= AGAIN and len(both) >= SAME * min(len(one), len(other)) and take(i, k, j, m)

    def match(self) -> Match:
        """It as it is told."""
        a, b = self.a, self.b
        return Match(
            (int(a.start[self.i]), int(a.end[self.k])), (int(b.start[self.j]), int(b.end[self.m])),
            self.words, self.narration, self.longest,
        )  # fmt: skip


def _level(one: int, other: int) -> bool:
    return max(one, other) <= SNAP and abs(one - other) <= LEVEL


def _joined(parts: Sequence[_Growing]) -> list[_Growing]:
    """The passages, in the order of the second text; of two that are neighbours in both texts, with about as much
    between them in either, one is made: a sentence between was told in other words."""
    out: list[_Growing] = []
    for part in parts:
        if out:
            gap_i, gap_j = part.i - out[-1].k - 1, part.j - out[-1].m - 1
            low, high = sorted((gap_i, gap_j))
            if low >= 0 and high <= BRIDGE and high - low <= UNEVEN and (low > 1 or high < SENTENCE):
                out[-1].join(part)
                continue
        out.append(part)
    return out


def _blocks(a: Hashes, b: Hashes) -> Longs:
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
    if len(rows) > BLOCKS:
        rows = rows[np.argsort(-size, kind="stable")[:BLOCKS]]
    return np.asarray(rows[np.lexsort((rows[:, 0], rows[:, 1]))])


def _chains(blocks: Longs) -> Iterator[Longs]:
    """Blocks that follow each other in both texts, the best chain first, each block in one."""
    n = len(blocks)
    if not n:
        return
    i, j, size = blocks.T
    score, back = size.astype(float), np.full(n, -1)
    far = np.searchsorted(j, j - GAP - int(size.max()))
    for k in range(1, n):
        low = max(int(far[k]), k - WITHIN)
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


def _filled(chain: Longs, a: Hashes, b: Hashes) -> Longs:
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


def _segments(pairs: Longs) -> Iterator[Longs]:
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


def numbers_of(text: str) -> Hashes:
    """A number for each word of a text, the same for the same word."""
    words = _WORD.findall(text)
    return np.fromiter(map(number, words), np.uint64, len(words))


def telling(text: str) -> frozenset[str]:
    """The first letters of the words of a text that say something."""
    words = {m[0].lower().replace("’", "'").removesuffix("'s") for m in _WORD.finditer(text)} - EMPTY
    return frozenset(w[:STEM] for w in words)


def sentences_of(text: str) -> Sentences:
    """The sentences of a text that say something, page furniture left out."""
    out, low = [], 0
    furniture = sorted(_furniture(text))
    begins = [x for x, _ in furniture]
    ends = list(accumulate((y for _, y in furniture), max))  # the furthest that any up to here reaches
    for end in [m.end() for m in _END.finditer(text)] + [len(text)]:
        words = telling(text[low:end])
        before = bisect_left(begins, end)
        if len(words) >= AGAIN and not (before and ends[before - 1] > low):
            out.append(words)
        low = end
    return out


def retold(a: Sentences, b: Sentences) -> float:
    """How far one text tells sentence by sentence what the other does, in the same order, whatever its words: sentences
    that do (the longest growing run of each one's nearest), as a share of both texts' sentences, 0 to 1.

    0 too where a text has more than LONGEST_RETOLD sentences: the work grows with their square.

    Who writes independently of one event shares many sentences too, but chooses and orders them otherwise."""
    if not a or not b or max(len(a), len(b)) > LONGEST_RETOLD:
        return 0.0
    holders: dict[str, list[int]] = {}
    for j, said in enumerate(a):
        for word in said:
            holders.setdefault(word, []).append(j)
    tails: list[int] = []
    for said in b:
        both = Counter(j for word in said for j in holders.get(word, ()))
        near, j = max(((n / min(len(said), len(a[j])), -j) for j, n in both.items()), default=(0.0, 0))
        if near >= NEARLY:
            at = bisect_left(tails, -j)
            tails[at : at + 1] = [-j]
    return 2 * len(tails) / (len(a) + len(b)) if len(tails) >= SEVERAL else 0.0


def candidates(texts: Iterable[Hashes]) -> list[tuple[int, int]]:
    """The pairs of texts (given as `numbers_of` has them), the lower first, that share enough to be worth an alignment:
    TOGETHER kept fingerprints. Time and room grow with the words of the texts and with the pairs found, not with all
    pairs."""
    kept, owners = [], []
    for n, numbers in enumerate(texts):
        marks = np.unique(fingerprints(numbers))
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


def _neighbours(n: int) -> tuple[Longs, Longs]:
    """Of so many texts the first with each other one, and each with the next."""
    rest = np.arange(1, n)
    return np.concatenate((np.zeros(n - 1, np.int64), rest[:-1])), np.concatenate((rest, rest[1:]))
