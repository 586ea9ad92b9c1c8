"""Document -> Attributions: who, by which words, says what, at exact character offsets.

A text is cut into word pieces and read in overlapping windows (`pieces.py`). In each window the finder model tags cues;
for every cue in the window's core the linker model labels the window's words as source, content or neither. Every cue
belongs to one core, so nothing is found twice and nothing is left out. Attributions inside another's content carry the
id of the one around them.

The models are trained by `training/run.sh`; at run time onnxruntime, tokenizers and numpy are all there is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from tokenizers import Tokenizer

from .addressee import addressee_of
from .arrays import Bools, Floats, Ints, Longs, softmax
from .datelines import datelines
from .engine import session
from .headings import breaks
from .pieces import Pieces, Window, cut, framed, vectors_of, windows
from .quotation import Places, overlapping, quoted, speech_of
from .records import Attribution, Document, Span

See = Callable[[Pieces, Window, Floats], None]

_SENTENCE_END = re.compile(r"[.!?…][”\"’')]*(?=\s|\Z)|[\n\r]")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|[’']s|[’']re)\s+(?:\w+\s+)?(?:believed|thought|said|reported|understood|alleged|rumou?red|feared"
    r"|claimed|known|considered|suspected|expected|seen|accused|critici[sz]ed|identified)$",
    re.I,
)
MODELS = Path(__file__).parent / "models" / "reader"
LONG_QUOTATION = 400  # characters: shorter ones the linker sees whole, and knows better (.2 points of F1)
EDGE = 2  # words at a window's edge: a content that reaches them may go on beyond
WINDOWS_AT_ONCE = 64  # whose cues are decided together
LONGEST_TAIL = 5000  # characters by which a content may grow beyond its labels
_NOT_FIRST = ".,;:!?) \n"
NEITHER, SOURCE, CONTENT = range(3)
_NO_ROLE = np.array([1.0, 0.0, 0.0], np.float32)  # of a word of the cue itself
_SURELY_NEITHER = 0.9
_HOLE = 0.5  # what log odds count for that speak against a word in a source (chosen on PolNeAR train)
_ARTICLES = frozenset(("a", "an", "the"))  # alone, they name nobody


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the models' scores become attributions; chosen on dev by `training/tune_reader.py`, kept in the card.

    cue: least probability, somewhere in a cue, that it is one; cue_edge: least probability of each of its words. keep,
    keep_nested: least confidence of an attribution. switch: cost of each change between content and neither along the
    words. overlap: share of the smaller content beyond which two attributions are one. weights: of the logistic
    regression that gives the confidence, its constant first.
    """

    cue: float = 0.2
    cue_edge: float = 0.3
    keep: float = 0.0
    keep_nested: float = 0.0
    switch: float = 1.0
    overlap: float = 0.5
    weights: tuple[float, ...] = ()


class Found(NamedTuple):
    """A cue with what the linker made of it: word indices, the features its confidence is computed from, and the first
    and last word of the window it was seen in."""

    cue: Ints
    source: Ints
    content: Ints
    nested: bool
    features: Floats
    seen: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text: start, end are character offsets; first is the index of a word's first piece."""

    start: Ints
    end: Ints
    first: Ints


def words_of(pieces: Pieces) -> Words:
    """The words that pieces belong to; a word's number is its place in these arrays."""
    if not len(pieces):
        return Words(pieces.start, pieces.end, pieces.ids)
    first = np.flatnonzero(np.append(True, pieces.word[1:] != pieces.word[:-1])).astype(np.int32)
    last = np.append(first[1:], len(pieces)) - 1
    return Words(pieces.start[first], pieces.end[last], first)


