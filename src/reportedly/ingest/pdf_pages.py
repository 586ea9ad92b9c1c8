"""A PDF's pages: the lines of each, where they stand, without running heads; and what was not read.

Boxes are asked for a line's first and last character only: calls into pdfium cost more than all the rest.
"""

import ctypes
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from functools import cache
from itertools import chain, groupby, repeat
from typing import Any, NamedTuple

import numpy as np

from ..records import Unread
from .ingested import IngestError
from .member import Limits

_LINE = re.compile(r"[^\s\ufffe](?:[^\r\n\ufffe]*[^\s\ufffe])?\ufffe?")  # U+FFFE: a hyphen at a line's end
_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True)
)
PLAIN = {
    **dict.fromkeys((*range(32), 127), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{ord(ligature): letters for ligature, letters in _LIGATURES.items()},
    0xAD: "",
}
_ODD = np.zeros(1 << 16, bool)  # by UTF-16 unit: what has to be made plain, or looked at one by one
_ODD[[*set(range(32)) - {10, 13}, 127, 0xAD, *range(0xD800, 0xE000), *map(ord, _LIGATURES)]] = True
_SPACE = re.compile(r"(?<=\S) (?=\S)")
_SPACES = re.compile(" {2,}")
_CHECKED = 2  # wide lines of a page that are looked at for a gutter
ROWS = 3  # that stand at the same place make a column
CELL = 12  # characters; shorter pieces are cells of a table rather than lines of columns
_MARGIN = 0.1  # of a page's height, above and below: where running heads and feet stand
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page|p\.)?[\s–—|·-]*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[\s–—|·-]*", re.I)
_PRINTED = re.compile(r"(?:https?|file)://\S+(?: \d+/\d+)?|\d+/\d+/\d+, \d+:\d\d(?: [AP]M)?(?: .*)?")
LONGEST_WORD = 60  # characters
_NAMED = 20  # stretches of pages
_OCR = "run OCR on it first, for instance with ocrmypdf"


