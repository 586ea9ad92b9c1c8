"""The page of one report: the words stay exact, the document stays text, every attribution is there."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.brief import Revision
from reportedly.page import prepare, render, revised, sign
from reportedly.records import KINDS, Attribution, Document, Link, Report, Source, Span, Unread

VOID = {"meta", "br", "img", "link", "input", "hr"}
HOSTILE = (
    "</script><img src=x onerror=alert(1)>\"onmouseover='alert(2)'`{{ 7*7 }}{% x %}"
    "</style><!--]]><svg/onload=alert(3)>&lt;&amp;&#60;</div></article></title><script>alert(4)</script>"
)


class Reading(HTMLParser):
    """Elements with their attributes, and the text of the column, as a parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.column = ""
        self.inside: int | None = None
        self.inline: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "article":
            self.inside = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self.inside is not None and len(self.open) < self.inside:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.column += data
        if self.open and self.open[-1] in ("style", "script"):
            self.inline[self.open[-1]] = self.inline.get(self.open[-1], "") + data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this tag that has these."""
        return [found for name, found in self.elements if name == tag and attributes.items() <= found.items()]


def legible(text: str) -> str:
    """The text, with what HTML cannot carry replaced one for one."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def spans_of(text: str) -> st.SearchStrategy[tuple[Span, ...]]:
    """Up to three spans anywhere in the text."""
    if not text:
        return st.just(())
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda e: e[0] < e[1])
    return st.lists(ends.map(lambda e: Span.of(text, *e)), max_size=3).map(tuple)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports over any text, with attributions that overlap, nest, hold themselves, or say nothing."""
    text = draw(
        st.text(st.one_of(st.characters(), st.sampled_from(" \n\r\t<>&\"'\x00\ud800\udfff\u2028\x85é א")), max_size=60)
    )
    title, language = draw(st.none() | st.text(max_size=20)), draw(st.none() | st.just("en"))
    document = Document(id="d", file="-", text=text, title=title, language=language)
    ids = st.sampled_from(["a-0123456789abcdef", "a-ffffffffffffffff", "b c", '"', "", "a0"])
    attribution = st.builds(
        Attribution,
        id=ids,
        **{role: spans_of(text) for role in ("cue", "source", "content", "addressee")},
        within=st.none() | ids,
        confidence=st.floats(),
        speech=st.sampled_from(["direct", "indirect", "mixed"]),
        speaker=st.none() | ids,
        chain=st.lists(st.builds(Link, ids), max_size=4).map(tuple),
    )
    source = st.builds(
        Source,
        id=ids,
        name=st.text(max_size=9),
        kind=st.sampled_from(KINDS),
        role=st.none() | st.text(max_size=9),
        anonymity=spans_of(text),
        mentions=spans_of(text),
        members=st.lists(ids, max_size=2).map(tuple),
    )
    where = st.none() | st.integers(-2, len(text) + 2)
    return Report(
        document,
        tuple(draw(st.lists(attribution, max_size=6))),
        tuple(draw(st.lists(source, max_size=3))),
        tuple(draw(st.lists(st.builds(Unread, st.text(max_size=9), where, where), max_size=2))),
    )


@settings(deadline=None)
@given(reports())
def test_column_holds_the_exact_text(report: Report) -> None:
    html = render(report)
    html.encode("utf-8")
    reading = Reading(html)
    assert reading.column == legible(report.text)
    ids = [attributes["id"] for _, attributes in reading.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert len(reading.all("a", **{"class": "mark"})) >= len(report.attributions)
    targets = {attributes["href"] for attributes in reading.all("a") if (attributes["href"] or "").startswith("#")}
    assert targets <= {f"#{i}" for i in ids}


@settings(deadline=None)
@given(reports())
def test_segments_carry_exactly_the_parts_played_there(report: Report) -> None:
    page = prepare(report)
    assert sorted(entry.n for entry in page.entries) == list(range(len(report.attributions)))
    at = 0
    for segment in (segment for paragraph in page.paragraphs for segment in paragraph.segments):
        for i in range(at, at + len(segment.text)):
            expected = {
                f"{n}:{role}"
                for n, attribution in enumerate(report.attributions)
                for role in ("content", "addressee", "source", "cue")
                if any(span.start <= i < span.end for span in getattr(attribution, role))
            }
            assert set(segment.parts.split()) == expected
            mentioned = {source.id for source in report.sources for m in source.mentions if m.start <= i < m.end}
            assert bool(segment.mentions) == bool(mentioned)
        at += len(segment.text)
    assert at == len(report.text)


def vocabulary(html: str) -> set[tuple[str, str]]:
    """Every element with each of its attributes' names."""
    return {(tag, name) for tag, attributes in Reading(html).elements for name in ("", *attributes)}


