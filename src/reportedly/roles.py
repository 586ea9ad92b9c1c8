"""The words around a name -> what its bearer is: "Republican pollster", "director of a volunteer aid organization"."""

import re
from collections.abc import Sequence

from .mentions import core_of

Place = tuple[int, int]
LONGEST = 90  # characters of a description that stands as a role

_TITLES = (
    r"(?:President|Prime Minister|Vice President|Sen|Rep|Gov|Gen|Maj|Lt|Col|Capt|Sgt|Adm|Senator|Representative|Governor|General"
    r"|Major|Lieutenant|Colonel|Captain|Admiral|Secretary|Minister|Judge|Justice|Mayor|Chancellor|Speaker|Sheikh|King|Queen|Prince"
    r"|Pope|Dr|Prof|Professor|Rev|Attorney General|Ambassador|Chairman|Chairwoman|Director|Chief|Sheriff)"
)
# Words that name what somebody does, by their endings and some of their own.
_OFFICE = (
    r"(?:candidate|nominee|president|senator|governor|mayor|secretary|minister|general|spokes(?:man|woman|person)|chair(?:man|woman)?"
    r"|strategist|pollster|analyst|activist|lawyer|attorney|judge|professor|director|manager|adviser|advisor|aide|official|leader"
    r"|executive|founder|owner|editor|reporter|correspondent|journalist|host|author|writer|economist|scientist|expert|researcher"
    r"|officer|commander|soldier|fighter|chief|head|member|lawmaker|congress(?:man|woman)|representative|ambassador|envoy|diplomat"
    r"|resident|witness|farmer|worker|driver|doctor|nurse|teacher|student|businessman|businesswoman|mogul|billionaire|star|actor"
    r"|actress|rival|opponent|ally|supporter|critic|friend|wife|husband|son|daughter|father|mother|brother|sister|coach|delegate"
    r"|front-?runner|pundit|running mate|undersecretary|investor|comedian|broadcaster|fundraiser|organizer|speaker|counsel|prosecutor|detective|sheriff|coordinator|consultant|operative|commentator|anchor|veteran|voter)s?"
)
_BEFORE = re.compile(
    rf"(?:(?:[Ff]ormer|[Pp]resumptive|[Dd]emocratic|[Rr]epublican|[Rr]etired|[Aa]cting|[Dd]eputy|[Ss]enior|[Tt]op|billionaire|conservative|liberal|prominent|veteran|long-?time|fellow|activist|radio|talk|presidential|campaign|political|party|leading|state|national|local|foreign|prime|syndicated|independent|progressive|then-|real|estate|[Cc]hief|[Vv]ice|[A-Z][\w.’'-]*|[a-z]+(?=[ -](?:[a-z]+ )?{_OFFICE}\b))[\s-]+){{0,5}}"
    rf"(?:{_OFFICE}|{_TITLES}\.?)(?:\s+{_TITLES}\.?)*\s+$"
)
_APPOSED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+((?:[\w’'-]+\s+){{0,5}}{_OFFICE}(?:\s+(?:of|for|in)\s+[^,.;\n]{{3,40}})?),\s+$"
)
_AFTER = re.compile(
    r"(?:[’']s)?\s*,\s+((?:(?:an?|the|who|whose|one of|his|her|their|its|now|then|also|formerly|former|chief|[a-z]+)\s+)[^,;.()\n“”\"]{3,110}?)(?=[,;.)\n“”\"]|\s(?:said|says|told|and then)\b)"
)
_PARTY = re.compile(r"\s*\(((?:[A-Z]|[A-Z][\w.]+)(?:[-–][\w. ]{1,14})?)\)")  # noqa: RUF001
_SAYS_WHAT = re.compile(
    rf"(?:(?:an?|the|one of|his|her|their|its|formerly|former|who (?:is|was|runs|leads|heads|owns|chairs|directs))\b|(?:[\w’'-]+\s){{0,3}}{_OFFICE}\b)"
    r"(?!\s+(?:said|says|told|added|on|in|at|not|also|to|being|under))"
)
_ARTICLE = re.compile(r"(?:an?|the|his|her|their|its|who is|who was)\s+", re.I)
_OFFICIAL = re.compile(
    r"\b(?:President|Minister|Secretary|Senator|Sen|Rep|Governor|Gov|Mayor|General|Gen|Colonel|Col|Major|Maj|Captain|Admiral|police|sheriff|army|military|ministry"
    r"|government|administration|White House|Pentagon|Kremlin|State Department|Department of|FBI|CIA|NATO|court|judge|prosecutor|parliament|congress\w*|senate|embassy"
    r"|ambassador|officials?|spokes(?:man|woman|person) for|commander|mayor|governor|minister|senator|president|fire service|council|agency|authority|authorities)\b"
)


def role_of(
    text: str, names: Sequence[Place], phrases: Sequence[Place], described: Sequence[Place]
) -> tuple[Place, ...]:
    """Where the text says what a source is: before or behind one of its names, in the order of the text, the first
    that says it; else the first description by which it speaks. names: its names; phrases: the sources of its
    attributions, whole; described: descriptions that mean it."""
    found: list[tuple[Place, ...]] = []
    for start, end in sorted(names):
        spans: list[Place] = []
        line = max(text.rfind("\n", 0, start) + 1, start - 120)
        if before := _BEFORE.search(text, line, start):
            low, high = before.start(), start
            while high > low and text[high - 1].isspace():
                high -= 1
            if high > low:
                spans.append((low, high))
        elif apposed := _APPOSED.search(text, line, start):
            spans.append(apposed.span(1))
        if party := _PARTY.match(text, end):
            spans.append(party.span(1))
            end = party.end()
        if (after := _AFTER.match(text, end)) and _SAYS_WHAT.match(after.group(1)):
            low, high = after.span(1)
            if article := _ARTICLE.match(text, low, high):
                low = article.end()
            spans.append((low, high))
        if spans:
            found.append(tuple(spans))
    if found:
        return max(found[:3], key=lambda spans: sum(e - s for s, e in spans))
    for start, end in [*described, *(p for p in phrases if not names)]:
        low, high = core_of(text, start, end)
        around = [p for p in phrases if p[0] <= low and high <= p[1]]
        if around and not names:
            low, high = around[0][0], min(around[0][1], around[0][0] + LONGEST)
            high = low + max(1, text.find(" ", high) - low if text[high : high + 1].isalnum() else high - low)
        if article := _ARTICLE.match(text, low, high):
            low = article.end()
        high = low + len(text[low:high].rstrip(" ,;:"))
        if (not names and high > low) or re.search(rf"\b{_OFFICE}\b", text[low:high]):
            return ((low, high),)
    return ()


def is_official(name: str, role: str | None, kind: str | None) -> bool:
    """Whether a source speaks for a state, an army, the police, a court or the like, as its name and role say."""
    if kind in ("outlet", "author", "document", "unknown", None):
        return False
    said = role or "" if kind == "person" and role else f"{name} {role or ''}"
    return bool(_OFFICIAL.search(said)) and not re.search(r"\b(?:former|retired|candidate|nominee)\b", said, re.I)