class Line(NamedTuple):
    """Where a line stands, in points from the page's top left corner; size: the height of its first letter's font; at:
    which of the page's lines it is."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    at: int = 0


class Page(NamedTuple):
    """A page's lines. texts: theirs; one that ends with a hyphen which pdfium saw ends with U+FFFE. boxes: rows left,
    top, right, bottom and size, with a column for each line. outside: how many lines lie outside its edges. blank:
    nothing is drawn on it."""

    number: int
    height: float
    texts: list[str]
    boxes: Any
    outside: int = 0
    characters: int = 0
    blank: bool = False

    def take(self, lines: Any) -> "Page":
        """The page with these of its lines, in this order."""
        return self._replace(texts=[self.texts[i] for i in lines], boxes=self.boxes[:, lines])


class _Gap(NamedTuple):
    """A wide space: in which line, which character, and from where to where it reaches."""

    line: int
    space: int
    before: float
    after: float


def pages_of(pdf: Any, limits: Limits) -> tuple[list[Page], list[Unread]]:
    """Its pages, and what of them was not read. IngestError where none has text."""
    pages: list[Page] = []
    damaged, unread, characters, count = [], [], 0, len(pdf)
    last = min(count, limits.pages)
    for number in range(1, last + 1):
        page = _page(pdf.raw, number)
        if not page:
            damaged.append(number)
            continue
        pages.append(page)
        characters += page.characters
        if characters > limits.bytes and number < last:
            most = f"more than {limits.bytes / 1e6:g} million characters; raise the limit with --max-megabytes"
            unread.append(Unread(f"pages {number + 1} to {count} left out: {most}"))
            break
    else:
        if count > last:
            more = f"page {count}" if last + 1 == count else f"pages {last + 1} to {count}"
            unread.append(Unread(f"{more} not read; raise it with --limit pages=N", warn=True))
    bare = [p.number for p in pages if not (p.texts or p.outside or p.blank)]
    outside = [p.number for p in pages if p.outside]
    if not any(p.texts for p in pages):
        if bare:
            raise IngestError(f"this PDF has no text layer ({_several(len(bare), 'page')} of images); {_OCR}")
        what = "all of its pages are damaged" if damaged else "its pages have nothing on them"
        raise IngestError(f"this PDF cannot be read: {what}; open it in a viewer and print it to a new PDF")
    if damaged:
        unread.append(Unread(f"damaged and not read: {_named(damaged)}"))
    if bare:
        unread.append(Unread(f"no text layer on {_named(bare)}; {_OCR}"))
    if outside:
        unread.append(Unread(f"text outside the page's edges left out on {_named(outside)}"))
    if attached := pdf.count_attachments():
        unread.append(Unread(f"{_several(attached, 'attached file')} left out"))
    return pages, unread


def _page(pdf: Any, number: int) -> Page | None:
    """A page, counted from 1; None where it is damaged. pdfium's own functions: the library's objects cost 3 % more."""
    from pypdfium2 import raw

    page = raw.FPDF_LoadPage(pdf, number - 1)
    if not page:
        return None
    try:
        characters = raw.FPDFText_LoadPage(page)
        if not characters:
            return None
        try:
            with np.errstate(all="ignore"):  # boxes may be of any size
                return _read(page, characters, number)
        finally:
            raw.FPDFText_ClosePage(characters)
    finally:
        raw.FPDF_ClosePage(page)


def _read(page: Any, characters: Any, number: int) -> Page:
    """The lines of an open page, those outside its edges left out."""
    from pypdfium2 import raw

    frame = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, frame)
    turned = raw.FPDFPage_GetRotation(page)
    across, up = frame.right - frame.left, frame.top - frame.bottom
    width, height = (up, across) if turned % 2 else (across, up)
    count = raw.FPDFText_CountChars(characters)
    if count <= 0:
        return Page(number, height, [], np.empty((5, 0)), blank=raw.FPDFPage_CountObjects(page) <= 0)
    text, at, odd = _text(characters, count)
    spans = [m.span() for m in _LINE.finditer(text)]
    corners = _corners(characters, at, spans)
    if not turned and (apart := _apart(characters, text, at, spans, corners)):
        spans = apart
        corners = _corners(characters, at, spans)
    x, y = corners[::2] - frame.left, corners[1::2] - frame.bottom
    if turned % 2:
        x, y = (y, x) if turned == 1 else (up - y, across - x)
    else:
        x, y = (across - x, y) if turned else (x, up - y)
    boxes = np.array((x.min(0), y.min(0), x.max(0), y.max(0), abs(y[1] - y[0])))
    inside = (boxes[0] < width) & (boxes[1] < height) & (boxes[2] > 0) & (boxes[3] > 0)  # false for what is no number
    boxes = np.clip(boxes, 0, ((width,), (height,), (width,), (height,), (height,))).round(2)
    texts = [text[start:end] for start, end in spans]
    outside = len(spans) - int(np.count_nonzero(inside))
    if odd:
        texts = [_SPACES.sub(" ", t.translate(PLAIN)).strip() for t in texts]
        inside &= np.array(texts, bool)
    lines = Page(number, height, texts, boxes, outside, count)
    if not inside.all():
        lines = lines.take(np.flatnonzero(inside))
    return _with_capitals(lines) if min(map(len, lines.texts), default=2) == 1 else lines


def _text(characters: Any, count: int) -> tuple[str, Any, bool]:
    """A page's text; the number that pdfium gives each of its characters, or None where that is its place in the text;
    whether there is anything to be made plain in it."""
    from pypdfium2 import raw

    units = np.empty(2 * count + 1, np.uint16)  # two for each, though each is one: it must never write beyond
    written = _function("FPDFText_GetText", 2)(_address(characters), 0, count, units.ctypes.data)
    units = units[: max(0, written - 1)]
    text = units.tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text, None, "  " in text or bool(_ODD[units].any())
    # pdfium leaves out of its text what has no letter, and counts two for one beyond U+FFFF: one by one, then
    letters: list[str] = []
    at: list[int] = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(characters, i)
        if 0xDC00 <= code < 0xE000 and letters and "\ud800" <= letters[-1] < "\udc00":
            letters[-1] = chr(0x10000 + (ord(letters[-1]) - 0xD800) * 0x400 + code - 0xDC00)
        elif code:
            letters.append("\ufffe" if code == 2 and raw.FPDFText_IsHyphen(characters, i) == 1 else chr(code))
            at.append(i)
    return "".join(letters), np.array(at, int), True


def _corners(characters: Any, at: Any, pairs: list[tuple[int, int]]) -> Any:
    """The boxes of the first and the last character of stretches of a page's text: rows left, top, right, bottom of the
    first, then of the last. As the file counts: from the bottom."""
    places = (np.array(pairs, int).reshape(-1, 2) - (0, 1)).ravel()
    numbers = (places if at is None else at[places]).tolist()
    boxes = np.zeros((len(pairs), 8), np.float32)
    where = boxes.ctypes.data
    box_of = _function("FPDFText_GetLooseCharBox", 1)
    deque(map(box_of, repeat(_address(characters)), numbers, range(where, where + boxes.nbytes, 16)), maxlen=0)
    return boxes.astype(float).T


def _address(handle: Any) -> int:
    """Where what a handle of pdfium's stands for lies."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


