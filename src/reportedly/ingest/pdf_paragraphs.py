"""The lines of a PDF's pages to paragraphs, in the order in which they are read, and those to text.

pdfium gives a page's characters in the order in which the page draws them, cut into lines. That order is kept where it
goes down the page, column by column; where it does not, the page is cut at its gutters and its full-width lines.
"""

import math
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from ..records import Region
from .pdf_pages import CELL, LONGEST_WORD, ROWS, Line, Page, lines_of

ALIKE = 0.15  # sizes that differ by less are one: the same size in two fonts, roman and bold
_MOST_BLOCKS = 200  # of a page whose order is checked pair by pair
_DEEPEST = 12  # cuts within each other
_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$|[”’»]$")
_LONGEST_END = 6  # characters
_WORD_AT_END = re.compile(r"[\w'’-]+$")
_WORD_AT_START = re.compile(r"\w[\w'’]*")
_HYPHENS = frozenset("-\u2010\ufffe")
_KEEPING = frozenset(
    ["self", "well", "vice", "half", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
)  # what keeps its hyphen, as "well-known"
_KEPT = frozenset(["called", "general", "year", "old", "term", "based"])  # "so-called"
_SUSPENDED = frozenset(["and", "or", "to", "but"])  # "pre- and post-war"
_INTERRUPTIONS = 2  # captions or headings in the midst of a paragraph
_MARKS = ".,;:!?…()[]\"'“”‘’«»"


class Piece(NamedTuple):
    """Lines of a page that follow each other in one paragraph: their texts and boxes (left, top, right, bottom);
    whether the first is indented."""

    page: int
    texts: list[str]
    boxes: list[tuple[float, float, float, float]]
    size: float
    indented: bool


def pieces_of(page: Page, body: float) -> list[Piece]:
    """The paragraphs of a page as they are read."""
    if not page.texts:
        return []
    starts = _starts(page)
    if not _goes_down(page, starts):
        parts = _cut(lines_of(page))
        page = page.take([line.at for part in parts for line in part])
        starts = sorted({*_starts(page), *accumulate(map(len, parts[:-1]))})
    starts, indented = _paragraph_starts(page, starts, body)
    boxes = list(zip(*page.boxes[:4].tolist(), strict=True))
    sizes = page.boxes[4].tolist()
    return [
        Piece(page.number, page.texts[start:end], boxes[start:end], sizes[start], indented[start])
        for start, end in pairwise([*starts, len(boxes)])
    ]


def _starts(page: Page) -> list[int]:
    """The lines with which blocks begin: those that do not stand below the one before, in its size."""
    left, top, right, _, size = page.boxes
    before, step = size[:-1], top[1:] - top[:-1]
    begins = (
        (step < -0.5 * before)
        | (step > 2 * before)
        | (abs(size[1:] - before) > ALIKE * before)
        | (left[1:] >= right[:-1])
        | (left[:-1] >= right[1:])
    )
    return [0, *(np.flatnonzero(begins) + 1).tolist()]


def _goes_down(page: Page, starts: list[int]) -> bool:
    """Whether each block stands below those before it that stand above or below it at all, columns go from left to
    right, and rows do not run across columns."""
    if len(starts) == 1:
        return True
    if len(starts) > _MOST_BLOCKS:
        return False
    left, top, right, bottom, size = page.boxes
    least, most = np.minimum.reduceat, np.maximum.reduceat
    sides = (least(left, starts), least(top, starts), most(right, starts), most(bottom, starts), size[starts])
    blocks = list(map(Line, *(side.tolist() for side in sides), starts))
    several = [end - start > 2 for start, end in pairwise([*starts, len(page.texts)])]
    for i, block in enumerate(blocks):
        middle = block.top + block.size / 2
        for j, before in enumerate(blocks[:i]):
            if middle < before.bottom:
                if block.left < before.right and before.left < block.right:
                    return False
                if several[i] and several[j] and block.right <= before.left and before.top < block.bottom:
                    return False
    rows = sum(
        a.right <= b.left
        and abs(b.top - a.top) < b.size / 2
        and min(len(page.texts[a.at]), len(page.texts[b.at])) > CELL
        for a, b in pairwise(blocks)
    )
    return rows < ROWS


def _paragraph_starts(page: Page, starts: list[int], body: float) -> tuple[list[int], list[bool]]:
    """The lines with which paragraphs begin: those of blocks, and those behind a gap, with an indent, or after a line
    that had room for their first word. And which of all lines are indented."""
    left, top, right, _, size = page.boxes
    lengths = np.diff([*starts, len(page.texts)])
    edge, end = (
        np.repeat(by(side, starts), lengths) for by, side in ((np.minimum.reduceat, left), (np.maximum.reduceat, right))
    )
    step = top[1:] - top[:-1]
    steps = [
        np.partition(step[start : start + n - 1], n // 4)[n // 4] if n > 2 else math.inf
        for start, n in zip(starts, lengths.tolist(), strict=True)
    ]
    indented = left > edge + 0.6 * size
    heading = size > (1 + ALIKE) * body
    plain = ~heading[1:]
    begins = (step > 1.25 * np.repeat(steps, lengths)[1:] + 1) | (plain & indented[1:] & ~indented[:-1])
    begins[[start - 1 for start in starts[1:]]] = True
    perhaps = plain & ~begins & (indented[1:] | (right[:-1] < (end - size)[:-1]))
    for i in np.flatnonzero(perhaps).tolist():
        ended = _END.search(page.texts[i][-_LONGEST_END:])
        if indented[i + 1]:
            begins[i] = bool(ended)
        elif ended or right[i] - edge[i] < 0.5 * (end[i] - edge[i]) and page.texts[i][-1] not in _HYPHENS:
            text = page.texts[i + 1]
            word = (text.find(" ") % len(text) + 1.5) * (right[i + 1] - left[i + 1]) / len(text)
            begins[i] = end[i] - right[i] > word
    return [0, *(np.flatnonzero(begins) + 1).tolist()], indented.tolist()


def _cut(lines: list[Line], depth: int = 0) -> list[list[Line]]:
    """The lines, cut where the page is: first into stretches one below the other, each of columns or of full-width
    lines, then those with columns into these, and so on."""
    rows = _groups(lines, lambda line: (line.top + 0.2 * line.size, line.bottom - 0.2 * line.size))
    across = max(line.right for line in lines) - min(line.left for line in lines)
    gutter = max(across / 200, 0.5 * sorted(line.size for line in lines)[len(lines) // 2])
    stretches: list[tuple[list[Line], list[tuple[float, float]]]] = []
    for row in rows:
        columns = _merged([(line.left, line.right) for line in row], gutter)
        if stretches:
            above, before = stretches[-1]
            both = _merged(before + columns, gutter)
            if len(both) > 1 or len(before) == len(columns) == 1:
                above.extend(row)
                stretches[-1] = above, both
                continue
        stretches.append((list(row), columns))
    if len(stretches) > 1:
        parts = [stretch for stretch, _ in stretches]
    else:
        parts = _groups(lines, lambda line: (line.left, line.right), gutter)
    if len(parts) == 1 or depth == _DEEPEST:
        return [[line for row in rows for line in sorted(row, key=lambda line: line.left)]]
    return [leaf for part in parts for leaf in _cut(part, depth + 1)]


def _groups(lines: list[Line], span: Callable[[Line], tuple[float, float]], gap: float = 0) -> list[list[Line]]:
    """The lines whose spans overlap or lie within the gap, together, in order."""
    groups: list[list[Line]] = []
    reach = -math.inf
    for line in sorted(lines, key=span):
        low, high = span(line)
        if low > reach + gap:
            groups.append([])
        groups[-1].append(line)
        reach = max(reach, high)
    return groups


def _merged(spans: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """What the spans cover, those that overlap or lie within the gap as one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + gap:
            merged[-1] = merged[-1][0], max(merged[-1][1], high)
        else:
            merged.append((low, high))
    return merged


def joined(pieces: list[Piece]) -> list[list[Piece]]:
    """Paragraphs of the pieces: those that go on in another column or on another page are joined, also across a
    caption."""
    indents = sum(piece.indented for piece in pieces) > 0.3 * len(pieces)
    paragraphs: list[list[Piece]] = []
    for piece in pieces:
        for back, begun in enumerate(paragraphs[: -_INTERRUPTIONS - 2 : -1]):
            if abs(begun[-1].size - piece.size) <= 0.05 * piece.size:
                if _goes_on(begun, piece, back == 0, indents):
                    begun.append(piece)
                    break
                paragraphs.append([piece])
                break
        else:
            paragraphs.append([piece])
    return paragraphs


def _goes_on(begun: list[Piece], piece: Piece, next_to: bool, indents: bool) -> bool:
    """Whether a paragraph that is at the end of its column goes on with this piece. indents: whether the document's
    paragraphs begin with one."""
    text, (left, top, right, _), first = begun[-1].texts[-1], begun[-1].boxes[-1], piece.boxes[0]
    if next_to and first[1] > top and first[0] < right and left < first[2] and piece.page == begun[-1].page:
        return False  # it stands right below
    several = len(begun) > 1 or len(begun[0].boxes) > 1
    full = right - left > 0.8 * max(box[2] - box[0] for box in (*begun[-1].boxes, first))
    if _END.search(text[-_LONGEST_END:]):
        return indents and full and several and not piece.indented and len(piece.boxes) > 1
    if text[-1] in _HYPHENS or piece.texts[0][0].islower():
        return True
    return next_to and (several or full)


# Paragraphs -> text


class Hyphens:
    """The words of a document, looked through when the first line ends with a hyphen."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages

    def __contains__(self, word: str) -> bool:
        return word in self._seen or word.lower() in self._seen

    @cached_property
    def _seen(self) -> frozenset[str]:
        text = " ".join(text for page in self._pages for text in page.texts)
        for mark in _MARKS:
            text = text.replace(mark, " ")
        return frozenset(text.split())


def written(paragraphs: Iterable[list[Piece]], words: Hyphens) -> tuple[str, tuple[Region, ...]]:
    """The text of paragraphs, and where its lines stand."""
    parts: list[str] = []
    layout: list[Region] = []
    at = 0
    for paragraph in paragraphs:
        texts = [text for piece in paragraph for text in piece.texts] if len(paragraph) > 1 else paragraph[0].texts
        glues = [" "] * (len(texts) - 1) + ["\n\n"]
        if not _HYPHENS.isdisjoint([text[-1] for text in texts]):
            texts, glues = _unhyphened(texts, words)
        places = ((piece.page, box) for piece in paragraph for box in piece.boxes)
        for text, glue, (page, box) in zip(texts, glues, places, strict=True):
            end = at + len(text)
            layout.append(Region(start=at, end=end, page=page, box=box))
            parts += (text, glue)
            at = end + len(glue)
    return "".join(parts[:-1]), tuple(layout)


def _unhyphened(lines: list[str], words: Hyphens) -> tuple[list[str], list[str]]:
    """The lines of a paragraph, without hyphens that only divide a word; and what comes behind each."""
    texts, glues = [], []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        text, glue = line, " "
        if line[-1] in _HYPHENS:
            text = line[:-1] + "-" if line[-1] == "\ufffe" else line
            before = _WORD_AT_END.search(text[-LONGEST_WORD:-1])
            after = _WORD_AT_START.match(following[:LONGEST_WORD])
            if before and after and after.group() not in _SUSPENDED:
                glue = ""
                if not _keeps(before.group(), after.group(), words):
                    text = text[:-1]
        texts.append(text)
        glues.append(glue)
    return texts, [*glues[:-1], "\n\n"]


def _keeps(before: str, after: str, words: Hyphens) -> bool:
    """Whether the hyphen between two words at a line's end would also be there within a line: as they stand elsewhere
    in the document, else by what they are."""
    if f"{before}-{after}" in words:
        return True
    if before + after in words:
        return False
    return not (after[0].islower() and before.isalpha()) or before.lower() in _KEEPING or after in _KEPT
