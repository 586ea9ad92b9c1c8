"""What a report itself says about how accounts stand to each other."""

import pytest

import reportedly
from reportedly.claims import claims_of
from reportedly.stated import Stated, explained, points_back, stated_in


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


@pytest.mark.parametrize(
    "words",
    [
        "Colm Roe, the rescue chief, did not deny that.",
        "Colm Roe, the rescue chief, stopped short of denying it.",
        "Colm Roe, the rescue chief, would not confirm that.",
        "Neither Colm Roe, the rescue chief, nor the police would confirm that.",
        "Colm Roe, the rescue chief, neither confirmed nor denied it.",
        "Her account was not backed up by Colm Roe, the rescue chief, who said that the bridge had cracks.",
        "Nothing in her account was consistent with that of Colm Roe, the rescue chief, who said that the bridge had"
        " cracks.",
    ],
)
def test_what_is_negated_is_not_said(words: str) -> None:
    found = stated(f"Rosa Minter, the mayor, said that the bridge was safe. {words}\n")
    assert not [f for f in found if f[0] == "supports" or "denied" in words or "deny" in words]


def test_who_does_not_agree_disputes() -> None:
    found = stated(
        "Rosa Minter, the mayor, said that the bridge was safe. Colm Roe, the rescue chief, did not agree with that"
        " assessment.\n"
    )
    assert found and {kind for kind, *_ in found} == {"disputes"}


def test_somebody_unknown_is_not_the_last_who_spoke() -> None:
    """What "the trust" said is not known here; it is not what the nurse said."""
    found = stated(
        "“They don’t answer our letters,” said Joan Tate, a nurse.\n\nThe minister, Leo Falk, agreed with the trust"
        " that a rise of 12 per cent was too much, he said.\n"
    )
    assert not found


def test_whose_estimate_is_disputed() -> None:
    """The one with a figure, not what the coastguard said last."""
    found = stated(
        "The coastguard said that 1,200 barrels of oil had leaked. The coastguard said that the ship had not answered"
        " its calls.\n\nBlue Shore, a charity, disputed the coastguard’s estimate. “Nobody has looked under the hull,”"
        " said Ada Finch of Blue Shore.\n"
    )
    assert found and all("1,200" in a + b for _, a, b in found)


def test_a_claim_that_points_back_says_what_it_means() -> None:
    report = reportedly.read(
        "“The repair was rushed,” said Joan Sallis, the union’s secretary.\n\nBrannick Civil, the contractor, denied"
        " it.\n"
    )
    claims = claims_of(report)
    (hollow,) = filter(points_back, claims)
    (shown,) = (c for c in explained(claims, stated_in(report, claims)) if c.id == hollow.id)
    assert hollow.text == "it" and shown.text == "it [“The repair was rushed,”]" and shown.spans == hollow.spans


def test_it_is_what_was_said_last_or_nothing() -> None:
    said = "Rosa Minter, the mayor, said that the pier would open on Friday. "
    (found,) = stated(
        f"{said}The dockers’ union accused Brannick Civil of hiding cracks in the pier. Brannick Civil denied it.\n"
    )
    assert found[0] == "disputes" and any("of hiding cracks" in words for words in found[1:])
    assert not stated(f"{said}Joan Sallis, the union’s secretary, spoke of a scandal. Brannick Civil denied it.\n")


@pytest.mark.parametrize("text", ["", "Nothing is attributed here.", "It was backed up by.", "He denied it."])
def test_nothing_to_join(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Colm Roe, the rescue chief, denied that.", "disputes"),
        ("Colm Roe, the rescue chief, confirmed that.", "supports"),
        ("Her account was backed up by Colm Roe, the rescue chief, who said that the bridge had cracks.", "supports"),
        (
            "Her account was consistent with that of Colm Roe, the rescue chief, who said it had cracks.",
            "supports",
        ),
    ],
)
def test_what_is_not_negated_is_said(words: str, kind: str) -> None:
    """The sentences of `test_what_is_negated_is_not_said` without their negation."""
    found = stated(f"Rosa Minter, the mayor, said that the bridge was safe. {words}\n")
    assert [k for k, *_ in found] == [kind]


@pytest.mark.parametrize(("between", "joined"), [(700, True), (2000, False)])
def test_words_speak_of_what_was_said_near_by(between: int, joined: bool) -> None:
    filling = " ".join(["Rain fell on the town."] * (between // 23))
    found = stated(
        f"Rosa Minter, the mayor, said that the bridge was safe.\n\n{filling}\n\nColm Roe, the rescue chief, denied"
        " it.\n"
    )
    assert bool(found) == joined


@pytest.mark.parametrize(
    "words",
    [
        "disputed the trust’s statement that the ferry had passed its tests",
        "rejected the trust’s claim that the ferry had passed its tests",
        "dismissed the trust’s claim that the ferry had passed its tests",
    ],
)
def test_whose_statement_is_disputed_is_read_from_its_first_word(words: str) -> None:
    found = stated(f"The trust said that the ferry had passed its tests.\n\nAda Finch, a diver, {words}.\n")
    assert [kind for kind, *_ in found] == ["disputes"]


def test_what_is_rejected_is_told_with_the_words() -> None:
    text = (
        "The trust said the ferry was safe.\n\nAda Finch, a diver, rejected the trust’s claim that it was, and left.\n"
    )
    report = reportedly.read(text)
    (found,) = stated_in(report, claims_of(report))
    assert [s.text for s in found.spans] == ["rejected the trust’s claim that it was"]
