"""A PDF: where its lines stand, in which order they are read, and which paragraphs they make.

pdfium gives a page's characters in the order in which the page draws them, cut into lines. That order is kept where it
goes down the page, column by column; where it does not, the page is cut at its gutters and its full-width lines. Boxes
are asked for a line's first and last character only: calls into pdfium cost more than all the rest.
"""

import ctypes
import math
import re
import threading
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from itertools import accumulate, chain, groupby, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np

from ..records import Region, Unread
from .ingested import Ingested, IngestError
from .member import Limits, Member

_LINE = re.compile(r"[^\s\ufffe](?:[^\r\n\ufffe]*[^\s\ufffe])?\ufffe?")  # U+FFFE: a hyphen at a line's end
_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True)
)
_PLAIN = {
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
_ROWS = 3  # that stand at the same place make a column
_CELL = 12  # characters; shorter pieces are cells of a table rather than lines of columns
_MARGIN = 0.1  # of a page's height, above and below: where running heads and feet stand
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page|p\.)?[\s–—|·-]*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[\s–—|·-]*", re.I)
_PRINTED = re.compile(r"(?:https?|file)://\S+(?: \d+/\d+)?|\d+/\d+/\d+, \d+:\d\d(?: [AP]M)?(?: .*)?")
_ALIKE = 0.15  # sizes that differ by less are one: the same size in two fonts, roman and bold
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
_LONGEST_WORD = 60  # characters
_LONGEST_TITLE = 300  # characters
_NO_TITLE = re.compile(
    r"(?:untitled|layout|slide|page|document|print)[\s\d.:-]*|(?:microsoft |power ?point|https?:|file:).*"
    r"|.*\.(?:docx?|pdf|indd|qx[pd]|odt|rtf|txt|html?|pptx?|tex|dvi)",
    re.I,
)
_NAME = r"[^\W\d_a-z][\w.'’-]*"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|and|de|da|van|von|der|bin|al))*,? {_NAME}"
_BYLINE = re.compile(rf"(?:By|BY|Words by|Text:) ({_NAMES})(?:(?:,| [|•·]).*[^.])?")
_PUBLISHED = re.compile(rb"prism:publicationDate(?:>|\s?=\s?[\"'])\s?(\d{4}-\d\d-\d\d(?:T[\d:.Z+-]{1,25})?)\s?[<\"']")
_NAMED = 20  # stretches of pages
_OCR = "run OCR on it first, for instance with ocrmypdf"
_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for several threads


