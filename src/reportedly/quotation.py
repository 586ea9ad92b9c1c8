"""Text -> the stretches that stand in quotation marks.

Marks are matched within a paragraph; a quotation left open runs to the paragraph's end, as newspapers leave it open
when the speech goes on in the next one. Apostrophes are not quotation marks: a single mark opens only before a letter
and after a space, and only where a closing one follows in the same paragraph.
"""

import re

from .records import Speech

_MARK = re.compile(r'[“”„‟«»"\n\r]')
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)[^\n\r‘]*?(?<=[^\s‘])[’'](?!\w)")
_WORD = re.compile(r"\w+")


def quoted(text: str) -> list[tuple[int, int]]:
    """(start, end) of each stretch in double marks, its marks included, in order and apart; a closing mark that nothing
    opened is a stretch by itself."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark.group()
        if sign in "\n\r":
            if opened is not None:
                out.append((opened, at))
            opened = None
        elif sign in "”»" or (sign == '"' and opened is not None):
            out.append((at if opened is None else opened, at + 1))
            opened = None
        elif opened is None:
            opened = at
    if opened is not None:
        out.append((opened, len(text)))
    return out


def speech_of(text: str, content: list[tuple[int, int]], marks: list[tuple[int, int]]) -> Speech:
    """Direct where every word of the content stands in quotation marks, indirect where none does, else mixed.

    `marks`: what `quoted` gave for the text. Single marks are looked for in the content and one character around it."""
    inside = outside = 0
    for start, end in content:
        low = max(0, start - 1)
        single = [(low + m.start(), low + m.end()) for m in _SINGLE.finditer(text[low : end + 1])]
        near = [m for m in marks if m[0] < end and m[1] > start] + single
        for word in _WORD.finditer(text, start, end):
            if any(s <= word.start() < e for s, e in near):
                inside += 1
            else:
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
