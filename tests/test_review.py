"""Reviews: a decision is found again by its words, applied in order, and never lost: it holds or it is a conflict."""

import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import Case, Document, Report, Source
from reportedly.brief import titled, told
from reportedly.case import Review
from reportedly.records import Account, Brief, Claim, Origins, Question, Relation, SpanError
from reportedly.review import (
    AROUND,
    LOGGED,
    ReviewError,
    Selector,
    decide,
    logged,
    place_of,
    reviewed,
    selector_of,
    undo,
    undone,
)
from tests.test_case import brief_of, gold_reports, original

HOSTILE = (
    "<script>alert(1)</script>", "\u202egnirts\u2066", "“quotes” 'and' \"more\" `{{ 7*7 }}`", "two\nlines\r\n\t\0",
    "=HYPERLINK(\"http://x\")", "ö" * 10_000, "]]><!--", "javascript:alert(1)", "\x1b[31m\x9b",
)  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """The demo case as a careful reader read it, with a brief."""
    with Case.open(tmp_path / "bridge.case", create=True) as case:
        for report in gold_reports():
            case.put(report, original(report))
        case.save(plain_brief())
        yield case


def plain_brief() -> Brief:
    """A brief of the demo case in which no two claims have the same words, and each is in one account."""
    reports = []
    for report in gold_reports():
        once = {(a.content[0].start, a.content[-1].end): a for a in reversed(report.attributions)}
        reports.append(msgspec.structs.replace(report, attributions=tuple(reversed(once.values()))))
    brief = brief_of(tuple(reports))
    first, second = brief.questions
    second = msgspec.structs.replace(second, accounts=second.accounts[1:])
    return msgspec.structs.replace(brief, questions=(first, second), alone=brief.alone[:1])


def now(case: Case) -> Any:
    return reviewed(kept(case), case.reviews())


def kept(case: Case) -> Brief:
    brief = case.brief()
    assert brief is not None
    return brief


def accounts(brief: Brief) -> list[set[str]]:
    return [set(a.claims) for q in brief.questions for a in q.accounts]


def log(action: str, at: Selector, value: Any = None, number: int = 1, kind: str = "claim", note: str = "") -> Review:
    return Review(
        number=number, kind=kind, digest=at.digest, exact=at.exact, prefix=at.prefix, suffix=at.suffix, action=action,
        value=value, note=note, made="2026-01-01T00:00:00Z",
    )  # fmt: skip


# Words