class Reader:
    """The reader with its models loaded; one may serve many documents, one after another."""

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        """`threads`: how many processor threads one reading may use."""
        self.finder, self.linker = (session(folder / f"{name}.onnx", threads) for name in ("finder", "linker"))
        self.vectors = vectors_of(folder)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        card = msgspec.json.decode((folder / "card.json").read_bytes())
        self.settings = msgspec.convert(card["settings"], Settings)
        self.pieces = str(card["files"]["pieces.npy"])  # digest of the vectors of pieces, which the judge reads too

    def read(
        self, document: Document, progress: Callable[[int, int], None] | None = None, see: See | None = None
    ) -> tuple[Attribution, ...]:
        """Every attribution of the document, in the order of their first characters. `progress` is called with
        (pieces read, pieces in all) after every window, and `see` with each window and the encoder's states of it."""
        text = document.text
        pieces = cut(text, self.tokenizer)
        words = words_of(pieces)
        return assemble(document, words, self.found(text, pieces, words, progress, see), self.settings)

    def found(
        self,
        text: str,
        pieces: Pieces,
        words: Words,
        progress: Callable[[int, int], None] | None = None,
        see: See | None = None,
    ) -> list[Found]:
        """Every cue of a text with what is its own, however unsure."""
        out: list[Found] = []
        linked: list[Linked] = []
        for window in windows(pieces, text):
            linked += self.look(pieces, words, window, see)
            if len(linked) == WINDOWS_AT_ONCE:
                out += decided(linked, self.settings.switch)
                linked.clear()
            if progress:
                progress(window.core_end, len(pieces))
        return out + decided(linked, self.settings.switch)

    def look(self, pieces: Pieces, words: Words, window: Window, see: See | None = None) -> "list[Linked]":
        """What the models make of one window: nothing where no cue lies in its core."""
        ids, features = framed(pieces, window)
        tags, context, *states = self.finder.run(
            ["tags", "context", "states"] if see else ["tags", "context"],
            {"vectors": self.vectors[ids], "features": features},
        )
        if see:
            see(pieces, window, states[0])
        # Words whose first piece lies in the window; a word cut by the window's edge belongs to the neighbour.
        low, high = np.searchsorted(words.first, (window.start, window.end))
        at = words.first[low:high] - window.start + 1
        if not len(at):
            return []
        core_low, core_high = np.searchsorted(words.first, (window.core_start, window.core_end)) - low
        cues = find_cues(tags[0][at], self.settings)
        cues = [c for c in cues if core_low <= c.start < core_high]
        if not cues:
            return []
        ends = np.append(at[1:], window.end - window.start + 1)
        starts = at[[c.start for c in cues]].astype(np.int64)
        stops = ends[[c.end - 1 for c in cues]].astype(np.int64)
        (roles,) = self.linker.run(None, {"context": context, "start": starts, "end": stops})
        probability = softmax(roles[:, at])
        for i, cue in enumerate(cues):
            probability[i, cue.start : cue.end] = _NO_ROLE
        return [Linked(int(low), cues, probability)]


class Cue(NamedTuple):
    """A cue found in a window: words [start, end), its probability, and whether it lies within another's content."""

    start: int
    end: int
    probability: float
    nested: bool


class Linked(NamedTuple):
    """The cues of a window, which begins with word `low`, and the probability of each word's roles as seen from each:
    [cues, words, 3]."""

    low: int
    cues: list[Cue]
    probability: Floats


def find_cues(tags: Floats, settings: Settings) -> list[Cue]:
    """Cues from the finder's scores [words, 6]: runs of words likely to be in a cue, parted where one begins anew."""
    out = []
    probability = softmax(tags.reshape(-1, 2, 3))
    likely = 1 - probability[..., 0]
    anew = probability[..., 1] >= probability[..., 2]
    for nested in (0, 1):
        on = np.flatnonzero(likely[:, nested] >= settings.cue_edge)
        if not len(on):
            continue
        parted = np.append(True, on[1:] - on[:-1] != 1) | anew[on, nested]
        starts = np.flatnonzero(parted)
        peaks = np.maximum.reduceat(likely[on, nested], starts)
        lasts = on[np.append(starts[1:], len(on)) - 1]
        for start, last, peak in zip(on[starts].tolist(), lasts.tolist(), peaks.tolist(), strict=True):
            if peak >= settings.cue:
                out.append(Cue(start, last + 1, peak, nested == 1))
    return out


def best_roles(probability: Floats, switch: float, lengths: Longs | None = None) -> Longs:
    """The best roles of words in a row, [cues, words, 3] -> [cues, words]; every step between content and neither costs
    `switch`, so that contents do not fray; short sources cost nothing (Viterbi 1967). lengths: how many words each row
    has, where they differ.

    Only the stretch of words that may have a role is looked at, which is a third of a window: the rest has none."""
    cues, n, k = probability.shape
    likely = probability[..., NEITHER] < _SURELY_NEITHER
    some = np.asarray(likely.any(1))
    first = np.maximum(likely.argmax(1) - 1, 0)
    length = int(np.where(some, n - likely[:, ::-1].argmax(1) - first + 1, 1).max())
    places = first[:, None] + np.arange(length)
    inside = places < (np.full(cues, n) if lengths is None else lengths)[:, None]
    gain = np.log(np.take_along_axis(probability, np.minimum(places, n - 1)[..., None], 1) + 1e-9)
    gain[~inside] = 0  # beyond the last word every role is as good
    gain = np.ascontiguousarray(gain.transpose(1, 2, 0))
    cost = np.zeros((k, k, 1), np.float32)
    cost[NEITHER, CONTENT] = cost[CONTENT, NEITHER] = switch
    total = np.empty_like(gain)  # [places, roles, cues]
    total[0] = gain[0]
    ways = np.empty((k, k, cues), np.float32)
    for i in range(1, length):
        np.subtract(total[i - 1, :, None], cost, out=ways)
        np.add(np.maximum.reduce(ways), gain[i], out=total[i])
    back = (total[:-1, :, None] - cost).argmax(1)
    best = np.empty((length, cues), np.int64)
    best[-1] = total[-1].argmax(0)
    every = np.arange(cues)
    for i in range(length - 1, 0, -1):
        best[i - 1] = back[i - 1, best[i], every]
    out = np.zeros((cues, n), np.int64)
    inside &= some[:, None]
    out[np.nonzero(inside)[0], places[inside]] = best.T[inside]
    return out


