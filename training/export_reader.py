"""Checkpoint -> `finder.onnx`, `linker.onnx` and `pieces.npy` in int8, with the tokenizer: `python -m
training.export_reader RUN FOLDER`.

Checks that the float export equals the trained network on fixed inputs before it quantises.
"""

import argparse
import hashlib
import json
import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from reportedly.pieces import FEATURES

from .encoder import HIDDEN, Encoder, minilm_folder, shape_of
from .reader_model import ReaderModel
from .resolver_model import states_of


class Finder(nn.Module):
    """One window of pieces -> cue tags, and what the linker needs."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, features [1, n] -> tags [1, n, 6], context [1, n, WIDTH], states [1, n, STATES] for the resolver."""
        states = states_of(self.model.encoder, ids, features, None)
        hidden = states[..., -HIDDEN:]
        tags = self.model.tagger(hidden)
        return tags, self.model.context(hidden, tags, None), states


class Linker(nn.Module):
    """The window's context and its cues -> roles."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, context: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """Context [1, n, WIDTH], start and end [c] -> [c, n, 3]."""
        return self.model.link(context, torch.zeros_like(start), start, end)


def load(run: Path) -> ReaderModel:
    """The trained network of a run, from its end or else its last checkpoint."""
    if (run / "model.pt").exists():
        weights = torch.load(run / "model.pt", weights_only=True)
    else:
        weights = torch.load(run / "checkpoint.pt", weights_only=False)["mean"]
    depth = len({k.split(".")[1] for k in weights if k.startswith("layers.")})
    shape = shape_of({k.removeprefix("encoder."): v for k, v in weights.items() if k.startswith("encoder.")})
    model = ReaderModel(Encoder(shape), depth, weights["layers.0.up.weight"].shape[0])
    model.load_state_dict(weights)
    return model.eval()


def export(model: ReaderModel, folder: Path, quantise: bool = True) -> None:
    """Write both graphs; AssertionError where the export differs from the network."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    ids = torch.randint(1000, 20000, (1, 40))
    features = torch.randint(0, 16, (1, 40))
    start, end = torch.tensor([3, 20]), torch.tensor([4, 23])
    finder, linker = Finder(model).eval(), Linker(model).eval()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = finder(ids, features)[1]
        torch.onnx.export(
            finder, (ids, features), str(folder / "finder.float.onnx"), dynamo=False, opset_version=17,
            input_names=["ids", "features"], output_names=["tags", "context", "states"],
            dynamic_axes={k: {1: "n"} for k in ("ids", "features", "tags", "context", "states")},
        )  # fmt: skip
        torch.onnx.export(
            linker, (context, start, end), str(folder / "linker.float.onnx"), dynamo=False, opset_version=17,
            input_names=["context", "start", "end"], output_names=["roles"],
            dynamic_axes={"context": {1: "n"}, "start": {0: "c"}, "end": {0: "c"}, "roles": {0: "c", 1: "n"}},
        )  # fmt: skip
        ids, features = torch.randint(1000, 20000, (1, 77)), torch.randint(0, 16, (1, 77))
        tags, context, _ = finder(ids, features)
        start, end = torch.tensor([1, 30, 70]), torch.tensor([2, 33, 71])
        roles = linker(context, start, end)
        sessions = [ort.InferenceSession(str(folder / f"{x}.float.onnx")) for x in ("finder", "linker")]
        theirs = sessions[0].run(None, {"ids": ids.numpy(), "features": features.numpy()})
        np.testing.assert_allclose(theirs[0], tags.numpy(), atol=1e-3)
        np.testing.assert_allclose(theirs[1], context.numpy(), atol=1e-3)
        got = sessions[1].run(None, {"context": context.numpy(), "start": start.numpy(), "end": end.numpy()})[0]
        np.testing.assert_allclose(got, roles.numpy(), atol=1e-3)
    for name in ("finder", "linker"):
        source, target = folder / f"{name}.float.onnx", folder / f"{name}.onnx"
        if not quantise:
            source.rename(target)
            continue
        quantised(source, target)
        source.unlink()
    part(folder / "finder.onnx")
    tokenizer = json.loads((minilm_folder() / "tokenizer.json").read_text("utf-8"))
    tokenizer.update(truncation=None, padding=None)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), "utf-8")


def quantised(source: Path, target: Path) -> None:
    """Write a graph with int8 weights; the target may be the source."""
    prepared = target.with_name(f"{target.stem}.prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(target), per_channel=True, weight_type=QuantType.QInt8)
    prepared.unlink()


def part(path: Path) -> None:
    """Move the vectors of the word pieces out of a finder's graph, into `pieces.npy` beside it, since the judge of
    relations reads them too: the graph takes vectors [1, n, HIDDEN], in 8 bits as they lie there, instead of ids.
    AssertionError where it says anything else then."""
    ids, features = np.arange(1000, 1077)[None], (np.arange(77) % FEATURES)[None]
    before = ort.InferenceSession(str(path)).run(None, {"ids": ids, "features": features})
    model = onnx.load(path)
    graph = model.graph
    look = next(n for n in graph.node if n.op_type == "Gather" and ".pieces.weight" in n.input[0])
    table = next(i for i in graph.initializer if i.name == look.input[0])
    vectors = numpy_helper.to_array(table)
    np.save(path.with_name("pieces.npy"), vectors)
    graph.initializer.remove(table)
    graph.node.remove(look)
    for node in graph.node:
        for k, name in enumerate(node.input):
            node.input[k] = {"ids": "features", look.output[0]: "vectors"}.get(name, name)  # ids: for their number
    graph.input.remove(next(i for i in graph.input if i.name == "ids"))
    graph.input.append(helper.make_tensor_value_info("vectors", table.data_type, [1, "n", HIDDEN]))
    onnx.save(model, path)
    after = ort.InferenceSession(str(path)).run(None, {"vectors": vectors[ids], "features": features})
    assert all((a == b).all() for a, b in zip(before, after, strict=True)), "the graph says something else"


def digests(
    folder: Path, names: Iterable[str] = ("finder.onnx", "pieces.npy", "linker.onnx", "tokenizer.json")
) -> dict[str, str]:
    """SHA-256 of a model's files, the reader's if not said otherwise."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def main() -> None:
    """Export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--float", action="store_true", help="do not quantise")
    a = ap.parse_args()
    export(load(a.run), a.folder, not a.float)
    card = a.folder / "card.json"
    if not card.exists():
        card.write_text(json.dumps({"settings": {}, "files": digests(a.folder)}, indent=1))


if __name__ == "__main__":
    main()
