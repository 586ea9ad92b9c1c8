"""Narrow a trained reader, so that it reads faster: `python -m training.narrow_reader WIDE OUT`. Twenty minutes on one
core.

Some heads and inner neurons of the encoder's upper layers and of the linker's are dropped, and what is left is fitted
by least squares to what the layer gave before (as in He et al. 2017, "Channel pruning for accelerating very deep neural
networks"). Then the narrow reader learns from the wide one what it says of texts, without labels (Hinton et al. 2015;
states as in Sun et al. 2019, "Patient knowledge distillation"). The lower layers stay as they are to the bit, for other
models read their states.

WIDE is a run of the wide reader, or the folder of an exported one; the shipped reader is narrow already.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from benchmarks.corpora import rows
from benchmarks.relations import held
from reportedly.pieces import CONTEXT, CORE, Pieces, Window, cut, framed, windows

from .encoder import LAYERS, LOWER, WIDE, Encoder, Layer, Shape
from .export_reader import load
from .reader_data import WIDE_CONTEXT
from .reader_model import ReaderModel
from .schedule import packed, teach
from .shipped import exported
from .train_reader import tokenizer

BEYOND = WIDE_CONTEXT - CONTEXT  # pieces that the wide one sees more on either side than the narrow one
SAMPLE = 100  # windows on which least squares fits
RIDGE = 1e-3  # of the mean square of what is fitted
LEAST_CUE = 0.3  # probability from which a piece is taken for a cue's when roles are learnt


def wide_of(path: Path) -> ReaderModel:
    """The wide reader of a run, or of an exported one, as far as 8 bits tell."""
    if not (path / "finder.onnx").exists():
        return load(path)
    model = ReaderModel(Encoder())  # loading a narrow reader's weights fails
    model.load_state_dict(exported(path, ("finder", "linker")))
    return model.eval()


class Passage(NamedTuple):
    """A window as the narrow reader sees it, [1, n] each, and as the wide one does; `at` is where the narrow one's
    begins in the other. The first and last piece of both are [CLS] and [SEP]."""

    ids: Tensor
    features: Tensor
    wide_ids: Tensor
    wide_features: Tensor
    at: int


def passages(pieces: Pieces, text: str, first: int | None) -> Iterator[Passage]:
    """The windows of a text."""
    for w in windows(pieces, text, first=first):
        more = Window(max(0, w.start - BEYOND), w.core_start, w.core_end, min(len(pieces), w.end + BEYOND))
        own, wide = ([torch.from_numpy(x) for x in framed(pieces, x)] for x in (w, more))
        yield Passage(own[0], own[1], wide[0], wide[1], w.start - more.start)


def texts(corpora: Path) -> list[str]:
    """What is read without labels: PolNeAR's training articles and FNC-1's reports, but for those to measure on."""
    out = [r["text"] for r in rows(corpora / "polnear/train.jsonl")]
    return out + [r["text"] for r in rows(corpora / "relations/fnc1_train_bodies.jsonl") if not held(r["id"])]


def fitted(given: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """(weight [o, i], bias [o]) of the linear map that takes [n, i] nearest to [n, o]."""
    mean, to = given.mean(0), wanted.mean(0)
    x, y = (given - mean).double(), (wanted - to).double()
    gram = x.T @ x
    gram += RIDGE * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype)
    weight = torch.linalg.solve(gram, x.T @ y).T.float()
    return weight, to - weight @ mean


def fewer_heads(given: Tensor, wanted: Tensor, heads: int, size: int) -> list[int]:
    """Which heads, of `size` each, to keep, dropping one after the other the one that is missed least."""
    kept = list(range(given.shape[1] // size))

    def missed(some: list[int]) -> float:
        x = torch.cat([given[:, i * size : (i + 1) * size] for i in some], 1)
        weight, bias = fitted(x, wanted)
        return float(((x @ weight.T + bias - wanted) ** 2).mean())

    while len(kept) > heads:
        drop = min(kept, key=lambda i: missed([k for k in kept if k != i]))
        kept.remove(drop)
    return kept


def narrowed(layer: Layer, heads: int, inner: int, given: Tensor, own: Tensor) -> Layer:
    """A layer with fewer heads and neurons. given, own: the states [b, n, hidden] that reach it in the wide reader, and
    in the narrow one."""
    size = layer.size
    out = Layer(layer.out.out_features, heads, inner, layer.dropout, layer.norm1.eps, size)
    for name in ("norm1", "norm2"):
        getattr(out, name).load_state_dict(getattr(layer, name).state_dict())
    a, b = (layer.attended(x, None).flatten(0, 1) for x in (given, own))
    wanted = layer.out(a)
    kept = fewer_heads(b, wanted, heads, size)
    dims = torch.cat([torch.arange(i * size, (i + 1) * size) for i in kept])
    chosen = torch.cat([dims + k * layer.heads * size for k in range(3)])
    out.qkv.weight.data, out.qkv.bias.data = layer.qkv.weight[chosen].clone(), layer.qkv.bias[chosen].clone()
    out.out.weight.data, out.out.bias.data = fitted(b[:, dims], wanted)
    x = layer.norm1(given.flatten(0, 1) + wanted)
    mine = out.norm1(own.flatten(0, 1) + out.out(b[:, dims]))
    wanted = layer.down(F.gelu(layer.up(x)))
    neurons = F.gelu(layer.up(mine))
    weight = neurons.std(0) * layer.down.weight.norm(dim=0)
    chosen = weight.topk(inner).indices.sort().values
    out.up.weight.data, out.up.bias.data = layer.up.weight[chosen].clone(), layer.up.bias[chosen].clone()
    out.down.weight.data, out.down.bias.data = fitted(neurons[:, chosen], wanted)
    return out


def narrow_of(wide: ReaderModel, upper: Shape, linker: int, sample: list[Passage]) -> ReaderModel:
    """The narrow reader, before it learns. upper: heads and neurons of the layers that take the place of the encoder's
    upper ones, of the last ones where they are fewer. linker: neurons of the linker's layers."""
    model = ReaderModel(Encoder(WIDE[:LOWER] + upper), len(wide.layers), linker)
    known, changed = wide.state_dict(), ("layers.", *(f"encoder.layers.{i}." for i in range(LOWER, LAYERS)))
    model.load_state_dict({k: v for k, v in known.items() if not k.startswith(changed)}, strict=False)
    with torch.no_grad():
        given = [wide.encoder.embedded(p.ids, p.features) for p in sample]
        for layer in wide.encoder.layers[:LOWER]:
            given = [layer(x, None) for x in given]
        mine = given
        last = wide.encoder.layers[LAYERS - len(upper) :]
        for layer in wide.encoder.layers[LOWER : LAYERS - len(upper)]:
            given = [layer(x, None) for x in given]
        given, mine = followed(model.encoder.layers, LOWER, last, upper, given, mine)
        given, mine = ([m.linked(x, m.tagger(x)) for x in some] for m, some in ((wide, given), (model, mine)))
        layers: list[Any] = list(wide.layers)
        followed(model.layers, 0, layers, tuple((x.heads, linker) for x in layers), given, mine)
    return model


