"""The reader's network: an encoder, a cue tagger over every piece, and a linker that, given one cue, labels the pieces
around it as source, content or neither. Broken contents and sources shared by several cues come out of that by
themselves.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import Encoder, Layer

REACH = 128  # pieces on either side of a cue that the linker looks at; .5 % of contents lie further off
WIDTH = 256  # size of the linker's vectors
CUE_TAGS = 6  # nothing, begins a cue, goes on; the same three for cues inside another attribution's content
ROLES = 3  # neither, source, content


class ReaderModel(nn.Module):
    """Encoder + cue tagger + linker."""

    def __init__(self, encoder: Encoder, depth: int = 2) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.shape.hidden
        self.tagger = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, CUE_TAGS))
        with torch.no_grad():  # no inner cues until a corpus teaches them
            self.tagger[2].weight[3:] = 0
            self.tagger[2].bias[3:] = torch.tensor([4.0, 0.0, 0.0])
        self.project = nn.Linear(hidden, WIDTH)
        self.tags = nn.Linear(CUE_TAGS, WIDTH, bias=False)
        self.distance = nn.Embedding(2 * REACH + 1, WIDTH)
        self.cue = nn.Embedding(3, WIDTH)  # not the cue, the cue, outside the window
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.cue.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, 4, 2 * WIDTH, 0.1, 1e-6) for _ in range(depth))
        self.roles = nn.Linear(WIDTH, ROLES)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """[b, n] each -> (hidden [b, n, h], cue tag scores [b, n, 6])."""
        hidden = self.encoder(ids, features, mask)
        return hidden, self.tagger(hidden)

    def context(self, hidden: Tensor, tags: Tensor) -> Tensor:
        """What the linker reads of each piece: its vector and its cue probabilities, [b, n, WIDTH]."""
        probabilities = torch.cat((tags[..., :3].softmax(-1), tags[..., 3:].softmax(-1)), -1)
        return self.project(hidden) + self.tags(probabilities.to(hidden.dtype))

    def link(self, context: Tensor, mask: Tensor, window: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """For c cues at pieces [start, end) of windows `window` (all [c]): role scores [c, 2 * REACH, 3]; entry i is
        piece start - REACH + i."""
        n = context.shape[1]
        steps = torch.arange(2 * REACH, device=context.device)
        at = start[:, None] - REACH + steps
        there = (at >= 0) & (at < n)
        at = at.clamp(0, n - 1)
        flat = window[:, None] * n + at
        there = there & (mask.flatten()[flat] > 0)
        state = ((at >= start[:, None]) & (at < end[:, None])).long()
        state = torch.where(there, state, 2)
        y = self.norm(context.flatten(0, 1)[flat] + self.distance(steps) + self.cue(state))
        bias = (1.0 - there[:, None, None, :].to(torch.float32)) * -1e4
        for layer in self.layers:
            y = layer(y, bias)
        return self.roles(y)


def cue_loss(tags: Tensor, gold: Tensor, nested: Tensor, mask: Tensor) -> Tensor:
    """Cross entropy of both cue taggings; `nested` may be -100 where it is not labelled."""
    own = F.cross_entropy(tags[..., :3].float().flatten(0, 1), gold.masked_fill(mask == 0, -100).flatten())
    if (nested >= 0).any():
        own = own + F.cross_entropy(tags[..., 3:].float().flatten(0, 1), nested.masked_fill(mask == 0, -100).flatten())
    return own
