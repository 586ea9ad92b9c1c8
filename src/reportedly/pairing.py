"""Two phrases -> what the judge of relations is shown of them. The trainer shows it the same.

A phrase is what somebody said, with the words by which it is attributed and where it stands. The judge reads the pieces
of both one after the other, with a few of those that stand around each.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .arrays import Floats, Ints, Longs
from .nearness import EMPTY
from .negation import negated
from .pieces import CLS, SEP, Pieces
from .quantities import conflict, numbers, quantities

Spans = Sequence[tuple[int, int]]

CONTENT, CUE, SOURCE, BESIDE = range(4)  # roles of a piece in its phrase; beside: no part of it, but near
ROLES, MATCHES = 4, 2
MARKS = 1 + 2 * ROLES * MATCHES  # 0: a piece of the frame
PASSAGE = 90  # pieces of a report that are shown beside a claim, in whole sentences
AROUND = 200  # characters before and behind a claim that tell of its setting
SHORTEST = 20  # characters of a sentence that says something
LONGEST = 80  # pieces of a phrase that are shown; longer ones lose their middle
# Pieces that are shown around a phrase (few of them where claims of a case are compared, for these are many pairs), and
# how far off they may lie.
MOST_BESIDE, FEW_BESIDE, REACH = 32, 12, 112
BEFORE = 0.6  # how far a piece before a phrase is taken to be, as a share of its distance: what came before explains
_CAPITAL = re.compile(r"(?<![.!?“\"] )\b[A-Z][a-z]{2,}\b")
# What the trained judge is shown of a pair, as `_DENIES` below: how a denial is negated is told by `negation.py`.
_NEGATION = re.compile(
    r"(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|n[’']t|\w+n[’']t|false|untrue|fake"
    r"|hoax|baseless|unfounded|incorrect|wrong|debunk\w*|lie|lies|lied|lying|fabricat\w*|myth|refut\w*|reject\w*"
    r"|den(?:y|ies|ied|ying)|denial|dismiss\w*|disput\w*|contradict\w*|rebut\w*|oppos\w*|disagree\w*|refus\w*|fail\w*"
    r"|unlikely|doubt\w*|unable|lack\w*)",
    re.I,
)
_NOT = re.compile(r"not|cannot|never|no|none|nobody|nothing|\w+n[’']t", re.I)
_IDLE_NOT = re.compile(
    r"\bnot (?:only|just|merely)\b|\b(?:nothing|nobody|none|no one) but\b|\bnot\b.*\b(?:until|but)\b|\bor not\b"
    r"|[,;—] not\b|\bno (?:fewer|more|less|later|longer|sooner|doubt|matter)\b|\bno\.? ?\d",
    re.I,
)  # a "not" that does not turn a claim round, or only a part of it
_SHORT = 40  # words; of a longer text one sentence may be turned
_SAME = 0.8  # share of all words of two texts that both have, from which they are one text but for a word or two
_DENIAL = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_REJECTION = re.compile(  # denies what "that" begins, and not "a plan", "the minister"
    r"\b(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|disput(?:es?|ed|ing)|retract(?:s|ed|ing)?"
    r"|recant(?:s|ed|ing)?|disavow(?:s|ed|ing)?|repudiat(?:es?|ed|ing)|disagree(?:s|d|ing)?|rul(?:es?|ed|ing) out"
    r"|rebut(?:s|ted|ting)?|debunk(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)?"
    r"|(?:tak(?:es?|en|ing)|took|walk(?:s|ed|ing)?) back)\b",
    re.I,
)
_THAT = re.compile(r"\W*that\b", re.I)
_ACCOUNT = re.compile(  # "rejected *the claim* that"
    r"\W*(?:(?:as )?(?:false|untrue|baseless) )?(?:(?:the|this|his|her|their|its|an?) )?"
    r"(?:claim|statement|report|allegation|accusation|assertion|suggestion|rumou?r)s? (?=that\b)",
    re.I,
)
_STATEMENT = re.compile(  # "the club's statement that"
    r"\W*(?:[\w’' -]{1,40}[’']s? |the |this |h(?:is|er) |their |its |an? )?(?:claim|statement|report|allegation"
    r"|accusation|assertion|suggestion|rumou?r)s? that\b",
    re.I,
)
_ANY = frozenset(("any", "some", "such", "all", "also", "ever"))
_TELLING = 2  # content words by which a thing is told from others
_PLAIN = re.compile(  # a cue that adds nothing to what is said
    r"(?:\b(?:said|says?|saying|told|tells?|telling|according to|reported|reports?|added|adds|stated|states|announced"
    r"|confirmed|confirms?|insisted|insists?|claimed|claims?|wrote|writes?|reporters|journalists|has|had|have|also|later)\b"
    r"|[^\w])+",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[”\"’')]*|\n|$)")
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|reject\w*|dismiss\w*|disput\w*|refut\w*|rebut\w*|contradict\w*|disagree\w*"
    r"|debunk\w*|doubt\w*|condemn\w*|criticiz\w*|criticis\w*|slamm?\w*|blast\w*|attack\w*|accus\w*|blam\w*|oppos\w*"
    r"|mock\w*)\b",
    re.I,
)
PAIR_FEATURES = 28
COUNTED = 1  # raised when `features` counts otherwise, so that what cases keep is worked out anew


class Surroundings(msgspec.Struct, frozen=True):
    """Where a phrase stands, as far as that is known. document: whatever tells documents apart; date: ISO 8601; title:
    of its document; around: the text around it."""

    document: str = ""
    date: str = ""
    title: str = ""
    around: str = ""


class Phrase(NamedTuple):
    """One side of a pair: its pieces (vocabulary ids) with some of those around them [n], their roles [n], how many of
    those around are at least as near as each (0 for its own) [n], the word that each piece of its content belongs to,
    the words of cue and source, and where it stands."""

    ids: Ints
    roles: npt.NDArray[np.int8]
    away: npt.NDArray[np.int8]
    words: tuple[str, ...]
    cue: str = ""
    source: str = ""
    setting: Surroundings = Surroundings()


def phrase(
    text: str,
    pieces: Pieces,
    content: Spans,
    cue: Spans = (),
    source: Spans = (),
    setting: Surroundings | None = None,
) -> Phrase | None:
    """The phrase of an attribution, its pieces in the order of the text; None where it has none. content, cue, source:
    characters of the text."""
    roles = np.full(len(pieces), -1, np.int8)
    for role, spans in ((SOURCE, source), (CUE, cue), (CONTENT, content)):
        for start, end in spans:
            low, high = np.searchsorted(pieces.end, start, "right"), np.searchsorted(pieces.start, end)
            roles[low:high] = role
    at = np.flatnonzero(roles >= 0)
    if not len(at):
        return None
    if len(at) > LONGEST:
        at = np.concatenate((at[: LONGEST // 2], at[-(LONGEST - LONGEST // 2) :]))
    own = at[roles[at] == CONTENT]
    beside = _beside(roles, int(at[0]), int(at[-1]))
    shown = np.concatenate((at, beside))
    order = np.argsort(shown)
    shown, away = shown[order], np.concatenate((np.zeros(len(at)), np.arange(len(beside)) + 1))[order]

    def said(spans: Spans) -> str:
        return " ".join(text[s:e] for s, e in spans)

    return Phrase(
        pieces.ids[shown],
        np.where(roles[shown] < 0, BESIDE, roles[shown]).astype(np.int8),
        away.astype(np.int8),
        _words(text, pieces, at, own),
        said(cue),
        said(source),
        setting or Surroundings(around=text),
    )


def _beside(roles: npt.NDArray[np.int8], low: int, high: int) -> Longs:
    """The pieces nearest to a phrase that reaches from one piece to another, rather before than behind it, the nearest
    first."""
    reach = range(max(0, low - REACH), min(len(roles), high + REACH))
    free = [i for i in reach if roles[i] < 0]
    free.sort(key=lambda i: BEFORE * (low - i) if i < low else max(0, i - high))
    return np.array(free[:MOST_BESIDE], np.int64)


def _words(text: str, pieces: Pieces, at: Longs, own: Longs) -> tuple[str, ...]:
    """The word that each of some pieces belongs to, as far as it is among the pieces shown."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i in at.tolist():
        w = int(pieces.word[i])
        first.setdefault(w, int(pieces.start[i]))
        last[w] = int(pieces.end[i])
    return tuple(text[first[w] : last[w]].lower() for w in pieces.word[own].tolist())