def followed(
    into: nn.ModuleList, first: int, layers: Iterable[Any], shape: Shape, given: list[Tensor], mine: list[Tensor]
) -> tuple[list[Tensor], list[Tensor]]:
    """Narrow some layers in their order into others, from number `first` on; what both give of what they are given."""
    for i, (layer, (heads, inner)) in enumerate(zip(layers, shape, strict=True), first):
        size = min(x.shape[1] for x in given)  # windows of one length, for they are put in one tensor
        a, b = (torch.cat([x[:, :size] for x in some]) for some in (given, mine))
        into[i] = narrowed(layer, heads, inner, a, b)
        given = [layer(x, None) for x in given]
        mine = [into[i](x, None) for x in mine]
    return given, mine


def padded(items: list[Tensor], size: int) -> Tensor:
    """[1, n] each -> [b, size]."""
    return torch.cat([F.pad(x, (0, size - x.shape[1])) for x in items])


def loss_of(narrow: ReaderModel, wide: ReaderModel, some: Sequence[Passage]) -> tuple[Tensor, Tensor]:
    """How far the narrow reader is from the wide one: its states, the linker's, cue tags, roles; parts for the log."""
    size, more = (max(x.shape[1] for x in xs) for xs in ([p.ids for p in some], [p.wide_ids for p in some]))
    mask = padded([torch.ones_like(p.ids) for p in some], size)
    wide_mask = padded([torch.ones_like(p.wide_ids) for p in some], more)
    with torch.no_grad():
        ids, features = (padded([getattr(p, k) for p in some], more) for k in ("wide_ids", "wide_features"))
        states, tags = wide.encode(ids, features, wide_mask)
        context = wide.context(states, tags, wide_mask)
        # the narrow one's pieces in the wide one's windows; [CLS] and [SEP] stand beside other pieces there: not asked
        at = torch.tensor([p.at for p in some])[:, None] + torch.arange(size)
        at = at.clamp_max(more - 1)
        row = torch.arange(len(some))[:, None]
        states, tags, context = states[row, at].float(), tags[row, at].float(), context[row, at]
    asked = mask.clone()
    asked[:, 0] = 0
    asked[row[:, 0], mask.sum(1) - 1] = 0
    on = asked.bool()
    hidden, own = narrow.encode(padded([p.ids for p in some], size), padded([p.features for p in some], size), mask)
    mine = narrow.context(hidden, own.detach(), mask)
    near = ((hidden.float() - states)[on] ** 2).mean() / states[on].var()
    linked = ((mine.float() - context.float())[on] ** 2).mean() / context[on].float().var()
    cues = sum(
        F.kl_div(
            own[on][:, k : k + 3].float().log_softmax(-1), tags[on][:, k : k + 3].softmax(-1), reduction="batchmean"
        )
        for k in (0, 3)
    )
    likely = torch.stack([1 - tags[..., k : k + 3].softmax(-1)[..., 0] for k in (0, 3)]).amax(0) * on
    window, start = torch.nonzero(likely > LEAST_CUE, as_tuple=True)
    roles = torch.zeros(())
    if len(window):
        theirs = wide.link(context, window, start, start + 1).float().softmax(-1)
        ours = narrow.link(mine, window, start, start + 1).float().log_softmax(-1)
        roles = F.kl_div(ours[on[window]], theirs[on[window]], reduction="batchmean")
    parts = torch.stack([near, linked, 10 * torch.as_tensor(cues), 5 * roles])
    return parts.sum(), parts.detach()


