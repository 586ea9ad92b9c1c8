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
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from reportedly import Document
from reportedly.compare import Reading, compare
from reportedly.ingest.ingested import Ingested
from reportedly.pipeline import study
from reportedly.records import Brief
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


def score(gold: Mapping[str, Any], texts: Mapping[str, str], brief: Brief) -> Score:
    """Our brief against a labelled case; texts by the stem of their file."""
    stem = {d.id: Path(d.file).stem for d in brief.documents}
    ours: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for c in brief.claims:
        doc = stem[c.document]
        ours[doc].append((c.id, tokens(texts[doc], [(s.start, s.end) for s in c.spans])))
    place: dict[str, dict[str, str]] = defaultdict(dict)
    for q in brief.questions:
        for account in q.accounts:
            for claim in account.claims:
                place[claim][q.id] = account.id
    linked = {k: {frozenset((r.a, r.b)) for r in brief.relations if r.kind == k} for k in ("disputes", "supports")}
    claims: dict[Key, frozenset[int]] = {}
    sides: dict[Key, dict[int, int]] = defaultdict(dict)
    for n, q in enumerate(gold["questions"]):
        for k, account in enumerate(q["accounts"]):
            for c in account["claims"]:
                key = (c["doc"], tuple((s, e) for s, e in c["spans"]))
                claims[key] = tokens(texts[c["doc"]], c["spans"])
                sides[key][n] = k
    found = {
        key: [i for i, t in ours[key[0]] if t and want and len(t & want) >= 0.6 * min(len(t), len(want))]
        for key, want in claims.items()
    }
    counts = {"competing": [0, 0, 0], "agreeing": [0, 0, 0]}
    for x, y in combinations(claims, 2):
        shared = sides[x].keys() & sides[y].keys()
        apart = any(sides[x][q] != sides[y][q] for q in shared)
        true = "competing" if apart else "agreeing" if shared else ""
        said = set()
        for i, j in product(found[x], found[y]):
            if i != j:
                said |= {
                    "agreeing" if place[i][q] == place[j][q] else "competing" for q in place[i].keys() & place[j].keys()
                }
                pair = frozenset((i, j))
                said |= {
                    kind for kind, link in (("competing", "disputes"), ("agreeing", "supports")) if pair in linked[link]
                }
        for kind, (right, ours_too, wanted) in counts.items():
            counts[kind] = [right + (kind == true and kind in said), ours_too + (kind in said), wanted + (kind == true)]
    hit = 0
    for q in gold["questions"]:
        lie = [
            {
                (question, account)
                for c in account_["claims"]
                for i in found[(c["doc"], tuple((s, e) for s, e in c["spans"]))]
                for question, account in place[i].items()
            }
            for account_ in q["accounts"]
        ]
        hit += any(a[0] == b[0] and a[1] != b[1] for x, y in combinations(lie, 2) for a in x for b in y)
    return Score(
        Counts(*counts["competing"]), Counts(*counts["agreeing"]), 100 * hit / len(gold["questions"]),
        100 * sum(map(bool, found.values())) / len(found),
    )  # fmt: skip


def readings(path: Path) -> list[Reading]:
    """The reports of a case, read."""
    out = []
    for r in corpora.rows(path):
        out.append(study(Ingested(Document.of(r["text"], file=f"{r['id']}.txt"), (), ())))
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
