"""A PDF: where its lines stand, in which order they are read, and which paragraphs they make.

pdfium gives a page's characters in the order in which the page draws them, cut into lines. That order is kept where it
goes down the page, column by column; where it does not, the page is cut at its gutters and its full-width lines. Boxes
are asked for a line's first and last character only: calls into pdfium cost more than all the rest.
"""

import ctypes
import math
import re
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain, groupby, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np

from ..records import Region, Unread
from .ingested import Ingested, IngestError
from .language import language_of
from .member import Limits, Member

_LINE = re.compile(r"[^\s\ufffe](?:[^\r\n\ufffe]*[^\s\ufffe])?")  # U+FFFE: pdfium's mark for a hyphen at a line's end
_ODD = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\xad\ud800-\udfff\ufb00-\ufb06]|  ")
_PLAIN = {
    **dict.fromkeys((*range(32), 127), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st", 0xAD: ""},
}
_SPACES = re.compile(" {2,}")
_CHECKED = 5  # wide lines of a page that are looked at for a gutter
_ROWS = 3  # that stand at the same place make a column
_CELL = 12  # characters; shorter pieces are cells of a table rather than lines of columns
_MARGIN = 0.12  # of a page's height, above and below: where running heads and feet stand
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page|p\.)?[\s–—|·-]*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[\s–—|·-]*", re.I)
_ALIKE = 0.15  # sizes that differ by less are one: the same size in two fonts, roman and bold
_MOST_BLOCKS = 200  # of a page whose order is checked pair by pair
_DEEPEST = 12  # cuts within each other
_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$|[”’»]$")
_WORD_AT_END = re.compile(r"[\w'’-]+$")
_WORD_AT_START = re.compile(r"\w[\w'’]*")
_HYPHENS = ("-", "\u2010")
_KEEPING = frozenset(["self", "well", "vice", "half"])  # what keeps its hyphen, as "well-known"
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
    """A line. hyphen: whether it ends with one, which `text` then lacks. Its box is in points from the page's top left
    corner; size: the height of its first letter's font."""

    text: str
    hyphen: bool
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float


class _Page(NamedTuple):
    """What a page gives. outside: how many lines lie outside its edges. blank: nothing is drawn on it."""

    number: int
    height: float
    lines: list[_Line]
    outside: int = 0
    characters: int = 0
    blank: bool = False


class _Block(NamedTuple):
    """Lines of one size, one below the other."""

    lines: list[_Line]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, lines: list[_Line]) -> "_Block":
        """The block of these lines."""
        _, _, _, left, top, right, bottom, _ = zip(*lines, strict=True)
        return cls(lines, min(left), min(top), max(right), max(bottom))


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
            title, author = (pdf.get_metadata_value(key).strip() for key in ("Title", "Author"))
            stated = _stated_language(pdf)
            pages, unread = _pages(pdf, limits)
    pages, heads = _without_heads(pages)
    body = _body_size(pages)
    paragraphs = _joined([p for page in pages for b in _ordered(page.lines) for p in _paragraphs(b, body)])
    words = _Words(pages)
    text, layout = _written(paragraphs, words)
    first = [p for p in paragraphs if p[0].page == 1]
    language, warnings = language_of(text, stated)
    published = _PUBLISHED.search(data)
    document = member.document(
        text,
        limits,
        title=title if _is_title(title) else _largest(first, body, words),
        byline=_byline(first, author),
        published=published.group(1).decode("ascii") if published else None,
        language=language,
        media_type="application/pdf",
    )
    return Ingested(document, (*unread, *heads), warnings, layout, original=member.original(limits))


# The file -> pages of lines