def framed(a: Phrase, b: Phrase, beside: int = MOST_BESIDE) -> tuple[Longs, Longs]:
    """Two phrases as the judge reads them, [CLS] a [SEP] b [SEP]: ids [n], and a mark for each piece [n]: which side it
    is of, its role, and whether the other side has a piece like it. beside: how many of the pieces around each are
    shown."""
    (one, roles), (other, others) = ((p.ids[p.away <= beside], p.roles[p.away <= beside]) for p in (a, b))
    ids = np.concatenate(([CLS], one, [SEP], other, [SEP])).astype(np.int64)
    marks = np.zeros(len(ids), np.int64)
    sides = ((1, one, roles, other), (2 + len(one), other, others, one))
    for side, (at, mine, role, theirs) in enumerate(sides):
        marks[at : at + len(mine)] = 1 + (side * ROLES + role) * MATCHES + np.isin(mine, theirs)
    return ids, marks


def passage(text: str, pieces: Pieces, other: str) -> list[tuple[int, int]]:
    """Of a text too long to be shown whole, the sentences that share most with another text, its first two preferred,
    in their order: [(start, end)], PASSAGE pieces or a little more in all."""
    sentences = [(m.start(), m.end()) for m in _SENTENCE.finditer(text) if len(m.group().strip()) > SHORTEST]
    bags = [{w[:6] for w in re.findall(r"\w+", text[s:e].lower())} for s, e in sentences]
    spread: dict[str, int] = {}
    for bag in bags:
        for w in bag:
            spread[w] = spread.get(w, 0) + 1
    wanted = {w[:6] for w in re.findall(r"\w+", other.lower())}
    scores = [
        sum(math.log(1 + len(bags) / spread[w]) for w in bag & wanted) / (6 + len(bag)) ** 0.5 + (i < 2)
        for i, bag in enumerate(bags)
    ]
    chosen: list[int] = []
    room = PASSAGE
    for i in sorted(range(len(sentences)), key=lambda i: (-scores[i], i)):
        start, end = sentences[i]
        size = int(np.searchsorted(pieces.start, end) - np.searchsorted(pieces.end, start, "right"))
        if size <= room or not chosen:
            chosen.append(i)
            room -= size
        if room < SHORTEST // 2:
            break
    return [sentences[i] for i in sorted(chosen)] or [(0, len(text))]


