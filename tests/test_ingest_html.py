import json
import time
from typing import Any

import lxml.html
import pytest

from reportedly.ingest import Ingested, IngestError, Label, Limits, Member, ingest, read_member
from reportedly.ingest.notes import notes_of

SAID = (
    "The mayor of Tarn said on Monday that the bridge would stay shut until the northern bearing had been replaced.",
    "“We are\u00a0safe,” she told reporters, and added that nobody had been hurt when the span sank on Sunday evening.",
    "Engineers who were asked about it described the fault as small, and the repair as a matter of about six weeks.",
)
BODY = "".join(f"<p>{p}</p>" for p in SAID)


def page(body: str = f"<article><h1>Bridge shut</h1>{BODY}</article>", head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def ld(content: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(content)}</script>'


def read(html: str, **told: str) -> Ingested:
    return read_member(Member.of(html.encode(), "a.html", format="html", told=Label(**told)), Limits())


def reasons(ingested: Ingested) -> str:
    return " | ".join(unread.reason for unread in ingested.unread)


ARTICLE = {
    "@type": "NewsArticle", "headline": "Bridge shut", "datePublished": "2025-03-04T08:00:00Z",
    "dateModified": "2025-03-05T09:30:00+01:00", "author": [{"name": "Ann Example"}, {"name": "Bo Sample"}],
    "publisher": {"name": "The Example"}, "url": "https://x.example/a", "inLanguage": "en-GB",
}  # fmt: skip


def test_text_is_the_pages_own_and_without_its_headline() -> None:
    ingested = read(page())
    assert ingested.document.text == "\n".join(SAID)
    assert [region.selector for region in ingested.layout] == [f"/html[1]/body[1]/article[1]/p[{n}]" for n in (1, 2, 3)]
    assert ingested.document.title == "Bridge shut"


@pytest.mark.parametrize(
    "content",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "Another"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"@type": ["Thing", "https://schema.org/LiveBlogPosting"]},
        {"@graph": [ARTICLE | {"publisher": {"@id": "#o"}}, {"@id": "#o", "name": "The Example"}]},
        [ARTICLE | {"url": "https://x.example/b", "headline": "Another"}, ARTICLE],
    ],
)
def test_what_json_ld_says_goes_first(content: Any) -> None:
    head = '<meta property="og:title" content="Other"><meta name="author" content="Other">'
    head += '<meta property="og:url" content="https://x.example/a"><meta property="og:site_name" content="Other">'
    document = read(page(head=ld(content) + head)).document
    assert (document.title, document.outlet, document.byline) == (
        "Bridge shut",
        "The Example",
        "Ann Example and Bo Sample",
    )
    assert (document.published, document.updated) == ("2025-03-04T08:00:00Z", "2025-03-05T09:30:00+01:00")
    assert (document.url, document.language) == ("https://x.example/a", "en")


def test_open_graph_goes_before_other_metas() -> None:
    head = """<title>No | Neither</title><meta property="og:title" content="Bridge &amp; river">
    <meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2025-03-04">
    <meta property="article:modified_time" content="2025-03-06"><meta name="dc.date" content="2020-01-01">
    <meta property="article:author" content="https://net.example/ann">
    <meta name="author" content="By Ann Example; Bo Sample; Cy">
    <link rel="canonical" href="/a?b=1"><meta property="og:locale" content="en_GB">"""
    document = read(page(head=head), address="https://x.example/z").document
    assert (document.title, document.outlet) == ("Bridge & river", "The Example")
    assert document.byline == "Ann Example, Bo Sample and Cy"
    assert (document.published, document.updated) == ("2025-03-04", "2025-03-06")
    assert (document.url, document.address) == ("https://x.example/a?b=1", "https://x.example/z")
    assert document.language == "en"


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2025/03/04 08:00:00 +0100", "2025-03-04T08:00:00+01:00"),
        ("Tue, 04 Mar 2025 08:00:00 GMT", "2025-03-04T08:00:00+00:00"),
        ("2025-03-04T00:00:00+01:00", "2025-03-04"),
        ("2025-03-04 08:75", "2025-03-04"),
    ],
)
def test_times_are_of_one_form(stated: str, published: str) -> None:
    assert read(page(head=f'<meta name="pubdate" content="{stated}">')).document.published == published


def test_a_change_at_the_time_of_publication_is_none() -> None:
    stated = ARTICLE | {"dateModified": ARTICLE["datePublished"]}
    assert read(page(head=ld(stated))).document.updated is None


def test_where_metas_are_silent_the_page_is_read() -> None:
    body = f"""<article><h1>Bridge shut</h1><p class="byline">By Ann Example</p>
    <time datetime="2025-03-04T08:00">Tuesday</time>
    {BODY}</article>"""
    document = read(page(body, "<title>Bridge shut - The Example</title>")).document
    assert (document.title, document.outlet, document.byline) == ("Bridge shut", "The Example", "Ann Example")
    assert document.published == "2025-03-04T08:00"
    assert document.text == "\n".join(SAID)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example/a", "https://x.example/", "//[", "a b", "data:,x"]
)
def test_addresses_that_name_no_page_are_none(url: str) -> None:
    assert read(page(head=f'<link rel="canonical" href="{url}">')).document.url is None