def report_saying(words: str) -> Report:
    """A report in which everything that a document or a model can say is these words."""
    document = Document.of(
        f"{words}, she told {words}: {words}\n\n{words}",
        **dict.fromkeys(("title", "outlet", "byline", "published", "url", "language", "file", "digest"), words),
        kept=0.5,
    )
    cue = document.span(len(words) + 6, len(words) + 10)
    spans = (document.span(0, len(words)),)
    outer = Attribution.of(document, (cue,), spans, spans, addressee=spans, speaker="s", chain=(Link("s"),) * 3)
    inner = Attribution(id=words, cue=spans, source=(), content=spans, within=outer.id)
    return Report(
        document,
        (outer, inner),
        (Source(id="s", name=words, role=f"as {words}", anonymity=spans, mentions=spans),),
        (Unread(words, 0, 4), Unread(words)),
    )


def test_hostile_words_stay_words() -> None:
    hostile = render(report_saying(HOSTILE))
    assert vocabulary(hostile) == vocabulary(render(report_saying("quiet")))
    reading = Reading(hostile)
    assert reading.column == report_saying(HOSTILE).text
    assert "49" not in reading.column
    assert not {name for _, name in vocabulary(hostile) if name == "style" or name.startswith("on")}


def test_only_web_addresses_become_links() -> None:
    def outward(url: str) -> list[str | None]:
        reading = Reading(render(Report(Document.of("x", url=url))))
        return [a["href"] for a in reading.all("a")]

    assert outward("https://example.org/a?b=1&c=2") == ["https://example.org/a?b=1&c=2"]
    for url in ("javascript:alert(1)", "data:text/html,x", " https://x", "file:///etc/passwd", "//example.org", ""):
        assert outward(url) == []