def _stem(word: str) -> str:
    return word[:5]


class Facts(NamedTuple):
    """What is told of a phrase alone: the beginnings of its content's words that say something, how many of its words
    negate, and whether its cue denies."""

    stems: frozenset[str]
    negations: int
    denies: bool


def facts(phrase: Phrase) -> Facts:
    """The facts of a phrase."""
    words = dict.fromkeys(phrase.words)
    negations = sum(bool(_NEGATION.fullmatch(w)) for w in words)
    return Facts(_stems(" ".join(words)), negations, bool(_DENIES.search(phrase.cue)))


def shared(a: Facts, b: Facts) -> tuple[float, float, float, float, float, float]:
    """Of two phrases: words shared, as a share of the shorter and of the longer; whether one negates, and both; whether
    one denies, and both."""
    both = len(a.stems & b.stems)
    shorter, longer = sorted((len(a.stems), len(b.stems)))
    return (
        both / max(1, shorter),
        both / max(1, longer),
        float((a.negations > 0) != (b.negations > 0)),
        float(a.negations > 0 and b.negations > 0),
        float(a.denies != b.denies),
        float(a.denies and b.denies),
    )


def turned(a: str, b: str, figures: bool = True) -> bool:
    """Whether one short text is the other with a "not" more or less or, with `figures`, with another number of the same
    things. Where it could be said otherwise ("not only", "no more than", a range) it is not said.

    >>> turned("The bridge is safe.", "The bridge is not safe."), turned("Nine were hurt.", "Nine people were hurt.")
    (True, False)
    """
    one, other = (re.findall(r"[\w’']+", x) for x in (a, b))
    if max(len(one), len(other)) > _SHORT or any(map(_IDLE_NOT.search, (a, b))):
        return False
    first, second = ([w for w in x if not _NOT.fullmatch(w)] for x in (one, other))
    if (len(one) - len(first)) % 2 != (len(other) - len(second)) % 2 and _alike(first, second):
        return True
    counts = [[w for w in x if numbers(w)] for x in (first, second)]
    if not figures or [len(x) for x in counts] != [1, 1] or not conflict(quantities(a), quantities(b)):
        return False
    return _alike(*([w for w in x if not numbers(w)] for x in (first, second)))


