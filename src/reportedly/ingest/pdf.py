"""A PDF: its text, where each line of it stands, and what the file and its first page say of the document."""

import ctypes
import re
import threading
from typing import Any

from .ingested import Ingested, IngestError
from .member import Limits, Member
from .pdf_pages import PLAIN, body_size, pages_of, without_heads
from .pdf_paragraphs import ALIKE, Hyphens, Piece, joined, pieces_of, written

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
_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for several threads


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
            pages, unread = pages_of(pdf, limits)
    pages, heads = without_heads(pages)
    body = body_size(pages)
    paragraphs = joined([piece for page in pages for piece in pieces_of(page, body)])
    words = Hyphens(pages)
    text, layout = written(paragraphs, words)
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


def _refusal(code: int) -> str:
    """Why pdfium does not open a file, and what to do."""
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    if code == FPDF_ERR_PASSWORD:
        return "this PDF is locked with a password; save a copy without one and read that"
    if code == FPDF_ERR_SECURITY:
        return "this PDF is locked in a way that is not read; print it to a new PDF and read that"
    return "this PDF is damaged and cannot be opened; open it in a viewer and print it to a new PDF"


# What the file and its first page say of the document


def _stated(pdf: Any, key: str) -> str:
    """What the file states of itself under this key, empty where that is no text."""
    try:
        return " ".join(pdf.get_metadata_value(key).translate(PLAIN).split())
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


def _is_title(stated: str) -> bool:
    """Whether the title that a file states is one, and not what a program or a file is called."""
    return " " in stated and len(stated) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(stated)


def _largest(first: list[list[Piece]], body: float, words: Hyphens) -> str | None:
    """The paragraph of the first page in the largest type, where that is larger than the text's."""
    headings = [p for p in first if p[0].size > (1 + ALIKE) * body and sum(map(len, p[0].texts)) > 3]
    largest = max(headings, key=lambda p: p[0].size, default=None)
    title = written([largest], words)[0] if largest else ""
    return title if 0 < len(title) <= _LONGEST_TITLE else None


def _byline(first: list[list[Piece]], stated: str) -> str | None:
    """Who wrote it: as the first page says, else as the file does."""
    for paragraph in first:
        for text in paragraph[0].texts[:2]:
            if found := _BYLINE.fullmatch(text[:_LONGEST_TITLE]):
                return found.group(1)
    return stated if len(stated) <= _LONGEST_TITLE and re.fullmatch(_NAMES, stated) else None
