"""The sources of several reports -> which of them are the same person or body, and which perhaps are.

"Maj. Gen. Volesky" here and "Gary Volesky" there are one where nobody else in the reports is called Volesky and nothing
contradicts; two Clintons stay two. What the names alone cannot settle is listed as unsure and never merged. Rules only:
names are compared with names of the same block (surname as it sounds, or initials), never all with all.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import msgspec

from .names import PersonName, fold, without_possessive
from .records import Kind, Report, Source


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Group(msgspec.Struct, frozen=True):
    """One person or body. name: the fullest name; sources: two or more ids, sorted."""

    name: str
    kind: Kind
    sources: tuple[str, ...]
    reason: str


class Pair(msgspec.Struct, frozen=True, order=True):
    """Two sources, a < b by id, that may be the same; where one stands for its group, its first id."""

    a: str
    b: str
    reason: str


class Identities(msgspec.Struct, frozen=True):
    """Which sources are the same, sorted; whoever is in no group stands alone. apart: pairs of sources of which a
    person says that they are two; as in a `Pair`, the first id of its group stands for each."""

    groups: tuple[Group, ...] = ()
    unsure: tuple[Pair, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def same_sources(reports: Iterable[Report]) -> Identities:
    """The identity of the sources across the reports, whatever their order; a report given twice counts once.

    Sources that are unnamed, joint, the author or of unknown kind are in no group. Nothing is raised: a name that
    cannot be read stands alone. Only sources count as bearers of a surname, not people whom a report merely mentions.
    """
    board = _Board()
    people: list[_Person] = []
    bodies: list[_Body] = []
    unnamed: dict[Hashable, list[_Seen]] = defaultdict(list)
    by_id: dict[str, _Seen] = {}
    said: dict[str, set[str]] = defaultdict(set)
    for r in reports:
        by_id |= {s.id: _Seen(s, r.document.id, r.document.text) for s in r.sources}
        for spoken in r.attributions:
            said[spoken.speaker or ""] |= {x.text for x in spoken.content}
    for _, seen in sorted(by_id.items()):
        source = seen.source
        if source.members or source.kind in ("author", "unknown"):
            continue
        if not source.named:
            if key := tuple(_content(source.name)):
                unnamed[source.kind, key].append(seen)
        elif source.kind == "person":
            name = PersonName.of(source.name)
            if name.core:
                people.append(_Person(seen, name))
        elif key := tuple(_content(source.name)):
            bodies.append(_Body(seen, key, said.get(source.id, ())))
    _full_names(people, board)
    _lone_surnames(people, board)
    _same_bodies(bodies, board)
    for many in unnamed.values():
        for a, b in itertools.pairwise(many):
            if a.document != b.document:
                board.doubt(a.source.id, b.source.id, "unnamed, described in the same words")
    return board.read({seen_id: seen.source for seen_id, seen in by_id.items()})


def as_decided(
    found: Identities,
    persons: Iterable[Collection[str]],
    apart: Iterable[tuple[str, str]],
    sources: Mapping[str, Source],
) -> Identities:
    """What was found of who is who, with what people decided: persons are the groups that hold now, apart the pairs of
    sources (ids) of which they say that they are two."""
    groups = []
    for ids in persons:
        if len(ids) < 2:
            continue
        reason = next((g.reason for g in found.groups if set(ids) <= set(g.sources)), "a reviewer says so")
        groups.append(_group([sources[i] for i in ids], reason))
    one = {i: g.sources[0] for g in groups for i in g.sources}
    parted = tuple((one.get(a, a), one.get(b, b)) for a, b in apart)
    settled = {frozenset(pair) for pair in parted}
    before = {g.sources[0]: g.sources for g in found.groups}
    unsure = set()
    for pair in found.unsure:
        for a, b in itertools.product(before.get(pair.a, (pair.a,)), before.get(pair.b, (pair.b,))):
            first, second = sorted((one.get(a, a), one.get(b, b)))
            if first != second and frozenset((first, second)) not in settled:
                unsure.add(Pair(first, second, pair.reason))
    return Identities(tuple(groups), tuple(sorted(unsure)), parted)


class _Seen(msgspec.Struct, frozen=True):
    source: Source
    document: str
    text: str


class _Board:
    """What has been joined and what is doubted so far."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.reasons: dict[str, set[tuple[int, str]]] = defaultdict(set)
        self.doubts: dict[tuple[str, str], str] = {}

    def root(self, a: str) -> str:
        while (up := self.parent.get(a, a)) != a:
            self.parent[a] = self.parent.get(up, up)
            a = up
        return a

    def join(self, a: str, b: str, reason: str, weight: int) -> None:
        """One source with another. Of a group's reasons the ones of greatest weight are told."""
        first, second = sorted((self.root(a), self.root(b)))
        self.parent[second] = first
        if second != first:
            self.reasons[first] |= self.reasons.pop(second, set())
        self.reasons[first].add((weight, reason))

    def doubt(self, a: str, b: str, reason: str) -> None:
        pair = (a, b) if a < b else (b, a)
        self.doubts[pair] = min(reason, self.doubts.get(pair, reason))

    def read(self, sources: dict[str, Source]) -> Identities:
        """The groups and pairs, sorted."""
        members: dict[str, list[Source]] = defaultdict(list)
        for key in sorted(sources):
            members[self.root(key)].append(sources[key])
        groups = []
        for root, many in members.items():
            if len(many) < 2:
                continue
            top = max(weight for weight, _ in self.reasons[root])
            reason = "; ".join(sorted({r for weight, r in self.reasons[root] if weight == top})[:3])
            groups.append(_group(many, reason))
        pairs: dict[tuple[str, str], str] = {}
        for (a, b), reason in self.doubts.items():
            first, second = sorted((self.root(a), self.root(b)))  # the first ids of the groups
            if first != second:
                ends = (first, second)
                pairs[ends] = min(reason, pairs.get(ends, reason))
        unsure = sorted(Pair(a, b, reason) for (a, b), reason in pairs.items())
        return Identities(tuple(sorted(groups, key=lambda g: (g.name, g.sources))), tuple(unsure))


