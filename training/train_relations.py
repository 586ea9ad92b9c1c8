"""Train the judge of relations on everything at once: `python -m training.train_relations OUT`. An hour and a half on
two cores."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score
from torch import Tensor

from reportedly.pairing import FEW_BESIDE, MOST_BESIDE, features, framed
from reportedly.pieces import vectors_of
from reportedly.relations import ALIKE, LABELS, NEITHER, PIECES

from .case_data import held, of_corpora, of_our_own
from .relation_data import SETS, Pair, corpus, of_case
from .relation_model import JudgeModel
from .schedule import learn, packed

OWN = ("reported", "rumours", "denials")
ALSO = 0.5  # what the answer counts where there is a label too: the shares of answers are not those of cases
PIECES_AT_ONCE = 5600
WARM = 0.06  # share of the steps in which the rate rises
KEEP = 0.999  # of the mean weights, at every step


class Batch(NamedTuple):
    """Pairs as tensors, padded."""

    vectors: Tensor
    marks: Tensor
    mask: Tensor
    features: Tensor
    allowed: Tensor
    answer: Tensor
    set: Tensor
    weight: Tensor


def batch(pairs: Sequence[Pair], swap: bool = False, beside: int = MOST_BESIDE) -> Batch:
    """Pairs in the order in which they are given, or turned round, with so many pieces around each side."""
    table = vectors_of(PIECES)
    turned = [(p.b, p.a) if swap else (p.a, p.b) for p in pairs]
    shown = [framed(*ab, beside) for ab in turned]
    size = max(len(ids) for ids, _ in shown)
    ids, marks, mask = (np.zeros((len(pairs), size), np.int64) for _ in range(3))
    for row, (i, m) in enumerate(shown):
        ids[row, : len(i)], marks[row, : len(i)], mask[row, : len(i)] = i, m, 1
    return Batch(
        torch.from_numpy(table[ids]),
        torch.from_numpy(marks),
        torch.from_numpy(mask).float(),
        torch.from_numpy(np.stack([features(*ab) for ab in turned])),
        torch.tensor([p.allowed for p in pairs], dtype=torch.float),
        torch.tensor([p.answer for p in pairs]),
        torch.tensor([SETS.index(p.set) for p in pairs]),
        torch.tensor([p.weight for p in pairs]),
    )


def size(pair: Pair) -> int:
    """How many pieces are read of a pair."""
    return len(pair.a.ids) + len(pair.b.ids) + 3


def times(pair: Pair) -> float:
    """How often a pair is shown in an epoch: reported claims twice, of FNC-1 what is rare more often, cases and
    neighbours less than once."""
    if pair.set == "cases":
        return 0.2
    if pair.set == "fnc":
        return 4.0 if pair.allowed[1] else 0.5 if pair.allowed[3] else 1.0
    return 2.0 if pair.set in OWN else 0.4


def loss_of(model: JudgeModel, b: Batch) -> Tensor:
    """The negative log likelihood of a batch's labels, a pair. How sure a label is counts for it, not for the answer
    that it tells."""
    four, three = (z.float() for z in model(b.vectors, b.marks, b.mask, b.features))
    told = b.allowed.sum(1) > 0
    z = (four + model.sets(b.set))[told].log_softmax(-1)
    like = (z + (b.allowed[told] + 1e-9).log()).logsumexp(-1)
    asked = b.answer >= 0
    answered = F.cross_entropy(three[asked], b.answer[asked], reduction="none") * torch.where(told, ALSO, 1.0)[asked]
    return (answered.sum() - (like * b.weight[told]).sum()) / len(b.answer)


def fit(model: JudgeModel, pairs: Sequence[Pair], epochs: float, rate: float, path: Path, seed: int = 0) -> None:
    """Train the model on pairs; it ends as the running mean of its weights, which `path` keeps on the way."""
    rng = random.Random(seed)
    slow = [p for n, p in model.named_parameters() if n.startswith(("layers.", "positions.", "norm."))]
    fast = [p for n, p in model.named_parameters() if not n.startswith(("layers.", "positions.", "norm."))]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "rate": rate}, {"params": fast, "rate": 5 * rate}], weight_decay=0.02
    )
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    total = epochs * sum(times(p) * size(p) for p in pairs)
    step, done, sums, began = 0, 0, 0.0, time.time()
    model.train()
    while done < total:
        shown = [p for p in pairs for _ in range(int(times(p) + rng.random()))]
        for some in packed(shown, size, PIECES_AT_ONCE, 15, rng):
            if done >= total:
                break
            step += 1
            for g in optimiser.param_groups:
                g["lr"] = g["rate"] * min(1.0, done / (WARM * total) + 1e-3) * max(0.01, 1 - done / total)
            done += sum(map(size, some))
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, batch(some, rng.random() < 0.5, rng.choice((FEW_BESIDE, MOST_BESIDE))))
            learn(loss, model, optimiser, mean, step, KEEP)
            sums += loss.item()
            if step % 200 == 0:
                told = f"step {step}, {100 * done / total:.0f} %, loss {sums / 200:.3f}, {time.time() - began:.0f} s"
                print(told, file=sys.stderr, flush=True)
                torch.save(mean, path)
                sums = 0.0
    model.load_state_dict(mean)
    torch.save(mean, path)


def scores(model: JudgeModel, pairs: Sequence[Pair], beside: int = MOST_BESIDE) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of LABELS for pairs, the mean of both orders [pairs, 4], spread as in FNC-1 for its pairs, else as
    among our own; and of the answers, as they are given [pairs, 3]."""
    model.eval()
    four, three = np.zeros((len(pairs), 4), np.float32), np.zeros((len(pairs), 3), np.float32)
    order = sorted(range(len(pairs)), key=lambda i: size(pairs[i]))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for low in range(0, len(order), 64):
            at = order[low : low + 64]
            for swap in (False, True):
                b = batch([pairs[i] for i in at], swap, beside)
                z, answers = model(b.vectors, b.marks, b.mask, b.features)
                spread = model.sets(b.set * (b.set == SETS.index("fnc")))
                four[at] += (z + spread).float().softmax(-1).numpy() / 2
                if not swap:
                    three[at] = answers.float().softmax(-1).numpy()
    model.train()
    return four, three