@cache
def _function(name: str, numbers: int) -> Callable[..., int]:
    """A function of pdfium's, to be called with addresses: its handle, so many numbers, and where its answer goes. That
    saves two fifths of the time of a call, and a type for each size of answer."""
    from pypdfium2 import raw

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, *[ctypes.c_int] * numbers, ctypes.c_void_p)
    return kind(_address(getattr(raw, name)))


def _apart(
    characters: Any, text: str, at: Any, spans: list[tuple[int, int]], corners: Any
) -> list[tuple[int, int]] | None:
    """The lines, those cut in two at a gutter that pdfium ran together because they stand side by side and the page
    draws one after the other. None where there are none."""
    if not spans:
        return None
    lefts, rights, sizes = corners[0], corners[6], abs(corners[1] - corners[3])
    wide = np.flatnonzero(rights - lefts > 0.5 * (rights.max() - lefts.min())).tolist()
    if not _gaps(characters, text, at, spans, sizes, wide[:: 1 + len(wide) // _CHECKED]):
        return None
    gaps = _gaps(characters, text, at, spans, sizes, wide)
    begun = [
        gap.after for gap in gaps if min(gap.space - spans[gap.line][0], spans[gap.line][1] - gap.space) > CELL
    ] + [x for x, (start, end) in zip(lefts.tolist(), spans, strict=True) if end - start > CELL and math.isfinite(x)]
    votes = Counter(round(x / 3) for x in begun)
    least = max(ROWS, len(wide) // 6)
    gutters = sorted(3 * place for place in votes if sum(votes[place + i] for i in (-1, 0, 1)) >= least)
    cuts: defaultdict[int, list[int]] = defaultdict(list)
    for gap in gaps:
        at_gutter = bisect_right(gutters, gap.after + 3)
        if at_gutter and gutters[at_gutter - 1] > gap.before + 3:
            cuts[gap.line].append(gap.space)
    apart = []
    for line, (start, end) in enumerate(spans):
        for space in cuts.get(line, ()):
            apart.append((start, space))
            start = space + 1
        apart.append((start, end))
    return apart


def _gaps(
    characters: Any, text: str, at: Any, spans: list[tuple[int, int]], sizes: Any, lines: list[int]
) -> list[_Gap]:
    """The spaces in these lines that are wider than a letter is high."""
    from pypdfium2 import raw

    pieced = []
    for n in lines:
        first, last = (i if at is None else int(at[i]) for i in (spans[n][0], spans[n][1] - 1))
        if raw.FPDFText_CountRects(characters, first, last - first + 1) > 1:
            pieced.append(n)
    spaces = [(line, m.start()) for line in pieced for m in _SPACE.finditer(text, *spans[line])]
    if not spaces:
        return []
    corners = _corners(characters, at, [(space - 1, space + 2) for _, space in spaces])
    before, after = corners[2], corners[4]
    wide = np.isfinite(before) & np.isfinite(after) & (after - before > sizes[[line for line, _ in spaces]])
    return [_Gap(*spaces[i], float(before[i]), float(after[i])) for i in np.flatnonzero(wide).tolist()]


def _with_capitals(page: Page) -> Page:
    """The page with each large capital that begins a text put before the word it belongs to; the lines beside it then
    begin where it does."""
    texts, boxes = list(page.texts), page.boxes.copy()
    kept: list[int] = []
    capital: Line | None = None
    for i, line in enumerate(lines_of(page)):
        if (
            capital
            and capital.size > 1.8 * line.size
            and line.left >= capital.right - line.size
            and capital.top - line.size < line.top < capital.bottom
        ):
            boxes[0, i] = capital.left
            if capital.at == i - 1:
                kept.pop()
                texts[i] = texts[i - 1] + texts[i]
                boxes[3, i] = max(capital.bottom, line.bottom)
        else:
            capital = line if len(texts[i]) == 1 and texts[i].isupper() else None
        kept.append(i)
    return page._replace(texts=texts, boxes=boxes).take(kept)


def lines_of(page: Page) -> list[Line]:
    """Where each line of the page stands."""
    return list(map(Line, *page.boxes.tolist(), range(len(page.texts))))


# Running heads, and what else is told by all pages


def without_heads(pages: list[Page]) -> tuple[list[Page], list[Unread]]:
    """The pages without the lines at their top and bottom that stand at the same height on several, whatever digits are
    in them; and without a page's own number, what a browser prints at a page's edges, and what stands beside it."""
    seen: defaultdict[tuple[bool, int, str], list[tuple[int, int]]] = defaultdict(list)  # (page, line)
    alone: list[tuple[int, int]] = []
    for n, page in enumerate(pages):
        if not page.texts:
            continue
        _, tops, _, bottoms, sizes = page.boxes
        above = bottoms < page.height * _MARGIN
        edges = np.flatnonzero(above | (tops > page.height * (1 - _MARGIN))).tolist()
        outer = (tops < tops.min() + sizes) | (bottoms > bottoms.max() - sizes)
        rows = {round(tops[i]) for i in edges if outer[i] and _is_of_the_page(page.texts[i], page.number)}
        alone += [(n, i) for i in edges if round(tops[i]) in rows]
        for i in edges if len(pages) > 1 else ():
            height = tops[i] if above[i] else page.height - bottoms[i]
            seen[bool(above[i]), round(height), _DIGITS.sub("", page.texts[i]).strip()].append((n, i))
    out, said = set(), []
    for (head, _, words), lines in seen.items():
        if (count := len({n for n, _ in lines})) > 1:
            out.update(lines)
            n, i = lines[0]
            named = f'running {"head" if head else "foot"} "{pages[n].texts[i][:60]}"'
            named = named if any(map(str.isalpha, words)) else "page numbers"
            said.append(Unread(f"{named} on {count} pages left out"))
    for n, i in alone:
        if (n, i) not in out:
            out.add((n, i))
            said.append(Unread(f'"{pages[n].texts[i][:60]}" at the edge of {_named([pages[n].number])} left out'))
    if not out:
        return pages, said
    kept = [page.take([i for i in range(len(page.texts)) if (n, i) not in out]) for n, page in enumerate(pages)]
    return (kept, said) if any(page.texts for page in kept) else (pages, [])


def _is_of_the_page(text: str, page: int) -> bool:
    """Whether a line is the page's number, or what a browser prints."""
    number = _NUMBER.fullmatch(text[:LONGEST_WORD])
    return bool(number and int(number.group(1)) == page or _PRINTED.fullmatch(text))


def body_size(pages: list[Page]) -> float:
    """The size that most lines have."""
    sizes = Counter(chain.from_iterable(page.boxes[4].tolist() for page in pages))
    return sizes.most_common(1)[0][0] if sizes else 0.0


# In words


def _several(count: int, noun: str) -> str:
    """A count of things in words: 1 page, 2 pages."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _named(pages: list[int]) -> str:
    """Pages in words: page 3; pages 1, 4-6."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(sorted(pages)), key=lambda x: x[1] - x[0])]
    named = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_NAMED]]
    more = f" and {len(runs) - _NAMED} stretches more" if len(runs) > _NAMED else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}{more}"
