"""Train the picker of role words on what the shipped reader and resolver make of the training articles, and export it:
`python -m training.train_roles FOLDER`. About ten minutes on one core; `--folds 4` measures it by cross-validation.

A word is right where it is in the role that an attribution of its source has in `corpora/sources`, or in `roles.tsv`,
labels of our own for 469 more PolNeAR train articles. Where the same word stands in several places near a source, the
likeliest one counts.
"""

import argparse
import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime as ort
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks import corpora as files
from benchmarks.score import Tokens, pair_by_content, prepare
from benchmarks.sources import by_document, given
from benchmarks.sources import words as words_of
from reportedly import roles, sources
from reportedly.cast import Group
from reportedly.reader import default_reader
from reportedly.records import Document
from reportedly.resolver import default_resolver
from reportedly.roles import Bearer, Words, near

from .export_reader import digests, quantised
from .labels import lines, spans
from .resolver_model import VECTOR

WIDTH, SHORT, NETS = (
    160,
    40,
    3,
)  # of the hidden layer, of a vector as it is taken in, networks whose logits are averaged
LABELS = Path(__file__).parent / "roles.tsv"


class Role(NamedTuple):
    """The role that attributions of a source have: those of its words that the text has, and how many it has in all."""

    words: frozenset[str]
    size: int


@dataclass(eq=False)
class Example:
    """One source. ours: whether its labels are the corpus's. features, vectors: of the words that may be picked. word:
    which of its different words each is. spelt: these. right: for each different word the share of attributions whose
    role has it. size: mean length of these roles. wanted: the role of each attribution."""

    document: int
    ours: bool
    text: Words
    bearer: Bearer
    at: np.ndarray
    features: Tensor
    vectors: Tensor
    word: Tensor
    spelt: list[str]
    right: Tensor
    size: float
    wanted: list[Role]

    @property
    def weight(self) -> float:
        """How much it counts: its attributions, less than in proportion."""
        return len(self.wanted) ** 0.5


class Net(nn.Module):
    """Features and vector of words -> logits that each is a word of the role."""

    mean: Tensor
    spread: Tensor

    def __init__(self, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.short = nn.Linear(VECTOR, SHORT)
        self.hidden = nn.Linear(len(mean) + SHORT, WIDTH)
        self.out = nn.Linear(WIDTH, 1)
        self.straight = nn.Linear(len(mean) + SHORT, 1)
        nn.init.zeros_(self.straight.weight)
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, features: Tensor, vectors: Tensor) -> Tensor:
        """[n, features], [n, VECTOR] -> [n]."""

        def without(x: Tensor, share: float) -> Tensor:
            return F.dropout(x, share, self.training)

        seen = without((features - self.mean) / self.spread, 0.1)
        x = torch.cat((seen, without(self.short(without(vectors, 0.2)), 0.3)), -1)
        return (self.out(without(F.relu(self.hidden(x)), 0.3)) + self.straight(x))[:, 0]


class Mean(nn.Module):
    """The mean of several networks, as one wide one: their scaling is part of its weights."""

    def __init__(self, nets: Sequence[Net]) -> None:
        super().__init__()
        n, size = len(nets), len(nets[0].mean)
        self.short = nn.Linear(VECTOR, n * SHORT)
        self.seen = nn.Linear(size, n * WIDTH + 1)  # the last unit is what goes straight to the logit
        self.told = nn.Linear(n * SHORT, n * WIDTH + 1, bias=False)
        self.out = nn.Linear(n * WIDTH, 1)
        with torch.no_grad():
            self.short.weight.copy_(torch.cat([x.short.weight for x in nets]))
            self.short.bias.copy_(torch.cat([x.short.bias for x in nets]))
            self.told.weight.zero_()
            hidden: list[tuple[Tensor, Tensor]] = []
            straight: list[tuple[Tensor, Tensor]] = []
            for i, x in enumerate(nets):
                rows, columns = slice(i * WIDTH, (i + 1) * WIDTH), slice(i * SHORT, (i + 1) * SHORT)
                for layer, into in ((x.hidden, hidden), (x.straight, straight)):
                    scaled = layer.weight[:, :size] / x.spread
                    into.append((scaled, layer.bias - scaled @ x.mean))
                self.told.weight[rows, columns] = x.hidden.weight[:, size:]
                self.told.weight[-1, columns] = x.straight.weight[0, size:] / n
            self.seen.weight.copy_(torch.cat([w for w, _ in hidden] + [torch.stack([w for w, _ in straight]).mean(0)]))
            self.seen.bias.copy_(torch.cat([b for _, b in hidden] + [torch.stack([b for _, b in straight]).mean(0)]))
            self.out.weight.copy_(torch.cat([x.out.weight for x in nets], 1) / n)
            self.out.bias.copy_(torch.stack([x.out.bias for x in nets]).mean(0))

    def forward(self, features: Tensor, vectors: Tensor) -> Tensor:
        """As a `Net`."""
        x = self.seen(features) + self.told(self.short(vectors))
        return self.out(F.relu(x[:, :-1]))[:, 0] + x[:, -1]


