r"""The reader's measures, each defined once. All are micro-averaged over articles; counts are (right, predicted, gold).

A token is `\w+` or one other character that is not white space; a span covers every token it touches.

source, cue, content   tokens of that role, united over an article's attributions
relation               attributions paired one to one, largest content overlap (IoU) first, at least .5
headline               the same, but only attributions whose sources share a token, or both have none, may pair
exact                  contents equal token for token, quotation marks and punctuation at each piece's edges left out
exact_spans            CofeNet's measure: spans of a role equal token for token

Of texts that were taken out of pages or PDFs, 0 to 1:

text_f1                words (`\w+`) matched in order
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = ("source", "cue", "content")
MEASURES = ("headline", "relation", "exact", *ROLES)

Places = Sequence[Sequence[int]]
Quote = Mapping[str, Places]


class Counts(NamedTuple):
    """Right, predicted and gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Counts":  # type: ignore[override]
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Per cent."""
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Per cent."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Per cent."""
        return 200 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


class Tokens:
    """A text's tokens, and which of them spans cover."""

    def __init__(self, text: str) -> None:
        found = list(TOKEN.finditer(text))
        self.words = [m.group() for m in found]
        self.at: list[int | None] = [None] * len(text)
        for i, m in enumerate(found):
            self.at[m.start() : m.end()] = [i] * (m.end() - m.start())

    def covered(self, spans: Places) -> frozenset[int]:
        """The tokens that any of the spans touches."""
        return frozenset(i for s, e in spans for i in self.at[max(0, s) : e] if i is not None)

    def core(self, spans: Places) -> frozenset[int]:
        """The same without marks at the edges of each piece; pieces that touch count as one."""
        everything = sorted(self.covered(spans))
        pieces: list[list[int]] = []
        for i in everything:
            if pieces and i == pieces[-1][-1] + 1:
                pieces[-1].append(i)
            else:
                pieces.append([i])
        out: set[int] = set()
        for piece in pieces:
            worded = [k for k, i in enumerate(piece) if self.words[i][0].isalnum()]
            if worded:
                out.update(piece[worded[0] : worded[-1] + 1])
        return frozenset(out)


class Prepared(NamedTuple):
    """One attribution: its tokens by role, and its content's without marks at the edges."""

    tokens: dict[str, frozenset[int]]
    core: frozenset[int]


def prepare(tokens: Tokens, quotes: Iterable[Quote]) -> list[Prepared]:
    """Attributions as the tokens they cover."""
    return [
        Prepared({r: tokens.covered(q.get(r) or ()) for r in ROLES}, tokens.core(q.get("content") or ()))
        for q in quotes
    ]


def _pairs(
    predicted: list[Prepared], gold: list[Prepared], allowed: Callable[[Prepared, Prepared], bool]
) -> dict[int, int]:
    candidates = []
    for i, p in enumerate(predicted):
        for j, g in enumerate(gold):
            if (common := same_content(p, g)) and allowed(p, g):
                candidates.append((-common, i, j))
    out: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in out and j not in used:
            out[i] = j
            used.add(j)
    return out


def pair_by_content(predicted: list[Prepared], gold: list[Prepared]) -> dict[int, int]:
    """Predicted index -> gold index of attributions with the same content, whoever is behind them; best first."""
    return _pairs(predicted, gold, lambda _p, _g: True)


def same_content(p: Prepared, g: Prepared) -> float:
    """The overlap (IoU) of two contents where it is at least .5, else 0."""
    mine, theirs = p.tokens["content"], g.tokens["content"]
    overlap = len(mine & theirs) / len(mine | theirs) if mine & theirs else 0.0
    return overlap if overlap >= 0.5 else 0.0


def same_source(p: Prepared, g: Prepared) -> bool:
    """Whether two sources share a token, or both are absent."""
    mine, theirs = p.tokens["source"], g.tokens["source"]
    return bool(mine & theirs) or not (mine or theirs)


def matches(text: str, predicted: Iterable[Quote], gold: Iterable[Quote]) -> dict[int, int]:
    """The headline's pairs: index of a predicted attribution -> index of its gold one."""
    tokens = Tokens(text)
    return _pairs(prepare(tokens, predicted), prepare(tokens, gold), same_source)


def count(text: str, predicted: Sequence[Quote], gold: Sequence[Quote]) -> dict[str, Counts]:
    """Every measure's counts for one article. Gold without content counts for tokens only."""
    tokens = Tokens(text)
    mine, theirs = prepare(tokens, predicted), prepare(tokens, gold)
    out = {}
    for role in ROLES:
        p, g = (frozenset[int]().union(*(x.tokens[role] for x in xs)) for xs in (mine, theirs))
        out[role] = Counts(len(p & g), len(p), len(g))
    mine, theirs = ([x for x in xs if x.tokens["content"]] for xs in (mine, theirs))
    out["relation"] = Counts(len(pair_by_content(mine, theirs)), len(mine), len(theirs))
    out["headline"] = Counts(len(_pairs(mine, theirs, same_source)), len(mine), len(theirs))
    cores = [Counter(x.core for x in xs if x.core) for xs in (mine, theirs)]
    out["exact"] = Counts(sum((cores[0] & cores[1]).values()), len(mine), len(theirs))
    return out


def total(rows: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Counts summed over articles."""
    sums: defaultdict[str, Counts] = defaultdict(Counts)
    for row in rows:
        for name, counts in row.items():
            sums[name] += counts
    return dict(sums)


def exact_spans(predicted: set[tuple[int, int]], gold: set[tuple[int, int]]) -> Counts:
    """Spans of one role in one item that are the same in both."""
    return Counts(len(predicted & gold), len(predicted), len(gold))


def calibration_error(rated: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015), 0 to 1: |confidence - share right| over equal-width bins."""
    groups: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in rated:
        groups[min(bins - 1, int(sure * bins))].append((sure, right))
    return sum(
        abs(sum(s for s, _ in g) / len(g) - sum(r for _, r in g) / len(g)) * len(g) / len(rated)
        for g in groups.values()
    )


def text_f1(found: str, gold: str) -> float:
    """F1, 0 to 1, of the words of two texts, matched in order: what is missing, added or moved costs."""
    mine, theirs = re.findall(r"\w+", found), re.findall(r"\w+", gold)
    if not mine or not theirs:
        return float(mine == theirs)
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return 2 * sum(b.size for b in blocks) / (len(mine) + len(theirs))