class _Line(NamedTuple):
    """Where a line stands, in points from the page's top left corner; size: the height of its first letter's font; at:
    which of the page's lines it is."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    at: int = 0


class _Page(NamedTuple):
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

    def take(self, lines: Any) -> "_Page":
        """The page with these of its lines, in this order."""
        return self._replace(texts=[self.texts[i] for i in lines], boxes=self.boxes[:, lines])


class _Gap(NamedTuple):
    """A wide space: in which line, which character, and from where to where it reaches."""

    line: int
    space: int
    before: float
    after: float


class _Piece(NamedTuple):
    """Lines of a page that follow each other in one paragraph: their texts and boxes (left, top, right, bottom);
    whether the first is indented."""

    page: int
    texts: list[str]
    boxes: list[tuple[float, float, float, float]]
    size: float
    indented: bool


def read_pdf(member: Member, limits: Limits) -> Ingested:
    """The text of a PDF, an empty line between its paragraphs, and a region for each of its lines. IngestError where it
    is locked, damaged or has no text, as when it was scanned."""
    try:
        import pypdfium2
    except ImportError as e:
        raise IngestError("this is a PDF; to read it: pip install 'reportedly[formats]'") from e
    data = member.data(limits)
    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as e:
            raise IngestError(_refusal(e.err_code)) from e
        with pdf:
            title, author = _stated(pdf, "Title"), _stated(pdf, "Author")
            stated = _stated_language(pdf)
            pages, unread = _pages(pdf, limits)
    pages, heads = _without_heads(pages)
    body = _body_size(pages)
    paragraphs = _joined([piece for page in pages for piece in _pieces(page, body)])
    words = _Words(pages)
    text, layout = _written(paragraphs, words)
    first = [p for p in paragraphs if p[0].page == 1]
    published = _PUBLISHED.search(data)
    return member.ingested(
        text,
        limits,
        language=stated,
        unread=(*unread, *heads),
        layout=layout,
        title=title if _is_title(title) else _largest(first, body, words),
        byline=_byline(first, author),
        published=published.group(1).decode("ascii") if published else None,
        media_type="application/pdf",
    )


# The file -> pages of lines


def _refusal(code: int) -> str:
    """Why pdfium does not open a file, and what to do."""
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    if code == FPDF_ERR_PASSWORD:
        return "this PDF is locked with a password; save a copy without one and read that"
    if code == FPDF_ERR_SECURITY:
        return "this PDF is locked in a way that is not read; print it to a new PDF and read that"
    return "this PDF is damaged and cannot be opened; open it in a viewer and print it to a new PDF"


def _stated(pdf: Any, key: str) -> str:
    """What the file states of itself under this key, empty where that is no text."""
    try:
        return " ".join(pdf.get_metadata_value(key).translate(_PLAIN).split())
    except UnicodeDecodeError:
        return ""


def _stated_language(pdf: Any) -> str | None:
    """The language that the file states of itself, ISO 639-1."""
    from pypdfium2.raw import FPDFCatalog_GetLanguage

    units = FPDFCatalog_GetLanguage(pdf, None, 0) // 2
    buffer = (ctypes.c_ushort * units)()
    FPDFCatalog_GetLanguage(pdf, buffer, 2 * units)
    stated = re.match(r"([a-z]{2})(?:-|\0|$)", bytes(buffer)[:64].decode("utf-16-le", "replace").lower())
    return stated.group(1) if stated else None


def _pages(pdf: Any, limits: Limits) -> tuple[list[_Page], list[Unread]]:
    """Its pages, and what of them was not read. IngestError where none has text."""
    pages: list[_Page] = []
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


def _page(pdf: Any, number: int) -> _Page | None:
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


def _read(page: Any, characters: Any, number: int) -> _Page:
    """The lines of an open page, those outside its edges left out."""
    from pypdfium2 import raw

    frame = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, frame)
    turned = raw.FPDFPage_GetRotation(page)
    across, up = frame.right - frame.left, frame.top - frame.bottom
    width, height = (up, across) if turned % 2 else (across, up)
    count = raw.FPDFText_CountChars(characters)
    if count <= 0:
        return _Page(number, height, [], np.empty((5, 0)), blank=raw.FPDFPage_CountObjects(page) <= 0)
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
        texts = [_SPACES.sub(" ", t.translate(_PLAIN)).strip() for t in texts]
        inside &= np.array(texts, bool)
    lines = _Page(number, height, texts, boxes, outside, count)
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
        gap.after for gap in gaps if min(gap.space - spans[gap.line][0], spans[gap.line][1] - gap.space) > _CELL
    ] + [x for x, (start, end) in zip(lefts.tolist(), spans, strict=True) if end - start > _CELL and math.isfinite(x)]
    votes = Counter(round(x / 3) for x in begun)
    least = max(_ROWS, len(wide) // 6)
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


def _with_capitals(page: _Page) -> _Page:
    """The page with each large capital that begins a text put before the word it belongs to; the lines beside it then
    begin where it does."""
    texts, boxes = list(page.texts), page.boxes.copy()
    kept: list[int] = []
    capital: _Line | None = None
    for i, line in enumerate(_lines(page)):
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


def _lines(page: _Page) -> list[_Line]:
    """Where each line of the page stands."""
    return list(map(_Line, *page.boxes.tolist(), range(len(page.texts))))


# Running heads, and what else is told by all pages


def _without_heads(pages: list[_Page]) -> tuple[list[_Page], list[Unread]]:
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
    number = _NUMBER.fullmatch(text[:_LONGEST_WORD])
    return bool(number and int(number.group(1)) == page or _PRINTED.fullmatch(text))


def _body_size(pages: list[_Page]) -> float:
    """The size that most lines have."""
    sizes = Counter(chain.from_iterable(page.boxes[4].tolist() for page in pages))
    return sizes.most_common(1)[0][0] if sizes else 0.0


# Lines -> paragraphs


def _pieces(page: _Page, body: float) -> list[_Piece]:
    """The paragraphs of a page as they are read."""
    if not page.texts:
        return []
    starts = _starts(page)
    if not _goes_down(page, starts):
        parts = _cut(_lines(page))
        page = page.take([line.at for part in parts for line in part])
        starts = sorted({*_starts(page), *accumulate(map(len, parts[:-1]))})
    starts, indented = _paragraph_starts(page, starts, body)
    boxes = list(zip(*page.boxes[:4].tolist(), strict=True))
    sizes = page.boxes[4].tolist()
    return [
        _Piece(page.number, page.texts[start:end], boxes[start:end], sizes[start], indented[start])
        for start, end in pairwise([*starts, len(boxes)])
    ]


def _starts(page: _Page) -> list[int]:
    """The lines with which blocks begin: those that do not stand below the one before, in its size."""
    left, top, right, _, size = page.boxes
    before, step = size[:-1], top[1:] - top[:-1]
    begins = (
        (step < -0.5 * before)
        | (step > 2 * before)
        | (abs(size[1:] - before) > _ALIKE * before)
        | (left[1:] >= right[:-1])
        | (left[:-1] >= right[1:])
    )
    return [0, *(np.flatnonzero(begins) + 1).tolist()]


def _goes_down(page: _Page, starts: list[int]) -> bool:
    """Whether each block stands below those before it that stand above or below it at all, columns go from left to
    right, and rows do not run across columns."""
    if len(starts) == 1:
        return True
    if len(starts) > _MOST_BLOCKS:
        return False
    left, top, right, bottom, size = page.boxes
    least, most = np.minimum.reduceat, np.maximum.reduceat
    sides = (least(left, starts), least(top, starts), most(right, starts), most(bottom, starts), size[starts])
    blocks = list(map(_Line, *(side.tolist() for side in sides), starts))
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
        and min(len(page.texts[a.at]), len(page.texts[b.at])) > _CELL
        for a, b in pairwise(blocks)
    )
    return rows < _ROWS


def _paragraph_starts(page: _Page, starts: list[int], body: float) -> tuple[list[int], list[bool]]:
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
    heading = size > (1 + _ALIKE) * body
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


def _cut(lines: list[_Line], depth: int = 0) -> list[list[_Line]]:
    """The lines, cut where the page is: first into stretches one below the other, each of columns or of full-width
    lines, then those with columns into these, and so on."""
    rows = _groups(lines, lambda line: (line.top + 0.2 * line.size, line.bottom - 0.2 * line.size))
    across = max(line.right for line in lines) - min(line.left for line in lines)
    gutter = max(across / 200, 0.5 * sorted(line.size for line in lines)[len(lines) // 2])
    stretches: list[tuple[list[_Line], list[tuple[float, float]]]] = []
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


def _groups(lines: list[_Line], span: Callable[[_Line], tuple[float, float]], gap: float = 0) -> list[list[_Line]]:
    """The lines whose spans overlap or lie within the gap, together, in order."""
    groups: list[list[_Line]] = []
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


def _joined(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Paragraphs of the pieces: those that go on in another column or on another page are joined, also across a
    caption."""
    indents = sum(piece.indented for piece in pieces) > 0.3 * len(pieces)
    paragraphs: list[list[_Piece]] = []
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