def decided(linked: Sequence[Linked], switch: float) -> list[Found]:
    """The outcome of every cue of some windows. All are decided at once: a step along the words costs as much for one
    cue as for a hundred, and window by window this was an eighth of the reading."""
    if not linked:
        return []
    cues = [(cue, window.low) for window in linked for cue in window.cues]
    lengths = np.concatenate([np.full(len(w.cues), w.probability.shape[1]) for w in linked])
    probability = np.zeros((len(cues), int(lengths.max()), 3), np.float32)
    probability[..., NEITHER] = 1
    at = 0
    for window in linked:
        c, n, _ = window.probability.shape
        probability[at : at + c, :n] = window.probability
        at += c
    roles = best_roles(probability, switch, lengths)
    content, source = roles == CONTENT, roles == SOURCE
    _one_phrase(source, content, probability)
    real = np.arange(1, content.shape[1]) < lengths[:, None]
    edges = (content[:, 1:] != content[:, :-1]) & real
    sure = np.log(probability.max(-1) + 1e-6)
    contents, sources, turns = content.sum(1), source.sum(1), 2 * edges.sum(1)

    def mean(values: Floats, of: Bools, counts: Longs) -> Floats:
        return np.asarray(np.where(of, values, 0).sum(1) / np.maximum(counts, 1), np.float32)

    no_source = np.log(1 - probability[..., SOURCE].max(1) + 1e-6)
    seen = np.array([cue.probability for cue, _ in cues])
    features = np.stack(
        [
            np.log(seen / (1 - seen + 1e-4)),
            np.where(contents > 0, mean(np.log(probability[..., CONTENT] + 1e-6), content, contents), -5.0),
            mean(sure[:, :-1], edges, turns) + mean(sure[:, 1:], edges, turns),
            np.where(sources > 0, mean(np.log(probability[..., SOURCE] + 1e-6), source, sources), no_source),
            sources > 0,
            [cue.nested for cue, _ in cues],
            np.log1p(contents),
        ],
        1,
    ).astype(np.float32)
    return [
        Found(
            cue=np.arange(low + cue.start, low + cue.end, dtype=np.int32),
            source=(np.flatnonzero(source[i]) + low).astype(np.int32),
            content=(np.flatnonzero(content[i]) + low).astype(np.int32),
            nested=cue.nested,
            features=features[i],
            seen=(low, low + int(lengths[i]) - 1),
        )
        for i, (cue, low) in enumerate(cues)
    ]


def _one_phrase(source: Bools, content: Bools, probability: Floats) -> None:
    """A source is one phrase (all but 9 of 18,346 in PolNeAR train). Of one in parts the likeliest word stays, with the
    stretch around it whose log odds have the greatest sum; what lies in that is no content, unless it is all of it.
    Both arrays are changed, a row for each cue."""
    parts = (source[:, 1:] & ~source[:, :-1]).sum(1) + source[:, 0]
    for i in np.flatnonzero(parts > 1).tolist():
        p = probability[i] + 1e-6
        odds = np.log(p[:, SOURCE]) - np.log(np.maximum(p[:, NEITHER], p[:, CONTENT]))
        odds[odds < 0] *= _HOLE
        odds[probability[i, :, NEITHER] == 1] = -np.inf  # of the cue
        best = int(np.where(source[i], p[:, SOURCE], 0).argmax())
        phrase = _stretch(odds, best)
        if content[i, phrase].sum() == content[i].sum():
            odds[content[i]] = -np.inf
            phrase = _stretch(odds, best)
        source[i] = False
        source[i, phrase] = True
        content[i, phrase] = False


