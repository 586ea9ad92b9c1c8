"""Trained judge -> `judge.onnx` and its card: `python -m training.export_judge RUN FOLDER`.

Checks that the export equals the trained network on fixed inputs, then quantises it to int8. RUN is one of
`train_relations.py`.
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
from reportedly.relations import PIECES

from .encoder import HIDDEN
from .export_reader import digests, quantised
from .relation_data import SETS
from .relation_model import JudgeModel


class One(nn.Module):
    """The judge as it reads one pair: nothing is padded."""

    def __init__(self, judge: JudgeModel) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, vectors: Tensor, marks: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """As `JudgeModel`, of a batch of one."""
        scores, answers = self.judge(vectors, marks, None, features)
        return scores, answers


def inputs_of(n: int) -> dict[str, Tensor]:
    """Fixed inputs of a pair of n pieces."""
    torch.manual_seed(n)
    marks = torch.randint(1, MARKS // 2 + 1, (1, n))
    marks[:, n // 2 :] += MARKS // 2
    marks[:, [0, n // 2, -1]] = 0  # the frame
    return {
        "vectors": torch.randint(0, 256, (1, n, HIDDEN), dtype=torch.uint8), "marks": marks,
        "features": torch.rand(1, PAIR_FEATURES),
    }  # fmt: skip


def export(model: JudgeModel, folder: Path) -> None:
    """Write the judge's graph, checked and quantised; AssertionError where the export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    path, one = folder / "judge.onnx", One(model).eval()
    given = inputs_of(40)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            one, tuple(given.values()), str(path), input_names=list(given), output_names=["scores", "answers"],
            dynamic_axes={k: {1: "pieces"} for k in ("vectors", "marks")}, opset_version=17, dynamo=False,
        )  # fmt: skip
    check(one, path, 1e-3)
    quantised(path, path)


def check(one: One, path: Path, most: float) -> float:
    """The largest difference between network and file on fixed inputs; AssertionError where it exceeds `most`."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for n in (12, 40, 227):
        given = inputs_of(n)
        with torch.no_grad():
            want = one(*given.values())
        got = session.run(["scores", "answers"], {k: v.numpy() for k, v in given.items()})
        worst = max(worst, *(float(np.abs(g - w.numpy()).max()) for g, w in zip(got, want, strict=True)))
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
    card["pieces"] = digests(PIECES, ["pieces.npy"])["pieces.npy"]  # whose vectors are read
    card["files"] = digests(a.folder, ["judge.onnx"])
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
