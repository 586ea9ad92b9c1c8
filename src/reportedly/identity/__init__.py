"""The sources of several reports -> which of them are the same person or body, and which perhaps are.

"Maj. Gen. Volesky" here and "Gary Volesky" there are one where nobody else in the reports is called Volesky and nothing
contradicts; two Clintons stay two. What the names alone cannot settle is listed as unsure and never merged. Rules only:
names are compared with names of the same block (surname as it sounds, or initials), never all with all.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping

from ..names import PersonName
from ..records import Report, Source
from .board import Board, Group, Identities, Pair, Seen, group_of
from .bodies import Body, content_of, same_bodies
from .people import Person, full_names, lone_surnames

__all__ = ["Group", "Identities", "Pair", "as_decided", "same_sources"]


def same_sources(reports: Iterable[Report]) -> Identities:
    """The identity of the sources across the reports, whatever their order; a report given twice counts once.

    Sources that are unnamed, joint, the author or of unknown kind are in no group. Nothing is raised: a name that
    cannot be read stands alone. Only sources count as bearers of a surname, not people whom a report merely mentions.
    """
    board = Board()
    people: list[Person] = []
    bodies: list[Body] = []
    unnamed: dict[Hashable, list[Seen]] = defaultdict(list)
    by_id: dict[str, Seen] = {}
    said: dict[str, set[str]] = defaultdict(set)
    for r in reports:
        by_id |= {s.id: Seen(s, r.document.id, r.document.text) for s in r.sources}
        for spoken in r.attributions:
            said[spoken.speaker or ""] |= {x.text for x in spoken.content}
    for _, seen in sorted(by_id.items()):
        source = seen.source
        if source.members or source.kind in ("author", "unknown"):
            continue
        if not source.named:
            if key := tuple(content_of(source.name)):
                unnamed[source.kind, key].append(seen)
        elif source.kind == "person":
            name = PersonName.of(source.name)
            if name.core:
                people.append(Person(seen, name))
        elif key := tuple(content_of(source.name)):
            bodies.append(Body(seen, key, said.get(source.id, ())))
    full_names(people, board)
    lone_surnames(people, board)
    same_bodies(bodies, board)
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
        groups.append(group_of([sources[i] for i in ids], reason))
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
