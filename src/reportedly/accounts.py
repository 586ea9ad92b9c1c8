"""Claims and their relations -> questions, and the accounts that answer them.

Correlation clustering (Bansal, Blum and Chawla 2004) in two rounds, each by greedy additive edge contraction (Keuper et
al. 2015): claims that speak to one matter, whether they support or dispute each other, make a question; within it,
claims that support each other more than they dispute make an account. Ties go to the lower number, so that the same
claims give the same accounts.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple


class Weight(NamedTuple):
    """What is known of a pair of claims: the probabilities that both answer one question and alike, and that they
    answer it otherwise."""

    supports: float
    disputes: float


class Settings(NamedTuple):
    """Chosen on labelled cases. together: how probable it must be of a pair of claims that both answer one question,
    for it to count for joining them rather than against; apart: how much more probable that they answer alike than
    otherwise, for it to count for one account; absent: what a pair that was not judged counts, as a share of one that
    has nothing in common; conflict: least mean of disputes between accounts that compete."""

    together: float = 0.3
    apart: float = 0.05
    absent: float = 0.3
    conflict: float = 0.1


class Grouped(NamedTuple):
    """A question as groups of claims (numbers), in order; contested: whether two of them dispute each other."""

    accounts: list[list[int]]
    contested: bool


Pairs = Mapping[tuple[int, int], Weight]


def grouped(n: int, pairs: Pairs, settings: Settings, disputes: Collection[tuple[int, int]] = ()) -> list[Grouped]:
    """The questions of n claims, each with its accounts; claims that go with no other make one alone. disputes: pairs
    that are said to dispute each other: they are never in one account."""
    s = settings
    same = {k: w.supports + w.disputes for k, w in pairs.items()}
    questions = agglomerate(range(n), same, s.together, s.absent)
    number = {i: q for q, members in enumerate(questions) for i in members}
    stances: list[dict[tuple[int, int], float]] = [{} for _ in questions]
    never: list[list[tuple[int, int]]] = [[] for _ in questions]
    for (i, j), w in pairs.items():
        if number[i] == number[j]:
            stances[number[i]][i, j] = w.supports - w.disputes
    for i, j in disputes:
        if number[i] == number[j]:
            never[number[i]].append((i, j))
    out = []
    for members, stance, opposed in zip(questions, stances, never, strict=True):
        accounts = agglomerate(members, stance, s.apart, s.absent, opposed) if len(members) > 1 else [members]
        contested = any(disputed(a, b, pairs) >= s.conflict for i, a in enumerate(accounts) for b in accounts[:i])
        out.append(Grouped(accounts, contested))
    return out


def disputed(a: Sequence[int], b: Sequence[int], pairs: Pairs) -> float:
    """The mean probability of dispute over the judged pairs between two accounts; 0 where none was judged."""
    known = [w.disputes for i in a for j in b if (w := pairs.get((min(i, j), max(i, j))))]
    return sum(known) / len(known) if known else 0.0


def agglomerate(
    items: Sequence[int],
    weights: Mapping[tuple[int, int], float],
    least: float,
    absent: float = 1.0,
    never: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Join the two groups that gain most by it, as long as any gain. What a join gains is the sum, over the pairs
    across, of their weights less `least`; a pair without weight costs a share `absent` of that. Pairs of `never` are
    not joined, nor the groups that hold them. Groups in the order of their first items."""
    groups: dict[int, list[int]] = {i: [i] for i in items}
    kept_apart: dict[int, set[int]] = defaultdict(set)
    for i, j in never:
        kept_apart[i].add(j)
        kept_apart[j].add(i)
    # Between two groups: the sum of their pairs' weights less `least`, and how many pairs there are of.
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for (i, j), w in weights.items():
        sums[i][j] = sums[j][i] = (w - least, 1)

    def gain(a: int, b: int) -> float:
        total, known = sums[a][b]
        return total - least * absent * (len(groups[a]) * len(groups[b]) - known)

    heap = [(-gain(i, j), i, j) for i, j in weights if gain(i, j) > 0]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or -value != gain(a, b) or b in kept_apart[a]:
            continue  # of groups that are no more what they were
        for other in kept_apart.pop(b, ()):
            kept_apart[other].discard(b)
            kept_apart[other].add(a)
            kept_apart[a].add(other)
        groups[a] += groups.pop(b)
        for c, (total, known) in sums.pop(b).items():
            if c != a:
                before = sums[a].get(c, (0.0, 0))
                sums[a][c] = sums[c][a] = (before[0] + total, before[1] + known)
            sums[c].pop(b, None)
        for c in sums[a]:
            if (worth := gain(a, c)) > 0:
                heapq.heappush(heap, (-worth, min(a, c), max(a, c)))
    return [sorted(g) for _, g in sorted(groups.items(), key=lambda kv: min(kv[1]))]
