"""What a report itself says about how accounts stand to each other: "was backed up by", "denied that", "at odds with".

Whom such words join is read from the sentence: the source before them and the source behind them, each by the claim of
theirs that stands nearest; where one side names nobody ("that assessment", "the report"), the claim before it is meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from .claims import cue_of, says_something, sentences, words_of_claim
from .negation import negated
from .quantities import quantities
from .records import Attribution, Claim, RelationKind, Report, Span

NOBODY = 150  # characters before a cue in which its sentence says that nobody did so
REACH = 80  # characters before such words in which they are negated
NEAR = 1500  # characters within which a claim may be what such words speak of
_WHAT = (
    r"(?:that|this|the|those|his|her|their) (?:claim|account|assessment|report|version|story|view|allegation|rumou?r)s?"
)
_HIS = r"(?= (?:the|his|her|their)\b)"  # no part of the words: "the club's statement" begins with whose it is
_SUPPORTS = re.compile(
    rf"\b(?:back(?:s|ed|ing)? (?:up )?(?:by\b|{_WHAT})|echo(?:es|ed|ing)?(?: by)?|corroborat(?:es|ed|ing)(?: by)?"
    r"|confirm(?:s|ed|ing) by|borne out by|bears? out|in line with|consistent with|vindicat(?:es|ed|ing)"
    rf"|(?:agree(?:s|d|ing)?|seem(?:s|ed) to agree|concur(?:s|red)?) with|support(?:s|ed|ing)? {_WHAT})\b",
    re.I,
)
_DISPUTES = re.compile(
    r"\b(?:contradict(?:s|ed|ing)?(?: by)?|at odds with|contrary to|inconsistent with|reports? to the contrary"
    r"|(?:hard|difficult)(?: to)? square with|disput(?:es|ed|ing)(?: by| (?:that|this|those))?"
    rf"|refut(?:es|ed|ing)(?: by)?|rebut(?:s|ted|ting)?|reject(?:s|ed|ing)(?: (?:that|this|those)|{_HIS})"
    rf"|dismiss(?:es|ed|ing)(?: (?:that|this|those|it|them)|{_HIS})|cast(?:s|ed)? doubt (?:on|over)"
    r"|more (?:upbeat|optimistic|scathing|cautious|pessimistic)(?: \w+){0,2} than"
    r"|despite (?:the )?(?:claim|report|assurance|rumou?r)s?|took issue with|push(?:es|ed)? back (?:on|against))\b",
    re.I,
)
_REFERS = re.compile(
    r"[\W_]*(?:that|it|this|so|them|any of it|who|whom|which|what|why|how"
    r"|(?:the|those|these) (?:claim|report|charge|allegation|accusation|rumou?r)s?)[\W_]*",
    re.I,
)
# "accused *Velmora of dumping waste*".
_OF_DOING = re.compile(r"\W*(?:[\w’'-]+\s+){0,6}of (?:not )?(?:\w+ly )?(?!\w*thing\b)\w{2,}ing\b", re.I)
_ENDS_IN_WHAT = re.compile(rf"{_WHAT}$", re.I)
_POINTS_BACK = re.compile(  # "disputed *that account*": what was said before is meant
    r"(?:[’']s?)?\s+(?:(?:that|this|the|those|these|his|her|its|their) )?(?:\w+[’']s? )?"
    r"(?:(?:own|first|latest|earlier) )?"
    r"(?:(?P<count>figure|number|toll|count|total|estimate|percentage)|(?:claim|account|assessment|report|version|story"
    r"|view|allegation|accusation|charge|rumou?r|statement|description|conclusion|explanation|suggestion|idea|theory)"
    r"|it|that|this|them)s?\b(?! (?:of|by|from|that)\b)",
    re.I,
)
# "Neither the Bureau nor the police would confirm".
_NOBODY = re.compile(r"\b(?:neither|nobody|no one)\b[^.!?\n]*\Z", re.I)
_NOT_AGREEING = re.compile(r"\b(?:agree|concur|consistent|in line)\w*", re.I)  # which, denied, disputes
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject|dismiss|disput|refut|rebut)\w*", re.I)
_AGREEING = re.compile(r"\b(?:confirm|agree|concur|acknowledg|admit)\w*", re.I)


CLAUSE = 80  # characters of a clause that are told behind such words
_CLAUSE = re.compile(r"[^,.;:!?\n“”\"()]*(?<!\s)")
_Kinds = tuple[tuple[RelationKind, re.Pattern[str]], ...]
_KINDS: _Kinds = (("supports", _SUPPORTS), ("disputes", _DISPUTES))
_BY_CUE: _Kinds = (("supports", _AGREEING), ("disputes", _DENYING))


class Stated(NamedTuple):
    """Two claims that a report says stand so to each other, and its words for it."""

    a: str
    b: str
    kind: RelationKind
    spans: tuple[Span, ...]


def points_back(claim: Claim) -> bool:
    """Whether a claim's words only point back to another: "denied *it*", "rejected *the claim*"."""
    return bool(claim.attribution and _REFERS.fullmatch(words_of_claim(claim)))


