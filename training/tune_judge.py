"""Choose the judge's settings on dev: `python -m training.tune_judge FOLDER`; they are written into its card.

The temperature is that of the least log loss on our dev pairs (Guo et al. 2017); the offsets of the labels give the
best macro-F1 there; the threshold of disputes is the lowest from which on at least a stated share of them is right.
"""

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import corpora
from benchmarks.relations import side_of
from reportedly.pipeline import relate
from reportedly.relations import DISPUTES, LABELS, MODELS, Judge, Settings

Floats = npt.NDArray[np.float64]
STEPS = np.arange(-1.0, 1.01, 0.25)


def f1s(z: Floats, gold: npt.NDArray[np.int64]) -> Floats:
    """F1 of every label, where the highest score wins."""
    said = z.argmax(-1)
    right = np.array([((said == k) & (gold == k)).sum() for k in range(4)])
    both = np.array([(said == k).sum() + (gold == k).sum() for k in range(4)])
    return 2 * right / np.maximum(1, both)


def main() -> None:
    """Tune."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path, nargs="?", default=MODELS)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--precision", type=float, default=0.5, help="least share of disputes said that are right")
    a = ap.parse_args()
    judge = Judge(a.folder)
    judge.settings = Settings()
    rows = list(corpora.rows(a.corpora / "relations/reported_dev.jsonl"))
    judged = relate([(side_of(r["a"]), side_of(r["b"])) for r in rows], judge)
    z = np.log(np.array([p for _, p in judged]) + 1e-4)
    gold = np.array([LABELS.index(r["label"]) for r in rows])

    def loss(t: float) -> float:
        s = z / t
        return float((np.log(np.exp(s).sum(-1)) - s[np.arange(len(gold)), gold]).mean())

    temperature = min(np.arange(0.6, 3.01, 0.1), key=loss)
    scaled = z / temperature
    best = max(
        itertools.product(STEPS, STEPS, STEPS),
        key=lambda b: (round(float(f1s(scaled + np.array([*b, 0.0]), gold).mean()), 3), -sum(x * x for x in b)),
    )
    moved = scaled + np.array([*best, 0.0])
    p = np.exp(moved) / np.exp(moved).sum(-1, keepdims=True)
    order = np.unique(p[:, DISPUTES])
    least = 0.5
    found = []
    for t in order:
        said = (p[:, DISPUTES] >= t) & (p[:, DISPUTES] >= p[:, 0])
        if said.sum() >= 5:
            right = ((gold == DISPUTES) & said).sum()
            precision, recall = right / said.sum(), right / (gold == DISPUTES).sum()
            found.append((2 * precision * recall / max(1e-9, precision + recall), precision, float(t)))
    good = [x for x in found if x[1] >= a.precision]
    if good:
        least = max(good)[2]
    settings = {
        "temperature": round(float(temperature), 2),
        "bias": [round(float(x), 2) for x in (*best, 0.0)],
        "disputes": round(least, 3),
        "supports": 0.4,
    }
    print(
        settings,
        "macro",
        f1s(moved, gold).round(3),
        f1s(moved, gold).mean().round(3),
        "disputes",
        max(good, default=None),
    )
    card = json.loads((a.folder / "card.json").read_text("utf-8"))
    card["settings"] = settings
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
