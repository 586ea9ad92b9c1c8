"""How fast a run learns as it goes on, and the mean of its weights, which is what is kept."""

import math

from torch import Tensor, nn


def pace(step: int, total: int, warm: float) -> float:
    """The share of the peak rate at a step of `total`: rising over the first `warm` of them, and a cosine."""
    return min(1.0, step / (warm * total)) * max(0.0, 0.5 + 0.5 * math.cos(math.pi * min(1.0, step / total)))


def average(mean: dict[str, Tensor], model: nn.Module, step: int, most: float) -> None:
    """Take the model's weights into their running mean, which keeps `most` of itself once enough steps are done."""
    keep = min(most, (1 + step) / (10 + step))
    for k, v in model.state_dict().items():
        mean[k].lerp_(v, 1 - keep) if v.is_floating_point() else mean[k].copy_(v)
