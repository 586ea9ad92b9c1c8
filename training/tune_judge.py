"""Choose the judge's settings on dev: `python -m training.tune_judge FOLDER`; they are written into its card.

The labels' offsets are those of the best macro-F1 on our dev pairs (on FNC-1's, for reports): the corpus's own, which
count twice, and `dev_pairs.tsv`, six times as many, labelled by a language model. A dispute is said from the
probability that gives the best F1 among those from which on a stated share of them is right: a fifth, for with more
asked hardly any is said (LOG.md, Relations). Steps go from the card's settings; run `export_judge` first.
"""

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from benchmarks import corpora, relations
from benchmarks.relations import side_of
from reportedly.pairing import Side
from reportedly.pipeline import relate
from reportedly.relations import DISPUTES, LABELS, LEAST, MODELS, RELATED, SUPPORTS, UNRELATED, Judge, Pair

from .relation_data import DEV_PAIRS, attributions
from .train_relations import f1s

Floats = npt.NDArray[np.float64]
STEPS = (-0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9)
FAR = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)  # steps of the offset of disputes, which are rare
WIDE = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
FEWEST = 10  # disputes that must be said for a threshold to count
TWICE = 2.0  # what a pair of the corpus counts: two labelled it
RARE = 0.3  # what the F1 of disputes counts again, of reports, where they are one in sixty


class Noting(Judge):
    """A judge that notes the pairs it is given."""

    def probabilities(self, pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
        """As a `Judge`."""
        self.pairs = list(pairs)
        return super().probabilities(pairs)


def read(judge: Noting, sides: Sequence[tuple[Side, Side]]) -> Floats:
    """The judge's own log probabilities of pairs: without offsets."""
    none = (0.0, 0.0, 0.0, 0.0)
    judge.settings = msgspec.structs.replace(judge.settings, claims=none, report=none)
    return np.log(np.array([p for _, p in relate(sides, judge)]) + LEAST)


def decided(p: Floats, supports: float) -> Floats:
    """What is said of pairs by their probabilities if no dispute is: as scores [pairs, 4] that `f1s` takes."""
    says = (p[:, SUPPORTS] >= supports) & (p[:, SUPPORTS] > p[:, DISPUTES])
    other = np.where(p[:, UNRELATED] > 0.5, UNRELATED, RELATED)
    return np.asarray(np.eye(len(LABELS))[np.where(says, SUPPORTS, other)])


def best_disputes(p: Floats, gold: Floats, weight: Floats, least: float) -> tuple[float, float, float]:
    """F1, precision and threshold of disputes: the best F1 of those of the least precision; none is said where there is
    none."""
    order = np.argsort(-p[:, DISPUTES], kind="stable")
    order = order[p[order, DISPUTES] >= p[order, SUPPORTS]]
    said = weight[order].cumsum()
    right = (weight * (gold == DISPUTES))[order].cumsum()
    able = np.flatnonzero((np.arange(len(order)) >= FEWEST - 1) & (right >= least * said))
    if not len(able):
        return 0.0, 0.0, 0.99
    f1 = 2 * right[able] / (said[able] + weight[gold == DISPUTES].sum())
    at = able[f1.argmax()]
    return float(f1.max()), float(right[at] / said[at]), float(p[order[at], DISPUTES])


def dev_pairs(corpora_folder: Path) -> tuple[list[tuple[Side, Side]], Floats, Floats]:
    """Our dev pairs, their labels and weights: those of `dev_pairs.tsv` such that as many are of one article as among
    the corpus's own."""
    rows = list(corpora.rows(corpora_folder / "relations/reported_dev.jsonl"))
    more = list(attributions(list(corpora.rows(corpora_folder / "polnear/dev.jsonl")), DEV_PAIRS))
    sides = [(side_of(r["a"]), side_of(r["b"])) for r in rows] + [(x.a, x.b) for x in more]
    gold = np.array([LABELS.index(k) for k in [r["label"] for r in rows] + [x.label for x in more]])
    within = np.array([a.doc == b.doc for a, b in sides])
    theirs = np.arange(len(sides)) < len(rows)
    weight = np.where(theirs, TWICE, 1.0)
    for k in (True, False):
        weight[~theirs & (within == k)] *= (within[theirs] == k).mean() / (within[~theirs] == k).mean()
    return sides, gold, weight


def main() -> None:
    """Tune."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path, nargs="?", default=MODELS)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--precision", type=float, default=0.2, help="least share of disputes said that are right")
    a = ap.parse_args()
    judge = Noting(a.folder)
    known = judge.settings
    sides, gold, weight = dev_pairs(a.corpora)
    own = read(judge, sides)
    found = []
    for steps in itertools.product(STEPS, FAR, STEPS):
        offsets = np.array(known.claims) + np.array((*steps, 0.0))
        p = softmax(own + offsets, -1)
        dispute = best_disputes(p, gold, weight, a.precision)
        said = (p[:, DISPUTES] >= dispute[2]) & (p[:, DISPUTES] >= p[:, SUPPORTS])
        for supports in (0.3, 0.35, 0.4, 0.45, 0.5):
            z = decided(p, supports)
            z[said] = np.eye(len(LABELS))[DISPUTES]
            each = f1s(z, gold, weight)
            worth = round(float(each.mean()), 3), -sum(map(abs, steps))
            found.append((worth, tuple(offsets), supports, dispute, each))
    worth, claims, supports, dispute, each = max(found, key=lambda x: x[0])
    print("claims:", worth, np.round(claims, 2), supports, "disputes", np.round(dispute, 3), each.round(3))
    reports = relations.fnc_pairs(a.corpora / "relations")
    theirs = np.array([LABELS.index(label) for label, _ in reports])
    against = read(judge, [x for _, x in reports])
    long = np.array([p.report for p in judge.pairs])
    short = decided(softmax(against + np.array(claims), -1), supports)  # short reports are judged as claims
    there = []
    for steps in itertools.product(WIDE, WIDE, WIDE):
        offsets = np.array(known.report) + np.array((*steps, 0.0))
        f1 = f1s(np.where(long[:, None], against + offsets, 99 * short), theirs)
        there.append((round(float(f1.mean() + RARE * f1[DISPUTES]), 3), -sum(map(abs, steps)), tuple(offsets), f1))
    of_reports = max(there, key=lambda x: x[:2])
    print("reports:", of_reports)
    settings = msgspec.structs.replace(
        known,
        claims=tuple(round(float(x), 3) for x in claims),
        report=tuple(round(float(x), 3) for x in of_reports[2]),
        disputes=round(dispute[2] - 5e-4, 4),
        supports=supports,
        same=round(sameness(a.corpora / "relations/nanco_open.jsonl", claims, judge), 3),
    )
    print(settings)
    card = json.loads((a.folder / "card.json").read_text("utf-8"))
    card["settings"] = msgspec.to_builtins(settings)
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def sameness(path: Path, offsets: Sequence[float], judge: Noting) -> float:
    """The probability of support from which two answers are best taken for the same, over the questions together."""
    pairs = relations.answer_pairs(path)
    z = read(judge, [x for _, _, x in pairs])
    p, same = softmax(z + np.array(offsets), -1)[:, SUPPORTS], np.array([s for _, s, _ in pairs])
    cuts = np.arange(0.05, 0.96, 0.01)
    return float(max(cuts, key=lambda t: (p[same] >= t).mean() + (p[~same] < t).mean()))


if __name__ == "__main__":
    main()
