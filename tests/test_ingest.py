import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.ingest import IngestError, Limits, ingest
from reportedly.records import digest_of

PAGE = """<!doctype html><html lang="en-GB"><head><title>Bridge shut - The Example</title>
<meta property="og:site_name" content="The Example"><meta name="author" content="Ann Example">
<meta property="article:published_time" content="2025-03-04T08:00:00Z"></head>
<body><nav>Home News Sport</nav><script>var secret = 1;</script><article><h1>Bridge shut</h1>
<p>The mayor said on Monday that the bridge was shut because of a fault in the northern bearing.</p>
<p>“We are\u00a0safe,” she said. The engineers went on to describe the fault as small and the repair as easy.</p>
</article><footer>About us and our cookies</footer></body></html>"""


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).filter(
        lambda t: not t.startswith(("\ufeff", "<", "%PDF", "PK"))
    )
)
def test_text_is_kept_to_the_letter(text: str) -> None:
    data = ("Some words. " + text).encode()
    document = ingest(data, "a.txt").document
    assert document.text == "Some words. " + text
    assert document.digest == digest_of(data)
    assert (document.encoding, document.media_type, document.file) == ("utf-8", "text/plain", "a.txt")


def test_line_ends_odd_spaces_and_typos_stay() -> None:
    text = "One\r\nis diffi\xa0cult square\twith  “[brackets]” …\r\n"
    assert ingest(text.encode(), "a").document.text == text


def test_front_matter_is_metadata() -> None:
    data = b"Title: A bridge\nOutlet: The Example\nDate: 2025-03-04\nURL: https://x.example/a\n\nHe said no.\n"
    document = ingest(data, "a.txt").document
    assert document.text == "He said no.\n"
    assert (document.title, document.outlet) == ("A bridge", "The Example")
    assert (document.published, document.url) == ("2025-03-04", "https://x.example/a")


def test_a_text_that_only_looks_like_front_matter_is_text() -> None:
    data = b"Title: the question of the day\nHe said no.\n"
    assert ingest(data, "a.txt").document.text == data.decode()


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_other_lines_of_front_matter_are_left_out_and_told(name: str) -> None:
    head = "Outlet: Daily X\nAuthor: Jo Roe\nSection: Local\nSumming up: The bridge is safe.\nDate: 12 May 2025\n\n"
    text = "The mayor said the bridge was safe."
    if name == "a.md":
        text += " [More](https://x.example/b)\n\n# More\n\n- more"
    ingested = ingest((head + text).encode(), name)
    document = ingested.document
    assert document.text.startswith("The mayor said the bridge was safe.")
    assert (document.media_type == "text/markdown") == (name == "a.md")
    assert (document.outlet, document.byline, document.published) == ("Daily X", "Jo Roe", "2025-05-12")
    assert [u.reason for u in ingested.unread] == [
        "a line of its front matter, “Section”, is none that is known",
        "a line of its front matter, “Summing up”, is none that is known",
    ]


def test_a_text_of_speeches_is_text() -> None:
    speeches = "Mayor: The bridge is safe.\nReporter: Why?\nMayor: I say so.\n\nHe left.\n"
    assert ingest(speeches.encode(), "a.txt").document.text == speeches
    assert ingest(f"{speeches[:-10]}Date: 2025-03-04\n\n".encode(), "a").document.published is None
    behind = ingest(f"Outlet: Daily X\nSection: Local\n{speeches}".encode(), "a.txt")
    assert (behind.document.outlet, behind.document.text, len(behind.unread)) == ("Daily X", speeches, 1)
    long = "Outlet: Daily X\n" + "Mayor: no\nReporter: yes\n" * 30 + "\n"
    assert ingest(long.encode(), "a.txt").document.text == long
    ended = ingest(f"Outlet: Daily X\n\n{speeches}".encode(), "a.txt")
    assert (ended.document.text, ended.unread) == (speeches, ())


def test_a_short_first_line_is_the_title() -> None:
    assert ingest(b"Bridge shut\n\nHe said no.", "a").document.title == "Bridge shut"
    assert ingest(b"Bridge shut\nHe said no.", "a").document.title is None


def test_a_page_gives_its_article_and_says_what_was_left() -> None:
    ingested = ingest(PAGE.encode(), "a.html")
    document, unread = ingested.document, ingested.unread
    assert "The mayor said on Monday" in document.text
    assert "secret" not in document.text
    assert "cookies" not in document.text
    assert (document.title, document.outlet, document.byline) == ("Bridge shut", "The Example", "Ann Example")
    assert (document.published, document.language) == ("2025-03-04T08:00:00Z", "en")
    assert 0.7 < document.kept < 1
    assert "words lie outside" in unread[0].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso8859-1"])
def test_encodings(encoding: str) -> None:
    text = (
        "The café’s owner said the façade was a naïve idea."
        if encoding != "iso8859-1"
        else "The café owner said no façade."
    )
    ingested = ingest(text.encode(encoding), "a.txt")
    document, assumed = ingested.document, ingested.assumed
    assert document.text == text
    assert bool(assumed) == (encoding in ("cp1252", "iso8859-1"))


