"""The network that weighs carriers of statements: what the text says of a statement and a carrier, the resolver's
vectors of both, and how the same carrier stands to the statements before and after.

Whether an interview named once goes on carrying what is said is seen along the statements of an article, hence a
recurrent layer (Cho et al. 2014) over them for each carrier.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .resolver_model import VECTOR

WIDTH = 48


class RelaysModel(nn.Module):
    """What `weigher.Asked` holds -> log odds of every row."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(features + 1, WIDTH, padding_idx=0)
        nn.init.normal_(self.embedding.weight, std=0.05)
        self.straight = nn.Embedding(features + 1, 1, padding_idx=0)
        with torch.no_grad():
            self.embedding.weight[0] = 0
            self.straight.weight.zero_()
        self.vectors = nn.Linear(3 * VECTOR, WIDTH)
        self.along = nn.GRU(WIDTH, WIDTH // 2, bidirectional=True, batch_first=True)
        self.hidden = nn.Linear(2 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 1)

    def forward(self, features: Tensor, vectors: Tensor, grid: Tensor, at: Tensor) -> Tensor:
        """Features [r, m], vectors [r, 3 * VECTOR], grid [c, a], at [r] as in `weigher.Asked` -> [r]."""

        def without(x: Tensor) -> Tensor:
            return F.dropout(x, 0.3, self.training)

        x = F.gelu(self.embedding(features).sum(1) + self.vectors(without(vectors)))
        rows = torch.cat((torch.zeros_like(x[:1]), without(x)))[grid]  # [c, a, WIDTH]
        begin = torch.zeros(2, rows.shape[0], WIDTH // 2, dtype=x.dtype)
        seen = self.along(rows, begin)[0].flatten(0, 1)[at]
        h = F.gelu(self.hidden(without(torch.cat((x, seen), -1))))
        return (self.out(without(h)) + self.straight(features).sum(1))[:, 0]


class Mean(nn.Module):
    """The mean of several networks: one alone differs by five points of F1 on dev from seed to seed."""

    def __init__(self, nets: Sequence[RelaysModel]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, features: Tensor, vectors: Tensor, grid: Tensor, at: Tensor) -> Tensor:
        """As a `RelaysModel`."""
        return torch.stack([net(features, vectors, grid, at) for net in self.nets]).mean(0)
