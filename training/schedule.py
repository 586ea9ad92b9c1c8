"""How fast a run learns as it goes on and on what at once, and the mean of its weights, which is what is kept."""

import math
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

T = TypeVar("T")


def pace(step: int, total: int, warm: float) -> float:
    """The share of the peak rate at a step of `total`: rising over the first `warm` of them, and a cosine."""
    return min(1.0, step / (warm * total)) * max(0.0, 0.5 + 0.5 * math.cos(math.pi * min(1.0, step / total)))


def average(mean: dict[str, Tensor], model: nn.Module, step: int, most: float) -> None:
    """Take the model's weights into their running mean, which keeps `most` of itself once enough steps are done."""
    keep = min(most, (1 + step) / (10 + step))
    for k, v in model.state_dict().items():
        mean[k].lerp_(v, 1 - keep) if v.is_floating_point() else mean[k].copy_(v)


def learn(
    loss: Tensor, model: nn.Module, optimiser: Optimizer, mean: dict[str, Tensor], step: int, most: float
) -> None:
    """One step down a loss, its gradient no longer than 1, and the weights it leads to into their running mean."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    average(mean, model, step, most)


def teach(
    model: nn.Module,
    parameters: Iterable[nn.Parameter],
    draw: Callable[[], Iterable[Sequence[T]]],
    loss_of: Callable[[Sequence[T]], tuple[Tensor, Tensor]],
    total: int,
    rate: float,
    path: Path,
) -> None:
    """Teach a narrowed model what the wide one says, for `total` batches. parameters: what learns; draw: the batches of
    a pass over the texts; loss_of: a batch's loss and its parts, which are told; path: keeps the mean weights."""
    optimiser = AdamW(parameters, weight_decay=0.01)
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    told: list[np.ndarray] = []
    step, began = 0, time.time()
    model.eval()  # without dropout: the wide one's word is certain
    while step < total:
        for some in draw():
            if step >= total:
                break
            step += 1
            for g in optimiser.param_groups:
                g["lr"] = rate * pace(step, total, 0.06)
            with torch.autocast("cpu", torch.bfloat16):
                loss, parts = loss_of(some)
            learn(loss, model, optimiser, mean, step, 0.99)
            told.append(parts.numpy())
            if step % 50 == 0 or step == total:
                said = " ".join(f"{x:.4f}" for x in np.mean(told, axis=0))
                print(f"step {step} of {total}: {said} {time.time() - began:.0f} s", file=sys.stderr, flush=True)
                torch.save(mean, path)
                told.clear()


def packed(
    items: Iterable[T], length: Callable[[T], int], most: int, jitter: float, rng: random.Random
) -> list[list[T]]:
    """Items in batches of like length, in random order. A batch of more than one, padded to its longest item, is `most`
    long at most. jitter: how much longer an item may be taken to be, so that batches differ from time to time."""
    order = sorted(items, key=lambda x: length(x) + rng.random() * jitter)
    out: list[list[T]] = [[]]
    for x in order:
        if out[-1] and (len(out[-1]) + 1) * length(x) > most:
            out.append([])
        out[-1].append(x)
    rng.shuffle(out)
    return out
