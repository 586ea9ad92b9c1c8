"""The judge of relations: a small network that reads two phrases one after the other, and scores how they stand to each
other; all-MiniLM-L6-v2 without its last layer, on the reader's vectors of pieces, which it leaves as they are."""

from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn

from reportedly.pairing import CONTENT, MARKS, MATCHES, PAIR_FEATURES, ROLES
from reportedly.relations import PIECES

from . import shipped
from .encoder import DROPOUT, EPS, HEADS, HIDDEN, INNER, Layer, load_base, padding_bias
from .relation_data import SETS

DEPTH = 5  # layers: the sixth would bring the installation over 250 MB
PLACES = 260  # positions that are kept of the base encoder's 512; two phrases have 227 at most
WIDTH = 256


class JudgeModel(nn.Module):
    """Pieces, marks and features of a pair -> scores of supports, disputes, related, unrelated; and of whether two
    claims of a case answer no question in common, one alike, or one otherwise."""

    zero: Tensor
    scale: Tensor

    def __init__(self, base: bool = True, depth: int = DEPTH) -> None:
        super().__init__()
        self.positions = nn.Embedding(PLACES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, EPS)
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, INNER, DROPOUT, EPS) for _ in range(depth))
        if base:
            start = load_base()
            self.positions.weight.data = start.positions.weight.data[:PLACES].clone()
            self.norm.load_state_dict(start.norm.state_dict())
            self.layers.load_state_dict(start.layers[:depth].state_dict())
        self.marks = nn.Embedding(MARKS, HIDDEN)
        nn.init.zeros_(self.marks.weight)
        self.features = nn.Sequential(nn.Linear(PAIR_FEATURES, 64), nn.GELU(), nn.Dropout(0.2), nn.Linear(64, WIDTH))
        self.pooled = nn.Linear(5 * HIDDEN, WIDTH)
        self.scores, self.answers = nn.Linear(WIDTH, 4), nn.Linear(WIDTH, 3)
        self.sets = nn.Embedding(len(SETS), 4)  # how a set's labels are spread: not of the pair, left out when judging
        nn.init.zeros_(self.sets.weight)
        zero, scale = quantum()
        self.register_buffer("zero", torch.tensor(zero), persistent=False)
        self.register_buffer("scale", torch.tensor(scale), persistent=False)

    def forward(self, vectors: Tensor, marks: Tensor, mask: Tensor | None, features: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors in 8 bits [p, n, HIDDEN], marks and mask [p, n] (None: nothing is padded), features [p, f] -> [p, 4],
        [p, 3]."""
        x = (vectors.float() - self.zero) * self.scale
        x = self.norm(x + self.positions.weight[: marks.shape[1]] + self.marks(marks))
        x = F.dropout(x, DROPOUT if self.training else 0.0)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        first, second = (mean(x, (marks - 1).div(MATCHES, rounding_mode="floor") == k) for k in (CONTENT, ROLES))
        seen = torch.cat((x[:, 0], first, second, (first - second).abs(), first * second), -1)
        h = F.dropout(F.gelu(self.pooled(seen) + self.features(features)), 0.2 if self.training else 0.0)
        return self.scores(h), self.answers(h)


def mean(x: Tensor, which: Tensor) -> Tensor:
    """The mean over those pieces of [p, n, h] that `which` [p, n] says; 0 where it says none."""
    weight = which.to(x.dtype)[..., None]
    return (x * weight).sum(1) / weight.sum(1).clamp_min(1)


def quantum(folder: Path = PIECES) -> tuple[float, float]:
    """What a reader's vectors of pieces, kept in 8 bits, are less by and then multiplied by."""
    known = {i.name: numpy_helper.to_array(i) for i in onnx.load(folder / "finder.onnx").graph.initializer}
    zero, scale = (np.float32(known[f"{shipped.PIECES}_{x}"]) for x in ("zero_point", "scale"))
    return float(zero), float(scale)
