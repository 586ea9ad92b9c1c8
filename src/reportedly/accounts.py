"""Claims and their relations -> questions, and the accounts that answer them.

Correlation clustering (Bansal, Blum and Chawla 2004) in two rounds, each by greedy additive edge contraction (Keuper et
al. 2015): claims that speak to one matter, whether they support or dispute each other, make a question; within it,
claims that support each other more than they dispute make an account. Then claims move, one at a time, to where they
are worth most (the local search of Gionis, Mannila and Tsaparas 2007, with accounts inside of questions). Ties go to
the lower number, so that the same claims give the same accounts.
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
    has nothing in common; conflict: least mean of disputes between accounts that compete. alike, otherwise: what the
    probability of a pair in one account, or in two of one question, must exceed for that to be worth anything: half the
    F1 that is reached on such pairs (Lipton, Elkan and Naryanaswamy 2014); rival: how much more a pair in two accounts
    is worth than one in one."""

    together: float = 0.3
    apart: float = 0.05
    absent: float = 0.3
    conflict: float = 0.1
    alike: float = 0.2
    otherwise: float = 0.15
    rival: float = 2.0


ROUNDS = 3  # in which each claim may move; a fourth moves next to none
_NEW = -1  # question or account
_SURE = 1e-9  # by which a claim must gain to move


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
    parted = [
        agglomerate(members, stance, s.apart, s.absent, opposed) if len(members) > 1 else [members]
        for members, stance, opposed in zip(questions, stances, never, strict=True)
    ]
    out = []
    for accounts in _Homes(parted, pairs, s, disputes).settled():
        contested = any(disputed(a, b, pairs) >= s.conflict for i, a in enumerate(accounts) for b in accounts[:i])
        out.append(Grouped(accounts, contested))
    return out


class _Homes:
    """In which question and which account each claim is (numbers; a new one is the next number)."""

    def __init__(
        self,
        questions: Sequence[Sequence[Sequence[int]]],
        pairs: Pairs,
        settings: Settings,
        disputes: Collection[tuple[int, int]],
    ) -> None:
        s = settings
        self._of: dict[int, tuple[int, int]] = {}
        self._members: list[set[int]] = []
        self._size = [sum(map(len, accounts)) for accounts in questions]
        for q, accounts in enumerate(questions):
            for members in accounts:
                self._of.update((i, (q, len(self._members))) for i in members)
                self._members.append(set(members))
        # What a pair is worth in one account, and in two of one question; and one that was not judged.
        self._near: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
        for (i, j), w in sorted(pairs.items()):
            worth = w.supports - s.alike, s.rival * (w.disputes - s.otherwise)
            self._near[i].append((j, *worth))
            self._near[j].append((i, *worth))
        self._blank = -s.absent * s.alike, -s.absent * s.rival * s.otherwise
        self._apart: dict[int, set[int]] = defaultdict(set)
        for i, j in disputes:
            self._apart[i].add(j)
            self._apart[j].add(i)

    def settled(self) -> list[list[list[int]]]:
        """The questions with their accounts, after every claim has moved to where it is worth most, in `ROUNDS`."""
        for _ in range(ROUNDS):
            if not sum(self._moved(i) for i in sorted(self._near)):
                break
        accounts: dict[int, list[list[int]]] = defaultdict(list)
        for members in sorted(map(sorted, filter(None, self._members))):
            accounts[self._of[members[0]][0]].append(members)
        return list(accounts.values())

    def _moved(self, i: int) -> bool:
        """Move a claim to where it is worth most; whether that is another place."""
        question, account = self._of[i]
        home = question, account if len(self._members[account]) > 1 else _NEW
        worth = self._worth(i)
        worth[home] += _SURE
        q, a = max(worth, key=lambda place: worth[place])
        if (q, a) == home:
            return False
        self._members[account].discard(i)
        self._size[question] -= 1
        if q == _NEW:
            q = len(self._size)
            self._size.append(0)
        if a == _NEW:
            a = len(self._members)
            self._members.append(set())
        self._members[a].add(i)
        self._size[q] += 1
        self._of[i] = q, a
        return True

    def _worth(self, i: int) -> dict[tuple[int, int], float]:
        """What a claim is worth in each question and account where it may be: its own, those of its neighbours, and new
        ones."""
        home = self._of[i]
        questions = {home[0]: (0.0, 0)}
        accounts = {home: (0.0, 0.0, 0)} if len(self._members[home[1]]) > 1 else {}
        for j, one, two in self._near[i]:
            of = self._of[j]
            total, count = questions.get(of[0], (0.0, 0))
            questions[of[0]] = total + two, count + 1
            together, apart, count = accounts.get(of, (0.0, 0.0, 0))
            accounts[of] = together + one, apart + two, count + 1
        one, two = self._blank
        bound = any(self._of[j][0] == home[0] for j in self._apart[i])  # by a dispute that is told: it stays
        worth = {} if bound else {(_NEW, _NEW): 0.0}
        for q, (total, count) in questions.items():
            if q == home[0] or not bound:
                worth[q, _NEW] = total + two * (self._size[q] - (q == home[0]) - count)
        for (q, a), (together, apart, count) in accounts.items():
            joins = a == home[1] or together > 0  # not where nothing supports it
            if (q, _NEW) in worth and joins and self._apart[i].isdisjoint(self._members[a]):
                others = len(self._members[a]) - (a == home[1]) - count
                worth[q, a] = worth[q, _NEW] + together - apart + (one - two) * others
        return worth


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
