"""What has been found of who is who, and what is doubted: groups of sources that are one, and pairs that may be."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from ..names import PersonName, without_possessive
from ..records import Kind, Source

MOST = 8  # pairs that are listed for one source; beyond, one pair that says how many there are


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


class Seen(msgspec.Struct, frozen=True):
    """A source with the id and the text of its document."""

    source: Source
    document: str
    text: str


class Board:
    """What has been joined and what is doubted so far."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.reasons: dict[str, set[tuple[int, str]]] = defaultdict(set)
        self.doubts: dict[tuple[str, str], str] = {}

    def root(self, a: str) -> str:
        """The first id of what a source is joined to."""
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
        """That two sources may be one. Of several reasons the first by letter is told."""
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
            groups.append(group_of(many, reason))
        pairs: dict[tuple[str, str], str] = {}
        for (a, b), reason in self.doubts.items():
            first, second = sorted((self.root(a), self.root(b)))  # the first ids of the groups
            if first != second:
                ends = (first, second)
                pairs[ends] = min(reason, pairs.get(ends, reason))
        unsure = sorted(Pair(a, b, reason) for (a, b), reason in pairs.items())
        return Identities(tuple(sorted(groups, key=lambda g: (g.name, g.sources))), tuple(unsure))


def group_of(many: Sequence[Source], reason: str) -> Group:
    """Several sources as one, called by the fullest of their names."""
    name = min(many, key=lambda s: (not s.named, *_fullness(s))).name
    kind = min(s.kind for s in many if s.name == name)
    return Group(without_possessive(name), kind, tuple(sorted(s.id for s in many)), reason)


def _fullness(source: Source) -> tuple[int, int, str]:
    """Least for the source with the fullest of several names."""
    parts = len(PersonName.of(source.name).full.split()) if source.kind == "person" else 0
    return (-parts, -len(without_possessive(source.name)), source.name)
