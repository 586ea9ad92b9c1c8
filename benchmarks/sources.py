"""How well sources are resolved, each measure once: who, kind, named, role, and through whom.

Definitions are those of the project's reference scorer. Attributions are paired with gold ones by their contents
(token overlap of at least .5). Percentages over the paired attributions of all articles:

entity    B-cubed F1 (Bagga and Baldwin 1998) of the attributions of an article grouped by who is behind them
pronoun   share of named sources given as a pronoun or description whose speaker's name shares a word with the true one
kind, named   accuracy
role      mean token F1 where there is a role
relayed   F1: a link between the report and the speaker that shares a word with the true relay
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import reportedly
from reportedly import Attribution, Document, Report
from reportedly.addressee import addressee_of
from reportedly.mentions import Mention, pronoun_of
from reportedly.quotation import quoted, speech_of
from reportedly.reader import default_reader
from reportedly.resolver import Candidate, candidates, default_resolver

from . import corpora
from .score import Counts, Tokens, pair_by_content, prepare

MEASURES = ("entity", "pronoun", "kind", "named", "role", "relayed")
_WORD = re.compile(r"[\w’']+")
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "for",
        "to",
        "mr",
        "mrs",
        "ms",
        "sen",
        "rep",
        "gov",
        "president",
        "by",
        "with",
        "his",
        "her",
        "their",
    ]
)  # words that two names share without being one
_PRONOUN = re.compile(r"(?:i|we|you|he|she|they|it|who|him|her|them|his|their|one|those|many|some|others?)", re.I)
_DETERMINERS = frozenset(["the", "his", "her", "their", "a", "an"])


def words(name: str | None) -> frozenset[str]:
    """The words of a name that tell it from others."""
    found = (w.lower().removesuffix("’s").removesuffix("'s") for w in _WORD.findall(name or ""))
    return frozenset(found) - _EMPTY


class Tally(NamedTuple):
    """Sums over attributions, from which the measures come."""

    gold: int = 0
    matched: int = 0
    precise: float = 0
    recalled: float = 0
    pronouns: int = 0
    pronoun: int = 0
    kind: int = 0
    named: int = 0
    roles: int = 0
    role: float = 0
    relayed: tuple[int, ...] = Counts()

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        sums = [a + b for a, b in zip(self[:-1], other[:-1], strict=True)]
        return Tally._make([*sums, Counts(*self.relayed) + other.relayed])

    def values(self) -> dict[str, float]:
        """Each measure, per cent."""
        n = max(1, self.matched)
        p, r = self.precise / n, self.recalled / n
        return {
            "entity": 200 * p * r / (p + r) if p + r else 0.0,
            "pronoun": 100 * self.pronoun / max(1, self.pronouns),
            "kind": 100 * self.kind / n,
            "named": 100 * self.named / n,
            "role": 100 * self.role / max(1, self.roles),
            "relayed": Counts(*self.relayed).f1,
        }


def tally(report: Report, gold: Sequence[Mapping[str, Any]]) -> Tally:
    """One article's sums. gold: rows with source, cue, content (spans), entity, kind, named, role, relayed_by."""
    text = report.text
    tokens = Tokens(text)
    mine = [
        {r: [(s.start, s.end) for s in getattr(a, r)] for r in ("source", "cue", "content")}
        for a in report.attributions
    ]
    pairs = pair_by_content(prepare(tokens, mine), prepare(tokens, gold))
    sources = {s.id: s for s in report.sources}
    clusters: list[tuple[str, str]] = []
    c: Counter[str] = Counter()
    role = 0.0
    for i, j in pairs.items():
        a, g = report.attributions[i], gold[j]
        speaker = sources.get(a.speaker or "")
        clusters.append((g["entity"] if g["entity"] != "(none)" else f"none{j}", a.speaker or f"none{j}"))
        c["kind"] += (speaker.kind if speaker else "unknown") == g["kind"]
        c["named"] += bool(speaker and speaker.named) == g["named"]
        mention = " ".join(text[x:y] for x, y in g["source"]).strip()
        if mention and g["named"] and (_PRONOUN.fullmatch(mention) or mention.split()[0] in _DETERMINERS):
            c["pronouns"] += 1
            c["pronoun"] += bool(speaker and words(speaker.name) & words(g["entity"]))
        if g.get("role"):
            c["roles"] += 1
            x, y = words(speaker.role if speaker else None), words(g["role"])
            role += 2 * len(x & y) / (len(x) + len(y)) if x or y else 0
        between = [sources[link.source].name for link in a.chain[1:-1] if link.source in sources]
        want = g.get("relayed_by")
        c["predicted"] += bool(between)
        c["wanted"] += bool(want)
        c["right"] += bool(want) and any(words(b) & words(want) for b in between)
    precise, recalled = bcubed(clusters)
    return Tally(
        len(gold), len(pairs), precise, recalled, c["pronouns"], c["pronoun"], c["kind"], c["named"],
        c["roles"], role, Counts(c["right"], c["predicted"], c["wanted"]),
    )  # fmt: skip


def bcubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Sums of precision and recall over the items of an article: [(true group, our group)]."""
    true, ours, both = Counter(g for g, _ in pairs), Counter(o for _, o in pairs), Counter(pairs)
    return sum(both[p] / ours[p[1]] for p in pairs), sum(both[p] / true[p[0]] for p in pairs)


def by_document(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Gold rows by article."""
    out: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for r in rows:
        out[r["doc"]].append(r)
    return dict(out)


def given(document: Document, rows: Iterable[Mapping[str, Any]]) -> list[Attribution]:
    """Gold attributions as the reader would give them, without speakers."""
    text, marks = document.text, quoted(document.text)
    out = []
    for r in rows:
        cue, source, content = (
            tuple(document.span(s, e) for s, e in r[role] if e > s) for role in ("cue", "source", "content")
        )
        places = [(s.start, s.end) for s in cue], [(s.start, s.end) for s in content]
        to = addressee_of(document, cue, source, content) if cue else ()
        speech = speech_of(text, *places, marks)
        out.append(Attribution.of(document, cue, source, content, addressee=to, speech=speech))
    return out


def measure(gold: Path, texts: Path) -> tuple[Tally, Tally]:
    """Our sums on a corpus: with the gold attributions given, and end to end."""
    text_of = {r["id"]: r["text"] for r in corpora.rows(texts)}
    known, alone = Tally(), Tally()
    for doc, rows in by_document(corpora.rows(gold)).items():
        outlet = rows[0].get("outlet")
        document = Document.of(text_of[doc], outlet=outlet)
        known = known.plus(tally(reportedly.resolve_sources(document, given(document, rows)), rows))
        alone = alone.plus(tally(reportedly.read(text_of[doc], outlet=outlet), rows))
    return known, alone


def gap(path: Path) -> Counts:
    """Pronouns of GAP (Webster et al. 2018): which of two names, or neither, each means; names found are counted."""
    resolver, counts = default_resolver(), Counts()
    for r in corpora.rows(path):
        sight = resolver.sight()
        default_reader().read(Document.of(r["text"]), see=sight.see)
        pronoun = Mention(r["pronoun"]["start"], r["pronoun"]["end"], pronoun_of(r["pronoun"]["text"]) or "it")
        names = [Mention(r[k]["start"], r[k]["end"], "PERSON") for k in ("a", "b")]
        places = [Candidate(m, sight.word(m.start)) for m in sorted([pronoun, *names])]
        me = next(i for i, p in enumerate(places) if p.mention == pronoun)
        others = candidates(places, me)
        scores = dict(zip(others, sight.ranked(r["text"], places, {me: others})[me], strict=True))
        best = max(scores, key=lambda j: scores[j], default=None)
        found = names.index(places[best].mention) if best is not None and scores[best] > 0 else None
        right = found is not None and r["ab"[found]]["coref"]
        counts += Counts(int(right), int(found is not None), int(r["a"]["coref"] or r["b"]["coref"]))
    return counts