@settings(max_examples=200, deadline=None)
@given(st.text("ab \n", min_size=1, max_size=200), st.data())
def test_words_are_found_where_they_were_taken(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document.of(text)
    selector = selector_of(document, start, end)
    found = place_of(document, selector)
    assert found is not None
    assert text[slice(*found)] == selector.exact == text[start:end]
    around = [text[max(0, s - AROUND) : s] + "|" + text[e : e + AROUND] for s, e in (found, (start, end))]
    assert around[0] == around[1]
    longer = Document.of("Something new before.\n" + text + " and behind")
    again = place_of(longer, selector)
    assert again is not None
    assert longer.text[slice(*again)] == selector.exact


def test_words_that_stand_several_times() -> None:
    document = Document.of("He said no. She said no. They said no.")
    at = document.text.index("no. They")
    assert place_of(document, selector_of(document, at, at + 2)) == (at, at + 2)
    assert place_of(document, Selector("", "no")) == (8, 10)
    assert place_of(document, Selector("", "yes")) is place_of(document, Selector("", "")) is None
    with pytest.raises(SpanError):
        selector_of(document, 3, 300)
    many = Document.of("a" * 20_000)
    assert place_of(many, Selector("", "a" * 9_000, "b" * 99_999, "c" * 99_999)) == (0, 9_000)


# Decisions


def test_a_claim_is_accepted_or_rejected(case: Case) -> None:
    brief = kept(case)
    first, second = brief.questions[0].accounts[0].claims
    decide(case, first, "accept", note="checked with the hospital")
    rejected = decide(case, second, "reject")
    done = now(case)
    assert done.states == {first: "accepted", second: "rejected"} and done.rejected == {second}
    assert done.notes == {first: ("checked with the hospital",)}
    assert not done.conflicts
    assert [s.record for s in done.standing] == [first, second]
    assert {first} in accounts(done.brief)
    assert second in {c.id for c in done.brief.claims}
    assert all(second not in (r.a, r.b) for r in done.brief.relations)
    assert [q.id for q in done.brief.questions] == [q.id for q in brief.questions]
    told(done.brief)
    undo(case, rejected.number)
    assert now(case).brief == brief


def test_a_question_without_two_accounts_goes(case: Case) -> None:
    brief = kept(case)
    account, other = brief.questions[0].accounts
    for claim in account.claims:
        decide(case, claim, "reject")
    done = now(case)
    assert [q.id for q in done.brief.questions] == ["q-1"]
    left = {c for a in done.brief.agreed for c in a.claims} | set(done.brief.alone)
    assert set(other.claims) <= left
    assert left.isdisjoint(account.claims)


def test_the_right_words_of_a_claim(case: Case) -> None:
    brief = kept(case)
    claim = brief.claims[2]
    document = next(d for d in brief.documents if d.id == claim.document)
    span = claim.spans[0]
    decide(case, claim.id, "span", {"start": span.start, "end": span.end - 5})
    decide(case, claim.id, "accept")
    done = now(case)
    after = next(c for c in done.brief.claims if c.id == claim.id)
    assert after.spans == (document.span(span.start, span.end - 5),)
    assert done.states == {claim.id: "corrected"}
    with pytest.raises(ReviewError, match="lie outside the report"):
        decide(case, claim.id, "span", {"start": 0, "end": 10**9})
    decide(case, claim.id, "reject")
    assert now(case).states == {claim.id: "rejected"}
    decide(case, claim.id, "span", {"start": span.start, "end": span.end - 6})
    done = now(case)
    assert done.states == {claim.id: "corrected"}
    assert [(c.review.action, c.reason) for c in done.conflicts] == [
        ("span", "review 4 says otherwise"),
        ("accept", "review 3 says otherwise"),
        ("reject", "review 4 says otherwise"),
    ]


def test_who_says_a_claim(case: Case) -> None:
    brief = kept(case)
    claim = next(c for c in brief.claims if c.speaker and c.attribution)
    mine = [s for s in gold_reports()[0].sources if s.mentions and s.id != claim.speaker]
    assert claim.document == gold_reports()[0].document.id
    decide(case, claim.id, "speaker", {"source": mine[0].id})
    done = now(case)
    assert next(c for c in done.brief.claims if c.id == claim.id).speaker == mine[0].id
    assert any(mine[0].id in a.sources for q in done.brief.questions for a in q.accounts if claim.id in a.claims)
    decide(case, claim.id, "speaker", {"name": mine[0].name.upper()})
    assert now(case).conflicts == ()  # that is the same source
    decide(case, claim.id, "speaker", {"name": "Nobody  Known"})
    done = now(case)
    speaker = next(c for c in done.brief.claims if c.id == claim.id).speaker
    assert [s.name for s in done.brief.sources if s.id == speaker] == ["Nobody Known"]
    assert len(done.conflicts) == 2
    told(done.brief)
    other = next(s for s in gold_reports()[3].sources if s.mentions)
    with pytest.raises(ReviewError, match="of its own report"):
        decide(case, claim.id, "speaker", {"source": other.id})
    for wrong in ({}, None, {"name": "A", "source": mine[0].id}, {"name": " "}, {"name": "x" * 301}, {"name": 3}):
        with pytest.raises(ReviewError):
            decide(case, claim.id, "speaker", wrong)


def test_claims_move_between_accounts(case: Case) -> None:
    brief = kept(case)
    one, two = brief.questions[0].accounts
    far = brief.questions[1].accounts[0]
    decide(case, one.claims[0], "move", {"to": far.claims[0]})
    assert {*far.claims, one.claims[0]} in accounts(now(case).brief)
    decide(case, two.claims[1], "move", {"to": None})
    done = now(case)
    assert {two.claims[1]} in accounts(done.brief)
    assert [len(q.accounts) for q in done.brief.questions] == [3, 2]
    decide(case, one.claims[1], "move", {"to": two.claims[0]})
    done = now(case)
    assert [len(q.accounts) for q in done.brief.questions] == [2, 2]
    agreed = brief.agreed[0]
    decide(case, agreed.claims[0], "move", {"to": None})
    alone = brief.alone[0]
    decide(case, agreed.claims[1], "move", {"to": alone})
    done = now(case)
    assert agreed.claims[0] in done.brief.alone
    assert alone not in done.brief.alone
    assert [set(a.claims) for a in done.brief.agreed] == [{alone, agreed.claims[1]}]
    documents = len({c.document for c in brief.claims if c.id in (alone, agreed.claims[1])})
    put_together = Origins(1, documents, ("put together by a reviewer",), measured=documents == 1)
    assert done.brief.agreed[0].origins == put_together
    assert done.conflicts == ()
    told(done.brief)
    every = [c for a in (*done.brief.agreed, *(a for q in done.brief.questions for a in q.accounts)) for c in a.claims]
    assert len(every) == len(set(every))
    with pytest.raises(ReviewError, match="against itself"):
        decide(case, one.claims[0], "move", {"to": one.claims[0]})


def test_how_two_claims_stand_to_each_other(case: Case) -> None:
    brief = kept(case)
    known = brief.relations[1]
    strangers = brief.claims[0].id, brief.claims[9].id
    decide(case, known.b, "relation", {"other": known.a, "kind": "none"})
    decide(case, strangers[0], "relation", {"other": strangers[1], "kind": "disputes"}, note="plainly")
    stated = brief.relations[0]
    decide(case, stated.a, "relation", {"other": stated.b, "kind": stated.kind})
    done = now(case)
    relations = {(r.a, r.b): r for r in done.brief.relations}
    pair = min(strangers), max(strangers)
    assert (known.a, known.b) not in relations
    assert relations[pair] == Relation(a=pair[0], b=pair[1], kind="disputes", score=1, reason="review")
    assert done.notes == {":".join(pair): ("plainly",)}
    assert relations[stated.a, stated.b].stated == stated.stated
    assert relations[stated.a, stated.b].reason == "review"
    decide(case, strangers[1], "relation", {"other": strangers[0], "kind": "supports"})
    done = now(case)
    assert [c.reason for c in done.conflicts] == ["review 4 says otherwise"]
    with pytest.raises(ReviewError):
        decide(case, known.a, "relation", {"other": known.b, "kind": "hates"})


def test_persons_are_joined_and_parted(case: Case) -> None:
    brief = kept(case)
    a, b, c = (next(s.id for s in r.sources if s.mentions) for r in gold_reports()[2:5])
    merge = decide(case, a, "merge", {"with": b})
    decide(case, b, "merge", {"with": c}, note="the same spokesman")
    done = now(case)
    assert any({a, b, c} <= set(group) for group in done.brief.persons)
    assert done.brief.persons[: len(brief.persons)] == brief.persons
    decide(case, a, "split", {"from": c})
    done = now(case)
    assert not any({a, c} <= set(group) for group in done.brief.persons)
    assert any({b, c} <= set(group) for group in done.brief.persons)
    assert [(x.review, x.reason) for x in done.conflicts] == [(merge, "later reviews say otherwise")]
    decide(case, a, "name", {"name": "A. N. Other"})
    assert "A. N. Other" in {s.name for s in now(case).brief.sources}
    author = next(s for s in brief.sources if not s.mentions)
    with pytest.raises(ReviewError, match="mentioned nowhere"):
        decide(case, author.id, "name", {"name": "X"})


def people(*names: str, ones: tuple[str, ...] = ()) -> tuple[Brief, dict[str, Selector]]:
    """A brief of one report that names these, each by one letter; ones: who is one by it. And how they are found."""
    document = Document.of(" ".join(f"{name} spoke." for name in names))
    places = {name: document.text.index(name) for name in names}
    sources = {n: Source.of(document, n, mentions=(document.span(at, at + 1),)) for n, at in places.items()}
    brief = Brief(
        documents=(document,), sources=tuple(sources.values()), claims=(), relations=(), questions=(),
        persons=tuple(tuple(sources[n].id for n in group) for group in ones),
    )  # fmt: skip
    return brief, {name: selector_of(document, at, at + 1) for name, at in places.items()}


def after(brief: Brief, at: dict[str, Selector], *said: str) -> tuple[set[str], list[str], list[int]]:
    """Who is one, what each is called, and the numbers of what does not hold after decisions such as "A merge B"."""
    reviews = []
    for number, (one, action, other) in enumerate((line.split() for line in said), 1):
        value = (
            {{"merge": "with", "split": "from"}[action]: msgspec.to_builtins(at[other])} if action != "name" else None
        )
        reviews.append(log(action, at[one], value or {"name": other}, number, "source"))
    done = reviewed(brief, reviews)
    letter = {s.id: s.name for s in brief.sources}
    ones = {"".join(sorted(letter[s] for s in group)) for group in done.brief.persons if len(group) > 1}
    return ones, [s.name for s in done.brief.sources], [c.review.number for c in done.conflicts]


@pytest.mark.parametrize(
    ("said", "ones", "conflicts"),
    [
        (("A merge C", "A split C"), {"AB", "CD"}, [1]),  # B does not stay with C
        (("A merge C", "A split D"), {"AB", "CD"}, [1]),
        (("A merge C", "A split C", "A merge C"), {"ABCD"}, [2]),
        (("E merge A", "A merge C", "A split C"), {"ABE", "CD"}, [2]),
        (("A split B", "B merge A"), {"AB", "CD"}, [1]),
        (("A split B", "B merge C"), {"BCD"}, []),
    ],
)
def test_who_was_joined_and_parted_again_leaves_no_trace(
    said: tuple[str, ...], ones: set[str], conflicts: list[int]
) -> None:
    assert after(*people("A", "B", "C", "D", "E", ones=("AB", "CD")), *said)[::2] == (ones, conflicts)


@pytest.mark.parametrize(
    ("said", "names", "conflicts"),
    [
        (("A name X", "A merge B"), "XXC", []),
        (("A merge B", "A name X"), "XXC", []),
        (("A name X", "A merge B", "B name Y"), "YYC", [1]),
        (("A name X", "B name Y", "A merge B"), "YYC", [1]),
        (("A name X", "B name X", "A merge B"), "XXC", []),
        (("A merge B", "A name X", "A split B"), "XBC", [1]),
    ],
)
def test_everybody_who_is_one_is_called_what_was_said_last(
    said: tuple[str, ...], names: str, conflicts: list[int]
) -> None:
    assert after(*people("A", "B", "C"), *said)[1:] == (list(names), conflicts)


def test_a_move_or_a_relation_that_was_overruled_leaves_no_trace(case: Case) -> None:
    brief = kept(case)
    claim, agreed = brief.questions[0].accounts[0].claims[0], brief.agreed[0].claims[0]
    decide(case, claim, "move", {"to": None})
    alone = now(case).brief
    undo(case, 1)
    stated = brief.relations[0]
    decide(case, claim, "move", {"to": agreed})
    decide(case, stated.a, "relation", {"other": stated.b, "kind": "none"})
    decide(case, claim, "move", {"to": None})
    decide(case, stated.a, "relation", {"other": stated.b, "kind": stated.kind})
    decide(case, claim, "speaker", {"name": "Nobody Known"})
    decide(case, claim, "speaker", {"source": next(c.speaker for c in brief.claims if c.id == claim)})
    done = now(case)
    assert done.brief.questions == alone.questions and done.brief.agreed == brief.agreed
    assert next(r.stated for r in done.brief.relations if (r.a, r.b) == (stated.a, stated.b)) == stated.stated
    assert done.brief.sources == brief.sources
    assert [c.review.number for c in done.conflicts] == [3, 4, 7]


def test_a_question_is_called_otherwise(case: Case) -> None:
    review = decide(case, "q-1", "title", {"title": "How many came out?"})
    assert review.kind == "question"
    assert now(case).brief.questions[1].title == "How many came out?"
    assert [s.record for s in now(case).standing] == ["q-1"]
    for title in ("", " \n", "x" * 301):
        with pytest.raises(ReviewError, match="a title has 1 to 300 characters"):
            decide(case, "q-1", "title", {"title": title})


def test_undoing_and_undoing_that(case: Case) -> None:
    claim = kept(case).claims[0].id
    first = decide(case, claim, "reject")
    second = undo(case, first.number)
    assert now(case).states == {}
    with pytest.raises(ReviewError, match="undone already"):
        undo(case, first.number)
    third = undo(case, second.number)
    assert now(case).states == {claim: "rejected"}
    undo(case, third.number)
    assert now(case).states == {}
    assert now(case).conflicts == ()
    with pytest.raises(ReviewError, match="there is no review 99"):
        undo(case, 99)


def test_what_is_malformed_or_not_there_is_refused_and_nothing_is_logged(case: Case) -> None:
    claim, source = kept(case).claims[0].id, next(s.id for s in kept(case).sources if s.mentions)
    for record, action, value, note in (
        ("c-0", "accept", None, ""),
        ("", "accept", None, ""),
        ("q-9", "title", {"title": "A"}, ""),
        (claim, "accept", {"x": 1}, ""),
        (claim, "burn", None, ""),
        (claim, "merge", {"with": source}, ""),
        (source, "accept", None, ""),
        (claim, "note", None, ""),
        (claim, "note", None, "x" * 5_001),
        (claim, "note", None, "\ud800"),
        (claim, "speaker", {"name": "\ud800"}, ""),
        (claim, "move", {}, ""),
        (claim, "move", {"to": "c-0"}, ""),
        (claim, "move", {"to": source}, ""),
        (claim, "span", {"start": -1, "end": 3}, ""),
        (claim, "span", {"start": 3, "end": 3}, ""),
        (claim, "span", {"start": "x", "end": 3}, ""),
        (claim, "speaker", {"name": object()}, ""),
        (source, "merge", {"with": source}, ""),
        (source, "merge", {"with": claim}, ""),
    ):
        with pytest.raises(ReviewError) as error:
            decide(case, record, action, value, note)
        assert "\n" not in str(error.value)
        assert len(str(error.value)) < 300
    assert case.reviews() == ()


@pytest.mark.parametrize(
    "name",
    ["\u200b", "\ufeff", "\u2800", "\u3164", "\u0301", "\u202eAnn", "A\u2066b", "\0", "Ann\x1b[2J", "\U000e0041"],
)
def test_a_name_can_be_seen_and_controls_nothing(case: Case, name: str) -> None:
    claim, source = kept(case).claims[0].id, next(s.id for s in kept(case).sources if s.mentions)
    for record, action, field in (
        (claim, "speaker", "name"),
        (source, "name", "name"),
        (kept(case).questions[0].id, "title", "title"),
    ):
        with pytest.raises(ReviewError, match=f"a {field} has characters that can be seen"):
            decide(case, record, action, {field: name})
    assert case.reviews() == ()
    decide(case, claim, "speaker", {"name": "Zoe\u0301 \u0410\u043d\u043d\u0430 \u200f\u05d3 \u738b"})


def test_nothing_is_decided_before_a_brief(tmp_path: Path) -> None:
    with Case.open(tmp_path / "new.case", create=True) as case, pytest.raises(ReviewError, match="compare the case"):
        decide(case, "c-1", "accept")


def test_the_page_on_reviews_is_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[1] / "docs/review.md").read_text("utf-8")
    assert all(f"`{action}`" in page for _, action in LOGGED)
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    monkeypatch.chdir(case.path.parent)
    exec(compile(example, "review.md", "exec"), {})
    assert [r.action for r in case.reviews()] == ["accept", "relation", "undo"]