def explained(claims: Sequence[Claim], stated: Iterable[Stated]) -> tuple[Claim, ...]:
    """The claims, those that only point back with the words they mean in brackets; where the report does not tell what
    that is, they are left out."""
    by_id = {c.id: c for c in claims}
    meant = {s.a: by_id[s.b].text for s in stated if points_back(by_id[s.a]) and not points_back(by_id[s.b])}
    return tuple(
        msgspec.structs.replace(c, text=f"{c.text} [{meant[c.id]}]") if c.id in meant else c
        for c in claims
        if c.id in meant or not points_back(c)
    )


def stated_in(report: Report, claims: Sequence[Claim]) -> list[Stated]:
    """What a report says of how its claims stand to each other, in the order of its text."""
    out: list[Stated] = []
    if not claims:
        return out
    ordered = sorted(claims, key=lambda c: c.spans[0].start)
    mentions = sorted((m.start, m.end, s.id) for s in report.sources for m in s.mentions)
    for start, end in sentences(report.text):
        for kind, pattern in _KINDS:
            for m in pattern.finditer(report.text, start, end):
                said = _as_said(kind, report.text[max(start, m.start() - REACH) : m.start()], m.group())
                if said and (pair := _joined(report.text, ordered, mentions, (start, end), m.span())):
                    words = report.document.span(m.start(), _whole(report.text, m.end(), end))
                    out.append(Stated(*pair, said, (words,)))
    out += _referring(report, ordered)
    seen: set[tuple[str, str]] = set()
    kept = []
    for s in out:
        key = (min(s.a, s.b), max(s.a, s.b))
        if key not in seen:
            seen.add(key)
            kept.append(s)
    return kept


def _whole(text: str, start: int, end: int) -> int:
    """Where the clause that such words begin ends, or its first words where it is long: what is rejected is told with
    "rejected"."""
    clause = _CLAUSE.match(text, start, min(end, start + CLAUSE + 1))
    stop = clause.end() if clause else start
    if stop > start + CLAUSE:
        stop = max(start, text.rfind(" ", start, stop))
    return stop


def _as_said(kind: RelationKind, before: str, words: str) -> RelationKind | None:
    """What words of agreement or dispute say behind those before them: "did not agree with" disputes, and "was not
    backed up by", "did not deny" say nothing of how the two stand."""
    if not negated(before):
        return kind
    return "disputes" if kind == "supports" and _NOT_AGREEING.search(words) else None