Row = Mapping[str, Any]


def labelled(corpora: Path, split: str) -> Iterator[tuple[str, str | None, list[Row], list[Role | None]]]:
    """Of every labelled article its text, its outlet, its attributions and their roles; first those of the corpus."""
    articles = {r["id"]: r for r in files.rows(corpora / f"polnear/{split}.jsonl")}
    for doc, rows in by_document(files.rows(corpora / f"sources/{split}.jsonl")).items():
        said = [words_of(r["role"]) if r.get("role") else None for r in rows]
        yield (
            articles[doc]["text"],
            rows[0].get("outlet"),
            rows,
            [ws if ws is None else Role(ws, len(ws)) for ws in said],
        )
    if split != "train":
        return
    ours: dict[str, dict[str, Role]] = {}
    for doc, attributions, places, size in lines(LABELS):
        text = articles[doc]["text"]
        role = Role(words_of(" ".join(text[s:e] for s, e in spans(places))), int(size))
        ours.setdefault(doc, {}).update(dict.fromkeys(attributions.split(","), role))
    for doc, roles_of in ours.items():
        rows = [a for a in articles[doc]["attributions"] if a["cue"] and a["content"]]
        yield articles[doc]["text"], articles[doc]["outlet"], rows, [roles_of.get(str(a["k"])) for a in rows]


def examples(corpora: Path, split: str) -> tuple[list[Example], int]:
    """The sources that have a role, as the shipped resolver groups them, and how many attributions of the corpus have
    one in all."""
    out: list[Example] = []
    total, corpus = 0, len(by_document(files.rows(corpora / f"sources/{split}.jsonl")))
    for n, (whole, outlet, gold, named) in enumerate(labelled(corpora, split)):
        document = Document.of(whole, outlet=outlet)
        sight = default_resolver().sight()
        default_reader().read(document, see=sight.see)
        found = given(document, gold)
        cast, speaker, setting = sources.set_out(document, found, sight)
        mine = [{r: [(s.start, s.end) for s in getattr(a, r)] for r in ("source", "cue", "content")} for a in found]
        tokens = Tokens(document.text)
        wanted: dict[Group, list[Role]] = {}
        for i, j in pair_by_content(prepare(tokens, mine), prepare(tokens, gold)).items():
            if role := named[j]:
                total += n < corpus
                if (group := speaker[i]) is not None and group is not cast.voice:
                    wanted.setdefault(group, []).append(role)
        text = Words(document.text, setting.names)
        vectors = sight.heads(text.start, text.end)
        out += [x for g, w in wanted.items() if (x := example(n, n < corpus, text, sources.bearer_of(g), vectors, w))]
    return out, total


def example(
    document: int, ours: bool, text: Words, bearer: Bearer, vectors: np.ndarray, wanted: list[Role]
) -> Example | None:
    """One source as an example; None where no word is near."""
    (at,), features = near(text, [bearer])
    if not len(at):
        return None
    number: dict[str, int] = {}
    word = torch.tensor([number.setdefault(text.words[i], len(number)) for i in at])
    right = torch.tensor([sum(w in role.words for role in wanted) / len(wanted) for w in number])
    size = sum(role.size for role in wanted) / len(wanted)
    return Example(
        document,
        ours,
        text,
        bearer,
        at,
        torch.from_numpy(features),
        torch.from_numpy(vectors[at]),
        word,
        list(number),
        right,
        size,
        wanted,
    )


def loss_of(x: Example, logits: Tensor) -> Tensor:
    """Cross-entropy of the different words at their likeliest places, and how far the F1 to expect falls short of 1."""
    best = torch.full((len(x.right),), -30.0).scatter_reduce(0, x.word, logits, "amax")
    p = best.sigmoid()
    short = 1 - 2 * (p * x.right).sum() / (p.sum() + x.size)
    return F.binary_cross_entropy_with_logits(best, x.right, reduction="sum") / 6 + short


Lexicon = dict[str, tuple[int, int]]


class Counts(NamedTuple):
    """The words of roles: in which articles; and near how many sources a word is, in each article."""

    right: dict[str, set[int]]
    near_by: dict[int, Counter[str]]

    def everywhere(self) -> Counter[str]:
        """Near how many sources a word is, in all articles."""
        return sum(self.near_by.values(), Counter[str]())


def counted(some: Sequence[Example]) -> Counts:
    """The counts of these sources."""
    out = Counts({}, {})
    for x in some:
        out.near_by.setdefault(x.document, Counter()).update(x.spelt)
        for w in frozenset().union(*(role.words for role in x.wanted)):
            out.right.setdefault(w, set()).add(x.document)
    return out