# After a rebuild


def test_a_claim_is_found_when_its_bounds_moved(case: Case) -> None:
    brief = kept(case)
    claim = next(c for c in brief.claims if len(c.spans) == 1 and len(c.spans[0].text) > 40 and c.attribution)
    document = next(d for d in brief.documents if d.id == claim.document)
    decide(case, claim.id, "reject")
    span = claim.spans[0]
    moved = Claim.of(document, (document.span(span.start + 7, span.end),), "as another model has it")
    again = Brief(documents=brief.documents, sources=(), claims=(moved,), relations=(), questions=())
    assert reviewed(again, case.reviews()).states == {moved.id: "rejected"}
    little = Claim.of(document, (document.span(span.end - 10, min(span.end + 30, len(document.text))),), "another")
    done = reviewed(msgspec.structs.replace(again, claims=(little,)), case.reviews())
    assert done.states == {}
    assert "no claim of the report has these words now" in done.conflicts[0].reason
    done = reviewed(msgspec.structs.replace(again, documents=()), case.reviews())
    assert done.conflicts[0].reason == "its report is not in the brief"
    other = Document.of("Quite another text.", digest=document.digest)
    done = reviewed(msgspec.structs.replace(again, documents=(other,), claims=()), case.reviews())
    assert "its words do not stand in the report" in done.conflicts[0].reason


