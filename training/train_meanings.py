"""Train what claims mean, and the judge's layers with it: `python -m training.train_meanings JUDGE OUT`.

The layers read a claim alone; those of claims that answer one question of a case are to lie near each other (log loss
of their scaled cosine, in each case both sorts of pairs alike). At every other step the judge's scores of pairs are
held to what they were, so that it stays the judge it is (as in learning without forgetting, Li and Hoiem 2016).
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from benchmarks.corpora import rows
from benchmarks.relations import held as held_report
from reportedly.pairing import MATCHES, SORTS, Alone

from . import relation_data as data
from .case_data import NEITHER, Case, held, of_corpora, of_our_own
from .encoder import HIDDEN
from .relation_data import Pair, Texts
from .relation_model import JudgeModel, Meaning, pooled
from .schedule import learn
from .shipped import weights_of
from .train_relations import Batch, batches

AT_ONCE = 44  # claims of a case in a step
KEEPING = 4.0  # weight of what holds the judge
# How many pairs hold it, by set
FNC = {"unrelated": 1800, "related": 1800, "supports": 1400, "disputes": 800}
PLAIN = {"perspectrum": (6, 1500), "climate_fever": (7, 1000), "covid_fact": (7, 700), "rte": (7, 700)}


class Labelled(NamedTuple):
    """A case as it is learned from: its claims, how each two stand to each other (-1: not known), who is labelled."""

    claims: list[Alone]
    labels: Tensor
    known: list[int]


def labelled(case: Case) -> Labelled:
    """The claims of a case with their labels."""
    n = len(case.claims)
    labels = torch.tensor([[case.label(i, j) for j in range(n)] for i in range(n)])
    return Labelled(case.alone(), labels, [i for i, side in enumerate(case.sides) if side is not None])


def shown(claims: list[Alone]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States, marks, mask and roles of claims read alone, padded."""
    size = max(len(c.roles) for c in claims)
    states, mask = torch.zeros(len(claims), size, HIDDEN), torch.zeros(len(claims), size)
    roles = torch.zeros(len(claims), size, dtype=torch.long)
    for i, c in enumerate(claims):
        n = len(c.roles)
        states[i, :n], mask[i, :n] = torch.from_numpy(c.states.astype(np.float32)), 1
        roles[i, :n] = torch.from_numpy(c.roles.astype(np.int64))
    return states, roles * MATCHES * SORTS, mask, roles


def meanings(judge: JudgeModel, meaning: Meaning, claims: list[Alone]) -> Tensor:
    """[claims, MEANING]."""
    states, marks, mask, roles = shown(claims)
    return meaning(pooled(judge.seen(states, marks, mask), states, roles, mask)).float()


def one_question(judge: JudgeModel, meaning: Meaning, case: Labelled, rng: random.Random) -> Tensor:
    """The loss on some claims of a case."""
    at = rng.sample(case.known, min(AT_ONCE, len(case.known)))
    with torch.autocast("cpu", torch.bfloat16):
        q = meanings(judge, meaning, [case.claims[i] for i in at])
    here = torch.tensor(at)
    i, j = torch.triu_indices(len(at), len(at), 1)
    label = case.labels[here][:, here][i, j]
    z = (meaning.qa * (q @ q.T) + meaning.qb)[i, j][label >= 0]
    same = (label[label >= 0] > NEITHER).float()
    share = same.mean().clamp(0.02, 0.98)
    weight = torch.where(same > 0, 0.5 / share.clamp_min(0.1), 0.5 / (1 - share))
    return F.binary_cross_entropy_with_logits(z, same, weight=weight)


def kept(judge: JudgeModel, before: JudgeModel, b: Batch) -> Tensor:
    """How far the judge is from what it was, on some pairs."""
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            want = before(b.states, b.marks, b.mask, b.features).float().softmax(-1)
        got = judge(b.states, b.marks, b.mask, b.features).float().log_softmax(-1)
    return F.kl_div(got, want, reduction="batchmean")


def auc(judge: JudgeModel, meaning: Meaning, some: list[Labelled]) -> float:
    """Area under the curve of the cosine for "one question", the mean of cases."""
    judge.eval(), meaning.eval()
    out = []
    for case in some:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            parts = [meanings(judge, meaning, case.claims[k : k + 48]) for k in range(0, len(case.claims), 48)]
        q = torch.cat(parts).numpy()
        i, j = np.triu_indices(len(q), 1)
        label, cosine = case.labels.numpy()[i, j], (q @ q.T)[i, j]
        if (label > NEITHER).any():
            out.append(roc_auc_score(label[label >= 0] > NEITHER, cosine[label >= 0]))
    judge.train(), meaning.train()
    return float(np.mean(out))


