"""How the figures of two texts differ: of one thing, of other times, or of things that are but called the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.figures import difference, figures

SATURDAY = "2024-11-23"


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("The club will pay £42m for the striker", "The club will pay £30m for the striker", "values"),
        ("The club will pay £42m for the striker", "The club will pay £42 million for the striker", ""),
        ("The bridge cost US$3 million", "The bridge cost US$9 million, too", "values"),
        ("The bridge cost US$3 million", "The bridge cost $9 million", "values"),
        ("The bridge cost A$3 million", "The bridge cost $9 million", ""),
        ("The flood left 3.5m people homeless", "The flood left 1.2m people homeless", "values"),
        ("It has cost €5k", "It has cost €5,000", ""),
        ("She won the 100m race", "The race was run by nine women", ""),
        ("It was boarded at 0420 GMT on Tuesday", "It was boarded at 04:20 GMT on Tuesday", ""),
        ("It was boarded at 4 a.m. local time", "It was boarded at nine p.m. local time", ""),
        ("It fell on 4 March", "It fell on 9 March", ""),
        ("nine people were hurt when the bridge fell", "twelve people were hurt when the bridge fell", "values"),
        ("Nine people were hurt at Ferry Bridge", "Twelve people were hurt in Corvale", "values"),
        ("Nine people were hurt in Corvale", "Twelve people were hurt in Old Corvale", "values"),
        ("31 cases of marsh fever in Upper Marl", "12 cases of marsh fever in Lower Marl", "unlike"),
        ("31 cases in Upper Marl on Friday", "12 cases in Lower Marl on Friday", "unlike"),
        ("Forty people died of fever in Marl", "Two people died of cold in Corvale", "unlike"),
        ("112 suspected cases of marsh fever", "47 confirmed cases of marsh fever", "unlike"),
        ("112 cases of marsh fever", "47 confirmed cases of marsh fever", "values"),
        ("14 Dutch sailors were on board", "six Danish sailors were on board", "unlike"),
        ("14 Dutch sailors were on board", "six Dutch sailors were on board", "values"),
        ("14 sailors were on board", "six Danish sailors were on board", "values"),
        ("There were 47 cases on Monday", "There were 61 cases on Friday", "update"),
        ("On Monday, there were 47 cases", "On Friday, there were 61 cases", "update"),
        ("There were 47 cases on Monday", "There were 61 cases on Monday", "values"),
        ("It lay 9 nautical miles off Corvale", "It lay 17 kilometres off Corvale", ""),
        ("It lay nine miles off Corvale", "It lay twelve miles off Corvale", "values"),
        ("11 lorries from Corvale", "nine boats from Corvale", ""),
        ("11 people sent by the town", "nine flags sewn by the town", ""),
        ("At least 40 people were hurt when the pier fell", "11 of the people hurt were still in bed", ""),
        ("40 people were hurt when the pier fell", "two of those hurt were sailors", ""),
    ],
)
def test_a_difference(a: str, b: str, how: str) -> None:
    assert difference(figures(a, SATURDAY), figures(b, SATURDAY)) == how
    assert difference(figures(b, SATURDAY), figures(a, SATURDAY)) == how


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text(a: str, b: str) -> None:
    assert difference(figures(a), figures(b)) == difference(figures(b), figures(a))