def test_every_claim_is_found_by_a_model_that_draws_bounds_a_little_otherwise() -> None:
    brief, chance = plain_brief(), random.Random(1)
    documents = {d.id: d for d in brief.documents}
    ends = [selector_of(documents[c.document], c.spans[0].start, c.spans[-1].end) for c in brief.claims]
    moved = []
    for claim in brief.claims:
        document, start, end = documents[claim.document], claim.spans[0].start, claim.spans[-1].end
        if end - start > 12:
            start, end = max(0, start + chance.randint(-3, 3)), min(len(document.text), end + chance.randint(-3, 3))
        moved.append(msgspec.structs.replace(claim, spans=(document.span(start, end),)))
    log_ = [log("accept", at, number=n) for n, at in enumerate(ends, 1)]
    done = reviewed(msgspec.structs.replace(brief, claims=tuple(moved)), log_)
    assert [s.record for s in done.standing] == [c.id for c in brief.claims]
    assert done.conflicts == ()


TEXT = "Ana said the bridge was safe. Bo said it was not. The mayor denied that engineers had warned of cracks in it."
DOCUMENT = Document.of(TEXT)


def of(words: str) -> Claim:
    at = TEXT.index(words)
    return Claim.of(DOCUMENT, (DOCUMENT.span(at, at + len(words)),), words, attribution=f"a-{at}")