def _refusal(code: int) -> str:
    """Why pdfium does not open a file, and what to do."""
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    if code == FPDF_ERR_PASSWORD:
        return "this PDF is locked with a password; save a copy without one and read that"
    if code == FPDF_ERR_SECURITY:
        return "this PDF is locked in a way that is not read; print it to a new PDF and read that"
    return "this PDF is damaged and cannot be opened; open it in a viewer and print it to a new PDF"


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
            unread.append(Unread(f"pages {last + 1} to {count} left out; raise it with --limit pages=N"))
    bare = [p.number for p in pages if not p.characters and not p.blank]
    outside = [p.number for p in pages if p.outside]
    if not any(p.characters for p in pages):
        if bare:
            raise IngestError(f"this PDF has no text layer ({_several(len(bare), 'page')} of images); {_OCR}")
        what = f"all of its {count} pages are damaged" if damaged else "it has no pages that anything is on"
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
        return _Page(number, height, [], blank=raw.FPDFPage_CountObjects(page) <= 0)
    text, at = _text(characters, count)
    spans = [m.span() for m in _LINE.finditer(text)]
    corners = _corners(characters, text, at, spans)
    if not turned and raw.FPDFText_CountRects(characters, 0, -1) > len(spans):
        spans, before = _apart(characters, text, at, spans, corners), len(spans)
        corners = _corners(characters, text, at, spans) if len(spans) > before else corners
    x, y = corners[::2] - frame.left, corners[1::2] - frame.bottom
    if turned % 2:
        x, y = (y, x) if turned == 1 else (up - y, across - x)
    else:
        x, y = (across - x, y) if turned else (x, up - y)
    box = np.array((x.min(0), y.min(0), x.max(0), y.max(0), abs(y[1] - y[0])))
    inside = (box[0] < width) & (box[1] < height) & (box[2] > 0) & (box[3] > 0)  # false for what is no number
    outside = len(spans) - int(np.count_nonzero(inside))
    box[:4] = np.clip(box[:4], 0, ((width,), (height,), (width,), (height,)))
    texts = [text[start:end] for start, end in spans]
    hyphens = [text.startswith("\ufffe", end) for _, end in spans]
    if _ODD.search(text):
        hyphens = [hyphen or t[-1] == "\xad" for hyphen, t in zip(hyphens, texts, strict=True)]
        texts = [_SPACES.sub(" ", t.translate(_PLAIN)).strip() for t in texts]
    lines = list(map(_Line, texts, hyphens, repeat(number), *box.round(2).tolist()))
    if outside:
        lines = [line for line, shown in zip(lines, inside.tolist(), strict=True) if shown]
    return _Page(number, height, _with_capitals([line for line in lines if line.text]), outside, count)


def _text(characters: Any, count: int) -> tuple[str, Sequence[int]]:
    """A page's text, and the number that pdfium gives each of its characters."""
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(characters, 0, count, buffer)
    text = bytes(memoryview(buffer)[: max(0, written - 1)]).decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text, range(count)
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
    return "".join(letters), at


def _corners(characters: Any, text: str, at: Sequence[int], spans: list[tuple[int, int]]) -> Any:
    """Rows left, top, right, bottom of each line's first character, then of its last (its hyphen, where it ends with
    one), as the file counts: from the bottom."""
    from pypdfium2 import raw

    boxes = (raw.FS_RECTF * (2 * len(spans)))()
    edges = [at[i] for start, end in spans for i in (start, end - (not text.startswith("\ufffe", end)))]
    deque(map(raw.FPDFText_GetLooseCharBox, repeat(characters), edges, boxes), maxlen=0)
    return np.frombuffer(boxes, np.float32).astype(float).reshape(-1, 8).T


