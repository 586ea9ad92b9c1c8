"""The words around a source -> what it is: "Republican pollster", "director of a volunteer aid organization".

Every word near a place where a source is spoken of is judged by a small network (`training/train_roles.py`), from how it
stands to that place, what kind of word it is and the vector the resolver keeps for it. A role is the words that it pays to
pick, joined where they stand side by side: always words of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from .arrays import Bools, Floats, Longs
from .engine import session
from .mentions import NAME_TYPES, Mention
from .records import KINDS, Kind, Stretch

MODELS = Path(__file__).parent / "models" / "roles"

REACH = 40  # words on both sides of a place that may say what its bearer is
PLACES = 40  # of one source that are looked around
AT_ONCE = 512  # words judged together: what the network makes of more does not stay in the processor's cache
DISTANCES = (0, 1, 2, 3, 4, 5, 7, 10, 15, 25, REACH)  # words, where buckets end
FAR = 99  # words: no place on that side
# F1 that a role is expected to have at least, to be shown: of a person, of anything else. An outlet or a body often has
# none, and the words near it are somebody's (role F1 on dev with .05 for all 48.4, with these 48.2, with .2 for all 45.1;
# before the next two).
LEAST, LEAST_OF_OTHERS = 0.05, 0.25
# Of a phrase's likeliest word: beside one of .6, what stays under .45 is mostly a stray word of a neighbour (role F1 on dev
# 48.4 with these, 48.2 without).
LIKELY, UNLIKELY = 0.6, 0.45
PLACED = (
    1.5  # logits by which an occurrence of a picked word may be less likely than the word's best and still be shown
)

_TITLE = re.compile(
    r"(?:President|Sen|Rep|Gov|Gen|Maj|Lt|Col|Capt|Sgt|Adm|Senator|Representative|Governor|General|Major|Lieutenant|Colonel"
    r"|Captain|Admiral|Secretary|Minister|Judge|Justice|Mayor|Chancellor|Speaker|Sheikh|King|Queen|Prince|Pope|Dr|Prof"
    r"|Professor|Rev|Ambassador|Chairman|Chairwoman|Director|Chief|Sheriff)\Z"
)
_OFFICE = re.compile(  # what somebody does
    r"(?:candidate|nominee|president|senator|governor|mayor|secretary|minister|general|spokes(?:man|woman|person)"
    r"|chair(?:man|woman)?|strategist|pollster|analyst|activist|lawyer|attorney|judge|professor|director|manager|adviser"
    r"|advisor|aide|official|leader|executive|founder|owner|editor|reporter|correspondent|journalist|host|author|writer"
    r"|economist|scientist|expert|researcher|officer|commander|soldier|fighter|chief|head|member|lawmaker"
    r"|congress(?:man|woman)|representative|ambassador|envoy|diplomat|resident|witness|farmer|worker|driver|doctor|nurse"
    r"|teacher|student|businessman|businesswoman|mogul|billionaire|star|actor|actress|rival|opponent|ally|supporter|critic"
    r"|friend|wife|husband|son|daughter|father|mother|brother|sister|coach|delegate|front-?runner|pundit|mate"
    r"|undersecretary|investor|comedian|broadcaster|fundraiser|organizer|speaker|counsel|prosecutor|detective|sheriff"
    r"|coordinator|consultant|operative|commentator|anchor|veteran|voter)s?\Z"
)
_OFFICIAL = re.compile(
    r"\b(?:President|Minister|Secretary|Senator|Sen|Rep|Governor|Gov|Mayor|General(?! Hospital| Manager|$)|Gen|Colonel|Col"
    r"|Major|Maj|Admiral|White House|Pentagon|Kremlin|State Department|Department of|FBI|CIA|NATO)\b"
    r"|(?i:\b(?:police|sheriff|army|military|navy|coast ?guard|ministry|government|administration|court|judge|prosecutor"
    r"|parliament|congress\w*|senate|embassy|ambassador|officials?|spokes(?:man|woman|person) for|commander|mayor|governor"
    r"|minister|senator|president|fire service|council|agency|authority|authorities)\b)"
)
_WORD = re.compile(r"[\w’']+")
_RANKS = frozenset(["president", "sen", "rep", "gov"])  # shown before a name, and never picked as words
# fmt: off
HOLLOW = _RANKS | frozenset((
    "the", "a", "an", "of", "and", "in", "for", "to", "mr", "mrs", "ms", "by", "with", "his", "her", "their",
))
"""Words that are never picked, but join what is."""
_FUNCTION = HOLLOW | frozenset((
    "its", "our", "my", "your", "at", "on", "from", "as", "is", "was", "are", "were", "be", "been", "has",
    "have", "had", "who", "which", "that", "this", "these", "those", "it", "he", "she", "they", "we", "i",
    "you", "not", "but", "or", "if", "then", "than", "so", "will", "would", "could", "should", "may", "might",
    "said", "says", "told",
))
_QUALIFIES = frozenset((
    "former", "presumptive", "democratic", "republican", "retired", "acting", "deputy", "senior", "top",
    "conservative", "liberal", "prominent", "veteran", "longtime", "activist", "presidential", "campaign",
    "national", "local", "foreign", "vice", "chief", "gop", "state", "independent", "progressive", "political",
    "anti", "pro", "democrat", "governor", "senate", "house", "secretary", "white", "congressional", "running",
    "first",
))
# fmt: on
_ENDINGS = ("er", "or", "ist", "man", "men", "ian", "ive", "ing", "ed", "ers", "ors", "ists", "ly", "ion", "al", "s")
_SENTENCE = re.compile(r"[!?;:]|\.[”\"’')]*\s")
_STOP = re.compile(r"[.!?:;\n]")
_SIDE_BY_SIDE = re.compile(r"[ \xa0’'&/.–-]{1,2}")  # noqa: RUF001
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_BEFORE_SPACE = re.compile(r"(?:\w{1,2}|Sen|Rep|Gov|Gen|Mass|Conn|Tenn|Calif|Fla|Wis|Ind|Tex|Ala|Minn|Mich)\Z")


# What is said of a person beside the name: "Joy Tate, Amsel's lawyer,", "Amsel's lawyer, Joy Tate", "lawyer Joy Tate".
_SAID = r"(?:[^\W\d_][\w.’'&-]*|\d+)(?:[ \xa0](?:[^\W\d_][\w.’'&-]*|\d+)){0,11}"
_BEHIND = re.compile(rf",\s(?:\d\d,\s)?((?=[a-z]|\w+[’']s?\s){_SAID})(?=[,;]|\.?(?:\s|\Z))")
_BEHIND_ANY = re.compile(rf",\s((?:the|an?|its|his|her|their)\s{_SAID})(?=[,;]|\.?(?:\s|\Z))")
_AHEAD = re.compile(rf"(?<![\w’'-])((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\w+[’']s?)\s{_SAID}),\s$")
_BEFORE = re.compile(r"(?<![\w’'-])(?:[\w’'-]+\s){0,2}([\w’'-]+(?<!s))\s$")
# Where a person's name tells of another: "for Amsel", "Amsel's lawyer", "the Amsel campaign", "an Amsel adviser".
_LED_TO = re.compile(r"\b(?:of|for|to|by|with|from|under|against)\s(?:[A-Z]\w*\.?\s)?$")
_LEADS_ON = re.compile(r"[’']|\s(\w+)")


def is_office(word: str) -> bool:
    """Whether a word (lower-case) says what one person does: "captain", "spokeswoman"."""
    return not word.endswith("s") and _OFFICE.match(word) is not None


class Bearer(NamedTuple):
    """A source that has a role. names: where it is named; described: where a description means it; phrases: the sources
    of its attributions, whole; joint: several who speak together."""

    names: Sequence[Stretch]
    described: Sequence[Stretch]
    phrases: Sequence[Stretch]
    kind: Kind | None
    named: bool
    joint: bool = False


_OWN = 8


@lru_cache(1 << 14)  # most words of a text stood in the one before
def _look(raw: str, word: str) -> bytes:
    """What is to be seen of a word wherever it stands, a byte a thing: what it is itself (the first `_OWN`), what it
    makes of its neighbours, its ending."""
    tails = (word[-1:], word[-2:], word[-3:], word[-4:])
    return bytes(
        (
            _OFFICE.match(word) is not None,
            _TITLE.match(raw) is not None,
            raw[0].isupper(),
            raw.isupper() and len(raw) > 1,
            word in _FUNCTION,
            word in _QUALIFIES,
            raw[0].isdigit(),
            raw.endswith(("’s", "'s")),
            word == "of",
            word in ("for", "in", "at", "on", "from", "with", "by", "to", "against"),
            word in ("the", "a", "an"),
            word == "and",
            word in ("his", "her", "their", "its"),
            word in ("who", "which", "that"),
            word in ("is", "was", "are", "were"),
            word in ("said", "says", "told"),
            *(e in tails for e in _ENDINGS),
        )
    )


_NEXT = 5  # of what is to be seen of a gap, what the words beside it are told


@lru_cache(1 << 10)  # nearly all are one space
def _gap(gap: str) -> bytes:
    """What is to be seen of what stands between two words, a byte a thing: what the words beside it are told (the first
    `_NEXT`); a line end, a comma or dash, a sentence end, a quotation mark, a bracket."""
    return bytes(
        (
            "," in gap,
            _STOP.search(gap) is not None,
            "(" in gap,
            ")" in gap,
            gap in ("-", "–"),  # noqa: RUF001
            "\n" in gap,
            "," in gap or "–" in gap or "—" in gap or " - " in gap,  # noqa: RUF001
            _SENTENCE.search(gap) is not None,
            any(c in gap for c in '“”"'),
            "(" in gap or ")" in gap,
        )
    )


def _table(rows: Sequence[bytes], width: int) -> npt.NDArray[np.uint8]:
    """Rows of bytes as a table."""
    return np.frombuffer(b"".join(rows), np.uint8).reshape(-1, width)


def _beside(table: Floats, by: int) -> Floats:
    """The rows of the words `by` places further on; nothing beyond the ends."""
    out = np.zeros_like(table)
    if by > 0:
        out[:-by] = table[by:]
    else:
        out[-by:] = table[:by]
    return out


class Words:
    """The words of one text, and what is to be seen of each alone: `features` [words, n]. number: the same for the same
    word, its place in `different`; counts: how often each number stands in the text; whose: where the name begins whose
    bearer alone a word tells of, -1 where it may tell of anybody."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        found = list(_WORD.finditer(text))
        self._starts, self._ends = [m.start() for m in found], [m.end() for m in found]
        self.start, self.end = np.array(self._starts, np.int64), np.array(self._ends, np.int64)
        # What is to be seen of a word is looked up once for all its places: a text has half as many words as places.
        places: dict[str, int] = {}
        raw = np.array([places.setdefault(m.group(), len(places)) for m in found], np.int64)
        words = [w.lower().removesuffix("’s").removesuffix("'s") for w in places]
        numbers: dict[str, int] = {}
        self.number = np.array([numbers.setdefault(w, len(numbers)) for w in words], np.int64)[raw]
        self.different = list(numbers)
        self.words = [self.different[n] for n in self.number.tolist()]
        self.counts = np.bincount(self.number)
        self.gaps = [text[i:j] for i, j in zip(self._ends, self._starts[1:], strict=False)] + ["\n"] * bool(found)
        gaps = _table([_gap(g) for g in self.gaps], 2 * _NEXT)
        self.whose = [-1] * len(found)
        kind = np.zeros(len(found), np.int64)
        begins = np.zeros(len(found), np.int64)
        for m in names:
            if m.form in NAME_TYPES:
                i, j = self.within(m.start, m.end)
                kind[i:j] = begins[i : i + 1] = 1 + NAME_TYPES.index(m.form)
        # How many gaps before a word hold a line end, a comma, a sentence end, a quotation mark, a bracket; names begun.
        self.lines, *between = (self._gone(here) for here in gaps[:, _NEXT:].T)
        self.between = [*between, self._gone(begins == 1)]
        self.hollow = np.array([w in HOLLOW for w in self.different], np.bool_)[self.number]
        looks = _table([_look(r, w) for r, w in zip(places, words, strict=True)], len(_look("a", "a")))
        self.features = self._features(looks[raw].astype(np.float32), kind, gaps[:, :_NEXT].astype(np.float32))
        self._claim([(m.start, m.end) for m in names if m.form == "PERSON"])

    def _claim(self, people: Sequence[Stretch]) -> None:
        """Give the names of people, and what stands beside them to say what those are, to their bearers alone."""
        text = self.text
        names = [text[start:end].split() for start, end in people]
        full = {name[-1] for name in names if len(name) > 1}
        for start, end in people:  # "Roe, the harbour master,", also where Roe is named by no more
            if text[end : end + 1] == "," and (m := _BEHIND_ANY.match(text, end, end + 150)) and _tells(m[1]):
                self._give(m.span(1), start)
        people = [place for place, name in zip(people, names, strict=True) if name[-1] in full]
        for start, end in people:
            on = _LEADS_ON.match(text, end, end + 30)
            if not (on and (not on[1] or _tells(on[1]))) and not _LED_TO.search(text, max(0, start - 30), start):
                self._give((start, end), start)
            if text[end : end + 1] == "," and (m := _BEHIND.match(text, end, end + 150)) and _tells(m[1]):
                self._give(m.span(1), start)
        for start, _ in people:
            if text.endswith(", ", 0, start):
                m = _AHEAD.search(text, max(0, start - 120), start)
            else:  # of all words before a name few say what somebody does
                m = (
                    _BEFORE.search(text, max(0, start - 50), start)
                    if _tells(text[max(0, start - 20) : start])
                    else None
                )
            if m and _tells(m[1]):
                self._give(m.span(), start)

    def _give(self, place: Stretch, start: int) -> None:
        """Give the words of a place to the bearer of the name that begins at start, where they are nobody's yet."""
        for i in range(*self.within(*place)):
            if self.whose[i] < 0:
                self.whose[i] = start

    def __len__(self) -> int:
        return len(self.words)

    @staticmethod
    def _gone(here: npt.NDArray[np.uint8] | Bools) -> Longs:
        return np.concatenate(([0], np.cumsum(here, dtype=np.int64)))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words [i, j) that the characters [start, end) touch."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def _features(self, whole: Floats, name: Longs, gaps: Floats) -> Floats:
        bracketed, inside = [], False
        for gap in self.gaps:
            bracketed.append(inside)
            if gap != " ":
                for c in gap:
                    inside = c == "(" or (inside and c not in ")\n")
        own = np.concatenate([whole[:, :_OWN], np.eye(1 + len(NAME_TYPES), dtype=np.float32)[name][:, 1:]], 1)
        small, endings = whole[:, _OWN : -len(_ENDINGS)], whole[:, -len(_ENDINGS) :]
        line = self.lines[:-1]
        where = np.stack([np.array(bracketed, np.bool_), line == 0, line == 1], 1)
        around = [_beside(own[:, :_OWN], by) for by in (-1, 1)] + [_beside(own[:, :2], by) for by in (-2, 2, 3)]
        smalls = [_beside(small, by) for by in (-2, -1, 1)]
        parts = [own, gaps, _beside(gaps, -1), endings, where, *around, *smalls]
        return np.concatenate(parts, 1, dtype=np.float32)


