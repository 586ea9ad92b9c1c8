"""Named sources of several reports that are no people -> which are one: by their words, acronyms and places."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from ..datelines import dateline_of
from ..names import fold, singular, without_possessive, word_set
from .board import MOST, Board, Seen

_STOP = word_set("of and the for de la du des in on to")
_NATIONS = {
    **{"american": "us", "usa": "us", "british": "uk", "britain": "uk", "french": "france", "german": "germany"},
    **{"iraqi": "iraq", "iranian": "iran", "russian": "russia", "ukrainian": "ukraine", "chinese": "china"},
    **{"japanese": "japan", "israeli": "israel", "palestinian": "palestine", "syrian": "syria", "turkish": "turkey"},
    **{"egyptian": "egypt", "saudi": "saudi", "afghan": "afghanistan", "pakistani": "pakistan", "indian": "india"},
    **{"italian": "italy", "spanish": "spain", "polish": "poland", "greek": "greece", "swedish": "sweden"},
    **{"norwegian": "norway", "danish": "denmark", "finnish": "finland", "dutch": "netherlands", "mexican": "mexico"},
    **{"canadian": "canada", "australian": "australia", "brazilian": "brazil", "kenyan": "kenya", "libyan": "libya"},
    **{"lebanese": "lebanon", "yemeni": "yemen", "jordanian": "jordan", "nigerian": "nigeria", "cuban": "cuba"},
    **{"venezuelan": "venezuela", "argentine": "argentina", "hungarian": "hungary", "belgian": "belgium"},
    **{"swiss": "switzerland", "austrian": "austria", "irish": "ireland", "philippine": "philippines"},
    **{"indonesian": "indonesia", "malaysian": "malaysia", "thai": "thailand", "vietnamese": "vietnam"},
}
_COUNTRIES = frozenset(_NATIONS.values())
# Bodies that are named in either order: the health ministry, the Ministry of Health.
_EITHER_ORDER = word_set("ministry department embassy government parliament army navy police office consulate court")
_KNOWN = {"un": "united nation", "eu": "european union", "ap": "associated press"}  # too short to be sure of otherwise
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}|[A-Z][a-z]?[A-Z]{1,5}")
# Bodies of which a place has one, by the last word of what they are called; those of the second with a word before it.
_ONE_IN_A_PLACE = word_set("government parliament army navy military police coastguard")
_ONE_OF_ITS_SORT = _ONE_IN_A_PLACE | word_set("ministry service brigade council guard")
_AT_LEAST = 8  # words of a statement that nobody makes by chance as another does


class Body:
    """One named source that is no person, with the words of its name that matter. said: what it says; described:
    whether it is only described, "the foreign ministry": another report may mean another by the same words."""

    def __init__(self, seen: Seen, key: tuple[str, ...], said: Iterable[str] = ()) -> None:
        self.seen, self.key, self.id = seen, key, seen.source.id
        kind = seen.source.kind
        self.kind = "body" if kind in ("organisation", "outlet") else kind
        bare = re.sub(r"^(?:the|The)\s+", "", without_possessive(seen.source.name))
        self.acronym = bare.replace(".", "").lower() if _ACRONYM.fullmatch(bare) else ""
        self.bare = bare
        self.described = re.sub(r"^(?:an?|its|his|her|their|our)\s+", "", bare, flags=re.I).islower()
        self.said = {words for x in said if len(words := tuple(re.findall(r"\w+", x.lower()))) >= _AT_LEAST}

    @property
    def place(self) -> str:
        """The place of its report's dateline, in capitals; empty where it has none."""
        dateline = self.seen.text[slice(*(dateline_of(self.seen.text) or (0, 0)))]
        return " ".join(re.split("[,(]", dateline.rstrip(" -–—"))[0].upper().split())

    def initials(self) -> set[str]:
        """Of its words: without the small ones, and with them."""
        words = re.findall(r"[^\W_]+", self.bare)
        large = [w for w in words if w.lower() not in _STOP]
        if len(large) < 2:
            return set()
        return {"".join(w[0].lower() for w in some) for some in (large, words)}


def content_of(name: str) -> list[str]:
    """The words of a body's name or a description that matter: folded, singular, nationalities as countries."""
    text = re.sub(r"\bUnited States\b|\bU\.S\.(?:A\.)?", "US", name)
    text = re.sub(r"\bUnited Kingdom\b|\bU\.K\.", "UK", text)
    text = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\b)", "", text)
    words = [fold(without_possessive(w)) for w in re.split(r"[\s/,()]+", text)]
    kept = [w for w in words if w and w not in _STOP | {"a", "an"}]
    nations = [_NATIONS.get(w, w) for w in kept]
    return [w if w in _COUNTRIES else singular(w) for w in nations]