def _group(many: Sequence[Source], reason: str) -> Group:
    """Several sources as one, called by the fullest of their names."""
    name = min(many, key=lambda s: (not s.named, *_fullness(s))).name
    kind = min(s.kind for s in many if s.name == name)
    return Group(without_possessive(name), kind, tuple(sorted(s.id for s in many)), reason)


def _fullness(source: Source) -> tuple[int, int, str]:
    """Least for the source with the fullest of several names."""
    parts = len(PersonName.of(source.name).full.split()) if source.kind == "person" else 0
    return (-parts, -len(without_possessive(source.name)), source.name)


# People --------------------------------------------------------------------------------------------------------------

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
    **dict.fromkeys(_set("general major lieutenant colonel captain sergeant admiral corporal brigadier"), "ranks"),
    **dict.fromkeys(_set("detective officer sheriff inspector superintendent captain"), "ranks"),
    **dict.fromkeys(_set("senator representative congressman congresswoman"), "parliament"),
    **dict.fromkeys(("judge", "justice", "chief justice", "magistrate"), "court"),
    **dict.fromkeys(_set("pope cardinal archbishop bishop ayatollah imam mullah rabbi rev"), "church"),
    **dict.fromkeys(("king", "queen", "prince", "princess", "crown prince", "emperor", "sultan", "emir"), "throne"),
}
_REGNAL = {"king", "queen", "prince", "princess", "crown prince", "emperor", "sultan", "emir", "pope"}
_POLITE = _set("mr mrs ms miss mme madam sir dame lord lady dr prof honourable")
_WEAK = _set(
    "the a an of for and in to at with from his her its their former then ex new top senior chief first "
    "second our who was is local member leader official spokesman spokeswoman spokesperson year old us u "
    "s"
)
# Offices that few hold at a time: two of the surname and the office, without any full name, are one.
_RARE = {"president", "vice president", "prime minister", "foreign minister", "secretary of state", "chancellor"} | {
    *("attorney general", "secretary general", "chief justice", "pope", "king", "queen", "ayatollah", "sheikh"),
    *("general", "admiral", "senator", "governor", "emir", "sultan", "emperor", "crown prince"),
}
_MOST = 8  # pairs that are listed for one source; beyond, one pair that says how many there are


class _Person:
    """One named source with its parsed name."""

    def __init__(self, seen: _Seen, name: PersonName) -> None:
        self.seen, self.name, self.id = seen, name, seen.source.id
        self.core, self.gender = name.core, name.gender
        self.given = fold(name.given)
        self.middle = tuple(fold(m) for m in name.middle)
        role = f"{name.lead} {seen.source.role or ''} {' '.join(t for t in name.titles if t not in _POLITE)}"
        words = {_singular(fold(w)) for w in re.findall(r"[^\W_]+", role)}
        self.roles = frozenset(words - _WEAK - {self.core, self.given, ""})
        self.callings = frozenset(_CALLINGS[t] for t in name.titles if t in _CALLINGS)

    @property
    def key(self) -> tuple[Hashable, ...]:
        return (self.core, self.given, self.middle, self.name.suffix)


class _Bearer:
    """All sources of one full name; and later all of one person."""

    def __init__(self, people: list[_Person]) -> None:
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
        genders = self.genders | other.genders
        callings = bool(self.callings and other.callings) and not self.callings & other.callings
        return len(genders) > 1 or len((self.suffixes | other.suffixes) - {""}) > 1 or callings


