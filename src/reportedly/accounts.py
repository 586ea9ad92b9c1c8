"""Claims and their relations -> questions, and the accounts that answer them.

Two rounds of agglomeration by average linkage (Sokal and Michener 1958), each over the pairs that were judged: claims
that speak to one matter, whether they support or dispute each other, make a question; within it, claims that support
each other more than they dispute make an account, as in correlation clustering (Bansal, Blum and Chawla 2004). Ties go
to the lower number, so that the same claims give the same accounts.
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
    """Chosen on the labelled cases, each left out in turn, so that no question swallows a case. together: least mean of
    a question's pairs; apart: least mean of support over dispute within an account; absent: what a pair that was not
    judged counts for, as a share of one that was; conflict: least mean of disputes between accounts that compete."""

    together: float = 0.35
    apart: float = 0.2
    absent: float = 0.3
    conflict: float = 0.15


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
    for (i, j), w in pairs.items():
        if number[i] == number[j]:
            stances[number[i]][i, j] = w.supports - w.disputes
    out = []
    for members, stance in zip(questions, stances, strict=True):
        accounts = agglomerate(members, stance, s.apart, s.absent, disputes)
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
    absent: float,
    never: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Join the two groups of the highest mean weight as long as it exceeds `least`. A pair without weight counts as 0
    and for a share `absent` of a pair; those of `never` are not joined, nor the groups that hold them. Groups in the
    order of their first items."""
    groups: dict[int, list[int]] = {i: [i] for i in items}
    kept_apart: dict[int, set[int]] = defaultdict(set)
    for i, j in never:
        kept_apart[i].add(j)
        kept_apart[j].add(i)
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for (i, j), w in weights.items():
        sums[i][j] = sums[j][i] = (w, 1)

    def mean(a: int, b: int) -> float:
        total, known = sums[a][b]
        return total / (known + absent * (len(groups[a]) * len(groups[b]) - known))

    heap = [(-mean(i, j), i, j) for (i, j) in weights]
    heapq.heapify(heap)
    stamp = dict.fromkeys(items, 0)
    marks: dict[tuple[int, int], tuple[int, int]] = dict.fromkeys(weights, (0, 0))
    while heap:
        value, a, b = heapq.heappop(heap)
        if -value <= least:
            break
        if a not in groups or b not in groups or marks.get((a, b)) != (stamp[a], stamp[b]) or b in kept_apart[a]:
            continue
        for other in kept_apart.pop(b, ()):
            kept_apart[other].discard(b)
            kept_apart[other].add(a)
            kept_apart[a].add(other)
        groups[a] += groups.pop(b)
        stamp[a] += 1
        others = sums.pop(b)
        for c, (w, k) in others.items():
            if c != a:
                before = sums[a].get(c, (0.0, 0))
                sums[a][c] = sums[c][a] = (before[0] + w, before[1] + k)
            sums[c].pop(b, None)
        for c in sums[a]:
            x, y = min(a, c), max(a, c)
            marks[x, y] = (stamp[x], stamp[y])
            heapq.heappush(heap, (-mean(x, y), x, y))
    return [sorted(g) for _, g in sorted(groups.items(), key=lambda kv: min(kv[1]))]
