"""Trained resolver, a run or exported before -> `resolver.onnx`, `ranker.onnx`, `judge.onnx`:
`python -m training.export_resolver RUN FOLDER`.

Checks that each export equals the trained network on fixed inputs; all but the last are then quantised to int8.
"""

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor, nn

from reportedly.mentions import FORMS
from reportedly.resolver import FEATURE_SIZES

from .export_reader import digests, quantised
from .resolver_model import NAMES, STATES, VECTOR, ResolverModel, resolver_of


class Part(nn.Module):
    """One of the network's functions as a network of its own."""

    def __init__(self, model: ResolverModel, name: str) -> None:
        super().__init__()
        self.model, self.name = model, name

    def forward(self, *inputs: Tensor) -> Any:
        """What the function gives."""
        if self.name == "resolver":
            return self.model.read(inputs[0], None)
        return self.model.rank(*inputs) if self.name == "ranker" else self.model.judge(*inputs)


def inputs_of(name: str, n: int) -> dict[str, Tensor]:
    """Fixed inputs of one size."""
    torch.manual_seed(n)
    if name == "resolver":
        return {"states": torch.randn(1, n, STATES)}
    if name == "judge":
        return {"mention": torch.randn(n, 2 * VECTOR), "form": torch.randint(0, len(FORMS), (n,))}
    features = torch.stack([torch.randint(0, size, (n,)) for size in FEATURE_SIZES], -1)
    pairs = {k: torch.randint(0, n // 2, (n,)) for k in ("anaphor", "antecedent")}
    return {"mentions": torch.randn(n // 2, 2 * VECTOR), **pairs, "features": features}


def export(model: ResolverModel, folder: Path) -> None:
    """Write the graphs; AssertionError where an export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    outputs = {"resolver": ["tags", "vectors"], "ranker": ["scores"], "judge": ["scores"]}
    for name in NAMES:
        given, path = inputs_of(name, 40), folder / f"{name}.onnx"
        axis = 1 if name == "resolver" else 0
        part = Part(model, name).eval()
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                part, tuple(given.values()), str(path), dynamo=False, opset_version=17,
                input_names=list(given), output_names=outputs[name],
                dynamic_axes={k: {axis: "m" if k == "mentions" else "n"} for k in (*given, *outputs[name])},
            )  # fmt: skip
            given = inputs_of(name, 77)
            expected = part(*given.values())
            got = ort.InferenceSession(str(path)).run(None, {k: v.numpy() for k, v in given.items()})
            for mine, theirs in zip(got, expected if name == "resolver" else [expected], strict=True):
                np.testing.assert_allclose(mine, theirs.numpy(), atol=2e-3)
        if name != "judge":  # which is asked once a document
            quantised(path, path)


def main() -> None:
    """Export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("folder", type=Path)
    a = ap.parse_args()
    export(resolver_of(a.run), a.folder)
    card = a.folder / "card.json"
    said = json.loads((Path(__file__).parent / "resolver_card.json").read_text("utf-8"))
    said["files"] = digests(a.folder, [f"{n}.onnx" for n in NAMES])
    card.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