def _tells(said: str) -> bool:
    """Whether words say what somebody does."""
    return any(w == "campaign" or _OFFICE.match(w.lower()) or _TITLE.match(w) for w in said.split())


class Near(NamedTuple):
    """The words near one source, by number (`at`), and how each stands to the places where the source is spoken of: the
    place behind it begins at word `ahead`, `to` words on; the one before it ends with word `behind`, `since` words back
    (both FAR where there is none). order: which place is the nearest, 3 for all but the first three. inside: whether it
    lies in one. marked: whether in a name, a description, a phrase. seen: how often the word stands near and in no
    place. called: whether it is in the name elsewhere."""

    at: Longs
    to: Longs
    ahead: Longs
    since: Longs
    behind: Longs
    order: Longs
    inside: Bools
    marked: Bools
    seen: Longs
    called: Bools
    places: int = 0


def _near(words: Words, bearer: Bearer) -> Near:
    """The words that may say what a source is."""
    spoken_of = (bearer.names, bearer.described, bearer.phrases)
    stretches = [[(i, j) for i, j in (words.within(*p) for p in places) if j > i] for places in spoken_of]
    if not any(stretches):
        none, no = np.zeros(0, np.int64), np.zeros(0, np.bool_)
        return Near(none, none, none, none, none, none, no, np.zeros((0, 3), np.bool_), none, no)
    # Of a long text only the part where the source is spoken of is looked at: words are counted from its first.
    low = max(0, min(i for some in stretches for i, _ in some) - REACH)
    high = max(j for some in stretches for _, j in some) + REACH
    hollow, numbers = words.hollow[low:high], words.number[low:high]
    marked = np.zeros((3, len(hollow)), np.bool_)
    stretches = [[(i - low, j - low) for i, j in some] for some in stretches]
    for mark, some in zip(marked, stretches, strict=True):
        for i, j in some:
            mark[i:j] = True
    named = stretches[0]
    rest = [(i, j) for i, j in stretches[1] + stretches[2] if not marked[0, i:j].any()]
    cores: list[Stretch] = []
    for i, j in sorted({*named, *rest}):
        if cores and i < cores[-1][1]:
            cores[-1] = (cores[-1][0], max(j, cores[-1][1]))
        else:
            cores.append((i, j))
    begin, stop = np.array(cores).T
    chosen = marked[1] | marked[2]
    for i, j in cores[:PLACES]:
        chosen[max(0, i - REACH) : j + REACH] = True
    at = np.flatnonzero(chosen & ~hollow)
    following, before = begin.searchsorted(at), stop.searchsorted(at, "right") - 1
    last = begin.searchsorted(at, "right") - 1
    inside = (last >= 0) & (at < stop[np.maximum(last, 0)])
    ahead, behind = begin[np.minimum(following, len(begin) - 1)], stop[np.maximum(before, 0)] - 1
    to = np.where((following < len(begin)) & (ahead - at <= REACH), ahead - at, FAR)
    since = np.where((before >= 0) & (at - behind <= REACH), at - behind, FAR)
    place = np.where(to <= since, np.minimum(following, len(begin) - 1), np.maximum(before, 0))
    number = numbers[at]
    seen = np.bincount(number[~inside], minlength=len(words.counts))[number]
    called = np.zeros(len(words.counts), np.bool_)
    called[numbers[marked[0]]] = True
    return Near(
        at + low, to, ahead + low, since, behind + low, np.minimum(place, 3), inside, marked[:, at].T, seen,
        called[number], len(cores),
    )  # fmt: skip


