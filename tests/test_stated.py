"""What a report itself says about how accounts stand to each other."""

import pytest

import reportedly
from reportedly.claims import claims_of
from reportedly.stated import Stated, stated_in


def stated(text: str) -> list[tuple[str, str, str]]:
    """(kind, words of one claim, words of the other) in a text, whichever comes first."""
    report = reportedly.read(text)
    claims = claims_of(report)
    by = {c.id: c for c in claims}
    found: list[Stated] = stated_in(report, claims)
    for s in found:
        assert all(text[x.start : x.end] == x.text for x in s.spans)
    return [(s.kind, by[s.a].text, by[s.b].text) for s in found]


def test_backed_up() -> None:
    (found,) = stated(
        "“The pier was cracked before the lorry came,” the harbour master, Tim Osgood, said.\n\nOsgood was backed up"
        " by Rosa Minter, who runs the ferry café. “The divers shook their heads when they came up,” Minter said.\n"
    )
    assert found[0] == "supports"
    assert {"cracked" in found[1] or "cracked" in found[2], "divers" in found[1] or "divers" in found[2]} == {True}


def test_denied_it() -> None:
    found = stated(
        "“The repair was rushed,” said Joan Sallis, the union’s secretary.\n\nBrannick Civil, the contractor, denied"
        " it.\n"
    )
    assert [(k, "rushed" in a + b) for k, a, b in found] == [("disputes", True)]


@pytest.mark.parametrize("text", ["", "Nothing is attributed here.", "It was backed up by.", "He denied it."])
def test_nothing_to_join(text: str) -> None:
    assert stated(text) == []
