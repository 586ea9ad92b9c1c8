"""Text -> word pieces with features, and the windows in which a model reads them.

In: a text of any length. Out: `Pieces`, arrays with one entry per word piece (its vocabulary id, its place in the
text, what the lower-cased vocabulary loses), and `Window`s, which cover every piece exactly once with their cores.
The trainer reads the same pieces and windows, so that a model sees at run time what it was trained on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from .arrays import Bools, Ints, Longs
from .quotation import quoted

CLS, SEP = 101, 102  # ids of BERT's vocabulary that frame every window
CORE, CONTEXT = 160, 8  # pieces: cores of 128 to 320 read no faster, and 16 of context no better (PolNeAR dev)
FEATURES = 16  # shape (4) x inside quotation marks (2) x begins a paragraph (2)
LINES_AT_ONCE = 256
LONGEST_LINE = 2000  # characters tokenised at once; longer paragraphs are cut at white space

_LOWER, _TITLE, _UPPER, _MIXED = range(4)
_LINE_END = re.compile("[\n\r\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e]")  # where str.splitlines breaks
_SENTENCE_END = frozenset(".!?…")  # an empty string is not among them


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of one text, in order; all arrays have one entry a piece.

    ids: vocabulary ids. start, end: character offsets into the text. word: index of the word a piece belongs to
    (pieces of one word share it). feature: shape + 4 * inside quotation marks + 8 * begins a paragraph.
    """

    ids: Ints
    start: Ints
    end: Ints
    word: Ints
    feature: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of pieces read at once: [start, end). Only cues in its core [core_start, core_end) are its own."""

    start: int
    core_start: int
    core_end: int
    end: int

    @property
    def core(self) -> slice:
        """Where the core lies in what a model gives for the framed window (`framed`)."""
        low = self.core_start - self.start + 1
        return slice(low, low + self.core_end - self.core_start)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(offset, line) for every line with something in it; overlong ones in parts cut at white space."""
    at = 0
    for whole in text.splitlines(keepends=True):
        low, high = 0, len(whole)
        while high - low > LONGEST_LINE:
            cut = whole.rfind(" ", low + LONGEST_LINE // 2, low + LONGEST_LINE) + 1 or low + LONGEST_LINE
            yield at + low, whole[low:cut]
            low = cut
        if not whole[low:].isspace() and low < high:
            yield at + low, whole[low:]
        at += high


@lru_cache(1 << 14)  # a text has a third as many different words as words
def _shape(word: str) -> int:
    if word.islower() or not word[0].isalpha():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _TITLE
    return _TITLE if word[0].isupper() and word[1:].islower() else _MIXED


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces, in order. White space, controls and what the vocabulary strips (accents that stand
    as characters of their own) lie in none."""
    parts = list(_lines(text))
    out = [np.zeros((4, 0), np.int32)]
    words = 0
    for low in range(0, len(parts), LINES_AT_ONCE):  # Python lists of a whole archive would take gigabytes
        some = parts[low : low + LINES_AT_ONCE]
        rows: list[tuple[int, int, int, int]] = []
        for at, encoding in zip(
            (at for at, _ in some), tokenizer.encode_batch([x for _, x in some], add_special_tokens=False), strict=True
        ):
            last: int | None = None
            for piece, (start, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
                words += word != last
                last = word
                rows.append((piece, at + start, at + end, words - 1))
        out.append(np.array(rows, np.int32).reshape(-1, 4).T)
    ids, start, end, word = np.concatenate(out, axis=1)
    return Pieces(ids, start, end, word, _features(text, start, end, word))


def _features(text: str, start: Ints, end: Ints, word: Ints) -> Ints:
    """What the lower-cased vocabulary loses: shape + 4 * in quotation marks + 8 * first of its paragraph."""
    marks = quoted(text)
    opens, closes = (np.array([m[i] for m in marks], np.int32) for i in (0, 1))
    stretch = np.searchsorted(opens, start, "right") - 1
    inside = (stretch >= 0) & (start < np.append(closes, 0)[stretch])
    ends = np.array([m.start() for m in _LINE_END.finditer(text)], np.int32)
    first = np.ones(len(start), np.bool_)  # a line end lies between the piece before and this one
    first[1:] = np.searchsorted(ends, end[:-1]) < np.searchsorted(ends, start[1:])
    heads = np.flatnonzero(np.append(True, word[1:] != word[:-1])) if len(word) else np.zeros(0, np.int64)
    shapes = (_shape(text[s:e]) for s, e in zip(start[heads].tolist(), end[heads].tolist(), strict=True))
    shape = np.fromiter(shapes, np.int32, len(heads))
    return (shape[word] + 4 * inside + 8 * first).astype(np.int32) if len(word) else np.zeros(0, np.int32)


def windows(
    pieces: Pieces, text: str, core: int = CORE, context: int = CONTEXT, first: int | None = None
) -> list[Window]:
    """Windows whose cores cover the pieces once, end at a paragraph or sentence where one ends in time, and have
    `context` pieces of their neighbours on both sides. `first` shortens the first core (training moves it about)."""
    out: list[Window] = []
    at, limit = 0, first or core
    begins = pieces.feature >= 8
    while at < len(pieces):
        stop = min(at + limit, len(pieces))
        if stop < len(pieces):
            stop = _break(pieces, text, begins, at + limit // 2, stop)
        out.append(Window(max(0, at - context), at, stop, min(len(pieces), stop + context)))
        at, limit = stop, core
    return out


def framed(pieces: Pieces, window: Window) -> tuple[Longs, Longs]:
    """The ids and features of a window's pieces between [CLS] and [SEP], as the encoder takes them: [1, n + 2] each."""
    inside = slice(window.start, window.end)
    ids = np.concatenate(([CLS], pieces.ids[inside], [SEP])).astype(np.int64)[None]
    return ids, np.concatenate(([0], pieces.feature[inside], [0])).astype(np.int64)[None]


@lru_cache(4)
def vectors_of(folder: Path) -> npt.NDArray[np.uint8]:
    """The vectors of the vocabulary's pieces [pieces, numbers], in 8 bits: what the graphs that read pieces take, in
    place of ids. folder: a reader's. The file is mapped, so that processes share it."""
    table = np.load(folder / "pieces.npy", mmap_mode="r")
    return np.asarray(table)


def word_at(pieces: Pieces, character: int) -> int:
    """The number of the word at a character of the text; that of the last word behind it. There must be a piece."""
    i = int(pieces.end.searchsorted(np.int32(character), "right"))  # a plain int would copy the array at every call
    return int(pieces.word[min(i, len(pieces) - 1)])


def ends_of(pieces: Pieces, starts: Sequence[int] | Longs, ends: Sequence[int] | Longs) -> tuple[Longs, Longs]:
    """First and last piece of each stretch of characters [start, end)."""
    top = len(pieces) - 1
    first = np.minimum(np.searchsorted(pieces.end, starts, "right"), top)
    return first, np.clip(np.searchsorted(pieces.start, ends) - 1, 0, top)


def _break(pieces: Pieces, text: str, begins: Bools, low: int, high: int) -> int:
    """The last paragraph start in (low, high], else the last sentence start, else the last word start, else high."""
    paragraphs = np.flatnonzero(begins[low + 1 : high + 1])
    if len(paragraphs):
        return int(low + 1 + paragraphs[-1])
    for i in range(high, low, -1):
        before = int(pieces.end[i - 1])
        if before < pieces.start[i] and text[max(0, before - 2) : before].rstrip("”\"’')")[-1:] in _SENTENCE_END:
            return i
    for i in range(high, low, -1):
        if pieces.word[i] != pieces.word[i - 1]:
            return i
    return high
