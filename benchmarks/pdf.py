"""Text out of PDFs, beside pdfium's own: `python -m benchmarks.pdf`.

Four invented articles are set in one, two and three columns: with reportlab, justified and ragged, indented and spaced,
words broken at line ends, ligatures as one letter, a running head and page numbers; and with Chromium, where it is
installed, from HTML. F1 is that of `score.text_f1`, against the article. Pages per CPU second: ours beside the bare
library's (open, load every page, take its text), same files, same process, in turn. Ends with 1 where F1 is under .97.
"""

import argparse
import io
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reportedly.ingest import Limits, Member
from reportedly.ingest.pdf import read_pdf

from .score import text_f1

LEAST_F1 = 0.97
ARTICLES = Path(__file__).with_name("articles.txt")
_PAGE = (420.0, 595.0)  # points
_MARGIN, _GUTTER = 40.0, 14.0
_SYLLABLES = re.compile(r"(?<=[a-z]{2}[aeiou][bcdfglmnprst])(?=[bcdfglmnprst][aeiou][a-z]{2})")
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "fi": "\ufb01", "fl": "\ufb02"}  # what the font lacks stays


class Article(NamedTuple):
    """A known text."""

    title: str
    byline: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """As it ought to be read."""
        return "\n\n".join((self.title, self.byline, *self.paragraphs))


class Setting(NamedTuple):
    """How an article is set. lead: its first paragraph runs across the columns. caption: a picture's words stand at the
    foot of the first column. backwards: the page draws title, lead and columns in the opposite order; rows: it draws
    line by line across the columns."""

    columns: int = 1
    font: str = "Times-Roman"
    size: float = 9.5
    justified: bool = True
    indented: bool = True
    broken: bool = True
    running: bool = True
    lead: bool = False
    caption: str = ""
    backwards: bool = False
    rows: bool = False


SETTINGS = (
    Setting(),
    Setting(font="Vera", size=8.5, justified=False, indented=False),
    Setting(font="Helvetica", broken=False, lead=True),
)


class Drawn(NamedTuple):
    """A line: where it begins, its baseline, and how wide its spaces are beyond their own width."""

    x: float
    y: float
    text: str
    font: str
    size: float
    wider: float = 0.0


def articles() -> list[Article]:
    """The known texts."""
    parts = (a.strip().splitlines() for a in ARTICLES.read_text("utf-8").split("===\n"))
    return [Article(title, byline, [line for line in rest if line]) for title, byline, *rest in parts]


def typeset(article: Article, setting: Setting) -> bytes:
    """The article as a PDF."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        pdfmetrics.registerFont(TTFont("Vera-Bold", "VeraBd.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_PAGE, invariant=True)
    for number, page in enumerate(_pages(article, setting), 1):
        if setting.running:
            page = [
                Drawn(_MARGIN, _PAGE[1] - 24, "The Brack Valley Courier", "Helvetica", 7),
                Drawn(_PAGE[0] / 2, 20, str(number), "Helvetica", 7),
                *page,
            ]
        for line in page:
            text = canvas.beginText(line.x, line.y)
            text.setFont(line.font, line.size)
            text.setWordSpace(line.wider if line.font[:4] != "Vera" else 0)
            text.textOut(line.text)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(article: Article, setting: Setting) -> Iterator[list[Drawn]]:
    """The lines of each page, in the order in which they are drawn."""
    bold = {"Times-Roman": "Times-Bold", "Vera": "Vera-Bold"}.get(setting.font, "Helvetica-Bold")
    whole = _PAGE[0] - 2 * _MARGIN
    column = (whole - (setting.columns - 1) * _GUTTER) / setting.columns
    leading = setting.size * 1.2
    top = _PAGE[1] - _MARGIN - 20
    above: list[Drawn] = []
    for words, font, size in ((article.title, bold, 18.0), (article.byline, setting.font, setting.size)):
        shown = f"By {words}" if words is article.byline else words
        for line in _broken(shown, font, size, whole, 0, False):
            above.append(Drawn(_MARGIN, top, line, font, size))
            top -= size * 1.25
        top -= 6
    paragraphs = list(article.paragraphs)
    if setting.lead:
        for line in _broken(paragraphs.pop(0), setting.font, setting.size + 1, whole, 0, False):
            above.append(Drawn(_MARGIN, top, line, setting.font, setting.size + 1))
            top -= leading * 1.1
        top -= 8
    columns: list[list[Drawn]] = [[]]
    y, foot = top, _MARGIN + 24 + (40 if setting.caption else 0)
    for i, paragraph in enumerate(paragraphs):
        indent = setting.size if setting.indented and i else 0.0
        lines = _broken(paragraph, setting.font, setting.size, column, indent, setting.broken)
        y -= 0 if setting.indented or not i else leading * 0.6
        for n, line in enumerate(lines):
            if y < foot:
                if len(columns) == setting.columns:
                    yield _in_order(above, columns, setting)
                    above, columns, top, foot = [], [], _PAGE[1] - _MARGIN - 20, _MARGIN + 24
                columns.append([])
                y = top
            if setting.caption and len(columns) == 1 and not columns[0] and above:
                above.append(Drawn(_MARGIN, foot - 30, setting.caption, setting.font, setting.size - 2.5))
            inset = indent if n == 0 else 0.0
            x = _MARGIN + (len(columns) - 1) * (column + _GUTTER) + inset
            room = column - inset - pdfmetrics.stringWidth(line, setting.font, setting.size)
            wider = room / max(1, line.count(" ")) if setting.justified and n < len(lines) - 1 else 0.0
            columns[-1].append(Drawn(x, y, line, setting.font, setting.size, wider))
            y -= leading
    yield _in_order(above, columns, setting)


def _in_order(above: list[Drawn], columns: list[list[Drawn]], setting: Setting) -> list[Drawn]:
    """A page's lines in the order in which the setting draws them."""
    if setting.rows:
        return above + sorted((line for column in columns for line in column), key=lambda line: (-line.y, line.x))
    if setting.backwards:
        return [line for column in reversed(columns) for line in column] + above
    return above + [line for column in columns for line in column]


