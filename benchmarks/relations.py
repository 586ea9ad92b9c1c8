"""How well pairs of claims are judged, each measure once. Percentages.

macro       mean F1 of supports, disputes, related, unrelated (FNC-1: of agree, disagree, discuss, unrelated)
disputes    F1 of disputes, and its precision, as the shipped thresholds decide
same        balanced accuracy of "these two answers say the same" (NAnCo, Laban et al. 2022), over pairs of a question
claimdiff   whether one sentence strengthens another of one event or weakens it (ClaimDiff, Ko et al. 2023; `supports`
            and `disputes` here): accuracy (`right`), balanced accuracy, F1 of weakens; of the pairs so labelled that
            are marked as not in its training set. All but 18 of the 764 are in it under another id, with the same
            words and label, and the judge learned from it: so this is an upper bound, and a watch on what it does
right       of pairs so plain that anybody would try them first (`plain.tsv`, ours): share told as labelled
"""

import csv
import hashlib
import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from reportedly.relating import Side, relate
from reportedly.relations import LABELS, default_judge

from . import corpora

FNC_PAIRS, NANCO_PAIRS = 1500, 400
PLAIN = Path(__file__).parent / "plain.tsv"


class Judged(NamedTuple):
    """Gold labels and ours, pair by pair."""

    gold: tuple[str, ...]
    ours: tuple[str, ...]

    def told(self, label: str) -> int:
        """How many pairs of one label we give it."""
        return sum(g == o == label for g, o in zip(self.gold, self.ours, strict=True))

    def f1(self, label: str) -> float:
        """Of one label."""
        both = self.gold.count(label) + self.ours.count(label)
        return 200 * self.told(label) / both if both else 0.0

    def precision(self, label: str) -> float:
        """Of one label."""
        return 100 * self.told(label) / max(1, self.ours.count(label))

    @property
    def right(self) -> float:
        """Share of all pairs."""
        return 100 * sum(map(self.told, set(self.gold))) / max(1, len(self.gold))

    def balanced(self, label: str) -> float:
        """Balanced accuracy of one label against all others."""
        return balanced([g == label for g in self.gold], [o == label for o in self.ours])

    @property
    def macro(self) -> float:
        """Mean F1 over all labels."""
        return sum(map(self.f1, LABELS)) / len(LABELS)


def held(document: str) -> bool:
    """Whether a report of FNC-1's training part, or an article of the other news whose pairs are labelled, is kept from
    training, to choose on: one in twelve."""
    return hashlib.sha256(document.encode()).digest()[0] % 12 == 0


def side_of(row: Mapping[str, Any]) -> Side:
    """A row's statement as it is given to be judged."""
    known = ("text", "source", "cue", "context", "doc", "date", "title")
    return Side(*(row.get(k) for k in known))  # type: ignore[arg-type]


def plain() -> Judged:
    """The plain pairs: two bare sentences each, nothing of where or by whom."""
    with PLAIN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    judged = relate([(Side(r["a"]), Side(r["b"])) for r in rows])
    return Judged(tuple(r["label"] for r in rows), tuple(kind for kind, _ in judged))


def reported(path: Path) -> Judged:
    """Our own pairs."""
    rows = list(corpora.rows(path))
    judged = relate([(side_of(r["a"]), side_of(r["b"])) for r in rows])
    return Judged(tuple(r["label"] for r in rows), tuple(kind for kind, _ in judged))


def fnc_pairs(folder: Path, most: int = FNC_PAIRS) -> list[tuple[str, tuple[Side, Side]]]:
    """A fixed draw of headlines against reports that were kept from training, with their labels."""
    body = {r["id"]: r["text"] for r in corpora.rows(folder / "fnc1_train_bodies.jsonl")}
    rows = [r for r in corpora.rows(folder / "fnc1_train_stances.jsonl") if held(r["b"]["doc"])]
    rows = random.Random(0).sample(rows, min(most, len(rows)))
    return [(r["label"], (Side(r["a"]["text"]), Side(body[r["b"]["doc"]]))) for r in rows]


def fnc(folder: Path, most: int = FNC_PAIRS) -> Judged:
    """Headlines against reports."""
    pairs = fnc_pairs(folder, most)
    judged = relate([x for _, x in pairs])
    return Judged(tuple(label for label, _ in pairs), tuple(kind for kind, _ in judged))


def claimdiff(path: Path) -> Judged:
    """Pairs that strengthen or weaken each other: what we say is the likelier of the two."""
    rows = [r for r in corpora.rows(path) if r["label"] in ("supports", "disputes") and not r["in_train"]]
    judged = relate([(Side(r["a"]["text"]), Side(r["b"]["text"])) for r in rows])
    ours = ("supports" if p[0] >= p[1] else "disputes" for _, p in judged)
    return Judged(tuple(r["label"] for r in rows), tuple(ours))


def answer_pairs(path: Path, each: int = NANCO_PAIRS) -> list[tuple[str, bool, tuple[Side, Side]]]:
    """A fixed draw of pairs of answers to one question: the question, whether they say the same, and the pair."""
    out = []
    for r in corpora.rows(path):
        pairs = list(combinations(r["answers"], 2))
        for a, b in random.Random(0).sample(pairs, min(each, len(pairs))):
            one, other = (Side(x["text"], context=x["context"]) for x in (a, b))
            out.append((r["id"], a["group"] == b["group"], (one, other)))
    return out


def nanco(path: Path, each: int = NANCO_PAIRS) -> float:
    """Balanced accuracy of sameness, the mean of the questions. The threshold is the shipped one."""
    pairs, threshold = answer_pairs(path, each), default_judge().settings.same
    said = [p[0] >= threshold for _, p in relate([sides for _, _, sides in pairs])]
    of: dict[str, list[tuple[bool, bool]]] = {}
    for (question, same, _), ours in zip(pairs, said, strict=True):
        of.setdefault(question, []).append((same, ours))
    values = [balanced(*zip(*told, strict=True)) for told in of.values()]
    return sum(values) / len(values)


def balanced(gold: Sequence[bool], said: Sequence[bool]) -> float:
    """Mean of the shares right among those that are and those that are not."""
    of = [[g == s for g, s in zip(gold, said, strict=True) if g == k] for k in (True, False)]
    return 50 * sum(sum(x) / len(x) for x in of if x)
