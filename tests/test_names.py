import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.names import PersonName, fold, without_possessive


@pytest.mark.parametrize(
    ("text", "given_name", "middle", "surname", "titles", "suffix"),
    [
        ("Sen. Bernie Sanders (I-Vt.)", "Bernie", (), "Sanders", ("senator",), ""),
        ("Sen. Bernie Sanders, I-Vt.,", "Bernie", (), "Sanders", ("senator",), ""),
        ("Maj. Gen. Gary J. Volesky", "Gary", ("J",), "Volesky", ("major", "general"), ""),
        ("Volesky’s", "", (), "Volesky", (), ""),
        ("Trump's", "", (), "Trump", (), ""),
        ("Sanders’", "", (), "Sanders", (), ""),
        ("the President", "", (), "", ("president",), ""),
        ("President Trump", "", (), "Trump", ("president",), ""),
        ("the Queen of Denmark", "", (), "", ("queen",), ""),
        ("Stephen King", "Stephen", (), "King", (), ""),
        ("Rep. King", "", (), "King", ("representative",), ""),
        ("King", "", (), "King", (), ""),
        ("the King", "", (), "", ("king",), ""),
        ("King Abdullah II", "", (), "Abdullah", ("king",), "II"),
        ("John Major", "John", (), "Major", (), ""),
        ("Pope Francis", "", (), "Francis", ("pope",), ""),
        ("Dr. Martin Luther King, Jr.", "Martin", ("Luther",), "King", ("dr",), "Jr."),
        ("Robert F. Kennedy Jr., who spoke", "Robert", ("F",), "Kennedy", (), "Jr."),
        ("Iraqi Prime Minister Haider al-Abadi", "Haider", (), "al-Abadi", ("prime minister",), ""),
        ("Secretary of State John Kerry", "John", (), "Kerry", ("secretary of state",), ""),
        ("U.N. Secretary-General Ban Ki-moon", "Ki-moon", (), "Ban", ("secretary general",), ""),
        ("White House adviser Ann Brandt", "Ann", (), "Brandt", (), ""),
        ("Brandt’s lawyer Ola Lind", "Ola", (), "Lind", (), ""),
        ("Mr. Jones’ lawyer", "", (), "", (), ""),
        ("J.K. Rowling", "J", ("K",), "Rowling", (), ""),
        ("Vincent van Gogh", "Vincent", (), "van Gogh", (), ""),
        ("Ursula von der Leyen", "Ursula", (), "von der Leyen", (), ""),
        ("Al Gore", "Al", (), "Gore", (), ""),
        ("Osama bin Laden", "Osama", (), "bin Laden", (), ""),
        ("Xi Jinping", "Jinping", (), "Xi", (), ""),
        ("two officials", "", (), "", (), ""),
        ("an official of the Interior Ministry", "", (), "", (), ""),
        ("Lt. Col. O’Neil", "", (), "O’Neil", ("lieutenant", "colonel"), ""),
        ("", "", (), "", (), ""),
        ("…’s", "", (), "", (), ""),
    ],
)
def test_a_name_is_read_into_its_parts(
    text: str, given_name: str, middle: tuple[str, ...], surname: str, titles: tuple[str, ...], suffix: str
) -> None:
    name = PersonName.of(text)
    assert (name.given, name.middle, name.surname, name.titles, name.suffix) == (
        given_name,
        middle,
        surname,
        titles,
        suffix,
    )


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mr. Brandt", "he"),
        ("Mrs. Brandt", "she"),
        ("Ms Brandt", "she"),
        ("the Queen", "she"),
        ("Lord Brandt", "he"),
        ("Dr. Brandt", None),
        ("General Brandt", None),
        ("Mary Brandt", None),
    ],
)
def test_only_a_title_shows_gender(text: str, gender: str | None) -> None:
    assert PersonName.of(text).gender == gender


def test_the_core_of_a_surname_leaves_particles_and_accents_out() -> None:
    cores = [PersonName.of(t).core for t in ("Haider al-Abadi", "Mr. Abadi", "van Gogh", "Peña", "O'Connor")]
    assert cores == ["abadi", "abadi", "gogh", "pena", "oconnor"]


def test_what_stands_before_the_titles_is_kept() -> None:
    assert PersonName.of("former Texas Gov. Rick Perry").lead == "former Texas"
    assert PersonName.of("Sen. Ann B. Brandt Jr.").full == "Ann B Brandt Jr."


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    name = PersonName.of(text)
    assert name == PersonName.of(text)
    assert fold(fold(text)) == fold(text) or not text.isascii()
    assert len(without_possessive(text)) <= len(text)
    assert bool(name.surname) or not name.given
