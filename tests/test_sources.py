"""Who is behind each statement: identity, kind, role, chain, on sentences of our own and on the demo case."""

import json
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly
from benchmarks import sources as measured
from reportedly import Document, Report, Source
from reportedly.cast import Cast, Group, _whole_bodies, _with_surnames, names_of
from reportedly.engine import verify
from reportedly.ingest import ingest
from reportedly.mentions import Form, Mention, mention_of
from reportedly.reader import default_reader
from reportedly.resolver import MODELS, Candidate, candidates, default_resolver
from reportedly.sources import _name, _whom

DEMO = Path(__file__).parents[1] / "demo"
GOLD: dict[str, Any] = json.loads((Path(__file__).parent / "data/demo_gold.json").read_text("utf-8"))

TEXT = (
    "Dana Whitlock, director of a relief agency in Port Amery, said the harbour had been closed since Monday. "
    "She told the Army Times that nobody had warned the crews.\n\n"
    "A senior official, who was not authorised to speak to the press, said the closure would last a month. "
    "“We have no choice,” the official said.\n\n"
    "Whitlock said that was absurd."
)


def speakers(report: Report) -> list[tuple[str, Source | None]]:
    by_id = {s.id: s for s in report.sources}
    return [(a.content[0].text, by_id.get(a.speaker or "")) for a in report.attributions]


@pytest.fixture(scope="module")
def report() -> Report:
    return reportedly.read(TEXT, outlet="The Amery Post")


def test_a_pronoun_and_a_surname_are_the_person_named_before(report: Report) -> None:
    who = {
        s.name
        for content, s in speakers(report)
        if s and ("harbour" in content or "crews" in content or "absurd" in content)
    }
    assert who == {"Dana Whitlock"}


def test_role_kind_and_name(report: Report) -> None:
    (whitlock,) = (s for s in report.sources if s.name == "Dana Whitlock")
    assert (whitlock.kind, whitlock.named) == ("person", True)
    assert whitlock.role and whitlock.role.startswith("director of a relief agency")
    assert [TEXT[s.start : s.end] for s in whitlock.role_spans] == [whitlock.role]


def test_an_outlet_that_relays_is_not_given_its_neighbours_role(report: Report) -> None:
    (times,) = (s for s in report.sources if s.name == "Army Times")
    assert times.role is None


def test_an_unnamed_source_stays_one_and_says_why_it_is_unnamed(report: Report) -> None:
    unnamed = {s.id: s for content, s in speakers(report) if s and ("month" in content or "choice" in content)}
    (source,) = unnamed.values()
    assert not source.named
    assert source.official
    assert "not authorised to speak" in source.anonymity[0].text


def test_the_chain_runs_from_the_outlet_over_who_relays_to_the_speaker(report: Report) -> None:
    name = {s.id: s.name for s in report.sources}
    (told,) = (a for a in report.attributions if "crews" in a.content[0].text)
    assert [name[link.source] for link in told.chain] == ["The Amery Post", "Army Times", "Dana Whitlock"]
    assert told.chain[1].spans[0].text == "Army Times"


def test_two_who_speak_together_are_one_source_of_two() -> None:
    report = reportedly.read("Sen. Olive Marsh and Gov. Peter Dane said on Friday that the levee would hold.")
    by_id = {s.id: s for s in report.sources}
    (a,) = report.attributions
    joint = by_id[a.speaker or ""]
    assert (joint.kind, joint.named) == ("group", True)
    assert [by_id[m].name for m in joint.members] == ["Olive Marsh", "Peter Dane"]


def test_two_people_of_one_surname_stay_two() -> None:
    report = reportedly.read("Ada Brandt said the pier was safe. Carl Brandt said the pier was rotten.")
    assert [s.name for _, s in speakers(report) if s] == ["Ada Brandt", "Carl Brandt"]


def test_every_link_names_a_source_of_the_report() -> None:
    for file in ("harbour-courier.txt",):
        report = ingest_and_read(file)
        ids = {s.id for s in report.sources}
        assert len(ids) == len(report.sources)
        for a in report.attributions:
            assert a.chain
            assert {link.source for link in a.chain} <= ids
            assert a.speaker is None or a.chain[-1].source == a.speaker
        for s in report.sources:
            assert set(s.members) <= ids