def _apart(
    characters: Any, text: str, at: Sequence[int], spans: list[tuple[int, int]], corners: Any
) -> list[tuple[int, int]]:
    """The lines, those cut in two at a gutter that pdfium ran together since they stand side by side and the page draws
    one after the other."""
    lefts, rights, sizes = corners[0], corners[6], abs(corners[1] - corners[3])
    wide = np.flatnonzero(rights - lefts > 0.5 * (rights.max() - lefts.min())).tolist() if spans else []

    def gaps(line: int) -> list[float]:
        """Where what stands behind a gap begins."""
        first, last = (at[i] for i in (spans[line][0], spans[line][1] - 1))
        found = _rectangles(characters, first, last - first + 1)
        return [b[0] for a, b in pairwise(found) if b[0] - a[2] > sizes[line]]

    if not any(map(gaps, wide[:: 1 + len(wide) // _CHECKED])):
        return spans
    behind = {line: gaps(line) for line in wide}
    votes = Counter(round(x / 3) for x in chain(lefts[np.isfinite(lefts)].tolist(), *behind.values()))
    apart = []
    for line, (start, end) in enumerate(spans):
        for x in behind.get(line, ()):
            key = round(x / 3)
            often = votes[key - 1] + votes[key] + votes[key + 1] >= _ROWS
            cut = _reaching(characters, text, at, start, end, x) if often else None
            if cut and min(cut - start, end - cut) > _CELL:
                apart.append((start, cut - 1))
                start = cut
        apart.append((start, end))
    return apart


def _rectangles(characters: Any, first: int, count: int) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every piece of these characters that was drawn at once."""
    from pypdfium2 import raw

    box = [ctypes.c_double() for _ in range(4)]
    found = []
    for i in range(raw.FPDFText_CountRects(characters, first, count)):
        raw.FPDFText_GetRect(characters, i, *box)
        left, top, right, bottom = (side.value for side in box)
        if math.isfinite(left + right):
            found.append((left, top, right, bottom))
    return found


def _reaching(characters: Any, text: str, at: Sequence[int], start: int, end: int, x: float) -> int | None:
    """The first character behind a space that reaches beyond x."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    while (start := text.find(" ", start, end - 1) + 1) > 0:
        raw.FPDFText_GetLooseCharBox(characters, at[start], box)
        if box.right > x:
            return start
    return None


def _with_capitals(lines: list[_Line]) -> list[_Line]:
    """The lines with a large capital that begins a text put before the word it belongs to; the lines beside it then
    begin where it does."""
    if all(len(line.text) > 1 for line in lines):
        return lines
    out: list[_Line] = []
    capital: _Line | None = None
    for line in lines:
        beside = (
            capital and line.left >= capital.right - line.size and capital.top - line.size < line.top < capital.bottom
        )
        if capital and beside and capital.size > 1.8 * line.size:
            if out[-1] is capital:
                out.pop()
                top = min(capital.top, line.top)
                line = line._replace(text=capital.text + line.text, top=top, bottom=max(capital.bottom, line.bottom))
            out.append(line._replace(left=capital.left))
            continue
        out.append(line)
        capital = line if len(line.text) == 1 and line.text.isupper() else None
    return out


# Running heads, and what else is told by all pages


def _without_heads(pages: list[_Page]) -> tuple[list[_Page], list[Unread]]:
    """The pages without the lines at their top and bottom that stand at the same height on several, whatever digits are
    in them; and without a page's own number."""
    seen: defaultdict[tuple[bool, int, str], list[_Line]] = defaultdict(list)
    numbers: list[_Line] = []
    for page in pages:
        above, below = page.height * _MARGIN, page.height * (1 - _MARGIN)
        for line in page.lines:
            if (head := line.bottom < above) or line.top > below:
                where = line.top if head else page.height - line.bottom
                seen[head, round(where), _DIGITS.sub("", line.text).strip()].append(line)
                number = _NUMBER.fullmatch(line.text) if len(line.text) < 20 else None
                if number and int(number.group(1)) == page.number:
                    numbers.append(line)
    left, said = set(), []
    for (head, _, words), lines in seen.items():
        if (count := len({line.page for line in lines})) > 1:
            left.update(lines)
            named = (
                f'running {"head" if head else "foot"} "{lines[0].text[:60]}"' if any(map(str.isalpha, words)) else ""
            )
            said.append(Unread(f"{named or 'page numbers'} on {count} pages left out"))
    if alone := [line for line in numbers if line not in left]:
        left.update(alone)
        said.append(Unread(f"page number left out on {_named([line.page for line in alone])}"))
    kept = [page._replace(lines=[line for line in page.lines if line not in left]) for page in pages] if left else pages
    return (kept, said) if any(page.lines for page in kept) else (pages, [])


def _body_size(pages: list[_Page]) -> float:
    """The size that most letters have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


# Lines -> paragraphs


def _ordered(lines: list[_Line]) -> list[_Block]:
    """A page's lines as they are read."""
    blocks = _blocks(lines)
    return blocks if _goes_down(blocks) else [b for part in _cut(lines) for b in _blocks(part)]


def _blocks(lines: list[_Line]) -> list[_Block]:
    """Lines that follow each other one below the other in one size, together."""
    blocks: list[list[_Line]] = []
    last = None
    for line in lines:
        if (
            last is not None
            and -0.5 < (line.top - last.top) / (last.size or 1) < 2
            and abs(line.size - last.size) <= _ALIKE * last.size
            and line.left < last.right
            and last.left < line.right
        ):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        last = line
    return list(map(_Block.of, blocks))


def _goes_down(blocks: list[_Block]) -> bool:
    """Whether each block stands below those before it that stand above or below it at all, columns go from left to
    right, and rows do not run across columns."""
    if len(blocks) > _MOST_BLOCKS:
        return False
    for i, block in enumerate(blocks):
        top = block.top + block.lines[0].size / 2
        for before in blocks[:i]:
            if block.left < before.right and before.left < block.right:
                if top < before.bottom:
                    return False
            elif (
                block.right <= before.left
                and top < before.bottom
                and before.top < block.bottom
                and min(len(block.lines), len(before.lines)) > 2
            ):
                return False
    rows = sum(
        a.right <= b.left and abs(b.top - a.top) < b.lines[0].size / 2 and min(map(_letters, (a, b))) > _CELL
        for a, b in pairwise(blocks)
    )
    return rows < _ROWS


def _letters(block: _Block) -> int:
    """How many letters its first line has."""
    return len(block.lines[0].text)


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


def _paragraphs(block: _Block, body: float) -> list[list[_Line]]:
    """The paragraphs of a block: one begins behind a gap, with an indent, or after a line that had room for its first
    word."""
    lines = block.lines
    if len(lines) == 1:
        return [lines]
    size = lines[0].size
    steps = sorted(b.top - a.top for a, b in pairwise(lines))
    gap = 1.25 * steps[len(steps) // 4] + 1
    heading = size > (1 + _ALIKE) * body
    indent, short = block.left + 0.6 * size, block.right - size
    paragraphs = [[lines[0]]]
    for a, b in pairwise(lines):
        begins = b.top - a.top > gap or (
            not heading
            and (
                (b.left > indent and (a.left <= indent or _END.search(a.text)))
                or (a.right < short and _had_room(a, b, block))
            )
        )
        if begins:
            paragraphs.append([b])
        else:
            paragraphs[-1].append(b)
    return paragraphs


def _had_room(a: _Line, b: _Line, block: _Block) -> bool:
    """Whether line a ends before the column does though b's first word would still have fitted."""
    word = len(b.text.partition(" ")[0]) + 1.5
    room = block.right - a.right > word * (b.right - b.left) / len(b.text)
    return (
        room and not a.hyphen and bool(_END.search(a.text) or a.right - block.left < 0.5 * (block.right - block.left))
    )


def _joined(paragraphs: list[list[_Line]]) -> list[list[_Line]]:
    """The paragraphs, those that go on in another column or on another page joined, also across a caption."""
    out: list[list[_Line]] = []
    for paragraph in paragraphs:
        begun = out[-1] if out else None
        for earlier in out[: -_INTERRUPTIONS - 2 : -1]:
            if _like(earlier[-1], paragraph[0]):
                begun = earlier
                break
        if begun and _goes_on(begun, paragraph[0], begun is out[-1]):
            begun.extend(paragraph)
        else:
            out.append(list(paragraph))
    return out


def _like(a: _Line, b: _Line) -> bool:
    """Whether two lines are of one size."""
    return abs(a.size - b.size) <= 0.05 * a.size


def _goes_on(begun: list[_Line], line: _Line, next_to: bool) -> bool:
    """Whether a paragraph that is at the end of its column goes on with this line."""
    last = begun[-1]
    below = line.page == last.page and line.top > last.top and line.left < last.right and last.left < line.right
    if below and next_to or not _like(last, line) or _END.search(last.text):
        return False
    if last.hyphen or line.text[:1].islower():
        return True
    widest = max(a.right - a.left for a in begun)
    return next_to and len(begun) > 1 and last.right - last.left > 0.8 * widest


# Paragraphs -> text


class _Words:
    """The words of a document, looked through when the first line ends with a hyphen."""

    def __init__(self, pages: list[_Page]) -> None:
        self._pages = pages

    @cached_property
    def seen(self) -> frozenset[str]:
        """Those that stand within lines, in lower case."""
        return frozenset(
            word.strip(_MARKS) for p in self._pages for line in p.lines for word in line.text.lower().split()
        )


def _written(paragraphs: Iterable[list[_Line]], words: _Words) -> tuple[str, tuple[Region, ...]]:
    """The text of paragraphs, and where its lines stand."""
    parts: list[str] = []
    layout: list[Region] = []
    at = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n\n")
            at += 2
        for line, following in zip(paragraph, [*paragraph[1:], None], strict=True):
            text, glue = line.text, " " if following else ""
            if line.hyphen or text.endswith(_HYPHENS):
                text, glue = _unhyphened(line, following, words)
            end = at + len(text)
            layout.append(Region(start=at, end=end, page=line.page, box=(line.left, line.top, line.right, line.bottom)))
            parts += (text, glue)
            at = end + len(glue)
    return "".join(parts), tuple(layout)


def _unhyphened(line: _Line, following: _Line | None, words: _Words) -> tuple[str, str]:
    """A line that ends with a hyphen as it stands in the text, and what comes between it and the next."""
    whole = line.text + "-" if line.hyphen else line.text
    before = _WORD_AT_END.search(whole[-_LONGEST_WORD:-1])
    after = _WORD_AT_START.match(following.text[:_LONGEST_WORD]) if following else None
    if not before or not after:
        return whole, " " if following else ""
    left, right = before.group().lower(), after.group().lower()
    if right in _SUSPENDED:
        return whole, " "
    if left + "-" + right in words.seen:
        return whole, ""
    if left + right in words.seen:
        return whole[:-1], ""
    kept = not after.group()[0].islower() or not left.isalpha() or left in _KEEPING or right in _KEPT
    return (whole if kept else whole[:-1]), ""


# What the file and its first page say of the document


def _is_title(stated: str) -> bool:
    """Whether the title that a file states is one, and not what a program or a file is called."""
    return " " in stated and len(stated) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(stated)


def _largest(first: list[list[_Line]], body: float, words: _Words) -> str | None:
    """The paragraph of the first page in the largest type, where that is larger than the text's."""
    headings = [p for p in first if p[0].size > (1 + _ALIKE) * body and sum(map(len, (a.text for a in p))) > 3]
    largest = max(headings, key=lambda p: p[0].size, default=None)
    title = _written([largest], words)[0] if largest else ""
    return title if 0 < len(title) <= _LONGEST_TITLE else None


def _byline(first: list[list[_Line]], stated: str) -> str | None:
    """Who wrote it: as the first page says, else as the file does."""
    for paragraph in first:
        for line in paragraph[:2]:
            if len(line.text) < 120 and (found := _BYLINE.fullmatch(line.text)):
                return found.group(1)
    return stated if re.fullmatch(_NAMES, stated) and len(stated) < 120 else None


def _several(count: int, noun: str) -> str:
    """A count of things in words: 1 page, 2 pages."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _named(pages: list[int]) -> str:
    """Pages in words: page 3; pages 1, 4-6."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(sorted(pages)), key=lambda x: x[1] - x[0])]
    named = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_NAMED]]
    more = f" and {len(runs) - _NAMED} stretches more" if len(runs) > _NAMED else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}{more}"
