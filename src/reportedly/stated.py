"""What a report itself says about how accounts stand to each other: "was backed up by", "denied that", "at odds with".

Whom such words join is read from the sentence: the source before them and the source behind them, each by the claim of
theirs that stands nearest; where one side names nobody ("that assessment", "the report"), the claim before it is meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .claims import sentences
from .records import Claim, RelationKind, Report, Span

NEAR = 1500  # characters within which a claim may be what such words speak of
_WHAT = (
    r"(?:that|this|the|those|his|her|their) (?:claim|account|assessment|report|version|story|view|allegation|rumou?r)s?"
)
_SUPPORTS = re.compile(
    rf"\b(?:back(?:s|ed|ing)? (?:up )?(?:by\b|{_WHAT})|echo(?:es|ed|ing)?(?: by)?|corroborat(?:es|ed|ing)(?: by)?"
    r"|confirm(?:s|ed|ing) by|borne out by|bears? out|in line with|consistent with|vindicat(?:es|ed|ing)"
    rf"|(?:agree(?:s|d|ing)?|seem(?:s|ed) to agree|concur(?:s|red)?) with|support(?:s|ed|ing)? {_WHAT})\b",
    re.I,
)
_DISPUTES = re.compile(
    r"\b(?:contradict(?:s|ed|ing)?(?: by)?|at odds with|contrary to|inconsistent with|reports? to the contrary"
    r"|(?:hard|difficult)(?: to)? square with|disput(?:es|ed|ing)(?: by| (?:that|this|the|those|his|her|their))?"
    r"|refut(?:es|ed|ing)(?: by)?|rebut(?:s|ted|ting)?|reject(?:s|ed|ing) (?:that|this|the|those|his|her|their)"
    r"|dismiss(?:es|ed|ing) (?:that|this|the|those|his|her|their|it|them)|cast(?:s|ed)? doubt (?:on|over)"
    r"|more (?:upbeat|optimistic|scathing|cautious|pessimistic)(?: \w+){0,2} than"
    r"|despite (?:the )?(?:claim|report|assurance|rumou?r)s?|took issue with|push(?:es|ed)? back (?:on|against))\b",
    re.I,
)
_REFERS = re.compile(
    r"[\W_]*(?:that|it|this|so|them|any of it"
    r"|(?:the|those|these) (?:claim|report|charge|allegation|accusation|rumou?r)s?)[\W_]*",
    re.I,
)
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject|dismiss|disput|refut|rebut)\w*", re.I)
_AGREEING = re.compile(r"\b(?:confirm|agree|concur|acknowledg|admit)\w*", re.I)


class Stated(NamedTuple):
    """Two claims that a report says stand so to each other, and its words for it."""

    a: str
    b: str
    kind: RelationKind
    spans: tuple[Span, ...]


def stated_in(report: Report, claims: Sequence[Claim]) -> list[Stated]:
    """What a report says of how its claims stand to each other, in the order of its text."""
    out: list[Stated] = []
    if not claims:
        return out
    ordered = sorted(claims, key=lambda c: c.spans[0].start)
    mentions = sorted((m.start, m.end, s.id) for s in report.sources for m in s.mentions)
    for start, end in sentences(report.text):
        for kind, pattern in (("supports", _SUPPORTS), ("disputes", _DISPUTES)):
            for m in pattern.finditer(report.text, start, end):
                if pair := _joined(ordered, mentions, (start, end), m.span()):
                    out.append(Stated(*pair, kind, (report.document.span(*m.span()),)))  # type: ignore[arg-type]
    out += _referring(report, ordered)
    seen: set[tuple[str, str]] = set()
    kept = []
    for s in out:
        key = (min(s.a, s.b), max(s.a, s.b))
        if key not in seen:
            seen.add(key)
            kept.append(s)
    return kept


def _joined(
    claims: Sequence[Claim],
    mentions: Sequence[tuple[int, int, str]],
    sentence: tuple[int, int],
    words: tuple[int, int],
) -> tuple[str, str] | None:
    """The two claims that a sentence's words join."""
    left = [s for a, b, s in mentions if sentence[0] <= a and b <= words[0]]
    right = [s for a, b, s in mentions if words[1] <= a and b <= sentence[1]]
    near = [c for c in claims if abs(c.spans[0].start - words[0]) < NEAR]
    one = _claim_of(left[-1], near, words[0], False) if left else _before(near, sentence[0], None)
    if one is None:
        return None
    other = _claim_of(right[0], near, words[1], True) if right and right[0] != one.speaker else None
    other = other or _before(near, min(sentence[0], one.spans[0].start), one.speaker)
    if other is None or other.id == one.id or other.speaker == one.speaker:
        return None
    return one.id, other.id


def _claim_of(source: str, claims: Sequence[Claim], place: int, ahead: bool) -> Claim | None:
    """The claim of a source nearest to a place, on the side where it is looked for if there is one."""
    own = [c for c in claims if c.speaker == source]
    side = [c for c in own if (c.spans[0].start >= place) == ahead]
    return min(side or own, key=lambda c: abs(c.spans[0].start - place), default=None)


def _before(claims: Sequence[Claim], place: int, other_than: str | None) -> Claim | None:
    """The last claim before a place that somebody is said to have made, and not by a certain source."""
    theirs = [c for c in claims if c.attribution and (not other_than or c.speaker != other_than)]
    own = [c for c in theirs if c.spans[-1].end <= place]
    return max(own, key=lambda c: c.spans[-1].end, default=None)


def _referring(report: Report, claims: Sequence[Claim]) -> Iterator[Stated]:
    """Attributions whose content only points back: "denied that", "confirmed the report"."""
    inside = {a.id: a for a in report.attributions}
    starts = [c.spans[0].start for c in claims]
    for claim in claims:
        a = inside.get(claim.attribution or "")
        if a is None or not _REFERS.fullmatch(" ".join(s.text for s in a.content)):
            continue
        cue = " ".join(s.text for s in a.cue)
        kind: RelationKind | None = "supports" if _AGREEING.search(cue) else None
        kind = "disputes" if _DENYING.search(cue) else kind
        at = min(a.cue[0].start, a.content[0].start)
        earlier = claims[: bisect_right(starts, at)]
        if kind and (meant := _before([c for c in earlier if at - c.spans[0].start < NEAR], at, claim.speaker)):
            yield Stated(claim.id, meant.id, kind, (*a.cue, *a.content))