def ingest_and_read(file: str) -> Report:
    return reportedly.read_bytes((DEMO / file).read_bytes(), file)


def test_sources_on_the_demo() -> None:
    sums = measured.Tally()
    for d in GOLD["documents"]:
        document = ingest((DEMO / d["file"]).read_bytes(), d["file"]).document
        rows = [{**a, "entity": a["speaker"] or "(none)"} for a in d["attributions"]]
        resolved = reportedly.resolve_sources(document, measured.given(document, rows))
        sums = sums.plus(measured.tally(resolved, rows))
    values = sums.values()
    assert values["entity"] > 75, values
    assert values["kind"] > 75, values


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"cue": ()}, "no cue"),
        ({"within": "a-0"}, "not given"),
        ({"content": (reportedly.Span(start=0, end=4, text="Dane"),)}, "'Dane' does not stand at 0 to 4"),
    ],
)
def test_attributions_that_cannot_be_are_told_of(report: Report, change: dict[str, Any], wrong: str) -> None:
    some = msgspec.structs.replace(report.attributions[0], **change)
    with pytest.raises(ValueError, match=wrong):
        reportedly.resolve_sources(report.document, [some])


def test_attributions_in_a_circle_or_given_twice_are_told_of(report: Report) -> None:
    one, other, *_ = report.attributions
    circle = [msgspec.structs.replace(a, within=b.id) for a, b in ((one, other), (other, one))]
    with pytest.raises(ValueError, match="within itself"):
        reportedly.resolve_sources(report.document, circle)
    with pytest.raises(ValueError, match="twice"):
        reportedly.resolve_sources(report.document, [one, one])


def test_mentions_are_ranked_in_parts_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "\n\n" + TEXT
    sight = default_resolver().sight()
    default_reader().read(Document.of(text), see=sight.see)
    places = [Candidate(m, sight.word(m.start), n) for n, m in enumerate(sight.names(text))]
    asked = {i: candidates(places, i)[: i % 3] for i in range(len(places))}
    assert sum(map(bool, asked.values())) > 3 and not all(asked.values())
    monkeypatch.setattr("reportedly.resolver.AT_ONCE", 2)
    parts = sight.ranked(text, places, asked)
    alone = {i: sight.ranked(text, places, {i: js})[i] for i, js in asked.items()}
    assert {i: len(x) for i, x in parts.items()} == {i: len(js) for i, js in asked.items()}
    for i, expected in alone.items():  # in 8 bits, of the range of what is ranked together
        np.testing.assert_allclose(parts[i], expected, atol=0.1)


