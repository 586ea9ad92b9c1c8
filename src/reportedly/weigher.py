"""The attributions of a text and the carriers that may have brought each -> through what each came to the report.

Every such carrier is weighed by what the text says of it and the attribution (`relays.py`), by the resolver's vectors
of both, and by how the same carrier stands to the statements before and after: a small network (`Weigher`), trained by
`training/train_relays.py`.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .arrays import Floats, Longs
from .carriers import Carrier
from .engine import session
from .relays import Setting

Heads = Callable[[Longs, Longs], Floats]
"""The resolver's vector of the first piece of each stretch of characters [start, end): [stretches, vector]."""
MODELS = Path(__file__).parent / "models" / "relays"
AT_ONCE = 120  # attributions weighed together: few reports have more, and the network's memory grows with the square


class Asked(NamedTuple):
    """What the network is told of a text: a row for each attribution and each carrier that may have brought it.

    A row is a pair of both; a line of the grid is a carrier. features: the numbers of the features that hold, from 1
    on, filled up with 0 [rows, most]. vectors: the resolver's of cue, source and carrier, side by side [rows,
    3 * vector]. grid: for each carrier and each attribution, in the order of their cues, 1 + the number of their row, 0
    where there is none [carriers, attributions]. at: where in the grid, read line by line, a row stands [rows]."""

    features: Longs
    vectors: Floats
    grid: Longs
    at: Longs


class Rows(NamedTuple):
    """Which attribution and which carrier the rows of an `Asked` are of."""

    attributions: list[int]
    carriers: list[str]
    asked: Asked


def rows_of(
    setting: Setting, heads: Heads, number: Callable[[str], int | None], first: int = 0, last: int | None = None
) -> Rows:
    """What is asked of the attributions [first, last), in the order of their cues. number: gives that of a
    feature, from 1 on; None where it is not known."""
    order = setting.order[first:last]
    attributions: list[int] = []
    keys: list[str] = []
    held: list[list[int]] = []
    alone: dict[str, list[int]] = {}
    for k in order:
        for key, said in setting.features(k):
            if key not in alone:
                alone[key] = [n for f in setting.alone[key] if (n := number(f))]
            attributions.append(k)
            keys.append(key)
            held.append([n for f in said if (n := number(f))] + alone[key])
    features = np.zeros((len(held), max(map(len, held), default=0)), np.int64)
    for row, numbers in zip(features, held, strict=True):
        row[: len(numbers)] = numbers
    line = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    places = [line[q] * len(order) + setting.position[k] - first for k, q in zip(attributions, keys, strict=True)]
    at = np.array(places, np.int64)
    grid = np.zeros(len(line) * len(order), np.int64)
    grid[at] = np.arange(1, len(at) + 1)
    vectors = _vectors(setting, heads, attributions, keys)
    return Rows(attributions, keys, Asked(features, vectors, grid.reshape(len(line), len(order)), at))


def _vectors(setting: Setting, heads: Heads, attributions: Sequence[int], keys: Sequence[str]) -> Floats:
    """The vectors of cue, source (of the cue again where there is none) and carrier, row by row."""
    if not attributions:
        return np.zeros((0, 0), np.float32)
    places: list[tuple[int, int]] = []
    for k, key in zip(attributions, keys, strict=True):
        a, carrier = setting.attributions[k], setting.named_at(key, k)
        cue, source = a.cue[0], (a.source or a.cue)[0]
        places += [(cue.start, cue.end), (source.start, source.end), (carrier.start, carrier.end)]
    starts, ends = np.array(places, np.int64).T
    return heads(starts, ends).reshape(len(keys), -1)


class Learnt(msgspec.Struct, frozen=True):
    """What lies beside the network. features: those it knows, the first with number 1. least: the least probability,
    over all carriers, at which the likeliest is believed."""

    least: float
    features: tuple[str, ...]


class Weigher:
    """The network that weighs carriers; one may serve many documents."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        self.session = session(folder / "relays.onnx", threads)
        learnt = msgspec.json.decode((folder / "features.json").read_bytes(), type=Learnt)
        self.least = learnt.least
        self.number = {f: n for n, f in enumerate(learnt.features, 1)}

    def scores(self, asked: Asked) -> Floats:
        """For each row the log odds, against nothing, that the carrier brought the attribution."""
        if not len(asked.at):
            return np.zeros(0, np.float32)
        (scores,) = self.session.run(["scores"], asked._asdict())
        return np.asarray(scores, np.float32)


def probabilities(scores: Floats, attributions: Sequence[int] | Longs, count: int) -> npt.NDArray[np.float64]:
    """The probability of every row; what its attribution's rows lack to 1 is that none of them brought it. count: how
    many attributions there are."""
    odds = np.exp(np.minimum(scores.astype(np.float64), 30.0))
    return np.asarray(odds / (1 + np.bincount(attributions, odds, count))[attributions])


@cache
def default_weigher() -> Weigher:
    """The shipped network, loaded once."""
    return Weigher()


def relays_in(setting: Setting, heads: Heads) -> list[Carrier | None]:
    """Through what each attribution came, where anything but the report's own ear brought it."""
    weigher = default_weigher()
    out: list[Carrier | None] = [None] * len(setting.attributions)
    for first in range(0, len(out), AT_ONCE):
        attributions, keys, asked = rows_of(setting, heads, weigher.number.get, first, first + AT_ONCE)
        found = probabilities(weigher.scores(asked), attributions, len(out))
        total = np.bincount(attributions, found, len(out))
        best: dict[int, int] = {}
        for row, k in enumerate(attributions):
            if k not in best or found[row] > found[best[k]]:
                best[k] = row
        for k, row in best.items():
            if total[k] > weigher.least:
                out[k] = setting.named_at(keys[row], k)._replace(name=setting.called(keys[row]))
    return out
