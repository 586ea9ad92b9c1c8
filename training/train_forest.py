"""The forest that hears what is told of our own pairs: `python -m training.train_forest OUT.onnx`. Some seconds.

A random forest (Breiman 2001) over `pairing.features`; the classes weigh alike. It is written as one tree ensemble of
ONNX, and checked to give what scikit-learn gives.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score

from benchmarks.corpora import rows
from reportedly.pairing import PAIR_FEATURES, features
from reportedly.relations import LABELS

from .relation_data import Pair, Texts, reported


def below(threshold: float) -> float:
    """The largest number of 32 bits that is not above: features are of 32 bits, and ties must fall as they did."""
    value = np.float32(threshold)
    return float(value if value <= threshold else np.nextafter(value, np.float32(-np.inf)))


def exported(forest: RandomForestClassifier) -> onnx.ModelProto:
    """The forest as an ONNX model: features [p, PAIR_FEATURES] -> probabilities [p, classes]."""
    nodes: dict[str, list[float]] = {k: [] for k in ("tree", "node", "feature", "value", "mode", "true", "false")}
    leaves: dict[str, list[float]] = {k: [] for k in ("tree", "node", "class", "weight")}
    for t, tree in enumerate(e.tree_ for e in forest.estimators_):
        for n in range(tree.node_count):
            leaf = tree.children_left[n] < 0
            for name, value in (
                ("tree", t), ("node", n), ("feature", max(0, tree.feature[n])), ("value", below(tree.threshold[n])),
                ("mode", leaf), ("true", max(0, tree.children_left[n])), ("false", max(0, tree.children_right[n])),
            ):  # fmt: skip
                nodes[name].append(value)
            if leaf:
                counts = tree.value[n][0]
                for k, share in enumerate(counts / counts.sum() / len(forest.estimators_)):
                    if share > 0:  # of the file's weights one in four would be none
                        for name, value in (("tree", t), ("node", n), ("class", k), ("weight", float(share))):
                            leaves[name].append(value)
    classes = len(forest.classes_)
    ensemble = helper.make_node(
        "TreeEnsembleClassifier", ["features"], ["label", "probabilities"], domain="ai.onnx.ml",
        nodes_treeids=nodes["tree"], nodes_nodeids=nodes["node"], nodes_featureids=nodes["feature"],
        nodes_values=nodes["value"], nodes_modes=["LEAF" if m else "BRANCH_LEQ" for m in nodes["mode"]],
        nodes_truenodeids=nodes["true"], nodes_falsenodeids=nodes["false"], class_treeids=leaves["tree"],
        class_nodeids=leaves["node"], class_ids=leaves["class"], class_weights=leaves["weight"],
        classlabels_int64s=list(range(classes)), post_transform="NONE",
    )  # fmt: skip
    graph = helper.make_graph(
        [ensemble], "forest",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, PAIR_FEATURES])],
        [
            helper.make_tensor_value_info("label", TensorProto.INT64, [None]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, classes]),
        ],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def told_of(pairs: list[Pair]) -> np.ndarray:
    """What is told of pairs of reported claims: [pairs, PAIR_FEATURES]."""
    return np.stack([features(p.a, p.b) for p in pairs])


def main() -> None:
    """Train and write."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--trees", type=int, default=100)
    ap.add_argument("--least", type=int, default=8, help="pairs in a leaf")
    a = ap.parse_args()
    folder, texts = a.corpora / "relations", Texts()
    train, dev = (
        list(reported(texts, [r for n in names for r in rows(folder / f"{n}.jsonl")]))
        for names in (("reported_train", "reported_train_more"), ("reported_dev",))
    )
    told, seen = told_of(train), told_of(dev)
    gold, true = ([p.allowed.index(1) for p in some] for some in (train, dev))
    weight = [p.weight for p in train]
    forest = RandomForestClassifier(
        a.trees, min_samples_leaf=a.least, class_weight="balanced_subsample", random_state=0, n_jobs=1
    ).fit(told, gold, weight)
    a.out.parent.mkdir(parents=True, exist_ok=True)
    a.out.write_bytes(exported(forest).SerializeToString())
    (got,) = ort.InferenceSession(str(a.out)).run(["probabilities"], {"features": seen})
    np.testing.assert_allclose(got, forest.predict_proba(seen), atol=1e-4)
    each = f1_score(true, got.argmax(1), average=None)
    print(dict(zip(LABELS, each.round(3), strict=True)), f"macro-F1 {each.mean():.3f}")


if __name__ == "__main__":
    main()
