"""Sources counted: the counts of the shipped case's gold, relays, joint sources, and what a source is in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly.ingest import ingest
from reportedly.records import Attribution, Document, Link, Report, Source, Span
from reportedly.tally import Counts, called, path, role, standing, tally

DEMO = Path(__file__).parents[1] / "demo"
GOLD: dict[str, list[dict[str, Any]]] = {
    d["file"]: d["attributions"]
    for d in json.loads((Path(__file__).parent / "data/demo_gold.json").read_text("utf-8"))["documents"]
}
NOBODY = "not stated"


def gold_report(file: str) -> Report:
    """The report that a careful reader made of a file of the shipped case."""
    document = ingest((DEMO / file).read_bytes(), file).document
    rows = GOLD[file]
    voice = Source.of(document, document.outlet or "this report", kind="author", named=True)
    sources = {NOBODY: None, **{r["speaker"]: source_of(document, r["speaker"], rows) for r in rows}} | {NOBODY: None}
    for relay in {r["relayed_by"] for r in rows} - {None}:
        sources[relay] = sources.get(relay) or Source.of(document, relay, kind="outlet", named=True)
    out: list[Attribution] = []
    for row in rows:
        cue, source, content = (spans_of(document, row[role]) for role in ("cue", "source", "content"))
        speaker, relay = sources[row["speaker"]], sources.get(row["relayed_by"] or NOBODY)
        chain = [Link(s.id) for s in (voice, relay, speaker) if s]
        out.append(
            Attribution.of(document, cue, source, content, speaker=speaker.id if speaker else None, chain=tuple(chain))
        )
    return Report(document, tuple(out), (voice, *(s for s in sources.values() if s)))


def spans_of(document: Document, places: list[list[int]]) -> tuple[Span, ...]:
    return tuple(document.span(start, end) for start, end in places)


def source_of(document: Document, name: str, rows: list[dict[str, Any]]) -> Source:
    """The source of this name, its kind and role as first told, every source span a mention."""
    own = [r for r in rows if r["speaker"] == name]
    return Source.of(
        document,
        name,
        kind=own[0]["kind"],
        named=own[0]["named"],
        role=next((r["role"] for r in own if r["role"]), None),
        mentions=spans_of(document, sorted({tuple(s): s for r in own for s in r["source"]}.values())),
    )


@pytest.mark.parametrize("file", GOLD)
def test_the_counts_are_those_of_the_gold(file: str) -> None:
    rows, counts = GOLD[file], tally(gold_report(file)).counts
    stated = [r for r in rows if r["speaker"] != NOBODY]
    assert counts.statements == len(rows)
    assert counts.nobody == len(rows) - len(stated)
    assert counts.named + counts.unnamed + counts.own + counts.nobody == counts.statements
    assert counts.named == sum(r["named"] for r in stated)
    assert counts.documents == sum(r["kind"] == "document" for r in stated)
    assert counts.outlets == sum(r["kind"] == "outlet" for r in stated)


def test_sources_with_most_statements_come_first_and_say_through_whom() -> None:
    report = gold_report("haulage-gazette.txt")
    counted = tally(report)
    sizes = [len(s.attributions) for s in counted.sources]
    assert sizes == sorted(sizes, reverse=True)
    relayed = {r["speaker"] for r in GOLD["haulage-gazette.txt"] if r["relayed_by"]} - {NOBODY}
    assert {s.source.name for s in counted.sources if s.through} == relayed
    (ledger,) = (s for s in counted.sources if s.source.name == "Corvale Ledger")
    assert ledger.passed == sum(r["relayed_by"] == "Corvale Ledger" for r in GOLD["haulage-gazette.txt"])
    ids = {a.id: a.speaker for a in report.attributions}
    assert all(ids[i] == s.source.id for s in counted.sources for i in s.attributions)


DOCUMENT = Document.of("He said so.")
VOICE = Source(id="v", name="Courier", kind="author", named=True)
FOX = Source(id="f", name="Fox News", kind="outlet", named=True)
ONE = Source(id="o", name="a specialist", kind="person")
SOURCES = {s.id: s for s in (VOICE, FOX, ONE)}


def statement(speaker: str | None, *chain: str) -> Attribution:
    cue = (DOCUMENT.span(3, 7),)
    return Attribution.of(DOCUMENT, cue, (), (), speaker=speaker, chain=tuple(map(Link, chain)))


def test_a_path_is_told_where_somebody_relays() -> None:
    assert path(statement("o", "v", "f", "o"), SOURCES) == ("Courier", "Fox News", "an unnamed specialist")
    assert path(statement("o", "v", "o"), SOURCES) == ()
    assert path(statement("v", "v"), SOURCES) == ()
    assert path(statement(None), SOURCES) == ()
    assert path(statement(None, "v", "f"), SOURCES) == ("Courier", "Fox News", "nobody named")
    assert path(statement("o", "gone", "f", "o"), SOURCES) == ("this report", "Fox News", "an unnamed specialist")


def test_every_kind_of_statement_is_counted() -> None:
    official = Source(id="g", name="the ministry", kind="organisation", named=True, official=True)
    said = (
        statement("g", "v", "g"),
        statement("o", "v", "f", "o"),
        statement("v", "v"),
        statement("f"),
        statement(None),
    )
    counted = tally(Report(DOCUMENT, said, (VOICE, FOX, ONE, official)))
    assert counted.counts == Counts(statements=5, named=2, unnamed=1, official=1, outlets=1, own=1, nobody=1)
    assert counted.counts.in_words() == (
        "5 statements: 2 on named sources, 1 on unnamed; 1 on official ones, 0 on documents, 1 on outlets, "
        "1 in the report's own voice, 1 on nobody it names"
    )


def test_a_report_without_sources() -> None:
    counted = tally(Report(DOCUMENT, (statement(None), statement("gone", "gone", "gone too", "gone"))))
    assert counted.sources == ()
    assert counted.counts == Counts(statements=2, nobody=2)


def test_what_no_words_attribute_is_the_reports_own() -> None:
    bare = Attribution.of(DOCUMENT, (), (), (DOCUMENT.span(0, 11),))
    assert tally(Report(DOCUMENT, (bare, statement(None)))).counts == Counts(statements=2, own=1, nobody=1)


def test_a_source_in_words() -> None:
    assert (called(ONE), standing(ONE)) == ("an unnamed specialist", ("unnamed",))
    police = Source(id="p", name="police", kind="organisation", role="the  police")
    assert (called(police), standing(police)) == ("police (unnamed)", ("organisation", "unnamed"))
    assert standing(VOICE) == ("the report's own voice",)
    ana = Source(id="a", name="Ana Ruiz", kind="person", named=True, role="a nurse\nin Tarle")
    assert (called(ana), standing(ana)) == ("Ana Ruiz", ())
    assert role(ana) == "a nurse in Tarle"
    assert role(ana, "A nurse in Tarle") == ""
    assert role(police) == "the police"
    assert role(VOICE) == ""
