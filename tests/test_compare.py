"""Reports of one event compared: relations, questions, accounts, and the brief that shows them."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportedly import Case, pipeline
from reportedly.accounts import Grouped, Settings, Weight
from reportedly.arrays import Floats
from reportedly.brief import changes, markdown, told
from reportedly.cli import app
from reportedly.cli.compare import brief_json
from reportedly.compare import Reading, _told, asked, compare, gathered
from reportedly.identity import same_sources
from reportedly.nearness import candidates
from reportedly.origins import Trace, traced
from reportedly.page import render_brief
from reportedly.pairing import contrary, denied_of, turned
from reportedly.records import DENIED, Brief, Claim, Document, Position, Report, Source
from reportedly.relating import Side, relate
from reportedly.relations import LABELS, Judge, Pair, default_judge
from reportedly.review import decide

DEMO = Path(__file__).parent.parent / "demo"
REPORTS = sorted([*DEMO.glob("*.txt"), *DEMO.glob("*.html")])


def study(data: bytes, file: str) -> Reading:
    return pipeline.study(pipeline.read_bytes(data, file))


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [study(p.read_bytes(), p.name) for p in REPORTS]


@pytest.fixture(scope="module")
def brief(readings: list[Reading]) -> Brief:
    return compare(readings, default_judge())[0]


class Asked(Judge):
    """A judge that notes how many pairs it is asked about."""

    def __init__(self, asked: list[int]) -> None:
        super().__init__()
        self.asked = asked

    def compared(self, pairs: Sequence[Pair]) -> Floats:
        self.asked.append(len(pairs))
        return super().compared(pairs)


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(args), input=stdin)


def two(one: str, other: str, day: str = "2025-03-04") -> Brief:
    """The brief of two reports, the second of this day."""
    reports = [
        pipeline.read(text, file=f"{outlet}.txt", outlet=outlet, published=published)
        for outlet, text, published in (("The Post", one, "2025-03-04"), ("The Wire", other, day))
    ]
    return compare([pipeline.study(r) for r in reports], default_judge())[0]


def reasons(brief: Brief) -> set[tuple[str, str]]:
    return {(r.kind, r.reason) for r in brief.relations if r.reason != "model"}


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-03-04", ("disputes", "values")), ("2025-03-06", ("related", "update"))]
)
def test_figures_of_one_day_conflict_and_later_ones_are_news(day: str, expected: tuple[str, str]) -> None:
    brief = two(
        "Nine people were hurt when the pier fell, Ada Finch, the harbour master, said.",
        "Fourteen people were hurt when the pier fell, Leo Marsh, a surgeon, said.",
        day,
    )
    assert expected in reasons(brief)
    assert not brief.agreed  # whatever the judge makes of it


NINE = "Nine people were hurt when the pier fell, Ada Finch, the harbour master, said."


@pytest.mark.parametrize(
    ("one", "other", "day", "disputed"),
    [
        (NINE, "Fourteen people were hurt when the pier fell, Leo Marsh, a surgeon, said.", "2025-03-04", True),
        # a day that is not known
        (NINE, "Fourteen people were hurt when the pier fell, Leo Marsh, a surgeon, said.", "04/03/2025", False),
        # one source
        (
            NINE,
            "Fourteen people were hurt when the pier fell, Ada Finch, the harbour master, said.",
            "2025-03-04",
            False,
        ),
        (NINE, "Fourteen people, not nine, were hurt when the pier fell, Ada Finch said.", "2025-03-04", True),
        (  # two things
            "There were 14 Dutch sailors on board the Heron, Ada Finch, the harbour master, said.",
            "There were six Danish sailors on board the Heron, Leo Marsh, a surgeon, said.",
            "2025-03-04",
            False,
        ),
    ],
)
def test_only_figures_of_one_thing_and_day_dispute_each_other(one: str, other: str, day: str, disputed: bool) -> None:
    brief = two(one, other, day)
    assert (("disputes", "values") in reasons(brief)) is disputed
    assert bool(brief.questions) is disputed and not brief.agreed


def test_an_account_of_earlier_and_later_figures_is_called_by_a_later_one() -> None:
    reports = [
        pipeline.read(text, file=f"{outlet}.txt", outlet=outlet, published=day)
        for day, outlet, text in (
            ("2025-03-04", "The Post", NINE),
            ("2025-03-04", "The Echo", "Nine people were hurt when the pier fell, Tim Osgood, a sergeant, said."),
            ("2025-03-06", "The Wire", "Fourteen people were hurt when the pier fell, Leo Marsh, a surgeon, said."),
            ("2025-03-06", "The Star", "Thirty people were hurt when the pier fell, Rosa Minter, a driver, said."),
        )
    ]
    (question,) = compare([pipeline.study(r) for r in reports], default_judge())[0].questions
    assert max(len(a.claims) for a in question.accounts) == 3
    assert {a.title.split()[0] for a in question.accounts} == {"Fourteen", "Thirty"}


@pytest.mark.parametrize(
    ("denied", "said", "cue", "expected"),
    [
        ("that it had refused to meet the union", "the trust had refused to meet the union since July", "denied", True),
        ("that the bridge was unsafe", "The bridge was unsafe.", "flatly denied", True),
        ("that the bridge was unsafe", "The bridge was unsafe.", "declined to deny", False),
        ("that the bridge was unsafe", "The bridge was unsafe.", "cannot deny", False),
        ("that the bridge was unsafe", "The bridge was unsafe.", "no longer denies", False),
        ("that the bridge was unsafe", "The bridge was unsafe.", "hardly denied", False),
        ("that the bridge was unsafe", "The bridge was unsafe.", "stopped short of denying", False),
        ("that the memo was a forgery", "the memo was a forgery", "retracted her statement", True),
        ("claim that the memo was a forgery", "the memo was a forgery", "rejected the", True),
        ("the claims that the memo was a forgery", "the memo was a forgery", "dismissed", True),
        ("that the memo was a forgery", "the memo was a forgery", "did not dispute", False),
        ("a plan to publish the memo", "They have a plan to publish the memo.", "rejected", False),
        ("that he had struck the pier", "the police knew who had struck the pier", "denied", False),
        ("that the bridge was closed on Monday", "the bridge was closed on Tuesday", "denied", False),
        ("that Smith had struck Jones", "Jones struck Smith", "denied", False),
        ("that the bridge was unsafe", "The bridge was not unsafe.", "denied", False),
    ],
)
def test_a_denial_of_what_another_says(denied: str, said: str, cue: str, expected: bool) -> None:
    assert contrary(denied, said, cue, "said") is contrary(said, denied, "told reporters", cue) is expected


@pytest.mark.parametrize(("cue", "expected"), [("said", True), ("claimed", True), ("warned", False)])
def test_plain_cues_change_nothing(cue: str, expected: bool) -> None:
    assert contrary("Turnout was 61 percent", "Turnout was 58 percent", cue, "said") is expected


def test_a_denial_of_the_same_words_disputes() -> None:
    brief = two(
        "Ada Finch, the manager, said that the trust had refused to meet the union since July.",
        "The trust, whose spokeswoman is Joan Tate, denied that it had refused to meet the union.",
    )
    assert ("disputes", "words") in reasons(brief)


def test_who_denies_is_not_supported_by_who_says_so_in_more_words() -> None:
    brief = two(
        "Tallow Yards, which built the ferry, denied that any bolts were loose.\n\nA diver said that two of the nine"
        " bolts had been loose.",
        "Tallow Yards denied that any bolts were loose.\n\nA report by the divers says that two bolts in the hull were"
        " loose.",
    )
    position = {c.id: c.position for c in brief.claims}
    assert not [r for r in brief.relations if r.kind == "supports" and position[r.a] != position[r.b]]
    accounts = [a for q in brief.questions for a in q.accounts]
    assert len(accounts) == 2 and all(len({position[c] for c in a.claims}) == 1 for a in accounts)
    assert {a.title for a in accounts} >= {f"any bolts were loose{DENIED}"}


@pytest.mark.parametrize(
    ("denied", "said", "expected"),
    [
        ("that any bolts were loose", "two bolts had been loose", "denied"),
        ("that he was told of the loose bolts", "bolts were loose", "near"),
        ("the yard’s statement that it had had no letter", "it had had no such letter from the yard", ""),
        ("the yard’s statement that it had seen no letter", "it had seen no such letter since May", "denied"),
        ("that the bolts were loose", "the bolts were not loose", ""),
        ("that the bolts were loose", "the hull was sound", ""),
    ],
)
def test_what_is_denied_and_said(denied: str, said: str, expected: str) -> None:
    assert denied_of(denied, said) == expected


def test_whom_a_report_says_somebody_disputes_does_not_support_him() -> None:
    brief = two(
        "Tallow Yards said it had seen no letter about the ferry.\n\nAda Finch, a diver, disputed Tallow Yards’"
        " statement that it had seen no letter. “I sent the letter myself,” Finch said.",
        "Tallow Yards said it had seen no such letter about the ferry and its hull.",
    )
    who = {s.id: s.name for s in brief.sources}
    said = {c.id: who[c.speaker or ""] for c in brief.claims}
    pairs = [(r.kind, r.reason) for r in brief.relations if {said[r.a], said[r.b]} == {"Ada Finch", "Tallow Yards"}]
    assert ("disputes", "stated") in pairs and "supports" not in {kind for kind, _ in pairs}


def test_an_account_is_called_by_what_most_of_it_say() -> None:
    report = pipeline.read("They said so and so, and much more.", file="a.txt", outlet="The Post")
    positions: list[Position] = ["asserts", "denies", "denies", "asserts"]
    claims = [
        Claim.of(report.document, (report.document.span(n, n + 4),), f"the bolts were loose {n}", position=p)
        for n, p in enumerate(positions)
    ]
    trace = traced([report], same_sources([report]))
    (question,), _ = _told([Grouped([[0, 1, 2], [3]], True)], claims, {}, trace, frozenset())
    assert any(a.title.endswith(DENIED) for a in question.accounts)


def test_a_question_is_named_by_two_of_its_accounts(brief: Brief) -> None:
    for question in brief.questions:
        titles = [a.title.split(" … ")[0].rstrip("…")[:40] for a in question.accounts]
        assert sum(t in question.title for t in titles) >= 2 and f"({len(titles)} accounts)" in question.title


def test_every_claim_is_what_its_document_says(brief: Brief) -> None:
    texts = {d.id: d.text for d in brief.documents}
    for claim in brief.claims:
        assert all(texts[claim.document][s.start : s.end] == s.text for s in claim.spans)
    for relation in brief.relations:
        assert relation.a < relation.b
        for s in relation.stated or ():
            assert texts[relation.stated_in or ""][s.start : s.end] == s.text


def test_no_account_disputes_itself(brief: Brief) -> None:
    home = {c: a.id for q in brief.questions for a in q.accounts for c in a.claims}
    opposed = [r for r in brief.relations if r.kind == "disputes" and r.a in home and r.b in home]
    assert opposed and all(home[r.a] != home[r.b] for r in opposed)


def test_questions_hold_accounts_that_differ(brief: Brief) -> None:
    known = {c.id for c in brief.claims}
    assert len(brief.questions) >= 3
    for question in brief.questions:
        assert len(question.accounts) >= 2
        said = [c for a in question.accounts for c in a.claims]
        assert len(said) == len(set(said)) and known.issuperset(said)
        for account in question.accounts:
            assert 1 <= account.origins.low <= account.origins.high


def test_the_rival_explanations_of_the_demo_lie_in_different_accounts(brief: Brief) -> None:
    """Its question "How many people were injured?": nine or fourteen."""
    words = {c.id: c.text.lower() for c in brief.claims}
    figures = {"nine": re.compile(r"\bnine\b"), "fourteen": re.compile(r"\b(?:fourteen|14)\b")}
    found = []
    for question in brief.questions:
        texts = [" ".join(words[c] for c in a.claims) for a in question.accounts]
        found.append([{name for name, figure in figures.items() if figure.search(t)} for t in texts])
    assert any({"nine"} in accounts and {"fourteen"} in accounts for accounts in found), found


def test_the_order_of_reports_makes_no_difference(readings: list[Reading], brief: Brief) -> None:
    other, _ = compare(readings[::-1], default_judge())
    assert other.relations == brief.relations and other.questions == brief.questions
    assert other.agreed == brief.agreed and set(other.alone) == set(brief.alone)


def test_what_was_read_is_not_read_again(readings: list[Reading]) -> None:
    asked: list[int] = []
    judge = Asked(asked)
    first, known = compare(readings[:2], judge)
    assert sum(asked) == len(known) > 0
    asked.clear()
    again, new = compare(readings[:2], judge, known)
    assert again == first and not new and not asked
    more, new = compare(readings[:3], judge, known)
    assert sum(asked) == len(new) > 0
    assert "1 report more" in " ".join(changes(first, more))


def test_nothing_to_compare(readings: list[Reading]) -> None:
    nothing, _ = compare([], default_judge())
    assert not nothing.questions and "no question" in told(nothing).head
    alone, _ = compare([study(b"Rain fell all day.", "a.txt")], default_judge())
    assert not alone.questions


OTHER_MATTER = (
    "The museum’s silver cup was stolen by two men, the curator, Ada Finch, said on Monday. “They came through the"
    " roof,” Finch said.\n\nA guard said nobody had come through the roof.\n",
    "The silver cup of the museum was not stolen, said a guard, Leo Marsh. “It was lent to a school,” Marsh said.\n\n"
    "The curator denied that the cup was lent.\n",
)


def test_unrelated_matters_stay_apart(readings: list[Reading]) -> None:
    others = [study(text.encode(), f"museum-{n}.txt") for n, text in enumerate(OTHER_MATTER)]
    brief, _ = compare([*readings, *others], default_judge())
    museum = {r.report.document.id for r in others}
    of = {c.id: c.document in museum for c in brief.claims}
    for question in brief.questions:
        assert len({of[c] for a in question.accounts for c in a.claims}) == 1, question.title


def test_an_agencys_sentence_in_many_papers_is_one_account() -> None:
    said = "The harbour wall gave way at four in the morning, the harbour master said."
    many = [study(f"{said}\n\nPaper {n} was there.".encode(), f"{n}.txt") for n in range(150)]
    denied = study(b"The harbour wall did not give way at four in the morning, a guard said.", "guard.txt")
    brief, _ = compare([*many, denied], default_judge())
    same = {
        c.id for c in brief.claims if c.text == "The harbour wall gave way at four in the morning" and c.attribution
    }
    accounts = [set(a.claims) for q in brief.questions for a in q.accounts] + [set(a.claims) for a in brief.agreed]
    assert len(same) > 140 and any(same <= claims for claims in accounts)


def test_candidates() -> None:
    texts = ["the pier was cracked", "cracks ran through the pier", "ferries will not return", ""]
    assert (0, 1) in candidates(texts) and not any(3 in pair for pair in candidates(texts))
    assert candidates([]) == []


def test_claims_that_hold_each_other_are_no_pair(readings: list[Reading]) -> None:
    claims = [c for r in readings for c in r.claims]
    for i, j in asked(claims, {k: v for r in readings for k, v in r.phrases.items()}):
        a, b = claims[i], claims[j]
        assert a.document != b.document or not any(
            s.start < t.end and t.start < s.end for s in a.spans for t in b.spans
        )


def test_scores_are_the_same_in_both_orders() -> None:
    a, b = (
        Side("The pier was cracked before.", "Osgood", "said"),
        Side("There was no crack in the pier.", "Lisle", "said"),
    )
    (kind, forth), (other, back) = relate([(a, b), (b, a)])
    assert kind == other and forth == pytest.approx(back, abs=0.02)
    assert sum(forth) == pytest.approx(1, abs=0.01)


def test_a_report_may_be_one_side() -> None:
    text = REPORTS[0].read_text("utf-8") * 3
    ((kind, scores),) = relate([(Side("A span of the Ferry Bridge fell."), Side(text))])
    assert kind in LABELS and scores[LABELS.index("unrelated")] < 0.9


def test_pairs_that_are_not_as_they_should_be(tmp_path: Path) -> None:
    good = {"id": 1, "label": "x", "a": {"text": "The bridge is safe."}, "b": {"text": "It held.", "dat": "2024-01-02"}}
    rows = [good, {**good, "id": 2}, {**good, "id": 3, "a": {"text": "!!!"}}, {**good, "id": 4, "b": {"text": ""}}]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\ufeff" + "\n".join(map(json.dumps, rows)), "utf-8")
    found = run("relate", str(file))
    assert found.exit_code == 1
    assert [json.loads(line)["id"] for line in found.stdout.splitlines()] == [1, 2]
    warning, no_words, empty = found.stderr.splitlines()
    assert "warning: line 1: 'dat' is not read; a and b have text, source, cue, context, doc, date, title" in warning
    assert "line 3 is no pair: the text of a has no words" in no_words
    assert "line 4 is no pair: the text of b has no words" in empty


def test_whom_only_a_reviewer_names_is_of_the_document_of_the_claim() -> None:
    document = Document.of("It held, she said.")
    new = Source.of(document, "Ana Vale", named=True)
    claim = Claim.of(document, (document.span(0, 7),), "It held", speaker=new.id)
    brief = Brief(documents=(document,), sources=(new,), claims=(claim,), relations=(), questions=())
    assert brief_json(brief, {})["sources"][0]["document"] == document.id


def test_commands(tmp_path: Path) -> None:
    case = str(tmp_path / "bridge.case")
    assert run("add", case, *map(str, REPORTS[:3])).exit_code == 0
    found = run("compare", case, "--json")
    assert found.exit_code == 0, found.stderr
    brief = json.loads(found.stdout)
    assert {"documents", "sources", "claims", "relations", "questions", "origins"} <= brief.keys()
    assert {"id", "file"} <= brief["documents"][0].keys()
    assert {"id", "document", "attribution", "speaker", "spans", "position"} <= brief["claims"][0].keys()
    assert {"a", "b", "kind", "score", "stated"} <= brief["relations"][0].keys()
    with Case.open(case) as kept:
        texts = {d["id"]: d["text"] for d in brief["documents"]}
        for source in brief["sources"]:
            text = texts[source.pop("document")]
            assert all(text[m["start"] : m["end"]] == m["text"] for m in source["mentions"])
        assert json.loads(kept.brief().to_json()) == brief  # type: ignore[union-attr]
    run("add", case, str(REPORTS[3]))
    table = run("compare", case)
    assert table.exit_code == 0 and "4 reports" in table.stdout and "1 report more" in table.stderr
    page = tmp_path / "brief.html"
    assert run("compare", case, "--html", str(page)).exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert run("compare", case, "--md").stdout.startswith("# Who said what")
    assert run("compare", case, "--md", "--json").exit_code == 2
    assert run("compare", case, "--html", case).exit_code == 2 and run("show", case).exit_code == 0
    assert run("compare", str(tmp_path / "none.case")).exit_code == 1


def test_relate_command(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "a": {"text": "The pier was cracked."}, "b": {"text": "The pier had no crack.", "source": "Lisle"}},
        {"id": "x", "a": {"text": ""}, "b": {"text": "Rain."}},
        {"id": "y", "a": {"text": "\u0000\u001b[31m"}, "b": {"text": "… … "}},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows) + "not json\n", "utf-8")
    found = run("relate", str(file))
    assert found.exit_code == 1 and "line 4 is no pair" in found.stderr
    judged = [json.loads(line) for line in found.stdout.splitlines()]
    assert [r["id"] for r in judged] == [1] and set(judged[0]["scores"]) == set(LABELS)
    assert "line 2 is no pair" in found.stderr and "line 3 is no pair" in found.stderr
    assert run("relate", str(tmp_path / "none.jsonl")).exit_code == 1
    assert run("relate", "").exit_code == 2
    assert run("relate", "-", stdin=json.dumps(rows[0]) + "\n").exit_code == 0


def test_hostile_words_are_escaped() -> None:
    said = "<script>alert(1)</script>"
    text = f"“{said} fell\x1b[31m\x9b,” said Ann Roe.\n\n“{said} never fell,” said Bob Lee.\n"
    first = study(text.encode(), "<b>.txt")
    brief = compare([first], default_judge())[0]
    shown = told(brief)
    assert "<script" not in render_brief(brief)
    assert not set("\x1b\x9b\u202e") & set(render_brief(brief))
    assert "<script" not in markdown(shown)
    assert all(c.isprintable() or c == "\n" for c in markdown(shown))


def test_what_was_decided_holds_when_compared_again(tmp_path: Path) -> None:
    path = tmp_path / "bridge.case"
    assert run("add", str(path), *map(str, REPORTS[:3])).exit_code == 0
    assert run("compare", str(path)).exit_code == 0
    with Case.open(path) as case:
        brief = case.brief()
        assert brief is not None
        decide(case, brief.questions[0].id, "title", {"title": "Who knew?"})
        wrong = brief.questions[0].accounts[0].claims[0]
        decide(case, wrong, "reject")
    found = run("compare", str(path), "--json")
    assert found.exit_code == 0 and not found.stderr.strip()
    again = json.loads(found.stdout)
    assert "Who knew?" in [q["title"] for q in again["questions"]]
    assert wrong not in [c for q in again["questions"] for a in q["accounts"] for c in a["claims"]]


def test_plain_contradictions_of_bare_texts_are_told() -> None:
    safe, unsafe = "The bridge is safe.", "The bridge is not safe."
    texts = [
        (safe, unsafe),
        ("nine passengers were hurt", "fourteen passengers were hurt"),
        (safe, safe),
        (unsafe, unsafe),
    ]
    *opposed, first, second = relate([(Side(x), Side(y)) for x, y in texts])
    for kind, (supports, disputes, *_) in opposed:
        assert kind == "disputes" and disputes > supports
    assert [first[0], second[0]] == ["supports", "supports"]
    assert not turned(safe, "The tunnel is not safe.") and not turned(unsafe, "No, the bridge isn't safe, not now.")


def each_in_a_report(*said: tuple[str, str]) -> tuple[list[Claim], Trace]:
    """Claims (words, position), each in a report of its own, and who took what from whom: nobody anything."""
    documents = [Document.of(f"{words}.", outlet=f"Paper {n}") for n, (words, _) in enumerate(said)]
    claims = [
        Claim.of(d, (d.span(0, len(words)),), words, position=position)
        for d, (words, position) in zip(documents, said, strict=True)
    ]
    reports = [Report(d) for d in documents]
    return claims, traced(reports, same_sources(reports))


def test_questions_come_in_the_order_of_what_is_at_stake_named_by_those_who_dispute_most() -> None:
    claims, trace = each_in_a_report(
        ("the ferry sails at noon on Friday", "asserts"),
        ("the ferry sails at dusk on Friday", "asserts"),
        ("the ferry never sails on a Friday", "asserts"),
        ("a boat struck the old pier", "asserts"),
        ("the boat hit that pier at night", "asserts"),
        ("a boat struck the old pier", "denies"),
        ("no boat came near that pier", "asserts"),
    )
    weights = {(0, 1): Weight(0.1, 0.2), (0, 2): Weight(0.1, 0.3), (1, 2): Weight(0.1, 0.8), (3, 5): Weight(0, 0.9)}
    groups = [Grouped([[0], [1], [2]], True), Grouped([[3, 4], [5, 6]], True)]
    (pier, ferry), rest = _told(groups, claims, weights, trace, frozenset())
    assert not rest
    assert {len(a.claims) for a in pier.accounts} == {2}
    sides = ferry.title.split(": ", 1)[1]
    assert sides == "the ferry sails at dusk on Friday / the ferry never sails on a Friday (3 accounts)"


def test_an_account_that_denies_says_so_in_its_title() -> None:
    claims, trace = each_in_a_report(("the boat struck the pier", "asserts"), ("the boat struck the pier", "denies"))
    groups = [Grouped([[0], [1]], True)]
    ((question,), _) = _told(groups, claims, {(0, 1): Weight(0, 0.9)}, trace, frozenset())
    title = {a.claims[0]: a.title for a in question.accounts}
    assert title[claims[0].id] == "the boat struck the pier"
    assert title[claims[1].id] == f"the boat struck the pier{DENIED}"


def test_the_same_words_denied_are_no_copy() -> None:
    words = "a boat struck the old pier on Friday"
    claims, _ = each_in_a_report((words, "asserts"), (words, "denies"), (words, "asserts"))
    weights = {(0, 1): Weight(0.02, 0.9), (1, 2): Weight(0.02, 0.9)}
    (found,) = gathered(claims, weights, [], Settings())
    assert found == Grouped([[0, 2], [1]], True)
