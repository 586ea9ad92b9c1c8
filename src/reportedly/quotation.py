"""Text -> the stretches that stand in quotation marks.

Marks are matched within a paragraph; a quotation left open runs to the paragraph's end, as newspapers leave it open
when the speech goes on in the next one. Apostrophes are not quotation marks: a single mark opens only before a letter
and after a space, and only where a closing one follows in the same paragraph.
"""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from .records import Speech

_MARK = re.compile(r'[“”„‟«»"\n\r]')
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)[^\n\r‘]{0,600}?(?<=[^\s‘])[’'](?!\w)")
_WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?][”\"’')]*(?:\s|$)|\n")
"""Where a sentence or line ends, with the marks that close a quotation there."""
LONGEST_UNCLOSED = 3000

Places = list[tuple[int, int]]


def quoted(text: str) -> Places:
    """(start, end) of each stretch in double marks, its marks included, in order and apart; a closing mark that nothing
    opened is a stretch by itself. One that is not closed ends after LONGEST_UNCLOSED characters at the latest."""
    out: Places = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark.group()
        if sign in "\n\r":
            if opened is not None:
                out.append((opened, min(at, opened + LONGEST_UNCLOSED)))
            opened = None
        elif sign in "”»" or (sign == '"' and opened is not None):
            out.append((at if opened is None else opened, at + 1))
            opened = None
        elif opened is None:
            opened = at
    if opened is not None:
        out.append((opened, min(len(text), opened + LONGEST_UNCLOSED)))
    return out


def spoken(text: str) -> Places:
    """(start, end) of each stretch in quotation marks, double or single, its marks included; a single pair within a
    double one is a stretch by itself."""
    return sorted(quoted(text) + [m.span() for m in _SINGLE.finditer(text)])


def overlapping(stretches: Places, start: int, end: int) -> Places:
    """Those of the stretches (in order and apart) that share a character with [start, end)."""
    first = bisect_right(stretches, start, key=itemgetter(1))
    behind = bisect_left(stretches, end, key=itemgetter(0))
    return stretches[first:behind]


def speech_of(text: str, cue: Places, content: Places, marks: Places) -> Speech:
    """Direct where every word of the content stands in quotation marks, indirect where none does, else mixed.

    `marks`: what `quoted` gave for the text. A quotation that holds the cue too is somebody else's. Single marks are
    looked for in the content and one character around it."""
    foreign = {q for start, end in cue for q in overlapping(marks, start, end)}
    inside = outside = 0
    for start, end in content:
        low = max(0, start - 1)
        single = [(low + m.start(), low + m.end()) for m in _SINGLE.finditer(text[low : end + 1])]
        near = [q for q in overlapping(marks, start, end) if q not in foreign]
        if not near and not single:
            outside += _WORD.search(text, start, end) is not None
            continue
        for word in _WORD.finditer(text, start, end):
            at = word.start()
            if overlapping(near, at, at + 1) or overlapping(single, at, at + 1):
                inside += 1
            else:
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
