"""The judge of relations: three layers, the base encoder's upper half, read two phrases together; their states come
from the reader's lower half, which saw each in its own report.

Precomputing the lower layers of a cross-encoder costs it little (MacAvaney et al. 2020, "Efficient document re-ranking
for transformers by precomputing term representations").
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from reportedly.pairing import CONTENT, MARKS, PAIR_FEATURES
from reportedly.relations import MEANING

from .encoder import HIDDEN, LOWER, Layer, load_base, padding_bias
from .relation_data import SETS

WIDTH = 256


class JudgeModel(nn.Module):
    """States, marks and features of a pair -> scores of supports, disputes, related, unrelated."""

    def __init__(self, base: bool = True, depth: int = 3) -> None:
        super().__init__()
        upper = (
            load_base().layers[LOWER : LOWER + depth]
            if base
            else [Layer(HIDDEN, 12, 1536, 0.1, 1e-12) for _ in range(depth)]
        )
        self.layers = nn.ModuleList(upper)
        self.marks = nn.Embedding(MARKS, HIDDEN)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.first = nn.Parameter(torch.randn(HIDDEN) * 0.3)
        self.features = nn.Sequential(nn.Linear(PAIR_FEATURES, 64), nn.GELU(), nn.Dropout(0.2), nn.Linear(64, WIDTH))
        self.pooled = nn.Linear(5 * HIDDEN, WIDTH)
        self.scores = nn.Linear(WIDTH, 4)
        self.sets = nn.Embedding(len(SETS), 4)  # how a set's labels are spread: not of the pair, left out when judging
        nn.init.zeros_(self.sets.weight)

    def seen(self, states: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """States [p, n, HIDDEN], marks and mask [p, n] -> [p, 1 + n, HIDDEN], the first a sum of all."""
        x = torch.cat((self.first.expand(states.shape[0], 1, -1), states + self.marks(marks)), 1)
        x = F.dropout(x, 0.1 if self.training else 0.0)
        mask = torch.cat((torch.ones_like(mask[:, :1]), mask), 1)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """States [p, n, HIDDEN], marks and mask [p, n], features [p, f] -> [p, 4]."""
        return self.judged(self.seen(states, marks, mask), marks, mask, features)

    def judged(self, x: Tensor, marks: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """What was seen -> [p, 4]."""
        side = (marks >= MARKS // 2).float()
        weight_a, weight_b = mask * (1 - side), mask * side
        a, b = (mean(x[:, 1:], w) for w in (weight_a, weight_b))
        pooled = torch.cat((x[:, 0], a, b, (a - b).abs(), a * b), -1)
        h = F.gelu(self.pooled(pooled) + self.features(features))
        return self.scores(F.dropout(h, 0.2 if self.training else 0.0))


def mean(x: Tensor, weight: Tensor) -> Tensor:
    """The weighted mean over the pieces of [n, m, h], by weights of 0 and 1 [n, m]; 0 where all are 0."""
    return (x * weight[..., None]).sum(1) / weight.sum(1, keepdim=True).clamp_min(1)


class Meaning(nn.Module):
    """A claim as the judge's layers see it alone -> a unit vector, near those of claims that answer one question."""

    def __init__(self) -> None:
        super().__init__()
        size = 4 * HIDDEN
        self.ln = nn.LayerNorm(size)
        self.h = nn.Linear(size, WIDTH)
        self.q = nn.Linear(WIDTH + size, MEANING)
        self.qa, self.qb = nn.Parameter(torch.tensor(8.0)), nn.Parameter(torch.tensor(-3.0))  # cosine -> log odds

    def forward(self, pooled: Tensor) -> Tensor:
        """[n, 4 * HIDDEN] -> [n, MEANING]."""
        drop = 0.3 if self.training else 0.0
        z = F.dropout(self.ln(pooled), drop)
        h = F.dropout(F.gelu(self.h(z)), drop)
        return F.normalize(self.q(torch.cat((h, z), -1)), dim=-1)


def pooled(seen: Tensor, states: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
    """What `Meaning` is told of claims, seen as [n, 1 + m, HIDDEN], their states [n, m, HIDDEN], roles and mask [n, m]:
    the sum of all, means of the claim's own pieces and of those around them, and the mean of its own states."""
    own, beside = mask * (roles == CONTENT), mask * (roles != CONTENT)
    x = seen.float()
    return torch.cat((x[:, 0], mean(x[:, 1:], own), mean(x[:, 1:], beside), mean(states.float(), own)), -1)
