"""The weights of shipped int8 graphs as torch has them, as far as 8 bits tell: what training goes on from where a run's
own weights are gone."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

PIECES = "model.encoder.pieces.weight"


def weights_of(path: Path) -> dict[str, Tensor]:
    """The parameters of a quantised graph by the names that they had in the exported network.

    Biases, norms and embeddings keep their names in the graph. A matrix does not: it has that of the bias added to its
    product, and where there is none, that of its node."""
    graph = onnx.load(path).graph
    known = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    if f"{PIECES}_scale" in known and f"{PIECES}_quantized" not in known:  # their vectors lie beside the graph
        known[f"{PIECES}_quantized"] = np.load(path.with_name("pieces.npy"))
    users = {name: node for node in graph.node for name in node.input}

    def number(name: str) -> Tensor:
        offset, scale = (known[f"{name}_{x}"].astype(np.float32) for x in ("zero_point", "scale"))
        return torch.from_numpy(np.asarray((known[f"{name}_quantized"].astype(np.float32) - offset) * scale))

    out = {k: torch.from_numpy(v.copy()) for k, v in known.items() if v.ndim and v.dtype == np.float32}
    out = {k: v for k, v in out.items() if not k.endswith("_scale") and "Constant" not in k}
    for name in known:
        if name.endswith(".weight_quantized"):
            out[name.removesuffix("_quantized")] = number(name.removesuffix("_quantized"))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            after = users[node.output[0]]  # Cast -> Mul by the scales -> Add of the bias
            while after.op_type in ("Cast", "Mul"):
                after = users[after.output[0]]
            bias = next((x for x in after.input if x.endswith(".bias")), None) if after.op_type == "Add" else None
            path_of = node.name.strip("/").rpartition("/")[0].replace("/", ".")
            of = bias.removesuffix(".bias") if bias else path_of
            out[f"{of}.weight"] = number(node.input[1].removesuffix("_quantized")).T.contiguous()
    return out


def exported(folder: Path, names: Iterable[str]) -> dict[str, Tensor]:
    """The parameters of a network that was exported as several graphs, by its own names."""
    parts = [weights_of(folder / f"{name}.onnx") for name in names]
    return {k.removeprefix("model."): v for part in parts for k, v in part.items()}
