"""Choose the judge's settings on dev: `python -m training.tune_judge FOLDER`; they are written into its card.

Sharpness and the offsets of the labels are the likeliest on our dev pairs: the corpus's own, which count twice, and
`dev_pairs.tsv`, six times as many, labelled by a language model. Support and dispute are said from the probabilities
that give the best macro-F1 there, where a stated share of the disputes said is right: a fifth, for with more asked
hardly any is said (LOG.md, Relations). Of reports, of FNC-1, the offsets are those of the best macro-F1.
"""

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from benchmarks import corpora, relations
from benchmarks.relations import side_of
from reportedly.relating import Side, relate
from reportedly.relations import DISPUTES, LABELS, LEAST, MODELS, SUPPORTS, Judge, Pair

from .relation_data import DEV_PAIRS, attributions
from .train_relations import f1s

Floats = npt.NDArray[np.float64]
SUPPORTED = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)  # least probabilities of support that are tried
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
    judge.settings = msgspec.structs.replace(judge.settings, claims=none, report=none, sharpness=1.0)
    return np.log(np.array([p for _, p in relate(sides, judge)]) + LEAST)


def likeliest(z: Floats, gold: Floats, weight: Floats) -> tuple[float, Floats]:
    """What to multiply log probabilities [pairs, 4] by, and what to add then, so that the labels are likeliest (Platt
    1999, for several classes; nothing is added to the last)."""

    def loss(x: Floats) -> float:
        p = log_softmax(x[0] * z + np.append(x[1:], 0.0), -1)
        return float(-(weight * p[np.arange(len(gold)), gold]).sum())

    times, *offsets = minimize(loss, np.array([1.0, 0.0, 0.0, 0.0])).x.round(3).tolist()
    return times, np.array([*offsets, 0.0])


def decided(judge: Judge, p: Floats, supports: float, disputes: float) -> Floats:
    """What the judge says of pairs of these probabilities, with these thresholds: as scores [pairs, 4] for `f1s`."""
    judge.settings = msgspec.structs.replace(judge.settings, supports=supports, disputes=disputes)
    return np.asarray(np.eye(len(LABELS))[[LABELS.index(judge.kind(x)[0]) for x in p]])


def best_disputes(p: Floats, gold: Floats, weight: Floats, supports: float, least: float) -> float:
    """The probability from which disputes are said, of what is not said to support: the best F1 of those of the least
    precision; above 1 where there is none."""
    order = np.argsort(-p[:, DISPUTES], kind="stable")
    order = order[p[order, SUPPORTS] < supports]
    said = weight[order].cumsum()
    right = (weight * (gold == DISPUTES))[order].cumsum()
    able = np.flatnonzero((np.arange(len(order)) >= FEWEST - 1) & (right >= least * said))
    if not len(able):
        return 1.1
    f1 = right[able] / (said[able] + weight[gold == DISPUTES].sum())
    return float(p[order[able[f1.argmax()]], DISPUTES])


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
    sharpness, claims = likeliest(own, gold, weight)
    p = softmax(sharpness * own + claims, -1)
    found = []
    for supports in SUPPORTED:
        disputes = best_disputes(p, gold, weight, supports, a.precision)
        each = f1s(decided(judge, p, supports, disputes), gold, weight)
        found.append((float(each.mean()), supports, disputes, each.round(3)))
    worth, supports, disputes, each = max(found, key=lambda x: x[0])
    print("claims:", sharpness, claims, "macro", worth, each, "supports from", supports, "disputes from", disputes)
    reports = relations.fnc_pairs(a.corpora / "relations")
    theirs = np.array([LABELS.index(label) for label, _ in reports])
    against = read(judge, [x for _, x in reports])
    long = np.array([p.report for p in judge.pairs])
    # Short reports are judged as claims.
    short = decided(judge, softmax(sharpness * against + claims, -1), supports, disputes)
    there = []
    for steps in itertools.product(WIDE, WIDE, WIDE):
        offsets = np.array(known.report) + np.array((*steps, 0.0))
        f1 = f1s(np.where(long[:, None], against + offsets, 99 * short), theirs)
        there.append((round(float(f1.mean() + RARE * f1[DISPUTES]), 3), -sum(map(abs, steps)), tuple(offsets), f1))
    of_reports = max(there, key=lambda x: x[:2])
    print("reports:", of_reports)
    settings = msgspec.structs.replace(
        known,
        claims=tuple(map(float, claims)),
        sharpness=sharpness,
        report=tuple(round(float(x), 3) for x in of_reports[2]),
        disputes=round(disputes - 5e-4, 4),
        supports=supports,
        same=round(sameness(a.corpora / "relations/nanco_open.jsonl", sharpness, claims, judge), 3),
    )
    print(settings)
    card = json.loads((a.folder / "card.json").read_text("utf-8"))
    card["settings"] = msgspec.to_builtins(settings)
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def sameness(path: Path, sharpness: float, offsets: Floats, judge: Noting) -> float:
    """The probability of support from which two answers are best taken for the same, over the questions together."""
    pairs = relations.answer_pairs(path)
    z = read(judge, [x for _, _, x in pairs])
    p, same = softmax(sharpness * z + offsets, -1)[:, SUPPORTS], np.array([s for _, s, _ in pairs])
    cuts = np.arange(0.05, 0.96, 0.01)
    return float(max(cuts, key=lambda t: (p[same] >= t).mean() + (p[~same] < t).mean()))


if __name__ == "__main__":
    main()
