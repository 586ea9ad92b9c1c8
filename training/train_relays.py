"""Weights of `relays.py` from labelled articles: `python -m training.train_relays FOLDER --corpora CORPORA`.

Reads corpora/sources train, whose `relayed_by` is a phrase, and `relays.tsv`, labels of our own for further PolNeAR
articles: attribution and the place that names its relay. The resolver must be in FOLDER already: features depend on who
it takes to be behind a statement. Articles are held out by turns to see what F1 is reached, from which the least
probability follows.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from benchmarks import corpora
from benchmarks.score import Counts
from benchmarks.sources import by_document, given, words
from reportedly.reader import default_reader
from reportedly.records import Document
from reportedly.relays import Model, Setting, weighed
from reportedly.resolver import default_resolver
from reportedly.sources import set_out

from .export_reader import digests

LABELS = Path(__file__).parent / "relays.tsv"
SEEN = 10  # times that a feature must hold to get a weight
DECAY = 3.0
STEPS = 80
FOLDS = 5
Floats = npt.NDArray[np.float64]


class Case(NamedTuple):
    """One attribution: its candidates' features, which of them are right, and whether it has a relay at all."""

    rows: list[tuple[str, list[str]]]
    right: list[bool]
    relayed: bool


def setting_of(text: str, outlet: str | None, rows: Sequence[Mapping[str, Any]]) -> Setting:
    """What is weighed in an article with these attributions."""
    document, sight = Document.of(text, outlet=outlet), default_resolver().sight()
    default_reader().read(document, see=sight.see)
    return set_out(document, given(document, rows), sight)[2]


def cases_of(setting: Setting, relays: Sequence[str | tuple[int, int] | None]) -> list[Case]:
    """The attributions of an article with their true relays, given as a name or as a place."""
    out = []
    for k, relay in enumerate(relays):
        rows = setting.features(k)
        out.append(
            Case(rows, [relay is not None and is_meant(setting, key, relay) for key, _ in rows], relay is not None)
        )
    return out


def is_meant(setting: Setting, key: str, relay: str | tuple[int, int]) -> bool:
    """Whether a carrier is the one that a label means."""
    named = [setting.carriers[i] for i in setting.keys[key]]
    if isinstance(relay, str):
        called = [c.name for c in named] + [c.outlet.name for c in named if c.outlet]
        return any(words(name) & words(relay) for name in called)
    return any(c.start < relay[1] and relay[0] < c.end for c in named) or bool(
        words(setting.text[slice(*relay)]) & {w for c in named for w in words(c.name)}
    )


def articles(folder: Path) -> Iterable[list[Case]]:
    """Every labelled article."""
    article = {r["id"]: r for r in corpora.rows(folder / "polnear/train.jsonl")}
    for doc, rows in by_document(corpora.rows(folder / "sources/train.jsonl")).items():
        setting = setting_of(article[doc]["text"], rows[0]["outlet"], rows)
        yield cases_of(setting, [r["relayed_by"] for r in rows])
    with LABELS.open(encoding="utf-8") as file:
        places = {(r["doc"], int(r["k"])): r for r in csv.DictReader(file, delimiter="\t")}
    for doc in dict.fromkeys(doc for doc, _ in places):
        rows = [a for a in article[doc]["attributions"] if a["cue"] and a["content"]]
        labels = [places.get((doc, a["k"])) for a in rows]
        setting = setting_of(article[doc]["text"], article[doc]["outlet"], rows)
        yield cases_of(setting, [(int(x["start"]), int(x["end"])) if x and x["start"] else None for x in labels])