def small() -> Brief:
    claims = [
        of(w) for w in ("the bridge was safe", "it was not", "that engineers had warned of cracks", "cracks in it")
    ]
    own = [Account(id=f"k-{c.id}", title=c.text, claims=(c.id,), sources=(), origins=Origins(1, 1)) for c in claims]
    question = Question(id="q-safe", title="Safe?", accounts=tuple(own[:3]))
    bo = TEXT.index("Bo")
    sources = (
        Source.of(DOCUMENT, "Ana", mentions=(DOCUMENT.span(0, 3),)),
        Source.of(DOCUMENT, "Bo", mentions=(DOCUMENT.span(bo, bo + 2),)),
    )
    return Brief(
        documents=(DOCUMENT,), sources=sources, claims=tuple(claims), relations=(), questions=(question,),
        alone=(claims[3].id,),
    )  # fmt: skip


def test_an_account_that_is_touched_still_says_that_it_denies() -> None:
    words = "that engineers had warned of cracks in it"
    at = TEXT.index(words)
    denies = Claim.of(DOCUMENT, (DOCUMENT.span(at, at + len(words)),), words, attribution="a", position="denies")
    other, says = of("the bridge was safe"), of(words)
    origins = Origins(1, 1)
    sides = [
        Account(id="k-denies", title=titled(denies), claims=(denies.id, other.id), sources=(), origins=origins),
        Account(id="k-says", title=titled(says), claims=(says.id,), sources=(), origins=origins),
    ]
    assert [a.title for a in sides] == [f"{words[5:]} (denied)", words[5:]]
    brief = msgspec.structs.replace(
        small(), claims=(denies, other, says), questions=(Question(id="q-1", title="?", accounts=tuple(sides)),),
        alone=(),
    )  # fmt: skip
    at_denial = selector_of(DOCUMENT, denies.spans[0].start, denies.spans[0].end)

    def titles(*decisions: tuple[str, Any]) -> list[str]:
        reviews = [log(action, at_denial, value, n) for n, (action, value) in enumerate(decisions, 1)]
        return sorted(a.title for q in reviewed(brief, reviews).brief.questions for a in q.accounts)

    assert titles(("speaker", {"name": "Paul Drey"})) == titles() == sorted(a.title for a in sides)
    moved = titles(("move", {"to": None}))
    assert moved == sorted((f"{words[5:]} (denied)", other.text, words[5:]))
    assert titles(("reject", None)) == sorted((other.text, words[5:]))


