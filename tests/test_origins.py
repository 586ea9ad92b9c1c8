"""Who took what from whom, and how many independent origins claims have."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportedly import Case, pipeline, read
from reportedly.brief import told
from reportedly.case import schema
from reportedly.cli import app
from reportedly.compare import compare
from reportedly.debts import earlier, kind_of
from reportedly.graph import MOST, Edge, Graph, Node, dot, drawn, graph
from reportedly.identity import same_sources
from reportedly.origins import Doubt, Root, Trace, _range, traced
from reportedly.page import render_brief
from reportedly.records import Brief, Claim, Report
from reportedly.recount import decided
from reportedly.relations import default_judge
from reportedly.reuse import Match, words_of
from reportedly.review import decide, undo

DEMO = Path(__file__).parent.parent / "demo"
GOLD = json.loads((Path(__file__).parent / "data/demo_gold.json").read_text(encoding="utf-8"))


def trace(*reports: Report) -> Trace:
    return traced(reports, same_sources(reports))


def claims(*reports: Report) -> list[Claim]:
    return [c for r in reports for c in pipeline.study(r).claims]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "bridge.case"
    with Case.open(path, create=True) as case:
        for _ in pipeline.add(case, [DEMO / d["file"] for d in GOLD["documents"]]):
            pass
        pipeline.compare(case)
    return path


@pytest.fixture(scope="module")
def brief(demo: Path) -> Brief:
    with Case.open(demo) as case:
        kept = case.brief()
    assert kept is not None
    return kept


def test_the_demo_is_traced_as_a_reader_would(brief: Brief) -> None:
    file = {d.id: Path(d.file).name for d in brief.documents}
    kinds = {frozenset((file[r.a], file[r.b])): r.kind for r in brief.reuse if r.passages}
    assert kinds == {frozenset((r["a"], r["b"])): r["kind"] for r in GOLD["reuse"]}
    for r in brief.reuse:
        if r.kind != "shared source":
            assert file[r.a if r.direction == "a->b" else r.b] == "northern-wire.txt"
    ours = {o.name: {file[d] for d in o.documents} for o in brief.origins}
    wire, ledger, _ = (set(o["docs"]) for o in GOLD["origins"])
    assert ours["Northern Wire"] == wire and ours["Corvale Ledger"] == ledger
    assert brief.circles == ()


def test_every_passage_and_sign_is_what_its_document_says(brief: Brief) -> None:
    texts = {d.id: d.text for d in brief.documents}
    for r in brief.reuse:
        for p in r.passages:
            assert texts[r.a][p.a.start : p.a.end] == p.a.text and texts[r.b][p.b.start : p.b.end] == p.b.text
    every = [e for r in brief.reuse for e in r.evidence] + [e for o in brief.origins for e in o.evidence]
    for e in every:
        assert all(texts[e.document][s.start : s.end] == s.text for s in e.spans)


def test_a_copy_adds_no_origin() -> None:
    lead = (
        "The tank farm at Ostrey burned for eleven hours on Sunday and sent a column of smoke across the estuary that "
        "could be seen from the islands, closing both ferry lanes and the coast road until the wind turned at dusk."
    )
    first = read(lead, outlet="Ostrey Herald", published="2024-05-05")
    second = read(lead.replace("eleven hours", "11 hours"), outlet="Coast Record", published="2024-05-06")
    third = read("Smoke from a fire at the Ostrey depot closed the ferry lanes on Sunday.", outlet="Island Times")
    found = trace(first, second, third)
    (pair,) = found.reuse
    assert pair.kind == "copy" and {pair.a, pair.b} == {first.document.id, second.document.id}
    giver = pair.a if pair.direction == "a->b" else pair.b
    assert pair.direction != "undecided" and giver == first.document.id
    one, two = found.counted(claims(first, second)), found.counted(claims(first, second, third))
    assert (one.low, one.high) == (1, 1) and "have the same words" in one.reasons[0]
    assert (two.low, two.high) == (2, 2)


def test_one_speaker_in_many_papers_is_one_origin_and_two_are_two() -> None:
    first = read("“The dam is sound,” said Ida Marsh, the county engineer.", outlet="A Herald")
    second = read("Ida Marsh, the county engineer, said that the dam was sound.", outlet="B Record")
    third = read("“The dam is sound,” said Tom Quill, a surveyor.", outlet="C Times")
    found = trace(first, second, third)
    one, two = found.counted(claims(first, second)), found.counted(claims(first, second, third))
    assert (one.low, one.high) == (1, 1) and "Ida Marsh is one across reports" in one.reasons[0]
    assert (two.low, two.high) == (2, 2)


def test_unnamed_sources_are_one_only_with_evidence() -> None:
    ledger = read("Two officials told the Corvale Ledger that the repair was put off.", outlet="Corvale Ledger")
    via = read("Two officials told the Corvale Ledger that the repair was put off.\n\nIt rained.", outlet="Coast Six")
    other = read("An official said that the repair was put off.", outlet="Amery Times")
    found = trace(ledger, via, other)
    said = [c for c in claims(ledger, via, other) if c.attribution]
    assert len(said) == 3
    same, perhaps = found.counted(said[:2]), found.counted(said)
    assert (same.low, same.high) == (1, 1)
    assert (perhaps.low, perhaps.high) == (1, 2) and any("unnamed" in r for r in perhaps.reasons)


def test_what_cannot_be_told_apart_is_said_not_to_be_measured() -> None:
    reports = [read(f"The {x} was shut on Monday after the flood.") for x in ("road", "school")]
    found = trace(*reports).counted(claims(*reports))
    assert not found.measured and found.low == 1 and found.high == 2
    assert any(r.startswith("cannot be measured") for r in found.reasons)


def test_circles_are_found_for_one_claim_only() -> None:
    a = read("According to the Bay Courier, the mill at Penn Wood will close in March.", outlet="Amery Herald")
    b = read("The Hill Gazette reported that the Penn Wood mill closes in March.", outlet="Bay Courier")
    c = read("The mill at Penn Wood is to close in March, the Amery Herald reported.", outlet="Hill Gazette")
    (circle,) = trace(a, b, c).circles
    assert set(circle.outlets) == {"Amery Herald", "Bay Courier", "Hill Gazette"} and len(circle.evidence) == 3
    assert trace(a, b).circles == ()
    other = read("A teacher in Hollow won the lottery, the Amery Herald reported.", outlet="Hill Gazette")
    assert trace(a, b, other).circles == ()


def test_outlets_that_only_name_each_other_are_one_origin() -> None:
    a = read("According to the Bay Courier, the mill at Penn Wood will close in March.", outlet="Amery Herald")
    b = read("The Hill Gazette reported that the Penn Wood mill closes in March.", outlet="Bay Courier")
    c = read("The mill at Penn Wood is to close in March, the Amery Herald reported.", outlet="Hill Gazette")
    found = trace(a, b, c)
    count = found.counted([x for x in claims(a, b, c) if x.attribution])
    assert (count.low, count.high) == (1, 1) and any("only name each other" in r for r in count.reasons)


def test_an_outlet_is_followed_to_whoever_it_has_it_from() -> None:
    own = read("“The mill will close in March,” its owner, Ida Marsh, told the Courier.", outlet="Bay Courier")
    other = read("The mill will close in March, the Bay Courier reported.", outlet="Hill Gazette")
    count = trace(own, other).counted([x for x in claims(own, other) if x.attribution])
    assert (count.low, count.high) == (1, 1) and "Bay Courier has it from Ida Marsh" in count.reasons


def test_an_outlet_is_followed_to_whoever_says_what_is_followed() -> None:
    own = read(
        "“The mill had three old turbines,” the engineer, Colm Roe, told the Courier.\n\n"
        "“The mill will close in March,” its owner, Ida Marsh, told the Courier.",
        outlet="Bay Courier",
    )
    other = read("The mill will close in March, the Bay Courier reported.", outlet="Hill Gazette")
    count = trace(own, other).counted([x for x in claims(own, other) if x.attribution])
    assert (count.low, count.high) == (2, 2) and count.reasons == ("Bay Courier has it from Ida Marsh",)
    # where two are as near, nobody knows
    other = read("The mill is old, the Bay Courier reported.", outlet="Hill Gazette")
    own = read(
        "The mill is very old, the engineer, Colm Roe, said.\n\nThe mill is too old, its owner, Ida Marsh, said.",
        outlet="Bay Courier",
    )
    count = trace(own, other).counted([x for x in claims(own, other) if x.attribution])
    assert (count.low, count.high) == (2, 3)
    assert any("has it from" in r and "Colm Roe" in r and "Ida Marsh" in r for r in count.reasons)


def test_a_fragment_is_not_what_an_outlet_has_from_somebody() -> None:
    own = read(
        "State television broadcast pictures of the crew of the Amber Heron, which was detained in the strait.\n\n"
        "The foreign ministry said the crew of the Amber Heron would be released within days.",
        outlet="Dasht Gazette",
    )
    other = read(
        "The crew of the Amber Heron in the strait will be freed, the Gazette reported.", outlet="Meridian Press"
    )
    count = trace(own, other).counted([x for x in claims(own, other) if x.attribution])
    assert [w for w in count.reasons if "has it from" in w] == ["Dasht Gazette has it from The foreign ministry"]


def test_what_is_doubted_is_not_told_as_sure() -> None:
    sure = Root("outlet", "outlet a", "A", True, doubts=(Doubt("p", "A has it from P or Q"),))
    people = {k: Root("named", k, k.upper(), True) for k in ("p", "q")}
    told = {"A has it from P": None, "B has it from Q": None}
    count = _range({"outlet a": sure, **people}, [], set(), dict(told))
    assert count.reasons == ("B has it from Q", "may be one: A has it from P or Q")


def test_a_hundred_reprints_are_one_origin() -> None:
    lead = (
        "The tank farm at Ostrey burned for eleven hours on Sunday and sent a column of smoke across the estuary that "
        "could be seen from the islands, closing both ferry lanes and the coast road until the wind turned at dusk."
    )
    reports = [read(lead, outlet=f"Paper {n}", published=f"2024-05-{1 + n % 28:02}") for n in range(120)]
    reports.sort(key=lambda r: (r.document.published or "", r.document.id))
    count = trace(*reports).counted(claims(*reports))
    assert (count.low, count.high) == (1, 1) and any(r.startswith("119 reports and") for r in count.reasons)


def test_copies_of_which_each_seems_to_be_taken_from_another_are_one_origin() -> None:
    names = [f"{name} Herald" for name in ("Cassby", "Dorne", "Orrin", "Tarle", "Velm")]
    reports = [read(f"{OWN}\n\nReporting by {names[-1]}.", outlet=names[0])]
    reports += [read(OWN, outlet=name) for name in names[1:]]  # undated: the first ones given count as earlier
    count = trace(*reports).counted([c for c in claims(*reports) if "seals" in c.text])
    assert (count.low, count.high) == (1, 1) and count.reasons == ("4 reports and Dorne Herald have the same words",)


def test_what_many_outlets_print_is_an_account_and_not_forty_lone_claims() -> None:
    lead = (
        "The tank farm at Ostrey burned for eleven hours on Sunday and sent smoke across the estuary. “Nobody was hurt "
        "and nobody will be,” said Ida Marsh, the harbour master. The coast road stays shut until the wind has turned."
    )
    brief = compare([pipeline.study(read(lead, outlet=f"Paper {n}")) for n in range(40)], default_judge())[0]
    accounts = [*brief.agreed, *(a for q in brief.questions for a in q.accounts)]
    assert not brief.alone and sum(len(a.claims) for a in accounts) == 120
    assert all(len(a.claims) % 40 == 0 for a in accounts)  # each of the three sentences whole
    assert all(a.origins.high <= len(a.claims) / 40 for a in accounts)


def test_an_outlet_that_is_also_taken_for_somebody(tmp_path: Path) -> None:
    text = "The reactor at Korvath leaked plutonium into the estuary, the Hahahaha Gazette reported."
    with Case.open(tmp_path / "u.case", create=True) as case:
        for outlet in ("Alpha Post", "Beta Herald"):
            for _ in pipeline.add(case, [(f"outlet: {outlet}\n\n{text}".encode(), f"{outlet}.txt")]):
                pass
        ids = [o.id for o in pipeline.compare(case).origins]
        assert len(ids) == len(set(ids))


def test_those_who_speak_together_are_one_each() -> None:
    both = read("Ida Marsh and Tom Quill said that the dam was sound.", outlet="A Herald")
    one = read("Ida Marsh, the county engineer, said that the dam was sound.", outlet="B Record")
    other = read("“The dam is sound,” said Tom Quill, a surveyor.", outlet="C Times")
    count = trace(both, one, other).counted(claims(both, one, other))
    assert (count.low, count.high) == (2, 2)


def test_who_may_be_one_of_two_makes_them_not_one() -> None:
    a = read("Ida Marsh, the county engineer, said that the dam was sound.", outlet="A Herald")
    b = read("“The dam is sound,” said Tom Quill, a surveyor.", outlet="B Record")
    found = trace(a, b)
    ida, tom = (found.roots(c)[0] for c in claims(a, b))
    third = ida._replace(key="somebody", doubts=(Doubt(ida.key, "x"), Doubt(tom.key, "y")))
    count = _range({r.key: r for r in (ida, tom, third)}, (), (), {})
    assert (count.low, count.high) == (2, 3) and count.reasons == ("may be one: x", "may be one: y")


OWN = (
    "Dead seals have been washing up below the old customs house since the beginning of the week, and nobody at the "
    "council would say on Thursday who is supposed to take them away before the regatta brings visitors to the quay."
)
WIRE = (
    "The ferry Odalys lay across the channel at Lowmarket for nine hours on Wednesday while two tugs from the harbour "
    "tried to turn her against the current, and by noon the queue of boats above the lock reached the tannery."
)


def test_two_that_have_it_from_one_wire_only_share_that_source() -> None:
    wire = read(WIRE, outlet="North Wire", published="2024-05-01")
    a = read(f"{WIRE} (North Wire)", outlet="A Herald", published="2024-05-02")
    b = read(f"{WIRE} (North Wire)", outlet="B Record", published="2024-05-03")
    kinds = {frozenset((r.a, r.b)): r for r in trace(wire, a, b).reuse}
    pair = kinds[frozenset((a.document.id, b.document.id))]
    assert pair.kind == "shared source" and pair.evidence[0].says == "both have it from North Wire"


def test_what_one_took_besides_the_wire_is_still_taken() -> None:
    wire = read(WIRE, outlet="North Wire", published="2024-05-01")
    a = read(f"{WIRE} (North Wire)\n\n{OWN}", outlet="A Herald", published="2024-05-02")
    b = read(f"{WIRE} (North Wire)\n\n{OWN}", outlet="B Record", published="2024-05-03")
    found = trace(wire, a, b)
    kinds = {frozenset((r.a, r.b)): r.kind for r in found.reuse}
    assert kinds[frozenset((a.document.id, b.document.id))] == "copy"
    seals = [c for c in claims(a, b) if "seals" in c.text]
    assert len(seals) == 2 and found.counted(seals).high == 1


def test_a_credit_to_a_report_that_came_later_ties_nothing() -> None:
    early = read("The mill will close, according to Reuters.", outlet="A Herald", published="2024-05-01")
    late = read("Swans have come back to the mill.", outlet="Reuters", published="2024-06-01")
    assert trace(early, late).reuse == ()


def test_an_agency_gives_where_no_date_tells() -> None:
    paper, agency = read(OWN, outlet="Cassby Herald"), read(OWN, outlet="Reuters")
    (pair,) = trace(paper, agency).reuse
    assert (pair.a if pair.direction == "a->b" else pair.b) == agency.document.id and pair.direction != "undecided"


@pytest.mark.parametrize(
    ("narration", "quoted", "kind"),
    [
        ((20, 20, 10), 0, "partly"),
        ((20, 20, 9), 0, None),
        ((20, 20), 32, "partly"),
        ((20, 20), 31, "shared source"),
        ((24,), 0, "partly"),
        ((23,), 0, None),
    ],
)
def test_how_many_words_in_common_are_no_chance(narration: tuple[int, ...], quoted: int, kind: str | None) -> None:
    a, b = (words_of(" ".join(f"{x}{n}" for n in range(200))) for x in "ab")
    shared = [Match((0, 1), (0, 1), n, n, n) for n in narration]
    shared += [Match((0, 1), (0, 1), quoted, 0, 0)] * bool(quoted)
    assert kind_of(a, b, shared) == kind


def test_a_retelling_is_told_as_such() -> None:
    first = (
        "A gas leak emptied the school at Hollow Cross on Monday. Four hundred pupils waited in the church hall. "
        "Engineers found a cracked pipe beneath the kitchen. The headmaster, Ivo Brand, praised the children. "
        "Lessons begin again on Wednesday. A new pipe will cost the county nine thousand crowns."
    )
    again = (
        "On Monday the Hollow Cross school had to be emptied because gas was leaking. The church hall gave shelter to "
        "four hundred pupils. Beneath its kitchen a pipe had cracked, engineers found. Children earned the praise of "
        "Ivo Brand, who is headmaster. Wednesday will see lessons begin. Nine thousand crowns is what the county must "
        "pay for a new pipe."
    )
    (pair,) = trace(read(first, outlet="A Herald"), read(again, outlet="B Record")).reuse
    assert pair.kind == "partly" and [e.kind for e in pair.evidence] == ["retold"] and not pair.passages


def test_of_pages_of_one_day_the_time_tells_who_was_first(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2024-05-01T06:00:00Z">'
    meta += '<meta property="og:site_name" content="Lowmarket Wire">'
    body = f"<article><h1>Ferry</h1><p>{WIRE}</p><p>{OWN}</p></article>"
    page = f"<!doctype html><html><head><title>Ferry</title>{meta}</head><body>{body}</body></html>"
    copy = f"---\noutlet: A Herald\ndate: 2024-05-01 23:00:00 +0000\n---\n\n{WIRE}\n\n{OWN}\n"
    with Case.open(tmp_path / "ferry.case", create=True) as case:
        later, first = pipeline.add(case, [(copy.encode(), "copy.md"), (page.encode(), "wire.html")])
        (pair,) = pipeline.compare(case).reuse
    assert (pair.kind, pair.direction) == ("copy", "a->b" if pair.a == first.document else "b->a")
    assert pair.evidence[-1].says == "published first, 2024-05-01T06:00:00Z"
    assert {pair.a, pair.b} == {first.document, later.document}


def test_dates_tell_who_was_first_only_where_they_can() -> None:
    assert earlier("2024-05-05", "2024-05-06") == -1 and earlier("2024-05-06T08:00:00", "2024-05-05") == 1
    assert earlier("2024-05-05", "2024-05-05T08:00:00") == earlier(None, "2024-05-05") == 0
    assert earlier("2024-05-05T08:00:00+00:00", "2024-05-05T10:30:00+02:00") == -1


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command(demo: Path, brief: Brief) -> None:
    printed = run("origins", str(demo))
    assert "Northern Wire → Corvale Standard  copy" in printed and "Circles" in printed
    found = json.loads(run("origins", str(demo), "--json"))
    assert found.keys() == {"pairs", "circles", "origins"}
    assert {"a", "b", "kind", "direction", "passages", "evidence"} == found["pairs"][0].keys()
    assert {"start", "end", "text"} == found["pairs"][0]["passages"][0]["a"].keys()
    drawn = run("origins", str(demo), "--dot")
    assert drawn.startswith("digraph") and 'label="copy, ' in drawn
    assert CliRunner().invoke(app, ["origins", str(demo), "--json", "--dot"]).exit_code == 2
    page = render_brief(brief)
    assert "What the reports go back to" in page and "## What the reports go back to" in run(
        "compare", str(demo), "--md"
    )
    assert "<svg" in page and "Corvale Standard copies Northern Wire" in page and "independent origin" in page
    assert CliRunner().invoke(app, ["origins", str(demo.with_name("none.case"))]).exit_code == 1


def test_the_drawing_holds_together() -> None:
    names = [f"n{n}" for n in range(MOST + 4)]
    ring = [Edge(a, b, "credit", True) for a, b in zip(names, [*names[1:], names[0]], strict=True)]
    told_graph = Graph({n: Node(n, 1) for n in names}, tuple(ring))
    picture = drawn(told_graph)
    assert len(picture.boxes) == MOST and picture.left_out == 4
    places = [(b.x, b.y) for b in picture.boxes]
    assert len(set(places)) == len(places)
    assert all(x + 190 <= picture.width and y + 36 <= picture.height for x, y in places)
    assert drawn(Graph({}, ())).boxes == ()
    hostile = Graph({"a": Node('x" ]; evil [', 1), "b": Node("b\\", 0)}, (Edge("a", "b", "copy", True, 9),))
    assert 'label="x\\" ]; evil ["' in dot(hostile) and 'label="b\\\\"' in dot(hostile)


def test_outlets_that_credit_each_other_have_an_arrow_each() -> None:
    a = read("According to the Bay Courier, the mill at Penn Wood will close in March.", outlet="Amery Herald")
    b = read("The Penn Wood mill closes in March, the Amery Herald reported.", outlet="Bay Courier")
    found = graph(compare([pipeline.study(r) for r in (a, b)], default_judge())[0])
    assert {(e.a, e.b, e.line) for e in found.edges} == {
        ("amery herald", "bay courier", "credit"), ("bay courier", "amery herald", "credit"),
    }  # fmt: skip


def test_a_case_that_was_compared_before_there_were_origins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, known = tmp_path / "old.case", schema.MIGRATIONS
    with Case.open(path, create=True) as case:
        for _ in pipeline.add(case, [DEMO / "northern-wire.txt", DEMO / "corvale-standard.html"]):
            pass
        pipeline.compare(case)
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, "DELETE FROM briefs\n\nDELETE FROM brief_documents"))
    with Case.open(path) as case:
        assert case.brief() is None and pipeline.current(case).reuse[0].kind == "copy"


def test_what_reviewers_decide_is_counted(tmp_path: Path) -> None:
    told_by = {"Lake Post": "Mara Venn", "Hill Times": "Ilse Korr", "Plain News": "Mara Venn"}
    for n, (outlet, who) in enumerate(told_by.items()):
        words = "the dam at Ostrey had cracked in two places" if n < 2 else "the cracks in the dam could be mended soon"
        head = f"outlet: {outlet}\npublished: 2024-05-0{n + 1}"
        (tmp_path / f"{n}.txt").write_text(f"---\n{head}\n---\nThe engineer {who} said that {words}.\n")
    with Case.open(tmp_path / "dam.case", create=True) as case:
        list(pipeline.add(case, sorted(tmp_path.glob("*.txt"))))
        before = pipeline.compare(case)
        one, other, third = (next(c for c in before.claims if c.document == d.id) for d in before.documents)
        venn, korr = (next(s.id for s in before.sources if s.id == c.speaker) for c in (one, other))

        def origins() -> tuple[int, int]:
            after = decided(before, case.reviews(), case.reports()).brief
            accounts = [*(a for q in after.questions for a in q.accounts), *after.agreed]
            (found,) = (a.origins for a in accounts if {one.id, other.id} <= set(a.claims))
            return found.low, found.high

        decide(case, other.id, "move", {"to": one.id})
        decide(case, third.id, "move", {"to": one.id})
        assert origins() == (2, 2)
        merged = decide(case, korr, "merge", {"with": venn})
        assert origins() == (1, 1)
        undo(case, merged.number)
        assert origins() == (2, 2)
        parted = decide(case, third.speaker or "", "split", {"from": venn})  # two of that name, says the reviewer
        assert origins() == (3, 3)
        decide(case, third.id, "reject")
        assert origins() == (2, 2)
        decide(case, other.id, "speaker", {"name": "Jon Abel"})
        assert origins() == (2, 2)
        decide(case, other.id, "speaker", {"name": "Mara  VENN"})  # whom only the reviewer names in that report
        assert origins() == (1, 2)  # one of the two of that name, but which
        undo(case, parted.number)
        assert origins() == (1, 1)
        decide(case, other.id, "speaker", {"name": "Xavier Zeno"})
        assert origins() == (2, 2)


def counts_of(brief: Brief, words: str) -> list[tuple[int, int, tuple[str, ...]]]:
    claims = {c.id: c for c in brief.claims}
    accounts = [*(a for q in brief.questions for a in q.accounts), *brief.agreed]
    found = [a.origins for a in accounts if any(words in claims[c].text for c in a.claims)]
    return [(o.low, o.high, o.reasons) for o in found]


def test_who_is_unnamed_is_whom_a_reviewer_says(tmp_path: Path) -> None:
    for n, who in enumerate(("The engineer Mara Venn", "An engineer", "The surveyor Tom Quill")):
        head = f"outlet: Paper {'ABC'[n]}\npublished: 2024-05-0{n + 1}"
        text = f"---\n{head}\n---\n{who} said that the dam at Ostrey had cracked in two places.\n"
        (tmp_path / f"{n}.txt").write_text(text)
    with Case.open(tmp_path / "dam.case", create=True) as case:
        list(pipeline.add(case, sorted(tmp_path.glob("*.txt"))))
        before = pipeline.compare(case)
        one, other, third = (next(c for c in before.claims if c.document == d.id) for d in before.documents)
        for claim in (other, third):
            decide(case, claim.id, "move", {"to": one.id})

        def counted() -> tuple[int, int, tuple[str, ...]]:
            (found,) = counts_of(decided(before, case.reviews(), case.reports()).brief, "cracked in two")
            return found

        assert counted()[:2] == (2, 3)
        merged = decide(case, other.speaker or "", "merge", {"with": one.speaker or ""})
        assert counted()[:2] == (2, 2)
        undo(case, merged.number)
        decide(case, third.speaker or "", "merge", {"with": one.speaker or ""})
        decide(case, third.speaker or "", "split", {"from": one.speaker or ""})
        low, high, reasons = counted()
        assert (low, high) == (2, 3)
        assert not any("one across reports" in r for r in reasons)  # nobody is, who was parted again


def test_what_two_agree_on_is_one_persons_word_where_they_are_called_one(tmp_path: Path) -> None:
    said = "the dam at Ostrey had cracked"
    text = f"The engineer Mara Venn said that {said} in two places. The surveyor Ilse Korr said that {said} in May."
    (tmp_path / "dam.txt").write_text(f"Outlet: Lake Post\n\n{text}\n")
    with Case.open(tmp_path / "dam.case", create=True) as case:
        list(pipeline.add(case, [tmp_path / "dam.txt"]))
        before = pipeline.compare(case)
        one, other = (c for c in before.claims if c.attribution)
        decide(case, other.id, "move", {"to": one.id})
        after = decided(before, case.reviews(), case.reports()).brief
        assert {one.id, other.id} in [set(a.claims) for a in after.agreed] and not after.alone
        decide(case, other.speaker or "", "merge", {"with": one.speaker or ""})
        after = decided(before, case.reviews(), case.reports()).brief
        assert not after.agreed and set(after.alone) == {one.id, other.id}


def test_nothing_is_counted_anew_where_nothing_was_decided(brief: Brief, demo: Path) -> None:
    with Case.open(demo) as case:

        def never() -> Iterator[Report]:
            raise AssertionError("the reports are not needed")
            yield

        assert decided(brief, case.reviews(), never()).brief == brief
        noted = decide(case, brief.claims[0].id, "accept", note="seen")
        try:
            assert decided(brief, case.reviews(), never()).brief == brief
        finally:
            undo(case, noted.number)
        people = same_sources(case.reports())
        trace = traced(list(case.reports()), people, brief)
        accounts = [a for q in brief.questions for a in q.accounts]
        claims = {c.id: c for c in brief.claims}
        assert [trace.counted([claims[c] for c in a.claims]) for a in accounts] == [a.origins for a in accounts]


def test_the_graph_of_the_demo_has_no_outlet_twice(brief: Brief) -> None:
    found = graph(brief)
    assert not any({a.a, a.b} == {b.a, b.b} for a, b in combinations(found.edges, 2))
    assert {found.nodes[e.a].name for e in found.edges if e.line == "copy"} == {"Northern Wire"}
    assert told(brief).debts[0].kind == "copy"