def lexicon(some: Sequence[Example]) -> Lexicon:
    """The words of the roles of at least two articles: in how many, near how many sources."""
    counts = counted(some)
    every = counts.everywhere()
    return {w: (len(d), every[w]) for w, d in sorted(counts.right.items()) if len(d) > 1}


def with_known(some: Sequence[Example], known: Lexicon | None = None) -> list[Example]:
    """The examples with what is known of their words: from `known`, or each from the other articles of `some`, as of a
    text never seen."""
    tables = {x.document: known for x in some if known}
    if not known:
        counts = counted(some)
        right, every = counts.right, counts.everywhere()
        for d, own in counts.near_by.items():
            tables[d] = {w: (len(right[w] - {d}), every[w] - n) for w, n in own.items() if w in right}
    out = []
    for x in some:
        told = roles.known_as(x.spelt, tables[x.document])
        out.append(replace(x, features=torch.cat((x.features, torch.from_numpy(told)[x.word]), 1)))
    return out


def trained(some: Sequence[Example], epochs: int, seed: int, rate: float = 3e-3, group: int = 8) -> Net:
    """One network."""
    torch.manual_seed(seed)
    rng = np.random.RandomState(seed)
    everything = torch.cat([x.features for x in some])
    net = Net(everything.mean(0), everything.std(0) + 0.05)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.1)
    step, steps = 0, epochs * (len(some) // group)
    for _ in range(epochs):
        for part in np.array_split(rng.permutation(len(some)), len(some) // group):
            for g in optimiser.param_groups:
                g["lr"] = rate * min(1, (step + 1) / 20) * max(0.02, 1 - step / steps)
            step += 1
            batch = [some[i] for i in part]
            logits = net(torch.cat([x.features for x in batch]), torch.cat([x.vectors for x in batch]))
            each = logits.split([len(x.at) for x in batch])
            loss = torch.stack([x.weight * loss_of(x, s) for x, s in zip(batch, each, strict=True)]).sum()
            optimiser.zero_grad()
            (loss / sum(x.weight for x in batch)).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
    return net.eval()


def f1(net: nn.Module, some: Sequence[Example]) -> float:
    """Sum over attributions of the F1 of what would be said of their sources."""
    out = 0.0
    with torch.no_grad():
        for x in some:
            spans = roles.places(x.text, x.bearer, x.at, net(x.features, x.vectors).numpy())
            said = words_of(", ".join(x.text.text[s:e] for s, e in spans))
            out += sum(2 * len(said & role.words) / max(1, len(said) + role.size) for role in x.wanted)
    return out


def export(net: Mean, path: Path) -> None:
    """Write the graph, in int8, which is twice as fast; AssertionError where it differs, before that, from the network
    on fixed inputs."""
    torch.manual_seed(0)
    size = net.seen.in_features
    first, second = ((torch.randn(n, size), torch.randn(n, VECTOR)) for n in (40, 77))
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net, first, str(path), dynamo=False, opset_version=17,
            input_names=["features", "vectors"], output_names=["logits"],
            dynamic_axes={k: {0: "n"} for k in ("features", "vectors", "logits")},
        )  # fmt: skip
        (got,) = ort.InferenceSession(str(path)).run(
            None, {k: v.numpy() for k, v in zip(("features", "vectors"), second, strict=True)}
        )
        np.testing.assert_allclose(got, net(*second).numpy(), atol=1e-3)
    quantised(path, path)


def main() -> None:
    """Train, measure, export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--folds", type=int, default=0, help="measure by cross-validation over articles as well")
    a = ap.parse_args()
    torch.set_num_threads(1)
    train, total = examples(a.corpora, "train")
    dev, asked = examples(a.corpora, "dev")
    documents = np.random.RandomState(0).permutation(max(x.document for x in train if x.ours) + 1)
    right = 0.0
    for fold in range(a.folds):
        out = set(documents[fold :: a.folds].tolist())
        others = [x for x in train if x.document not in out]
        told = with_known(others)
        net = Mean([trained(told, a.epochs, s) for s in range(2)]).eval()
        right += f1(net, with_known([x for x in train if x.document in out], lexicon(others)))
    if a.folds:
        print(f"cross-validation: role {100 * right / total:.1f}", file=sys.stderr, flush=True)
    known = lexicon(train)
    told = with_known(train)
    net = Mean([trained(told, a.epochs, s) for s in range(NETS)]).eval()
    seen = [x for x in told if x.ours]
    measured = 100 * f1(net, seen) / total, 100 * f1(net, with_known(dev, known)) / asked
    print("train {:.1f} dev {:.1f}".format(*measured), file=sys.stderr)
    a.folder.mkdir(parents=True, exist_ok=True)
    export(net, a.folder / "roles.onnx")
    (a.folder / "words.json").write_text(json.dumps(known, ensure_ascii=False) + "\n", "utf-8")
    said = json.loads((Path(__file__).parent / "roles_card.json").read_text("utf-8"))
    said["files"] = digests(a.folder, ["roles.onnx", "words.json"])
    (a.folder / "card.json").write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
