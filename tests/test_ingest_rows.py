import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportedly.ingest import (
    Budget,
    Ingested,
    Limits,
    Linked,
    Member,
    Passed,
    Refused,
    unpack,
)
from reportedly.ingest.rows import date_of
from reportedly.ingest.sniff import format_of_head
from reportedly.records import Document, Report, digest_of
from tests.unpacked import Found, all_in

TEXT = "The mayor of Ostwick said on Monday that the bridge was shut.\n\n“We are\u00a0safe,” she said."
LIMITS = Limits(bytes=100_000, members=2000)


def found(data: bytes, column: str | None = None, limits: Limits = LIMITS) -> list[Found]:
    """What lies in these bytes, each document read."""
    return all_in(data, limits, column)


def documents(data: bytes, column: str | None = None) -> list[Document]:
    """The documents in these bytes; nothing else lies in them."""
    all_found = found(data, column)
    assert all(isinstance(one, Ingested) for one in all_found), all_found
    return [one.document for one in all_found if isinstance(one, Ingested)]


def reasons(data: bytes, column: str | None = None, limits: Limits = LIMITS) -> list[str]:
    """What is said beside the documents."""
    return [one.reason for one in found(data, column, limits) if isinstance(one, (Passed, Refused))]


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def table(*rows: list[str], **how: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue().encode()


ROW = {
    "id": 7,
    "headline": "Bridge  shut",
    "source": {"id": None, "name": "The Ostwick Post"},
    "authors": ["Ann Example", {"name": "Bo Example"}],
    "publishedAt": "2025-03-04T08:00:00Z",
    "updated": 1741075200,
    "link": "https://post.example/a",
    "language": "en-GB",
    "text": TEXT,
}


@pytest.mark.parametrize(
    "data",
    [
        lines(ROW, ROW | {"id": 8}),
        json.dumps([ROW, ROW | {"id": 8}]).encode(),
        json.dumps([ROW, ROW | {"id": 8}], indent=2).encode(),
        json.dumps({"status": "ok", "articles": [ROW, ROW | {"id": 8}]}).encode(),
        json.dumps({"hits": {"total": 2, "hits": [{"_source": ROW}, {"_source": ROW | {"id": 8}}]}}).encode(),
        (json.dumps(ROW, indent=1) + "\n" + json.dumps(ROW | {"id": 8}, indent=1)).encode(),
        b"\xef\xbb\xbf" + lines(ROW, ROW | {"id": 8}),
        lines(ROW, ROW | {"id": 8}).decode().encode("utf-16"),
    ],
    ids=["lines", "list", "pretty", "object", "search", "one after another", "mark", "utf-16"],
)
def test_rows_of_json(data: bytes) -> None:
    first, second = documents(data)
    assert first.text == TEXT
    assert (first.title, first.outlet, first.byline) == ("Bridge shut", "The Ostwick Post", "Ann Example, Bo Example")
    assert (first.published, first.updated) == ("2025-03-04T08:00:00Z", "2025-03-04T08:00:00Z")
    assert (first.url, first.language, first.media_type) == ("https://post.example/a", "en", "application/json")
    assert (first.member, second.member) == ("row 1 (7)", "row 2 (8)")


def test_the_original_of_a_row_is_its_line() -> None:
    line = '{"text":  "He said no.", "n": 1.50}'
    assert documents(f"{line}\r\n{line}".encode())[0].digest == digest_of(line.encode())
    assert documents(f"[{line}, {line}]".encode())[0].digest == digest_of(line.encode())


def test_one_object_is_the_document() -> None:
    data = json.dumps(ROW, indent=1).encode()
    (document,) = documents(data)
    assert (document.member, document.digest, document.text) == (None, digest_of(data), TEXT)


def test_a_text_of_a_row_is_no_front_matter_and_no_other_format() -> None:
    texts = [
        "Title: A bridge\n\nHe said no.",
        '{"text": "no"}',
        "text,title\na,b\nc,d",
        "From: a@x.example\nTo: b\n\nNo.",
    ]
    assert [d.text for d in documents(lines(*({"text": text} for text in texts)))] == texts


def test_a_text_with_paragraphs_marked_up_is_html() -> None:
    markup = f"<p>The beginning, he said.</p><p>{'She said no. ' * 20}</p><p>The end, they said.</p>"
    (document,) = documents(json.dumps({"title": {"rendered": "Bridge &#8211; shut"}, "content": markup}).encode())
    assert document.media_type == "application/json"
    assert document.title == "Bridge – shut"
    assert document.text.startswith("The beginning, he said.")
    assert document.text.endswith("The end, they said.")


def test_ninjs() -> None:
    old = {
        "uri": "http://n.example/1",
        "headline": "Shut",
        "body_text": TEXT,
        "body_xhtml": "<p>x</p>",
        "byline": "Ann",
    }
    new = {
        "uri": "http://n.example/1",
        "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "Shut"}],
        "bodies": [
            {"role": "main", "contenttype": "text/html", "value": "<p>x</p>"},
            {"role": "main", "contenttype": "text/plain", "value": TEXT},
        ],
        "by": "Ann",
    }
    times = {"versioncreated": "2025-03-05T08:00:00Z", "firstcreated": "2025-03-04T08:00:00Z"}
    for item in (old | times, new | times):
        (document,) = documents(json.dumps(item).encode())
        assert (document.text, document.title, document.byline) == (TEXT, "Shut", "Ann")
        assert (document.published, document.updated) == (times["firstcreated"], times["versioncreated"])
        assert document.url == "http://n.example/1"


def test_an_article_of_schema_org() -> None:
    article = {"@type": "NewsArticle", "articleBody": TEXT, "headline": "Shut", "author": [{"name": "Ann"}]}
    said = {
        "publisher": {"name": "The Post"},
        "datePublished": "2025-03-04",
        "mainEntityOfPage": {"@id": "https://p.example/a"},
    }
    (document,) = documents(json.dumps({"@graph": [article | said]}).encode())
    assert (document.text, document.title, document.outlet, document.byline) == (TEXT, "Shut", "The Post", "Ann")
    assert (document.published, document.url) == ("2025-03-04", "https://p.example/a")


def test_a_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Post",
        "language": "en",
        "authors": [{"name": "Ann"}],
        "items": [
            {"id": "1", "content_text": TEXT, "title": "Shut", "date_published": "2025-03-04T08:00:00+01:00"},
            {"id": "2", "summary": "In short.", "url": "https://post.example/2"},
            {"id": "3"},
        ],
    }
    document, linked, passed = found(json.dumps(feed).encode())
    assert isinstance(document, Ingested)
    assert (document.document.text, document.document.outlet, document.document.byline) == (TEXT, "The Post", "Ann")
    assert isinstance(linked, Linked)
    assert (linked.told.url, linked.member) == ("https://post.example/2", "row 2")
    assert isinstance(passed, Passed)
    assert passed.reason == "1 row without text passed over"


