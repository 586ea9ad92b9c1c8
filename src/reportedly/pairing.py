"""Two phrases -> what the judge of relations is shown of them. The trainer shows it the same.

A phrase is what somebody said, with the words by which it is attributed; its pieces come with the states the reader had
of them in their report, so that a report is encoded once however many pairs its claims are in (as in MacAvaney et al.
2020, whose lower layers see each text alone too).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .pieces import Longs, Pieces

Floats = npt.NDArray[np.float32]
Spans = Sequence[tuple[int, int]]

CONTENT, CUE, SOURCE, AROUND = range(4)  # roles of a piece in its phrase
ROLES, MATCHES, SORTS = 4, 3, 4
MARKS = 2 * ROLES * MATCHES * SORTS
LONGEST = 80  # pieces of a phrase that are shown; longer ones lose their middle
_NUMBERS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_NEGATION = re.compile(
    r"(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|n[’']t|\w+n[’']t|false|untrue|fake|hoax|baseless"
    r"|unfounded|incorrect|wrong|debunk\w*|lie|lies|lied|lying|fabricat\w*|myth|refut\w*|reject\w*|den(?:y|ies|ied|ying)|denial"
    r"|dismiss\w*|disput\w*|contradict\w*|rebut\w*|oppos\w*|disagree\w*|refus\w*|fail\w*|unlikely|doubt\w*|unable|lack\w*)",
    re.I,
)
_WORD = re.compile(r"\w+(?:[.,:]\d+)*(?:[’']\w+)?")
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|reject\w*|dismiss\w*|disput\w*|refut\w*|rebut\w*|contradict\w*|disagree\w*|debunk\w*|doubt\w*"
    r"|condemn\w*|criticiz\w*|criticis\w*|slamm?\w*|blast\w*|attack\w*|accus\w*|blam\w*|oppos\w*|mock\w*|rejection)\b",
    re.I,
)
_EMPTY = frozenset(
    "the a an of and in for to on at by with from that this it its is are was were be been being as has have had he she they his"
    " her their them him we our you your i my me said says say will would could should can may might do does did but or if than"
    " then there so about into over after before up out who which what when where not no".split()
)
PAIR_FEATURES = 18


class Phrase(NamedTuple):
    """One side of a pair: states of its pieces [n, states], their roles [n], and the word each belongs to."""

    states: npt.NDArray[np.float16]
    roles: npt.NDArray[np.int8]
    words: tuple[str, ...]
    cue: str = ""
    source: str = ""


def phrase(
    text: str,
    pieces: Pieces,
    states: npt.NDArray[np.float16],
    content: Spans,
    cue: Spans = (),
    source: Spans = (),
) -> Phrase:
    """The phrase of an attribution, its pieces in the order of the text. content, cue, source: characters of the text."""
    roles = np.full(len(pieces), -1, np.int8)
    for role, spans in ((SOURCE, source), (CUE, cue), (CONTENT, content)):
        for start, end in spans:
            low, high = np.searchsorted(pieces.end, start, "right"), np.searchsorted(pieces.start, end)
            roles[low:high] = role
    at = np.flatnonzero(roles >= 0)
    if len(at) > LONGEST:
        at = np.concatenate((at[: LONGEST // 2], at[-(LONGEST - LONGEST // 2) :]))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i in at.tolist():
        w = int(pieces.word[i])
        first.setdefault(w, int(pieces.start[i]))
        last[w] = int(pieces.end[i])
    words = tuple(text[first[w] : last[w]].lower() for w in pieces.word[at].tolist())

    def said(spans: Spans) -> str:
        return " ".join(text[s:e] for s, e in spans)

    return Phrase(states[at], roles[at], words, said(cue), said(source))


def _stem(word: str) -> str:
    return word[:5]


def _sort(word: str) -> int:
    if any(c.isdigit() for c in word) or word in _NUMBERS or word in _SCALES:
        return 1
    if _NEGATION.fullmatch(word):
        return 2
    return 3 if word in _EMPTY else 0


def marks(a: Phrase, b: Phrase) -> Longs:
    """For each piece of both, a's first: side, role, whether the other side has its word, and the word's sort."""
    out: list[Longs] = []
    for side, (mine, other) in enumerate(((a, b), (b, a))):
        theirs = set(other.words)
        stems = {_stem(w) for w in theirs if w not in _EMPTY}
        row = [
            ((side * ROLES + role) * MATCHES + (2 if w in theirs else int(_stem(w) in stems))) * SORTS + _sort(w)
            for w, role in zip(mine.words, mine.roles.tolist(), strict=True)
        ]
        out.append(np.array(row, np.int64))
    return np.concatenate(out)


def numbers(text: str) -> frozenset[float]:
    """The numbers a text names, years apart."""
    out: set[float] = set()
    found = [w.lower() for w in _WORD.findall(text)]
    for w, behind in zip(found, [*found[1:], ""], strict=True):
        digits = w.replace(",", "").rstrip(".")
        try:
            n = float(digits)
        except ValueError:
            if w not in _NUMBERS:
                continue
            n = float(_NUMBERS[w])
        out.add(n * _SCALES.get(behind, 1))
    return frozenset(out)


def features(a: Phrase, b: Phrase) -> Floats:
    """What is told of a pair beside its pieces, the same in both orders: [PAIR_FEATURES]."""

    def content(p: Phrase) -> list[str]:
        return [w for w, r in zip(p.words, p.roles.tolist(), strict=True) if r == CONTENT]

    x, y = content(a), content(b)
    full, other = {_stem(w) for w in x if w not in _EMPTY}, {_stem(w) for w in y if w not in _EMPTY}
    both = len(full & other)
    left, right = numbers(" ".join(dict.fromkeys(x))), numbers(" ".join(dict.fromkeys(y)))
    no_a, no_b = (sum(bool(_NEGATION.fullmatch(w)) for w in dict.fromkeys(ws)) for ws in (x, y))
    deny_a, deny_b = bool(_DENIES.search(a.cue)), bool(_DENIES.search(b.cue))
    mean_a, mean_b = (p.states[p.roles == CONTENT].astype(np.float32) for p in (a, b))
    mean_a, mean_b = (m.mean(0) if len(m) else np.zeros(a.states.shape[1], np.float32) for m in (mean_a, mean_b))
    size = float(np.linalg.norm(mean_a) * np.linalg.norm(mean_b)) or 1.0
    same = bool(a.source) and a.source.lower() == b.source.lower()
    lengths = sorted((len(x), len(y)))
    return np.array(
        [
            float(mean_a @ mean_b) / size,
            both / max(1, min(len(full), len(other))),
            both / max(1, max(len(full), len(other))),
            min(both, 8) / 8,
            float(bool(left & right)),
            float(bool(left - right) and bool(right - left)),
            float(bool(left) != bool(right)),
            float((no_a > 0) != (no_b > 0)),
            float(no_a > 0 and no_b > 0),
            float(deny_a != deny_b),
            float(deny_a and deny_b),
            float(same),
            float(bool(a.source) and bool(b.source)),
            min(lengths[0], 80) / 80,
            min(lengths[1], 80) / 80,
            float(not a.cue),
            float(not b.cue),
            1.0,
        ],
        np.float32,
    )
