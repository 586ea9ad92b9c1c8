"""Train the judge of relations on the states of the shipped reader: `python -m training.train_relations OUT`."""

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

from benchmarks.corpora import rows
from benchmarks.relations import held
from reportedly.pairing import MARKS, WIDTH, features, marks
from reportedly.relations import LABELS

from . import relation_data as data
from .relation_data import Pair, Texts
from .relation_model import JudgeModel
from .schedule import learn, pace, packed

# Shares of what the neighbouring sets have most of, so that they do not drown the rest.
OWN = 3  # sets before this number are our own pairs, which the forest learns from
FEWER = {
    ("fnc", (0, 0, 0, 1)): 0.4, ("evidence", (1, 0, 0, 0)): 0.5, ("evidence", (0, 1, 1, 1)): 0.4,
    ("evidence", (0, 0, 1, 1)): 0.4,
}  # fmt: skip


class Batch:
    """Pairs as tensors, padded."""

    def __init__(self, pairs: list[Pair], swap: bool = False) -> None:
        shown = [marks_of(p) for p in pairs]
        size = max(len(m) for m, _ in shown)
        self.states = torch.zeros(len(pairs), size, WIDTH, dtype=torch.bfloat16)
        self.marks = torch.zeros(len(pairs), size, dtype=torch.long)
        self.mask = torch.zeros(len(pairs), size)
        for i, (p, (m, _)) in enumerate(zip(pairs, shown, strict=True)):
            n, k = len(m), len(p.a.roles)
            first, second = torch.from_numpy(p.a.states), torch.from_numpy(p.b.states)
            mark = torch.from_numpy(m).long()
            if swap:
                first, second, k = second, first, n - k
                mark = torch.cat((mark[n - k :] - MARKS // 2, mark[: n - k] + MARKS // 2))
            self.states[i, :k], self.states[i, k:n] = first, second
            self.marks[i, :n] = mark
            self.mask[i, :n] = 1
        self.features = torch.from_numpy(np.stack([f for _, f in shown]))
        self.allowed = torch.tensor([p.allowed for p in pairs], dtype=torch.float)
        self.set = torch.tensor([p.set for p in pairs])
        self.weight = torch.tensor([p.weight for p in pairs])


_marks: dict[str, tuple[np.ndarray, np.ndarray]] = {}


def marks_of(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Marks and features of a pair, worked out once."""
    if pair.id not in _marks:
        _marks[pair.id] = marks(pair.a, pair.b).astype(np.int16), features(pair.a, pair.b)
    return _marks[pair.id]


def batches(pairs: list[Pair], rng: random.Random, tokens: int = 6000) -> list[list[Pair]]:
    """Pairs in batches of like length, in random order."""
    return packed(pairs, lambda p: len(p.a.roles) + len(p.b.roles), tokens, 15, rng)


def f1s(z: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """F1 of every label, 0 to 1, where the highest score wins."""
    said = z.argmax(-1)
    right = np.array([((said == k) & (gold == k)).sum() for k in range(4)])
    both = np.array([(said == k).sum() + (gold == k).sum() for k in range(4)])
    return np.asarray(2 * right / np.maximum(1, both))


def report(p: np.ndarray, pairs: list[Pair]) -> str:
    """How well pairs are judged: F1 of each label and the best F1 of disputes at any threshold; of pairs that are the
    same or not, balanced accuracy at the best threshold."""
    if any(sum(x.allowed) > 1 for x in pairs):
        same = np.array([x.allowed[0] for x in pairs], bool)
        cuts = np.quantile(p[:, 0], np.arange(0.02, 1, 0.02))
        return f"same {100 * max(((p[same, 0] >= t).mean() + (p[~same, 0] < t).mean()) / 2 for t in cuts):.1f}"
    gold = np.array([x.allowed.index(1) for x in pairs])
    best = (0.0, 0.0, 0.0)
    for t in np.unique(p[:, 1]):
        hit = p[:, 1] >= t
        right = (hit & (gold == 1)).sum()
        precision, recall = right / max(1, hit.sum()), right / max(1, (gold == 1).sum())
        best = max(best, (200 * precision * recall / max(1e-9, precision + recall), 100 * precision, float(t)))
    f = 100 * f1s(p, gold)
    each = " ".join(f"{k[:3]} {v:.0f}" for k, v in zip(LABELS, f, strict=True))
    most = "best disputes {:.0f} p {:.0f} at {:.2f}".format(*best)
    return f"macro {np.mean(f):.1f} ({each}; {most})"


def corpus(corpora: Path, texts: Texts, seed: int = 0) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """(training pairs of all sets, dev pairs by set)."""
    r = corpora / "relations"
    own = [x for n in ("reported_train", "reported_train_more") for x in rows(r / f"{n}.jsonl")]
    train = data.reported(texts, own)
    dev = {"reported": data.reported(texts, list(rows(r / "reported_dev.jsonl")))}
    fnc = data.stance(texts, r / "fnc1_train_stances.jsonl", r / "fnc1_train_bodies.jsonl", 3, 0.25, seed)
    body = {x["id"]: x["b"]["doc"] for x in rows(r / "fnc1_train_stances.jsonl")}
    dev["fnc"] = [p for p in fnc if held(body[p.id])]
    train += [p for p in fnc if not held(body[p.id])]
    diff = data.plain(texts, r / "claimdiff_train.jsonl", 4, 10**6)
    train += diff
    train += data.stance(texts, r / "arc_train_stances.jsonl", r / "arc_train_bodies.jsonl", 5, 0.1, seed)
    train += data.plain(texts, r / "perspectrum.jsonl", 6, 6000)
    for name, most in (
        ("climate_fever", 5000),
        ("covid_fact", 4000),
        ("fever_dev", 8000),
        ("healthver", 4000),
        ("rte", 4000),
    ):
        train += data.plain(texts, r / f"{name}.jsonl", 7, most)
    train += data.graded(texts, r / "sts_headlines.jsonl", 8)
    nanco = data.answers(texts, r / "nanco_open.jsonl", 9, 1500)
    dev["nanco"] = nanco
    return train, dev


def fit(model: JudgeModel, pairs: list[Pair], epochs: float, rate: float, rng: random.Random) -> None:
    """Train the model on pairs; it ends as the running mean of its weights."""
    slow = [p for n, p in model.named_parameters() if n.startswith("layers.")]
    fast = [p for n, p in model.named_parameters() if not n.startswith("layers.")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "rate": rate}, {"params": fast, "rate": 5 * rate}], weight_decay=0.02
    )
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    total = int(epochs * len(batches(pairs, random.Random(0))))
    step, sums, began = 0, 0.0, time.time()
    model.train()
    while step < total:
        for some in batches(pairs, rng):
            if step >= total:
                break
            step += 1
            for g in optimiser.param_groups:
                g["lr"] = g["rate"] * pace(step, total, 0.06)
            b = Batch(some, rng.random() < 0.5)
            with torch.autocast("cpu", torch.bfloat16):
                z = model(b.states, b.marks, b.mask, b.features)
            z = z.float() + model.sets(b.set)
            like = (z.log_softmax(-1) + (b.allowed + 1e-9).log()).logsumexp(-1)
            loss = -(like * b.weight).mean()
            learn(loss, model, optimiser, mean, step, min(0.998, 1 - 10 / total))
            sums += loss.item()
            if step % 50 == 0 or step == total:
                print(
                    f"step {step} of {total} loss {sums / step:.3f} {time.time() - began:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
    model.load_state_dict(mean)


def log_scores(model: JudgeModel, pairs: list[Pair]) -> np.ndarray:
    """Log probabilities for pairs as they are given, and turned round: [2, pairs, 4]. The labels are spread as
    in FNC-1 for its pairs, else as among our own."""
    model.eval()
    out = np.zeros((2, len(pairs), 4), np.float32)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].a.roles) + len(pairs[i].b.roles))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for low in range(0, len(order), 64):
            at = order[low : low + 64]
            for k in (0, 1):
                b = Batch([pairs[i] for i in at], bool(k))
                z = model(b.states, b.marks, b.mask, b.features).float() + model.sets(b.set * (b.set == 3)).float()
                out[k, at] = z.log_softmax(-1).numpy()
    model.train()
    return out


def main() -> None:
    """Train on the neighbouring sets."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--epochs", type=float, default=2)
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--cache", type=Path, help="where to keep the pairs between runs")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    rng = random.Random(0)
    if a.cache and a.cache.exists():
        train, dev = torch.load(a.cache, weights_only=False)
    else:
        train, dev = corpus(a.corpora, Texts())
        if a.cache:
            torch.save((train, dev), a.cache, pickle_protocol=5)
    others = [p for p in train if p.set >= OWN and rng.random() < FEWER.get((data.SETS[p.set], p.allowed), 1.0)]
    model = JudgeModel()
    fit(model, others, a.epochs, a.rate, rng)
    torch.save(model.state_dict(), a.out / "model.pt")
    for name, pairs in dev.items():
        print(f"{name}: {report(np.exp(log_scores(model, pairs)).mean(0), pairs)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