def test_what_a_service_cut_short_is_linked() -> None:
    (linked,) = found(json.dumps(ROW | {"text": "The mayor said that … [+2113 chars]"}).encode())
    assert isinstance(linked, Linked)
    (document,) = documents(json.dumps(ROW | {"text": "He said no. " * 60 + "[...]"}).encode())
    assert document.text.endswith("[...]")


def test_our_own_output_is_read_again() -> None:
    read = Document.of("<p>He</p> said no.\r\n", title="Shut", published="2025-03-04", url="https://p.example/a")
    report = Report(read).to_json()
    for data in (report, report + b"\n" + report):
        document = documents(data)[-1]
        assert (document.text, document.id) == (read.text, read.id)


def test_the_column_that_the_user_names() -> None:
    data = lines(*[{"text": "x", "Story Text": TEXT}] * 2)
    assert documents(data, "Story Text")[0].text == TEXT
    assert documents(table(["id", "story"], ["1", TEXT]), "story")[0].text == TEXT
    (reason,) = reasons(data, "other")
    assert (
        reason == "no column 'other' with a text in it; name the one to read with --text-column NAME: text, Story Text"
    )


@pytest.mark.parametrize(
    "data",
    [lines({"a": 1, "story": "x"}, {"a": 2}), table(["a", "story"], ["1", "x y"], ["2", "y z"], ["3", "z z"])],
)
def test_a_table_without_a_text_column_names_its_columns(data: bytes) -> None:
    assert reasons(data) == ["no text column with a text in it; name the one to read with --text-column NAME: a, story"]


