"""Train the resolver on the states of the shipped reader, which stay as they are: `python -m training.train_resolver
OUT`. Some twenty minutes on two cores.
"""

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from benchmarks.corpora import rows
from reportedly.arrays import Longs
from reportedly.mentions import FORMS
from reportedly.pieces import ends_of
from reportedly.resolver import Features, candidates

from . import resolver_data as data
from .resolver_data import Asked, Example
from .resolver_model import ResolverModel, resolver_of
from .schedule import learn, pace
from .train_reader import tokenizer


def vectors(model: ResolverModel, example: Example) -> tuple[Tensor, Tensor]:
    """(tags [n, TAGS], vectors [n, VECTOR]) of a text's pieces."""
    size = max(s.shape[0] for _, _, s, _ in example.states)
    states = torch.zeros(len(example.states), size, example.states[0][2].shape[1], dtype=torch.bfloat16)
    mask = torch.zeros(len(example.states), size)
    for i, (_, _, s, _) in enumerate(example.states):
        states[i, : len(s)] = s
        mask[i, : len(s)] = 1
    tags, vector = model.read(states, mask)
    cores = [(i, at, at + b - a) for i, (a, b, _, at) in enumerate(example.states)]
    return (torch.cat([x[i, s:e] for i, s, e in cores]).float() for x in (tags, vector))  # type: ignore[return-value]


def ends(example: Example) -> tuple[Longs, Longs]:
    """First and last piece of every mention."""
    mentions = [x.mention for x in example.places]
    return ends_of(example.pieces, [m.start for m in mentions], [m.end for m in mentions])


def pairs_of(example: Example) -> list[Asked]:
    """(mention, choices, features, which are right, weight) of what is asked; made once a text."""
    if example.pairs is None:
        out: list[Asked] = []
        features = Features(example.text, example.places)
        for i, weight in example.asked.items():
            js = example.choices.get(i) or candidates(example.places, i)
            if js:
                right = [example.cluster[j] == example.cluster[i] for j in js]
                out.append((i, js, features.of(np.full(len(js), i), np.array(js)), right, weight))
        example.pairs = out
    return example.pairs


def scores_of(
    model: ResolverModel, example: Example, vector: Tensor
) -> list[tuple[int, list[int], Tensor, list[bool], float]]:
    """For each mention asked: the scores of its choices, nobody's last."""
    asked = pairs_of(example)
    if not asked:
        return []
    first, last = ends(example)
    mention = torch.cat((vector[first], vector[last]), -1)
    a = torch.tensor([i for i, js, *_ in asked for _ in js])
    b = torch.tensor([j for _, js, *_ in asked for j in js])
    features = torch.from_numpy(np.concatenate([f for _, _, f, _, _ in asked]))
    score = model.rank(mention, a, b, features).float()
    out, at = [], 0
    for i, js, _, right, weight in asked:
        s = score[at : at + len(js)]
        out.append((i, js, torch.cat((s[:, 0], s[:1, 1])), right, weight))
        at += len(js)
    return out


def loss_of(model: ResolverModel, example: Example) -> Tensor:
    """Names, antecedents (marginal likelihood of all right ones), kinds."""
    tags, vector = vectors(model, example)
    loss = torch.zeros(())
    gold = torch.from_numpy(example.tags).long()
    if (gold >= 0).any():
        loss = loss + F.cross_entropy(tags, gold) * min(4.0, len(gold) / 300)
    for _, _, s, right, weight in scores_of(model, example, vector):
        good = torch.tensor([*right, not any(right)])
        loss = loss + weight * (s.logsumexp(0) - s[good].logsumexp(0))
    if example.kinds:
        first, last = ends(example)
        at = [i for i, *_ in example.kinds]
        mention = torch.cat((vector[first[at]], vector[last[at]]), -1)
        form = torch.tensor([FORMS.index(example.places[i].mention.form) for i in at])
        judged = model.judge(mention, form).float()
        kind, named = (torch.tensor([x[k] for x in example.kinds]) for k in (1, 2))
        sure = torch.tensor([x[3] for x in example.kinds])
        loss = loss + (F.cross_entropy(judged[:, :-1], kind, reduction="none") * sure).sum()
        loss = loss + (F.binary_cross_entropy_with_logits(judged[:, -1], named.float(), reduction="none") * sure).sum()
    return loss


def accuracy(model: ResolverModel, examples: list[Example]) -> str:
    """Share of asked mentions resolved, GAP's F1, kinds."""
    right = asked = tp = fp = fn = kinds = kind = named = 0
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for x in examples:
            _, vector = vectors(model, x)
            for _, _, s, good, _ in scores_of(model, x, vector):
                best = int(s.argmax())
                ok = (best < len(good) and good[best]) or (best == len(good) and not any(good))
                right += ok
                asked += 1
                tp += ok and any(good)
                fp += best < len(good) and not ok
                fn += any(good) and not ok
            if x.kinds:
                first, last = ends(x)
                for i, k, n, w in x.kinds:
                    if w == 1:
                        m = torch.cat((vector[first[i]], vector[last[i]]))[None]
                        j = model.judge(m, torch.tensor([FORMS.index(x.places[i].mention.form)]))[0]
                        kinds += 1
                        kind += int(j[:-1].argmax()) == k
                        named += (float(j[-1]) > 0) == bool(n)
    model.train()
    shares = {"right": (right, asked), "kind": (kind, kinds), "named": (named, kinds)}
    f1 = 200 * tp / max(1, 2 * tp + fp + fn)
    return f"F1 {f1:.1f} " + " ".join(f"{k} {100 * a / max(1, b):.1f}" for k, (a, b) in shares.items())


