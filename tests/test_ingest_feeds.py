import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportedly.ingest import (
    Ingested,
    Limits,
    Linked,
    Passed,
    Refused,
)
from reportedly.ingest.sniff import format_of_head
from reportedly.records import Document
from tests.unpacked import Found, all_in

LIMITS = Limits(bytes=200_000, members=20_000)
LONG = "The mayor of Ostwick said on Monday that the bridge was shut because of a fault in the bearing. " * 8
PARAGRAPHS = f"<p>{LONG}</p><p>“We are safe,” she said.</p>"
ESCAPED = PARAGRAPHS.replace("<", "&lt;").replace(">", "&gt;")


def found(data: bytes, limits: Limits = LIMITS) -> list[Found]:
    """What lies in a feed, each document read."""
    return all_in(data, limits)


def document(data: str) -> Document:
    """The only document in a feed that holds nothing else."""
    (one,) = found(data.encode())
    assert isinstance(one, Ingested)
    return one.document


def rss(items: str, declared: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    channel = f"<title>The Ostwick Post</title><link>https://post.example/</link><language>en-gb</language>{items}"
    return f'{declared}<rss version="2.0" {spaces}><channel>{channel}</channel></rss>'


ITEM = f"""<item><title>Bridge &amp; road shut</title><link>https://post.example/a</link><guid>a-1</guid>
<dc:creator>Ann Example</dc:creator><pubDate>Tue, 4 Mar 2025 08:00:00 +0100</pubDate>
<description>In short.</description><content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>"""
TEASER = "<item><title>Next</title><link>https://post.example/b</link><description>In short.</description></item>"
EMPTY = "<item><title>Nothing</title><description>Here.</description></item>"
ATOM = """<?xml version="1.0"?>
<!-- a comment --><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Ostwick Post</title>
<entry><title type="html">Bridge &lt;b&gt;shut&lt;/b&gt;</title><id>tag:a</id><link rel="alternate" href="https://post.example/a"/>
<author><name>Ann Example</name></author><author><name>Bo Example</name></author>
<published>2025-03-04T08:00:00+01:00</published><updated>2025-03-05T09:00:00Z</updated>
<content type="CONTENT">BODY</content></entry></feed>"""


def test_an_entry_of_rss() -> None:
    one = document(rss(ITEM))
    assert one.text.startswith("The mayor of Ostwick said")
    assert one.text.endswith("“We are safe,” she said.")
    assert (one.title, one.outlet, one.byline) == ("Bridge & road shut", "The Ostwick Post", "Ann Example")
    assert (one.published, one.updated) == ("2025-03-04T08:00:00+01:00", None)
    assert (one.url, one.address, one.language) == ("https://post.example/a", None, "en")
    assert (one.member, one.media_type, one.kept) == ("entry 1", "text/html", 1.0)


@pytest.mark.parametrize(
    ("kind", "body", "media_type"),
    [
        ("html", ESCAPED, "text/html"),
        ("xhtml", f'<div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div>', "text/html"),
        ("text", f"{LONG}\n\n“We are safe,” she said.", "text/plain"),
    ],
)
def test_an_entry_of_atom(kind: str, body: str, media_type: str) -> None:
    one = document(ATOM.replace("CONTENT", kind).replace("BODY", body))
    assert one.text.endswith("“We are safe,” she said.")
    assert (one.title, one.outlet, one.byline) == ("Bridge shut", "The Ostwick Post", "Ann Example, Bo Example")
    assert (one.published, one.updated) == ("2025-03-04T08:00:00+01:00", "2025-03-05T09:00:00Z")
    assert (one.url, one.language, one.media_type) == ("https://post.example/a", "en", media_type)


def test_old_feeds() -> None:
    item = f"<title>Shut</title><link>https://post.example/a</link><description>{ESCAPED}</description>"
    dtd = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    old = f'<?xml version="1.0"?>{dtd}<rss version="0.91"><channel><title>T</title><item>{item}</item></channel></rss>'
    assert document(old).title == "Shut"
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    channel = '<channel rdf:about="x"><title>T</title></channel>'
    rdf = f'<rdf:RDF {spaces}>{channel}<item rdf:about="y">{item}</item></rdf:RDF>'
    assert (document(rdf).title, document(rdf).outlet) == ("Shut", "T")


def test_teasers_are_linked_and_the_empty_are_counted() -> None:
    text, linked, passed = found(rss(ITEM + TEASER + EMPTY + "<item/>").encode())
    assert isinstance(text, Ingested)
    assert isinstance(linked, Linked)
    assert (linked.told.url, linked.told.title, linked.member) == ("https://post.example/b", "Next", "entry 2")
    assert isinstance(passed, Passed)
    assert passed.reason == "2 entries with neither text nor address passed over"


@pytest.mark.parametrize(
    ("description", "is_text"),
    [
        ("word " * 99, False),
        ("word " * 100, True),
        ("&lt;p&gt;" + "word " * 99 + "&lt;/p&gt;", False),
        ("word " * 100 + "[&amp;#8230;]", True),
    ],
)
def test_a_long_description_is_the_text(description: str, is_text: bool) -> None:
    (one,) = found(rss(TEASER.replace("In short.", description)).encode())
    assert isinstance(one, Ingested) == is_text


def test_content_that_says_it_goes_on_is_a_teaser() -> None:
    item = ITEM.replace(PARAGRAPHS, "<p>The mayor said that [&#8230;]</p>")
    (one,) = found(rss(item).encode())
    assert isinstance(one, Linked)


def test_scripts_and_addresses_in_an_entry_do_nothing() -> None:
    item = ITEM.replace(PARAGRAPHS, f"<script>alert('secret')</script>{PARAGRAPHS}<img src='https://x.example/a.png'>")
    one = document(rss(item.replace("https://post.example/a", "javascript:alert(1)")))
    assert "secret" not in one.text
    assert one.url is None


def test_the_text_of_an_entry_is_no_front_matter() -> None:
    text = f"Title: what is asked\n\n{LONG}"
    assert document(ATOM.replace("CONTENT", "text").replace("BODY", text)).text == text.strip()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252"), ("utf-8", "punycode")],
)
def test_encodings_of_feeds(encoding: str, declared: str) -> None:
    data = rss(ITEM.replace("Ann", "Zoë"), f"<?xml version='1.0' encoding='{declared}'?>").encode(encoding)
    (one,) = found(data)
    assert isinstance(one, Ingested)
    assert one.document.byline == "Zoë Example"