@pytest.mark.parametrize(
    "source",
    [
        "[" * 100_000,
        '{"@graph":[' * 300 + "]}" * 300,
        '{"@type":"NewsArticle","headline":{"a":1},"author":{"name":{"b":[]}},"datePublished":[[]],"url":7}',
        '{"@type":["NewsArticle",null,3],"headline":["\\ud800\\u0000 x"],"publisher":"\\udfff","inLanguage":{}}',
        '{"@type":"NewsArticle","author":['
        + '{"name":"A"},' * 50_000
        + '{"name":"B"}],"hasPart":9,"mainEntityOfPage":[[1]]}',
        '{"@type":"NewsArticle","headline":"' + "x" * 1_000_000 + '","datePublished":' + "9" * 5000 + "}",
        "<!-- not json -->",
        "null",
    ],
    ids=["deep", "graphs", "wrong types", "surrogates", "authors", "long", "none", "null"],
)
def test_hostile_json_ld_does_no_harm(source: str) -> None:
    head = f'<script type="application/ld+json">{source}</script>'
    document = read(page(head=head)).document
    assert document.text == "\n".join(SAID)
    document.id.encode()
    for value in (document.title, document.outlet, document.byline):
        assert value is None or len(value.encode()) < 30_000


def test_a_teaser_says_that_the_rest_is_for_subscribers() -> None:
    closed = read(page(head=ld(ARTICLE | {"isAccessibleForFree": "False"})))
    wall = '<div class="paywall"><h3>Subscribe to continue reading</h3><p>From 1 a week.</p></div>'
    marked = read(page(f"<article>{BODY}{wall}</article>"))
    for ingested in (closed, marked):
        assert "for subscribers" in reasons(ingested)
        assert ingested.document.text == "\n".join(SAID)
    assert "for subscribers" not in reasons(read(page(head=ld(ARTICLE | {"isAccessibleForFree": True}))))


def test_an_article_on_several_pages_says_so() -> None:
    assert "another page" in reasons(read(page(head='<link rel="next" href="?page=2">')))
    assert "another page" not in reasons(read(page()))


@pytest.mark.parametrize(
    "place",
    [
        "<article>{note}{body}</article>",
        "<article>{body}<footer>{note}</footer></article>",
        "<article>{body}</article>{note}",
    ],
)
def test_notes_near_the_article_are_kept(place: str) -> None:
    note = "Correction, 6 March: An earlier version of this article misstated the bearing."
    ingested = read(page(place.format(note=f'<div class="meta-note">{note}</div>', body=BODY)))
    (found,) = notes_of(ingested.document.text)
    assert (found.kind, found.span.text) == ("correction", note)
    assert ingested.document.text[found.span.start : found.span.end] == note


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="related-links"><h4>Related</h4><p>Ten walks for a wet weekend, and where to dry off.</p></div>',
        '<div class="newsletterSignup"><p>Get the best of the day in your inbox before anybody is awake.</p></div>',
        "<section><p>Get the best of the day before anybody is awake.</p><form><button>Go</button></form></section>",
        '<aside><p>Ten walks for a wet weekend, and where to dry off after them, by our own reporters.</p></aside>',
        '<div hidden><p>Ten walks for a wet weekend, and where to dry off after them, by our own reporters.</p></div>',
        '<p><a href="/b">Read more: Ten walks for a wet weekend in the hills</a></p>',
        "<p>Advertisement</p>",
        "<figure><img src=a><figcaption>The bridge on Monday, seen from the bank of the river.</figcaption></figure>",
        '<blockquote class="pullquote"><p>nobody had been hurt when the span sank</p></blockquote>',
        "<script>var a = 'Ten walks for a wet weekend';</script><style>p { color: red }</style>",
    ],
)  # fmt: skip
def test_furniture_in_the_article_is_left_out(furniture: str) -> None:
    first, *others = (f"<p>{p}</p>" for p in SAID)
    ingested = read(page(f"<article>{first}{furniture}{''.join(others)}</article>"))
    assert ingested.document.text == "\n".join(SAID)


@pytest.mark.parametrize("name", ["social-story", "has-sidebar", "author-page", "ad-free"])
def test_what_the_article_lies_in_is_no_furniture(name: str) -> None:
    assert read(page(f'<div class="{name}">{BODY}</div>')).document.text == "\n".join(SAID)