def test_a_bad_line_loses_no_other() -> None:
    data = (
        b'{"text": "One."}\n{"text": "Tw\nnull\n\n{"text": NaN, "body": "Five."}\n'
        b'{"title": "x"}\n{"text": "Seven.", "text": "Last."}'
    )
    all_found = found(data)
    assert [f.document.text for f in all_found if isinstance(f, Ingested)] == ["One.", "Five.", "Last."]
    assert [f.member for f in all_found if isinstance(f, Refused)] == ["row 2", "row 3"]
    assert [f.reason for f in all_found if isinstance(f, Passed)] == ["1 row without text passed over"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[{"text": "One."}, {"text": "Tw', "value 2 cannot be read: the file ends in it"),
        (b'[{"text": "One."}, nonsense, {"text": "x"}]', "value 2 cannot be read"),
        (b'[{"text": "One."},' + b"[" * 50_000, "value 2 is nested too deeply"),
    ],
)
def test_what_lies_before_a_break_is_read(data: bytes, reason: str) -> None:
    first, refused = found(data)
    assert isinstance(first, Ingested)
    assert isinstance(refused, Refused)
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[]", "no rows"),
        (b"[" * 50_000, "nested too deeply"),
        (b'{"a":' * 10_000, "nested too deeply"),
        (b'{"text": "x"', "not valid JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b'{"a": "' + b"x" * 200_000 + b'"}', "more than 0.1 MB"),
        (b"text,title\n", ""),
    ],
)
def test_what_holds_nothing_says_why(data: bytes, reason: str) -> None:
    assert [reason in said for said in reasons(data)] == ([True] if reason else [])


def test_a_long_line_is_refused_alone() -> None:
    data = b'{"text": "One."}\n{"text": "' + b"x" * 150_000 + b'"}\n{"text": "Three."}'
    one, two, three = found(data)
    assert isinstance(one, Ingested)
    assert isinstance(three, Ingested)
    assert isinstance(two, Refused)
    assert two.member == "row 2"
    assert "more than 0.1 MB" in two.reason