def near(words: Words, bearers: Sequence[Bearer], known: Floats | None = None) -> tuple[list[Longs], Floats]:
    """For each source the words that may say what it is, by number, and what is to be seen of each, source by source:
    [words near any, features], with what is `known` of it. All at once: numpy takes longer to be called than to work on
    the words of one source (5 ms an article one by one, 2 so)."""
    each = [_near(words, b) for b in bearers]
    if not any(len(x.at) for x in each):
        return [x.at for x in each], np.zeros((0, 0), np.float32)
    at, to, ahead, since, behind, order, inside, marked, seen, called = (
        np.concatenate([x[n] for x in each]) for n in range(len(Near._fields) - 1)
    )
    few = [(x.places == 1, x.places > 5) for x in each]
    who = [(*(b.kind == k for k in KINDS), b.named, bool(b.names), b.joint) for b in bearers]
    source = np.repeat(np.arange(len(each)), [len(x.at) for x in each])
    spoken = np.stack([seen == 1, seen == 2, seen > 2, seen / words.counts[words.number[at]], called], 1)
    parts = [
        *_side(words, to, np.minimum(at, ahead), ahead),
        *_side(words, since, np.minimum(behind, at), at),
        _one_hot(order, 4), np.array(few, np.float32)[source], spoken, inside[:, None], marked,
        np.array(who, np.float32)[source], words.features[at], *([] if known is None else [known[at]]),
    ]  # fmt: skip
    return [x.at for x in each], np.concatenate(parts, 1, dtype=np.float32)