@given(st.text(alphabet=st.sampled_from("Aa \n.,“”\"'’()éB-1–"), max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text_has_sources_that_lie_in_it(text: str) -> None:
    Report.from_json(reportedly.read(text).to_json())


def test_bcubed() -> None:
    assert measured.bcubed([("a", "x"), ("a", "x"), ("b", "x")]) == (2 / 3 + 2 / 3 + 1 / 3, 3.0)


def test_the_resolver_is_that_of_its_card() -> None:
    assert verify(MODELS) == []


def test_names_that_a_phrase_introduces_are_names() -> None:
    for said in (
        "The head of Lorrand Ports, Dirk Nevdock, said that the crane had failed.",
        "According to Dirk Nevdock, the harbour master, the crane had failed.",
    ):
        report = reportedly.read(said)
        speakers = {s.id: s for s in report.sources}
        assert [speakers[a.speaker or ""].name for a in report.attributions] == ["Dirk Nevdock"]


def test_long_names_are_read_in_time() -> None:
    began = time.process_time()
    reportedly.read("“The bridge is closed for good,” said " + " ".join(c + c.lower() * 300 for c in "ABC") + ".")
    assert time.process_time() - began < 5


def meant(text: str, said: str, names: dict[str, Form]) -> str:
    """Which of the names of a text, the last of which the ranking likes most, its last such phrase is taken to mean."""
    found = [Mention(text.index(n), text.index(n) + len(n), form) for n, form in names.items()]
    cast = Cast(Document.of(text), found)
    at = text.rindex(said)
    met = [(cast.of[m.start, m.end], 1.0 + i, m.start) for i, m in enumerate(found)]
    group = _whom(text, mention_of(text, at, at + len(said), ()), met, cast)
    assert group
    return text[group.names[0].start : group.names[0].end] if group.names else "somebody new"


def test_a_name_is_never_a_body_of_other_words() -> None:
    assert meant("Tarle Hospital shut. Moss Mill said no.", "Moss Mill", {"Tarle Hospital": "ORGANIZATION"}) == (
        "somebody new"
    )
    text = "The Lorrand Port Trust met. The LPT agreed. The Lorrand office said no. The trust said no."
    for said in ("The LPT", "The Lorrand office", "The trust"):
        assert meant(text, said, {"Lorrand Port Trust": "ORGANIZATION"}) == "Lorrand Port Trust"


def test_only_an_outlet_is_the_newspaper_and_none_is_the_trust() -> None:
    text = "The Cassby Argus saw the Lorrand Port Trust. The newspaper asked. The trust said no. The council said no."
    both: dict[str, Form] = {"Cassby Argus": "ORGANIZATION", "Lorrand Port Trust": "ORGANIZATION"}
    turned = dict(reversed(both.items()))
    assert [meant(text, "The newspaper", names) for names in (both, turned)] == ["Cassby Argus"] * 2
    assert [meant(text, "The trust", names) for names in (both, turned)] == ["Lorrand Port Trust"] * 2
    assert meant(text, "The council", {"Cassby Argus": "ORGANIZATION"}) == "somebody new"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("Nurses Without Pay", "The Ministry of Health"),
        ("Lindish foreign ministry", "The Foreign Office in Tarle"),
        ("Ministry of Health", "The interior ministry"),
        ("Tarle Port Authority", "The port authority of Lisk"),
        ("Trade Supervision Office", "The harbour ministry"),
        ("Lorrand Party", "The commission"),
        ("Tarle Police", "The agency"),
        ("Cassby Argus", "The national ice service"),
        ("Corvale Supporters Trust", "The club"),
        ("Riders Association", "The company"),
    ],
)
def test_a_body_is_not_one_of_another_kind_nor_another_of_its_kind(named: str, said: str) -> None:
    assert meant(
        f"The {named} met. {said} said no.", said.split(" of ")[0].split(" in ")[0], {named: "ORGANIZATION"}
    ) == ("somebody new")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("Lindish Ministry of Health", "The health ministry"),
        ("Iraqi Health Ministry", "The health ministry of Iraq"),
        ("Lorrand Bloc", "The party"),
        ("Tarle Inspectorate", "The agency"),
        ("Arrow Bank", "The company"),
        ("Cassby Argus", "The news service"),
        ("MoH", "The ministry"),
        ("Tarle Health Trust", "The hospital"),
        ("Tarle Teachers Association", "The union"),
    ],
)
def test_a_body_may_be_called_less_or_of_a_wider_kind(named: str, said: str) -> None:
    assert meant(f"The {named} met. {said} said no.", said.split(" of ")[0], {named: "ORGANIZATION"}) == named


def test_what_stands_in_brackets_behind_a_name_is_a_body() -> None:
    text = "Nurses Without Pay (NWP) met. NWP said no."
    names = [Mention(0, 18, "ORGANIZATION"), Mention(20, 23, "PERSON"), Mention(30, 33, "PERSON")]
    found, _ = names_of(Document.of(text), (), names, ())
    assert len(set(map(id, Cast(Document.of(text), found).of.values()))) == 1


def test_a_pronoun_is_nobody_who_only_comes_up_in_a_later_paragraph() -> None:
    both: dict[str, Form] = {"Dana Whitlock": "PERSON", "Ruth Nevdock": "PERSON"}
    assert meant("Dana Whitlock lost. So she said.\n\nRuth Nevdock won.", "she", both) == "Dana Whitlock"
    assert meant("Dana Whitlock lost. So she said, Ruth Nevdock told us.", "she", both) == "Ruth Nevdock"
    assert meant("So she said.\n\nRuth Nevdock and Dana Whitlock won.", "she", both) == "Ruth Nevdock"