def test_a_claim_that_has_less_than_half_of_the_words_is_another() -> None:
    words = "Bo said it was not. The mayor"
    start = TEXT.index(words)
    end = start + len(words)
    for share, states in ((0.4, []), (0.6, ["rejected"])):
        moved = Claim.of(DOCUMENT, (DOCUMENT.span(at := end - round(len(words) * share), at + len(words)),), "moved")
        brief = msgspec.structs.replace(small(), claims=(moved,), questions=(), alone=())
        assert list(reviewed(brief, [log("reject", selector_of(DOCUMENT, start, end))]).states.values()) == states


def test_one_text_under_two_mastheads(tmp_path: Path) -> None:
    text = "Rosa Minter, the mayor, said that nine people were hurt."
    mastheads = [Document.of(text, outlet=outlet) for outlet in ("Alpha", "Beta")]
    end = len("Rosa Minter")
    with Case.open(tmp_path / "two.case", create=True) as case:
        sources, claims = [], []
        for d in mastheads:
            sources.append(Source.of(d, "Rosa Minter", named=True, mentions=(d.span(0, end),)))
            claims.append(Claim.of(d, (d.span(0, len(text)),), text))
            case.put(Report(d, sources=(sources[-1],)), text.encode())
        case.save(
            Brief(documents=tuple(mastheads), sources=tuple(sources), claims=tuple(claims), relations=(), questions=())
        )
        decide(case, claims[1].id, "reject")
        decide(case, claims[1].id, "speaker", {"source": sources[1].id})
        decide(case, claims[1].id, "relation", {"other": claims[0].id, "kind": "supports"})
        decide(case, sources[1].id, "name", {"name": "R. Minter"})
        with pytest.raises(ReviewError, match="of its own report"):
            decide(case, claims[1].id, "speaker", {"source": sources[0].id})
        done = now(case)
        assert done.states == {claims[1].id: "rejected"} and done.conflicts == ()
        assert [c.speaker for c in done.brief.claims] == [None, sources[1].id]
        assert [s.name for s in done.brief.sources] == ["Rosa Minter", "R. Minter"]
        for number in (1, 5):  # an undo is of the same report, and can be undone
            off = undo(case, number)
            assert logged(off)[0].document == mastheads[1].id
            assert now(case).states == ({} if number == 1 else {claims[1].id: "rejected"})
            assert not any(c.review.action == "undo" for c in now(case).conflicts)
        old = log("reject", selector_of(mastheads[0], 0, len(text)))  # as they were logged before: of the first one
        assert reviewed(kept(case), [old]).states == {claims[0].id: "rejected"}


