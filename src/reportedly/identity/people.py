"""Named people of several reports -> which are one: by full name, given name, surname, and what contradicts."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from ..names import PersonName, fold, singular, word_set
from .board import MOST, Board, Seen

_NICKNAMES = {
    **{"bill": "william", "billy": "william", "will": "william", "bob": "robert", "bobby": "robert", "rob": "robert"},
    **{"joe": "joseph", "jim": "james", "jimmy": "james", "mike": "michael", "dick": "richard", "rick": "richard"},
    **{"tom": "thomas", "tony": "anthony", "dave": "david", "dan": "daniel", "ted": "edward", "ed": "edward"},
    **{"jeff": "jeffrey", "steve": "steven", "chuck": "charles", "charlie": "charles", "liz": "elizabeth"},
    **{"beth": "elizabeth", "kate": "katherine", "kathy": "katherine", "sue": "susan", "greg": "gregory"},
    **{"matt": "matthew", "ben": "benjamin", "bernie": "bernard", "jack": "john", "ron": "ronald", "don": "donald"},
    **{"tim": "timothy", "andy": "andrew", "nick": "nicholas", "alex": "alexander", "sam": "samuel", "ken": "kenneth"},
    **{"peggy": "margaret", "maggie": "margaret", "larry": "lawrence", "stephen": "steven"},
}
# A person has one of these callings at a time; titles of several callings contradict each other.
_CALLINGS = {
    **dict.fromkeys(word_set("general major lieutenant colonel captain sergeant admiral corporal brigadier"), "ranks"),
    **dict.fromkeys(word_set("detective officer sheriff inspector superintendent captain"), "ranks"),
    **dict.fromkeys(word_set("senator representative congressman congresswoman"), "parliament"),
    **dict.fromkeys(("judge", "justice", "chief justice", "magistrate"), "court"),
    **dict.fromkeys(word_set("pope cardinal archbishop bishop ayatollah imam mullah rabbi rev"), "church"),
    **dict.fromkeys(("king", "queen", "prince", "princess", "crown prince", "emperor", "sultan", "emir"), "throne"),
}
_REGNAL = {"king", "queen", "prince", "princess", "crown prince", "emperor", "sultan", "emir", "pope"}
_POLITE = word_set("mr mrs ms miss mme madam sir dame lord lady dr prof honourable")
_WEAK = word_set(
    "the a an of for and in to at with from his her its their former then ex new top senior chief first "
    "second our who was is local member leader official spokesman spokeswoman spokesperson year old us u "
    "s"
)
# Offices that few hold at a time: two of the surname and the office, without any full name, are one.
_RARE = {"president", "vice president", "prime minister", "foreign minister", "secretary of state", "chancellor"} | {
    *("attorney general", "secretary general", "chief justice", "pope", "king", "queen", "ayatollah", "sheikh"),
    *("general", "admiral", "senator", "governor", "emir", "sultan", "emperor", "crown prince"),
}


class Person:
    """One named source with its parsed name."""

    def __init__(self, seen: Seen, name: PersonName) -> None:
        self.seen, self.name, self.id = seen, name, seen.source.id
        self.core, self.gender = name.core, name.gender
        self.given = fold(name.given)
        self.middle = tuple(fold(m) for m in name.middle)
        role = f"{name.lead} {seen.source.role or ''} {' '.join(t for t in name.titles if t not in _POLITE)}"
        words = {singular(fold(w)) for w in re.findall(r"[^\W_]+", role)}
        self.roles = frozenset(words - _WEAK - {self.core, self.given, ""})
        self.callings = frozenset(_CALLINGS[t] for t in name.titles if t in _CALLINGS)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The same for those of the very same full name."""
        return (self.core, self.given, self.middle, self.name.suffix)


class _Bearer:
    """All sources of one full name; and later all of one person."""

    def __init__(self, people: list[Person]) -> None:
        self.people = sorted(people, key=lambda p: p.id)
        self.one = self.people[0]
        self.id, self.name = self.one.id, self.one.seen.source.name
        self.roles = frozenset().union(*(p.roles for p in people))
        self.genders = frozenset(p.gender for p in people if p.gender)
        self.suffixes = frozenset(p.name.suffix for p in people)
        self.documents = frozenset(p.seen.document for p in people)
        self.callings = frozenset().union(*(p.callings for p in people))
        self.titles = frozenset(t for p in people for t in p.name.titles)

    def contradicts(self, other: "_Bearer") -> bool:
        """Whether gender, suffix or calling keeps the two apart."""
        return _quarrel((self, other))