def f1s(z: np.ndarray, gold: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """F1 of every label, 0 to 1, where the highest score wins. weight: of each pair, all alike if not said."""
    said, w = z.argmax(-1), np.ones(len(gold)) if weight is None else weight
    right = np.array([w[(said == k) & (gold == k)].sum() for k in range(4)])
    both = np.array([w[said == k].sum() + w[gold == k].sum() for k in range(4)])
    return np.asarray(2 * right / np.maximum(1e-9, both))


def report(p: np.ndarray, pairs: Sequence[Pair]) -> str:
    """How well pairs are judged: F1 of each label; of pairs that are the same or not, the area under the curve."""
    if any(sum(x.allowed) > 1 for x in pairs):
        return f"same {roc_auc_score([x.allowed[0] for x in pairs], p[:, 0]):.3f}"
    f = 100 * f1s(p, np.array([x.allowed.index(1) for x in pairs]))
    each = " ".join(f"{k} {v:.0f}" for k, v in zip(LABELS, f, strict=True))
    return f"macro {np.mean(f):.1f} ({each})"


def told_of_cases(p: np.ndarray, label: np.ndarray) -> str:
    """How well pairs of claims are told: areas under the curve for one question or not, and for alike if so."""
    same, one = p[:, 1:].sum(1), label > NEITHER
    alike = roc_auc_score(label[one] == ALIKE, p[one, ALIKE] / same[one])
    return f"one question {roc_auc_score(one, same):.3f} alike {alike:.3f}"


def main() -> None:
    """Train and measure."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--epochs", type=float, default=1)
    ap.add_argument("--rate", type=float, default=1.2e-4)
    ap.add_argument("--start", type=Path, help="a run to go on from")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    learned, _ = held(of_our_own(a.corpora))
    train, dev = corpus(a.corpora, learned)
    model = JudgeModel()
    if a.start:
        model.load_state_dict(torch.load(a.start / "model.pt", weights_only=True))
    fit(model, train, a.epochs, a.rate, a.out / "model.pt")
    for name, pairs in dev.items():
        print(f"{name}: {report(scores(model, pairs)[0], pairs)}", file=sys.stderr, flush=True)
    rng = np.random.RandomState(0)
    pairs = [p for case in of_corpora(a.corpora) for p in of_case(case, rng)]
    told = told_of_cases(scores(model, pairs, FEW_BESIDE)[1], np.array([p.answer for p in pairs]))
    print(f"cases: {told}", file=sys.stderr)


if __name__ == "__main__":
    main()
