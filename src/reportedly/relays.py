"""The words around an attribution -> through whom the statement came, and on what terms.

"told *the Army Times*", "in *a statement*", "on *Twitter*", "on condition of anonymity".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from .outlets import Outlet, outlet_of
from .records import Attribution, Span

Place = tuple[int, int]


class Relay(NamedTuple):
    """An outlet or document through which a statement came, and where the text says so."""

    start: int
    end: int
    outlet: Outlet | None


_PAPER = (
    r"(?:statement|press release|news release|release|blog post|post|op-ed|column|essay|email|e-mail|letter|memo|memoir|book|speech|interview|tweet|video(?: message)?"
    r"|filing|lawsuit|court file|text message|interview|report(?!s|ed|ing)|complaint|affidavit|court papers|documents?|transcript|recording|testimony|press conference|news conference|conference call|ad|dissent"
    r"|decision|opinion|ruling|survey|poll|message|podcast|article|editorial|remarks|disclosures?(?: report)?|excerpts)"
)
_IN = re.compile(
    rf"\b(?:in|on|via|through|during)\s+((?:(?:an?|the|his|her|their|its|a\s+series\s+of)\s+)?(?:[\w’'&.-]+\s+){{0,4}}?{_PAPER}"
    r"(?:\s+(?:published|released|issued|sent|to|by|from|with|for|on|of)\s+(?:[\w’'&.-]+\s?){1,5})?)\b",
    re.I,
)
_SENT = re.compile(
    rf"\b(?:sent(?: out)?|issued|released|posted|published|wrote|e-?mailed)\s+(an?\s+(?:[\w’'-]+\s+){{0,3}}?{_PAPER})\b",
    re.I,
)
_MAILED = re.compile(r"\be-?mail(?:ed|ing|s)\b", re.I)
_SURVEY = re.compile(r"\b(?:poll|survey|polling|surveys|polls)\b", re.I)
_TWEET = re.compile(r"\btweet(?:s|ed|ing)?\b|\bon Twitter\b", re.I)
_STOP = re.compile(
    r"\s+(?:on|in|at|that|which|who|last|this|and|but|late|early|earlier|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*$",
    re.S,
)
_VIA = re.compile(
    r"\b(?:told|tells|telling|to|with|on|by|from|in|of|for)\s+(?:the\s+|CNN’s\s+|[A-Z]\w+\s+[A-Z]\w+\s+of\s+(?:the\s+)?)?$"
)
_SHARE = re.compile(
    r"\b\d[\d.,]*\s?(?:percent|per cent|%)|\b(?:two-thirds|three-quarters|a?\s?majority|half|a third|a quarter|respondents|those (?:who|over|under|aged)"
    r"|(?:one|two|three|four|[a-z]+) in (?:five|ten|four|three))\b",
    re.I,
)
_END = re.compile(r"[.!?][”\"’')]*(?:\s|$)|\n")
_ANONYMOUS = re.compile(
    r"\b(?:(?:spoke|speaking|talked|who (?:spoke|asked))?\s*(?:up)?on (?:the )?condition (?:of anonymity|that|he|she|they)[^,;.\n”]*"
    r"|(?:who )?(?:was|were|is|are|being)?\s*not (?:authori[sz]ed|allowed|permitted) to[^,;.\n”]*"
    r"|(?:who )?(?:asked|wished|wanted|wishes|requested)(?: (?:to remain|to stay) anonymous| not to be (?:named|identified)| that (?:his|her|their) names?[^,;.\n”]*)[^,;.\n”]*"
    r"|(?:who )?(?:declined|refused|did not want|didn[’']t want) to be (?:named|identified)[^,;.\n”]*"
    r"|(?:spoke|speaking) anonymously[^,;.\n”]*|for fear of[^,;.\n”]*)",
    re.I,
)


def relay_of(text: str, a: Attribution, outlets: Sequence[tuple[int, int, Outlet]]) -> Relay | None:
    """Through whom or what an attribution came, where its own sentence says so, its content left aside. outlets: what
    `find_outlets` finds in the text."""
    low = min(s.start for s in (*a.cue, *a.source))
    high = max(s.end for s in (*a.cue, *a.source, *a.addressee))
    stop = _END.search(text, high)
    limit = min(stop.start() if stop else len(text), high + 90)
    limit = min([limit, *(s.start for s in a.content if s.start >= high)])
    starts = [m.end() for m in _END.finditer(text, max(0, low - 160), low)]
    floor = max([starts[-1] if starts else max(0, low - 160), *(s.end for s in a.content if s.end <= low)])
    for span in a.addressee:
        for start, end, outlet in _between(outlets, span.start, min(span.end + 40, max(limit, span.end))):
            return Relay(start, end, outlet)
        if known := outlet_of(span.text):
            return Relay(span.start, span.end, known)
    source = (a.source[0].start, a.source[-1].end) if a.source else (low, low)
    stretches = [(max(low, source[1]) if source[0] == low else low, limit), (floor, low)]
    for s, e in stretches:
        for start, end, outlet in _between(outlets, s, e):
            apart = start >= source[1] or end <= source[0]
            if apart and _VIA.search(text[max(0, start - 40) : start]):
                return Relay(start, end, outlet)
        if e > s and (m := _IN.search(text, s, e)):
            start, end = m.span(1)
            phrase = _STOP.sub("", text[start:end])
            inner = re.match(r"(?:an?|the|his|her|their|its)\s+", phrase, re.I)
            start += inner.end() if inner else 0
            end = m.start(1) + len(phrase)
            if end > start:
                return Relay(start, end, None)
        if m := _SENT.search(text, s, e):
            return Relay(*m.span(1), None)
        if m := _MAILED.search(text, s, e):
            return Relay(*m.span(), None)
        if m := _TWEET.search(text, s, e):
            return Relay(m.start(), m.end(), outlet_of("Twitter"))
    return None


def _between(outlets: Sequence[tuple[int, int, Outlet]], start: int, end: int) -> Iterator[tuple[int, int, Outlet]]:
    """Those of the outlets, in order of text, that lie in text[start:end]."""
    for i in range(bisect_left(outlets, start, key=itemgetter(0)), len(outlets)):
        if outlets[i][1] > end:
            return
        yield outlets[i]


def is_share(phrase: str) -> bool:
    """Whether a source is a share of people asked: "42 percent of voters"."""
    return _SHARE.search(phrase) is not None


def survey_in(source: Sequence[Span]) -> Relay | None:
    """The survey that a source is, through which those asked in it speak."""
    span = source[0]
    return Relay(span.start, span.end, None) if _SURVEY.search(span.text) and len(span.text) < 120 else None


def anonymity_of(text: str, phrases: Sequence[Place]) -> tuple[Place, ...]:
    """Where the text says why a source is not named: in the phrase that stands for it, or in its sentence."""
    for start, end in phrases:
        stop = _END.search(text, end)
        for m in _ANONYMOUS.finditer(text, start, min(stop.start() if stop else len(text), end + 200)):
            low = m.start() + len(m.group()) - len(m.group().lstrip())
            return ((low, low + len(m.group().strip())),)
    return ()