def same_bodies(bodies: list[Body], board: Board) -> None:
    """Joins organisations, outlets, groups and documents by name and, the first two, by acronym."""
    by_key: dict[tuple[str, tuple[str, ...]], list[Body]] = defaultdict(list)
    for body in bodies:
        by_key[body.kind, body.key].append(body)
    _either_order(by_key, board)
    _described(by_key, board)
    long_of: dict[str, dict[str, list[Body]]] = defaultdict(dict)  # by the first id of what is joined
    for (kind, key), many in sorted(by_key.items()):
        named = [b for b in many if not b.described]
        if kind == "body" and named and not (len(key) == 1 and many[0].acronym):
            for initials in sorted(set().union(*(b.initials() for b in named))):
                long_of[initials].setdefault(board.root(named[0].id), named)
    for (kind, _), many in sorted(by_key.items()):
        acronym = next((b.acronym for b in many if b.acronym), "")
        stands_for = list(long_of.get(acronym, {}).values()) if kind == "body" and acronym else []
        if len(stands_for) > 1:
            for body in many:
                _clash(body, acronym, stands_for, board)
            continue
        for a, b in itertools.pairwise(b for b in many if not b.described):
            board.join(a.id, b.id, "same name", 1)
        for long in stands_for:
            name, full = many[0].bare, long[0].bare
            said = any(_spelled_out(b.seen.text, long, acronym) for b in (*many, *long))
            if len(acronym) > 2 or said or _KNOWN.get(acronym) == " ".join(long[0].key):
                board.join(many[0].id, long[0].id, f"{name} stands for {full}", 3)
            else:
                board.doubt(many[0].id, long[0].id, f"{name} may stand for {full}")


def _described(by_key: dict[tuple[str, tuple[str, ...]], list[Body]], board: Board) -> None:
    """Bodies that are only described, in the same words, are one where two reports give the same statement of theirs,
    or are both from a place that has one such body; else perhaps one. So is who is called more: "the Carvanian foreign
    ministry"."""
    crowd = Counter((b.seen.document, key[-1]) for (_, key), many in by_key.items() for b in many)
    more: dict[Hashable, list[Body]] = defaultdict(list)
    for (kind, key), many in sorted(by_key.items()):
        small = tuple(content_of(" ".join(w for w in many[0].bare.split() if w.islower())))
        if not many[0].described and small != key:
            more[kind, small].append(many[0])
    for (kind, key), many in sorted(by_key.items()):
        some = [b for b in many if b.described]
        one_in_a_place = key[-1] in (_ONE_OF_ITS_SORT if len(key) > 1 else _ONE_IN_A_PLACE)
        of_place: dict[str, Body] = {}
        of_words: dict[tuple[str, ...], Body] = {}
        for body in some:
            alone = one_in_a_place and crowd[body.seen.document, key[-1]] == 1
            other = of_place.setdefault(body.place, body) if body.place and alone else body
            if other is not body:
                board.join(other.id, body.id, f"described in the same words, in reports from {body.place}", 1)
            for words in sorted(body.said):
                other = of_words.setdefault(words, body)
                if other is not body and (other.place == body.place or not (other.place and body.place)):
                    board.join(other.id, body.id, "described in the same words, with the same statement", 1)
        named = [b for b in many if not b.described]
        for a, b in itertools.pairwise([*some, *named[:1]]):
            board.doubt(a.id, b.id, f"{a.bare}: only described, in the same words")
        for other in more[kind, key][:MOST] if some else ():
            board.doubt(some[0].id, other.id, f"{some[0].bare} and {other.bare}: only one says whose")


def _clash(body: Body, acronym: str, long: list[list[Body]], board: Board) -> None:
    """An acronym that may stand for several bodies is joined to one only where its own report spells it out."""
    said = [some for some in long if _spelled_out(body.seen.text, some, acronym)]
    if len(said) == 1:
        board.join(body.id, said[0][0].id, f"{body.bare} stands for {said[0][0].bare}", 3)
        return
    for some in (said or long)[:MOST]:
        board.doubt(
            body.id, some[0].id, f"{body.bare} may stand for {some[0].bare}, or for another of the same initials"
        )


def _spelled_out(text: str, long: list[Body], acronym: str) -> bool:
    """Whether the text says "Federal Bureau of Investigation (FBI)"."""
    plain = text.lower()
    return any(f"{b.bare.lower()} ({acronym})" in plain for b in long)


def _either_order(by_key: dict[tuple[str, tuple[str, ...]], list[Body]], board: Board) -> None:
    """The same words in another order; and a ministry with and without its country."""
    sorts: dict[Hashable, list[tuple[str, ...]]] = defaultdict(list)
    homeless: dict[Hashable, list[tuple[bool, tuple[str, ...]]]] = defaultdict(list)
    for kind, key in sorted(by_key):
        if kind != "body" or len(key) < 2:
            continue
        sorts[tuple(sorted(key))].append(key)
        rest = tuple(sorted(w for w in key if w not in _COUNTRIES))
        if len(rest) > 1 and _EITHER_ORDER & set(rest):
            homeless[rest].append((len(rest) < len(key), key))
    for _, keys in sorted(sorts.items(), key=repr):
        for a, b in itertools.pairwise(keys):
            one, two = (min(by_key["body", key], key=lambda x: (x.described, x.id)) for key in (a, b))
            if _EITHER_ORDER & set(a) and not (one.described or two.described):
                board.join(one.id, two.id, f"{one.bare} and {two.bare}: same words in another order", 2)
            else:
                board.doubt(one.id, two.id, f"{one.bare} and {two.bare}: same words in another order")
    for _, some in sorted(homeless.items(), key=repr):
        without = [key for has, key in some if not has][:1]
        for key in [key for has, key in some if has][:MOST] if without else []:
            one, two = by_key["body", without[0]][0], by_key["body", key][0]
            board.doubt(one.id, two.id, f"{one.bare} and {two.bare}: only one says of which country")