def full_names(people: list[Person], board: Board) -> None:
    """Joins the sources that give a full name."""
    named: dict[Hashable, list[Person]] = defaultdict(list)
    for person in people:
        if person.given:
            named[person.key].append(person)
    blocks: dict[Hashable, list[_Bearer]] = defaultdict(list)
    for key in sorted(named, key=repr):
        for bearer in _consistent(named[key], board):
            given = _NICKNAMES.get(bearer.one.given, bearer.one.given)
            blocks[_sound(bearer.one.core), _sound(given)[:1]].append(bearer)
    for block in blocks.values():
        _settle(block, board)


def _consistent(people: list[Person], board: Board) -> list[_Bearer]:
    """One bearer of people of the very same full name; each for itself where they contradict each other."""
    if _quarrel([_Bearer([p]) for p in people]):
        parts: dict[Hashable, list[Person]] = defaultdict(list)
        for person in people:
            parts[person.gender or "", tuple(sorted(person.callings))].append(person)
        bearers = [_Bearer(part) for _, part in sorted(parts.items(), key=lambda item: repr(item[0]))]
    else:
        bearers = [_Bearer(people)]
    for bearer in bearers:
        for person in bearer.people[1:]:
            reason = "same full name" if len(person.given) > 1 else "same surname and initial"
            board.join(bearer.id, person.id, reason, 1)
    return bearers


Verdict = tuple[Literal["apart", "perhaps", "same"], str]


def _settle(block: list[_Bearer], board: Board) -> None:
    """Joins the bearers who are the same, where nobody in between is apart; doubts the rest."""
    edges: list[tuple[int, int, str]] = []
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in _candidates(block):
        verdict, reason = _relation(block[a], block[b])
        if verdict == "same":
            edges.append((a, b, reason))
            near[a].add(b)
            near[b].add(a)
        elif verdict == "perhaps":
            board.doubt(block[a].id, block[b].id, reason)
    for cluster in _clusters(near):
        sure = all(
            b in near[a]
            or (_relation(block[a], block[b])[0] != "apart" and not block[a].documents & block[b].documents)
            for a, b in itertools.combinations(cluster, 2)
        )
        for a, b, reason in edges:
            if a not in cluster:
                continue
            if sure:
                board.join(block[a].id, block[b].id, reason, 3)
            else:
                board.doubt(block[a].id, block[b].id, "may be either of two who are not the same: " + reason)


def _candidates(block: list[_Bearer]) -> Iterable[tuple[int, int]]:
    """Which of a block to compare: those whose given names sound alike, and an initial with everybody."""
    by_sound: dict[str, list[int]] = defaultdict(list)
    for at, bearer in enumerate(block):
        by_sound[_sound(_NICKNAMES.get(bearer.one.given, bearer.one.given))].append(at)
    initials = [at for at, bearer in enumerate(block) if len(bearer.one.given) == 1]
    pairs = {pair for some in by_sound.values() for pair in itertools.combinations(some, 2)}
    pairs |= {(min(a, b), max(a, b)) for a in initials for b in range(len(block)) if a != b}
    return sorted(pairs)


def _clusters(near: dict[int, set[int]]) -> list[set[int]]:
    """The connected parts of a graph."""
    left, clusters = set(near), []
    while left:
        reached, edge = set(), {min(left)}
        while edge:
            reached |= edge
            edge = set().union(*(near[n] for n in edge)) - reached
        left -= reached
        clusters.append(reached)
    return clusters


