"""Trained judge -> `judge.onnx` and its card: `python -m training.export_judge RUN FOLDER`.

Checks that the export equals the trained network on fixed inputs, then quantises it to int8 and chooses temperature and
thresholds on dev with the file that ships.
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor, nn

from reportedly.pairing import MARKS, PAIR_FEATURES

from .encoder import HIDDEN
from .export_reader import digests, quantised
from .relation_model import JudgeModel, Weigher


class Judging(nn.Module):
    """The judge, as it scores our own pairs, and the networks that weigh its scores, as one."""

    def __init__(self, model: JudgeModel, weigher: Weigher) -> None:
        super().__init__()
        self.model, self.weigher = model, weigher

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """Scores [p, 4]."""
        scores = self.model(states, marks, mask, features) + self.model.sets.weight[0]
        return self.weigher(features, scores.log_softmax(-1))


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


def export(model: JudgeModel, weigher: Weigher, folder: Path) -> None:
    """Write the graph, checked and quantised; AssertionError where the export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    path, judging = folder / "judge.onnx", Judging(model, weigher).eval()
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


def check(judging: Judging, path: Path, most: float) -> float:
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
    weights = torch.load(a.run / "weigher.pt")
    weigher = Weigher(len({k.split(".")[1] for k in weights if k.startswith("nets.")}))
    weigher.load_state_dict(weights)
    export(model, weigher, a.folder)
    card = json.loads((Path(__file__).parent / "judge_card.json").read_text("utf-8"))
    card["settings"] = {}
    card["files"] = digests(a.folder, ["judge.onnx"])
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
