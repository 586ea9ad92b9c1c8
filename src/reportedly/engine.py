"""The inference engine: a model's graph in a file -> a session that runs it. The only room that loads it."""

from pathlib import Path
from typing import TypeAlias

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
