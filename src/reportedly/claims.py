"""Attributions -> claims: what is held to be so, by whom, and in what position.

The content of every attribution is a claim. So is every sentence that the report says in its own voice: headline, lead,
figures, what it says it could not confirm. Which of them matter is decided where claims are compared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from .datelines import dateline_of
from .negation import negated
from .quotation import overlapping, quoted
from .records import Attribution, Claim, Document, Position, Report, Source, Span
from .times import MONTHS, WEEKDAYS

FEWEST = 4  # words of a sentence of the report's own voice that says something
_MOST = 0.6  # share of a claim's characters from which another within it by the same source says the same
COVERED = 0.5  # share of a sentence's characters within attributions beyond which it is not the report's own voice

_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|reject(?:s|ed|ing|ion)?|refut\w+|rebut\w*|rebuff\w*|dismiss\w*|disput\w+|debunk\w*"
    r"|contradict\w*|negat(?:e|es|ed|ing)|disavow\w*|repudiat\w+|disagree\w*|ruled? out|challeng(?:e|es|ed)"
    r"|retract\w*|recant\w*|backtrack\w*|(?:withdr[ae]w\w*|t(?:ake|ook|aken) back|walk(?:s|ed|ing) back)"
    r"(?= (?:its|his|her|their|the|an?) (?:\w+ )?(?:claim|statement|report|story|allegation|accusation|assertion"
    r"|(?:figure|estimate|count|toll|number(?! of (?!\d))|remark|comment|testimony|confession)s?\b)"
    r"|\W*(?:$|that\b)))\b"
    r"|\b(?:refus|declin)\w+\W*$|(?:\b(?:not|never)|n[’']t) accept\b|\b(?:disown\w*|back(?:s|ed|ing) away from)\b",
    re.I,
)
_TAKES_BACK = re.compile(r"\b(?:withdr[ae]w|t(?:ake|ook|aken) back|walk\w* back)\w*(?: \w+)?\W*$", re.I)
_SILENT = re.compile(  # what somebody does not speak of is no claim
    r"\b(?:declin\w+|refus\w+|would not|wouldn[’']t|not immediately) (?:to )?(?:comment|say|discuss|answer|elaborate"
    r"|speculate|respond|be drawn)\b|\bno comment\b|\bdid(?: not|n[’']t) say\b|\bneither\b.*\bnor\b.*\bcomment"
    r"|\b(?:ask|request|insist|wish|want)\w* not to be (?:named|identified)|\bnot to be (?:named|identified)"
    r"|\bneither confirm\w* nor (?:den\w+|rul\w+ out)\b|\bcould not (?:immediately )?be reached\b"
    r"|(?:\bnot|n[’']t)(?: immediately| yet)? (?:respon\w+|repl\w+|return\w*|answer\w*)(?: to)? (?:\w+ ){0,3}?"
    r"(?:requests?|calls?|e-?mails?|messages?|questions?|inquiries|enquiries)\b",
    re.I,
)
# Who does not deny something does not say it either; but "cannot deny", "no longer denies" it.
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing))\b", re.I)
_CANNOT = re.compile(r"\b(?:can(?:not|[’']t)|could(?: not|n[’']t)|unable|no longer)\b", re.I)
_A_WORD = r"(?:\w+ ){0,3}?(?:comment|confirm\w*|interviews?|responses?|reaction|information|clarification|explanation)"
_ON_OR_FROM = r"(?= on \w+day|\W*$| from (?:(?:the|this|our) )?(?:(?-i:[A-Z])|(?:news)?paper|reporters?|journalists?))"
_UNHEARD = re.compile(  # a sentence of the report's own voice that says no more than that
    r"(?:(?!\b(?:who|which|that|because|since|as|when|said)\b)[^;])*?"
    rf"(?:\bcould not (?:immediately )?be reached (?:for|to) {_A_WORD}\b"
    r"|\bdid(?: not|n[’']t)(?: immediately)? (?:respond to|reply to|return) (?:\w+ ){0,3}?"
    rf"(?:requests?|calls?|e-?mails?|messages?)(?: (?:for|seeking|asking for) {_A_WORD}\b|{_ON_OR_FROM}))[^,;]*",
    re.I,
)
_DOUBTS = re.compile(
    r"\b(?:doubt\w*|question(?:s|ed|ing)|skeptic\w*|sceptic\w*|unconfirmed|unable to (?:confirm|verify)|unclear"
    r"|not (?:clear|known))\b|(?:\b(?:not(?: been)?|yet to)|n[’']t) (?:confirm|verif)\w*",
    re.I,
)
_BEFORE = re.compile(  # what a correction repeats of what the report said before it
    r"\b(?:(?:an? )?(?:earlier|previous|original|prior|first) (?:version|edition)s?\b|originally|previously|misstated"
    r"|(?:article|story|report|(?-i:It)) (?:also )?(?:said|stated|gave)\b|apologi[sz]\w*"
    r"|misreported|misidentified|misattributed|misquoted|(?:incorrectly|wrongly|mistakenly|erroneously)\b)",
    re.I,
)
_REPORTED = re.compile(  # the same, of the outlet itself: "On Monday we reported that"
    r"\b(?P<who>we|(?:our|this|the) (?:report|article|story|item|post)|(?:the )?[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,4})"
    r" (?:had )?(?:reported|said|wrote|stated) that\b"
)
_CHECKED = re.compile(  # the lines of a fact-check: "Claim: the pier was shut", and then "Verdict: False"
    r"^[^\w\n]{0,4}(?P<label>(?:the )?(?:(?P<claim>claim|statement|rumou?r)|verdict|(?:our )?(?:rating|ruling)))"
    r"\s?:[*_]{0,2}[^\S\n]*(?P<words>[^\n]*?)[^\S\n]*$",
    re.I | re.M,
)
_VERDICTS: tuple[tuple[Position, re.Pattern[str]], ...] = (
    ("doubts", re.compile(r"\W*(?:half|partly|partially|un(?:proven|verified|clear|confirmed)|mixed|mixture)\b", re.I)),
    (
        "denies",
        re.compile(
            r"[^.!?\n]{0,30}?\b(?:not (?:\w+ )?(?:true|correct|accurate|confirmed)|false|untrue|misleading|incorrect"
            r"|inaccurate|wrong|fake|fabricated|hoax|baseless|unfounded|no evidence|pants on fire"
            r"|altered|manipulated)\b",
            re.I,
        ),
    ),
    ("asserts", re.compile(r"[^.!?\n]{0,30}?\b(?:true|correct|accurate|confirmed)\b", re.I)),
)
_BYLINE = re.compile(r"\W?By (?:[A-Z]|our |staff\b|agenc)[^\n.!?]{0,120}")
_HEAD = 600  # characters of a report among which its byline stands
_UPDATED = re.compile(
    r"\b(?:updated|first (?:published|put out|posted|appeared)|(?:developing|breaking) (?:news )?story)\b", re.I
)
_WHETHER = re.compile(r"\W*whether\b", re.I)  # "they disputed *whether it was so*"
_DIFFERS = re.compile(r"\bdiffer(?:s|ed|ing)?\b", re.I)
_ASKS = re.compile(r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|inquir\w+|enquir\w+)\b", re.I)
_PREDICTS = re.compile(
    r"\b(?:predict\w*|expect\w*|forecast\w*|project(?:s|ed)|anticipat\w+|hop(?:e|es|ed|ing)|fear(?:s|ed)?|warn\w*)\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:will|would|could|may|might|can|shall|going to)\b|[’'](?:ll|d)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|cannot|could|may|might|must|should)\b"
    r"|\b\w{3,}ed\b|\w[’'](?:re|ve|d|ll|m)\b|n[’']t\b",
    re.I,
)
_TO_DO = re.compile(
    r"\W*(?:(?!to\b)[\w’'-]+ ){0,6}to [a-z]+\b"
)  # "called on *the mayor to go*" is no statement by itself
_QUOTED = re.compile(r"(?<!\w)[‘“'\"]((?:[^‘’“”'\"]|(?<=\w)[’'](?=\w)){12,}?)[’”'\"](?!\w)")
_CLOCK = re.compile(r"\b[ap]\.m\.\s*\Z", re.I)
_GOES_ON = re.compile(
    rf"\s*(?:\(?(?:[A-Z]{{1,4}}T|UTC)\b|[a-z]|(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b)"
)  # behind a clock time
_FIRST = re.compile(r"\b(?:I(?:[’'](?:m|ve|d|ll))?|me|my|mine|myself)(?![\w’'-])")


def claims_of(report: Report) -> tuple[Claim, ...]:
    """The claims of a report in the order of their first characters: contents of attributions, and sentences of its own
    voice."""
    document = report.document
    sources = {s.id: s for s in report.sources}
    marks = quoted(document.text)
    withdrawn = _withdrawn(report)
    checked = _checked(document.text)
    inside = {a.id: a for a in report.attributions}
    out = [
        Claim.of(
            document, a.content, alone(a, sources.get(a.speaker or ""), marks),
            attribution=a.id, speaker=a.speaker, position=position_of(a),
        )
        for a in report.attributions
        if not (
            _silent(a) or _part(a, inside) or _denied(a, inside)
            or overlapping(withdrawn, a.content[0].start, a.content[0].end)
            or any(overlapping([(c.start, c.words)], s.start, s.end) for c in checked for s in a.source)
        )
    ]  # fmt: skip
    voice = report.sources[0].id if report.sources and report.sources[0].kind == "author" else None
    for span in own_voice(document, report.attributions):
        if _UNHEARD.fullmatch(span.text) or overlapping(withdrawn, span.start, span.end):
            continue
        if any(c.start <= span.start < c.end for c in checked) or _furniture(report, span):
            continue
        position: Position = "asks" if span.text.rstrip("”\"’' ").endswith("?") else "asserts"
        if _DOUBTS.search(span.text):
            position = "doubts"
        out.append(Claim.of(document, (span,), one_line(span.text), speaker=voice, position=position))
    for c in checked:
        if c.position:
            span = document.span(c.words, c.end)
            out.append(Claim.of(document, (span,), one_line(span.text), speaker=voice, position=c.position))
    out.sort(key=lambda c: (c.spans[0].start, c.spans[-1].end, c.id))
    return tuple(out)


class _Checked(NamedTuple):
    """A line of a fact-check: where its label begins, where its words begin and end, and how the report stands to them;
    None where they are no claim, or no verdict follows."""

    start: int
    words: int
    end: int
    position: Position | None


def _checked(text: str) -> list[_Checked]:
    """The lines of a text that give a claim to be checked, and those that give a verdict on one."""
    out: list[_Checked] = []
    claim: int | None = None  # that no verdict was given on yet, as its place in `out`
    for m in _CHECKED.finditer(text):
        if m["claim"]:
            claim = len(out)
        elif claim is None:
            continue
        else:
            position = next((p for p, words in _VERDICTS if words.match(m["words"])), None)
            out[claim], claim = out[claim]._replace(position=position), None
        out.append(_Checked(m.start("label"), m.start("words"), m.end("words"), None))
    return [c for c in out if c.words < c.end]


def _furniture(report: Report, span: Span) -> bool:
    """Whether a sentence is a byline, or says no more than that the report was updated."""
    if span.start < _HEAD and _BYLINE.fullmatch(one_line(span.text)):
        return not any(w.islower() and _VERB.fullmatch(w) for w in span.text.split())
    notes = sorted((n.span.start, n.span.end) for n in report.notes if n.kind == "update")
    return bool(overlapping(notes, span.start, span.end)) and _UPDATED.search(span.text) is not None


def _withdrawn(report: Report) -> list[tuple[int, int]]:
    """The sentences of a report's notes that repeat what it said before it was corrected: nobody says it now."""
    notes = sorted((note.span.start, note.span.end) for note in report.notes if note.kind != "update")
    return [
        (start, end)
        for start, end in (sentences(report.text) if notes else ())
        if overlapping(notes, start, end)
        and (_BEFORE.search(report.text, start, end) or _reported(report.document, start, end))
    ]