def test_her_husband_is_not_she() -> None:
    names: dict[str, Form] = {"Mrs Ada Roe": "PERSON"}
    assert meant("Mrs Ada Roe sang. Her husband slept.", "Her husband", names) == "somebody new"
    assert meant("Mrs Ada Roe sang. His wife slept.", "His wife", names) == "Mrs Ada Roe"


def test_a_surname_is_a_name_wherever_it_stands_alone() -> None:
    text = "Dana Whitlock and Ann Price met. Whitlock lost. Price asked the price. A van Whitlock, Whitlock-Roe."
    names = [Mention(text.index(n), text.index(n) + len(n), "PERSON") for n in ("Dana Whitlock", "Ann Price")]
    assert [text[m.start : m.end + 5] for m in _with_surnames(text, names)[2:]] == ["Whitlock lost"]


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("The General Dockers' Union met.", {"Union": "ORGANIZATION"}, "General Dockers' Union"),
        ("Tarle Port Trust", {"Tarle": "PERSON", "Port": "ORGANIZATION", "Trust": "PERSON"}, "Tarle Port Trust"),
        ("The Council for Ports", {"Council": "ORGANIZATION", "Ports": "ORGANIZATION"}, "Council for Ports"),
        ("He told the Tarle Board.", {"Board": "ORGANIZATION"}, "Tarle Board"),
        ("On Monday Congress met.", {"Congress": "ORGANIZATION"}, "Congress"),
        ("Because Congress met.", {"Congress": "ORGANIZATION"}, "Congress"),
        ("President Whitlock's Treasury met.", {"Treasury": "ORGANIZATION"}, "Treasury"),
        ("Dana Whitlock Treasury", {"Dana Whitlock": "PERSON", "Treasury": "ORGANIZATION"}, "Treasury"),
    ],
)  # fmt: skip
def test_a_body_has_its_whole_name(text: str, parts: dict[str, Form], whole: str) -> None:
    names = [Mention(text.index(n), text.index(n) + len(n), form) for n, form in parts.items()]
    assert [text[m.start : m.end] for m in _whole_bodies(text, names, ()) if m.form == "ORGANIZATION"] == [whole]


def test_no_outlet_has_its_own_report_from_itself() -> None:
    text = "Dana Whitlock told the Gazette on Monday that the harbour was closed. The Lorrand Gazette has asked why."
    chains = []
    for outlet in ("The Cassby Argus", "The Lorrand Gazette"):
        report = reportedly.read(text, outlet=outlet)
        name = {s.id: s.name for s in report.sources}
        chains.append([name[link.source] for link in report.attributions[0].chain])
    assert chains == [
        ["The Cassby Argus", "Lorrand Gazette", "Dana Whitlock"],
        ["The Lorrand Gazette", "Dana Whitlock"],
    ]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("A senior manager, who did not", "A senior manager"),
        ("An official at the port, speaking", "An official at the port"),
        ("A guard who wouldn't", "A guard"),
        ("Two people who know the port,", "Two people who know the port"),
        ("An inspector who took part in that check, and", "An inspector who took part in that check"),
        ("An inspector who knew the port, and who", "An inspector who knew the port"),
        ("the club's", "the club"),
    ],
)
def test_a_name_does_not_end_in_the_first_words_of_a_clause(phrase: str, name: str) -> None:
    group = Group(described=[Mention(0, 5, "description")], phrases=[(0, len(phrase))])
    assert _name(phrase, group, {}) == name


def test_who_takes_up_a_phrase_without_the_and_before_it() -> None:
    text = "They met. A guard who ran to port, and who"
    group = _whom(text, Mention(len(text) - 3, len(text), "who"), (), Cast(Document.of(text), []))
    assert group and group.called == "A guard who ran to port"


