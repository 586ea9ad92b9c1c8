import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import Attribution, Document, Report, Span, SpanError, Unread
from reportedly.records import identify

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@given(TEXT, st.integers(-5, 90), st.integers(-5, 90))
def test_a_span_lies_in_its_text_or_cannot_be_built(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        span = Span.of(text, start, end)
        assert text[span.start : span.end] == span.text
    else:
        with pytest.raises(SpanError):
            Span.of(text, start, end)


@given(st.integers(-3, 10), st.integers(-3, 10), st.text(max_size=5))
def test_a_span_is_as_long_as_its_text(start: int, end: int, text: str) -> None:
    if 0 <= start < end and end - start == len(text):
        assert Span(start, end, text).text == text
    else:
        with pytest.raises(SpanError):
            Span(start, end, text)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(TEXT)
    document = Document.of(text, file=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=9)))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return document.span(start, draw(st.integers(start + 1, len(text))))

    attributions = []
    for _ in range(draw(st.integers(0, 3))):
        source = (span(),) if draw(st.booleans()) else ()
        attributions.append(Attribution.of(document, (span(),), source, (span(), span()), confidence=0.5))
    return Report(document, tuple(attributions), (), (Unread("a caption", 0, 1),))


@given(reports())
def test_json_both_ways(report: Report) -> None:
    again = Report.from_json(report.to_json())
    assert again == report
    assert again.to_json() == report.to_json()


@given(reports())
def test_the_same_content_has_the_same_id(report: Report) -> None:
    document = report.document
    assert Document.of(document.text, file="elsewhere.txt").id == document.id
    assert Document.of(document.text + ".").id != document.id
    for a in report.attributions:
        assert Attribution.of(document, a.cue, a.source, a.content, confidence=0.1).id == a.id


def test_a_report_with_a_false_span_cannot_be_built_or_read() -> None:
    document = Document.of("The mayor said no.")
    attribution = Attribution.of(document, (Span(0, 4, "Town"),), (), (document.span(15, 17),))
    with pytest.raises(SpanError, match="does not say 'Town'"):
        Report(document, (attribution,))
    true = Report(document, (Attribution.of(document, (document.span(10, 14),), (), (document.span(15, 17),)),))
    with pytest.raises(msgspec.ValidationError, match="does not say"):
        Report.from_json(true.to_json().replace(b'"start":10,"end":14', b'"start":11,"end":15'))


def test_ids_are_tagged_hashes_of_canonical_json() -> None:
    assert identify("x", {"b": 1, "a": "é"}) == identify("x", {"a": "é", "b": 1})
    assert identify("x", [["a", "b"]]) != identify("x", [["a.b"]])
    assert identify("d", 1).startswith("d-")
    assert len(identify("d", 1)) == 18


def test_the_json_has_the_fields_users_were_promised() -> None:
    document = Document.of("No, he said.", file="a.txt")
    report = Report(document, (Attribution.of(document, (document.span(7, 11),), (), (document.span(0, 2),)),))
    row = msgspec.json.decode(report.to_json())
    assert {"document", "attributions", "sources", "unread"} <= row.keys()
    assert {"id", "file", "title", "outlet", "published", "language", "text"} <= row["document"].keys()
    promised = ["id", "cue", "source", "content", "addressee", "speech", "within", "confidence", "speaker", "chain"]
    assert set(promised) <= row["attributions"][0].keys()
    assert row["attributions"][0]["cue"] == [{"start": 7, "end": 11, "text": "said"}]