def test_a_name_inside_a_sentence_makes_no_hole() -> None:
    body = f'<article><p>Later <span class="author">Ann Example</span> said that it was so.</p>{BODY}</article>'
    assert read(page(body)).document.text.startswith("Later Ann Example said that it was so.\n")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" + "".join(f"<div>{p}</div>" for p in SAID) + "</div>",
        "<div>" + "<br><br>".join(SAID) + "</div>",
        "<table><tr><td><a href=a>Home</a></td><td>" + "".join(f"<p>{p}</p>" for p in SAID) + "</td></tr></table>",
        "".join(f"<amp-text><p>{p}</p></amp-text>" for p in SAID),
        f"<noscript>Please turn on JavaScript.</noscript>{BODY}",
    ],
    ids=["divs", "breaks", "table", "own elements", "noscript"],
)
def test_articles_in_any_elements(body: str) -> None:
    assert read(page(body)).document.text == "\n".join(SAID)


def test_cells_of_a_row_stand_side_by_side() -> None:
    table = "<table><tr><th>Who</th><th>Said</th></tr><tr><td>Ann</td><td>No.</td></tr></table>"
    ingested = read(page(f"<article>{BODY}{table}{BODY.replace('Monday', 'Friday')}</article>"))
    assert "\nWho | Said\nAnn | No.\n" in ingested.document.text
    cell = next(r for r in ingested.layout if ingested.document.text[r.start : r.end] == "No.")
    assert cell.selector == "/html[1]/body[1]/article[1]/table[1]/tr[2]/td[2]"


def test_captions_are_the_story_where_there_is_little_else() -> None:
    shots = "".join(f"<figure><img src={n}><figcaption>{p}</figcaption></figure>" for n, p in enumerate(SAID))
    body = f"<article><h1>Bridge shut</h1><p>The bridge, in pictures that our reader sent to us.</p>{shots}</article>"
    assert all(p in read(page(body)).document.text for p in SAID)


def test_xhtml_and_its_encoding() -> None:
    head = (
        '<?xml version="1.0" encoding="windows-1252"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    )
    html = f'{head}<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><body>{BODY}<br/><hr/></body></html>'
    ingested = ingest(html.encode("cp1252"), "a.html")
    assert ingested.document.text == "\n".join(SAID)
    assert (ingested.document.encoding, ingested.document.language, ingested.assumed) == ("cp1252", "en", ())


def test_an_article_that_only_search_engines_see_is_read_and_said_to_be() -> None:
    ingested = read(page('<div id="root"></div>', ld(ARTICLE | {"articleBody": "<p>One &amp; two.</p><p>Three.</p>"})))
    assert ingested.document.text == "One & two.\nThree."
    assert "search engines" in ingested.assumed[0]
    assert ingested.layout == ()


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>He said <b>no</b>.</p><p>Yes.</p>", "He said no.\nYes."),
        ("He said no.", "He said no."),
        ("a < b & c", "a < b & c"),
        ("<div>Dear all,<br>he said no.</div><script>x()</script>", "Dear all,\nhe said no."),
    ],
)
def test_of_a_part_of_a_page_everything_shown_is_text(fragment: str, text: str) -> None:
    document = read(fragment, title="A title").document
    assert (document.text, document.title, document.kept) == (text, "A title", 1.0)


def test_a_short_page_is_read() -> None:
    assert read("<html><body><p>He said no.</p></body></html>").document.text == "He said no."


@pytest.mark.parametrize(
    "body",
    ["", "<ul><li><a href=a>Home</a><li><a href=b>News</a></ul>", "<nav><p>All of the news, all of the day.</p></nav>"],
)
def test_a_page_without_an_article_says_so(body: str) -> None:
    with pytest.raises(IngestError, match="no article"):
        read(page(body))


def test_characters_of_a_private_use_area_stay() -> None:
    text = "\ue000\uf000 The mayor said on Monday that the \U000f0005 bridge was shut because of rain.\ue123"
    assert read(page(f"<p>{text}</p>{BODY}")).document.text == "\n".join([text, *SAID])


def test_control_characters_do_no_harm() -> None:
    assert SAID[2] in read(page(f"<p>\x0b\x01The mayor\x1b said so on Monday.\ufffe</p>{BODY}")).document.text


def test_the_address_of_a_line_outlives_comments_and_odd_elements() -> None:
    html = page(f"<!-- a --><?php b ?><o:p>c</o:p><article><!-- d --><x:y></x:y><div>{BODY}</div></article>")
    ingested = ingest(html.encode(), "a.html")
    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")).getroottree()
    shown = [tree.xpath(region.selector)[0].text_content() for region in ingested.layout]
    assert shown == list(SAID)


@pytest.mark.parametrize(
    "body",
    [
        BODY * 3000,
        BODY + "<p>x y</p>" * 60_000,
        BODY + "<div class='share'><form></form></div>" * 3000,
        f"<article>{BODY * 300}{'<blockquote>nobody had been hurt</blockquote>' * 2000}</article>",
        BODY + "<div>" * 150 + "<a href=x>a</a>" * 10_000,
        f"<article>{BODY}</article>" * 2000,
    ],
    ids=["paragraphs", "lines", "forms", "quotations", "links", "articles"],
)
def test_large_pages_take_no_longer_than_their_size_asks(body: str) -> None:
    began = time.process_time()
    assert SAID[2] in read(page(body)).document.text
    assert time.process_time() - began < 10
