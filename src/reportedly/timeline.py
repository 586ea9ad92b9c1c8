"""A brief -> when things are said to have happened against when that was said, as values and as a drawing.

The drawing's axis is shortened, not to scale: a step between two days that are named grows with the logarithm of the
days between, so that 1961 does not squeeze this week; where long stretches are left out, words say how long.
"""

import math
import re
from bisect import bisect_left
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, time
from itertools import pairwise
from typing import Literal, NamedTuple

from .brief import LONGEST_NAME, Teller, counted, short
from .datelines import datelines
from .records import Brief, Claim, Position, Span
from .times import Time, day_of, times_in

EACH = 4  # times of a claim that are taken, the first ones
SAYING = 48  # characters before a time in which a verb of saying makes it the time of the saying

LEFT, RIGHT, TOP = 230, 40, 64  # pixels: the names of rows, the margin, the axis
NAMES = 186  # of LEFT: where the names of rows end
WIDE, STEP = 838, 26  # the axis: at most, and for a day; all of it is 1120 wide, as a page is
LANE, PAD = 18, 10  # a lane of marks in a row, the space about a row
DOT, GAP = 12, 4  # a mark that is a day, the least space between two marks
LETTER, LETTERS = 7, 26  # a letter is about so wide; so many of a row's name
BROKEN = 31  # days of a step from which on the axis counts as broken
NAMED = 4  # breaks that are told in words


class Entry(NamedTuple):
    """A claim that names a time. said: the day its report was published, or last changed where it is a later version;
    happened from first to last; span: the words of the document that name it. question, account: where it is part of
    one."""

    claim: str
    document: str
    outlet: str
    who: str
    words: str
    position: Position
    said: date | None
    first: date
    last: date
    approximate: bool
    at: time | None
    span: Span
    question: str | None = None
    account: str | None = None


class Issue(NamedTuple):
    """A report of the brief by the day it was published; None where that is not known."""

    document: str
    outlet: str
    title: str
    said: date | None


class Timeline(NamedTuple):
    """What is said to have happened, the earliest first, and the reports in the order of publication. timeless: how
    many claims name no time that could be placed."""

    entries: tuple[Entry, ...]
    reports: tuple[Issue, ...]
    timeless: int


def timeline(brief: Brief, rejected: Collection[str] = ()) -> Timeline:
    """Each claim with the times that its own words name; "said on Tuesday" tells of the saying and is left out.
    rejected: ids of claims that are left out, as somebody says that they are none."""
    teller = Teller(brief)
    within = {c: (q.id, a.id) for q in reversed(brief.questions) for a in q.accounts for c in a.claims}
    claims: dict[str, list[Claim]] = defaultdict(list)
    for c in brief.claims:
        if c.id not in rejected:
            claims[c.document].append(c)
    entries: list[Entry] = []
    for d in brief.documents:
        if not claims[d.id]:
            continue
        named = [t for t in times_in(d.text, teller.day(d)) if not _of_saying(d.text, t)]
        for c in claims[d.id]:
            question, account = within.get(c.id, (None, None))
            entries += (
                Entry(
                    c.id, d.id, teller.shown(d), short(teller.who(c), LONGEST_NAME), short(c.text), c.position,
                    day_of(teller.day(d)), t.first, t.last, t.approximate, t.at, Span(t.start, t.end, t.text), question,
                    account,
                )
                for t in _own(c, named)
            )  # fmt: skip
    placed = {e.claim for e in entries}
    reports = (Issue(d.id, teller.shown(d), short(d.title or ""), day_of(teller.day(d))) for d in brief.documents)
    return Timeline(
        tuple(sorted(entries, key=_order)),
        tuple(sorted(reports, key=lambda r: (r.said or date.max, r.outlet, r.document))),
        sum(c.id not in placed for own in claims.values() for c in own),
    )


_SAYING = re.compile(
    r"\b(?:said|says|told|added|announced|wrote|tweeted|posted|confirmed|according to)\b"
    r"(?:\s+(?!that\b)[\w’'-]+){0,3}\s+\Z"
)


def _of_saying(text: str, t: Time) -> bool:
    """Whether a time tells when something was said or written: "the mayor said on Tuesday", "CORVALE, Nov 19 –"."""
    before = text[max(0, t.start - SAYING) : t.start]
    return _SAYING.search(before) is not None or any(start <= t.start < end for start, end in datelines(text))


