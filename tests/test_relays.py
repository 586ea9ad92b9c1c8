"""What may carry a statement, and through what each came, on sentences of our own."""

import math

import numpy as np
import pytest

import reportedly
from reportedly import Document, Report
from reportedly.carriers import carriers_in
from reportedly.outlets import find_outlets
from reportedly.reader import default_reader
from reportedly.resolver import default_resolver
from reportedly.sources import set_out
from reportedly.weigher import Asked, Rows, default_weigher, probabilities, rows_of


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
        (
            "He said so on ''This Morning'' and told the Jack Smith Show.",
            [("show", "This Morning"), ("show", "Jack Smith Show")],
        ),
        ("She wept on national television.", [("show", "national television")]),
        ("In 2014, Gallup found otherwise.", [("survey", "Gallup")]),
        ("In an interview with Jane Roe he denied it.", [("recording", "interview with Jane Roe")]),
        ("He told “Enough is enough” to the crowd.", []),
        ("He bought radio-controlled lorries on TV-like terms.", []),
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


def test_probabilities_are_a_softmax_over_the_carriers_and_nothing() -> None:
    first, second, alone = probabilities(np.array([1.0, 0.0, 0.0], np.float32), [0, 0, 2], 3)
    assert first == pytest.approx(math.e / (2 + math.e))
    assert second == pytest.approx(1 / (2 + math.e))
    assert alone == pytest.approx(0.5)
    assert len(probabilities(np.zeros(0, np.float32), [], 2)) == 0


def asked_of(text: str) -> Rows:
    """What is asked of a text that is read as it stands."""
    document, sight = Document.of(text), default_resolver().sight()
    found = default_reader().read(document, see=sight.see)
    return rows_of(set_out(document, found, sight)[2], sight.heads, default_weigher().number.get)


INTERVIEW = (
    "Mayor Jane Roe appeared on CNN on Sunday.\n\n“The bridge is shut,” Roe told CNN. She said it would stay shut.\n\n"
    "“We are sorry,” Roe added. Her deputy told Reuters in a letter that it was safe.\n"
)


def test_every_row_stands_once_in_the_grid_of_carriers_and_statements() -> None:
    attributions, carriers, asked = asked_of(INTERVIEW)
    assert {"CNN", "Reuters"} <= set(carriers)
    rows = len(attributions)
    assert rows == len(carriers) == len(asked.at) == len(asked.features) == len(asked.vectors)
    assert asked.grid.ravel()[asked.at].tolist() == list(range(1, rows + 1))
    assert np.count_nonzero(asked.grid) == rows
    lines = asked.at // asked.grid.shape[1]
    for line in set(lines.tolist()):  # a line is one carrier
        assert len({carriers[row] for row in np.flatnonzero(lines == line)}) == 1


def test_what_is_known_of_a_pair_is_told_once_and_the_unknown_is_not() -> None:
    asked = asked_of(INTERVIEW).asked
    assert asked.features.max() <= len(default_weigher().number)
    for row in asked.features:
        held = row[row > 0]
        assert len(held) and not row[len(held) :].any()
        assert len(set(held.tolist())) == len(held)


def test_a_long_text_is_weighed_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = "“The bridge is shut,” Mayor Jane Roe told CNN. Her deputy told Reuters that it was safe.\n\n" * 3
    whole = relays(reportedly.read(plain))
    monkeypatch.setattr("reportedly.weigher.AT_ONCE", 2)
    parts = relays(reportedly.read(plain))
    assert len(parts) == len(whole) == 6
    assert whole == parts and any(whole)


def test_a_text_without_carriers_asks_nothing() -> None:
    attributions, _, asked = asked_of("The mayor said the bridge was shut.\n")
    assert not attributions
    assert len(default_weigher().scores(asked)) == 0


def test_the_shipped_network_belongs_to_its_features() -> None:
    weigher = default_weigher()
    assert 0 < weigher.least < 1
    assert {"bias", "outlet&direct", "document&direct"} <= set(weigher.number)
    last = Asked(
        np.array([[len(weigher.number)]]),
        np.zeros((1, 384), np.float32),
        np.ones((1, 1), np.int64),
        np.zeros(1, np.int64),
    )
    assert np.isfinite(weigher.scores(last)).all()
    with pytest.raises(Exception, match="out of"):  # the network knows no further feature
        weigher.scores(last._replace(features=last.features + 1))
    inputs = {i.name: i.shape for i in weigher.session.get_inputs()}
    assert list(inputs) == list(Asked._fields)