def contrary(a: str, b: str, cue: str = "", other: str = "", figures: bool = True) -> bool:
    """Whether of two claims one says plainly what the other says is not so. cue, other: the words that attribute them;
    with any other than a plain one ("said") or a denial, False. figures: whether another number makes them contrary;
    False where it may be a later count.

    >>> contrary("The bridge was safe.", "that the bridge was safe", "said", "denied")
    True
    """
    a, b = (x[m.end() :] if (m := _ACCOUNT.match(x)) else x for x in (a, b))
    denied = [_denies(x, what) for x, what in ((cue, a), (other, b))]
    if not all(d or not c or _PLAIN.fullmatch(c) for d, c in zip(denied, (cue, other), strict=True)) or all(denied):
        return False
    if not any(denied):
        return turned(a, b, figures)
    words = [re.findall(r"[\w’']+", x) for x in (a, b)]
    if max(map(len, words)) > _SHORT or any(_NOT.fullmatch(w) or _DENIAL.fullmatch(w) for x in words for w in x):
        return False
    one, two = ([_stem(w.lower()) for w in x if w.lower() not in EMPTY] for x in words)
    what, whole = (one, two) if denied[0] else (two, one)
    rest = iter(whole)  # all of what is denied stands in the other, in its order; two words must be all of that
    return len(what) > (2 if len(what) < len(whole) else 1) and all(w in rest for w in what)


def denied_of(denied: str, said: str) -> Literal["", "denied", "near"]:
    """How what somebody denies and what another says are of one thing: "denied" where all content words of what is
    denied are said, "near" where all that is said is among what is denied; "" where neither is so, or only one of them
    has a "not". Neither supports the other.

    >>> denied_of("that any braces were missing", "Two braces were missing."), denied_of("that it fell", "It rose.")
    ('denied', '')
    """
    texts = [x[m.end() :] if (m := _STATEMENT.match(x)) else x for x in (denied, said)]
    words = [[w.lower() for w in re.findall(r"[\w’']+", x)] for x in texts]
    one, other = (frozenset(_stem(w) for w in x if not (w in EMPTY or w in _ANY or _NOT.fullmatch(w))) for x in words)
    if min(len(one), len(other)) < _TELLING or len({any(map(_NOT.fullmatch, x)) for x in words}) > 1:
        return ""
    return "denied" if one <= other else "near" if other <= one else ""


def _denies(cue: str, what: str) -> bool:
    """Whether a cue says that its words are not so."""
    found = _DENIAL.search(cue) or (_REJECTION.search(cue) if _THAT.match(what) else None)
    return found is not None and not negated(cue[: found.start()])


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    one, other = _stems(" ".join(a)), _stems(" ".join(b))
    return len(one & other) >= _SAME * len(one | other) > 0


def features(a: Phrase, b: Phrase) -> Floats:
    """What is told of a pair beside its pieces: [PAIR_FEATURES]; the same in both orders, but for which of the two has
    no cue."""
    x, y = a.words, b.words
    one_facts, other_facts = facts(a), facts(b)
    full, other = one_facts.stems, other_facts.stems
    share, longer, negates, negate, denies, deny = shared(one_facts, other_facts)
    left, right = numbers(" ".join(dict.fromkeys(x))), numbers(" ".join(dict.fromkeys(y)))
    same = bool(a.source) and a.source.lower() == b.source.lower()
    lengths = sorted((len(x), len(y)))
    near, far = _stems(a.setting.around), _stems(b.setting.around)
    names, others = _names(a.setting.around), _names(b.setting.around)
    titles = _stems(a.setting.title), _stems(b.setting.title)
    crossed = sorted((_share(full, far), _share(other, near)))
    known = bool(a.setting.document and b.setting.document)
    one = known and a.setting.document == b.setting.document
    days = _days(a.setting.date, b.setting.date)
    return np.array(
        [
            share,
            longer,
            min(len(full & other), 8) / 8,
            float(bool(left & right)),
            float(bool(left - right) and bool(right - left)),
            float(bool(left) != bool(right)),
            negates,
            negate,
            denies,
            deny,
            float(same),
            float(bool(a.source) and bool(b.source)),
            min(lengths[0], 80) / 80,
            min(lengths[1], 80) / 80,
            float(not a.cue),
            float(not b.cue),
            float(known),
            float(one),
            0.0 if one else _share(*titles),
            float(bool(titles[0] and titles[1])),
            _share(near, far),
            min(len(near & far), 16) / 16,
            _share(names, others),
            min(len(names & others), 8) / 8,
            crossed[0],
            crossed[1],
            0.0 if days is None else math.exp(-days / 3),
            float(days is not None),
        ],
        np.float32,
    )


@lru_cache(4096)
def _stems(text: str) -> frozenset[str]:
    """The words of a text that say something, by their beginnings."""
    return frozenset(_stem(w) for w in re.findall(r"\w+", text.lower()) if w not in EMPTY and len(w) > 1)


@lru_cache(4096)
def _names(text: str) -> frozenset[str]:
    """The capitalised words of a text but those that begin its sentences."""
    return frozenset(w.lower() for w in _CAPITAL.findall(text))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _days(a: str, b: str) -> int | None:
    """Days between two dates; None where one is none."""
    try:
        return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)
    except ValueError:
        return None
