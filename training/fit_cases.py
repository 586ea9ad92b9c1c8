"""Whether two claims of a case answer one question, and alike: `python -m training.fit_cases FOLDER`.

Gradient-boosted trees (Friedman 2001; Ke et al. 2017) over the bearings of pairs of claims of our own labelled cases.
They choose which pairs the judge reads. How much it adds is fitted on the cases kept from what it learned (a logistic
regression of the log odds of both), with trees that did not see them either; then the trees are fitted anew on all. The
grouping's settings are printed as they do on the cases kept, and on the six of the corpora, which are the dev set.
"""

import argparse
import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnx
from onnx import TensorProto, helper
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from benchmarks import cases
from reportedly.accounts import Settings
from reportedly.arrays import Floats
from reportedly.bearings import NAMES
from reportedly.compare import gathered, relations_of
from reportedly.relations import ALIKE, MODELS, NEITHER, OTHERWISE, Judge

from .case_data import Case, held, of_corpora, of_our_own
from .export_reader import digests

MOST = 1500  # pairs of a case that are learned from
GRID = tuple(itertools.product((0.22, 0.26, 0.3, 0.34), (0.0, 0.05, 0.1)))  # together, apart


class Known:
    """A case with its pairs, their bearings and labels (-1: not known)."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pairs, self.told = case.told()
        self.label = np.array([case.label(i, j) for i, j in self.pairs])
        self.read: Floats = np.full((len(self.pairs), 3), np.nan, np.float32)
        self.p: Floats = np.zeros((len(self.pairs), 3), np.float32)

    def judged(self, judge: Judge) -> None:
        """Have the judge read the pairs that it would read, and say what follows of all."""
        odds = judge.odds(self.told)
        if np.isnan(self.read).all():
            self.read = self.case.read(judge, self.pairs, judge.answers(odds))
        self.p = judge.answers(odds, self.read)


def fitted(some: list[Known], seed: int = 0) -> HistGradientBoostingClassifier:
    """The trees; every case counts alike."""
    rng = np.random.RandomState(seed)
    told, label, weight = [], [], []
    for case in some:
        at = rng.permutation(np.flatnonzero(case.label >= NEITHER))[:MOST]
        if not len(at):
            continue
        told.append(case.told[at])
        label.append(case.label[at])
        weight.append(np.full(len(at), 1000 / len(at)))
    trees = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, l2_regularization=10, max_leaf_nodes=15, early_stopping=False, random_state=0
    )
    return trees.fit(np.concatenate(told), np.concatenate(label), np.concatenate(weight))


def odds_of(some: list[Known], trees: HistGradientBoostingClassifier) -> tuple[np.ndarray, ...]:
    """Of the labelled pairs of cases the trees' log odds, the judge's, the label, and a weight by which all cases count
    alike."""
    asked = [k.label >= NEITHER for k in some]
    return (
        np.concatenate([trees._raw_predict(k.told)[at] for k, at in zip(some, asked, strict=True)]),
        np.concatenate([k.read[at] for k, at in zip(some, asked, strict=True)]),
        np.concatenate([k.label[at] for k, at in zip(some, asked, strict=True)]),
        np.concatenate([np.full(at.sum(), 1 / max(1, at.sum())) for at in asked]),
    )


def mixed(odds: list[np.ndarray], label: np.ndarray, weight: np.ndarray) -> tuple[float, ...]:
    """What log odds are multiplied by, and what is then added to those of alike and of otherwise: the likeliest."""

    def loss(x: np.ndarray) -> float:
        z = sum(o * k for o, k in zip(odds, x, strict=False)) + np.array((0.0, *x[-2:]))
        return float(-(log_softmax(z, 1)[np.arange(len(label)), label] * weight).sum() / weight.sum())

    start = np.array([1 / len(odds)] * len(odds) + [0.0, 0.0])
    return tuple(round(float(x), 4) for x in minimize(loss, start).x)


def below(threshold: float) -> float:
    """The largest number of 32 bits that is not above: bearings are of 32 bits, and ties must fall as they did."""
    value = np.float32(threshold)
    return float(value if value <= threshold else np.nextafter(value, np.float32(-np.inf)))


def exported(trees: HistGradientBoostingClassifier) -> onnx.ModelProto:
    """The trees as a graph: bearings -> log odds of neither, alike, otherwise."""
    nodes: dict[str, list[Any]] = {k: [] for k in ("tree", "node", "feature", "value", "mode", "true", "false")}
    leaves: dict[str, list[Any]] = {k: [] for k in ("tree", "node", "class", "weight")}
    every = [(k, tree) for stage in trees._predictors for k, tree in enumerate(stage)]
    for t, (k, tree) in enumerate(every):
        for n, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            for name, value in (
                ("tree", t), ("node", n), ("feature", 0 if leaf else int(node["feature_idx"])),
                ("value", 0.0 if leaf else below(node["num_threshold"])), ("mode", "LEAF" if leaf else "BRANCH_LEQ"),
                ("true", 0 if leaf else int(node["left"])), ("false", 0 if leaf else int(node["right"])),
            ):  # fmt: skip
                nodes[name].append(value)
            if leaf:
                for name, value in (("tree", t), ("node", n), ("class", k), ("weight", float(node["value"]))):
                    leaves[name].append(value)
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["bearings"], ["scores"], domain="ai.onnx.ml", n_targets=3,
        base_values=[float(x) for x in np.ravel(trees._baseline_prediction)],
        nodes_treeids=nodes["tree"], nodes_nodeids=nodes["node"], nodes_featureids=nodes["feature"],
        nodes_values=nodes["value"], nodes_modes=nodes["mode"], nodes_truenodeids=nodes["true"],
        nodes_falsenodeids=nodes["false"], target_treeids=leaves["tree"], target_nodeids=leaves["node"],
        target_ids=leaves["class"], target_weights=leaves["weight"],
    )  # fmt: skip
    graph = helper.make_graph(
        [ensemble], "answers",
        [helper.make_tensor_value_info("bearings", TensorProto.FLOAT, [None, len(NAMES)])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [None, 3])],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def auc(known: Known) -> tuple[float, float]:
    """Areas under the curve: one question, and if so alike."""
    same, one = known.p[:, ALIKE] + known.p[:, OTHERWISE], known.label > NEITHER
    asked = known.label >= 0
    alike = known.p[one, ALIKE] / same[one]
    return roc_auc_score(one[asked], same[asked]), roc_auc_score(known.label[one] == ALIKE, alike)


def measured(some: list[Known], judge: Judge, settings: Settings) -> tuple[dict[str, float], float]:
    """The scores of cases as they would be grouped, and the mean share of the largest question."""
    scores, sizes = {}, []
    for known in some:
        case, claims = known.case, known.case.claims
        relations, weights = relations_of(case.readings, claims, known.pairs, known.told, known.p, judge)
        groups = [g.accounts for g in gathered(claims, weights, relations, settings) if g.contested]
        named = [[[claims[i] for i in side] for side in g] for g in groups]
        linked = {
            kind: {frozenset((r.a, r.b)) for r in relations if r.kind == kind} for kind in ("supports", "disputes")
        }
        scores[case.name] = cases.score_groups(case.gold, case.texts, case.stem, claims, named, linked)
        sizes.append(max((sum(map(len, g)) for g in groups), default=0) / max(1, len(claims)))
    return cases.mean(scores), float(np.mean(sizes))


def main() -> None:
    """Fit."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path, nargs="?", default=MODELS)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    a = ap.parse_args()
    learned, own = (list(map(Known, some)) for some in held(of_our_own(a.corpora)))
    dev = list(map(Known, of_corpora(a.corpora)))
    first = written(trees := fitted(learned), ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0, 0.0)), a.folder)
    for known in own:
        known.judged(first)
    odds, read, label, weight = odds_of(own, trees)
    seen = ~np.isnan(read[:, 0])
    weights = (
        mixed([odds], label, weight),
        mixed([odds[seen], read[seen]], label[seen], weight[seen]),
    )
    print("trees, both:", weights)
    first = written(trees, weights, a.folder)
    judge = written(fitted(learned + own), weights, a.folder)
    for known in own:
        known.judged(first)
    for known in dev:
        known.judged(judge)
    print("one question, alike: held", np.mean([auc(k) for k in own if (k.label == OTHERWISE).any()], 0).round(3))
    for known in dev:
        print(known.case.name, np.round(auc(known), 3))
    for values in GRID:
        ours, theirs = (measured(x, j, Settings(*values)) for x, j in ((own, first), (dev, judge)))
        told = (
            {k: round(v, 1) for k, v in scores.items()} | {"largest": round(size, 2)} for scores, size in (ours, theirs)
        )
        print(values, *(f"{name} {x}" for name, x in zip(("held", "dev"), told, strict=True)), flush=True)


def written(trees: HistGradientBoostingClassifier, weights: tuple[tuple[float, ...], ...], folder: Path) -> Judge:
    """Write the trees and what stands beside them into a folder; the judge that reads them, which must say the same."""
    (folder / "answers.onnx").write_bytes(exported(trees).SerializeToString())
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["settings"] |= dict(zip(("trees", "both"), weights, strict=True))
    card["files"] |= digests(folder, ["answers.onnx"])
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    told = np.random.RandomState(0).rand(500, len(NAMES)).astype(np.float32)
    judge = Judge(folder)
    settings, judge.settings = judge.settings, msgspec.structs.replace(judge.settings, trees=(1.0, 0.0, 0.0))
    np.testing.assert_allclose(judge.answers(judge.odds(told)), trees.predict_proba(told), atol=1e-3)
    judge.settings = settings
    return judge


if __name__ == "__main__":
    main()
