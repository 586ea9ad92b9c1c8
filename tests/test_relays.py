"""What may carry a statement, and through what each came, on sentences of our own."""

import math

import msgspec
import pytest

import reportedly
from reportedly import Report
from reportedly.carriers import carriers_in
from reportedly.outlets import find_outlets
from reportedly.relays import WEIGHTS, Model, default_model, weighed


def named(text: str) -> list[tuple[str, str]]:
    """(sort, name) of every carrier of a text."""
    return [(c.sort, c.name) for c in carriers_in(text, list(find_outlets(text)))]


@pytest.mark.parametrize(
    ("text", "carriers"),
    [
        ("Roe told Reuters in a statement that it was shut.", [("outlet", "Reuters"), ("message", "statement")]),
        ("She spoke on WXYZ radio in Amery.", [("show", "WXYZ radio")]),
        ("He told KQED-FM so.", [("outlet", "KQED-FM")]),
        ("Roe told Fox 35 in Amery that it was shut.", [("outlet", "Fox 35")]),
        ("A Monmouth poll found that 42 percent agreed.", [("survey", "Monmouth poll")]),
        ("“Closed,” the mayor tweeted.", [("social", "Twitter")]),
        ("He told CNN’s “Amery Tonight” so.", [("outlet", "CNN"), ("show", "Amery Tonight")]),
        ("She emailed reporters.", [("message", "email")]),
        ("In her memoir, “A Long Road,” she denied it.", [("writing", "memoir, “A Long Road,”")]),
        ("Her private email server was found.", []),
        ("Polls show a close race.", [("survey", "Polls")]),
    ],
)
def test_what_a_text_names_that_may_carry_a_statement(text: str, carriers: list[tuple[str, str]]) -> None:
    assert named(text) == carriers


def test_a_bare_document_is_the_last_one_of_its_kind() -> None:
    text = "She wrote a letter to the council. The letter says so. He sent a letter too."
    first, again, other = carriers_in(text, [])
    assert first.key == again.key == "letter"
    assert other.key == "letter"
    text = "In a June letter to Parliament he agreed. The letter says so. A letter from the mayor does not."
    first, again, other = (c for c in carriers_in(text, []) if c.head == "letter")
    assert first.key == again.key != other.key


def relays(report: Report) -> list[list[str]]:
    """The names between report and speaker of each attribution."""
    name = {s.id: s.name for s in report.sources}
    return [[name[link.source] for link in a.chain[1:-1]] for a in report.attributions]


def test_the_words_of_a_sentence_say_who_relays() -> None:
    report = reportedly.read("“The bridge is shut,” Mayor Jane Roe told Reuters on Friday.\n", outlet="The Amery Post")
    assert relays(report) == [["Reuters"]]
    report = reportedly.read("“The bridge is shut,” Mayor Jane Roe said in a statement on Friday.\n")
    assert relays(report) == [["statement"]]


def test_an_interview_is_carried_on_and_a_link_says_where_it_is_named() -> None:
    text = (
        "Mayor Jane Roe appeared on CNN on Sunday.\n\n"
        "“The bridge is shut,” Roe told CNN. She said it would stay shut.\n\n“We are sorry,” Roe added.\n"
    )
    report = reportedly.read(text)
    found = relays(report)
    assert found and all(r == ["CNN"] for r in found)
    for a in report.attributions:
        (span,) = a.chain[1].spans
        assert text[span.start : span.end] == "CNN"


def test_a_report_that_heard_it_itself_has_no_relay() -> None:
    report = reportedly.read("“The bridge is shut,” Mayor Jane Roe said on Friday. Her deputy said it was safe.\n")
    assert all(r == [] for r in relays(report))


def test_weights_are_a_softmax_over_the_carriers_and_nothing() -> None:
    model = Model(0.3, {"a": 1.0, "b": -1.0})
    first, second = weighed([("x", ["a", "unknown"]), ("y", ["a", "b"])], model)
    total = 1 + math.e + 1
    assert first == pytest.approx(math.e / total)
    assert second == pytest.approx(1 / total)
    assert weighed([], model) == []


def test_the_shipped_weights_are_read_whole() -> None:
    model = default_model()
    assert model == msgspec.json.decode(WEIGHTS.read_bytes(), type=Model)
    assert 0 < model.least < 1
    assert {"bias", "outlet&direct", "document&direct"} <= set(model.weights)