def _joined(
    text: str,
    claims: Sequence[Claim],
    mentions: Sequence[tuple[int, int, str]],
    sentence: tuple[int, int],
    words: tuple[int, int],
) -> tuple[str, str] | None:
    """The two claims that a sentence's words join: of the sources before and behind them. Where nobody is known to be
    named behind, they must point back ("that account") or end there; somebody unknown is not taken for the last one who
    spoke."""
    left = [s for a, b, s in mentions if sentence[0] <= a and b <= words[0]]
    right = [(s, b) for a, b, s in mentions if words[1] <= a and b <= sentence[1]]
    near = [c for c in claims if abs(c.spans[0].start - words[0]) < NEAR]
    one = _claim_of(left[-1], near, words[0], False) if left else _before(near, sentence[0], None)
    if one is None:
        return None
    other = None
    if right and right[0][0] != one.speaker:
        back = _POINTS_BACK.match(text, right[0][1])  # "disputed the coastguard's *estimate*"
        other = _claim_of(right[0][0], _meant(near, back), words[1], True)
        if other is None and back:
            return None
    if other is None:
        back = _POINTS_BACK.match(text, words[1])
        if (
            not back
            and re.search(r"\w", text[words[1] : sentence[1]])
            and not _ENDS_IN_WHAT.search(text[slice(*words)])
        ):
            return None
        other = _before(_meant(near, back), min(sentence[0], one.spans[0].start), one.speaker)
    if other is None or other.id == one.id or other.speaker == one.speaker:
        return None
    return one.id, other.id


def _meant(claims: Sequence[Claim], back: re.Match[str] | None) -> Sequence[Claim]:
    """The claims that words pointing back may mean: "that figure" is one that names one."""
    return [c for c in claims if quantities(c.text)] if back and back["count"] else claims


def _claim_of(source: str, claims: Sequence[Claim], place: int, ahead: bool) -> Claim | None:
    """The claim of a source nearest to a place, on the side where it is looked for if there is one."""
    own = [c for c in claims if c.speaker == source]
    side = [c for c in own if (c.spans[0].start >= place) == ahead]
    return min(side or own, key=lambda c: abs(c.spans[0].start - place), default=None)


def _before(claims: Sequence[Claim], place: int, other_than: str | None) -> Claim | None:
    """The last claim before a place that somebody is said to have made, and not by a certain source; none where a mere
    fragment of one ("called it a scandal") stands between."""
    theirs = [c for c in claims if c.attribution and (not other_than or c.speaker != other_than)]
    own = [c for c in theirs if c.spans[-1].end <= place and not points_back(c)]
    whole = [c for c in own if says_something(c) or _OF_DOING.match(words_of_claim(c))]
    last = max(whole, key=lambda c: c.spans[-1].end, default=None)
    return None if last and any(c.spans[-1].end > last.spans[-1].end for c in own) else last


def _kind_of_cue(text: str, a: Attribution) -> RelationKind | None:
    """How a cue ("denied", "would not confirm") says that its source stands to what is meant. A denial among its words
    counts, whatever else they say."""
    cue, start = cue_of(a), a.cue[0].start
    if _NOBODY.search(text, max(0, start - NOBODY), start):
        return None
    low = max(text.rfind("\n", 0, start) + 1, start - REACH)
    low = max([low, *(s.end for s in (*a.source, *a.content) if s.end <= start)])
    kind: RelationKind | None = None
    for said, pattern in _BY_CUE:
        if m := pattern.search(cue):
            kind = _as_said(said, text[low:start] + cue[: m.start()], cue[m.start() :])
    return kind


def _referring(report: Report, claims: Sequence[Claim]) -> Iterator[Stated]:
    """Attributions whose content only points back: "denied that", "confirmed the report"."""
    inside = {a.id: a for a in report.attributions}
    starts = [c.spans[0].start for c in claims]
    for claim in claims:
        a = inside.get(claim.attribution or "")
        if a is None or not points_back(claim):
            continue
        kind = _kind_of_cue(report.text, a)
        at = min(a.cue[0].start, a.content[0].start)
        earlier = claims[: bisect_right(starts, at)]
        if kind and (meant := _before([c for c in earlier if at - c.spans[0].start < NEAR], at, claim.speaker)):
            yield Stated(claim.id, meant.id, kind, (*a.cue, *a.content))