def _one_hot(numbers: Longs, size: int) -> Floats:
    """Each number as a row of one 1; what is too great counts as the greatest."""
    return np.eye(size, dtype=np.float32)[np.minimum(numbers, size - 1)]


def _side(words: Words, distance: Longs, low: Longs, high: Longs) -> list[npt.NDArray[np.floating]]:
    """How far the nearest place on one side is, and what lies between: commas, sentence ends, names of people."""
    there = (distance < FAR)[:, None]
    bucket = _one_hot(np.searchsorted(DISTANCES, distance), len(DISTANCES) + 1)
    comma, sentence, quote, bracket, people = (c[high] - c[low] for c in words.between)
    lines = words.lines[high] - words.lines[low]
    marks = np.stack([quote > 0, bracket > 0], 1)
    kinds = [_one_hot(comma, 4), _one_hot(sentence, 4)[:, :3], marks, _one_hot(people, 3), _one_hot(lines, 3)]
    return [bucket, *(k * there for k in kinds), np.exp(-distance / 6)[:, None] * there]


def pick(words: Words, at: Longs, logits: Floats, least: float = LEAST) -> list[int]:
    """The words whose choice promises the best F1 with what would be said of the source, each where it is likeliest and
    wherever else it is nearly as likely; none where it promises less than `least`."""
    if not len(at):
        return []
    said = words.number[at]
    best = np.full(len(words.counts), -np.inf)
    np.maximum.at(best, said, logits)
    different = np.flatnonzero(best > -np.inf)
    ranked = different[np.argsort(-best[different], kind="stable")]
    p = 1 / (1 + np.exp(-best[ranked]))
    expected = 2 * np.cumsum(p) / (np.arange(1, len(p) + 1) + p.sum() + 1)
    most = int(expected.argmax())
    if expected[most] < least:
        return []
    chosen = np.zeros(len(best), np.bool_)
    chosen[ranked[: most + 1]] = True
    picked: list[int] = at[chosen[said] & (logits > best[said] - PLACED)].tolist()
    return picked


