"""Choose the reader's settings on dev and write its card: `python -m training.tune_reader FOLDER`.

Confidence: a logistic regression on seven features of each found attribution (probability of its cue, of its content's
words, of its content's edges, of its source, whether it has one, whether it is nested, length), fitted to whether
the headline's matching finds it right. `keep` is where headline + .3 exact content + .3 cue tokens is best on PolNeAR
dev, `keep_nested` where the headline is best on world dev.
"""

import argparse
import itertools
import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import corpora, score
from reportedly.pieces import Pieces, cut
from reportedly.reader import Found, Reader, Settings, Words, assemble, words_of
from reportedly.records import Document

from .export_reader import digests


class Read(NamedTuple):
    """An article with what the reader found in it."""

    article: corpora.Labelled
    document: Document
    words: Words
    found: list[Found]


class Ready(NamedTuple):
    """An article cut into pieces."""

    article: corpora.Labelled
    document: Document
    pieces: Pieces
    words: Words


def prepare(reader: Reader, path: Path) -> list[Ready]:
    """The articles of a corpus, cut."""
    out = []
    for article in corpora.attributions(path):
        document = Document.of(article.text)
        pieces = cut(article.text, reader.tokenizer)
        out.append(Ready(article, document, pieces, words_of(pieces)))
    return out


def look(reader: Reader, articles: list[Ready]) -> list[Read]:
    """Everything the reader finds with its present settings, however unsure."""
    return [Read(a, d, w, reader.found(d.text, p, w)) for a, d, p, w in articles]


def quotes(document: Document, words: Words, found: list[Found], settings: Settings, nested: bool) -> list[score.Quote]:
    """The spans by role of the attributions that the settings keep."""
    return [
        {r: [(s.start, s.end) for s in getattr(a, r)] for r in score.ROLES}
        for a in assemble(document, words, found, settings)
        if nested or a.within is None
    ]


def measure(reads: list[Read], settings: Settings, nested: bool) -> dict[str, score.Counts]:
    """Every measure on a corpus."""
    return score.total(
        score.count(r.article.text, quotes(r.document, r.words, r.found, settings, nested), r.article.gold)
        for r in reads
    )


Examples = tuple[list[np.ndarray], list[bool], list[int]]


def examples(reads: list[Read], nested: bool) -> Examples:
    """(features, right, article) of everything found."""
    xs, ys, groups = [], [], []
    for n, r in enumerate(reads):
        found = [f for f in r.found if len(f.content) and (nested or not f.nested)]
        spans = [
            {k: [(int(r.words.start[w]), int(r.words.end[w])) for w in getattr(f, k)] for k in score.ROLES}
            for f in found
        ]
        right = score.matches(r.article.text, spans, r.article.gold)
        xs += [f.features for f in found]
        ys += [i in right for i in range(len(found))]
        groups += [n] * len(found)
    return xs, ys, groups


def fit(xs: list[np.ndarray], ys: list[bool]) -> tuple[float, ...]:
    """Weights, the constant first."""
    model = LogisticRegression(C=1.0, max_iter=2000).fit(np.stack(xs), ys)
    return (round(float(model.intercept_[0]), 4), *(round(float(w), 4) for w in model.coef_[0]))


def honest_error(near: Examples, far: Examples, keep: float) -> float:
    """Calibration error on PolNeAR's kept attributions, each fifth of the articles rated by weights fitted, as the
    shipped ones are, on both corpora, without it."""
    rated = []
    for k in range(5):
        known = [(x, y) for part in (near, far) for x, y, n in zip(*part, strict=True) if n % 5 != k]
        weights = fit([x for x, _ in known], [y for _, y in known])
        for x, y, n in zip(*near, strict=True):
            sure = float(1 / (1 + np.exp(-(weights[0] + np.dot(weights[1:], x)))))
            if n % 5 == k and sure >= keep:
                rated.append((sure, y))
    return score.calibration_error(rated)


def main() -> None:
    """Tune and write the card's settings and scores."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--card", type=Path, default=Path(__file__).parent / "reader_card.json", help="the card's prose")
    ap.add_argument("--quick", action="store_true", help="the default switch and cue edge only")
    a = ap.parse_args()
    reader = Reader(a.folder)
    dev = prepare(reader, a.corpora / "polnear/dev.jsonl")
    world = prepare(reader, a.corpora / "world/dev.jsonl")
    best: tuple[float, Any] = (0.0, None)
    grid = [(0.5, 0.3)] if a.quick else itertools.product((0.5, 1.0, 1.5), (0.15, 0.2, 0.25, 0.3))
    for switch, edge in grid:
        reader.settings = settings = Settings(switch=switch, cue_edge=edge)
        near, far = look(reader, dev), look(reader, world)
        here, there = examples(near, nested=False), examples(far, nested=True)
        settings = msgspec.structs.replace(
            settings, weights=fit(here[0] + there[0], here[1] + there[1]), keep_nested=1.0
        )
        for keep in np.arange(0.2, 0.6, 0.04):
            tried = msgspec.structs.replace(settings, keep=round(float(keep), 2))
            counts = measure(near, tried, nested=False)
            value = counts["headline"].f1 + 0.3 * counts["exact"].f1 + 0.3 * counts["cue"].f1
            if value > best[0]:
                best = (value, (tried, near, far, here, there))
        print(switch, edge, {k: round(v.f1, 1) for k, v in measure(near, best[1][0], nested=False).items()}, flush=True)
    settings, near, far, here, there = best[1]
    error = honest_error(here, there, settings.keep)
    tries = [msgspec.structs.replace(settings, keep_nested=round(float(k), 2)) for k in np.arange(0.1, 0.8, 0.05)]
    settings = max(tries, key=lambda t: measure(far, t, nested=True)["headline"].f1)
    counts, elsewhere = measure(near, settings, nested=False), measure(far, settings, nested=True)
    card = json.loads(a.card.read_text("utf-8"))
    card["settings"] = msgspec.to_builtins(settings)
    card["scores"] = {
        "polnear/dev F1": {k: round(v.f1, 1) for k, v in counts.items()},
        "world/dev F1, nested ones count": {k: round(v.f1, 1) for k, v in elsewhere.items()},
        "expected calibration error (polnear/dev, 5 folds)": round(error, 3),
    }
    card["files"] = digests(a.folder)
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps({"settings": card["settings"], "scores": card["scores"]}, indent=1))


if __name__ == "__main__":
    main()
