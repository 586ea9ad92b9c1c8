"""The inference engine: a model's graph in a file -> a session that runs it. The only room that loads it.

The files of a model are checked here as well.
"""

import hashlib
from pathlib import Path
from typing import TypeAlias

import msgspec
import onnxruntime as ort

Session: TypeAlias = ort.InferenceSession


def session(path: Path, threads: int = 1) -> Session:
    """The graph in a file, ready to run on `threads` processor threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The fused kernel for sum and normalisation is eight times as slow as the two it replaces (onnxruntime 1.32): a
    # window takes 19 instead of 22 ms without it.
    slow = ["SkipLayerNormFusion"]
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow)


def verify(folder: Path) -> list[str]:
    """What is wrong with the model files of a folder: nothing where their digests are those of the card."""
    try:
        files: dict[str, str] = msgspec.json.decode((folder / "card.json").read_bytes())["files"]
    except (OSError, msgspec.DecodeError, KeyError, TypeError) as e:
        return [f"{folder / 'card.json'} cannot be read ({e}); reinstall reportedly"]
    out = []
    for name, digest in files.items():
        path = folder / name
        if not path.exists():
            out.append(f"{path} is missing; reinstall reportedly")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            out.append(f"{path} is not the file of its card; reinstall reportedly")
    return out