def _relation(a: _Bearer, b: _Bearer) -> Verdict:
    """What two different full names are to each other."""
    one, two = a.one, b.one
    first, second = one.name.full, two.name.full
    given = _given_names(one, two)
    if given == "apart" or not _alike(one.core, two.core) or not _middles_agree(one, two):
        return "apart", ""
    if one.key == two.key:  # told apart by gender or calling
        return ("apart", "") if len(a.genders | b.genders) > 1 else ("perhaps", "same full name, different callings")
    if a.contradicts(b):
        return "apart", ""
    if one.name.suffix != two.name.suffix:
        return "perhaps", f"{first} and {second}: only one is called junior, senior or by number"
    if a.documents & b.documents:
        return "perhaps", f"one report holds {first} and {second} apart"
    if one.core == two.core and given == "same":
        return "same", f"{first} and {second}: same name, one without the middle name"
    if one.core == two.core and given == "initial":
        return "same", f"{first} and {second}: same surname and initial"
    shared = _shared(a, b)
    what = "one is short for the other" if one.core == two.core and given == "short" else "spelled almost alike"
    if shared:
        return "same", f"{first} and {second}: {what}, both {shared}"
    return "perhaps", f"{first} and {second}: {what}"


def _shared(a: _Bearer, b: _Bearer) -> str:
    """The title that both bear, else the words that both roles share; empty where there is none."""
    titles = sorted((a.titles & b.titles) - _POLITE)
    return titles[0] if titles else ", ".join(sorted(a.roles & b.roles)[:3])


def _given_names(a: Person, b: Person) -> Literal["same", "initial", "short", "spelling", "apart"]:
    one, two = a.given, b.given
    if one == two:
        return "same"
    if (len(one) == 1 or len(two) == 1) and one[:1] == two[:1]:
        return "initial"
    if _NICKNAMES.get(one, one) == _NICKNAMES.get(two, two):
        return "short"
    return "spelling" if _alike(one, two) else "apart"


def _middles_agree(a: Person, b: Person) -> bool:
    """Whether the middle names may be those of one person: absent in one, or the same or their initials in turn."""
    if not a.middle or not b.middle:
        return True
    return all(
        one == two or (one[:1] == two[:1] and 1 in (len(one), len(two))) or _alike(one, two)
        for one, two in zip(a.middle, b.middle, strict=False)
    )


def lone_surnames(people: list[Person], board: Board) -> None:
    """Joins the sources that give a surname only to the one bearer of it, if there is one."""
    full: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    lone: dict[str, list[Person]] = defaultdict(list)
    sounds: dict[str, set[str]] = defaultdict(set)
    cores: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.given:
            full[person.core][board.root(person.id)].append(person)
            cores[board.root(person.id)].add(person.core)
            sounds[_sound(person.core)].add(person.core)
        else:
            lone[person.core].append(person)
    # one who is spelled in two ways bears the surname in both
    everyone: dict[str, list[Person]] = defaultdict(list)
    for by_root in full.values():
        for root, some in by_root.items():
            everyone[root] += some
    bearers = {root: _Bearer(some) for root, some in everyone.items()}
    for core in sorted(lone):
        everybody = [_Bearer([p]) for p in lone[core]]
        alone = [one for one in everybody if _REGNAL.isdisjoint(one.titles)]
        regnal = [one for one in everybody if not _REGNAL.isdisjoint(one.titles)]  # King Abdullah bears no surname
        exact = [bearers[root] for root in sorted(full[core])] if core in full else []
        if exact:
            alone = _with_bearers(alone, exact, board)
        else:
            near = [c for c in sorted(sounds.get(_sound(core), ())) if _alike(c, core)]
            others = [bearers[root] for root in sorted({r for c in near for r in full[c]})]
            for one in alone:
                _doubt_all(one, others, f"{one.name}: surname spelled almost alike", board)
        _with_each_other(alone, not exact, board)
        _with_each_other(regnal, True, board)
        if alone and regnal and not exact and not alone[0].contradicts(regnal[0]):
            board.doubt(alone[0].id, regnal[0].id, f"{regnal[0].name}: same name, no title tells more")


