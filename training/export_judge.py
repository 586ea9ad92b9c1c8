"""Trained judge -> `judge.onnx` and the card: `python -m training.export_judge RUN FOLDER`.

Checks that the export equals the trained network on fixed inputs, then quantises it to int8. The forest
(`train_forest.py`) must lie in the folder.
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor

from reportedly.pairing import MARKS, PAIR_FEATURES

from .encoder import HIDDEN
from .export_reader import digests, quantised
from .relation_data import SETS
from .relation_model import JudgeModel


def inputs_of(pairs: int, n: int) -> dict[str, Tensor]:
    """Fixed inputs of one size; the last third of the last pair is padding."""
    torch.manual_seed(n)
    mask = torch.ones(pairs, n)
    mask[-1, -(n // 3) :] = 0
    marks = torch.randint(0, MARKS // 2, (pairs, n))
    marks[:, n // 2 :] += MARKS // 2
    return {
        "states": torch.randn(pairs, n, HIDDEN), "marks": marks, "mask": mask,
        "features": torch.rand(pairs, PAIR_FEATURES),
    }  # fmt: skip


def export(model: JudgeModel, folder: Path) -> None:
    """Write the graph, checked and quantised; AssertionError where the export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    path, judging = folder / "judge.onnx", model.eval()
    given = inputs_of(3, 40)
    axes = {k: {0: "pairs", 1: "pieces"} for k in ("states", "marks", "mask")}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            judging, tuple(given.values()), str(path), input_names=list(given), output_names=["scores"],
            dynamic_axes={**axes, "features": {0: "pairs"}, "scores": {0: "pairs"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        check(judging, path, 1e-3)
    quantised(path, path)


def check(judging: JudgeModel, path: Path, most: float) -> float:
    """The largest difference between network and file on fixed inputs; AssertionError where it exceeds `most`."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for pairs, n in ((1, 12), (3, 40), (5, 90)):
        given = inputs_of(pairs, n)
        with torch.no_grad():
            want = judging(*given.values()).numpy()
        (got,) = session.run(None, {k: v.numpy() for k, v in given.items()})
        worst = max(worst, float(np.abs(got - want).max()))
    assert worst <= most, f"the export differs by {worst}"
    return worst


def main() -> None:
    """Export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("folder", type=Path)
    a = ap.parse_args()
    model = JudgeModel(base=False)
    model.load_state_dict(torch.load(a.run / "model.pt"))
    export(model, a.folder)
    card = json.loads((Path(__file__).parent / "judge_card.json").read_text("utf-8"))
    spread = model.sets.weight.detach()
    card["settings"] = {
        name: [round(float(x), 4) for x in spread[SETS.index(of)]]
        for name, of in (("claims", "reported"), ("report", "fnc"))
    }
    card["files"] = digests(a.folder, ["judge.onnx", "forest.onnx"])
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
