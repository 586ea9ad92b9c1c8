"""A text -> the places that name what may carry a statement to a report: outlets and stations, social networks,
surveys, and documents of all kinds.

"told *the Army Times*", "on *WXYZ radio*", "in *a letter to the council*", "*tweeted*". Places that mean one thing have
one key: "the letter" is the last letter named before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Literal, NamedTuple

from .mentions import Mention
from .outlets import Outlet, outlet_of

Found = tuple[int, int, Outlet]
Sort = Literal["outlet", "social", "show", "name", "survey", "message", "writing", "record", "recording"]


class Carrier(NamedTuple):
    """A place text[start:end] that names something a statement may come through. key: the same for the same thing.
    name: what to call it by this place. head: its noun, if it is a document, a survey or a show."""

    start: int
    end: int
    sort: Sort
    key: str
    name: str
    outlet: Outlet | None = None
    head: str = ""


_HEADS: dict[str, Sort] = {
    **dict.fromkeys(("poll", "survey", "polling", "exit poll", "data", "research", "study"), "survey"),
    **dict.fromkeys(
        ("statement", "press release", "news release", "release", "email", "e-mail", "email message", "e-mail message",
         "letter", "memo", "memorandum", "message", "text message", "text", "note", "newsletter", "summary"),
        "message",
    ),
    **dict.fromkeys(
        ("blog post", "post", "op-ed", "column", "essay", "book", "memoir", "autobiography", "article", "editorial",
         "blog", "website", "web site", "manifesto", "description", "policy paper", "white paper", "paper", "brochure",
         "pamphlet", "social media", "analysis", "listing"),
        "writing",
    ),
    **dict.fromkeys(
        ("filing", "court filing", "court file", "court papers", "court document", "court record", "lawsuit",
         "complaint", "affidavit", "deposition", "indictment", "testimony", "transcript", "report", "disclosure", "document",
         "dissent", "decision", "opinion", "ruling", "brief", "motion", "order", "declaration", "petition", "excerpt",
         "questionnaire", "assessment", "diplomatic cable"),
        "record",
    ),
    **dict.fromkeys(("show", "radio show", "talk show", "program", "radio program", "programme", "radio"), "show"),
    **dict.fromkeys(
        ("video", "video message", "ad", "advertisement", "commercial", "spot", "recording", "podcast", "documentary",
         "film", "robocall", "livestream", "interview"),
        "recording",
    ),
}  # fmt: skip


def _one_of(forms: Iterable[str]) -> str:
    """A pattern for the longest of several forms, parted by their first letters: a text is searched in half the time."""
    begun: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        begun.setdefault(form[:2], []).append(re.escape(form[2:]))
    return "|".join(f"{re.escape(start)}(?:{'|'.join(rest)})" for start, rest in begun.items())


# Here and in _STATION and _AIR what rules out most places stands first, though what follows says it again: looking for
# carriers takes two thirds of the time so.
_FIRST = "".join(dict.fromkeys(form[0] for form in _HEADS))
_HEAD = re.compile(rf"(?=[{_FIRST}])\b(?<![\w’'-])({_one_of(_HEADS)})(s?)(?![\w-])", re.I)
# As plurals these are verbs, or mean something else.
_VERBS = frozenset(["show", "report", "text", "note", "release", "order", "post", "paper"])
_BOOKS = frozenset(["book", "memoir", "autobiography"])
_NOT_HEAD = re.compile(
    r"\s(?:servers?|accounts?|scandal|address|numbers?|respondents|controversy|practices|system|use|ratings|chain)\b"
    r"|(?<=show)\s(?:an?|the|that|how|him|her|them|\d)\b",
    re.I,
)
_MAILED = re.compile(r"\be-?mail(?:ed|ing)\b", re.I)
_TWEETED = re.compile(r"\b(?:re)?tweet(?:s|ed|ing|storm)?\b", re.I)
# Call letters, the channel of a network's own station, "Amery Public Radio".
_STATION = re.compile(
    r"(?=[A-Z])\b(?:(?:[KW][A-Z]{3}|W[A-Z]{2})(?:-(?:TV|FM|AM)|\s?\d{2,4})\b"
    r"|[KW][A-Z]{2,3}(?=(?:[’']s)?\s(?:radio|Radio|TV|television|AM\b|FM\b))"
    r"|(?:Fox|FOX|ABC|NBC|CBS|CW|Channel)\s?\d{1,2}(?:\s?News)?\b"
    r"|(?<![\w.&’'-])(?:[A-Z][\w.&’'-]{1,40}\s){1,3}(?:Radio|Public Radio|TV|Television)\b)"
)
_PROGRAMME = re.compile(r"[’']s?\s+[“\"]?((?:[A-Z][\w’'-]+\s)(?:(?:and|of|the|[A-Z][\w’'-]+)\s?){0,3}[A-Z][\w’'-]*\w)")
_POLLSTER = re.compile(
    r"\b(?:Gallup|Pew(?:\sResearch(?:\sCenter)?)?|Quinnipiac(?:\sUniversity)?|Rasmussen(?:\sReports)?|SurveyUSA|YouGov|Ipsos|Marist"
    r"|Public\sPolicy\sPolling)\b"
)
_AIR = re.compile(
    r"on(?<=\bon)\s+((?:(?:national|live|cable|local|network|state)\s)?(?:television|TV|radio))\b(?![-’'])"
)
# A programme that no outlet's name leads to: on ''This Week'', told the Jack Smith Show.
_NAMED_SHOW = re.compile(
    r"\b(?:on|of|to|with|from|hosts?|told|tells|[’']s)\s+(?:the\s+)?(?:[“\"‘]|'')?((?:[A-Z][\w’'.&-]*\s){1,5}Show)\b"
)
_QUOTED_SHOW = re.compile(
    r"(?:\b(?:on|told|with|hosts?|host of|episode of|edition of|show|program|podcast)|[’']s),?\s+(?:[“\"‘]|'')"
    r"((?:[A-Z][\w’'&-]*\s(?:(?:of|the|with|and|in|to|for)\s)*){0,4}[A-Z][\w’'&-]*\w),?(?:[”\"]|''|’(?!\w))"
)
_TO = re.compile(r"\b(?:told|tells|telling|with|on|to|for|by|[’']s)\s+(?:the\s+)?$", re.I)
_WORD_BEFORE = re.compile(r"([\w$%](?:[\w.&’'/,%$-]*[\w’'%])?)(\s+|-)$")
_DETERMINER = re.compile(r"(?:an?|the|his|her|their|its|our|this|that|another)$", re.I)
_OWNER = re.compile(r"[A-Z].*(?:[’']s|s[’'])$")
_OUTSIDE = re.compile(  # words that begin no document's phrase
    r"(?:was|were|is|are|has|had|in|on|of|to|from|by|with|for|and|or|said|via|through|at|as|posted|sent|issued|released|wrote"
    r"|published|new|recent|latest|first|no|any|that|which|who|but|series|according|showed|than|into|over|about)$",
    re.I,
)
_TITLE = re.compile(
    r",?\s+(?:called\s+|titled\s+|entitled\s+)?(?:[“\"]|''|‘)([A-Z][^”\"\n]{2,80}?)(?:,?(?:[”\"]|''|’(?!\w)))"
    r"|,\s+((?:[A-Z][\w’']+\s?){2,5})(?=[,.:])"
)
_TAIL = re.compile(
    r"\s+(?:(?:published|released|issued|sent|obtained|conducted|filed|put out|posted)\s+)?(?:by|to|from|with|on|in|of)\s+"
    r"(?:(?:the|a|an|his|her|their|its)\s+)?(?:[a-z]+\s+(?=[A-Z]))?((?:[A-Z](?:[\w’'.&-]*[\w’'])?|supporters|reporters|members|employees"
    r"|donors|federal|court|journalists|lawmakers)(?:(?:\s+(?:of|and|the))?\s+[A-Z][\w’'&-]*){0,4})"
)
_DAY = re.compile(
    r"\s+(?:on|in)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_MAKER = re.compile(r"\b(?:by|from|of)\b")
_INDEFINITE = re.compile(r"\ban?\s+$", re.I)


def carriers_in(text: str, outlets: Sequence[Found], names: Sequence[Mention] = ()) -> list[Carrier]:
    """Every carrier named in a text, in order. outlets: what `find_outlets` finds in it; names: the names in it."""
    found = [Carrier(s, e, "social" if o.kind == "social" else "outlet", o.name, text[s:e], o) for s, e, o in outlets]
    found += [Carrier(m.start(), m.end(), "outlet", m[0], m[0]) for m in _STATION.finditer(text)]
    people = {n.start for n in names if n.form == "PERSON"}
    for _, end, _ in outlets:
        if (m := _PROGRAMME.match(text, end)) and m.start(1) not in people:
            found.append(Carrier(m.start(1), m.end(1), "show", m[1].lower(), m[1]))
    for pattern in (_NAMED_SHOW, _QUOTED_SHOW, _AIR):
        found += [Carrier(m.start(1), m.end(1), "show", m[1].lower(), m[1]) for m in pattern.finditer(text)]
    found += [Carrier(m.start(), m.end(), "survey", m[0].lower(), m[0]) for m in _POLLSTER.finditer(text)]
    lower = text.lower()
    if "tweet" in lower:
        twitter = outlet_of("Twitter")
        found += [Carrier(m.start(), m.end(), "social", "Twitter", "Twitter", twitter) for m in _TWEETED.finditer(text)]
    if "mail" in lower:
        found += [Carrier(m.start(), m.end(), "message", "", "email", head="email") for m in _MAILED.finditer(text)]
    found += [
        Carrier(n.start, n.end, "name", text[n.start : n.end].lower(), text[n.start : n.end])
        for n in names
        if n.form == "ORGANIZATION" and _TO.search(text, max(0, n.start - 40), n.start)
    ]
    found += _documents(text, outlets)
    found.sort(key=lambda c: (c.start, -c.end, c.sort == "name"))
    return list(_keyed(text, found))


def _documents(text: str, outlets: Sequence[Found]) -> Iterator[Carrier]:
    """The noun phrases whose head is a document, a survey or a show."""
    for m in _HEAD.finditer(text):
        head = m[1].lower()
        sort = _HEADS[head]
        # "The Post" is a newspaper, "Show" and "Release" stand in headlines
        if _NOT_HEAD.match(text, m.end()) or (m[2] and head in _VERBS) or (m[1][0].isupper() and sort != "survey"):
            continue
        start, end = _start(text, m.start()), m.end()
        if head in _BOOKS and (title := _TITLE.match(text, end)):
            end = title.end()
        elif sort != "show" and (tail := _TAIL.match(text, end)) and not _DAY.match(text, end):
            i = bisect_left(outlets, tail.start(), key=itemgetter(0))
            known = i < len(outlets) and outlets[i][0] < tail.end()
            if not known or _MAKER.search(text, end, outlets[i][0]):  # "a message to the Times" came through the Times
                end = tail.end()
        yield Carrier(start, end, sort, "", " ".join(text[start:end].split()), head=head)


def _start(text: str, start: int) -> int:
    """Where the phrase begins whose head stands at start: behind a determiner or preposition, or else with the names
    right before it."""
    named = start
    for step in range(6):
        before = _WORD_BEFORE.search(text, max(0, start - 40), start)
        if before is None:
            break
        word = before[1]
        if _DETERMINER.match(word) or _OUTSIDE.match(word) or "\n" in before[2] or word.endswith(","):
            break
        if step >= 3 and not word[0].isupper():
            break
        start = before.start()
        if not word[0].islower() and not text[before.end() : named].strip():
            named = start
        if _OWNER.match(word):
            break
    ahead = _WORD_BEFORE.search(text, max(0, start - 40), start)
    return start if ahead and (_DETERMINER.match(ahead[1]) or _OUTSIDE.match(ahead[1])) else named


def _keyed(text: str, found: Sequence[Carrier]) -> Iterator[Carrier]:
    """The carriers that lie in no other, with keys: a bare document noun goes with the last one of its head."""
    end = -1
    last: dict[str, str] = {}
    for c in found:
        if c.start < end:
            continue
        end = c.end
        if not c.head:
            yield c
            continue
        name = c.name.lower()
        again = name == c.head and c.head in last and not _INDEFINITE.search(text, max(0, c.start - 4), c.start)
        last[c.head] = last[c.head] if again else name
        yield c._replace(key=last[c.head])