def _full_names(people: list[_Person], board: _Board) -> None:
    """Joins the sources that give a full name."""
    named: dict[Hashable, list[_Person]] = defaultdict(list)
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


def _consistent(people: list[_Person], board: _Board) -> list[_Bearer]:
    """One bearer of people of the very same full name; each for itself where they contradict each other."""
    whole = _Bearer(people)
    callings = {p.callings for p in people if p.callings}
    clash = any(not a & b for a, b in itertools.combinations(sorted(callings, key=sorted), 2))
    if len(whole.genders) > 1 or clash:
        parts: dict[Hashable, list[_Person]] = defaultdict(list)
        for person in people:
            parts[person.gender or "", tuple(sorted(person.callings))].append(person)
        bearers = [_Bearer(part) for _, part in sorted(parts.items(), key=lambda item: repr(item[0]))]
    else:
        bearers = [whole]
    for bearer in bearers:
        for person in bearer.people[1:]:
            reason = "same full name" if len(person.given) > 1 else "same surname and initial"
            board.join(bearer.id, person.id, reason, 1)
    return bearers


Verdict = tuple[Literal["apart", "perhaps", "same"], str]


def _settle(block: list[_Bearer], board: _Board) -> None:
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


def _given_names(a: _Person, b: _Person) -> Literal["same", "initial", "short", "spelling", "apart"]:
    one, two = a.given, b.given
    if one == two:
        return "same"
    if (len(one) == 1 or len(two) == 1) and one[:1] == two[:1]:
        return "initial"
    if _NICKNAMES.get(one, one) == _NICKNAMES.get(two, two):
        return "short"
    return "spelling" if _alike(one, two) else "apart"


def _middles_agree(a: _Person, b: _Person) -> bool:
    """Whether the middle names may be those of one person: absent in one, or the same or their initials in turn."""
    if not a.middle or not b.middle:
        return True
    return all(
        one == two or (one[:1] == two[:1] and 1 in (len(one), len(two))) or _alike(one, two)
        for one, two in zip(a.middle, b.middle, strict=False)
    )


def _lone_surnames(people: list[_Person], board: _Board) -> None:
    """Joins the sources that give a surname only to the one bearer of it, if there is one."""
    full: dict[str, dict[str, list[_Person]]] = defaultdict(lambda: defaultdict(list))
    lone: dict[str, list[_Person]] = defaultdict(list)
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
    everyone: dict[str, list[_Person]] = defaultdict(list)
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


def _with_bearers(alone: list[_Bearer], exact: list[_Bearer], board: _Board) -> list[_Bearer]:
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


def _with_each_other(alone: list[_Bearer], may_join: bool, board: _Board) -> None:
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


def _quarrel(people: list[_Bearer]) -> bool:
    """Whether some two of the people contradict each other."""
    genders = {g for one in people for g in one.genders}
    suffixes = {s for one in people for s in one.suffixes} - {""}
    callings = {one.callings for one in people if one.callings}
    clash = any(not a & b for a, b in itertools.combinations(sorted(callings, key=sorted), 2))
    return len(genders) > 1 or len(suffixes) > 1 or clash


def _doubt_all(one: _Bearer, others: list[_Bearer], reason: str, board: _Board) -> None:
    if len(others) > _MOST:
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


# Bodies --------------------------------------------------------------------------------------------------------------

_STOP = _set("of and the for de la du des in on to")
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
_EITHER_ORDER = _set("ministry department embassy government parliament army navy police office consulate court")
_KNOWN = {"un": "united nation", "eu": "european union", "ap": "associated press"}  # too short to be sure of otherwise
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}|[A-Z][a-z]?[A-Z]{1,5}")
# Bodies of which a place has one, by the last word of what they are called; those of the second with a word before it.
_ONE_IN_A_PLACE = _set("government parliament army navy military police coastguard")
_ONE_OF_ITS_SORT = _ONE_IN_A_PLACE | _set("ministry service brigade council guard")
_DATELINE = re.compile(
    r"^[^\S\n]*([A-Z][A-Z.’' -]{1,38}[A-Z])(?:, [A-Z][\w .]{1,20}){0,2}(?: ?\([^()\n]{2,40}\))? ?[-–—]{1,2} ",
    re.M,
)
_OPENING = 1000  # characters in which a text has its dateline
_AT_LEAST = 8  # words of a statement that nobody makes by chance as another does


