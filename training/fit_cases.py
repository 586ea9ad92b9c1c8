"""How pairs of claims tell whether they answer one question, and alike: `python -m training.fit_cases FOLDER`.

Two logistic regressions over `compare.bearings`, fitted on the labelled cases and written into the judge's card. There
are no other cases to choose on: what is printed leaves each case out in turn.
"""

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks import cases, corpora
from reportedly.accounts import Settings, Weight, grouped
from reportedly.compare import Reading, asked, bearings
from reportedly.relations import MODELS, Judge, Pair

C = 0.02  # inverse strength of the penalty on weights of standardised bearings
NEITHER, ALIKE, OTHERWISE = range(3)


class Case:
    """A labelled case as it is learned from: its pairs, what is told of them, and what they are (-1: not labelled)."""

    def __init__(self, path: Path, judge: Judge) -> None:
        self.gold = json.loads(path.read_text("utf-8"))
        reports = path.with_suffix(".reports.jsonl")
        self.texts = {r["id"]: r["text"] for r in corpora.rows(reports)}
        readings: list[Reading] = cases.readings(reports)
        self.claims = [c for r in readings for c in r.claims if c.id in r.phrases]
        phrases = {k: v for r in readings for k, v in r.phrases.items()}
        self.stem = {r.report.document.id: Path(r.report.document.file).stem for r in readings}
        self.pairs = asked(self.claims, phrases)
        p = judge.probabilities([Pair(phrases[self.claims[i].id], phrases[self.claims[j].id]) for i, j in self.pairs])
        scores = {k: tuple(x) for k, x in zip(self.pairs, p.tolist(), strict=True)}
        self.told = bearings(self.claims, phrases, scores)  # type: ignore[arg-type]
        self.label = self._labels()

    def _labels(self) -> np.ndarray:
        claims, sides = cases.gold_claims(self.gold, self.texts)
        spans = [[(s.start, s.end) for s in c.spans] for c in self.claims]
        of: list[list[cases.Key]] = [[] for _ in self.claims]
        for i, c in enumerate(self.claims):
            doc = self.stem[c.document]
            mine = cases.tokens(self.texts[doc], spans[i])
            of[i] = [k for k, want in claims.items() if k[0] == doc and cases.same(mine, want)]
        out = np.full(len(self.pairs), -1)
        for n, (i, j) in enumerate(self.pairs):
            if not (of[i] and of[j]):
                continue
            out[n] = NEITHER
            for x, y in itertools.product(of[i], of[j]):
                for q in sides[x].keys() & sides[y].keys():
                    out[n] = OTHERWISE if sides[x][q] != sides[y][q] else max(out[n], ALIKE)
        return out


def fitted(some: list[Case]) -> tuple[np.ndarray, np.ndarray]:
    """The weights of question and account, the constant first; every case counts alike."""
    told, label = np.concatenate([c.told for c in some]), np.concatenate([c.label for c in some])
    weight = np.concatenate([np.full(len(c.label), 1000 / (c.label >= 0).sum()) for c in some])
    mean, spread = told.mean(0), told.std(0) + 1e-6
    out = []
    for rows, right in ((label >= 0, label > NEITHER), (label > NEITHER, label == ALIKE)):
        model = LogisticRegression(C=C, max_iter=1000).fit((told[rows] - mean) / spread, right[rows], weight[rows])
        slope = model.coef_[0] / spread
        out.append(np.concatenate((model.intercept_ - slope @ mean, slope)))
    return out[0], out[1]


def weights_of(case: Case, question: np.ndarray, account: np.ndarray) -> dict[tuple[int, int], Weight]:
    """What is known of the pairs of a case."""
    same, alike = (1 / (1 + np.exp(-(w[0] + case.told @ w[1:]))) for w in (question, account))
    return {k: Weight(float(q * a), float(q * (1 - a))) for k, q, a in zip(case.pairs, same, alike, strict=True)}


def main() -> None:
    """Fit."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path, nargs="?", default=MODELS)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    a = ap.parse_args()
    judge = Judge(a.folder)
    every = [Case(path, judge) for path in sorted((a.corpora / "cases").glob("*.json"))]
    held = []
    for case in every:
        question, account = fitted([c for c in every if c is not case])
        held.append(weights_of(case, question, account))
        same = np.array([w.supports + w.disputes for w in held[-1].values()])
        alike = np.array([w.supports for w in held[-1].values()]) / same
        known, one = case.label >= 0, case.label > NEITHER
        print(
            case.gold["case"], f"one question AUC {roc_auc_score(case.label[known] > NEITHER, same[known]):.3f},",
            f"alike {roc_auc_score(case.label[one] == ALIKE, alike[one]):.3f}",
        )  # fmt: skip
    best = []
    grid = itertools.product(
        (0.35, 0.45, 0.55, 0.65), (0.05, 0.15, 0.3, 0.5), (-0.1, 0.0, 0.1, 0.2, 0.3), (0.0, 0.15, 0.25)
    )
    for together, absent, apart, conflict in grid:
        settings = Settings(together, apart, absent, conflict)
        scores, sizes = [], []
        for case, weights in zip(every, held, strict=True):
            groups = [g.accounts for g in grouped(len(case.claims), weights, settings) if g.contested]
            named = [[[case.claims[i] for i in side] for side in g] for g in groups]
            scores.append(cases.score_groups(case.gold, case.texts, case.stem, case.claims, named))
            sizes.append((len(groups), max((sum(map(len, g)) for g in groups), default=0) / len(case.claims)))
        means = cases.mean(dict(enumerate(scores)))  # type: ignore[arg-type]
        worth = means["competing"] / 32 + means["agreeing"] / 40 + min(means["questions"], 75) / 100
        best.append((worth, means, settings, np.mean(sizes, 0).round(2)))
    for worth, means, settings, size in sorted(best, key=lambda x: -x[0])[:12]:
        print(f"{worth:.2f}", {k: round(v, 1) for k, v in means.items()}, tuple(settings), "questions, largest", size)
    print("largest under a third:")
    for worth, means, settings, size in sorted((b for b in best if b[3][1] < 0.33), key=lambda x: -x[0])[:5]:
        print(f"{worth:.2f}", {k: round(v, 1) for k, v in means.items()}, tuple(settings), "questions, largest", size)
    question, account = fitted(every)
    card = json.loads((a.folder / "card.json").read_text("utf-8"))
    card["settings"]["question"] = [round(float(x), 4) for x in question]
    card["settings"]["account"] = [round(float(x), 4) for x in account]
    (a.folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