def batches(items: list[Passage], rng: random.Random, most: int) -> list[list[Passage]]:
    """Passages of like length, `most` pieces a batch, in random order."""
    return packed(items, lambda p: p.wide_ids.shape[1], most, 8, rng)


def drawn(texts: Iterable[str], cutter: Tokenizer, rng: random.Random) -> list[Passage]:
    """The passages of texts, cut at places that differ from time to time."""
    return [p for t in texts for p in passages(cut(t, cutter), t, rng.randint(CORE // 4, CORE))]


def upper_of(text: str) -> Shape:
    """Heads and neurons of layers, written as 8x768,8x768."""
    return tuple((int(h), int(n)) for h, _, n in (x.partition("x") for x in text.split(",")))


def main() -> None:
    """Narrow and teach."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("wide", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--upper", type=upper_of, default=((6, 384),) * 3, help="heads x neurons of the upper layers")
    ap.add_argument("--linker", type=int, default=192, help="neurons of the linker's layers")
    ap.add_argument("--passes", type=float, default=2, help="over the texts")
    ap.add_argument("--rate", type=float, default=3e-4)
    ap.add_argument("--batch", type=int, default=4000, help="word pieces a batch")
    a = ap.parse_args()
    torch.manual_seed(0)
    rng = random.Random(0)
    a.out.mkdir(parents=True, exist_ok=True)
    cutter, known = tokenizer(), texts(a.corpora)
    wide = wide_of(a.wide)
    sample = drawn(rng.sample(known, 60), cutter, rng)
    model = narrow_of(wide, a.upper, a.linker, [p for p in sample if p.ids.shape[1] > CORE // 2][:SAMPLE])
    kept = ("encoder.pieces", "encoder.positions", "encoder.features", "encoder.norm.",
            *(f"encoder.layers.{i}." for i in range(LOWER)))  # fmt: skip
    for name, p in model.named_parameters():
        p.requires_grad = not name.startswith(kept)
    total = int(a.passes * len(batches(drawn(known, cutter, random.Random(0)), rng, a.batch)))
    teach(
        model, [p for p in model.parameters() if p.requires_grad],
        lambda: batches(drawn(known, cutter, rng), rng, a.batch), lambda some: loss_of(model, wide, some), total,
        a.rate, a.out / "model.pt",
    )  # fmt: skip


if __name__ == "__main__":
    main()
