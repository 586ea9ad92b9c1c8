"""Versions of one page: recognised when they are added, and what changed told."""

from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from reportedly import Case, pipeline
from reportedly.brief import Teller, markdown, told
from reportedly.ingest import ingest
from reportedly.pipeline import add
from reportedly.records import Brief, Document, Report
from reportedly.timeline import timeline
from reportedly.versions import versions

LEAD = "Bridge shut after fault\n\n"
FIRST = (
    "The mayor, Ann Example, said on Monday that nine people had been hurt when the bridge sank. "
    "“The bridge will open again in spring,” she said.\n\n"
    "An engineer, Bo Sample, told reporters that the northern bearing had been corroded for years.\n"
)
SECOND = (
    "The mayor, Ann Example, said on Monday that twelve people had been hurt when the bridge sank. "
    "“The bridge will open again in spring,” she said.\n\n"
    "The police said that the road would stay closed until Friday.\n\n"
    "Correction: An earlier version of this article misstated the number of people hurt as nine; it is twelve.\n"
)


def front(url: str, date: str = "2025-03-04", outlet: str = "The Example") -> str:
    return f"Title: Bridge shut\nOutlet: {outlet}\nDate: {date}\nURL: {url}\n\n"


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    with Case.open(tmp_path_factory.mktemp("case") / "v.case", create=True) as case:
        first = (front("https://www.news.example/bridge?utm_source=x") + FIRST).encode()
        second = (front("https://news.example/bridge", "2025-03-05") + SECOND).encode()
        one, two = add(case, [(first, "first.txt"), (second, "second.txt")])
        assert (one.state, one.version_of) == ("new", None)
        assert (two.state, two.version_of) == ("new", one.document)
        brief = pipeline.compare(case)
        assert case.brief() == brief
        return brief


def test_what_changed_is_told(brief: Brief) -> None:
    (version,) = brief.versions
    words = {c.id: c.text for c in brief.claims}
    assert [d.id for d in brief.documents] == [version.earlier, version.later]
    ((before, after),) = version.corrected
    assert "nine people" in words[before]
    assert "twelve people" in words[after]
    assert any("corroded" in words[c] for c in version.dropped)
    assert any("until Friday" in words[c] for c in version.added)
    in_both = [c for c in (*version.added, *version.dropped) if "spring" in words[c]]
    assert not in_both
    assert [note.kind for note in version.notes] == ["correction"]
    assert "misstated" in version.notes[0].span.text


def test_the_brief_shows_it(brief: Brief) -> None:
    page = markdown(told(brief))
    assert "## What later versions changed" in page
    assert "- corrected: “" in page


@pytest.mark.parametrize(
    ("url", "date", "outlet", "state"),
    [
        ("https://www.news.example/bridge?utm_source=mail&fbclid=1", "2025-03-04", "The Example", "known"),
        ("https://news.example/amp/bridge", "2025-03-04", "The Example", "known"),
        ("https://other.example/bridge", "2025-03-04", "The Example", "new"),
        ("https://news.example/bridge", "2025-03-04", "The Other", "new"),
        ("https://news.example/bridge", "2025-03-09", "The Example", "new"),
    ],
)
def test_the_same_report_again_is_known(url: str, date: str, outlet: str, state: str, tmp_path: Path) -> None:
    with Case.open(tmp_path / "v.case", create=True) as case:
        first = (front("https://news.example/bridge") + FIRST).encode()
        again = (front(url, date, outlet) + FIRST).encode()
        one, two = add(case, [(first, "first.txt"), (again, "again.txt")])
        assert two.state == state
        assert (two.document == one.document) == (state == "known")
        three = next(add(case, [(again, "again.txt")]))
        assert (three.state, three.document) == ("known", two.document)
        assert len(case.documents()) == (1 if state == "known" else 2)


def test_a_page_that_a_case_holds_without_its_time_is_known_by_its_bytes_and_by_its_words(tmp_path: Path) -> None:
    lines = "Two people were hurt, Hana Wick, a sergeant, said.", "The wreck will be towed away on Thursday, she said."
    data = page("2025-03-05", *lines)
    now = ingest(data, "fire.html").document
    assert now.published == "2025-03-04T09:30:00+00:00"
    old = Document.of(
        **{k: v for k, v in msgspec.structs.asdict(now).items() if k != "id"} | {"published": "2025-03-04"}
    )
    with Case.open(tmp_path / "v.case", create=True) as case:
        case.put(Report(old), data)
        again = data.replace(b"<title>", b'<meta name="x" content="y"><title>')
        for added in add(case, [(data, "fire.html"), (data, "b.html"), (again, "c.html")]):
            assert (added.state, added.document) == ("known", old.id)
        assert len(case.documents()) == 1


def page(modified: str, *lines: str) -> bytes:
    """A version of a page of Tuesday 4 March 2025."""
    head = '<link rel="canonical" href="https://news.example/fire"><meta property="og:site_name" content="The Example">'
    for name, day in (("published", "2025-03-04"), ("modified", modified)):
        head += f'<meta property="article:{name}_time" content="{day}T09:30:00+00:00">'
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>Barge fire</title>{head}</head><body><article>{body}</article></body></html>".encode()


def compared(folder: Path, *files: bytes) -> Brief:
    with Case.open(folder / "v.case", create=True) as case:
        list(add(case, [(data, f"{n}.{'html' if data[:1] == b'<' else 'txt'}") for n, data in enumerate(files)]))
        return pipeline.compare(case)