def _broken(words: str, font: str, size: float, width: float, indent: float, breaking: bool) -> list[str]:
    """Lines of at most this width, words broken between syllables where wanted, and at their hyphens."""
    if font == "Vera":
        for letters, ligature in list(_LIGATURES.items())[2:]:
            words = words.replace(letters, ligature)
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        rest = word
        while True:
            room = width - (0 if lines else indent)
            joined = f"{line} {rest}".strip()
            if pdfmetrics.stringWidth(joined, font, size) <= room or not line and not breaking:
                line = joined
                break
            cuts = [m.end() for m in re.finditer(r"\w-(?=\w)", rest)]
            if breaking:
                cuts += [m.end() for m in _SYLLABLES.finditer(rest)]
            for cut in sorted(cuts, reverse=True):
                part = rest[:cut] + ("" if rest[cut - 1] == "-" else "-")
                if pdfmetrics.stringWidth(f"{line} {part}".strip(), font, size) <= room:
                    line, rest = f"{line} {part}".strip(), rest[cut:]
                    break
            else:
                if not line:  # wider than the column
                    line = rest
                    break
            lines.append(line)
            line = ""
    return [*lines, line]


def printed(article: Article, columns: int) -> bytes:
    """The article as Chromium prints it."""
    body = "".join(f"<p>{escape(p)}</p>" for p in article.paragraphs)
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><style>@page {size: A5; margin: 14mm}'
        f"main {{columns: {columns}; text-align: justify; hyphens: auto; font: 10.5pt/1.25 serif}}</style>"
        f"<title>{escape(article.title)}</title><h1>{escape(article.title)}</h1>"
        f"<p>By {escape(article.byline)}</p><main>{body}</main></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.html"), Path(folder, "a.pdf")
        source.write_text(page, "utf-8")
        command = ["chromium", "--headless", "--no-sandbox", f"--print-to-pdf={target}", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def ours(data: bytes) -> str:
    """The text that we read."""
    return read_pdf(Member.of(data, "a.pdf"), Limits()).document.text


def bare(data: bytes, boxes: bool = False) -> str:
    """The text that pdfium gives. boxes: ask too where every run of it stands, without which a claim's place on its
    page cannot be had."""
    with pypdfium2.PdfDocument(data) as pdf:
        texts = []
        for page in pdf:
            characters = page.get_textpage()
            texts.append(characters.get_text_range())
            for n in range(characters.count_rects() if boxes else 0):
                characters.get_rect(n)
            characters.close()
            page.close()
    return "\n".join(texts)


def files(columns: int) -> Iterator[tuple[str, Article, bytes]]:
    """PDFs in so many columns: what made them, of what, and their bytes."""
    for article in articles():
        for setting in SETTINGS:
            yield "reportlab", article, typeset(article, setting._replace(columns=columns))
        if shutil.which("chromium"):
            yield "Chromium", article, printed(article, columns)


def pdf_pages_per_second(rounds: int = 7) -> tuple[float, float, float]:
    """Pages per CPU second: ours, the bare library's, and the bare library's with boxes; medians of rounds in turn."""
    data = [typeset(a, SETTINGS[n % 2]._replace(columns=n)) for n in (1, 2, 3) for a in articles()]
    return _pages_per_second(data, rounds)


def _pages_per_second(data: list[bytes], rounds: int) -> tuple[float, float, float]:
    """The same for these files."""
    pages = sum(len(pypdfium2.PdfDocument(d)) for d in data)
    rates: dict[Callable[[bytes], str], list[float]] = {ours: [], bare: [], partial(bare, boxes=True): []}
    for _ in range(rounds):
        for work, measured in rates.items():
            began = time.process_time()
            for d in data:
                work(d)
            measured.append(pages / (time.process_time() - began))
    own, theirs, boxes = (statistics.median(measured) for measured in rates.values())
    return own, theirs, boxes


def scores() -> Iterator[tuple[str, int, float, float, float]]:
    """For each maker and number of columns: mean F1 of our text, of pdfium's, and the lowest of ours."""
    for columns in (1, 2, 3):
        found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for maker, article, data in files(columns):
            gold = article.text.replace(article.byline, f"By {article.byline}", 1)
            found[maker].append((text_f1(ours(data), gold), text_f1(bare(data), gold)))
        for maker, pairs in found.items():
            own, theirs = (statistics.mean(column) for column in zip(*pairs, strict=True))
            yield maker, columns, own, theirs, min(pair[0] for pair in pairs)


def main() -> None:
    """Measure and judge."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    least = 1.0
    print(f"{'made by':10} {'columns':>8} {'ours':>7} {'pdfium':>7} {'lowest':>7}")
    for maker, columns, own, theirs, lowest in scores():
        least = min(least, own)
        print(f"{maker:10} {columns:8} {own:7.4f} {theirs:7.4f} {lowest:7.4f}")
    own, theirs, boxes = pdf_pages_per_second()
    print(f"{own:.0f} pages per CPU second, pdfium {theirs:.0f}, with the boxes of its runs {boxes:.0f}")
    if least < LEAST_F1:
        sys.exit(f"F1 under {LEAST_F1}")


if __name__ == "__main__":
    main()
