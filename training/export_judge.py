"""Trained judge and meanings -> `judge.onnx`, `meaning.onnx`, card: `python -m training.export_judge RUN FOLDER`.

Checks that the exports equal the trained networks on fixed inputs, then quantises them to int8. The forest
(`train_forest.py`) must lie in the folder; RUN is one of `train_meanings.py`.
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
from reportedly.reader import MODELS as READER

from .encoder import HIDDEN
from .export_reader import digests, quantised
from .relation_data import SETS
from .relation_model import JudgeModel, Meaning


class Judging(nn.Module):
    """The judge with what its layers see beside its scores."""

    def __init__(self, judge: JudgeModel) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """As `JudgeModel`; scores and what was seen."""
        seen = self.judge.seen(states, marks, mask)
        return self.judge.judged(seen, marks, mask, features), seen


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
    """Write the judge's graph, checked and quantised; AssertionError where the export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    path, judging = folder / "judge.onnx", Judging(model).eval()
    given = inputs_of(3, 40)
    axes = {k: {0: "pairs", 1: "pieces"} for k in ("states", "marks", "mask")}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            judging, tuple(given.values()), str(path), input_names=list(given), output_names=["scores", "seen"],
            dynamic_axes={**axes, "features": {0: "pairs"}, "scores": {0: "pairs"}, "seen": {0: "pairs", 1: "seen"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        check(judging, path, 1e-3)
    quantised(path, path)


def export_meaning(model: Meaning, folder: Path) -> None:
    """Write the graph of meanings, checked and quantised; AssertionError where the export differs from the network."""
    path, given = folder / "meaning.onnx", torch.randn(5, 4 * HIDDEN, generator=torch.Generator().manual_seed(0))
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(), (given,), str(path), input_names=["pooled"], output_names=["meaning"],
            dynamic_axes={"pooled": {0: "claims"}, "meaning": {0: "claims"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        (got,) = ort.InferenceSession(str(path)).run(None, {"pooled": given.numpy()})
        np.testing.assert_allclose(got, model(given).numpy(), atol=1e-4)
    quantised(path, path)


def check(judging: Judging, path: Path, most: float) -> float:
    """The largest difference between network and file on fixed inputs; AssertionError where it exceeds `most`."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for pairs, n in ((1, 12), (3, 40), (5, 90)):
        given = inputs_of(pairs, n)
        with torch.no_grad():
            want = judging(*given.values())
        got = session.run(["scores", "seen"], {k: v.numpy() for k, v in given.items()})
        worst = max(worst, *(float(np.abs(g - w.numpy()).max()) for g, w in zip(got, want, strict=True)))
    assert worst <= most, f"the export differs by {worst}"
    return worst


def main() -> None:
    """Export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("folder", type=Path)
    a = ap.parse_args()
    both = nn.ModuleDict({"judge": (model := JudgeModel(base=False)), "meaning": (meaning := Meaning())})
    both.load_state_dict(torch.load(a.run / "model.pt"))
    export(model, a.folder)
    export_meaning(meaning, a.folder)
    card = json.loads((Path(__file__).parent / "judge_card.json").read_text("utf-8"))
    spread = model.sets.weight.detach()
    card["settings"] = {
        name: [round(float(x), 4) for x in spread[SETS.index(of)]]
        for name, of in (("claims", "reported"), ("report", "fnc"))
    }
    card["reader"] = digests(READER, ["finder.onnx"])["finder.onnx"]  # whose states are read
    card["files"] = digests(a.folder, ["judge.onnx", "meaning.onnx", "forest.onnx"])
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