def test_a_page_may_declare_its_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("northern", "café’s")
    ingested = ingest(page.encode("cp1252"), "a.html")
    document, assumed = ingested.document, ingested.assumed
    assert "café’s" in document.text
    assert assumed == ()


def test_broken_bytes_among_good_ones_are_counted() -> None:
    assumed = ingest("“Éa” the ".encode() * 20 + b"\xff\xfe he said", "a.txt").assumed
    assert assumed == ("2 places are not valid utf-8 and stand as U+FFFD",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01\x02\x03", "binary"),
        (bytes(range(1, 32)) * 3, "binary"),
        (b"<!doctype html><html><body></body></html>", "no article"),
        (b"x" * 101, "limit"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        ingest(data, "a", Limits(bytes=100))


def test_an_empty_file_is_read_and_says_so() -> None:
    ingested = ingest(b"", "a")
    document, unread = ingested.document, ingested.unread
    assert document.text == ""
    assert "no text" in unread[0].reason


def paragraphs(word: str) -> str:
    return "".join(
        f"<p>{word} {n} said on Monday that bridge {n} was safe, and nobody doubted it.</p>" for n in range(9)
    )


@pytest.mark.parametrize(
    "between",
    [
        "<div>" * 400,
        "<font>" * 300,
        f'<img src="data:{"A" * 11_000_000}">',
        "<p>A &#27; b &#x0b;</p>",
        "<i a=1 " + " ".join(f"a{n}=1" for n in range(3000)) + ">x</i>",
    ],
    ids=["deep", "unclosed", "long value", "controls", "attributes"],
)
def test_a_page_is_read_to_its_end(between: str) -> None:
    article = f"{paragraphs('First')}{between}{paragraphs('Last')}"
    page = f"<!doctype html><html><body><article>{article}</article></body></html>"
    text = ingest(page.encode(), "a.html", Limits(bytes=20_000_000)).document.text
    assert "First 8 said" in text
    assert "Last 8 said" in text


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body>" + "<div>" * 5000 + paragraphs("Deep"), "nested too deeply"),
        ("<html><body " + "a=1 " * 60_000 + ">" + paragraphs("A"), "a tag of"),
    ],
)
def test_a_page_that_would_be_cut_is_refused(page: str, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        ingest(page.encode(), "a.html")


def test_a_page_without_a_date_has_none() -> None:
    page = (
        "<!doctype html><html><body><article>"
        + paragraphs("A")
        + "<i data-x='1995-01-01 2001'></i></article></body></html>"
    )
    assert ingest(page.encode(), "a.html").document.published is None


def test_a_document_type_opens_no_file() -> None:
    subset = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = f"{subset}<html><body><article>{paragraphs('A')}<p>&x;</p></article></body></html>"
    document = ingest(page.encode(), "a.html").document
    assert "A 8 said" in document.text
    assert "root:" not in document.text


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2025-03-04", "2025-03-04"),
        ("4 March 2025", "2025-03-04"),
        ("4 March 2025, 6:05 p.m. EST", "2025-03-04T18:05:00-05:00"),
        ("2025-03-04 06:05 +0100", "2025-03-04T06:05+01:00"),
        ("2025-03-04T06:05:00 UTC", "2025-03-04T06:05:00Z"),
        ("2025-03-04T00:00:00Z", "2025-03-04"),
        ("2025-03-04T26:05", "2025-03-04"),
        ("tomorrow", "tomorrow"),
        ("1700000000", "1700000000"),
        ("4 March 2025 " * 50_000, ("4 March 2025 " * 50_000).strip()),
    ],
)
def test_dates_of_front_matter(stated: str, published: str) -> None:
    assert ingest(f"Date: {stated}\n\nHe said no.".encode(), "a").document.published == published


def test_hostile_nesting_ends() -> None:
    page = b"<!doctype html><html><body><article>" + b"<div>" * 20_000 + b"<p>He said that the bridge is shut.</p>"
    try:
        assert ingest(page, "a.html").document.media_type == "text/html"
    except IngestError as e:
        assert str(e)


GERMAN = "Der Minister sagte am Montag, die Brücke bleibe noch geschlossen, weil niemand den Schaden am Pfeiler kenne."
SPANISH = (
    "El ministro dijo el lunes a los periodistas que el puente no se abriría hasta la primavera, y no dijo por qué."
)
CHINESE = "市长周一表示，由于北侧轴承发生故障，大桥将一直关闭到春天。" * 3
ENGLISH = (
    "The minister said on Monday that the bridge was to be shut, and that it was not his fault but that of others."
)


@pytest.mark.parametrize(
    ("text", "language", "warned"),
    [(GERMAN, None, True), (SPANISH, None, True), (CHINESE, None, True), (ENGLISH, "en", False), ("Yes.", None, False)],
)
def test_language(text: str, language: str | None, warned: bool) -> None:
    ingested = ingest(text.encode(), "a")
    document, assumed = ingested.document, ingested.assumed
    assert document.language == language
    assert any("English only" in a for a in assumed) == warned