def _stretch(odds: Floats, best: int) -> slice:
    """The stretch around a word whose odds have the greatest sum."""
    before, behind = np.cumsum(odds[best::-1]), np.cumsum(odds[best:])
    return slice(best - int(before.argmax()), best + int(behind.argmax()) + 1)


def confidence(found: Found, settings: Settings) -> float:
    """The calibrated probability that a careful reader marks this attribution (logistic regression, weights on dev)."""
    if not settings.weights:
        return float(1 / (1 + np.exp(-found.features[0])))
    z = settings.weights[0] + float(np.dot(settings.weights[1:], found.features))
    return float(1 / (1 + np.exp(-z)))


def assemble(document: Document, words: Words, found: Sequence[Found], settings: Settings) -> tuple[Attribution, ...]:
    """Attributions from what the windows found: the unsure dropped, doubles joined, spans cut, nesting worked out."""
    rated = [(confidence(x, settings), x) for x in found if len(x.content)]
    kept = [(c, x) for c, x in rated if c >= (settings.keep_nested if x.nested else settings.keep)]
    kept = [(c, _passive(document.text, words, x)) for c, x in _join_doubles(kept, settings.overlap)]
    text, marks, ends = document.text, quoted(document.text), breaks(document.text)
    openings = datelines(text)
    out = []
    for sure, x in kept:
        cue = _spans(document, words, x.cue)
        content = _trim(document, _spans(document, words, x.content), openings)
        content = _whole(document, content, cue[0], words, x.seen, marks)
        content = _to_breaks(document, content, cue, ends)
        source = _spans(document, words, x.source)
        source = _trim(document, source, openings) or _trim(document, source)
        source = _to_breaks(document, source, cue, ends)
        source = tuple(s for s in source if s.text.lower() not in _ARTICLES)
        if not content:
            continue
        places = [(s.start, s.end) for s in content]
        out.append(
            Attribution.of(
                document, cue, source, content,
                addressee=addressee_of(document, cue, source, content),
                speech=speech_of(text, [(s.start, s.end) for s in cue], places, marks),
                confidence=round(sure, 3),
            )
        )  # fmt: skip
    out.sort(key=lambda a: (min(s.start for s in a.spans()), a.cue[0].start))
    return tuple(_nest(out))


def _join_doubles(rated: list[tuple[float, Found]], overlap: float) -> list[tuple[float, Found]]:
    """Where two attributions share a cue's word, or two of one depth claim the same content, the surer one stays."""
    out: list[tuple[float, Found]] = []
    cues: set[int] = set()
    taken: dict[tuple[bool, int], list[int]] = {}
    for sure, x in sorted(rated, key=lambda r: -r[0]):
        rivals = {i for w in x.content.tolist() for i in taken.get((x.nested, w), ())}
        size = len(x.content)
        if not cues.isdisjoint(x.cue.tolist()) or any(
            len(np.intersect1d(x.content, out[i][1].content)) > overlap * min(size, len(out[i][1].content))
            for i in rivals
        ):
            continue
        cues.update(x.cue.tolist())
        for w in x.content.tolist():
            taken.setdefault((x.nested, w), []).append(len(out))
        out.append((sure, x))
    return out


def _passive(text: str, words: Words, found: Found) -> Found:
    """In "X is believed to be ...", whom the cue has before it is not who believes: X is part of what is believed."""
    cue, source = found.cue, found.source
    if not len(source) or source[-1] >= cue[0]:
        return found
    behind = text[words.end[cue[-1]] : words.end[cue[-1]] + 4].strip().lower()
    if behind.startswith("by") or not _PASSIVE.search(text[words.start[cue[0]] : words.end[cue[-1]]]):
        return found
    subject = text[words.start[source[0]] : words.end[source[-1]]].lower()
    content = found.content if subject in ("it", "there") else np.union1d(source, found.content).astype(np.int32)
    return found._replace(source=source[:0], content=content)


def _spans(document: Document, words: Words, chosen: Ints) -> tuple[Span, ...]:
    """The spans of runs of neighbouring words."""
    if not len(chosen):
        return ()
    if chosen[-1] - chosen[0] == len(chosen) - 1:  # nine in ten
        return (document.span(int(words.start[chosen[0]]), int(words.end[chosen[-1]])),)
    breaks = np.flatnonzero(chosen[1:] - chosen[:-1] != 1).tolist()
    starts, ends = chosen[[0, *(i + 1 for i in breaks)]], chosen[[*breaks, -1]]
    places = zip(words.start[starts].tolist(), words.end[ends].tolist(), strict=True)
    return tuple(document.span(s, e) for s, e in places)