def test_the_trust_is_the_one_trust_that_is_named() -> None:
    text = (
        "The Tarle Port Trust met Ann Roe. The Cassby Fund met. The trust said no. The fund said no. The board said no."
    )
    names: dict[str, Form] = {"Tarle Port Trust": "ORGANIZATION", "Cassby Fund": "ORGANIZATION", "Ann Roe": "PERSON"}
    said = ("The trust", "The fund", "The board")
    assert [meant(text, s, names) for s in said] == ["Tarle Port Trust", "Cassby Fund", "Ann Roe"]
    text = "The Tarle Trust met. The Cassby Trust met. The Trust said no."
    cast = Cast(
        Document.of(text),
        [Mention(4, 15, "ORGANIZATION"), Mention(25, 37, "ORGANIZATION"), Mention(47, 52, "ORGANIZATION")],
    )
    assert len(set(map(id, cast.of.values()))) == 3
    cast = Cast(Document.of(text), [Mention(4, 15, "ORGANIZATION"), Mention(47, 52, "ORGANIZATION")])
    assert len(set(map(id, cast.of.values()))) == 1


def test_a_body_that_the_text_calls_one_has_its_short_name_too() -> None:
    text = "Brannick Civil, a contractor, replaced the bearings. Brannick denied it. Ann Roe, a nurse, saw it."
    names = [Mention(0, 14, "PERSON"), Mention(53, 61, "PERSON"), Mention(73, 80, "PERSON")]
    found, _ = names_of(Document.of(text), (), names, ())
    assert [m.form for m in found] == ["ORGANIZATION", "ORGANIZATION", "PERSON"]
    cast = Cast(Document.of(text), found)
    assert cast.of[0, 14] is cast.of[53, 61] is not cast.of[73, 80]


def test_an_outlets_account_is_the_outlets() -> None:
    text = (
        "The Washington Post’s report claims that the ferry was full.\n\nThe Washington Post says that nobody counted"
        " the passengers.\n"
    )
    assert {s.name for _, s in speakers(reportedly.read(text)) if s} == {"Washington Post"}


@pytest.mark.parametrize(
    ("text", "mr", "mrs"),
    [
        ("Ada Roe, a pilot, left. Her husband, Colm Roe, waited.\n\nMrs Roe slept.\n\nMr Roe sang.", "Colm", "Ada"),
        ("Colm Roe and his wife, Ada Roe, met.\n\nMr Roe sang.\n\nMrs Roe slept.", "Colm", "Ada"),
        ("Ada Roe sang.\n\nColm Roe left. Mr Roe slept.\n\nMs Roe stayed.", "Colm", "Ada"),
        ("Ada Roe met Colm Roe.\n\nMr Roe sang.\n\nMrs Roe slept.", "", ""),  # nobody says which is which
        ("Mrs Ada Roe sang. Mr Roe sang.\n\nMrs Roe slept.", "", "Ada"),
    ],
)
def test_mr_and_mrs_of_one_surname_are_two(text: str, mr: str, mrs: str) -> None:
    names = [Mention(m.start(), m.end(), "PERSON") for m in re.finditer(r"(?:(?:Ada|Colm|Ms) )?Roe", text)]
    cast = Cast(Document.of(text), names)

    def who(title: str) -> Group:
        at = next(m for m in re.finditer(title, text))
        return next(g for (start, end), g in cast.of.items() if at.start() <= start and end == at.end())

    assert who("Mr Roe") is not who("(?:Mrs|Ms) Roe")
    for title, first in (("Mr Roe", mr), ("(?:Mrs|Ms) Roe", mrs)):
        person = who(title).person
        assert person and person.given == first


def test_whoever_speaks_is_not_whom_the_quotation_calls_by_the_given_name() -> None:
    report = reportedly.read(
        "Mayor Colm Roe said on Monday that the tape was a fake.\n\n“I was in Tarle with Ada,” Roe told reporters."
        "\n\nRoe said that he would sue.\n\nAda Roe said she had kept the tickets. “Colm was with me,” Mrs Roe said."
    )
    said = ["Colm Roe", "Colm Roe", "Colm Roe", "Ada Roe", "Ada Roe"]
    assert [s and s.name for content, s in speakers(report)] == said


@pytest.mark.parametrize("who", ["Joan Sallis, the mayor of Corvale,", "Joan Sallis, the mayor,", "Mayor Joan Sallis"])
def test_an_office_with_its_place_is_no_name(who: str) -> None:
    """A capital in "of X" makes no name of what somebody does."""
    report = reportedly.read(
        f"{who} said the bridge was safe.\n\nThe mayor of Corvale said later that it would be closed."
    )
    assert {s.name for s in report.sources if s.kind != "author"} == {"Joan Sallis"}
