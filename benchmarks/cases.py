"""How well the accounts of a case are told apart, end to end, each measure once. Percentages.

A gold claim is found by each claim of ours in the same report that shares at least 60 % of the tokens of the shorter.
competing   F1 over pairs of gold claims in one question and different accounts; ours where claims that find them lie
            so, or are linked by `disputes`. Precision is over all pairs of found gold claims
agreeing    the same for pairs in one account, or linked by `supports`
questions   share of gold questions of which claims of two accounts lie in two accounts of one question of ours
found       share of gold claims found
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from reportedly import Document
from reportedly.compare import Reading, compare
from reportedly.ingest.ingested import Ingested
from reportedly.ingest.text import headline
from reportedly.pipeline import attribute, study
from reportedly.records import Brief, Claim
from reportedly.relations import default_judge

from . import corpora
from .score import Counts

_TOKEN = re.compile(r"\w+")
Key = tuple[str, tuple[tuple[int, int], ...]]


class Score(NamedTuple):
    """One case's measures."""

    competing: Counts
    agreeing: Counts
    questions: float
    found: float


def tokens(text: str, spans: Any) -> frozenset[int]:
    """Where the tokens of spans begin."""
    return frozenset(m.start() for s, e in spans for m in _TOKEN.finditer(text, s, e))


def same(ours: frozenset[int], gold: frozenset[int]) -> bool:
    """Whether a claim of ours finds a gold one."""
    return bool(ours and gold) and len(ours & gold) >= 0.6 * min(len(ours), len(gold))


def gold_claims(
    gold: Mapping[str, Any], texts: Mapping[str, str]
) -> tuple[dict[Key, frozenset[int]], dict[Key, dict[int, int]]]:
    """The tokens of each gold claim, and its account in each question it answers."""
    claims: dict[Key, frozenset[int]] = {}
    sides: dict[Key, dict[int, int]] = defaultdict(dict)
    for n, q in enumerate(gold["questions"]):
        for k, account in enumerate(q["accounts"]):
            for c in account["claims"]:
                key = key_of(c)
                claims[key] = tokens(texts[c["doc"]], c["spans"])
                sides[key][n] = k
    return claims, sides


def key_of(claim: Mapping[str, Any]) -> Key:
    """A gold claim by its place."""
    return claim["doc"], tuple((s, e) for s, e in claim["spans"])


def score(gold: Mapping[str, Any], texts: Mapping[str, str], brief: Brief) -> Score:
    """Our brief against a labelled case; texts by the stem of their file."""
    stem = {d.id: Path(d.file).stem for d in brief.documents}
    claims = {c.id: c for c in brief.claims}
    groups = [[[claims[c] for c in a.claims] for a in q.accounts] for q in brief.questions]
    linked = {k: {frozenset((r.a, r.b)) for r in brief.relations if r.kind == k} for k in ("disputes", "supports")}
    return score_groups(gold, texts, stem, brief.claims, groups, linked)


def score_groups(
    gold: Mapping[str, Any],
    texts: Mapping[str, str],
    stem: Mapping[str, str],
    ours: Sequence[Claim],
    groups: Sequence[Sequence[Sequence[Claim]]],
    linked: Mapping[str, set[frozenset[str]]] | None = None,
) -> Score:
    """Claims in accounts in questions against a labelled case. stem: of the file of each document; linked: the pairs of
    claims (ids) that dispute and that support each other."""
    linked = linked or {"disputes": set(), "supports": set()}
    mine: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for c in ours:
        doc = stem[c.document]
        mine[doc].append((c.id, tokens(texts[doc], [(s.start, s.end) for s in c.spans])))
    place: dict[str, dict[int, int]] = defaultdict(dict)
    for n, question in enumerate(groups):
        for k, account in enumerate(question):
            for c in account:
                place[c.id][n] = k
    claims, sides = gold_claims(gold, texts)
    found = {key: [i for i, t in mine[key[0]] if same(t, want)] for key, want in claims.items()}
    counts = {"competing": [0, 0, 0], "agreeing": [0, 0, 0]}
    for x, y in combinations(claims, 2):
        shared = sides[x].keys() & sides[y].keys()
        apart = any(sides[x][q] != sides[y][q] for q in shared)
        true = "competing" if apart else "agreeing" if shared else ""
        said = set()
        for i, j in product(found[x], found[y]):
            if i == j:
                continue
            for q in place[i].keys() & place[j].keys():
                said.add("agreeing" if place[i][q] == place[j][q] else "competing")
            for kind, link in (("competing", "disputes"), ("agreeing", "supports")):
                if frozenset((i, j)) in linked[link]:
                    said.add(kind)
        for kind, (right, ours_too, wanted) in counts.items():
            counts[kind] = [right + (kind == true and kind in said), ours_too + (kind in said), wanted + (kind == true)]
    hit = 0
    for q in gold["questions"]:
        lie = [{at for c in a["claims"] for i in found[key_of(c)] for at in place[i].items()} for a in q["accounts"]]
        hit += any(a[0] == b[0] and a[1] != b[1] for x, y in combinations(lie, 2) for a in x for b in y)
    return Score(
        Counts(*counts["competing"]), Counts(*counts["agreeing"]), 100 * hit / len(gold["questions"]),
        100 * sum(map(bool, found.values())) / len(found),
    )  # fmt: skip


def readings(path: Path) -> list[Reading]:
    """The reports of a case, read."""
    out = []
    for r in corpora.rows(path):
        document = Document.of(r["text"], file=f"{r['id']}.txt", title=headline(r["text"]))
        out.append(study(attribute(Ingested(document, (), ()))))
    return out


def measure(folder: Path) -> dict[str, Score]:
    """Every labelled case in a folder."""
    out = {}
    for path in sorted(folder.glob("*.json")):
        reports = path.with_suffix(".reports.jsonl")
        brief, _ = compare(readings(reports), default_judge())
        texts = {r["id"]: r["text"] for r in corpora.rows(reports)}
        out[path.stem] = score(json.loads(path.read_text("utf-8")), texts, brief)
    return out


def mean(scores: Mapping[str, Score]) -> dict[str, float]:
    """The means over cases."""
    n = max(1, len(scores))
    return {
        "competing": sum(s.competing.f1 for s in scores.values()) / n,
        "agreeing": sum(s.agreeing.f1 for s in scores.values()) / n,
        "questions": sum(s.questions for s in scores.values()) / n,
        "found": sum(s.found for s in scores.values()) / n,
    }
