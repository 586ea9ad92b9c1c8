"""How a person is named -> the parts of the name: "Maj. Gen. Gary J. Volesky" is a general, Gary, J., Volesky.

Only what English news writes, read by rule: no list of people and no model. Whether a text names a person at all is
for the caller to know; a phrase that holds no name ("the President", "two officials") has an empty surname.
"""

import re
import unicodedata
from typing import Literal, Self

import msgspec

Gender = Literal["he", "she"]


def word_set(words: str) -> frozenset[str]:
    """The words of a list written in one line."""
    return frozenset(words.split())


# The title as it is written, without its dot -> the title as it is meant. Of these, two in a row are two titles:
# "Maj. Gen." is ("major", "general").
_SHORT = {
    **{"sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "amb": "ambassador"},
    **{"gen": "general", "maj": "major", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant"},
    **{
        "adm": "admiral",
        "cmdr": "commander",
        "cpl": "corporal",
        "pvt": "private",
        "brig": "brigadier",
        "det": "detective",
    },
    **{"mister": "mr", "missus": "mrs", "doctor": "dr", "professor": "prof", "reverend": "rev", "shaikh": "sheikh"},
    **{"sheik": "sheikh", "pm": "prime minister", "insp": "inspector", "supt": "superintendent", "hon": "honourable"},
    **{"atty": "attorney", "honorable": "honourable", "spokesperson": "spokesperson", "counsellor": "counselor"},
}
_PHRASES = (
    *("prime minister", "deputy prime minister", "vice president", "attorney general", "solicitor general"),
    *("foreign minister", "defense minister", "defence minister", "finance minister", "interior minister"),
    *("chief justice", "secretary general", "surgeon general", "crown prince", "grand ayatollah", "press secretary"),
    *("foreign secretary", "home secretary", "inspector general", "director general", "governor general"),
    *(f"secretary of {office}" for office in ("state", "defense", "energy", "labor", "education", "commerce")),
    *(f"secretary of {office}" for office in ("agriculture", "transportation", "homeland security", "the treasury")),
    *("secretary of the interior", "speaker of the house"),
)
_TITLES = word_set(
    "mr mrs ms miss dr prof rev senator representative congressman congresswoman governor president "
    "premier general major lieutenant colonel captain sergeant admiral commander corporal private "
    "brigadier marshal detective officer sheriff inspector superintendent constable chancellor secretary "
    "undersecretary minister ambassador envoy judge justice magistrate prosecutor attorney sheikh "
    "ayatollah imam mullah rabbi king queen prince princess pope cardinal archbishop bishop father sister "
    "brother sir dame lord lady baron baroness duke duchess earl count countess emperor sultan emir mayor "
    "councilman councilwoman councillor speaker chairman chairwoman director commissioner coach spokesman "
    "spokeswoman spokesperson honourable chief madam mme"
)
# These are also names (Stephen King, John Major): titles only where they stand first, with a name behind them.
_ALSO_NAMES = word_set(
    "king prince pope judge justice major marshal bishop cardinal baron earl duke count lord sister "
    "brother father private miss coach constable chancellor dame lady queen princess speaker"
)
_HE = word_set(
    "mr sir lord king prince pope ayatollah imam mullah cardinal father brother baron duke earl "
    "count emperor sultan emir congressman councilman chairman spokesman"
) | {"crown prince", "grand ayatollah"}
_SHE = word_set(
    "mrs ms miss mme madam queen princess sister dame lady baroness duchess countess congresswoman "
    "councilwoman chairwoman spokeswoman"
)
_SUFFIXES = {
    **{"jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV", "xvi": "XVI"},
    **{"xiv": "XIV", "vi": "VI", "vii": "VII", "viii": "VIII", "2nd": "II", "3rd": "III"},
}
# Parts of a surname that stand before it. Those of `_SMALL` only where they are written small or with a hyphen.
_LARGE = word_set("de del della di da dos das du la le van von der den st")
_SMALL = word_set("al el as ash ad an at bin bint ibn ben bar ter ten zu zum y af av abu")
_HYPHENED = re.compile(r"^(?:al|el|as|ash|ad|an|at|ar|az|ul|ed)[-‐‑](?=\w)", re.I)  # noqa: RUF001
_BREAKS = word_set(
    "of in at on from with for and or but who whom whose which that to by as is was said says told the a "
    "an after before during"
)
_OPENERS = word_set("the a an his her their its our my this that one another")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_]$")
_FAMILY_FIRST = word_set("xi mao deng")  # with one more word: Xi Jinping
_KOREAN = re.compile(r"^\w+[-‐‑][a-z]\w*$")  # noqa: RUF001 - the given name of Moon Jae-in


class PersonName(msgspec.Struct, frozen=True):
    """The parts of a person's name, in the spelling of the text; titles written out and small.

    surname: the name that later mentions use alone, with its particles ("al-Abadi", "van Gogh"); for one who goes by a
    single name (Pope Francis) that name; empty where the text holds no name. given: the first name or its initial.
    middle: what stands between. titles: "Maj. Gen." is ("major", "general"). suffix: "Jr.", "Sr.", "II" and so on.
    lead: the words before the titles, such as "former Texas". gender: what a title shows, never guessed from a name."""

    surname: str = ""
    given: str = ""
    middle: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    suffix: str = ""
    lead: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """The name in `text`, which may be any text; without "(D-Ohio)", a possessive and what follows a comma.

        >>> PersonName.of("Maj. Gen. Gary J. Volesky’s")
        PersonName(surname='Volesky', given='Gary', middle=('J',), titles=('major', 'general'), suffix='', lead='')
        """
        words, suffix, owner = _words(text)
        article = bool(words) and words[0].lower() in _OPENERS
        if article:
            words = words[1:]
        titles: list[str] = []
        start, lead_ends, at = 0, None, 0
        while at < len(words):
            title, length = _title(words, at, first=at == start, article=article)
            if title:
                lead_ends = at if lead_ends is None else lead_ends
                titles += title
                start = at = at + length
            elif words[at].lower() in _BREAKS and words[at].islower():
                words = words[:at]
            else:
                at += 1
                if _is_small(words[at - 1]):
                    start = at
        lead = " ".join((*owner, *words[: start if lead_ends is None else lead_ends]))
        given, middle, surname = _split(words[start:])
        return cls(surname, given, middle, tuple(titles), suffix, lead)

    @property
    def gender(self) -> Gender | None:
        """What the titles show; None where they show nothing or contradict each other."""
        he, she = not _HE.isdisjoint(self.titles), not _SHE.isdisjoint(self.titles)
        return None if he == she else "he" if he else "she"

    @property
    def core(self) -> str:
        """The surname for comparison: folded, without particles; "abadi" for "al-Abadi", "gogh" for "van Gogh"."""
        parts = self.surname.split()
        while len(parts) > 1 and fold(parts[0]) in _LARGE | _SMALL:
            parts = parts[1:]
        return fold("".join(_HYPHENED.sub("", part) for part in parts))

    @property
    def full(self) -> str:
        """Given name, middle names, surname and suffix, without titles."""
        return " ".join(part for part in (self.given, *self.middle, self.surname, self.suffix) if part)


def fold(text: str) -> str:
    """`text` for comparison: small letters and digits only, accents off; "peanieto" never, "penanieto" for Peña Nieto.

    >>> fold("O’Connor"), fold("Peña")
    ('oconnor', 'pena')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def singular(word: str) -> str:
    """A small word without the s of a plural, where it may have one."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def without_possessive(text: str) -> str:
    """`text` without a possessive at its end.

    >>> without_possessive("Volesky’s"), without_possessive("the Sanders'")
    ('Volesky', 'the Sanders')
    """
    return re.sub(r"(?<=\w)(?:['’‘]s|(?<=s)['’])$", "", text.strip(), flags=re.I)  # noqa: RUF001


def _words(text: str) -> tuple[list[str], str, list[str]]:
    """The words of the name without punctuation, the suffix, and the words up to a possessive: "Trump’s lawyer"."""
    text = re.sub(r"\([^()]*\)?|[“\"][^”\"]*[”\"]", " ", text)
    suffix = ""
    parts = re.split(r"\s*(?:[,;:–—\n]|\s-\s)\s*", text.strip(" \t\r\n,;:-–—"))
    for part in parts[1:2]:
        after = without_possessive(part).split(maxsplit=1)
        if after and (fold(after[0]) not in ("senior", "junior") or len(after) == 1):  # not "Brandt, senior adviser"
            suffix = _SUFFIXES.get(fold(after[0]), "")
    words: list[str] = []
    owner: list[str] = []
    for token in without_possessive(parts[0]).split():
        bare = without_possessive(token).strip(".'’‘“”\"!?[]*…")
        if any(c.isalnum() for c in bare):
            words.append(bare)
        if without_possessive(token) != token:
            owner, words = [*owner, *words], []
    if len(words) > 1 and fold(words[-1]) in _SUFFIXES and not words[-1].islower():
        suffix = _SUFFIXES[fold(words.pop())]
    return words, suffix, owner


def _title(words: list[str], at: int, first: bool, article: bool) -> tuple[tuple[str, ...], int]:
    """The titles that begin at `at`, and how many words they take; nothing and 0 where there is none."""
    for length in (4, 3, 2):
        phrase = " ".join(words[at : at + length]).lower().replace("-", " ")
        if len(words) - at >= length and phrase in _PHRASES:
            return (phrase,), length
    word = words[at].lower()
    if "-" in word and word.replace("-", " ") in _PHRASES:
        return (word.replace("-", " "),), 1
    title = _SHORT.get(word, word)
    if title not in _TITLES and title not in _PHRASES:
        return (), 0
    if title in _ALSO_NAMES and word not in _SHORT and not words[at].islower():
        last = at + 1 == len(words)
        if not first or (last and not (article and at == 0)):
            return (), 0
    return (title,), 1


def _is_small(word: str) -> bool:
    """Whether a word is written small and is no part of a name."""
    return word[0].islower() and word.lower() not in _LARGE | _SMALL and not re.match(r"\w{1,3}['’‐‑-]\w", word)  # noqa: RUF001


def _split(words: list[str]) -> tuple[str, tuple[str, ...], str]:
    """Given name, middle names and surname of the words of a name."""
    # initials that stand together: J.K. Rowling
    words = [piece for word in words for piece in (word.split(".") if _INITIALS.match(word) else [word])]
    if not words or not any(c.isalpha() for c in words[-1]):
        return "", (), ""
    if fold(words[-1]) in _LARGE | _SMALL and words[-1].islower():  # "de" alone is no name
        return "", (), ""
    if len(words) == 2 and (_KOREAN.match(words[1]) or fold(words[0]) in _FAMILY_FIRST):
        return words[1], (), words[0]
    if len(words) == 3 and fold(words[0]) == "kim" and fold(words[1]) in ("jong", "il", "yo"):
        return " ".join(words[1:]), (), words[0]
    cut = len(words) - 1
    while cut > 0 and _is_particle(words[cut - 1]):
        cut -= 1
    names = words[:cut]
    return (names[0] if names else ""), tuple(names[1:]), " ".join(words[cut:])


def _is_particle(word: str) -> bool:
    """Whether a word before a surname belongs to it."""
    return fold(word) in _LARGE or (word.islower() and fold(word) in _SMALL)
