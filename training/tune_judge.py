"""Choose the judge's settings on dev: `python -m training.tune_judge FOLDER`; they are written into its card.

The labels' offsets are those of the best macro-F1 on our dev pairs, the temperature that of the least log loss (Guo et
al. 2017). A dispute is said from the probability that gives the best F1
among those from which on a stated share of them is right.
"""

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from benchmarks import corpora, relations
from benchmarks.relations import side_of
from reportedly.pipeline import relate
from reportedly.relations import DISPUTES, LABELS, LEAST, MODELS, SUPPORTS, Judge, Pair

from .train_relations import f1s

Floats = npt.NDArray[np.float64]
STEPS = (-0.5, -0.25, 0.0, 0.25, 0.5)
WIDE = (-3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
FEWEST = 4  # disputes that must be said for a threshold to count
RARE = 0.3  # what the F1 of disputes counts again, of reports, where they are one in sixty


def softmax(z: Floats) -> Floats:
    """Probabilities."""
    e = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


class Noting(Judge):
    """A judge that notes which of the pairs it is given hold a whole report."""

    def probabilities(self, pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
        """As a `Judge`."""
        self.reports = np.array([p.report for p in pairs])
        return super().probabilities(pairs)


def main() -> None:
    """Tune."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path, nargs="?", default=MODELS)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--precision", type=float, default=0.5, help="least share of disputes said that are right")
    a = ap.parse_args()
    judge = Noting(a.folder)
    known = judge.settings
    rows = list(corpora.rows(a.corpora / "relations/reported_dev.jsonl"))
    pairs = [(side_of(r["a"]), side_of(r["b"])) for r in rows]
    gold = np.array([LABELS.index(r["label"]) for r in rows])
    judge.settings = msgspec.structs.replace(known, temperature=1.0, bias=(0.0, 0.0, 0.0, 0.0))
    scores = np.log(np.array([p for _, p in relate(pairs, judge)]) + LEAST)

    def worth(bias: tuple[float, ...]) -> tuple[float, float]:
        return round(float(f1s(scores + np.array([*bias, 0.0]), gold).mean()), 3), -sum(abs(x) for x in bias)

    bias = max(itertools.product(STEPS, STEPS, STEPS), key=worth)
    z = scores + np.array([*bias, 0.0])

    def loss(t: float) -> float:
        return float(-np.log(softmax(z / t)[np.arange(len(gold)), gold]).mean())

    temperature = float(min(np.arange(0.5, 3.01, 0.1), key=loss))
    p = softmax(z / temperature)
    found = []
    for t in np.unique(p[:, DISPUTES]):
        said = (p[:, DISPUTES] >= t) & (p[:, DISPUTES] >= p[:, SUPPORTS])
        if said.sum() >= FEWEST:
            right = ((gold == DISPUTES) & said).sum()
            precision, recall = right / said.sum(), right / (gold == DISPUTES).sum()
            found.append((2 * precision * recall / max(1e-9, precision + recall), precision, float(t)))
    good = [x for x in found if x[1] >= a.precision]
    judge.settings = msgspec.structs.replace(known, report=(0.0, 0.0, 0.0, 0.0))
    reports = relations.fnc_pairs(a.corpora / "relations")
    theirs = np.array([LABELS.index(label) for label, _ in reports])
    judged = relate([x for _, x in reports], judge)
    against = np.log(np.array([p for _, p in judged]) + LEAST)
    plain = 9.0 * np.eye(len(LABELS))[[LABELS.index(kind) for kind, _ in judged]]  # short reports are judged as claims

    def there_of(bias: tuple[float, ...]) -> Floats:
        return np.asarray(f1s(np.where(judge.reports[:, None], against + np.array([*bias, 0.0]), plain), theirs))

    def worth_there(bias: tuple[float, ...]) -> tuple[float, float]:
        f1 = there_of(bias)
        return round(float(f1.mean() + RARE * f1[DISPUTES]), 3), -sum(abs(x) for x in bias)

    there = max(itertools.product(WIDE, WIDE, WIDE), key=worth_there)
    print("report:", there, there_of(there).round(3), worth_there(there)[0])
    settings = msgspec.structs.replace(
        known,
        report=(*there, 0.0),
        temperature=round(temperature, 2),
        bias=tuple(round(float(x) / temperature, 3) for x in (*bias, 0.0)),
        disputes=round(max(good)[2] - 5e-4, 3) if good else 0.6,
        supports=0.35,
    )
    print(settings)
    print(
        "F1",
        f1s(z, gold).round(3),
        "macro",
        f1s(z, gold).mean().round(3),
        "disputes (F1, precision, from)",
        max(good or [()]),
    )
    card = json.loads((a.folder / "card.json").read_text("utf-8"))
    card["settings"] = msgspec.to_builtins(settings)
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
