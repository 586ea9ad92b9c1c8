"""The resolver's network: a layer on the reader's own states, which tags names and gives every piece a vector; and two
heads on the vectors: does this mention mean that one, and what kind of source is this.

Mentions are ranked as antecedents as in Lee et al. 2017, windows being read independently as in Joshi et al. 2019.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from reportedly.mentions import FORMS, NAME_TYPES
from reportedly.records import KINDS
from reportedly.resolver import FEATURE_SIZES

from .encoder import HIDDEN, LOWER, Encoder, Layer, padding_bias
from .shipped import exported

STATES = 2 * HIDDEN
WIDTH, VECTOR, PAIR = 256, 128, 192
HEAD = WIDTH // 4
WIDE, NARROW = (4, 2 * WIDTH), (2, 128)  # heads and inner neurons of its layer, as it is trained and as it ships
TAGS = 1 + 2 * len(NAME_TYPES)
NAMES = ("resolver", "ranker", "judge")  # the graphs as which it is exported


def states_of(encoder: Encoder, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
    """The reader's states that the resolver reads, those of its lower layers and its last: [b, n] -> [b, n, STATES]."""
    x = encoder.embedded(ids, features)
    bias = padding_bias(mask)
    for layer in encoder.layers[:LOWER]:
        x = layer(x, bias)
    lower = x
    for layer in encoder.layers[LOWER:]:
        x = layer(x, bias)
    return torch.cat((lower, x), -1)


class ResolverModel(nn.Module):
    """States -> name tags and vectors; mentions -> antecedents and kinds."""

    def __init__(self, depth: int = 1, shape: tuple[int, int] = WIDE) -> None:
        super().__init__()
        self.project = nn.Linear(STATES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, *shape, 0.1, 1e-6, HEAD) for _ in range(depth))
        self.tagger = nn.Linear(WIDTH, TAGS)
        self.vector = nn.Linear(WIDTH, VECTOR)
        self.anaphor = nn.Linear(2 * VECTOR, PAIR)
        self.antecedent = nn.Linear(2 * VECTOR, PAIR)
        self.product = nn.Linear(PAIR, PAIR)
        self.pair = nn.ModuleList(nn.Embedding(n, PAIR) for n in FEATURE_SIZES)
        self.score = nn.Sequential(nn.GELU(), nn.Dropout(0.2), nn.Linear(PAIR, PAIR), nn.GELU(), nn.Linear(PAIR, 1))
        self.nobody = nn.Sequential(nn.GELU(), nn.Dropout(0.2), nn.Linear(PAIR, 1))
        self.form = nn.Embedding(len(FORMS), PAIR)
        self.kind = nn.Sequential(nn.GELU(), nn.Dropout(0.3), nn.Linear(PAIR, len(KINDS) + 1))
        self.described = nn.Linear(2 * VECTOR, PAIR)
        for e in (*self.pair, self.form):
            nn.init.normal_(e.weight, std=0.02)

    @classmethod
    def of(cls, weights: Mapping[str, Tensor]) -> "ResolverModel":
        """The network with these weights, ready to be asked."""
        depth = len({k.split(".")[1] for k in weights if k.startswith("layers.")})
        heads, inner = weights["layers.0.out.weight"].shape[1] // HEAD, weights["layers.0.up.weight"].shape[0]
        model = cls(depth, (heads, inner))
        model.load_state_dict(dict(weights))
        return model.eval()

    def read(self, states: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """[b, n, STATES] -> (name tags [b, n, TAGS], vectors [b, n, VECTOR])."""
        x = self.norm(self.project(states))
        x = F.dropout(x, 0.25 if self.training else 0.0)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return self.tagger(x), self.vector(x)

    def rank(self, mentions: Tensor, anaphor: Tensor, antecedent: Tensor, features: Tensor) -> Tensor:
        """Vectors of m mentions [m, 2 * VECTOR], the numbers of p pairs of them and the pairs' features [p, f] ->
        scores [p, 2]: that the first means the second, and that it means nobody spoken of before."""
        a, b = self.anaphor(mentions)[anaphor], self.antecedent(mentions)[antecedent]
        x = a + b + self.product(a * b)
        for i, e in enumerate(self.pair):
            x = x + e(features[:, i])
        own = self.form(torch.div(features[:, 1], len(FORMS), rounding_mode="floor"))
        return torch.cat((self.score(x), self.nobody(a + own)), -1)

    def judge(self, mention: Tensor, form: Tensor) -> Tensor:
        """Vectors of m mentions [m, 2 * VECTOR] and their forms [m] -> scores of every kind, and of being named."""
        return self.kind(self.described(mention) + self.form(form))


def resolver_of(path: Path) -> ResolverModel:
    """The resolver of a run's folder, or of the folder of an exported one, as far as 8 bits tell."""
    run = path / "model.pt"
    return ResolverModel.of(torch.load(run, weights_only=True) if run.exists() else exported(path, NAMES))