def _reported(document: Document, start: int, end: int) -> bool:
    """Whether a sentence of a note says what the outlet itself reported."""
    said = _REPORTED.search(document.text, start, end)
    if said is None:
        return False
    if not any(w[0].isupper() for w in said["who"].removeprefix("The ").removeprefix("the ").split()):
        return True
    return _bare(said["who"]) in ("we", _bare(document.outlet or ""))


def _bare(name: str) -> str:
    """An outlet's name without "the"."""
    return name.lower().removeprefix("the ")


def _silent(a: Attribution) -> bool:
    """Whether it says that somebody does not speak of something, or only does not deny it."""
    cue = cue_of(a)
    denial = _DENYING.search(cue)
    if denial and negated(cue[: denial.start()]) and not _CANNOT.search(cue):
        return True
    found = _SILENT.search(f"{cue} {a.content[0].text[:30]}")
    return found is not None and found.start() < len(cue)


def words_of_claim(claim: Claim) -> str:
    """A claim's own words."""
    return " ".join(s.text for s in claim.spans)


def says_something(claim: Claim) -> bool:
    """Whether a claim reads as a statement, and not as a fragment of one: it has a verb."""
    return any(has_verb(s.text) for s in claim.spans)


def has_verb(words: str) -> bool:
    """Whether words read as a statement."""
    return _VERB.search(words) is not None


