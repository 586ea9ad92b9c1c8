"""Pairs of texts that support, dispute or leave each other alone -> what the judge of relations learns from.

The labels of the sets are not the same: `neither` is related or unrelated, `not_supports` anything else; each row keeps
which labels it allows. Pairs of claims of a case are labelled otherwise: whether they answer one question, and alike;
of other pairs of claims the label tells that, too, but for "related".
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.corpora import rows
from benchmarks.relations import answer_pairs, side_of
from benchmarks.relations import held as held_report
from reportedly.compare import overlap
from reportedly.pairing import AROUND, Phrase, Spans, passage, phrase
from reportedly.pieces import Pieces, cut
from reportedly.relating import Side, placed
from reportedly.relations import ALIKE, NEITHER, OTHERWISE

from .case_data import Case
from .labels import Labelled, lines, news, spans
from .train_reader import tokenizer

HERE = Path(__file__).parent
PAIRS, DEV_PAIRS = HERE / "pairs.tsv", HERE / "dev_pairs.tsv"  # of PolNeAR's attributions
CLAIMS, CLAIM_PAIRS = HERE / "claims.tsv", HERE / "claim_pairs.tsv"  # of what the reader finds in other news
SURE = {3: 1.0, 2: 0.8, 1: 0.5}  # weight of a pair by how sure its labeller was
ALLOWED = {
    "supports": (1, 0, 0, 0), "disputes": (0, 1, 0, 0), "related": (0, 0, 1, 0), "unrelated": (0, 0, 0, 1),
    "neither": (0, 0, 1, 1), "not_supports": (0, 1, 1, 1), "not_disputes": (1, 0, 1, 1), "other_answer": (0, 1, 1, 0),
    "": (0, 0, 0, 0),
}  # fmt: skip
SETS = (
    "reported", "rumours", "denials", "fnc", "claimdiff", "arc", "perspectrum", "evidence", "headlines", "nanco",
    "cases",
)  # fmt: skip
EVIDENCE = {"climate_fever": 5000, "covid_fact": 4000, "fever_dev": 8000, "healthver": 4000, "rte": 4000}
ANSWERS = {"supports": ALIKE, "disputes": OTHERWISE, "unrelated": NEITHER}  # what a label tells of one question
MOST = {NEITHER: 300, ALIKE: 400, OTHERWISE: 400}  # pairs of a case, by label


class Pair(NamedTuple):
    """A pair as it is learned from: allowed labels, the set it is of, its weight; whether both claims answer one
    question, and alike (-1: not known)."""

    a: Phrase
    b: Phrase
    allowed: tuple[int, ...]
    set: str
    weight: float = 1.0
    answer: int = -1


class Texts:
    """Texts as pieces, and claims as phrases, each made once."""

    def __init__(self) -> None:
        self.known: dict[str, Pieces] = {}
        self.claims: dict[Side, Phrase | None] = {}
        self.tokenizer = tokenizer()

    def pieces(self, text: str) -> Pieces:
        """The pieces of a text."""
        if text not in self.known:
            self.known[text] = cut(text, self.tokenizer)
        return self.known[text]

    def whole(self, text: str) -> Phrase | None:
        """A text as a phrase that is all content."""
        return phrase(text, self.pieces(text), [(0, len(text))])

    def claim(self, statement: Side) -> Phrase | None:
        """A reported claim in its context."""
        if statement not in self.claims:
            text, content, cue, source = placed(statement)
            self.claims[statement] = phrase(text, self.pieces(text), content, cue, source, statement.setting())
        return self.claims[statement]


def pairs_of(a: Phrase | None, b: Phrase | None, label: str, *more: Any) -> Iterator[Pair]:
    """A pair with one of the labels; none where a statement has no piece."""
    if a is not None and b is not None:
        yield Pair(a, b, ALLOWED[label], *more)


def reported(texts: Texts, items: Sequence[Mapping[str, Any]]) -> Iterator[Pair]:
    """Our own pairs of the corpora."""
    names = {"reported_rumours": "rumours", "reported_denials": "denials"}
    for r in items:
        one = Labelled(side_of(r["a"]), side_of(r["b"]), r["label"], r.get("sure") or 3)
        yield from judged(texts, [one], names.get(r["set"], "reported"))


def judged(texts: Texts, labels: Iterable[Labelled], name: str = "reported") -> Iterator[Pair]:
    """Labelled pairs of reported claims. name: of the set they are learned as."""
    for a, b, label, sure in labels:
        yield from pairs_of(texts.claim(a), texts.claim(b), label, name, SURE[sure], ANSWERS.get(label, -1))


def attributions(articles: Sequence[Mapping[str, Any]], path: Path) -> Iterator[Labelled]:
    """Labelled pairs of PolNeAR's attributions: numbers of articles and of their attributions. path: `PAIRS` of its
    training part, `DEV_PAIRS` of its dev part."""
    for one, i, other, j, label, sure in lines(path):
        a, b = (attributed(articles[int(n)], int(k)) for n, k in ((one, i), (other, j)))
        yield Labelled(a, b, label, int(sure))


def attributed(article: Mapping[str, Any], number: int) -> Side:
    """An attribution of an article as one statement of a pair."""
    found = next(x for x in article["attributions"] if x["k"] == number)
    return side_at(article, found["content"], found["cue"], found["source"])


def side_at(article: Mapping[str, Any], content: Spans, cue: Spans, source: Spans) -> Side:
    """What stands at some places of an article as one statement of a pair."""
    text = article["text"]
    said, by, who = (" … ".join(text[s:e] for s, e in x) for x in (content, cue, source))
    around = text[max(0, content[0][0] - AROUND) : content[-1][1] + AROUND]
    published = article.get("published") or article.get("dct") or ""
    return Side(said, who, by, around, article["id"], published[:10], article.get("title") or "")


def claims_found(corpora: Path) -> Iterator[Labelled]:
    """Labelled pairs of claims that the reader found in news of other corpora."""
    articles: dict[str, dict[str, Mapping[str, Any]]] = {}
    claims = []
    for name, document, *places in lines(CLAIMS):
        if name not in articles:
            articles[name] = {r["id"]: r for r in news(corpora / f"{name}.jsonl")}
        claims.append(side_at(articles[name][document], *map(spans, places)))
    for one, other, label, sure in lines(CLAIM_PAIRS):
        yield Labelled(claims[int(one)], claims[int(other)], label, int(sure))


def kept(pair: Labelled) -> bool:
    """Whether a pair of other news is kept from training: where one of its articles is."""
    return any(held_report(x.doc or "") for x in (pair.a, pair.b))


def stance(
    texts: Texts, items: Sequence[Mapping[str, Any]], bodies: Mapping[str, str], name: str, keep: float, seed: int = 0
) -> Iterator[Pair]:
    """Headlines against reports (FNC-1) or comments (ARC). keep: share of the unrelated that is kept."""
    rng = random.Random(seed)
    for r in items:
        if r["label"] == "unrelated" and rng.random() >= keep:
            continue
        text, head = bodies[r["b"]["doc"]], r["a"]["text"]
        pieces = texts.pieces(text)
        report = phrase(text, pieces, passage(text, pieces, head))
        yield from pairs_of(texts.whole(head), report, r["label"], name)


def plain(texts: Texts, path: Path, name: str, most: int, seed: int = 0) -> Iterator[Pair]:
    """A set of pairs of short texts."""
    items = [r for r in rows(path) if r["label"]]
    random.Random(seed).shuffle(items)
    for r in items[:most]:
        yield from pairs_of(texts.whole(r["a"]["text"]), texts.whole(r["b"]["text"]), r["label"], name)


def graded(texts: Texts, path: Path) -> Iterator[Pair]:
    """Headlines with how similar they are, 0 to 5: much alike they support, not at all they are unrelated."""
    for r in rows(path):
        score = r["score"]
        if 3 < score < 4:
            continue
        a, b = (texts.whole(r[k]["text"]) for k in "ab")
        allowed = (1, 0, 0, 0) if score >= 4 else (0, 0, 0, 1) if score < 1 else (0, 1, 1, int(score < 2))
        if a is not None and b is not None:
            yield Pair(a, b, allowed, "headlines")


def of_case(case: Case, rng: np.random.RandomState) -> Iterator[Pair]:
    """Pairs of the labelled claims of a case, some of each label."""
    phrases = [case.phrases[c.id] for c in case.claims]
    i, j = np.triu_indices(len(phrases), 1)
    pairs = list(zip(i.tolist(), j.tolist(), strict=True))
    label = np.array([-1 if overlap(case.claims[a], case.claims[b]) else case.label(a, b) for a, b in pairs])
    for kind, most in MOST.items():
        for k in rng.permutation(np.flatnonzero(label == kind))[:most]:
            yield from pairs_of(phrases[i[k]], phrases[j[k]], "", "cases", 1.0, kind)


def corpus(corpora: Path, cases: Sequence[Case]) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """(training pairs of all sets, dev pairs by set). cases: those to learn from."""
    folder, texts = corpora / "relations", Texts()
    own = [x for n in ("reported_train", "reported_train_more") for x in rows(folder / f"{n}.jsonl")]
    stances = list(rows(folder / "fnc1_train_stances.jsonl"))
    bodies = {r["id"]: r["text"] for r in rows(folder / "fnc1_train_bodies.jsonl")}
    comments = {r["id"]: r["text"] for r in rows(folder / "arc_train_bodies.jsonl")}
    found = list(claims_found(corpora))
    train = [
        *reported(texts, own),
        *judged(texts, attributions(list(rows(corpora / "polnear/train.jsonl")), PAIRS)),
        *judged(texts, (x for x in found if not kept(x))),
        *stance(texts, [r for r in stances if not held_report(r["b"]["doc"])], bodies, "fnc", 0.25),
        *stance(texts, list(rows(folder / "arc_train_stances.jsonl")), comments, "arc", 0.1),
        *plain(texts, folder / "claimdiff_train.jsonl", "claimdiff", 10**6),
        *plain(texts, folder / "perspectrum.jsonl", "perspectrum", 6000),
        *(p for name, most in EVIDENCE.items() for p in plain(texts, folder / f"{name}.jsonl", "evidence", most)),
        *graded(texts, folder / "sts_headlines.jsonl"),
    ]
    rng = np.random.RandomState(0)
    for case in cases:
        train += of_case(case, rng)
    dev = {
        "reported": list(reported(texts, list(rows(folder / "reported_dev.jsonl")))),
        "labelled": list(judged(texts, attributions(list(rows(corpora / "polnear/dev.jsonl")), DEV_PAIRS))),
        "news": list(judged(texts, (x for x in found if kept(x)))),
        "fnc": list(stance(texts, [r for r in stances if held_report(r["b"]["doc"])][::3], bodies, "fnc", 1.0)),
        "nanco": [
            p
            for _, same, (one, other) in answer_pairs(folder / "nanco_open.jsonl", 200)
            for p in pairs_of(texts.claim(one), texts.claim(other), "supports" if same else "other_answer", "nanco")
        ],
    }
    return train, dev
