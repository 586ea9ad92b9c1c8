"""The reader's network: an encoder, a cue tagger over every piece, and a linker that labels every piece, as seen from
each cue, as source, content or neither. Broken contents and sources shared by several cues come out of that by
themselves.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import HIDDEN, Encoder, Layer, padding_bias

WIDTH = 256  # size of the linker's vectors
PAIR = 192  # size of a (piece, cue) pair's vector
REACH = 128  # distances between piece and cue are told apart up to here
CUE_TAGS = 6  # nothing, begins a cue, goes on; the same three for cues inside another attribution's content
ROLES = 3  # neither, source, content


class ReaderModel(nn.Module):
    """Encoder + cue tagger + linker."""

    def __init__(self, encoder: Encoder, depth: int = 2, inner: int = 2 * WIDTH) -> None:
        """`depth`, `inner`: layers of the linker, and their inner neurons."""
        super().__init__()
        self.encoder = encoder
        self.tagger = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, CUE_TAGS))
        with torch.no_grad():  # no inner cues until a corpus teaches them
            tags = self.tagger[2]
            assert isinstance(tags, nn.Linear)
            tags.weight[3:] = 0
            tags.bias[3:] = torch.tensor([4.0, 0.0, 0.0])
        self.project = nn.Linear(HIDDEN, WIDTH)
        self.tags = nn.Linear(CUE_TAGS, WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, 4, inner, 0.1, 1e-6) for _ in range(depth))
        self.piece = nn.Linear(WIDTH, 2 * PAIR)
        self.cue = nn.Linear(2 * WIDTH, 2 * PAIR)
        self.distance = nn.Embedding(2 * REACH + 1, PAIR)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.roles = nn.Linear(PAIR, ROLES)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """[b, n] each -> (hidden [b, n, h], cue tag scores [b, n, 6])."""
        hidden = self.encoder(ids, features, mask)
        return hidden, self.tagger(hidden)

    def linked(self, hidden: Tensor, tags: Tensor) -> Tensor:
        """What the linker's layers are given of each piece: [b, n, WIDTH]."""
        probabilities = torch.cat((tags[..., :3].softmax(-1), tags[..., 3:].softmax(-1)), -1)
        return self.norm(self.project(hidden) + self.tags(probabilities.to(hidden.dtype)))  # type: ignore[no-any-return]

    def context(self, hidden: Tensor, tags: Tensor, mask: Tensor | None) -> Tensor:
        """What the linker knows of each piece, now that all see where the cues are: [b, n, WIDTH]."""
        x = self.linked(hidden, tags)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def link(self, context: Tensor, window: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """For c cues at pieces [start, end) of windows `window` (all [c]): the role scores of every piece, [c, n, 3].

        A pair's vector is the sum and the product of what piece and cue bring, and their distance: additive scoring
        (Bahdanau et al. 2015) and biaffine scoring (Dozat and Manning 2017) at once, at a small fraction of the cost
        of a transformer layer for every cue."""
        b, n, _ = context.shape
        added, scaled = self.piece(context).chunk(2, -1)  # [b, n, PAIR]
        flat = context.reshape(b * n, WIDTH)
        cue = torch.cat((flat[window * n + start], flat[window * n + end - 1]), -1)
        cue_added, cue_scaled = self.cue(cue).chunk(2, -1)  # [c, PAIR]
        distance = (torch.arange(n, device=context.device) - start[:, None]).clamp(-REACH, REACH) + REACH
        pair = added[window] + cue_added[:, None] + scaled[window] * cue_scaled[:, None] + self.distance(distance)
        return self.roles(F.gelu(pair))


def cue_loss(tags: Tensor, gold: Tensor, nested: Tensor, mask: Tensor) -> Tensor:
    """Cross entropy of both cue taggings; `nested` may be -100 where it is not labelled."""
    own = F.cross_entropy(tags[..., :3].float().flatten(0, 1), gold.masked_fill(mask == 0, -100).flatten())
    if (nested >= 0).any():
        own = own + F.cross_entropy(tags[..., 3:].float().flatten(0, 1), nested.masked_fill(mask == 0, -100).flatten())
    return own