def holding(corpora: Path, rng: random.Random) -> list[Pair]:
    """Pairs on which the judge is held: our own, headlines with reports, bare texts."""
    texts, folder = Texts(), corpora / "relations"
    own = [x for n in ("reported_train", "reported_train_more") for x in rows(folder / f"{n}.jsonl")]
    out = data.reported(texts, own)
    stances = data.stance(
        texts, folder / "fnc1_train_stances.jsonl", folder / "fnc1_train_bodies.jsonl", 3, 0.05, rng.randrange(9)
    )
    body = {x["id"]: x["b"]["doc"] for x in rows(folder / "fnc1_train_stances.jsonl")}
    rng.shuffle(stances)
    for label, most in FNC.items():
        out += [p for p in stances if p.allowed == data.ALLOWED[label] and not held_report(body[p.id])][:most]
    out += data.answers(texts, folder / "nanco_open.jsonl", 9, 300)
    for name, (number, most) in PLAIN.items():
        out += data.plain(texts, folder / f"{name}.jsonl", number, most)
    return out


def judge_of(path: Path) -> dict[str, Tensor]:
    """The weights of a trained judge: of a run (`model.pt`), or of an exported `judge.onnx`, as far as 8 bits tell."""
    if path.suffix == ".pt":
        return dict(torch.load(path))
    out = {k.removeprefix("judge."): v for k, v in weights_of(path).items()}
    spread = torch.zeros(len(data.SETS), 4)
    settings = json.loads((path.parent / "card.json").read_text("utf-8"))["settings"]
    for of, name in (("reported", "claims"), ("fnc", "report")):
        spread[data.SETS.index(of)] = torch.tensor(settings[name])
    return out | {"sets.weight": spread}


def main() -> None:
    """Train."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("judge", type=Path, help="model.pt of a run, or judge.onnx")
    ap.add_argument("out", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--steps", type=int, default=1700)
    ap.add_argument("--rate", type=float, default=8e-5)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    rng = random.Random(0)
    judge, before, meaning = JudgeModel(base=False), JudgeModel(base=False), Meaning()
    for model in (judge, before):
        model.load_state_dict(judge_of(a.judge))
    before.eval()
    pairs = holding(a.corpora, rng)
    train, rest = held(of_our_own(a.corpora))
    cases, others = [labelled(c) for c in train], [labelled(c) for c in rest[::2]]
    dev = [labelled(c) for c in of_corpora(a.corpora)]
    both = nn.ModuleDict({"judge": judge, "meaning": meaning})
    judging = [p for n, p in judge.named_parameters() if not n.startswith("sets")]
    optimiser = torch.optim.AdamW(
        [{"params": judging, "rate": a.rate}, {"params": meaning.parameters(), "rate": 1e-3}], weight_decay=0.02
    )
    mean = {k: v.clone() for k, v in both.state_dict().items()}
    waiting: list[list[Pair]] = []
    sums, began = np.zeros(2), time.time()
    both.train()
    for step in range(a.steps):
        for g in optimiser.param_groups:
            g["lr"] = g["rate"] * min(1, (step + 1) / (0.06 * a.steps)) * max(0.02, 1 - step / a.steps)
        loss = asks = one_question(judge, meaning, rng.choice(cases), rng)
        if step % 2 == 0:
            waiting = waiting or batches(pairs, rng, tokens=4000)
            holds = kept(judge, before, Batch(waiting.pop(), rng.random() < 0.5))
            loss = asks + KEEPING * holds
            sums[1] += holds.item()
        learn(loss, both, optimiser, mean, step, 0.995)
        sums[0] += asks.item()
        if (step + 1) % 100 == 0:
            print(step + 1, (sums / (100, 50)).round(3), f"{time.time() - began:.0f} s", file=sys.stderr, flush=True)
            sums[:] = 0
    both.load_state_dict(mean)
    print(f"dev {auc(judge, meaning, dev):.3f}, held {auc(judge, meaning, others):.3f}", file=sys.stderr)
    torch.save(both.state_dict(), a.out / "model.pt")


if __name__ == "__main__":
    main()