def test_two_claims_that_became_one() -> None:
    brief = small()
    ends = [selector_of(DOCUMENT, c.spans[0].start, c.spans[0].end) for c in brief.claims]
    one = of("that engineers had warned of cracks in it")
    merged = msgspec.structs.replace(brief, claims=(*brief.claims[:2], one), questions=(), alone=())
    done = reviewed(
        merged,
        [
            log("accept", ends[2], number=1),
            log("reject", ends[3], number=2),
            log("relation", ends[2], {"other": msgspec.to_builtins(ends[3]), "kind": "disputes"}, 3, "relation"),
            log("move", ends[2], {"to": msgspec.to_builtins(ends[3])}, 4),
        ],
    )
    assert done.states == {one.id: "rejected"}
    assert [(c.review.number, c.reason) for c in done.conflicts] == [
        (1, "review 2 says otherwise"), (3, "both are one claim now"), (4, "both are one claim now"),
    ]  # fmt: skip


SELECTORS = [selector_of(DOCUMENT, c.spans[0].start, c.spans[0].end) for c in small().claims]
SELECTORS += [Selector("sha256:0", "gone"), Selector(DOCUMENT.digest, "never said"), Selector(DOCUMENT.digest, "")]
SELECTORS += [selector_of(DOCUMENT, 0, 3), selector_of(DOCUMENT, TEXT.index("Bo"), TEXT.index("Bo") + 2)]
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=2))
SELECTOR = st.sampled_from(SELECTORS)
BUILT = SELECTOR.map(msgspec.to_builtins)
SAID = st.text(max_size=6) | st.sampled_from(HOSTILE)
VALUE = st.one_of(
    st.none(), JSON, st.fixed_dictionaries({"name": SAID}), st.fixed_dictionaries({"title": SAID}),
    st.fixed_dictionaries({"source": BUILT}), st.fixed_dictionaries({"to": st.none() | BUILT}),
    st.fixed_dictionaries({"with": BUILT}), st.fixed_dictionaries({"from": BUILT}),
    st.fixed_dictionaries({"other": BUILT, "kind": st.sampled_from(["supports", "disputes", "none", "x"])}),
    st.fixed_dictionaries({"number": st.integers(-2, 12) | st.text(max_size=2) | st.lists(st.none())}),
    st.sampled_from(["bridge was safe", "Bo said", "never"]).map(lambda w: {"exact": w, "prefix": "", "suffix": ""}),
)  # fmt: skip
ACTION = st.sampled_from(
    ["accept", "reject", "span", "speaker", "move", "note", "merge", "split", "name", "relation", "title", "undo", "x"]
)
KIND = st.sampled_from(["claim", "source", "relation", "question", "other"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(ACTION, SELECTOR, VALUE, KIND, st.text(max_size=3)), max_size=12))
def test_whatever_the_log_holds_every_decision_holds_or_is_a_conflict(rows: list[Any]) -> None:
    reviews = [log(a, s, v, n, k, note) for n, (a, s, v, k, note) in enumerate(rows, 1)]
    brief = small()
    done = reviewed(brief, reviews)
    off = undone(reviews)
    told_of = [c.review.number for c in done.conflicts] + [s.review.number for s in done.standing]
    assert len(told_of) == len(set(told_of))
    assert set(told_of) >= {r.number for r in reviews if r.number not in off and r.action != "undo"}
    assert not off & set(told_of)
    assert [c.id for c in done.brief.claims] == [c.id for c in brief.claims]
    held = [c for a in done.brief.agreed for c in a.claims] + list(done.brief.alone)
    held += [c for q in done.brief.questions for a in q.accounts for c in a.claims]
    assert len(held) == len(set(held))
    assert set(held) == {c.id for c in brief.claims} - done.rejected
    assert all(len(q.accounts) > 1 for q in done.brief.questions)
    assert reviewed(brief, reviews) == done
    told(done.brief)


