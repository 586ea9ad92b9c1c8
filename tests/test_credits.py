import time

import pytest

from reportedly import read
from reportedly.credits import Mastheads, credits_of, key_of, keyed
from reportedly.datelines import dateline_of
from reportedly.records import Document, Report

LEDGER = Document.of("x", outlet="The Corvale Ledger")
POST = Document.of("x", outlet="Tarle Valley Post")
OTHER_POST = Document.of("x", outlet="Amery Post")


def credited(text: str, *others: Document, **fields: str) -> list[tuple[str, str, str]]:
    report = Report(Document.of(text, **fields))
    found = credits_of(report, Mastheads([report.document, *others]))
    for c in found:
        assert 0 <= c.start <= c.end <= len(text) and 0 <= c.about[0] < c.about[1] <= len(text)
    return [(c.key, c.manner, text[c.start : c.end]) for c in found]


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("TARLEMOUTH, Nov 19 (Reuters) - A span sank on Tuesday.", "dateline"),
        ("Span sinks\n\nTARLEMOUTH, Nov 19, 2024 (Reuters) — A span sank on Tuesday.", "dateline"),
        ("(Reuters) — A span sank on Tuesday.", "dateline"),
        ("The span sank.\n\nThe ministry denied it. (Reuters)\n\nNobody was hurt.", "mark"),
        ("The span sank.\n\nAdditional reporting by Reuters", "tail"),
        ("The span sank.\n\n— Reuters", "tail"),
        ("According to Reuters, the span sank.", "sentence"),
        ("The span sank, an official told Reuters.", "sentence"),
    ],
)
def test_forms_of_credit(text: str, manner: str) -> None:
    assert credited(text) == [("Reuters", manner, "Reuters")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The mayor dismissed as false a report in the Corvale Ledger that the span had sunk.", 0),
        ("The mayor denied the Corvale Ledger’s report that the span had sunk.", 0),
        ("The mayor rejected a Corvale Ledger story that the span had sunk.", 0),
        ("The Corvale Ledger retracted a report that the span had sunk.", 0),
        ("The mayor did not deny a report in the Corvale Ledger that the span had sunk.", 1),
        ("The mayor denied that the span had sunk, the Corvale Ledger reported.", 1),
        ("The mayor denied in an interview with the Corvale Ledger that the span had sunk.", 1),
    ],
)
def test_a_report_that_is_rejected_or_taken_back_is_no_credit(text: str, count: int) -> None:
    assert len(credited(text, LEDGER)) == count


def test_an_outlet_that_takes_its_report_back_is_no_source_of_it() -> None:
    report = read("Channel Nine News retracted a report that Rudi Hanak had left the country.")
    assert credits_of(report, Mastheads([report.document])) == []


def test_a_byline_names_an_agency() -> None:
    assert credited("The span sank.", byline="Staff and Reuters") == [("Reuters", "byline", "")]


def test_mastheads_of_the_reports_and_their_last_words() -> None:
    said = "The span sank, the Ledger reported. Inspectors had told the Corvale Ledger so."
    assert credited(said, LEDGER) == [
        ("corvale ledger", "sentence", "Ledger"),
        ("corvale ledger", "sentence", "Corvale Ledger"),
    ]
    assert credited("The span sank, the Post reported.", POST, OTHER_POST) == []


def test_a_paper_does_not_credit_itself() -> None:
    assert credited("The span sank, he told the Ledger.", outlet="The Corvale Ledger") == []
    assert credited("The span sank, he told the Post.", POST, outlet="Amery Post") == []


@pytest.mark.parametrize(
    "text",
    [
        "The building of Reuters was locked.",
        "The crowd hurt a Reuters photographer on Friday, and the square was first cleared at noon.",
        "A host of Fox News spoke earlier at the funeral of a friend.",
        "Shares of the Reuters group rose.",
    ],
)
def test_a_name_that_nothing_is_said_to_come_from_is_no_credit(text: str) -> None:
    assert credited(text) == []


def test_a_masthead_broken_over_a_line_or_with_a_capital_article() -> None:
    other = Document.of("x", outlet="Amery Ledger")
    for said in ("Inspectors told the Corvale\nLedger, which printed it.", "The Corvale  Ledger reported it."):
        ((key, _, words),) = credited(said, LEDGER, other)
        assert key == "corvale ledger" and words.split() == ["Corvale", "Ledger"]
    assert credited("It sank, The Ledger reported.", LEDGER) == [("corvale ledger", "sentence", "Ledger")]


def test_papers_that_no_list_knows() -> None:
    assert credited("The span sank, according to a report in the local newspaper Tarle Echo.") == [
        ("tarle echo", "sentence", "Tarle Echo")
    ]
    assert keyed("Al-Sabah") == keyed("al Sabaah") and keyed("the WSJ") == "The Wall Street Journal"
    assert key_of(Document.of("x", url="https://www.reuters.com/a")) == "Reuters" and key_of(Document.of("x")) == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("According to the English website Kickoff Daily, the clubs have agreed a fee.", "kickof daily"),
        ("The British newspaper The Selden Globe reported that it was over.", "selden globe"),
        ("The Kickoff Daily website Monday reported that the clubs had agreed.", "kickof daily"),
    ],
)
def test_a_word_of_the_place_before_the_kind_of_paper_is_no_name(text: str, key: str) -> None:
    assert {k for k, _, _ in credited(text)} == {key}


def test_the_newspaper_is_the_one_that_was_named() -> None:
    text = (
        "According to the Corvale Ledger, the river had washed out the ground under one pier.\n\n"
        "Two officials familiar with the inspection told the newspaper that the repair was put off to save money.\n"
    )
    report = read(text, outlet="Coast 6 News")
    found = credits_of(report, Mastheads([report.document, LEDGER]))
    assert {c.key for c in found} == {"corvale ledger"}


@pytest.mark.parametrize("text", ["A-" * 40_000, "the Tarle Gazette, " * 5000, "newspaper Corvale Tarle " * 4000])
def test_hostile_texts_are_searched_in_time(text: str) -> None:
    began = time.perf_counter()
    credited(text, LEDGER)
    assert time.perf_counter() - began < 10


def test_names_with_a_possessive_stay_apart() -> None:
    assert (
        len({keyed("St. Mary's Telegram"), keyed("St. John's Telegram"), keyed("King's Post"), keyed("Queen's Post")})
        == 4
    )
    assert keyed("Iraq's Al-Sabah") == keyed("al-Sabah")
    assert credited("Boats left, the Corvale Ledger reported.", Document.of("x", outlet="Corvale  Ledger"))


def test_a_caption_with_a_credit_is_no_dateline() -> None:
    caption = "Crews at the quay on Monday (Reuters) – Photo by Jan Vesk\n"
    assert dateline_of(f"Bridge closed\n{caption}\nThe bridge was closed.") is None
    text = f"Bridge closed\n{caption}\nCorvale, Nov. 19 (Northern Wire) – The bridge was closed."
    assert text[slice(*(dateline_of(text) or ()))] == "Corvale, Nov. 19 (Northern Wire) – "