def _own(claim: Claim, named: Sequence[Time]) -> list[Time]:
    """The first times that lie in a claim's words."""
    inside: list[Time] = []
    for s in claim.spans:
        low = bisect_left(named, s.start, key=lambda t: t.start)
        inside += (t for t in named[low : low + EACH] if t.end <= s.end)
    return inside[:EACH]


def _order(e: Entry) -> tuple[date, time, date, date, str, str, int]:
    return e.first, e.at or time.min, e.last, e.said or date.max, e.outlet, e.claim, e.span.start


# The drawing


Shape = Literal["dot", "bar"]


class Mark(NamedTuple):
    """A claim as it is drawn. x: its left end; y: its middle; width: of a bar, DOT of a dot. open: it had not
    happened yet; rough: its time is approximate. told: all of it in words."""

    claim: str
    document: str
    x: int
    y: int
    width: int
    shape: Shape
    open: bool
    rough: bool
    position: Position
    told: str


class Row(NamedTuple):
    """The reports of an outlet of one day. y, height: of its stripe; said: where its day lies on the axis, None where
    that is not known."""

    y: int
    height: int
    day: str
    outlet: str
    whole: str
    said: int | None


class Tick(NamedTuple):
    """A day of the axis; width: how wide its label is taken to be, x its middle."""

    x: int
    label: str
    width: int


class Break(NamedTuple):
    """Where the axis is broken, and what is left out: "46 years"; labelled: whether there is room for these words."""

    x: int
    told: str
    labelled: bool


class Drawing(NamedTuple):
    """A timeline as it is drawn, sizes in pixels; axis: where it lies. left_out: times for which there was no room;
    words: what the axis means, to be read beside it; names: where the names of rows end."""

    width: int
    height: int
    axis: int
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[Break, ...]
    left_out: int
    words: str
    names: int = NAMES


