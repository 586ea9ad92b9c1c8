"""Outlets that name each other as where they have a claim, round in a circle: nobody of them has it at first hand.

For each citation the shortest way back is looked for, along citations that make the same claim (breadth first): that
finds every outlet that stands in a circle, and at most one circle for each citation. Two sentences make one claim where
they share much of the rarity of their words; those that share no word are missed.
"""

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .claims import one_line
from .credits import Credit
from .debts import Ledger
from .records import Circle, Document, Evidence
from .reuse import STEM, telling

LONGEST = 8  # outlets of a circle
ALIKE = 0.2  # share of the rarity of two sentences' words from which they make one claim
_CREDITING = frozenset(
    w[:STEM]
    for w in (
        "report", "according", "told", "tells", "citing", "cited", "cites", "quoting", "quoted", "published", "first",
        "newspaper", "paper", "agency", "news", "interview", "article", "story", "account", "revealed", "claim",
        "wrote", "earlier", "said", "says",
    )
)  # fmt: skip


class Citation(NamedTuple):
    """One outlet naming another for something, and the words of what, each with its rarity."""

    citing: str
    document: Document
    credit: Credit
    words: Mapping[str, float]


def circles(ledgers: Sequence[Ledger]) -> list[Circle]:
    """The circles among the outlets of some reports, each once, the shortest first; an outlet that names itself is
    none, nor are credits of a whole report, which rest no one claim."""
    cited = _citations(ledgers)
    by_outlet: dict[str, list[Citation]] = defaultdict(list)
    for c in cited:
        by_outlet[c.citing].append(c)
    names = {s.key: one_line(s.report.document.outlet or s.key) for s in ledgers if s.key}
    found: dict[frozenset[str], list[Citation]] = {}
    for start in cited:
        way = _back(start, by_outlet)
        if way:
            found.setdefault(frozenset(c.citing for c in way), way)
    out = []
    for way in sorted(found.values(), key=lambda w: (len(w), [c.citing for c in w])):
        low = min(range(len(way)), key=lambda n: way[n].citing)
        turned = way[low:] + way[:low]
        signs = tuple(
            Evidence(
                kind="credit", says=f"credits {c.credit.name}", document=c.document.id,
                spans=(c.document.span(*c.credit.about),),
            )
            for c in turned
        )  # fmt: skip
        out.append(Circle(tuple(names[c.citing] for c in turned), signs))
    return out


def _citations(ledgers: Sequence[Ledger]) -> list[Citation]:
    """Who names whom for which words."""
    spread = Counter(w for s in ledgers for said in s.sentences for w in said)
    number = 1 + sum(len(s.sentences) for s in ledgers)
    outlets = [s.report.document.outlet or "" for s in ledgers]
    silent = {w[:STEM] for name in outlets for w in re.findall(r"\w+", name.lower())} | _CREDITING
    out = []
    for s in ledgers:
        for c in s.credits if s.key else ():
            if not c.whole and c.key != s.key:
                words = telling(s.report.text[slice(*c.about)]) - silent
                rarity = {w: math.log(number / (spread[w] + 0.5)) for w in words}
                out.append(Citation(s.key, s.report.document, c, rarity))
    return out


def _back(start: Citation, by_outlet: Mapping[str, Sequence[Citation]]) -> list[Citation]:
    """The shortest way from a citation back to who makes it, along citations of the same claim; none: []."""
    ways = deque([[start]])
    seen = {start.credit.key}
    while ways:
        way = ways.popleft()
        if len(way) >= LONGEST:
            return []
        for c in by_outlet.get(way[-1].credit.key, ()):
            if c.credit.key in seen or _alike(start.words, c.words) < ALIKE:
                continue
            if c.credit.key == start.citing:
                return [*way, c]
            seen.add(c.credit.key)
            ways.append([*way, c])
    return []


def _alike(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The rarity of the words that both sentences have, as a share of that of the one that has less."""
    least = min(sum(a.values()), sum(b.values()))
    return sum(a[w] for w in a.keys() & b.keys()) / least if least > 0 else 0.0
