"""Narrow a trained resolver, so that it reads faster: `python -m training.narrow_resolver RUN OUT`. Seven minutes
on two cores.

Of its layer some heads and inner neurons are dropped and what is left is fitted to what the layer gave before (see
`narrow_reader`); then it learns from the wide one, without labels, what it makes of the states of texts: their tags and
vectors. What is asked of vectors afterwards, which are alike and of what kind, stays as it is to the bit.

RUN is a run of the wide resolver, or the folder of an exported one; the shipped resolver is narrow already.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from benchmarks.corpora import rows

from .encoder import Layer
from .narrow_reader import narrowed
from .resolver_data import states_in
from .resolver_model import NARROW, ResolverModel, resolver_of
from .schedule import packed, teach

SAMPLE, LENGTH = 200, 120  # windows on which least squares fits, and how many pieces of each


def texts(corpora: Path) -> list[str]:
    """What is read without labels: PolNeAR's and GAP's training texts."""
    return [r["text"] for name in ("polnear/train", "sources/gap_train") for r in rows(corpora / f"{name}.jsonl")]


def narrow_of(wide: ResolverModel, heads: int, inner: int, sample: Sequence[Tensor]) -> ResolverModel:
    """The narrow resolver before it learns. sample: states of windows [n, STATES]."""
    model = ResolverModel(len(wide.layers), (heads, inner))
    model.load_state_dict({k: v for k, v in wide.state_dict().items() if not k.startswith("layers.")}, strict=False)
    with torch.no_grad():
        given = own = wide.norm(wide.project(torch.stack([x[:LENGTH] for x in sample]).float()))
        for i, layer in enumerate(wide.layers):
            assert isinstance(layer, Layer)
            model.layers[i] = narrowed(layer, heads, inner, given, own)
            given, own = layer(given, None), model.layers[i](own, None)
    return model


def loss_of(narrow: ResolverModel, wide: ResolverModel, some: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """How far the narrow one's vectors and tags are from the wide one's; the parts for the log."""
    states = pad_sequence(list(some), batch_first=True).float()
    mask = torch.arange(states.shape[1])[None] < torch.tensor([len(x) for x in some])[:, None]
    with torch.no_grad():
        tags, vectors = (x[mask].float() for x in wide.read(states, mask.float()))
    own, mine = (x[mask].float() for x in narrow.read(states, mask.float()))
    near = ((mine - vectors) ** 2).mean() / vectors.var()
    named = F.kl_div(own.log_softmax(-1), tags.softmax(-1), reduction="batchmean")
    return near + named, torch.stack((near, named)).detach()


def main() -> None:
    """Narrow and teach."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("wide", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--heads", type=int, default=NARROW[0])
    ap.add_argument("--inner", type=int, default=NARROW[1])
    ap.add_argument("--passes", type=int, default=16, help="over the texts")
    ap.add_argument("--rate", type=float, default=1e-3)
    ap.add_argument("--batch", type=int, default=6000, help="word pieces a batch")
    a = ap.parse_args()
    torch.manual_seed(0)
    rng = random.Random(0)
    a.out.mkdir(parents=True, exist_ok=True)
    began = time.time()
    wide = resolver_of(a.wide)
    known = [states.half() for text in texts(a.corpora) for _, states in states_in(text)]
    print(f"{len(known)} windows, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    model = narrow_of(wide, a.heads, a.inner, rng.sample([x for x in known if len(x) >= LENGTH], SAMPLE))
    taught = [p for n, p in model.named_parameters() if n.startswith(("project", "norm", "layers", "tagger", "vector"))]
    total = a.passes * len(packed(known, len, a.batch, 8, rng))
    teach(
        model, taught, lambda: packed(known, len, a.batch, 8, rng), lambda some: loss_of(model, wide, some), total,
        a.rate, a.out / "model.pt",
    )  # fmt: skip


if __name__ == "__main__":
    main()