def _goes_on(begun: list[_Piece], piece: _Piece, next_to: bool, indents: bool) -> bool:
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


class _Words:
    """The words of a document, looked through when the first line ends with a hyphen."""

    def __init__(self, pages: list[_Page]) -> None:
        self._pages = pages

    def __contains__(self, word: str) -> bool:
        return word in self._seen or word.lower() in self._seen

    @cached_property
    def _seen(self) -> frozenset[str]:
        text = " ".join(text for page in self._pages for text in page.texts)
        for mark in _MARKS:
            text = text.replace(mark, " ")
        return frozenset(text.split())


def _written(paragraphs: Iterable[list[_Piece]], words: _Words) -> tuple[str, tuple[Region, ...]]:
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


def _unhyphened(lines: list[str], words: _Words) -> tuple[list[str], list[str]]:
    """The lines of a paragraph, without hyphens that only divide a word; and what comes behind each."""
    texts, glues = [], []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        text, glue = line, " "
        if line[-1] in _HYPHENS:
            text = line[:-1] + "-" if line[-1] == "\ufffe" else line
            before = _WORD_AT_END.search(text[-_LONGEST_WORD:-1])
            after = _WORD_AT_START.match(following[:_LONGEST_WORD])
            if before and after and after.group() not in _SUSPENDED:
                glue = ""
                if not _keeps(before.group(), after.group(), words):
                    text = text[:-1]
        texts.append(text)
        glues.append(glue)
    return texts, [*glues[:-1], "\n\n"]


def _keeps(before: str, after: str, words: _Words) -> bool:
    """Whether the hyphen between two words at a line's end would also be there within a line: as they stand elsewhere
    in the document, else by what they are."""
    if f"{before}-{after}" in words:
        return True
    if before + after in words:
        return False
    return not (after[0].islower() and before.isalpha()) or before.lower() in _KEEPING or after in _KEPT


# What the file and its first page say of the document


def _is_title(stated: str) -> bool:
    """Whether the title that a file states is one, and not what a program or a file is called."""
    return " " in stated and len(stated) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(stated)


def _largest(first: list[list[_Piece]], body: float, words: _Words) -> str | None:
    """The paragraph of the first page in the largest type, where that is larger than the text's."""
    headings = [p for p in first if p[0].size > (1 + _ALIKE) * body and sum(map(len, p[0].texts)) > 3]
    largest = max(headings, key=lambda p: p[0].size, default=None)
    title = _written([largest], words)[0] if largest else ""
    return title if 0 < len(title) <= _LONGEST_TITLE else None


def _byline(first: list[list[_Piece]], stated: str) -> str | None:
    """Who wrote it: as the first page says, else as the file does."""
    for paragraph in first:
        for text in paragraph[0].texts[:2]:
            if found := _BYLINE.fullmatch(text[:_LONGEST_TITLE]):
                return found.group(1)
    return stated if len(stated) <= _LONGEST_TITLE and re.fullmatch(_NAMES, stated) else None


def _several(count: int, noun: str) -> str:
    """A count of things in words: 1 page, 2 pages."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _named(pages: list[int]) -> str:
    """Pages in words: page 3; pages 1, 4-6."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(sorted(pages)), key=lambda x: x[1] - x[0])]
    named = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_NAMED]]
    more = f" and {len(runs) - _NAMED} stretches more" if len(runs) > _NAMED else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}{more}"
