"""The demo case against time: what is said to have happened when, and how it is drawn."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from reportedly import Case, pipeline
from reportedly.brief import short
from reportedly.compare import compare
from reportedly.records import Attribution, Brief, Claim, Document, Source
from reportedly.relations import default_judge
from reportedly.review import State, reviewed
from reportedly.timeline import DOT, EACH, GAP, LEFT, Drawing, Timeline, days_in_words, drawn, timeline
from reportedly.web.desk import Desk

DEMO = Path(__file__).parent.parent / "demo"
REPORTS = sorted([*DEMO.glob("*.txt"), *DEMO.glob("*.html")])


@pytest.fixture(scope="module")
def brief() -> Brief:
    readings = [pipeline.study(pipeline.read_bytes(p.read_bytes(), p.name)) for p in REPORTS]
    return compare(readings, default_judge())[0]


@pytest.fixture(scope="module")
def whole(brief: Brief) -> Timeline:
    return timeline(brief)


def of(text: str, published: str | None = "2024-11-21", **fields: str) -> Brief:
    """A brief of one report, each line a claim."""
    document = Document.of(text, published=published, outlet="Wire", **fields)
    claims, at = [], 0
    for line in text.splitlines():
        claims.append(Claim.of(document, (document.span(at, at + len(line)),), line))
        at += len(line) + 1
    return Brief(documents=(document,), sources=(), claims=tuple(claims), relations=(), questions=())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-11-19", "2024-11-19", "19 November 2024"),
        ("1961-01-01", "1961-12-31", "1961"),
        ("1990-01-01", "1999-12-31", "1990 to 1999"),
        ("2024-03-01", "2024-03-31", "March 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-06-01", "2024-08-31", "June to August 2024"),
        ("2024-12-01", "2025-02-28", "December 2024 to February 2025"),
        ("2024-11-18", "2024-11-24", "18 to 24 November 2024"),
        ("2024-07-30", "2024-11-19", "30 July to 19 November 2024"),
        ("2024-12-30", "2025-01-05", "30 December 2024 to 5 January 2025"),
        ("9999-01-01", "9999-12-31", "9999"),
    ],
)
def test_days_are_told_as_people_write_them(first: str, last: str, words: str) -> None:
    assert days_in_words(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_every_time_lies_in_its_claim(brief: Brief, whole: Timeline) -> None:
    texts, claims = {d.id: d.text for d in brief.documents}, {c.id: c for c in brief.claims}
    assert len(whole.entries) >= 30
    for e in whole.entries:
        assert texts[e.document][e.span.start : e.span.end] == e.span.text
        claim = claims[e.claim]
        assert any(s.start <= e.span.start and e.span.end <= s.end for s in claim.spans)
        assert (claim.document, claim.position, short(claim.text)) == (e.document, e.position, e.words)
        assert e.first <= e.last
    assert whole.timeless + len({e.claim for e in whole.entries}) == len(brief.claims)


def test_what_the_demo_says_of_its_times(whole: Timeline) -> None:
    found = {(e.span.text, e.first, e.last) for e in whole.entries}
    assert ("1961", date(1961, 1, 1), date(1961, 12, 31)) in found
    assert ("2022", date(2022, 1, 1), date(2022, 12, 31)) in found
    assert ("July 30", date(2024, 7, 30), date(2024, 11, 19)) in found  # since then
    assert ("Christmas", date(2024, 12, 25), date(2024, 12, 25)) in found
    assert ("noon on Wednesday", date(2024, 11, 20), date(2024, 11, 20)) in found
    assert any(e.at and f"{e.at:%H:%M}" == "06:55" and e.first == date(2024, 11, 19) for e in whole.entries)
    assert not any(e.span.text == "Nov 19" for e in whole.entries)  # the agency's dateline


def test_entries_know_their_question_and_account(brief: Brief, whole: Timeline) -> None:
    within = {(q.id, a.id, c) for q in brief.questions for a in q.accounts for c in a.claims}
    asked = [e for e in whole.entries if e.question]
    assert asked
    assert all((e.question, e.account, e.claim) in within for e in asked)
    known = {c for _, _, c in within}
    assert all(e.claim not in known for e in whole.entries if not e.question)


def test_reports_stand_in_the_order_of_publication(brief: Brief, whole: Timeline) -> None:
    days = [r.said for r in whole.reports]
    assert days == sorted(d for d in days if d)
    assert {r.document for r in whole.reports} == {d.id for d in brief.documents}


def test_when_it_was_said_is_not_when_it_happened() -> None:
    brief = of("The bridge is safe, the mayor said on Tuesday.\nIt was said that on Monday it fell.")
    assert [e.span.text for e in timeline(brief).entries] == ["Monday"]


def test_without_a_day_of_publication_dates_stay() -> None:
    found = timeline(of("It fell on Tuesday.\nIt opened in 1961.", None))
    assert [(e.span.text, e.said) for e in found.entries] == [("1961", None)]
    (row,) = drawn(found).rows
    assert (row.day, row.said) == ("no date", None)


def test_what_was_rejected_is_no_part_of_it(tmp_path: Path) -> None:
    brief = of("It fell on Monday.\nIt fell on Tuesday.\nIt fell.\nNobody fell.")
    states: dict[str, State] = {brief.claims[0].id: "rejected", brief.claims[1].id: "accepted"}
    states |= {brief.claims[2].id: "rejected"}
    with Case.open(tmp_path / "fall.case", create=True) as case:
        found = Desk(case, reviewed(brief, ())._replace(states=states)).times
    assert [e.span.text for e in found.entries] == ["Tuesday"] and found.timeless == 1


def test_a_claim_has_only_so_many_times() -> None:
    text = ", ".join(f"in {y}" for y in range(1950, 1990))
    assert len(timeline(of(text)).entries) == EACH


def check(drawing: Drawing) -> None:
    """Nothing runs into anything else, and all of it lies in the picture."""
    for row in drawing.rows:
        inside = [m for m in drawing.marks if row.y <= m.y < row.y + row.height]
        for a, b in combinations(inside, 2):
            assert a.y != b.y or a.x + a.width + GAP <= b.x or b.x + b.width + GAP <= a.x
    for x, y in combinations(drawing.ticks, 2):
        assert abs(x.x - y.x) >= (x.width + y.width) / 2
    for m in drawing.marks:
        assert m.x >= LEFT and m.x + m.width <= drawing.width
        assert DOT <= m.y <= drawing.height - DOT
        assert (m.shape == "dot") == (m.width == DOT)
    for above, below in zip(drawing.rows, drawing.rows[1:], strict=False):
        assert above.y + above.height == below.y
    assert sum(any(r.y <= m.y < r.y + r.height for r in drawing.rows) for m in drawing.marks) == len(drawing.marks)


def test_the_demo_drawn(whole: Timeline) -> None:
    drawing = drawn(whole)
    check(drawing)
    assert len(drawing.marks) == min(60, len(whole.entries))
    assert "60 years from 31 December 1961 to 1 January 2022" in drawing.words
    assert "60 years" in {b.told for b in drawing.breaks if b.labelled}
    assert {"1961", "2022", "19 Nov 2024"} <= {t.label for t in drawing.ticks}
    assert drawing.rows[0].day == "19 November 2024"
    ahead = [m for m in drawing.marks if m.open]
    assert any("Christmas" in m.told for m in ahead) and not any("1961" in m.told for m in ahead)
    assert drawing.width <= 1120 and drawing.height <= 900


def test_what_there_is_no_room_for_is_counted(whole: Timeline) -> None:
    drawing = drawn(whole, most=10)
    check(drawing)
    assert len(drawing.marks) == 10
    assert drawing.left_out == len(whole.entries) - 10
    assert f"{drawing.left_out} times for which there was no room are left out" in drawing.words


def test_nothing_to_draw() -> None:
    drawing = drawn(timeline(of("Nothing here.")))
    assert (drawing.marks, drawing.rows, drawing.ticks, drawing.left_out) == ((), (), (), 0)
    assert drawing.words == "No claim names a time that could be placed."


def test_a_large_case_stays_small() -> None:
    lines = [f"It fell on {date(1850, 1, 1) + timedelta(n * 100)}." for n in range(500)]
    lines += [f"It was shut in {y}." for y in range(1900, 2024)]
    drawing = drawn(timeline(of("\n".join(lines))))
    check(drawing)
    assert drawing.width <= 1120 and drawing.height <= 3000
    assert drawing.left_out == 624 - 60


def test_the_same_brief_gives_the_same_drawing(brief: Brief, whole: Timeline) -> None:
    assert timeline(brief) == whole
    assert drawn(whole) == drawn(timeline(brief))


def test_who_says_it() -> None:
    document = Document.of("“It fell on Monday,” said Rosa Minter.", published="2024-11-21")
    source = Source.of(document, "Rosa Minter", kind="person", named=True, mentions=(document.span(26, 37),))
    said = Attribution.of(document, (document.span(21, 25),), (document.span(26, 37),), (document.span(0, 20),))
    claim = Claim.of(document, said.content, "“It fell on Monday,”", attribution=said.id, speaker=source.id)
    brief = Brief(documents=(document,), sources=(source,), claims=(claim,), relations=(), questions=())
    (entry,) = timeline(brief).entries
    assert (entry.who, entry.first, entry.outlet) == ("Rosa Minter", date(2024, 11, 18), "-")