def _trim(document: Document, spans: tuple[Span, ...], openings: Sequence[tuple[int, int]] = ()) -> tuple[Span, ...]:
    """Datelines and marks that no span begins with cut off; spans without a letter or digit dropped, and those of an
    article alone where there are others."""
    out = []
    for span in spans:
        begin = next((end for start, end in openings if start <= span.start < end), span.start)
        start = max(begin, span.end - len(document.text[begin : span.end].lstrip(_NOT_FIRST)))
        if any(c.isalnum() for c in document.text[start : span.end]):
            out.append(document.span(start, span.end))
    return tuple(s for s in out if s.text.lower() not in _ARTICLES) or tuple(out)


def _whole(
    document: Document, content: tuple[Span, ...], cue: Span, words: Words, seen: tuple[int, int], marks: Places
) -> tuple[Span, ...]:
    """A content that has one edge of a long quotation has all of it, however far that reaches; one that runs off the
    words seen goes on to the edge of its sentence. It grows by at most LONGEST_TAIL characters, never over its cue."""
    text = document.text
    for span in content:
        for start, end in overlapping(marks, span.start, span.end):
            has_edge = span.start <= start + 1 or span.end >= end - 1
            if has_edge and LONG_QUOTATION <= end - start <= LONGEST_TAIL and (end <= cue.start or start >= cue.end):
                content = _grown(document, content, start, end)
    if content and seen[0] > 0 and content[0].start <= words.start[min(seen[0] + EDGE, seen[1])]:
        at = content[0].start
        ends = [m.end() for m in _SENTENCE_END.finditer(text, max(0, at - LONGEST_TAIL), at)]
        start = at - len(text[ends[-1] : at].lstrip()) if ends else at
        content = _grown(document, content, max(start, cue.end if cue.end <= at else 0), content[0].end)
    if content and seen[1] < len(words.end) - 1 and content[-1].end >= words.end[max(seen[1] - EDGE, seen[0])]:
        at = content[-1].end
        stop = _SENTENCE_END.search(text, at - 1, min(len(text), at + LONGEST_TAIL))
        end = max(at, stop.start()) if stop else at
        content = _grown(document, content, content[-1].start, min(end, cue.start) if cue.start >= at else end)
    return content


def _to_breaks(
    document: Document, spans: tuple[Span, ...], cue: Sequence[Span], ends: Sequence[int]
) -> tuple[Span, ...]:
    """The spans, each only as far as to the nearest break (`headings.breaks`) on its way from the cue."""
    first, last = cue[0].start, cue[-1].end
    out = []
    for s in spans:
        low, high = bisect_right(ends, s.start), bisect_left(ends, s.end)
        start = ends[high - 1] if low < high and s.end <= first else s.start
        end = len(document.text[: ends[low]].rstrip()) if low < high and s.start >= last else s.end
        if (start, end) != (s.start, s.end):
            s = document.span(start, end)
        if any(map(str.isalnum, s.text)):
            out.append(s)
    return tuple(out)


def _grown(document: Document, spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans with [start, end) made one with those it touches."""
    touched = [s for s in spans if s.start < end and s.end > start]
    whole = document.span(min([start, *(s.start for s in touched)]), max([end, *(s.end for s in touched)]))
    return tuple(sorted([*(s for s in spans if s not in touched), whole]))


def _nest(attributions: list[Attribution]) -> list[Attribution]:
    """Each attribution whose cue and content lie in another's content points to the smallest such."""

    def covers(a: Attribution, b: Attribution) -> bool:
        return all(any(c.start <= s.start and s.end <= c.end for c in a.content) for s in (*b.cue, *b.content))

    def size(a: Attribution) -> int:
        return sum(s.end - s.start for s in a.content)

    def low(a: Attribution) -> int:
        return min(a.cue[0].start, a.content[0].start)

    within: dict[str, str] = {}
    waiting = sorted(attributions, key=lambda a: a.content[0].start, reverse=True)
    open_: list[Attribution] = []  # whose contents have begun and not ended: only these can lie around the next
    for b in sorted(attributions, key=low):
        while waiting and waiting[-1].content[0].start <= low(b):
            open_.append(waiting.pop())
        open_ = [a for a in open_ if a.content[-1].end > low(b)]
        around = [a for a in open_ if size(a) > size(b) and covers(a, b)]
        if around:
            within[b.id] = min(around, key=size).id
    return [msgspec.structs.replace(a, within=within.get(a.id)) for a in attributions]


@cache
def default_reader() -> Reader:
    """The shipped reader, loaded once."""
    return Reader()


__all__ = ["Found", "Reader", "Settings", "assemble", "default_reader"]