def test_a_later_version_is_of_the_day_it_was_changed(tmp_path: Path) -> None:
    wire = (
        b"Outlet: The Wire\nDate: 2025-03-04\n\nTwo people were hurt in the fire on the barge, Karl Ost, a diver, said."
    )
    brief = compared(
        tmp_path,
        page("2025-03-04", "Two people were hurt in the fire on the barge, Hana Wick, a sergeant, said."),
        page(
            "2025-03-07",
            "Five people were hurt in the fire on the barge, Hana Wick, a sergeant, said.",
            "The wreck was towed away on Thursday, Hana Wick said.",
        ),
        wire,
    )
    (version,) = brief.versions
    assert not [r for r in brief.relations if r.reason == "values"]  # five on Friday are no dispute of two on Tuesday
    assert [r.reason for r in brief.relations if r.reason == "update"]
    (towed,) = (c for c in brief.claims if "towed" in c.text)
    assert Teller(brief).voice(towed.id).date == "2025-03-07"
    (entry,) = (e for e in timeline(brief).entries if e.claim == towed.id)
    assert (str(entry.first), str(entry.said)) == ("2025-03-06", "2025-03-07")
    taken = [r for r in brief.reuse if {r.a, r.b}.isdisjoint({version.earlier})]
    assert all("published first, 2025-03-04" in e.says for r in taken for e in r.evidence if e.kind == "date")
    assert all(r.direction in ("undecided", "a->b" if r.b == version.later else "b->a") for r in taken)


def ordered(*dates: str | None) -> list[str | None]:
    """The dates of versions that were added in this order, as the versions stand."""
    reports = [Report(Document.of(f"Version {n}.", updated=date)) for n, date in enumerate(dates)]
    found = versions(reports, (), dict.fromkeys((r.document.id for r in reports), "https://news.example/bridge"))
    at = {r.document.id: r.document.updated for r in reports}
    return [at[found[0].earlier], *(at[v.later] for v in found)]


def test_versions_stand_in_the_order_of_their_dates_whatever_else_is_among_them() -> None:
    nine, ten = "2024-01-01T09:00:00+00:00", "2024-01-01T10:00:00+00:00"
    for other in (None, "2024-01-01", "2024-01-01T09:30:00"):
        for dates in permutations((nine, ten, other)):
            found = ordered(*dates)
            assert found.index(nine) < found.index(ten)
    assert ordered(ten, None, nine) == [nine, ten, None]
    assert ordered(None, ten, nine) == [None, nine, ten]
    assert ordered(ten, nine, None, "2024-01-02") == [nine, None, ten, "2024-01-02"]
    assert ordered("2024-01-03", None, "2024-01-02", None) == ["2024-01-02", None, "2024-01-03", None]


def changes(tmp_path: Path, first: str, second: str) -> dict[str, list[tuple[str, str]]]:
    """The claims that are changed and corrected from one text of a page to the next, by their words."""
    with Case.open(tmp_path / "v.case", create=True) as case:
        url = "https://news.example/mill"
        one, two = ((front(url, f"2025-03-0{n}") + text).encode() for n, text in enumerate((first, second), 4))
        list(add(case, [(one, "first.txt"), (two, "second.txt")]))
        brief = pipeline.compare(case)
    (version,) = brief.versions
    words = {c.id: c.text for c in brief.claims}
    assert not version.dropped
    return {
        kind: [(words[a], words[b]) for a, b in getattr(version, kind)] for kind in ("changed", "corrected")
    }  # fmt: skip


def test_a_note_that_repeats_what_was_wrong_does_not_hold_it_and_corrects_nothing_else(tmp_path: Path) -> None:
    text = (
        "{} in the fire at the mill, the fire service said.\n\n"
        "The mayor, Ann Example, said that {} had leaked.\n\n"
    )  # fmt: skip
    note = (
        "Correction: An earlier version of this article said that chlorine had leaked and that people had been told to"
        " leave. It was ammonia.\n"
    )
    found = changes(
        tmp_path, text.format("One person has died", "chlorine"), text.format("Five people have died", "ammonia") + note
    )
    assert ["ammonia" in after for _, after in found["corrected"]] == [True]
    assert ["Five people" in after for _, after in found["changed"]] == [True]


def test_words_behind_a_no_are_not_those_of_before(tmp_path: Path) -> None:
    text = "The fire service said {}chlorine had been found near the mill.\n"
    found = changes(tmp_path, text.format(""), text.format("no "))
    assert [(a[:8], b[:8]) for a, b in found["changed"]] == [("chlorine", "no chlor")]


def test_what_no_note_names_is_changed_and_not_corrected(tmp_path: Path) -> None:
    later = FIRST.replace("nine people", "twelve people").replace("for years", "for months") + (
        "\nCorrection: An earlier version of this article misstated the number of people hurt as nine; it is twelve.\n"
    )
    with Case.open(tmp_path / "v.case", create=True) as case:
        address = "https://news.example/bridge"
        one, two = front(address) + FIRST, front(address, "2025-03-05") + later
        assert [a.state for a in add(case, [(one.encode(), "1.txt"), (two.encode(), "2.txt")])] == ["new", "new"]
        brief = pipeline.compare(case)
    (version,) = brief.versions
    words = {c.id: c.text for c in brief.claims}
    assert [("nine" in words[a], "twelve" in words[b]) for a, b in version.corrected] == [(True, True)]
    assert [("years" in words[a], "months" in words[b]) for a, b in version.changed] == [(True, True)]