def _with_bearers(alone: list[_Bearer], exact: list[_Bearer], board: Board) -> list[_Bearer]:
    """Joins lone surnames to the one bearer; gives those that were not joined."""
    # somebody among the lone ones may certainly be another bearer
    several = len(exact) > 1 or any(one.contradicts(exact[0]) for one in alone) or _quarrel(alone)
    crowded = _crowded(alone)
    left = []
    for one in alone:
        surname, bearer = one.one.name.surname, exact[0]
        if several:
            left.append(one)
            _doubt_all(one, exact, f"{one.name}: several in the reports are called {surname}", board)
        elif one.documents & (bearer.documents | crowded):
            left.append(one)
            board.doubt(one.id, bearer.id, f"{one.name}: its report holds it and another {surname} apart")
        elif one.suffixes != bearer.suffixes and not bearer.suffixes >= one.suffixes:
            left.append(one)
            board.doubt(one.id, bearer.id, f"{one.name}: only one is called junior, senior or by number")
        else:
            rank = bool(one.titles & bearer.titles - _POLITE)
            what = "surname, rank" if rank else "surname, role" if one.roles & bearer.roles else "surname"
            board.join(bearer.id, one.id, f"{one.name}: same {what} and no other {surname}", 2)
    return left


def _with_each_other(alone: list[_Bearer], may_join: bool, board: Board) -> None:
    """Joins lone surnames that share a rare office or two words of their roles, where none contradicts another."""
    quarrel, crowded = _quarrel(alone), _crowded(alone)
    by_role: dict[Hashable, list[_Bearer]] = defaultdict(list)
    for one in alone:
        if may_join and not one.documents & crowded:
            suffix = one.one.name.suffix
            for office in one.titles & _RARE:
                by_role[suffix, office].append(one)
            for two in itertools.combinations(sorted(one.roles)[:12], 2):
                by_role[suffix, two].append(one)
    for _, many in sorted(by_role.items(), key=repr):
        for a, b in itertools.pairwise(many):
            if not a.contradicts(b):
                reason = f"{b.name}: same surname, both {_shared(a, b)}"
                if quarrel:
                    board.doubt(a.id, b.id, reason)
                else:
                    board.join(a.id, b.id, reason, 1)
    for a, b in itertools.pairwise(alone):
        if not a.contradicts(b) and not a.documents & b.documents:
            board.doubt(a.id, b.id, f"{b.name}: same surname, no full name tells more")


def _crowded(alone: list[_Bearer]) -> frozenset[str]:
    """The documents that hold several of the lone surnames apart."""
    count = Counter(document for one in alone for document in one.documents)
    return frozenset(document for document, times in count.items() if times > 1)


def _quarrel(people: Sequence[_Bearer]) -> bool:
    """Whether gender, suffix or calling keeps some two of the people apart."""
    genders = {g for one in people for g in one.genders}
    suffixes = {s for one in people for s in one.suffixes} - {""}
    callings = {one.callings for one in people if one.callings}
    clash = any(not a & b for a, b in itertools.combinations(sorted(callings, key=sorted), 2))
    return len(genders) > 1 or len(suffixes) > 1 or clash


def _doubt_all(one: _Bearer, others: list[_Bearer], reason: str, board: Board) -> None:
    if len(others) > MOST:
        board.doubt(one.id, others[0].id, f"{reason} ({len(others)} may be meant)")
        return
    for other in others:
        if not one.contradicts(other):
            board.doubt(one.id, other.id, reason)


@lru_cache(maxsize=65536)
def _sound(name: str) -> str:
    """What different spellings of a name share: its consonants, alike ones as one. gaddafi, gadhafi, qadhafi: kdf."""
    for written, heard in (("ph", "f"), ("ks", "x"), ("sch", "sh"), ("ts", "s"), ("tz", "s"), ("dzh", "j")):
        name = name.replace(written, heard)
    name = name.translate(str.maketrans("cqgwz", "kkkvs"))
    first = "a" if name[:1] in tuple("aeiouy") else name[:1]
    rest = "".join(c for c in name[1:] if c not in "aeiouyhj")
    return "".join(c for c, _ in itertools.groupby(first + rest))


@lru_cache(maxsize=65536)
def _alike(one: str, two: str) -> bool:
    """Whether two folded names may be spellings of one."""
    if one == two:
        return True
    if min(len(one), len(two)) < 4 or _sound(one) != _sound(two):
        return False
    return SequenceMatcher(None, min(one, two), max(one, two), autojunk=False).ratio() >= 0.7