def test_odd_values_are_no_titles() -> None:
    odd: dict[str, Any] = {
        "title": 5, "headline": "\ud800", "author": True, "source": [None, {"x": 1}], "date": {"a": []},
        "url": "javascript:alert(1)", "language": ["x"], "id": "a\u0000\u001b[31m" + "b" * 500,
        "text": "He said\u0000 \ud800no \ud83d\ude00.",
    }  # fmt: skip
    assert documents(json.dumps({"items": [odd | {"title": "\ud800 a"}]}).encode())[0].title == "a"
    (document,) = documents(json.dumps(odd).encode())
    assert document.text == "He said\x00 \ufffdno \U0001f600."
    assert (document.title, document.byline, document.outlet, document.published, document.url) == (
        "5",
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04 08:00", "2025-03-04T08:00"),
        (1741075200, "2025-03-04T08:00:00Z"),
        ("1741075200000", "2025-03-04T08:00:00Z"),
        (20250304, "2025-03-04"),
        ("20250304080000", "2025-03-04T08:00:00"),
        (20251399, "20251399"),
        ("Tue, 4 Mar 2025 08:00:00 +0100", "2025-03-04T08:00:00+01:00"),
        ("Tue, 4 Mar 2025 00:00:00 GMT", "2025-03-04"),
        ("4 March 2025", "2025-03-04"),
        (datetime(2025, 3, 4, tzinfo=UTC), "2025-03-04"),
        ({"$date": "2025-03-04T08:00:00Z"}, "2025-03-04T08:00:00Z"),
        (float("nan"), None),
        (True, None),
        ("1 Jan 99999999 9", "1 Jan 99999999 9"),
        (10**18 * 9, "2255-03-14T16:00:00Z"),
        ("x" * 500, None),
    ],
)
def test_dates(stated: object, date: str | None) -> None:
    assert date_of(stated) == date


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv(delimiter: str, end: str) -> None:
    said = f'He said "no"{delimiter} and{end}left.'
    data = table(
        ["", "Title", "TEXT", "source"], ["0", "Shut", said, "www.post.example"], ["1", "", TEXT, ""],
        delimiter=delimiter, lineterminator=end,
    )  # fmt: skip
    first, second = documents(data)
    assert (first.text, first.title, first.outlet, first.member) == (said, "Shut", "www.post.example", "row 1")
    assert second.text == TEXT


def test_csv_in_other_encodings() -> None:
    data = table(["id", "text"], ["1", "The café’s owner said no."], ["2", "Plain."])
    assert documents(b"\xef\xbb\xbf" + data)[0].text == "The café’s owner said no."
    assert documents(data.decode().encode("utf-16"))[0].text == "The café’s owner said no."
    broken = data.decode().encode("cp1252") + "3,“Ünder” — she said\n".encode()
    first, _, third, passed = found(broken)
    assert isinstance(first, Ingested)
    assert isinstance(third, Ingested)
    assert (first.document.text, third.document.text) == ("The café’s owner said no.", "“Ünder” — she said")
    assert isinstance(passed, Passed)
    assert "which is a guess" in passed.reason


def test_bad_rows_of_csv_are_refused_by_their_numbers() -> None:
    data = b'id,text\n1,One.\n2,"Two" said\n3,Three, he said\n4\n\n6,\n7,Seven.,,\n8,"Eight\nand more'
    all_found = found(data)
    assert [f.document.text for f in all_found if isinstance(f, Ingested)] == ["One.", "Seven."]
    assert [(f.member, f.reason) for f in all_found if isinstance(f, Refused)] == [
        ("row 2", "a quotation mark within quotation marks is not doubled (from line 3 to line 3 of the file)"),
        ("row 3", "it has another number of columns (3) than the first line (2)"),
        ("row 4", "it has another number of columns (1) than the first line (2)"),
        ("row 7", "a quotation mark in it is not closed, or a field is too long (from line 9 to line 10 of the file)"),
    ]
    assert [f.reason for f in all_found if isinstance(f, Passed)] == ["1 row without text passed over"]


def test_an_unclosed_quotation_mark_costs_no_more_than_a_field_may_have() -> None:
    data = b'id,text\n1,"One\n' + b"2,Two.\n" * 30_000
    all_found = found(data, limits=Limits(bytes=100_000, members=100_000))
    assert isinstance(all_found[0], Refused)
    assert "is not closed" in all_found[0].reason
    assert sum(isinstance(f, Ingested) for f in all_found) > 15_000