def drawn(timeline: Timeline, most: int = 60) -> Drawing:
    """The timeline with at most so many marks: those of questions first, then those nearest to the reports' days."""
    kept = sorted(sorted(timeline.entries, key=_weight)[:most], key=_order)
    days = {d for e in kept for d in (e.first, e.last)} | {e.said for e in kept if e.said}
    place = _axis(sorted(days))
    rows: list[Row] = []
    marks: list[Mark] = []
    y = TOP
    for (said, outlet), entries in _by_row(kept):
        lanes: list[int] = []
        for e in entries:
            mark = _mark(e, place)
            lane = next((n for n, end in enumerate(lanes) if end + GAP <= mark.x), len(lanes))
            lanes[lane:] = [mark.x + mark.width, *lanes[lane + 1 :]]
            marks.append(mark._replace(y=y + PAD + lane * LANE + LANE // 2))
        height = 2 * PAD + len(lanes) * LANE
        name = outlet if len(outlet) <= LETTERS else outlet[: LETTERS - 1].rstrip() + "…"
        rows.append(Row(y, height, _in_words(said) if said else "no date", name, outlet, place[said] if said else None))
        y += height
    gaps = _gaps(kept, place)
    left_out = len(timeline.entries) - len(kept)
    return Drawing(
        max(place.values(), default=LEFT) + DOT + RIGHT, y + PAD, TOP - PAD, tuple(marks), tuple(rows),
        tuple(_ticks(kept, place)), tuple(_breaks(gaps, place)), left_out, _words(kept, gaps, left_out),
    )  # fmt: skip


def _weight(e: Entry) -> tuple[bool, int, date, str, int]:
    """Least for what is drawn first."""
    return e.question is None, abs((e.said - e.first).days) if e.said else 0, e.first, e.claim, e.span.start


def _by_row(entries: Iterable[Entry]) -> Iterator[tuple[tuple[date | None, str], list[Entry]]]:
    """The entries by day of publication and outlet, each list in the order of what happened."""
    rows: dict[tuple[date | None, str], list[Entry]] = defaultdict(list)
    for e in entries:
        rows[e.said, e.outlet].append(e)
    yield from sorted(rows.items(), key=lambda r: (r[0][0] or date.max, r[0][1]))


def _axis(days: Sequence[date]) -> dict[date, int]:
    """Where each day lies: each step as long as the logarithm of its days."""
    steps = [1 + math.log2((b - a).days) / 2 for a, b in pairwise(days)]
    step = min(STEP, WIDE / max(1.0, sum(steps)))
    x, place = float(LEFT), dict.fromkeys(days[:1], LEFT)
    for day, length in zip(days[1:], steps, strict=True):
        x += step * length
        place[day] = round(x)
    return place


def _mark(e: Entry, place: dict[date, int]) -> Mark:
    """An entry as it is drawn, y to be set; it stands to the right of where its first day begins."""
    x, day = place[e.first], e.first == e.last
    width = DOT if day else max(DOT + GAP, place[e.last] - x + DOT)
    at = f" at {e.at:%H:%M}" if e.at and day else ""
    when = days_in_words(e.first, e.last) + at
    said = f", {_in_words(e.said)}" if e.said else ""
    stance = "" if e.position == "asserts" else f" {e.position}"
    told = f"{'about ' if e.approximate else ''}{when}: {e.who}{stance} ({e.outlet}{said}): {e.words}"
    return Mark(
        e.claim, e.document, x, 0, width, "dot" if day else "bar", _ahead(e), e.approximate, e.position,
        told,
    )  # fmt: skip


def _ahead(e: Entry) -> bool:
    """Whether it had not happened yet when it was said."""
    if e.said is None:
        return e.position == "predicts"
    return e.first > e.said or (e.position == "predicts" and e.last >= e.said)


def _ticks(entries: Sequence[Entry], place: dict[date, int]) -> list[Tick]:
    """Labels for the days on which most begins, as far as they do not run into each other: "1961", "March 2012",
    "19 Nov 2024"."""
    long: dict[date, int] = {}
    begun: Counter[date] = Counter()
    for e in entries:
        length = (e.last - e.first).days
        long[e.first] = min(long.get(e.first, length), length)
        begun[e.first] += 1
        if e.said:
            long[e.said] = 0
            begun[e.said] += 1
    ticks: list[Tick] = []
    for day in sorted(begun, key=lambda d: (-begun[d], d)):
        label = _label(day, long[day])
        tick = Tick(place[day] + DOT // 2, label, len(label) * LETTER)
        if all(abs(t.x - tick.x) >= (t.width + tick.width) / 2 + GAP for t in ticks):
            ticks.append(tick)
    return sorted(ticks)


def _gaps(entries: Sequence[Entry], place: Iterable[date]) -> list[tuple[date, date]]:
    """Long steps of the axis in which no bar lies, the longest first."""
    steps = (s for s in pairwise(place) if (s[1] - s[0]).days > BROKEN)
    free = [(a, b) for a, b in steps if not any(e.first <= a and b <= e.last for e in entries)]
    return sorted(free, key=lambda s: (s[0] - s[1], s[0]))


def _breaks(gaps: Iterable[tuple[date, date]], place: dict[date, int]) -> list[Break]:
    """Where the axis is broken; the longest gaps are labelled first."""
    out: list[Break] = []
    for a, b in gaps:
        told, x = _long((b - a).days), (place[a] + place[b] + DOT) // 2
        room = all(abs(o.x - x) >= (len(o.told) + len(told)) * LETTER / 2 + GAP for o in out if o.labelled)
        out.append(Break(x, told, room))
    return sorted(out)


def _label(day: date, long: int) -> str:
    """A day as precisely as what begins there is told."""
    if long >= 364 and (day.month, day.day) == (1, 1):
        return str(day.year)
    return f"{day:%b} {day.year}" if long >= 27 and day.day == 1 else f"{day.day} {day:%b} {day.year}"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def days_in_words(first: date, last: date) -> str:
    """From one day to another, as people write it: "1961", "March 2024", "18 to 20 November 2024"."""
    if first == last:
        return _in_words(first)
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    end = f"{last:%B} {last.year}" if whole else _in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return end if whole else f"{first.day} to {end}"
    start = f"{first:%B}" if whole else f"{first.day} {first:%B}"
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


def _long(days: int) -> str:
    """So many days, roughly."""
    if days >= 2 * 365:
        return counted(round(days / 365.25), "year")
    return counted(round(days / 30.44), "month")


def _words(entries: Sequence[Entry], gaps: Sequence[tuple[date, date]], left_out: int) -> str:
    """What the axis means."""
    if not entries:
        return "No claim names a time that could be placed."
    out = ["From left to right when things are said to have happened, from top to bottom when that was published."]
    out.append("The axis is not to scale: the longer a time of which nothing is told, the more it is shortened.")
    if gaps:
        told = "; ".join(
            f"{_long((b - a).days)} from {_in_words(a)} to {_in_words(b)}" for a, b in sorted(gaps[:NAMED])
        )
        more = f"; and {len(gaps) - NAMED} more" if len(gaps) > NAMED else ""
        out.append(f"It is broken at {counted(len(gaps), 'place')}: {told}{more}.")
    if left_out:
        verb = "is" if left_out == 1 else "are"
        out.append(f"{counted(left_out, 'time')} for which there was no room {verb} left out.")
    return " ".join(out)
