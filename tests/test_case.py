"""The case: what was put comes back, once; what is no case, locked, full or cut off is told and harms nothing."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import Attribution, Case, CaseError, Document, Link, Report, Source, Unread, add, read_bytes
from reportedly.case import APPLICATION, Passage, UnknownIdError, schema
from reportedly.ingest import Limits
from reportedly.intake import Ways
from reportedly.records import (
    Account,
    Brief,
    Circle,
    Claim,
    Evidence,
    Origin,
    Origins,
    Question,
    Relation,
    Reuse,
    Shared,
    digest_of,
)
from tests.test_tally import GOLD, gold_report

DEMO = Path(__file__).parents[1] / "demo"
FACTS = ("originals", "documents", "files", "unread", "attributions", "sources", "reviews")


def unbound() -> bool:
    """Whether this process may read and write what nobody may, as root may."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0)
        return os.access(file.name, os.R_OK)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Brücke #1?%20.case"


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    """The demo case as a careful reader read it."""
    with Case.open(path, create=True) as case:
        for report in gold_reports():
            assert case.put(report, original(report))
        yield case


@cache
def gold_reports() -> tuple[Report, ...]:
    return tuple(map(gold_report, GOLD))


def original(report: Report) -> bytes:
    return (DEMO / report.document.file).read_bytes()


def plain(text: str, **fields: str) -> tuple[Report, bytes]:
    return Report(Document.of(text, **fields)), text.encode()


def brief_of(reports: tuple[Report, ...]) -> Brief:
    """A brief in which every attribution is a claim, and each two neighbours differ."""
    claims = [
        Claim.of(
            r.document, a.content, f"[{r.document.outlet}] {a.content[0].text}", attribution=a.id, speaker=a.speaker
        )
        for r in reports
        for a in r.attributions
    ]
    own = Claim.of(reports[0].document, (reports[0].document.span(0, 9),), "Said by the report", position="predicts")
    claims.append(own)
    span = reports[1].document.span(3, 8)
    relations = [
        Relation(a=min(x.id, y.id), b=max(x.id, y.id), kind="disputes", score=n / len(claims))
        for n, (x, y) in enumerate(zip(claims[::2], claims[1::2], strict=False))
    ]
    stated = {"stated": (span,), "stated_in": reports[1].document.id, "reason": "stated"}
    relations[0] = msgspec.structs.replace(relations[0], kind="supports", **stated)
    accounts = [
        Account(
            id=f"k-{n:016x}",
            title=f"Because of {n}",
            claims=(x.id, y.id),
            sources=tuple(s for s in (x.speaker, y.speaker) if s),
            origins=Origins(1, 2, ("the same wire copy",), measured=n != 1),
        )
        for n, (x, y) in enumerate(zip(claims[::2], claims[1::2], strict=False))
    ]
    sources = tuple(s for r in reports for s in r.sources)
    return Brief(
        documents=tuple(r.document for r in reports),
        sources=sources,
        claims=tuple(claims),
        relations=tuple(relations),
        questions=(
            Question(id="q-2", title="Why did it fall?", accounts=tuple(accounts[:2])),
            Question(id="q-1", title="How many?", accounts=tuple(accounts[1:4])),
        ),
        persons=((sources[1].id, sources[-1].id), (sources[2].id,)),
        agreed=tuple(accounts[4:5]),
        alone=(own.id, claims[7].id),
        **debts(reports[0].document, reports[1].document),
    )


def debts(first: Document, second: Document) -> dict[str, Any]:
    """Two documents said to share words, a circle and an origin."""
    shared = Shared(a=first.span(0, 5), b=second.span(3, 8), words=1, narration=0)
    sign = Evidence(kind="credit", says="credits somebody", document=first.id, spans=(first.span(2, 6),))
    a, b = sorted((first.id, second.id))
    return {
        "reuse": (Reuse(a=a, b=b, kind="partly", direction="b->a", passages=(shared,), evidence=(sign,)),),
        "circles": (Circle(("A", "B"), (sign, sign)),),
        "origins": (Origin(id="o-1", name="A", documents=(a, b), sources=("s-1",), evidence=(sign,)),),
    }