def corpus(corpora: Path, silver: int) -> dict[str, list[Example]]:
    """The training texts and, under names that end in _dev, those to choose on."""
    tok = tokenizer()
    out: dict[str, list[Example]] = {}
    out["sources"] = list(data.read_sources(corpora, "train", tok).values())
    out["speakers"] = list(data.read_speakers(corpora, tok).values())
    out["sources_dev"] = list(data.read_sources(corpora, "dev", tok).values())
    for split in ("train", "dev"):
        name = "gap" + ("_dev" if split == "dev" else "")
        out[name] = [data.gap(r, tok) for r in rows(corpora / f"sources/gap_{split}.jsonl")]
    out["gum"] = []
    for r in rows(corpora / "attribution_extra/gum.jsonl"):
        chains: dict[int, list[tuple[int, int]]] = {}
        for e in r["entities"]:
            if e["type"] in ("person", "organization", "place", "object"):
                chains.setdefault(e["chain"], []).append((e["start"], e["end"]))
        out["gum"].append(data.coreference(r, tok, list(chains.values()), 0.3))
    out["ecb"] = []
    for r in rows(corpora / "events/ecbplus.jsonl"):
        chains2: dict[str, list[tuple[int, int]]] = {}
        for e in r["mentions"]:
            if e["type"].startswith("HUMAN"):
                chains2.setdefault(str(e.get("instance") or e["id"]), []).append((e["start"], e["end"]))
        if chains2:
            out["ecb"].append(data.coreference(r, tok, list(chains2.values()), 0.3))
    texts = {r["id"]: r["text"] for r in rows(corpora / "polnear/train.jsonl")}
    out["silver"] = []
    for r in rows(corpora / "polnear/silver_train.jsonl"):
        row = {"text": texts[r["id"]], "names": data.silver_names(r)}
        chains3 = [[(s, e) for s, e in c] for c in r["coreference"]]
        x = data.coreference(row, tok, chains3, 0.1)
        x.asked = {i: w for i, w in x.asked.items() if x.places[i].mention.form in ("he", "she", "who")}
        out["silver"].append(x)
    random.Random(0).shuffle(out["silver"])
    out["silver"] = out["silver"][:silver]
    return out


def main() -> None:
    """Train."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--start", type=Path, help="a run, or an exported one's folder, to go on from")
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument(
        "--stop", type=int, default=3, help="end after so many epochs of the schedule: the fourth learns GAP by heart"
    )
    ap.add_argument("--silver", type=int, default=300, help="silver articles")
    ap.add_argument("--rate", type=float, default=1e-3)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--depth", type=int, default=1)
    ap.add_argument("--cache", type=Path, help="keeps texts and states, 3 GB: delete it when data or reader change")
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    began = time.time()
    if a.cache and a.cache.exists():
        texts = torch.load(a.cache, weights_only=False)
    else:
        texts = {k: [data.with_states(x) for x in v] for k, v in corpus(a.corpora, a.silver).items()}
        if a.cache:
            torch.save(texts, a.cache)
    print(f"states {time.time() - began:.0f} s", {k: len(v) for k, v in texts.items()}, file=sys.stderr, flush=True)
    model = resolver_of(a.start) if a.start else ResolverModel(a.depth)
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=a.rate, weight_decay=0.02)
    training = [
        x for k, v in texts.items() if not k.endswith("_dev") for x in v for _ in range(3 if k == "sources" else 1)
    ]
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    group, step = 8, 0
    total = a.epochs * (len(training) // group)
    for epoch in range(a.stop):
        rng.shuffle(training)
        sums, began = 0.0, time.time()
        for at in range(0, len(training) - group + 1, group):
            step += 1
            for g in optimiser.param_groups:
                g["lr"] = a.rate * pace(step, total, 0.05)
            with torch.autocast("cpu", torch.bfloat16):
                loss = torch.stack([loss_of(model, x) for x in training[at : at + group]]).mean()
            learn(loss, model, optimiser, mean, step, 0.998)
            sums += loss.item()
        torch.save(mean, a.out / "model.pt")
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(mean)
        scores = {k: accuracy(model, v) for k, v in texts.items() if k.endswith("_dev")}
        model.load_state_dict(now)
        print(
            f"epoch {epoch} loss {sums * group / len(training):.3f} {time.time() - began:.0f} s {scores}",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
