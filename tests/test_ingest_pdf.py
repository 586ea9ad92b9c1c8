import io
import math
import re
from collections.abc import Callable, Sequence

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pdf import Setting, articles, ours, typeset
from benchmarks.score import text_f1
from reportedly.ingest import Ingested, IngestError, Limits, ingest

ARTICLE = articles()[1]
GOLD = ARTICLE.text.replace(ARTICLE.byline, f"By {ARTICLE.byline}")
OUTLET = "The Brack Valley Courier"


def pdf(draw: Callable[[Canvas], object], **how: object) -> bytes:
    """What is drawn, as a PDF of A4 pages, uncompressed."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=0, invariant=True, **how)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def of(*pages: Sequence[tuple[float, float, str]], size: float = 10, **how: object) -> bytes:
    """Pages of lines: left and baseline, as the file counts, and text."""

    def draw(canvas: Canvas) -> None:
        for page in pages:
            canvas.setFont("Times-Roman", size)
            for x, y, text in page:
                canvas.drawString(x, y, text)
            canvas.showPage()

    return pdf(draw, **how)


def read(data: bytes, limits: Limits | None = None) -> Ingested:
    ingested = ingest(data, "a.pdf", limits)
    assert ingested.document.media_type == "application/pdf"
    assert ingested.original == data
    for region in ingested.layout:
        assert region.page and region.box
        assert 0 <= region.start < region.end <= len(ingested.document.text)
        assert all(map(math.isfinite, region.box))
        assert region.box[0] <= region.box[2]
        assert region.box[1] <= region.box[3]
    return ingested


def reasons(ingested: Ingested) -> str:
    return "; ".join(u.reason for u in ingested.unread)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(
    "setting",
    [
        Setting(),
        Setting(font="Vera", justified=False, indented=False, lead=True),
        Setting(backwards=True),
        Setting(rows=True, broken=False),
    ],
    ids=["plain", "ragged, a lead across", "drawn backwards", "drawn in rows"],
)
def test_columns_are_read_in_order(columns: int, setting: Setting) -> None:
    ingested = read(typeset(ARTICLE, setting._replace(columns=columns)))
    assert text_f1(ingested.document.text, GOLD) > 0.995
    assert OUTLET not in ingested.document.text
    assert f'running head "{OUTLET}" on' in reasons(ingested)
    assert "page numbers on" in reasons(ingested)
    assert (ingested.document.title, ingested.document.byline) == (ARTICLE.title, ARTICLE.byline)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_indented_paragraphs_are_those_of_the_article(columns: int) -> None:
    assert read(typeset(ARTICLE, Setting(columns=columns))).document.text.split("\n\n")[2:] == ARTICLE.paragraphs


def test_a_caption_does_not_cut_a_paragraph() -> None:
    setting = Setting(columns=2, caption="The wall at Greyford in August. Photograph: Ola Merrin")
    text = read(typeset(ARTICLE, setting)).document.text
    assert text.count(setting.caption) == 1
    assert set(ARTICLE.paragraphs) <= set(text.split("\n\n"))


@pytest.mark.parametrize("columns", [1, 3])
def test_every_line_lies_in_its_region(columns: int) -> None:
    data = typeset(ARTICLE, Setting(columns=columns))
    ingested = read(data)
    text = ingested.document.text
    covered = bytearray(len(text))
    with pypdfium2.PdfDocument(data) as document:
        for region in ingested.layout:
            covered[region.start : region.end] = b"x" * (region.end - region.start)
            page = document[(region.page or 0) - 1]
            left, top, right, bottom = region.box or (0, 0, 0, 0)
            height = page.get_height()
            there = page.get_textpage().get_text_bounded(left - 1, height - bottom, right + 1, height - top)
            line = text[region.start : region.end]
            assert re.sub(r"[\s\ufffe-]", "", line) in re.sub(r"[\s\ufffe-]", "", there)
    assert {text[i] for i, seen in enumerate(covered) if not seen} <= {" ", "\n"}


def test_boxes_are_points_from_the_top_left_corner() -> None:
    region = read(of([(100, 700, "The mayor said no.")])).layout[0]
    assert region.page == 1
    assert region.box == pytest.approx((100, 842 - 709, 100 + 77, 842 - 698), abs=3)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int) -> None:
    lines = ["The mayor said on Monday that the", "bridge was shut, and that nobody", "was to blame for the fault."]

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turned)  # which turns the page's size too
        canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[turned])
        canvas.rotate(turned)
        for n, line in enumerate(lines):
            canvas.drawString(50, 742 - 14 * n, line)
        canvas.drawString(495, 542, "Alone.")

    ingested = read(pdf(draw))
    assert ingested.document.text == " ".join(lines) + "\n\nAlone."
    assert ingested.layout[0].box == pytest.approx((50, 90, 236, 103), abs=4)


def lines_of(*texts: str) -> bytes:
    """A page with these lines one below the other."""
    return of([(72, 700 - 12 * n, text) for n, text in enumerate(texts)])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The govern-", "ment said no."), "The government said no."),
        (("The Anglo-", "Saxon king said no."), "The Anglo-Saxon king said no."),
        (("A long-term plan for a long-", "term problem."), "A long-term plan for a long-term problem."),
        (("A 20-year-", "old driver said no."), "A 20-year-old driver said no."),
        (("A well-", "known critic said no."), "A well-known critic said no."),
        (("The pre-", "and post-war years of the town."), "The pre- and post-war years of the town."),
        (("Leaks of 3-", "4 metres were found."), "Leaks of 3-4 metres were found."),
        (("Over-", "seas trade, overseas."), "Overseas trade, overseas."),
        (("The govern\xad", "ment said no."), "The government said no."),
        (("He said no -", "and left the room."), "He said no - and left the room."),
    ],
)
def test_hyphens_at_line_ends(lines: tuple[str, ...], text: str) -> None:
    ingested = read(lines_of(*lines))
    assert ingested.document.text == text
    first, second = (ingested.document.text[r.start : r.end] for r in ingested.layout)
    assert (first.rstrip("- "), second) == (lines[0].rstrip("-\xad "), lines[1])


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    column = [(72, 90 - 12 * n, "the council of the town would not decide") for n in range(3)]
    beside = [(320, 700, "before winter, said the mayor. She then")]
    ingested = read(of(column + beside, [(72, 700, "left the room with her deputies.")]))
    assert ingested.document.text.endswith(
        "not decide before winter, said the mayor. She then left the room with her deputies."
    )
    assert [r.page for r in ingested.layout] == [1, 1, 1, 1, 2]


def test_a_large_capital_belongs_to_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 30)
        canvas.drawString(72, 678, "T")
        canvas.setFont("Times-Roman", 10)
        for x, y, text in (
            (94, 690, "he mayor said on Monday that the"),
            (94, 678, "bridge over the river would be shut"),
        ):
            canvas.drawString(x, y, text)
        canvas.drawString(72, 666, "for a month, and nobody doubted it.")

    text = read(pdf(draw)).document.text
    assert text == (
        "The mayor said on Monday that the bridge over the river would be shut for a month, and nobody doubted it."
    )


def test_a_short_line_and_a_gap_end_a_paragraph() -> None:
    full = "The mayor said on Monday that the bridge over the river would"
    lines = [full, "be shut.", full, "stay open.", full, "fall."]
    places = [700, 688, 676, 664, 640, 628]
    data = of([(72, y, line) for y, line in zip(places, lines, strict=True)])
    assert read(data).document.text == f"{full} be shut.\n\n{full} stay open.\n\n{full} fall."


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("A bridge is shut", "A bridge is shut"),
        ("Microsoft Word - bridge final.doc", "Bridge shut for months"),
        ("bridge_final_03", "Bridge shut for months"),
        ("bridge shut.indd", "Bridge shut for months"),
        ("Layout 1", "Bridge shut for months"),
        ("", "Bridge shut for months"),
    ],
)
def test_the_title(stated: str, title: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle(stated)
        canvas.setAuthor("Ann Example")
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 740, "Bridge shut for months")
        canvas.setFont("Helvetica", 10)
        for n in range(5):
            canvas.drawString(72, 700 - 12 * n, "The mayor said that nobody was to blame for the fault,")

    document = read(pdf(draw)).document
    assert (document.title, document.byline, document.published) == (title, "Ann Example", None)


def test_the_language_and_a_date_of_publication_are_taken_where_stated() -> None:
    data = lines_of("The mayor said no.").replace(b"/Type /Catalog", b"/Type /Catalog /Lang (de-AT)")
    data += b"\n<x:xmpmeta><prism:publicationDate>2025-03-04</prism:publicationDate></x:xmpmeta>\n"
    ingested = read(data)
    assert (ingested.document.language, ingested.document.published) == ("de", "2025-03-04")
    assert "another language (de)" in ingested.assumed[0]


def test_letters_beyond_the_basic_plane_and_letters_without_one() -> None:
    data = lines_of("Zap said no, and zap was right.", "Nobody doubted it.")
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"3 beginbfchar <5A> <D83DDE00> <7A> <FB01> <77> <0000> endbfchar "
        b"1 beginbfrange <20> <59> <0020> endbfrange 2 beginbfrange <61> <76> <0061> <78> <79> <0078> endbfrange "
        b"endcmap"
    )
    size = str(len(cmap)).encode()
    data = data.replace(b"/Type /Font", b"/Type /Font /ToUnicode 99 0 R", 2)
    data += b"\n99 0 obj\n<< /Length " + size + b" >>\nstream\n" + cmap + b"\nendstream\nendobj\n"
    data = data.replace(b"startxref", b"startxre_")  # so that the objects are looked for
    ingested = read(data)
    first, second = (ingested.document.text[r.start : r.end] for r in ingested.layout)
    assert first.startswith("\U0001f600ap said no, and fiap")
    assert second == "Nobody doubted it."


def test_pages_without_text_are_named_and_only_images_are_refused() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(10, 10, 100, 100, fill=1)
        canvas.showPage()
        canvas.drawString(72, 700, "The mayor said no.")
        canvas.showPage()
        canvas.rect(10, 10, 100, 100, fill=1)
        canvas.showPage()

    assert "no text layer on pages 1, 3; run OCR" in reasons(read(pdf(draw)))
    with pytest.raises(IngestError, match=r"^this PDF has no text layer \(1 page of images\); run OCR on it first"):
        read(pdf(lambda canvas: canvas.rect(10, 10, 100, 100, fill=1)))


def test_pages_beyond_the_limit_are_named() -> None:
    data = of(*([(72, 700, f"Page {word}: the mayor said no.")] for word in ("one", "two", "three")))
    ingested = read(data, Limits(pages=2))
    assert "three" not in ingested.document.text
    assert "page 3 not read; raise it with --limit pages=N" in reasons(ingested)


def test_what_lies_outside_the_page_is_left_out() -> None:
    ingested = read(of([(72, 700, "The mayor said no."), (5000, 600, "Hidden."), (72, -500, "Hidden.")]))
    assert ingested.document.text == "The mayor said no."
    assert "text outside the page's edges left out on page 1" in reasons(ingested)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lines_of("No.")[:200], "damaged and cannot be opened"),
        (b"%PDF-1.4\n", "damaged and cannot be opened"),
        (of([(72, 700, "No.")], encrypt=StandardEncryption("secret", canPrint=0)), "locked with a password"),
        (of([]), "nothing on them"),
    ],
    ids=["cut", "empty", "locked", "blank"],
)
def test_what_cannot_be_read_says_why_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=message) as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    data = of([(72, 700, "The mayor said no.")], [(72, 700, "The council said yes.")])
    second = re.findall(rb"(\d+) 0 R", re.search(rb"/Kids \[([^\]]+)\]", data)[1])[1]  # type: ignore[index]
    ingested = read(data.replace(b"\n" + second + b" 0 obj", b"\n9" + second + b" 0 obj"))
    assert ingested.document.text == "The mayor said no."
    assert "damaged and not read: page 2" in reasons(ingested)


@pytest.mark.parametrize(
    "matrix",
    [
        "1e38 0 0 1e38 0 0",
        "0 0 0 0 72 700",
        "1 0 0 1 nan inf",
        "1e-30 0 0 1e-30 72 700",
        "-1 0 0 -1 300 400",
        "0 1 -1 0 300 400",
        ".7 .7 -.7 .7 300 400",
        "1 0 0 1 99999999999999999999 -99999999999999999999",
    ],
)
def test_odd_geometry_does_no_harm(matrix: str) -> None:
    data = lines_of("The mayor said no, and the council", "said yes.")
    odd = data.replace(b"1 0 0 1 72 700 Tm", matrix.encode() + b" Tm")
    assert odd != data
    assert "said yes." in read(odd).document.text


def test_invisible_text_is_text() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("The mayor said no.")
        canvas.drawText(text)

    assert read(pdf(draw)).document.text == "The mayor said no."


@pytest.mark.parametrize("place", [lambda n: (72, 700), lambda n: (72 + n % 83 * 5, 90 + n % 89 * 8)])
def test_thousands_of_letters_anywhere_take_no_long_time(place: Callable[[int], tuple[float, float]]) -> None:
    read(of([(*place(n), "x") for n in range(5000)]))  # a tenth of a second; the square of it would be minutes


DATA = typeset(ARTICLE, Setting(columns=2))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.binary(min_size=1, max_size=6)), max_size=8), st.integers(0)
)
def test_bytes_that_lie_give_a_document_or_one_line(changes: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(DATA)
    for at, new in changes:
        data[at : at + len(new)] = new
    whole = bytes(data[: len(data) - cut % len(data)] if cut % 3 == 0 else data)
    if b"%PDF-" not in whole[:1024]:
        return
    try:
        read(whole)
    except IngestError as e:
        assert "\n" not in str(e)


def test_text_is_as_exact_as_promised() -> None:
    for columns in (1, 2, 3):
        for article in articles()[:2]:
            for setting in (Setting(columns=columns), Setting(columns=columns, font="Helvetica", indented=False)):
                gold = article.text.replace(article.byline, f"By {article.byline}", 1)
                assert text_f1(ours(typeset(article, setting)), gold) >= 0.97