def _part(a: Attribution, inside: Mapping[str, Attribution]) -> bool:
    """Whether it is a mere part of what the same source says around it, "had complained about *the exits*", or nearly
    all of it, "said that she believed *that the exits were locked*"."""
    around = inside.get(a.within or "")
    if around is None or around.speaker is None or around.speaker != a.speaker:
        return False
    own, whole = (sum(s.end - s.start for s in x.content) for x in (a, around))
    return own >= _MOST * whole or not any(_VERB.search(s.text) for s in a.content)


def _denied(a: Attribution, inside: Mapping[str, Attribution]) -> bool:
    """Whether nobody is said to say it and who speaks around it denies it: "retracted a report *that he had left*"."""
    around = inside.get(a.within or "")
    return a.speaker is None and around is not None and position_of(around) == "denies"


def position_of(attribution: Attribution) -> Position:
    """How a source stands to what it is said to have said: by the words that attribute it, and a question by its
    mark."""
    cue = cue_of(attribution)
    said = (
        f"{cue} {attribution.content[0].text[:30]}" if _TAKES_BACK.search(cue) else cue
    )  # "withdrew *his claim that*"
    denial = _DENIES.search(said)
    denies = denial is not None and not negated(said[: denial.start()])
    if (denies or _DIFFERS.search(cue)) and _WHETHER.match(attribution.content[0].text):
        return "asks"
    if denies:
        return "denies"
    if _DOUBTS.search(cue):
        return "doubts"
    if _ASKS.search(cue) or attribution.content[-1].text.rstrip("”\"’' ").endswith("?"):
        return "asks"
    predicts = _PREDICTS.search(cue)
    if predicts and predicts[0].lower().startswith("warn"):  # "warned in May that the pier swayed" tells what was
        predicts = _AHEAD.search(" ".join(s.text for s in attribution.content))
    return "predicts" if predicts else "asserts"