def planted(case: Case, record: str, action: str, field: str, text: str) -> None:
    """Log a decision with a text that nobody may decide on, as a case of somebody else may hold it."""
    r = decide(case, record, action, {field: "Ann"})
    undo(case, r.number)
    value = {**r.value, field: text}
    case.review(r.kind, r.digest, r.exact, r.action, prefix=r.prefix, suffix=r.suffix, value=value)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_as_they_are(case: Case, text: str) -> None:
    claim, source = kept(case).claims[0].id, next(s.id for s in kept(case).sources if s.mentions)
    name = text[:300]
    decide(case, claim, "note", note=text[:5_000])
    planted(case, claim, "speaker", "name", name)
    planted(case, source, "name", "name", name)
    planted(case, "q-1", "title", "title", name)
    done = now(case)
    assert done.notes == {claim: (text[:5_000],)}
    assert done.conflicts == ()
    assert done.brief.questions[1].title == " ".join(name.split())


def test_twins_are_decided_on_by_one_of_them(case: Case) -> None:
    brief = brief_of(gold_reports())
    case.save(brief)
    hulls = [(c.document, c.spans[0].start, c.spans[-1].end) for c in brief.claims]
    twin = next(n for n, hull in enumerate(hulls) if hulls.index(hull) < n)
    first = brief.claims[hulls.index(hulls[twin])].id
    with pytest.raises(ReviewError, match=f"are those of {first} too; decide about that one"):
        decide(case, brief.claims[twin].id, "reject")
    decide(case, first, "reject")
    assert now(case).states == {first: "rejected"}


# The log


def test_two_writers_lose_nothing(case: Case) -> None:
    claims = [c.id for c in kept(case).claims[:20]]
    failed: list[BaseException] = []

    def write(action: str) -> None:
        try:
            with Case.open(case.path) as mine:
                for claim in claims:
                    decide(mine, claim, action)
        except BaseException as e:
            failed.append(e)

    writers = [threading.Thread(target=write, args=(action,)) for action in ("accept", "reject")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    log = case.reviews()
    assert [r.number for r in log] == list(range(1, 41))
    assert sorted(r.action for r in log) == ["accept"] * 20 + ["reject"] * 20
    done = now(case)
    assert (len(done.conflicts), len(done.standing)) == (20, 20)


WRITER = """
import sys
from reportedly.case import Case
from reportedly.review import decide
with Case.open(sys.argv[1]) as case:
    for claim in sys.argv[2:]:
        print(decide(case, claim, "accept").number, flush=True)
"""


def test_a_kill_keeps_every_confirmed_decision(case: Case) -> None:
    chance, confirmed = random.Random(3), 0
    claims = [c.id for c in kept(case).claims]
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(case.path), *claims], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 8)):
            confirmed = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        for line in process.communicate()[0].splitlines():
            confirmed = int(line)
        numbers = [r.number for r in case.reviews()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= confirmed
        assert now(case).conflicts == ()


def test_decisions_survive_another_reading(case: Case, tmp_path: Path) -> None:
    """A new case of the same files, with other ids for everything but the documents."""
    brief = kept(case)
    picked = [q.accounts[0].claims[0] for q in brief.questions]
    decide(case, picked[0], "reject")
    decide(case, "q-1", "title", {"title": "Who knew?"})
    decide(case, picked[1], "relation", {"other": picked[0], "kind": "supports"})
    with Case.open(tmp_path / "again.case", create=True) as again:
        reports = [Report(r.document, r.attributions, r.sources) for r in reversed(gold_reports())]
        for report in reports:
            again.put(report, original(report))
        other = {c.id: f"c-{n:016x}" for n, c in enumerate(brief.claims)}
        swapped = msgspec.json.encode(brief).decode()
        for old, new in other.items():
            swapped = swapped.replace(old, new)
        done = reviewed(msgspec.json.decode(swapped, type=Brief), case.reviews())
    assert done.states == {other[picked[0]]: "rejected"}
    assert done.brief.questions[1].title == "Who knew?"
    assert done.conflicts == ()
