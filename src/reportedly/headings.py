"""Where a text breaks off without ending a sentence: behind headings, credits, captions. What somebody is said to have
said never goes on beyond such a place."""

import re

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_ENDED = re.compile(r"[.!?:;,…—–-][”\"’')\]]*\Z")  # noqa: RUF001
_BEGINS = re.compile(r"[“\"‘'(\[]?[A-Z\d]")
WRAPPED = 120  # characters that no line has of a text whose lines are broken to fit a page, but for a long word
SHORT = 60  # characters of a line that is too short to have been broken there


def breaks(text: str) -> list[int]:
    r"""Where the lines begin that come behind one that ends no sentence, in order. In a text with broken lines these
    are only behind an empty line, or behind a short one where the next begins like a sentence.

    >>> breaks("What next\n\n“The pump was stuck,” she said.")
    [11]
    """
    lines = list(_LINE.finditer(text))
    long = sum(len(m[0]) > WRAPPED for m in lines)
    whole = long > sum(SHORT < len(m[0]) <= WRAPPED for m in lines)
    out = []
    for m, after in zip(lines, lines[1:], strict=False):
        line = m[0].strip()
        if _ENDED.search(line):
            continue
        begin = after.end() - len(after[0].lstrip())
        empty = text.count("\n", m.end(), after.start()) > 1
        if whole or empty or (len(line) < SHORT and _BEGINS.match(text, begin)):
            out.append(begin)
    return out