def test_entities_expand_to_nothing() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    read_file = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    subset = f'<!DOCTYPE rss [<!ENTITY a0 "<lol>lol</lol>">{bomb}{read_file}]>'
    item = ITEM.replace("Bridge", "&a11;&x;&nbsp;Bridge")
    one = found(rss(item, subset).encode())[0]
    assert isinstance(one, Ingested)
    assert "lollol" not in one.document.text + str(one.document.title)
    assert "root:" not in one.document.text + str(one.document.title)


def test_a_feed_is_never_a_name_or_an_address() -> None:
    one = found(b"<rss>https://x.example/feed</rss>")
    assert [type(o) for o in one] == [Refused]


@pytest.mark.parametrize(
    ("data", "said", "kind"),
    [
        (rss(ITEM.replace("road", "road&nbsp;<")), "the feed is broken", Passed),
        (rss(ITEM.replace("road", "&foo; road") * 2), "the feed is broken", Passed),
        (rss(ITEM + TEASER)[:-100], "the feed breaks off", Refused),
        (rss(ITEM + EMPTY.replace("Here.</description>", "<![CDATA[ open") + TEASER), "the feed is broken", Refused),
        (rss(ITEM + EMPTY.replace("Here.</description>", "<!-- x") + TEASER), "the feed is broken", Refused),
        (
            rss(ITEM + EMPTY.replace("Here.</description>", "<!-- x") + ITEM + TEASER + "<!-- y -->"),
            "the feed",
            Refused,
        ),
        (rss(ITEM + ITEM.replace("In short.", "&foo;").replace("]]>", "")), "the feed is broken", Refused),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(data: str, said: str, kind: type[Passed | Refused]) -> None:
    first, *_, last = found(data.encode())
    assert isinstance(first, Ingested)
    assert first.document.text.startswith("The mayor")
    assert isinstance(last, (Passed, Refused))
    assert isinstance(last, kind)
    assert last.reason.startswith(said)


def test_an_entry_that_breaks_off_is_not_taken_for_whole() -> None:
    linked, refused = found(rss(ITEM)[: rss(ITEM).index("We are")].encode())
    assert isinstance(linked, Linked)
    assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss", "breaks off"),
        (b"<rss version='2.0'><channel>", "breaks off"),
        (b"<rss version='2.0'><channel></channel></rss>", "no entries"),
        (b"<rss " + b"".join(b"a%d='1' " % n for n in range(600)) + b"></rss>", "more than 500 attributes"),
        (rss(f"<item><author><![CDATA[{'a' * 100_000}]]></author></item>").encode(), "a name of more than 1000"),
        (rss(ITEM * 300).encode(), "more than 0.2 MB"),
        (b"<?xml version='1.0'?><newsItem/>", "XML (newsItem) of a kind that is not read"),
        (b"<?xml version='1.0'?><!-- only a comment", "XML of a kind that is not read"),
    ],
)
def test_what_is_no_feed_says_why(data: bytes, reason: str) -> None:
    (one,) = found(data)
    assert isinstance(one, Refused)
    assert reason in one.reason


@pytest.mark.parametrize("inner", ["<x>" * 20_000, "<item>" * 5_000, "<![CDATA[" * 5_000, "<" * 50_000, "&" * 50_000])
def test_hostile_feeds_end(inner: str) -> None:
    assert found(rss(inner).encode()[:150_000])


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("\ufeff  \n<rss version='2.0'>", "feed"),
        ("<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><!-- a --><!-- b --><feed>", "feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss>', "feed"),
        ("<atom:feed xmlns:atom='x'>", "feed"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "html"),
        ("<!doctype html><html><p>An RSS feed begins with <rss>.", "html"),
        ("An RSS feed begins with <rss>.", "text"),
    ],
)
def test_feeds_are_told_by_their_root(text: str, format: str) -> None:
    assert format_of_head(text.encode()) == format


VALID = [rss(ITEM + TEASER + EMPTY), ATOM.replace("CONTENT", "html").replace("BODY", ESCAPED)]
PIECES = [
    "<item>",
    "</item>",
    "<![CDATA[",
    "]]>",
    "&lt;",
    "&#x",
    "<a b='",
    "<!--",
    "-->",
    "<?",
    "<content:encoded>",
    "\x00",
]


@settings(deadline=1000, max_examples=100)
@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(PIECES) | st.text(max_size=5)), max_size=5),
    st.integers(0, 3000),
)
def test_whatever_is_in_a_feed_ends_in_something_said(text: str, changes: list[tuple[int, str]], end: int) -> None:
    for at, new in changes:
        text = text[: at % len(text)] + new + text[at % len(text) + len(new) :]
    data = text.encode("utf-8", "replace")[: end or None]
    assume(b"%PDF-" not in data)
    assert found(data)