def fitted(docs: Sequence[Sequence[Case]]) -> dict[str, float]:
    """The weights under which the right carriers, or none, are likeliest: a softmax over the candidates of each
    attribution and nothing, by Newton's method with conjugate gradients."""
    cases = [c for doc in docs for c in doc if c.rows and (any(c.right) or not c.relayed)]
    seen = Counter(f for c in cases for _, features in c.rows for f in set(features))
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= SEEN))}
    columns = [[index[f] for f in features if f in index] for c in cases for _, features in c.rows]
    flat = np.concatenate([np.array(c, np.int64) for c in columns])
    row = np.repeat(np.arange(len(columns)), [len(c) for c in columns])
    case = np.repeat(np.arange(len(cases)), [len(c.rows) for c in cases])
    right = np.array([r for c in cases for r in c.right], float)
    none = np.array([not c.relayed for c in cases], float)

    def up(w: Floats) -> Floats:
        return np.bincount(row, w[flat], len(columns))

    def down(v: Floats) -> Floats:
        return np.bincount(flat, v[row], len(index))

    def shares(w: Floats) -> tuple[Floats, Floats, float]:
        odds = np.exp(np.minimum(up(w), 30.0))
        total = 1 + np.bincount(case, odds, len(cases))
        true = none + np.bincount(case, odds * right, len(cases))
        return odds / total[case], odds * right / true[case], float(np.log(total / true).sum() + DECAY * w @ w)

    w = np.zeros(len(index))
    for _ in range(STEPS):
        mine, true, loss = shares(w)
        slope = down(mine - true) + 2 * DECAY * w

        def bend(v: Floats, mine: Floats = mine) -> Floats:
            u = up(v)
            return down(mine * (u - np.bincount(case, mine * u, len(cases))[case])) + 2 * DECAY * v

        step = solved(bend, slope)
        size = 1.0
        while size > 1e-4 and shares(w - size * step)[2] > loss - 1e-4 * size * float(slope @ step):
            size /= 2
        w -= size * step
        if float(np.abs(size * step).max()) < 1e-4:
            break
    return {f: round(float(w[i]), 4) for f, i in index.items()}


def solved(times: Any, right: Floats, steps: int = 60) -> Floats:
    """X for which times(x) is about `right`, by conjugate gradients."""
    x = np.zeros_like(right)
    r = right.copy()
    p, size = r.copy(), float(r @ r)
    for _ in range(steps):
        if size < 1e-8:
            break
        a = times(p)
        alpha = size / float(p @ a)
        x += alpha * p
        r -= alpha * a
        size, before = float(r @ r), size
        p = r + size / before * p
    return x


def judged(cases: Iterable[Case], weights: dict[str, float]) -> list[tuple[float, bool, bool]]:
    """(probability of a relay, whether the likeliest is right, whether there is one) of each attribution."""
    out = []
    for c in cases:
        p = weighed(c.rows, Model(0, weights))
        out.append((sum(p), bool(p) and c.right[int(np.argmax(p))], c.relayed))
    return out


def f1(found: Sequence[tuple[float, bool, bool]], least: float) -> float:
    """F1 where relays are believed from a probability on."""
    right = sum(ok for p, ok, _ in found if p > least)
    return Counts(right, sum(p > least for p, _, _ in found), sum(relayed for *_, relayed in found)).f1


def main() -> None:
    """Fit, and write weights and card."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--corpora", type=Path, required=True)
    a = ap.parse_args()
    docs = list(articles(a.corpora))
    order = np.random.default_rng(0).permutation(len(docs))
    held: list[tuple[float, bool, bool]] = []
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        weights = fitted([d for i, d in enumerate(docs) if i not in out])
        held += judged([c for i in sorted(out) for c in docs[i]], weights)
    reached = max(f1(held, t / 100) for t in range(20, 61, 5))
    least = round(reached / 200, 2)  # half the F1 reached is where F1 is best (Lipton et al. 2014); the curve is flat
    print(f"{len(docs)} articles, held out by turns: {reached:.1f}, at {least}: {f1(held, least):.1f}")
    weights = {f: w for f, w in fitted(docs).items() if w}
    table = msgspec.json.format(msgspec.json.encode(Model(least, weights)), indent=1)
    (a.folder / "relays.json").write_bytes(table + b"\n")
    card = a.folder / "card.json"
    said = json.loads(card.read_text("utf-8"))
    said["files"] |= digests(a.folder, ["relays.json"])
    card.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