def parquet(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


PARQUET = parquet(
    text=[TEXT, None, "<p>He said no.</p>"] * 50,
    date=[datetime(2025, 3, 4, 8), None, datetime(2025, 3, 5)] * 50,
    source=[{"name": "The Post"}, {"name": None}, None] * 50,
    other=[[[1]], [[2]], [[3]]] * 50,
)


def test_parquet() -> None:
    *read, passed = found(PARQUET)
    assert len(read) == 100
    first = read[0]
    assert isinstance(first, Ingested)
    assert (first.document.text, first.document.outlet) == (TEXT, "The Post")
    assert (first.document.published, first.document.member) == ("2025-03-04T08:00:00", "row 1")
    assert isinstance(passed, Passed)
    assert passed.reason == "50 rows without text passed over"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (PARQUET[:-9], "cut short"),
        (b"PAR1", "cut short"),
        (b"PAR1" + b"\xff" * 50 + b"PAR1", "broken"),
        (parquet(story=["x"]), "--text-column NAME: story"),
    ],
)
def test_parquet_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    (said,) = reasons(data)
    assert reason in said


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("[1] The mayor said no.", "text"),
        ('["We are safe," she said.]', "text"),
        ('["Yes", she said.] He left.', "text"),
        ("[AP] - The mayor said no.", "text"),
        ("[[File:a.jpg]] The mayor", "text"),
        ('{"We are safe," she said.}', "text"),
        ("{{short description}} The mayor", "text"),
        ("[\n  {\n", "text"),
        ('[ {"a"', "json"),
        ("[[[[", "json"),
        ('{"a": 1', "json"),
        ('["a", "b"]', "json"),
        ("Content, not form, matters, she said.\nWe, he said, know.", "text"),
        ("Content, not form, matters\nShe said no, he said, yes\n", "text"),
        ("The text, the body, and the article were shut, she said.\nNobody, he said, knew.", "text"),
        ("Body found in river\n\nPolice said on Monday that, as of now, nothing is known.", "text"),
        ("Article | Text\n--- | ---\nOne | two", "text"),
        ("Monday, Tuesday\nWednesday, Thursday\nFriday, Saturday", "text"),
        ("text,title\n", "text"),
        ("id, text\n1, He said no.\n", "csv"),
        ("id,story\n1,a b\n2,b c\n", "csv"),
        ('"title","text"\n"a","b', "csv"),
    ],
)
def test_rows_are_told_from_texts(text: str, format: str) -> None:
    assert format_of_head(text.encode()) == format


VALID = [
    lines(ROW, {"text": "x"}, ROW),
    json.dumps([ROW, ROW]).encode(),
    json.dumps({"articles": [ROW]}).encode(),
    table(["id", "text", "title"], ["1", TEXT, "a"], ["2", 'He said "no".', "b"]),
]


def mutated(valid: list[bytes]) -> st.SearchStrategy[bytes]:
    """Files that are cut, or in which some bytes are others."""
    changes = st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6)), max_size=4)

    def change(data: bytes, changes: list[tuple[int, bytes]], cut: int) -> bytes:
        for at, new in changes:
            at %= len(data)
            data = data[:at] + new + data[at + len(new) :]
        return data[: len(data) - cut]

    return st.builds(change, st.sampled_from(valid), changes, st.one_of(st.just(0), st.integers(0, 400)))


@settings(deadline=1000, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(mutated(VALID), st.builds(bytes.__add__, st.sampled_from([b"[", b'{"a":', b"id,text\n"]), st.binary()))
)
def test_whatever_bytes_end_in_something_said(data: bytes) -> None:
    assume(b"%PDF-" not in data)  # which another test is for
    assert found(data)


@settings(deadline=1000, max_examples=25)
@given(mutated([PARQUET]))
def test_whatever_parquet_ends_in_something_said(data: bytes) -> None:
    assert found(data)


def test_a_large_file_is_read_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as out:
        out.write(b"[")
        for n in range(300):
            out.write((b"," if n else b"") + json.dumps({"n": n, "text": "He said no. " * 300}).encode())
        out.write(b"]")
    with path.open("rb") as stream:
        members = unpack(Member(stream, "a.json"), Budget(LIMITS))
        first = next(members)
        assert isinstance(first, Member)
        assert stream.tell() < 200_000 < path.stat().st_size
        assert sum(isinstance(one, Member) for one in members) == 299
