"""Places where a text speaks of somebody: names, pronouns, and the phrases that stand as sources.

In: a text and the tags a model gave its words. Out: `Mention`s, with the core of each phrase, which is what names or
describes somebody once rank, relative clause and apposition are put aside. The trainer cuts the same cores.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

NAME_TYPES: tuple[Literal["PERSON", "ORGANIZATION", "LOCATION", "MISC"], ...] = (
    "PERSON",
    "ORGANIZATION",
    "LOCATION",
    "MISC",
)
Form = Literal["PERSON", "ORGANIZATION", "LOCATION", "MISC", "he", "she", "they", "it", "who", "I", "description"]
FORMS: tuple[Form, ...] = (*NAME_TYPES, "he", "she", "they", "it", "who", "I", "description")

_PRONOUNS: dict[str, Form] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "themselves", "those", "these", "both", "some", "many", "others"), "they"),
    **dict.fromkeys(("it", "its", "itself", "this", "that"), "it"),
    **dict.fromkeys(("who", "which", "whom", "whose"), "who"),
    **dict.fromkeys(("i", "we", "you", "me", "us", "my", "our", "your", "let's", "let’s"), "I"),
}  # fmt: skip
_LEADING = re.compile(r"(?:by|to|from|of|according to|both|even|only|but|and|as|for|with|in|among)\s+", re.I)
# Where a phrase's core ends: an apposition, a relative clause, a participle, a prepositional phrase.
_TAIL = re.compile(
    r"[,;:()\[\]\u2013\u2014\n]|\s-+\s|\s(?:who|whom|whose|which|that|of|for|from|with|at|in|on|near|under|against|to|about|including|such|speaking|writing"
    r"|based|close|familiar|briefed|involved|released|published|conducted|issued|obtained|by|inside|within|behind|among"
    r"|along|like|calling|working|representing)\b"
)
_JOINT = re.compile(r"[ \xa0]?[’'.&/-]?|(?<=\b\w)\. |(?<=\b(?:St|Jr|Sr|Mr|Ms|Dr))\. |(?<=\b(?:Mrs|Gen|Sen|Rep|Gov))\. ")
_BEFORE_NAME = re.compile(r"(?<![^\W_])[OD][’']$")  # O’Malley, D’Souza: the first two are another word to the model
_WORD = re.compile(r"[\w$%](?:[\w.&’'\-/]*[\w%])?\.?")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")


class Mention(NamedTuple):
    """A place [start, end) that speaks of somebody. form: what kind of words they are."""

    start: int
    end: int
    form: Form


def pronoun_of(phrase: str) -> Form | None:
    """The pronoun's class where the phrase is one ("his" is "he"), else None."""
    return _PRONOUNS.get(phrase.strip(" ,.;:—").lower())


def core_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The core of the phrase text[start:end]: "a friend" of "by a friend of Mr Gray, who declined to be named"."""
    while (m := _LEADING.match(text, start, end)) and m.end() < end:
        start = m.end()
    words = list(_WORD.finditer(text, start, end))
    if not words:
        return start, end
    start = words[0].start()
    tail = _TAIL.search(text, words[0].end(), end)
    last = [w for w in words if w.end() <= (tail.start() if tail else end)] or words[:1]
    stop = last[-1].end()
    if possessive := _POSSESSIVE.search(text[start:stop]):
        stop = start + possessive.start()
    return start, max(stop, start + 1)


def names_in(text: str, tags: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> list[Mention]:
    """Names from the tags of words that lie at starts and ends: 0 no name, else 1 + 2 * type + (1 if it goes on). Words
    of one type with nothing but a space or a mark inside a word between them are one name: two people's names never
    stand so."""
    out: list[Mention] = []
    for tag, start, end in zip(tags, starts, ends, strict=True):
        if not tag:
            continue
        form: Form = NAME_TYPES[(tag - 1) // 2]
        joined = bool(out) and out[-1].form == form and _JOINT.fullmatch(text, out[-1].end, start) is not None
        if joined or (tag % 2 == 0 and out and out[-1].form == form and start - out[-1].end <= 2):
            out[-1] = Mention(out[-1].start, end, form)
        else:
            if begins := _BEFORE_NAME.search(text, max(0, start - 3), start):
                start = begins.start()
            out.append(Mention(start, end, form))
    return [m for m in out if text[m.start].isupper() or text[m.start].isdigit()]


def mention_of(text: str, start: int, end: int, names: Sequence[Mention]) -> Mention:
    """What the phrase text[start:end] speaks of: the pronoun it is, the name its core ends in, or its core."""
    if form := pronoun_of(text[start:end]):
        return Mention(start, end, form)
    low, high = core_of(text, start, end)
    if form := pronoun_of(text[low:high]):
        return Mention(low, high, form)
    for name in names:
        if name.start < high <= name.end:
            return Mention(max(name.start, low), high, name.form)
    return Mention(low, high, "description")