def phrases_of(words: Words, picked: Sequence[int], logits: dict[int, float]) -> list[Stretch]:
    """Picked words -> stretches [i, j) of words that read as phrases, in the order of the text; every word is said in
    one of them, the likeliest stretches first. Beside a likely phrase those that are not are left out."""
    runs: list[list[int]] = []
    for i in picked:
        if runs and _joined(words, runs[-1][-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    out: list[Stretch] = []
    left = {words.words[i] for i in picked}

    def worth(run: list[int]) -> float:
        said = {words.words[i]: 1 / (1 + np.exp(-logits[i])) for i in run if words.words[i] in left}
        return float(sum(said.values()))

    while left:
        run = max(runs, key=worth)
        new = [i for i in run if words.words[i] in left]
        out.append((new[0], new[-1] + 1))
        left -= {words.words[i] for i in run}
    likely = [1 / (1 + np.exp(-max(logits.get(i, -np.inf) for i in range(*stretch)))) for stretch in out]
    if max(likely, default=0) >= LIKELY:
        out = [stretch for stretch, p in zip(out, likely, strict=True) if p >= UNLIKELY]
    return sorted(out)


def _joined(words: Words, i: int, j: int) -> bool:
    """Whether two picked words belong to one phrase: nothing but hollow words and spaces between them."""
    return (
        j - i <= 4
        and all(w in HOLLOW - _RANKS for w in words.words[i + 1 : j])
        and all(
            _SIDE_BY_SIDE.fullmatch(words.gaps[k])
            and (words.gaps[k] != ". " or _BEFORE_SPACE.match(words.text[words.start[k] : words.end[k]]))
            for k in range(i, j)
        )
    )


def places(words: Words, bearer: Bearer, at: Longs, logits: Floats) -> tuple[Stretch, ...]:
    """Where the text says what a source is."""
    own = np.zeros(len(words), np.bool_)
    if bearer.kind == "person" or bearer.joint:  # a person's name is no part of the role
        for place in bearer.names:
            i, j = words.within(*place)
            own[i:j] = True
    free = ~own[at]
    at, logits = at[free], logits[free]
    picked = pick(words, at, logits, LEAST if bearer.kind == "person" else LEAST_OF_OTHERS)
    # Only now: put aside before, a neighbour's words let less likely ones in (role F1 -.4).
    picked = [i for i in picked if words.whose[i] < 0 or _is_own(words, bearer, i)]
    stretches = phrases_of(words, picked, dict(zip(at.tolist(), logits.tolist(), strict=True)))
    said = {words.words[i] for i, j in stretches for i in range(i, j)}
    for place in sorted(bearer.names):  # the rank before a name goes with what is said of its bearer
        i = words.within(*place)[0] - 1
        if i >= 0 and words.words[i] in _RANKS - said and words.gaps[i] in (" ", ". ") and bearer.kind == "person":
            if not any(a <= i < b for a, b in stretches):
                before = [(a, b) for a, b in stretches if b == i]
                stretches = sorted([*(s for s in stretches if s not in before), (before[0][0] if before else i, i + 1)])
            break
    out = []
    for i, j in stretches:
        end = int(words.end[j - 1])
        last = words.text[words.start[j - 1] : end]
        dotted = words.text[end : end + 1] == "." and (
            last.lower() in _RANKS - {"president"} or words.text[end + 1 : end + 2] == ")"
        )
        out.append(_whole(words.text, int(words.start[i]), end + dotted))
    return tuple(out)


def _is_own(words: Words, bearer: Bearer, i: int) -> bool:
    """Whether a word that tells of one person alone may tell of this one."""
    named = any(start == words.whose[i] for start, _ in bearer.names)
    return named or any(start <= words.start[i] < end for start, end in bearer.phrases)


def _whole(text: str, start: int, end: int) -> Stretch:
    """A place with its initials whole, as in U.S. or R.I., whose letters are words of their own."""
    for m in _INITIALS.finditer(text, max(0, start - 8), end + 4):
        start = m.start() if m.start() < start < m.end() else start
        end = m.end() if m.start() < end < m.end() else end
    return start, end


Known = Mapping[str, tuple[int, int]]
"""Word -> in the roles of how many training articles it stands, near how many sources."""


def known_as(words: Sequence[str], known: Known) -> Floats:
    """What is known of words as words of a role: [words, 4]."""
    counts = np.array([known.get(w, (0, 0)) for w in words], np.float64).reshape(-1, 2)
    right, wrong = counts[:, :1], np.maximum(0, counts[:, 1:] - counts[:, :1])
    likely = 3 + np.log((right + 0.3) / (wrong + 3))
    return np.concatenate((right >= 2, right >= 4, right >= 8, likely), 1, dtype=np.float32) * (right > 0)


class Picker:
    """The network that judges words; one may serve many documents."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        self.session = session(folder / "roles.onnx", threads)
        self.known = msgspec.json.decode((folder / "words.json").read_bytes(), type=dict[str, tuple[int, int]])

    def roles(self, words: Words, bearers: Sequence[Bearer], vectors: Floats) -> list[tuple[Stretch, ...]]:
        """For each source where the text says what it is, in the order of the text. vectors: the resolver's, one a word."""
        rows, features = near(words, bearers, known_as(words.different, self.known)[words.number])
        if not len(features):
            return [()] * len(bearers)
        told, parts = vectors[np.concatenate(rows)], range(0, len(features), AT_ONCE)
        judged = [{"features": features[n : n + AT_ONCE], "vectors": told[n : n + AT_ONCE]} for n in parts]
        logits = np.concatenate([self.session.run(None, some)[0] for some in judged])
        ends = np.cumsum([len(at) for at in rows])
        return [places(words, b, at, logits[e - len(at) : e]) for b, at, e in zip(bearers, rows, ends, strict=True)]


@cache
def default_picker() -> Picker:
    """The shipped network, loaded once."""
    return Picker()


def is_official(name: str, role: str | None, kind: str | None) -> bool:
    """Whether a source speaks for a state, an army, the police, a court or the like, as its name and role say."""
    if kind in ("outlet", "author", "document", "unknown", None):
        return False
    said = role or "" if kind == "person" and role else f"{name} {role or ''}"
    return bool(_OFFICIAL.search(said)) and not re.search(r"\b(?:former|retired|candidate|nominee)\b", said, re.I)