def rows(case: Case, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(case.path) as other:
        found = other.execute(sql).fetchall()
    other.close()
    return found


# Facts


def test_what_was_put_comes_back(case: Case, path: Path) -> None:
    assert tuple(case.reports()) == gold_reports()
    for report in gold_reports():
        assert case.report(report.document.id) == report
        assert case.holds(report.document.digest)
        assert case.original(report.document.digest) == original(report)
    assert not case.holds("sha256:0")
    assert case.counts() == {r.document.id: len(r.attributions) for r in gold_reports()}
    case.close()
    assert not path.with_name(path.name + "-wal").exists()
    with Case.open(path) as again:
        assert tuple(again.reports()) == gold_reports()
        assert again.documents() == tuple(r.document for r in gold_reports())


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MAYBE = st.none() | TEXT


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(TEXT.filter(bool))
    document = Document.of(
        text,
        file=draw(TEXT),
        kept=draw(st.floats(0, 1)),
        **{k: draw(MAYBE) for k in ("title", "outlet", "byline", "published", "url", "language")},
    )
    places = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: document.span(start, end))
    )
    spans = st.lists(places, max_size=2).map(tuple)
    flags = st.booleans()
    sources = [
        Source.of(
            document, draw(TEXT), kind=draw(st.sampled_from(["person", "outlet"])), named=draw(flags), role=draw(MAYBE),
            official=draw(flags), role_spans=draw(spans), anonymity=draw(spans), mentions=draw(spans), members=("s-1",),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    attributions = [
        Attribution.of(
            document, draw(spans), draw(spans), draw(spans), addressee=draw(spans), confidence=draw(st.floats(0, 1)),
            within=draw(MAYBE), speaker=draw(MAYBE), chain=(Link("s-1", draw(spans)), Link(draw(TEXT))),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    unread = (Unread("a caption", 0, 1), Unread(draw(TEXT)))
    return Report(document, tuple(attributions), tuple(sources), unread, tuple(draw(st.lists(TEXT, max_size=2))))


@settings(max_examples=60, deadline=None)
@given(st.lists(reports(), max_size=3))
def test_any_report_comes_back_equal(some: list[Report]) -> None:
    kept = {r.document.id: r for r in reversed(some)}
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "a.case", create=True) as case:
        for report in some:
            case.put(report, report.text.encode())
        order = dict.fromkeys(r.document.id for r in some)
        assert list(case.reports()) == [kept[i] for i in order]
        assert case.search(some[0].text if some else "x") is not None
        assert rows(case, "PRAGMA foreign_key_check") == []
        for view in ("spans", "statements", "who_says_what", "competing_accounts", "who_disputes_whom"):
            rows(case, f"SELECT * FROM {view}")


def test_the_same_document_is_held_once(path: Path, tmp_path: Path) -> None:
    said = "The bridge is safe, the mayor said."
    files = []
    for n in range(50):
        files.append(tmp_path / f"{n}.txt")
        files[-1].write_text(said)
    with Case.open(path, create=True) as case:
        assert [a.state for a in add(case, files)] == ["new"] + ["known"] * 49
        assert len({a.document for a in add(case, files)}) == 1
        assert [a.state for a in add(case, [(said.encode(), "elsewhere")])] == ["known"]
        assert len(case.documents()) == len(rows(case, "SELECT * FROM originals")) == 1
        assert case.documents()[0].file == str(files[0])


def test_a_document_is_known_by_its_content_not_by_its_bytes(path: Path) -> None:
    said = "“The bridge is safe”, the mayor said."
    inputs = [(said.encode(), "a"), (b"\xef\xbb\xbf" + said.encode(), "b"), (f"Outlet: Post\n\n{said}".encode(), "c")]
    with Case.open(path, create=True) as case:
        first, marked, reprinted = add(case, inputs)
        assert (first.state, marked.state, reprinted.state) == ("new", "known", "new")
        assert first.document == marked.document != reprinted.document
        assert [d.outlet for d in case.documents()] == [None, "Post"]
        assert case.document_of(digest_of(inputs[1][0])) == first.document
        assert case.original(digest_of(inputs[1][0])) == inputs[1][0]
        assert [a.report for a in add(case, inputs)] == [None] * 3  # none is read again


def test_a_second_address_does_not_hide_the_first(path: Path) -> None:
    where = {"outlet": "A", "published": "2024-01-01", "title": "B"}
    first, later = "https://a.example/fire", "https://a.example/story"
    with Case.open(path, create=True) as case:
        for text in ("Nine were hurt.", "Ten were hurt."):
            case.put(*plain(text, url=first, **where))
        one, other = (d.id for d in case.documents())
        again, data = plain("Nine were hurt.", url=later, **where)
        assert case.twin(again.document) == one
        case.keep_again(one, again.document, data)
        case.put(*plain("Rain fell.", url="https://a.example/rain", **where))
        of = case.addresses()
    assert of[one] == of[other]
    assert len(of) == 3
    assert len(set(of.values())) == 2


def test_bytes_of_another_report_are_refused(path: Path) -> None:
    with Case.open(path, create=True) as case:
        with pytest.raises(ValueError, match="their digest is another"):
            case.put(plain("One.")[0], b"Two.")
        assert case.documents() == ()


def test_one_bad_file_does_not_stop_the_others(path: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("The bridge is safe, the mayor said.")
    with Case.open(path, create=True) as case:
        done = list(
            add(
                case,
                [tmp_path / "none", (b"\0\1\2", "x"), good, (b"long" * 99, "y")],
                ways=Ways(limits=Limits(bytes=99)),
            )
        )
    assert [a.state for a in done] == ["failed", "failed", "new", "failed"]
    assert [a.reason for a in done if a.reason] == [
        "No such file or directory",
        "this is binary, not text",
        "more than 9.9e-05 MB; raise the limit with --max-megabytes",
    ]


@pytest.mark.parametrize("table", FACTS)
def test_facts_are_neither_changed_nor_deleted(case: Case, table: str) -> None:
    case.put(msgspec.structs.replace(plain("No.")[0], unread=(Unread("a caption"),)), b"No.")
    case.review("claim", "sha256:0", "safe", "merge")
    before = rows(case, f"SELECT * FROM {table}")
    assert before
    column = "size" if table == "originals" else "number"
    for sql in (f"UPDATE {table} SET {column} = 0", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="facts are not"):
            rows(case, sql)
    with pytest.raises(sqlite3.IntegrityError):
        case._connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert rows(case, f"SELECT * FROM {table}") == before


def test_what_belongs_to_nothing_cannot_be_put(case: Case) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        case._connection.execute("INSERT INTO unread (document, reason) VALUES ('d-0', 'gone')")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        case._connection.execute("INSERT INTO relations (a, b, kind, score, reason) VALUES ('c', 'd', 'x', 0, '')")


# Judgements


def test_a_brief_comes_back_and_is_replaced(case: Case) -> None:
    assert case.brief() is None
    assert case.uncompared() == tuple(r.document.id for r in gold_reports())
    first, second = brief_of(gold_reports()), brief_of(gold_reports()[:3])
    for brief in (first, second, first, first):
        case.save(brief)
        assert case.brief() == brief
        assert case.uncompared() == tuple(d.id for d in first.documents if d not in brief.documents)
        assert rows(case, "PRAGMA foreign_key_check") == []
        case._connection.execute("INSERT INTO claims_words (claims_words) VALUES ('integrity-check')")
    report, data = plain("Another report.")
    case.put(report, data)
    assert case.uncompared() == (report.document.id,)
    assert case.brief() == first
    case.save(Brief(documents=(), sources=(), claims=(), relations=(), questions=()))
    assert case.brief() == Brief(documents=(), sources=(), claims=(), relations=(), questions=())


def test_a_brief_that_cannot_be_saved_leaves_the_last_one(case: Case) -> None:
    brief = brief_of(gold_reports())
    case.save(brief)
    stranger = plain("A stranger.")[0]
    for wrong in (
        {"documents": (stranger.document,)},
        {"sources": (Source.of(stranger.document, "Bo"),)},
        {"claims": brief.claims[:5]},
        {"claims": (*brief.claims, Claim.of(stranger.document, (stranger.document.span(0, 1),), "A"))},
        {"alone": ("c-0",)},
    ):
        with pytest.raises(ValueError, match="the brief"):
            case.save(msgspec.structs.replace(brief, **wrong))
        assert case.brief() == brief
    with pytest.raises(sqlite3.IntegrityError):
        case.save(msgspec.structs.replace(brief, questions=brief.questions * 2))
    assert case.brief() == brief


def test_two_sources_of_one_id_stay_two(path: Path) -> None:
    report, data = plain("The bridge is safe.")
    twins = tuple(Source.of(report.document, "officials", kind=kind) for kind in ("group", "person"))
    report = msgspec.structs.replace(report, sources=twins)
    with Case.open(path, create=True) as case:
        case.put(report, data)
        assert list(case.reports()) == [report]
        brief = Brief(documents=(report.document,), sources=twins, claims=(), relations=(), questions=())
        case.save(brief)
        assert case.brief() == brief


def test_a_large_case_is_quick(path: Path) -> None:
    """3,000 claims of 100 reports; the limits are loose, the figures are in docs/case.md."""
    base, took = gold_reports(), []
    many = []
    with Case.open(path, create=True) as case:
        for n in range(100):
            report = base[n % len(base)]
            document = msgspec.structs.replace(report.document, id=f"d-{n}", digest=digest_of(b"%d" % n))
            sources = tuple(msgspec.structs.replace(s, id=f"{s.id}{n}") for s in report.sources)
            many.append(Report(document, report.attributions, sources))
            began = time.process_time()
            case.put(many[-1], b"%d" % n)
            took.append(time.process_time() - began)
        brief = brief_of(tuple(many))
        case.save(brief)
        began = time.process_time()
        assert case.brief() == brief
        loaded = time.process_time() - began
    assert sorted(took)[50] < 0.1
    assert loaded < 4


# Caches and reviews


def test_answers_are_kept_by_model(case: Case) -> None:
    case.keep_answers("m1", {("c-1", "c-2"): (0.5, -1, 2), ("c-1", "c-3"): (1, 0, 0)})
    case.keep_answers("m2", {("c-1", "c-3"): (0, 0, 1)})
    assert case.answers("m1") == {("c-1", "c-2"): (0.5, -1, 2)}
    assert case.answers("m2") == {("c-1", "c-3"): (0, 0, 1)}
    case.drop_caches()
    assert not case.answers("m1") and not case.answers("m2")


def test_reviews_are_a_log(case: Case) -> None:
    first = case.review("relation", "sha256:1", "it was not", "judge", value={"kind": "disputes"}, note="said so")
    second = case.review("claim", "sha256:1", "“so”", "hide", prefix="before ", suffix=" behind")
    assert case.reviews() == (first, second)
    assert (first.value, second.value) == ({"kind": "disputes"}, None)
    assert (second.number, second.prefix, second.suffix) == (2, "before ", " behind")
    assert second.made.endswith("Z")


# Finding


def test_search_finds_words_in_any_form(case: Case) -> None:
    case.save(brief_of(gold_reports()))
    report = gold_reports()[0]
    assert report.document.id in {hit.document for hit in case.search("Minter café")}
    named = {s.id: s for r in gold_reports() for s in r.sources if s.name == "Rosa Minter"}
    assert named.keys() <= {hit.id for hit in case.search("rosa minters", limit=99)}
    kinds = {hit.id[0] for hit in case.search("minter", limit=99)}
    assert {"d", "s"} <= kinds
    assert "c" in {hit.id[0] for hit in case.search("lorry overloaded", limit=999)}
    assert any("[" in hit.snippet for hit in case.search("lorries"))
    assert len(case.search("the", limit=3)) == 3
    for odd in ("", '"', "*", "NEAR(", "a OR", "\0", "-", "text:"):
        case.search(odd)
    assert case.search("zebra") == case.search("") == ()


def test_any_record_is_found_by_the_beginning_of_its_id(case: Case) -> None:
    brief = brief_of(gold_reports())
    case.save(brief)
    report = gold_reports()[2]
    document = case.find(report.document.id[:-3])
    assert (document.id, document.record) == (report.document.id, report.document)
    assert document.attributions == report.attributions
    attribution = report.attributions[3]
    found = case.find(attribution.id)
    assert found.record == attribution
    assert {p.part for p in found.passages} >= {"cue", "content"}
    assert attribution.speaker in {s.id for s in found.sources}
    assert [c.attribution for c in found.claims] == [attribution.id]
    claim = case.find(brief.claims[0].id)
    assert claim.passages == tuple(
        Passage(document=brief.documents[0], record=claim.id, part="claim", span=s) for s in brief.claims[0].spans
    )
    assert set(claim.relations) == {brief.relations[0]}
    assert {c.id for c in claim.claims} == {brief.relations[0].a, brief.relations[0].b}
    for asked in ("{0.a}:{0.b}", "{0.b}:{0.a}"):
        relation = case.find(asked.format(brief.relations[0]))
        assert relation.record == brief.relations[0]
        assert relation.passages[-1].part == "stated"
        assert relation.passages[-1].document == brief.documents[1]
    question = case.find("q-1")
    assert question.record == brief.questions[1]
    assert len(question.claims) == 6
    assert case.find(brief.agreed[0].id).record == brief.agreed[0]
    attributions = (a.id for r in gold_reports() for a in r.attributions)
    for every in (*attributions, *(c.id for c in brief.claims), *(s.id for s in brief.sources)):
        assert case.find(every).id == every
    origin = case.find("o-1")
    assert (origin.id, origin.record) == ("o-1", brief.origins[0])
    assert {d.id for d in origin.documents} == {d.id for d in brief.documents[:2]}
    assert [(p.part, p.document, p.span) for p in origin.passages] == [
        ("evidence", brief.documents[0], brief.origins[0].evidence[0].spans[0])
    ]
    for passage in question.passages:
        assert passage.document.text[passage.span.start : passage.span.end] == passage.span.text


def test_what_is_not_there_is_said(case: Case) -> None:
    case.save(brief_of(gold_reports()))
    with pytest.raises(UnknownIdError, match="holds nothing with the id x-1; its claims"):
        case.find("x-1")
    with pytest.raises(UnknownIdError, match="holds nothing with the id c-"):
        case.find("c-\udcff")
    with pytest.raises(UnknownIdError, match="the id \\(empty\\)"):
        case.find("")
    with pytest.raises(UnknownIdError, match="the beginning of several ids: d-.*, …"):
        case.find("d-")
    a, b = sorted(c.id for c in case.brief().claims[:3:2])  # type: ignore[union-attr]
    with pytest.raises(UnknownIdError, match="nothing is known of how they stand"):
        case.find(f"{a}:{b}")
    with pytest.raises(UnknownIdError):
        case.report("d-0")
    with pytest.raises(UnknownIdError):
        case.original("sha256:0")


def test_the_views_say_it_in_words(case: Case) -> None:
    brief = brief_of(gold_reports())
    case.save(brief)
    stated = rows(case, "SELECT attribution, cue, content, start, end, document FROM statements")
    assert len(stated) == sum(len(r.attributions) for r in gold_reports())
    attributions = {a.id: a for r in gold_reports() for a in r.attributions}
    for known, cue, content, start, end, _ in stated:
        a = attributions[known]
        assert cue == " … ".join(s.text for s in a.cue)
        assert content == " … ".join(s.text for s in a.content)
        assert (start, end) == (a.content[0].start, a.content[-1].end)
    assert ("Rosa Minter", "The Harbour Courier") in rows(case, "SELECT who, outlet FROM who_says_what")
    accounts = rows(case, "SELECT question, account, claim, outlet FROM competing_accounts")
    assert len(accounts) == 10
    assert accounts[0][:2] == ("Why did it fall?", "Because of 0")
    disputed = [r for r in brief.relations if r.kind == "disputes"]
    assert len(rows(case, "SELECT * FROM who_disputes_whom")) == len(disputed)
    spans = {(d, s, e): t for d, s, e, t in rows(case, "SELECT document, start, end, text FROM spans")}
    texts = {r.document.id: r.text for r in gold_reports()}
    assert len(spans) > 500
    assert all(texts[d][s:e] == t for (d, s, e), t in spans.items())


# The file


def fails(path: Path, message: str, create: bool = False, wait: float = 0.05) -> None:
    with pytest.raises(CaseError, match=message) as error:
        Case.open(path, create=create, wait=wait).close()
    assert "\n" not in str(error.value)


def test_what_is_no_case_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    fails(path, "there is no such case; make it with: reportedly add")
    fails(tmp_path, "is a folder")
    fails(tmp_path / "no" / "a.case", "there is no folder", create=True)
    os.mkfifo(tmp_path / "pipe")
    fails(tmp_path / "pipe", "is no regular file", create=True)
    path.write_text("The bridge is safe, the mayor said.")
    fails(path, "is not a case but some other file", create=True)
    assert path.read_text() == "The bridge is safe, the mayor said."
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (note)")
    connection.close()
    before = other.read_bytes()
    fails(other, "is an SQLite file, but not a case", create=True)
    assert other.read_bytes() == before
    path.write_bytes(b"SQLite format 3\0" + b"nonsense" * 500)
    fails(path, "is not a case but some other file, or damaged")


def test_a_case_of_a_newer_schema_is_left_alone(case: Case, path: Path) -> None:
    case.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    fails(path, r"made by a newer reportedly \(schema 99, known: 6\); upgrade")


def test_an_empty_file_becomes_a_case(path: Path) -> None:
    """What a kill at the very start leaves behind, with or without a first page."""
    path.touch()
    with Case.open(path) as case:
        assert not any((case.documents(), case.uncompared(), case.search("x"), case.counts(), case.reviews()))
        assert case.brief() is None
        assert list(case.reports()) == []
        assert rows(case, "PRAGMA application_id") == [(APPLICATION,)]
        assert rows(case, "PRAGMA journal_mode") == [("wal",)]
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with Case.open(path) as case:
        assert case.put(*plain("No."))


def test_an_older_case_is_brought_forward_or_left_as_it_was(
    case: Case, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    known = schema.MIGRATIONS
    number = len(known) + 1
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, "CREATE TABLE one (a)\n\nCREATE TABLE two (a", ""))
    with pytest.raises(CaseError, match="not written by reportedly"):
        Case.open(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, "CREATE TABLE one (a)\n\nCREATE TABLE two (a)"))
    for _ in range(2):
        with Case.open(path) as newer:
            assert tuple(newer.reports()) == gold_reports()
            assert rows(newer, "SELECT * FROM one JOIN two") == []
            assert rows(newer, "PRAGMA user_version") == [(number,)]
    monkeypatch.setattr(schema, "MIGRATIONS", known)
    fails(path, rf"made by a newer reportedly \(schema {number}, known: {len(known)}\); upgrade")


@pytest.mark.parametrize("version", [1, 2, 5])
def test_an_older_schema_is_brought_forward(version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, known, reports = tmp_path / "old.case", schema.MIGRATIONS, list(gold_reports())
    monkeypatch.setattr(schema, "MIGRATIONS", known[:version])
    with Case.open(path, create=True):
        pass
    with sqlite3.connect(path) as connection:
        (had,) = zip(*connection.execute("SELECT name FROM pragma_table_info('documents')").fetchall(), strict=True)
        for report in reports:
            row = {**msgspec.structs.asdict(report.document), "assumed": "[]", "number": None}
            connection.execute("INSERT INTO originals VALUES (?, 0, '')", (report.document.digest,))
            marks = ", ".join("?" * len(had))
            connection.execute(f"INSERT INTO documents ({', '.join(had)}) VALUES ({marks})", [row[c] for c in had])
        connection.execute("INSERT INTO scores VALUES ('c-1', 'c-2', 'm', 0.1, 0.2, 0.3, 0.4)")
    connection.close()
    monkeypatch.setattr(schema, "MIGRATIONS", known)
    with Case.open(path) as newer:
        assert newer.documents() == tuple(r.document for r in reports)
        assert newer.brief() is None
        assert rows(newer, "SELECT name FROM sqlite_schema WHERE name IN ('scores', 'answers')") == [("answers",)]
        report, data = plain("Another report.")
        assert newer.put(report, data)


def test_a_damaged_case_is_said_to_be(case: Case, path: Path) -> None:
    case.close()
    data = bytearray(path.read_bytes())
    data[4096 * 20 :] = random.Random(1).randbytes(len(data) - 4096 * 20)
    path.write_bytes(data)
    with Case.open(path) as damaged, pytest.raises(CaseError, match=r"is damaged; take a copy of it.*\.recover"):
        list(damaged.reports())


def tampered(case: Case, *statements: str) -> Case:
    """The case after somebody changed it with another tool, with a brief."""
    case.save(brief_of(gold_reports()))
    case.close()
    with sqlite3.connect(case.path) as other:
        for table in FACTS:
            other.execute(f"DROP TRIGGER {table}_not_changed")
        for statement in statements:
            other.execute(statement)
    other.close()
    return Case.open(case.path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attributions SET cue = '{oops' WHERE number = 1",
        "UPDATE attributions SET confidence = 'abc' WHERE number = 1",
        "UPDATE claims SET spans = '[]' WHERE number = 1",
        "UPDATE claims SET document = 'd-none'",
        "UPDATE documents SET text = x'ff00fe' WHERE number = 1",
        "UPDATE documents SET text = cast(x'ff00fe' AS TEXT) WHERE number = 1",
        "UPDATE documents SET text = 'x'",
        "UPDATE documents SET outlet = x'ff'",
        "INSERT INTO reviews (kind, digest, exact, prefix, suffix, action, value, note)"
        " VALUES ('claim', 'sha256:0', 'x', '', '', 'accept', '{bad', '')",
        "DROP TABLE persons",
        "ALTER TABLE reuse RENAME COLUMN passages TO p",
        "UPDATE reuse SET passages = '[1, 2]'",
        "UPDATE accounts SET reasons = 'null', low = 'abc'",
        "UPDATE relations SET a = 'c-none'",
        "INSERT INTO circles (outlets, evidence) VALUES ('[]', '[]')",
        "PRAGMA user_version = -1",
        "PRAGMA user_version = 0",
    ],
)
def test_what_was_not_written_here_is_told_of(case: Case, change: str) -> None:
    match = "is damaged or was not written by reportedly"
    with pytest.raises(CaseError, match=match), tampered(case, change) as received:
        received.brief()
        received.reviews()
        list(received.reports())


@pytest.mark.parametrize(
    "does",
    [
        "AFTER INSERT ON documents BEGIN DELETE FROM documents WHERE id = new.id; END",
        "BEFORE INSERT ON documents BEGIN SELECT raise(ABORT, 'a fault of reportedly'); END",
        "BEFORE INSERT ON documents BEGIN SELECT raise(IGNORE); END",
        "AFTER INSERT ON files BEGIN INSERT INTO nowhere VALUES (1); END",
    ],
)
def test_a_trigger_of_somebody_else_is_no_fault_of_ours(case: Case, does: str) -> None:
    with (
        pytest.raises(CaseError, match="is damaged or was not written by reportedly"),
        tampered(case, f"CREATE TRIGGER planted {does}") as received,
    ):
        list(add(received, [(b"The pier is sound, Ann Lee said.", "new.txt")]))


@pytest.mark.parametrize("content", [zlib.compress(bytes(50_000_000)), zlib.compress(b"x"), b"no zlib", "text", None])
def test_an_original_is_no_longer_than_it_says(case: Case, content: bytes | str | None) -> None:
    digest = gold_reports()[0].document.digest
    value = f"x'{content.hex()}'" if isinstance(content, bytes) else f"'{content}'"
    change = f"UPDATE originals SET {'content' if content else 'size'} = {value}"
    tracemalloc.start()
    with pytest.raises(CaseError, match="not written by reportedly"), tampered(case, change) as received:
        received.original(digest)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_claim_is_shown_without_what_is_not_there(case: Case) -> None:
    whole = brief_of(gold_reports()).relations[0]
    with tampered(case, "UPDATE relations SET a = 'c-none'") as received:
        found = received.find(whole.b)
    assert (found.id, found.relations) == (whole.b, ())


def test_a_locked_case_is_read_but_not_written(case: Case, path: Path) -> None:
    report, data = plain("Another report.")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Case.open(path, wait=0.05) as second:
        assert len(list(second.reports())) == len(GOLD)
        with pytest.raises(CaseError, match="is locked by another process that writes to it; try again"):
            second.put(report, data)
        other.execute("ROLLBACK")
        assert second.put(report, data)
    other.close()
    fresh = path.with_name("fresh.case")
    fresh.touch()
    other = sqlite3.connect(fresh, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    fails(fresh, "is locked", create=True)
    other.close()


def test_a_full_disk_loses_nothing_that_was_put(path: Path) -> None:
    with Case.open(path, create=True) as case:
        ((pages,),) = case._connection.execute("PRAGMA page_count").fetchall()
        case._connection.execute(f"PRAGMA max_page_count = {pages + 25}")
        put = []
        with pytest.raises(CaseError, match="the disk is full; make room and run this again"):
            for report in gold_reports():
                case.put(report, original(report))
                put.append(report)
        assert 0 < len(put) < len(gold_reports())
        assert list(case.reports()) == put
        case._connection.execute("PRAGMA max_page_count = 4294967294")
        for report in gold_reports():
            case.put(report, original(report))
        assert tuple(case.reports()) == gold_reports()


def test_a_case_that_may_not_be_written_is_read(case: Case, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.close()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    fails(path, "may not be written", create=True)
    fails(path.with_name("new.case"), "may not be written", create=True)
    with Case.open(path) as still:
        assert tuple(still.reports()) == gold_reports()
        with pytest.raises(CaseError, match="may not be written"):
            still.put(*plain("No."))
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    path.write_bytes(b"")
    fails(path, "of an older schema and may not be written")


@pytest.mark.skipif(unbound(), reason="root may write everything; .ci/run takes that right away")
def test_a_folder_that_may_not_be_written(case: Case, path: Path) -> None:
    case.close()
    path.parent.chmod(0o500)
    try:
        with Case.open(path) as still:
            assert tuple(still.reports()) == gold_reports()
        fails(path, "may not be written", create=True)
    finally:
        path.parent.chmod(0o700)


def test_kill_at_any_moment_and_resume(path: Path, tmp_path: Path) -> None:
    """`reportedly add` is killed twenty times, at its start or while it writes; what it finished is there, once."""
    chance = random.Random(20)
    files = []
    for n in range(48):
        files.append(tmp_path / f"{n}.txt")
        files[-1].write_text(
            f"The bridge is safe, the head of office {n} said. “We saw {n} cracks,” said Ana Ruiz of Tarle."
        )
    read = {str(f): read_bytes(f.read_bytes(), str(f)) for f in files}
    command = [sys.executable, "-m", "reportedly", "add", "--json", str(path), *map(str, files)]
    finished = 0
    for n in range(20):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        if n < 4:
            time.sleep(chance.uniform(0.1, 0.8))
        else:
            for _ in range(finished + chance.randint(1, 4)):
                process.stdout.readline()
            time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if path.exists():
            copy = shutil.copy(path, tmp_path / "copy.case")  # opening must not repair what the next add has to
            if (log := path.with_name(path.name + "-wal")).exists():
                shutil.copy(log, tmp_path / "copy.case-wal")
            with Case.open(copy) as case:
                held = list(case.reports())
            assert held == list(read.values())[: len(held)]
            assert len(held) >= finished
            finished = len(held)
    assert finished > 10
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.count(b'"new"') == len(files) - finished
    with Case.open(path) as case:
        assert list(case.reports()) == list(read.values())
        assert rows(case, "PRAGMA integrity_check") == [("ok",)]


def test_a_word_a_thousand_times_is_sought_once(case: Case) -> None:
    case.put(*plain("a b " * 600 + "weir"))
    began = time.process_time()
    assert case.search("a b " * 600) == case.search("A b") != ()
    assert case.search(" ".join(f"w{n}" for n in range(5000))) == ()
    assert time.process_time() - began < 5