def test_policy_names_the_style_and_the_script_and_nothing_else() -> None:
    reading = Reading(render(report_saying("quiet")))
    (policy,) = (m["content"] for m in reading.all("meta", **{"http-equiv": "Content-Security-Policy"}))
    for directive, tag in (("style-src", "style"), ("script-src", "script")):
        assert len(reading.all(tag)) == 1
        digest = base64.b64encode(hashlib.sha256(reading.inline[tag].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none';")
    assert not [a for _, attributes in reading.elements for a in attributes if a == "src"]
    assert not re.search(r"url\(|@import", reading.inline["style"])


def test_empty_document() -> None:
    report = Report(Document.of("", file="empty.txt"))
    reading = Reading(render(report))
    assert reading.column == ""
    assert prepare(report).summary == "No attributions found"
    assert "No attributions were found: nothing in this text" in render(report)
    assert prepare(report).header.title == "empty.txt"


TEXT = "“I saw it,” Ana told us, “twice.”\nBo said Ana had admitted that it fell. It is said to be old."
DOCUMENT = Document.of(TEXT, published="2026-02-09", kept=0.9996)


def said(*words: str) -> tuple[Span, ...]:
    """The first places of these words in the text."""
    return tuple(DOCUMENT.span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


BROKEN = Attribution.of(
    DOCUMENT, said("told"), said("Ana"), said("“I saw it,”", "“twice.”"), addressee=said("us"), speech="direct"
)
OUTER = Attribution.of(DOCUMENT, said("said"), said("Bo"), said("Ana had admitted that it fell"))
INNER = Attribution.of(
    DOCUMENT, said("had admitted"), said("Ana had"), said("that it fell"), within=OUTER.id, confidence=0.456
)
NAMELESS = Attribution.of(DOCUMENT, said("It is said"), (), said("to be old"))


def test_list_without_sources() -> None:
    page = prepare(Report(DOCUMENT, (NAMELESS, INNER, OUTER, BROKEN)))
    assert page.summary == "4 attributions: 1 direct, 3 indirect; 1 without a source"
    assert [(e.sign, e.level, e.who) for e in page.entries] == [
        ("1", 0, "Ana"),
        ("2", 0, "Bo"),
        ("2.1", 1, "Ana had"),
        ("3", 0, ""),
    ]
    assert page.entries[0].content == "“I saw it,” … “twice.”"
    assert page.entries[0].mark.label == "Ana, told to us: “I saw it,” … “twice.”"
    assert page.entries[2].confidence == 46
    assert page.entries[3].mark.label.startswith("No source named, It is said: ")
    assert [e.target for e in page.entries] == [a.id for a in (BROKEN, OUTER, INNER, NAMELESS)]
    assert page.header.date == "9 February 2026"
    assert page.header.kept == "99.9%"


def test_speakers_are_named_with_the_words_that_stand_for_them() -> None:
    speaking = Attribution.of(
        DOCUMENT, said("told"), said("Ana"), said("“twice.”"), speaker="s-1", chain=(Link("o"), Link("w"), Link("s-1"))
    )
    ana = Source(id="s-1", name="a nurse", kind="group", role="on the ward", anonymity=said("It is said to be old"))
    wire = Source(id="w", name="The Wire", kind="outlet", named=True)
    (entry,) = prepare(Report(DOCUMENT, (speaking,), (ana, wire))).entries
    assert (entry.who, entry.called) == ("a nurse", "Ana")
    assert entry.facts == ("indirect", "on the ward", "group", "unnamed")
    assert entry.grounds == "It is said to be old"
    assert entry.path == ("this report", "The Wire", "an unnamed nurse")


def test_sources_are_listed_with_their_mentions_linked() -> None:
    bo = Source(id="s-bo", name="Bo", kind="person", named=True, official=True, mentions=said("Bo"))
    ana = Source(id="s-ana", name="Ana", kind="person", named=True, role="nurse", mentions=said("Ana", "Ana had"))
    both = Source(id="s-both", name="Bo + Ana", kind="group", named=True, members=("s-bo", "s-ana"))
    silent = Source(id="s-paper", name="Courier", kind="author", named=True)
    outer = msgspec.structs.replace(OUTER, speaker="s-ana")
    inner = msgspec.structs.replace(INNER, speaker="s-both", chain=(Link("s-paper"), Link("s-ana"), Link("s-both")))
    page = prepare(Report(DOCUMENT, (outer, inner, NAMELESS), (silent, bo, ana, both)))
    assert [(item.name, item.said) for item in page.items] == [
        ("Ana", "1 statement, passes on 1, speaks with others"),
        ("Bo + Ana", "1 statement"),
        ("Bo", "speaks with others"),
    ]
    assert [item.facts for item in page.items] == [("nurse",), ("group", "through Ana"), ("official",)]
    assert [entry.source for entry in page.entries] == [0, 1, None]
    assert page.counts.startswith("3 statements: 2 on named sources, 0 on unnamed;")
    reading = Reading(render(Report(DOCUMENT, (outer, inner, NAMELESS), (silent, bo, ana, both))))
    for item in page.items:
        for place in item.places:
            (segment,) = reading.all("span", id=place.target)
            assert str(item.n) in (segment["data-mentions"] or "").split()


def test_nested_contents_lie_deeper_and_the_innermost_is_named_last() -> None:
    page = prepare(Report(DOCUMENT, (INNER, OUTER)))
    (segment,) = (s for p in page.paragraphs for s in p.segments if s.text == "that it fell")
    assert (segment.depth, segment.parts) == (2, "1:content 0:content")


def test_unread_stretches_are_marked_and_noted() -> None:
    page = prepare(Report(DOCUMENT, unread=(Unread("too odd", 0, 5), Unread("a table"), Unread("nowhere", 9, 999))))
    assert [(note.reason, note.target) for note in page.notes] == [
        ("too odd", "unread-1"),
        ("a table", ""),
        ("nowhere", ""),
    ]
    assert page.paragraphs[0].segments[0].roles == "unread"
    assert page.paragraphs[0].segments[0].marks[0].target == "note-1"


def test_wrapped_texts_keep_their_lines_together() -> None:
    assert len(prepare(Report(Document.of("one\ntwo\n\nthree\r\nfour\r\n\r\nfive"))).paragraphs) == 3
    assert [p.lines for p in prepare(Report(Document.of("long " * 30 + "\ntwo\r\n\r\nthree"))).paragraphs] == [1, 2, 0]


def test_ten_thousand_attributions_take_seconds() -> None:
    line = "The harbour was shut, Ana said, and Bo said she had said that it would stay shut until spring came. "
    document = Document.of(line * 5000)
    attributions = []
    for i in range(0, len(document.text), len(line)):
        outer, start = document.span(i + 43, i + 98), i + 36
        attributions += [
            Attribution.of(
                document, (document.span(start + 3, start + 7),), (document.span(start, start + 2),), (outer,)
            ),
            Attribution.of(
                document,
                (document.span(i + 26, i + 30),),
                (document.span(i + 22, i + 25),),
                (document.span(i, i + 20),),
            ),
        ]
    started = time.perf_counter()
    html = render(Report(document, tuple(attributions)))
    assert time.perf_counter() - started < 20, "seconds, on a busy machine; a quiet one takes two"
    assert html.count('class="mark"') == 10_000


def test_deep_nesting_is_no_recursion() -> None:
    document = Document.of("a says that " * 3000)
    chain: list[Attribution] = []
    for i in range(3000):
        within = chain[-1].id if chain else None
        chain.append(Attribution.of(document, (document.span(12 * i + 2, 12 * i + 6),), (), (), within=within))
    page = prepare(Report(document, tuple(chain)))
    assert len(page.entries) == 3000
    assert max(entry.level for entry in page.entries) == 4


def test_signs_and_days_are_told_as_people_say_them() -> None:
    assert sign("credits the Ledger (sentence)") == "credits the Ledger in a sentence"
    assert sign("credits (mark) Post (mark)") == "credits (mark) Post after a paragraph"
    assert sign("published first, 2024-11-19T08:00:00Z") == "published first, 19 November 2024, 08:00 UTC"
    revision = Revision("Post: 2024-01-02 (2024-11-19T08:00 → no date)", "d-1", "d-2", "", (), ())
    assert revised(revision).title == "Post: 2024-01-02 (19 November 2024, 08:00 → no date)"
