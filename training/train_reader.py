"""Train the reader on PolNeAR: `python -m training.train_reader --out DIR`.

Writes a checkpoint after every epoch and goes on from it when started again. bf16 autocast: on processors with AMX two
cores train an epoch of PolNeAR in some six minutes.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from . import reader_data
from .corpora import polnear
from .encoder import LAYERS, load_base, minilm_folder
from .reader_model import ReaderModel, cue_loss
from .schedule import learn, pace


def tokenizer() -> Tokenizer:
    """The base encoder's tokenizer without truncation or padding."""
    t = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def parameter_groups(
    model: ReaderModel, encoder_rate: float, head_rate: float, decay: float
) -> list[dict[str, object]]:
    """AdamW groups: layer-wise decayed rates in the encoder, one rate for the heads, no decay for norms and biases."""
    groups = []
    for name, p in model.named_parameters():
        rate = head_rate
        if name.startswith("encoder.") and "features" not in name:
            layer = int(name.split(".")[2]) + 1 if name.startswith("encoder.layers.") else 0
            rate = encoder_rate * decay ** (LAYERS - layer)
        groups.append({"params": [p], "lr": rate, "weight_decay": 0.01 if p.ndim > 1 else 0.0})
    return groups


def main() -> None:
    """Train."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument(
        "--stop", type=int, help="end after so many epochs of the schedule, for a run that goes on from there"
    )
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--layer-decay", type=float, default=0.9)
    ap.add_argument("--batch", type=int, default=2800, help="word pieces a batch")
    ap.add_argument("--depth", type=int, default=2, help="layers of the linker")
    ap.add_argument("--cue-weight", type=float, default=1.5)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--start", type=Path, help="model.pt of the run to go on from")
    ap.add_argument(
        "--silver", type=Path, help="articles with inner attributions (silver_nested); same ids replace PolNeAR's"
    )
    ap.add_argument("--limit", type=int, default=0, help="articles to train on, for a quick look")
    a = ap.parse_args()

    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer()
    articles = polnear.read(a.corpora / "polnear/train.jsonl")
    silver = {x.id: x for x in polnear.read(a.silver)} if a.silver else {}
    docs = [reader_data.label(x, tok) for x in articles[: a.limit or None] if x.id not in silver]
    docs += [reader_data.label(x, tok, nested_known=True) for x in silver.values()]
    model = ReaderModel(load_base(), a.depth)
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True))
    optimiser = torch.optim.AdamW(parameter_groups(model, a.rate, a.head_rate, a.layer_decay))
    peaks = [g["lr"] for g in optimiser.param_groups]
    steps_an_epoch = sum(1 for _ in reader_data.batches(docs, a.batch, np.random.default_rng(0)))
    total, step, first = steps_an_epoch * a.epochs, 0, 0
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    checkpoint = a.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        step, first, mean = saved["step"], saved["epoch"], saved["mean"]
        rng.bit_generator.state = saved["rng"]

    for epoch in range(first, a.stop or a.epochs):
        model.train()
        began, sums = time.time(), np.zeros(3)
        for b in reader_data.batches(docs, a.batch, rng):
            step += 1
            for g, peak in zip(optimiser.param_groups, peaks, strict=True):
                g["lr"] = peak * pace(step, total, 0.06)
            with torch.autocast("cpu", torch.bfloat16):
                hidden, tags = model.encode(b.ids, b.features, b.mask)
                loss = own = a.cue_weight * cue_loss(tags, b.own, b.nested, b.mask)
                if len(b.window):
                    roles = model.link(model.context(hidden, tags.detach(), b.mask), b.window, b.start, b.end)
                    linked = F.cross_entropy(roles.float().flatten(0, 1), b.roles.flatten())
                    loss = own + linked
                    sums[1] += linked.item()
            learn(loss, model, optimiser, mean, step, 0.998)
            sums[0] += own.item()
            sums[2] += 1
            if step % 50 == 0:
                done = sums[2] / steps_an_epoch
                print(
                    f"epoch {epoch} {done:.0%} cue {sums[0] / sums[2]:.4f} link {sums[1] / sums[2]:.4f} "
                    f"{time.time() - began:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
        torch.save(
            {
                "model": model.state_dict(),
                "mean": mean,
                "optimiser": optimiser.state_dict(),
                "step": step,
                "epoch": epoch + 1,
                "rng": rng.bit_generator.state,
            },
            checkpoint,
        )
    torch.save(mean, a.out / "model.pt")
    (a.out / "settings.json").write_text(
        json.dumps({k: str(v) if isinstance(v, Path) else v for k, v in vars(a).items()}, indent=1)
    )


if __name__ == "__main__":
    main()
