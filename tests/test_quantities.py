"""Quantities that claims name, and when two of them cannot both be true."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.quantities import conflict, numbers, quantities, quantities_at


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("Nine passengers were hurt", "Fourteen passengers were hurt", True),
        ("276 girls were taken", "219 girls were taken", True),
        ("more than 200 girls were taken", "276 girls were taken", False),
        ("about 300 girls were taken", "276 girls were taken", False),
        ("at least ten lorries crossed", "four lorries crossed", True),
        ("42 percent of voters agree", "55 percent of voters agree", True),
        ("The lorry weighed 38.6 tonnes", "The lorry weighed 61 tonnes", True),
        ("Two divers went down", "Nine passengers were hurt", False),
        ("The bridge opened in 1961", "The bridge opened in 1963", False),
        ("It cost $4 million", "It cost $9 million", True),
        ("No number at all", "Nine passengers were hurt", False),
        ("Twenty-five people were hurt", "25 people hurt", False),
        ("Twenty-five people were hurt", "20 people hurt", True),
        ("two hundred and fifty people fled", "250 people fled", False),
        ("No more than 200 people came", "150 people came", False),
        ("no fewer than 200 people came", "250 people came", False),
        ("Between 20 and 30 people came", "25 people came", False),
        ("20 to 30 people came", "45 people came", True),
        ("It rose from 20 to 30 people", "25 people came", True),
        ("two dozen people came", "24 people came", False),
        ("half a million people came", "500,000 people came", False),
        ("nine people had died", "the toll rose after two workers died", False),
        ("nine people had died", "five people were hurt", False),
        ("killing seven", "eleven people died", True),
        ("The blast killed 12 people and wounded 30", "The blast wounded 30 people", False),
        ("From 20 to 30 people were hurt", "25 people were hurt", False),
        ("It cost $1-2 billion", "It cost $1.5bn", False),
        ("Seven people, including two guards, died", "at least 19 people had been killed", True),
        ("nine were hurt", "eleven people were injured", True),
    ],
)
def test_conflict(a: str, b: str, apart: bool) -> None:
    assert conflict(quantities(a), quantities(b)) is apart
    assert conflict(quantities(b), quantities(a)) is apart


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("One person died", "Two people died", True),
        ("One man died", "Three men died", True),
        ("one girl swam", "two girls swam", True),
        ("one woman swam", "two women swam", True),
        ("one body was found", "three bodies were found", True),
        ("one child came", "three children came", True),
        ("one lorry crossed", "three lorries crossed", True),
        ("one person died", "two buses burned", False),
    ],
)
def test_one_and_many_of_a_thing_are_counted_together(a: str, b: str, apart: bool) -> None:
    one, other = ([q for *_, q in quantities_at(x)] for x in (a, b))
    assert conflict(one, other) is conflict(other, one) is apart


def test_what_a_text_counts() -> None:
    (girls,) = quantities("more than 200 girls")
    assert (girls.low, girls.high) == (200, float("inf"))
    (money,) = quantities("$4.5 million")
    assert money.low == money.high == 4_500_000
    assert quantities("in 2014") == []


@pytest.mark.parametrize(
    "text", ["Freight wagons fell", "Someone died", "Often passengers", "stone pier", "H5N1 cases"]
)
def test_no_number_lies_within_a_word(text: str) -> None:
    assert quantities(text) == []


def test_a_long_run_of_figures_takes_no_time() -> None:
    began = time.process_time()
    assert quantities("1" * 50_000 + "x and nine wagons")[0].low == 9
    assert time.process_time() - began < 2


def test_numbers_in_figures_and_words() -> None:
    assert numbers("nine of 1,200 people, two million crowns and nan at 7.40am") >= {9.0, 1200.0, 2_000_000.0}
    assert numbers("") == numbers("… —") == frozenset()
    assert all(n == n for n in numbers("nan inf infinity 12:30"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text(a: str, b: str) -> None:
    assert conflict(quantities(a), quantities(b)) == conflict(quantities(b), quantities(a))