def cue_of(attribution: Attribution) -> str:
    """The words by which it is attributed."""
    return " ".join(s.text for s in attribution.cue)


def own_voice(document: Document, attributions: Sequence[Attribution]) -> Iterator[Span]:
    """The sentences that nobody else is said to have said, without the dateline."""
    taken = sorted((s.start, s.end) for a in attributions for s in (*a.content, *a.cue, *a.source))
    joined: list[tuple[int, int]] = []
    for start, end in taken:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    dateline = dateline_of(document.text)
    for start, end in sentences(document.text):
        if dateline and dateline[0] < end and start < dateline[1]:
            start = min(dateline[1], end)
        covered = sum(min(e, end) - max(s, start) for s, e in overlapping(joined, start, end))
        if covered < COVERED * (end - start) and len(document.text[start:end].split()) >= FEWEST:
            span = document.span(start, end)
            if one_line(span.text) != document.title or not _quotes(span.text, attributions):
                yield span


def _quotes(headline: str, attributions: Sequence[Attribution]) -> bool:
    """Whether a headline quotes words that somebody is said to have said."""
    said = [one_line(s.text) for a in attributions for s in a.content]
    return any(one_line(m[1]).rstrip(" ,.") in words for m in _QUOTED.finditer(headline) for words in said)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, without white space about it; lines end sentences."""
    low = 0
    for line in text.splitlines(keepends=True):
        ends = [b["end_index"] for b in get_sentence_boundaries("en", line)] if line.strip() else []
        ends = [at for at in ends if not (_CLOCK.search(line, max(0, at - 8), at) and _GOES_ON.match(line, at))]
        for start, end in pairwise((low, *(low + at for at in ends))):
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start:
                yield start, end
        low += len(line)


def alone(attribution: Attribution, speaker: Source | None, marks: list[tuple[int, int]]) -> str:
    """What an attribution says, to be read by itself: breaks marked, and in brackets who "I" is where a quotation says
    it first, and the words that attribute what is no statement without them ("[called on] the mayor to go")."""
    out, told = [], speaker is None or speaker.kind == "author"
    for span in attribution.content:
        words = span.text
        for m in _FIRST.finditer(span.text):
            if not told and overlapping(marks, span.start + m.start(), span.start + m.end()):
                assert speaker is not None
                words = f"{words[: m.end()]} [{one_line(speaker.name)}]{words[m.end() :]}"
                told = True
        out.append(one_line(words))
    if _TO_DO.match(out[0]) and not any(map(_VERB.search, out)):
        out[0] = f"[{one_line(cue_of(attribution))}] {out[0]}"
    return " … ".join(out)


def one_line(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())