class _Body:
    """One named source that is no person, with the words of its name that matter. said: what it says; described:
    whether it is only described, "the foreign ministry": another report may mean another by the same words."""

    def __init__(self, seen: _Seen, key: tuple[str, ...], said: Iterable[str] = ()) -> None:
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
        """The place of its report's dateline; empty where it has none."""
        dateline = _DATELINE.search(self.seen.text, 0, _OPENING)
        return " ".join(dateline[1].split()) if dateline else ""

    def initials(self) -> set[str]:
        """Of its words: without the small ones, and with them."""
        words = re.findall(r"[^\W_]+", self.bare)
        large = [w for w in words if w.lower() not in _STOP]
        if len(large) < 2:
            return set()
        return {"".join(w[0].lower() for w in some) for some in (large, words)}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _content(name: str) -> list[str]:
    """The words of a body's name or a description that matter: folded, singular, nationalities as countries."""
    text = re.sub(r"\bUnited States\b|\bU\.S\.(?:A\.)?", "US", name)
    text = re.sub(r"\bUnited Kingdom\b|\bU\.K\.", "UK", text)
    text = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\b)", "", text)
    words = [fold(without_possessive(w)) for w in re.split(r"[\s/,()]+", text)]
    kept = [w for w in words if w and w not in _STOP | {"a", "an"}]
    nations = [_NATIONS.get(w, w) for w in kept]
    return [w if w in _COUNTRIES else _singular(w) for w in nations]


def _same_bodies(bodies: list[_Body], board: _Board) -> None:
    """Joins organisations, outlets, groups and documents by name and, the first two, by acronym."""
    by_key: dict[tuple[str, tuple[str, ...]], list[_Body]] = defaultdict(list)
    for body in bodies:
        by_key[body.kind, body.key].append(body)
    _either_order(by_key, board)
    _described(by_key, board)
    long_of: dict[str, dict[str, list[_Body]]] = defaultdict(dict)  # by the first id of what is joined
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


def _described(by_key: dict[tuple[str, tuple[str, ...]], list[_Body]], board: _Board) -> None:
    """Bodies that are only described, in the same words, are one where two reports give the same statement of theirs,
    or are both from a place that has one such body; else perhaps one. So is who is called more: "the Carvanian foreign
    ministry"."""
    crowd = Counter((b.seen.document, key[-1]) for (_, key), many in by_key.items() for b in many)
    more: dict[Hashable, list[_Body]] = defaultdict(list)
    for (kind, key), many in sorted(by_key.items()):
        small = tuple(_content(" ".join(w for w in many[0].bare.split() if w.islower())))
        if not many[0].described and small != key:
            more[kind, small].append(many[0])
    for (kind, key), many in sorted(by_key.items()):
        some = [b for b in many if b.described]
        one_in_a_place = key[-1] in (_ONE_OF_ITS_SORT if len(key) > 1 else _ONE_IN_A_PLACE)
        seen: dict[Hashable, _Body] = {}
        for body in some:
            alone = one_in_a_place and crowd[body.seen.document, key[-1]] == 1
            other = seen.setdefault(body.place, body) if body.place and alone else body
            if other is not body:
                board.join(other.id, body.id, f"described in the same words, in reports from {body.place}", 1)
            for words in sorted(body.said):
                other = seen.setdefault(words, body)
                if other is not body and (other.place == body.place or not (other.place and body.place)):
                    board.join(other.id, body.id, "described in the same words, with the same statement", 1)
        for a, b in itertools.pairwise([*some, *(b for b in many if not b.described)][: len(some) + 1]):
            board.doubt(a.id, b.id, f"{a.bare}: only described, in the same words")
        for other in more[kind, key][:_MOST] if some else ():
            board.doubt(some[0].id, other.id, f"{some[0].bare} and {other.bare}: only one says whose")


def _clash(body: _Body, acronym: str, long: list[list[_Body]], board: _Board) -> None:
    """An acronym that may stand for several bodies is joined to one only where its own report spells it out."""
    said = [some for some in long if _spelled_out(body.seen.text, some, acronym)]
    if len(said) == 1:
        board.join(body.id, said[0][0].id, f"{body.bare} stands for {said[0][0].bare}", 3)
        return
    for some in (said or long)[:_MOST]:
        board.doubt(
            body.id, some[0].id, f"{body.bare} may stand for {some[0].bare}, or for another of the same initials"
        )


def _spelled_out(text: str, long: list[_Body], acronym: str) -> bool:
    """Whether the text says "Federal Bureau of Investigation (FBI)"."""
    plain = text.lower()
    return any(f"{b.bare.lower()} ({acronym})" in plain for b in long)


def _either_order(by_key: dict[tuple[str, tuple[str, ...]], list[_Body]], board: _Board) -> None:
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
        for key in [key for has, key in some if has][:_MOST] if without else []:
            one, two = by_key["body", without[0]][0], by_key["body", key][0]
            board.doubt(one.id, two.id, f"{one.bare} and {two.bare}: only one says of which country")
