"""Names in a text -> whose they are: the groups of one document, each of all mentions of one person or body.

Names are grouped by rule (surname, given name, initials of a body). The model that tags names leaves some out and takes
others in part, so that outlets, names that a phrase introduces, surnames alone and bodies in full are found first.
"""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from .carriers import Carrier
from .mentions import Mention
from .names import Gender, PersonName
from .outlets import MASTHEAD_ENDS, Outlet, outlet_of
from .quotation import Places, overlapping, quoted
from .records import Attribution, Document, Kind, Span, Stretch
from .resolver import content_words

TITLES = "president|secretary|senator|governor|minister|speaker|judge|justice|pope|mayor|republican|democrat"
BODY = re.compile(
    r"Trust|Union|Alliance|Council|Association|Society|Hospital|University|Ministry|Department|Commission|Committee"
    r"|Company|Agency|Authority|Board|Fund|Foundation|Institute|Federation|Party|Group|Bank|Office|Service|Court"
    r"|Cent(?:er|re)|School|College|Club|Church|League"
)
_MASTHEAD = re.compile(rf"[A-Z]\S* (?:(?:News|Press) (?:Agency|Service)|{'|'.join(MASTHEAD_ENDS)})\Z")
_CAPITALS = re.compile(r"(?:[A-Z][\w’']*\.?\s+)+$")


_KIND_OF_BODY = {  # what a description calls somebody, of which one is not another
    h: h
    for h in (
        "ministry", "government", "police", "union", "court", "council", "university", "hospital", "party", "embassy",
        "parliament", "senate", "church", "company", "coastguard", "bank", "navy", "army", "office", "agency",
        "service", "commission", "committee", "authority", "board", "inspectorate", "department", "website",
        "club", "trust", "association",
    )
} | {"firm": "company", "military": "army", "bloc": "party"}  # fmt: skip
_OF = re.compile(
    r"\s(?:of|for|in)\s(?:the\s)?(?!(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|\w+day)\b)[A-Z][\w’'-]*(?:\s(?:(?:and|of)\s)?[A-Z][\w’'-]*){0,4}"
)


class Called(NamedTuple):
    """A phrase as one calls a body. kind: of what kind it is said to be; which: the words that tell which one, by their
    first letters, for "Iraqi" is as "Iraq"; proper: those of them with a capital."""

    kind: str | None
    which: frozenset[str]
    proper: frozenset[str]

    def apart(self, other: "Called") -> bool:
        """Whether two of one kind are two: "the health ministry" and "the interior ministry"."""
        if self.which <= other.which or other.which <= self.which:
            return False
        proper = bool(self.proper and other.proper) and self.proper.isdisjoint(other.proper)
        return proper or self.which.isdisjoint(other.which)


@lru_cache(1 << 12)
def called_as(phrase: str) -> Called:
    """What a phrase calls a body: "the Ministry of Health", "the health ministry of Kelvany"."""
    core = content_words(re.split(r"\s(?:of|for|in)\s", phrase, maxsplit=1)[0])
    kind = "police" if "police" in core else _KIND_OF_BODY.get(core[-1]) if core else None
    words = [w.strip(".,;:()[]“”\"‘’'") for w in phrase.split()]
    which = [(w, c[0]) for w in words for c in [content_words(w)] if c and _KIND_OF_BODY.get(c[0]) != kind]
    return Called(kind, frozenset(c[:4] for _, c in which), frozenset(c[:4] for w, c in which if w[:1].isupper()))


def with_of(text: str, mention: Mention) -> str:
    """A mention's words with those that its core lacks: "the Ministry" of Health, "the Foreign Office" in Lind."""
    more = _OF.match(text, mention.end)
    return text[mention.start : more.end() if more else mention.end]


@dataclass(eq=False)
class Group:
    """All mentions of one source, as they are found. person: its fullest name, if it is a person with one; called: the
    name that it is shown by, where that is known beforehand."""

    names: list[Mention] = field(default_factory=list)
    described: list[Mention] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    person: PersonName | None = None
    gender: Gender | None = None
    kind: Kind | None = None
    named: bool | None = None
    called: str | None = None
    members: tuple["Group", ...] = ()
    phrases: list[Stretch] = field(default_factory=list)
    _calls: set[Called] = field(default_factory=set)
    _counted: tuple[int, int] = 0, 0

    def calls(self, text: str) -> set[Called]:
        """All that the group is called. Only what is new since it was last asked is looked at: it is asked often."""
        names, described = self._counted
        self._calls |= {called_as(with_of(text, m)) for m in (*self.names[names:], *self.described[described:])}
        self._counted = len(self.names), len(self.described)
        return self._calls


class Cast:
    """The groups of one document, and which mention belongs to which. voice: the report's own."""

    def __init__(self, document: Document, names: Sequence[Mention], own: Sequence[Mention] = ()) -> None:
        """own: the names of the document's outlet."""
        self.text = document.text
        self.voice = Group(kind="author", named=True, called=document.outlet or "this report")
        self.of: dict[tuple[int, int], Group] = {}
        self.outlets: dict[str, Group] = {}
        self.joint: dict[frozenset[int], Group] = {}
        full = sorted(names, key=lambda m: -len(_POLITE.sub(r"\2", self.text[m.start : m.end]).split()))
        self._titles: dict[str, set[Gender]] = defaultdict(set)  # by surname: of whom the text says "Mr" or "Mrs"
        for m in _POLITE.finditer(self.text):
            self._titles[m[2].lower()].add("he" if m[1] == "Mr" else "she")
        bearers: dict[str, list[Group]] = {}
        bodies: dict[str, Group | None] = {}
        for mention in own:
            self.add(self.voice, mention)
        for mention in full:  # fullest names first, so that short ones find them
            if (mention.start, mention.end) in self.of:
                continue
            if mention.form == "PERSON":
                self._person(mention, bearers)
            elif mention.form in ("ORGANIZATION", "MISC", "LOCATION"):
                self._body(mention, bodies)
        self._names = sorted(self.of)

    def around(self, mention: Mention) -> Group | None:
        """The group of the name in which a mention lies."""
        i = bisect_right(self._names, (mention.start, math.inf)) - 1
        if i >= 0 and mention.end <= self._names[i][1]:
            return self.of[self._names[i]]
        return None

    def carries(self, relay: Carrier) -> Group | None:
        """The group of an outlet or body through which a statement came; None where it is nobody spoken of."""
        at = self.of.get((relay.start, relay.end))
        return self.outlets.get(relay.outlet.name) if relay.outlet and at is not self.voice else at

    def add(self, group: Group, mention: Mention) -> None:
        """One more place where a group is named."""
        group.names.append(mention)
        self.of[mention.start, mention.end] = group

    def _person(self, mention: Mention, bearers: dict[str, list[Group]]) -> None:
        before = self.text[max(0, mention.start - 20) : mention.start].split("\n")[-1]
        title = _CAPITALS.search(before)
        name = _named(self.text[mention.start : mention.end])
        titled = _named((title.group() if title else "") + self.text[mention.start : mention.end])
        if titled.given == name.given and titled.surname:  # not "When Roe spoke", which would be When Roe
            name = titled
        surname = (name.surname or self.text[mention.start : mention.end]).lower()
        gender = name.gender or (_married_to(self.text, mention) if name.given else None)
        fits = [g for g in bearers.get(surname, []) if g.person and _may_be(g.person, name)]
        if not fits and not name.given:
            fits = [g for gs in bearers.values() for g in gs if g.person and g.person.given.lower() == surname]
            fits = fits if len({id(g) for g in fits}) == 1 else []
        if gender:
            free = [g for g in fits if g.gender is None]
            if len(free) > 1 and self._titles[surname] == {"he", "she"}:  # nobody knows which is "Mr Marsh"
                line = self.text.rfind("\n", 0, mention.start)
                here = [g for g in free if any(line < m.start < mention.start for m in g.names)]
                free = here if len(here) == 1 else []
            fits = [g for g in fits if g.gender == gender] or free
        if len(fits) > 1:  # the one last spoken of before, else the first
            fits = [max(fits, key=lambda g: max((m.start for m in g.names if self._leads(m, mention)), default=-1))]
        group = fits[0] if fits else Group()
        if not fits:
            group.person, group.kind, group.named = name, "person", True
            bearers.setdefault(surname, []).append(group)
        group.gender = group.gender or gender
        self.add(group, mention)

    def _leads(self, name: Mention, mention: Mention) -> bool:
        """Whether a name stands before a mention and may be what that takes up. A given name in a quotation of the same
        paragraph is not: in "I was with Ada," Roe said, whoever speaks is not Ada."""
        if name.start >= mention.start or " " in self.text[name.start : name.end]:
            return name.start < mention.start
        surname = self.text[mention.start : mention.end].endswith(self.text[name.start : name.end])
        return surname or "\n" in self.text[name.end : mention.start] or not overlapping(self._quoted, *name[:2])

    @cached_property
    def _quoted(self) -> Places:
        return quoted(self.text)

    def _body(self, mention: Mention, bodies: dict[str, Group | None]) -> None:
        called = self.text[mention.start : mention.end]
        outlet = outlet_of(called)
        words = content_words(called)
        if not words:
            return
        key = outlet.name if outlet else " ".join(words)
        group = self.outlets.get(key) if outlet else bodies.get(key)
        # "The Argus", where just one body is called so in full.
        if group is None and (called in MASTHEAD_ENDS or BODY.fullmatch(called)):
            group = bodies.get("paper " + words[0])
        if group is None and len(words) == 1 and called.isupper():  # FBI, where it is spelt out elsewhere
            group = bodies.get("initials " + words[0])
        if group is None and len(words) == 1 and mention.form == "ORGANIZATION":  # "Brannick", for Brannick Civil
            group = bodies.get("first " + words[0])
        if group is None:
            group = Group()
            group.named = True
            group.kind = "outlet" if outlet or _MASTHEAD.search(called) else None
            (self.outlets if outlet else bodies)[key] = group
            if len(words) > 1:
                bodies.setdefault("initials " + "".join(w[0] for w in words), group)
                for short in ("paper " + words[-1], "first " + words[0]):
                    bodies[short] = group if short not in bodies else None
        self.add(group, mention)


_POLITE = re.compile(r"\b(Mr|Mrs|Ms|Miss)\b\.?\s([A-Z][\w-]+)")
_SPOUSE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er)|[’']s?)\s(?:late\s)?(?:(wife|widow)|husband|widower),?\s\Z")


def _married_to(text: str, mention: Mention) -> Gender | None:
    """What the words before a name show: "his wife, Leila Haddad"."""
    before = _SPOUSE.search(text, max(0, mention.start - 30), mention.start)
    return None if before is None else "she" if before[1] else "he"


@lru_cache(1 << 12)
def _named(text: str) -> PersonName:
    """The parts of a name; a text has most of its names again and again."""
    return PersonName.of(text)


def _may_be(a: PersonName, b: PersonName) -> bool:
    """Whether two names of one surname may be one person's."""
    if a.gender and b.gender and a.gender != b.gender or (a.suffix and b.suffix and a.suffix != b.suffix):
        return False
    x, y = a.given.lower().rstrip("."), b.given.lower().rstrip(".")
    return not (x and y) or x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) or x.startswith(y) or y.startswith(x)


def names_of(
    document: Document,
    attributions: Sequence[Attribution],
    tagged: Sequence[Mention],
    outlets: Sequence[tuple[int, int, Outlet]],
) -> tuple[list[Mention], list[Mention]]:
    """The names of a document, whole and in order, and those of its own outlet. tagged: what the model found; outlets:
    what `find_outlets` finds."""
    text = document.text
    known = [Mention(s, e, "ORGANIZATION") for s, e, _ in outlets]
    own = _own_names(document)
    known = sorted({*known, *own}) if own else known
    begins = frozenset(a.source[0].start for a in attributions if a.source)
    names = _whole_bodies(text, _with_outlets(tagged, known), known, begins)
    return _with_surnames(text, _with_introduced(text, attributions, names)), own


def _own_names(document: Document) -> list[Mention]:
    """Where a text names the outlet it is from: in the Cassby Daily Argus by that name, as "the Argus" or "CDA"."""
    words = (document.outlet or "").removeprefix("The ").split()
    if len(words) < 2:  # "Time" is a word as well
        return []
    last = re.escape(words[-1])
    short = rf"|(?<=\b[Tt]he ){last}" if words[-1] in MASTHEAD_ENDS and words[-1] not in ("Daily", "News") else ""
    initials = "".join(w[0] for w in words)
    short += rf"|{re.escape(initials)}" if len(initials) > 2 and initials.isupper() else ""  # "told CNA"
    own = re.compile(rf"(?<![\w-])(?:{' '.join(map(re.escape, words))}{short})(?![\w-]|\s[A-Z])")
    return [Mention(m.start(), m.end(), "ORGANIZATION") for m in own.finditer(document.text)]


def _with_outlets(names: Sequence[Mention], outlets: Sequence[Mention]) -> list[Mention]:
    """The names, and those of outlets, which are known whole: what the model made of their parts is put aside."""
    starts = np.array([m.start for m in outlets])
    kept = []
    for n in names:
        i = int(np.searchsorted(starts, n.end))
        before = outlets[i - 1] if i else None
        if before is None or before.end <= n.start or (n.start <= before.start and n.end > before.end):
            kept.append(n)
    covered = {at for n in kept for at in range(n.start, n.end)}
    return sorted([*kept, *(m for m in outlets if m.start not in covered)])


_NAME_WORD = r"[A-Z](?=[\w’'-]{0,30}[a-z])[\w’'-]{1,30}+"
_FULL_NAME = rf"{_NAME_WORD}(?: [A-Z]\.)?(?: (?:al-|bin |de |van |von )?{_NAME_WORD}){{1,2}}"
_INTRODUCED = re.compile(
    rf"(?P<first>{_FULL_NAME}), (?:an?|the|its|his|her|their|who|\d\d)\b.*"
    rf"|(?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|\S+[’']s)\b(?! [A-Z])[^,]*, (?P<last>{_FULL_NAME}),?",
    re.S,
)


def _with_introduced(text: str, attributions: Sequence[Attribution], names: Sequence[Mention]) -> list[Mention]:
    """The names, and those that a source's own phrase introduces as a person's where the model saw none: "the harbour
    master, Dirk Nevdock", "Dirk Nevdock, the harbour master"."""
    out = list(names)
    for a in attributions:
        if not a.source:
            continue
        start, end = a.source[0].start, a.source[-1].end
        m = _INTRODUCED.fullmatch(text, start, end)
        if m is None:
            continue
        low, high = m.span("first" if m["first"] else "last")
        near = [n for n in out if n.start < high and low < n.end]
        if not near:
            out.append(Mention(low, high, "PERSON"))
    return sorted(out)


def _with_surnames(text: str, names: Sequence[Mention]) -> list[Mention]:
    """The names, and the surnames of people named in full wherever they stand alone and the model saw none."""
    full = (text[m.start : m.end].split() for m in names if m.form == "PERSON")
    surnames = {words[-1] for words in full if len(words) > 1}
    if not surnames:
        return list(names)
    starts = [m.start for m in names]
    found = []
    for m in _SURNAME.finditer(text):
        if m[0] in surnames and ((i := bisect_right(starts, m.start())) == 0 or names[i - 1].end <= m.start()):
            found.append(m)
    # "From" is a surname and a word.
    small = set(re.findall(r"[^\W\d_]+", text)) if found else set()
    people = (Mention(m.start(), m.end(), "PERSON") for m in found if m[0].lower() not in small)
    return sorted([*names, *people])


_SURNAME = re.compile(r"(?<![\w’'-])(?<!\b[Dd]e )(?<!\b[Vv][ao]n )(?<!\b[DL]a )[A-Z][^\W\d_]{3,}+(?![\w-]|\s[A-Z])")


def _whole_bodies(
    text: str, names: Sequence[Mention], outlets: Sequence[Mention], begins: frozenset[int] = frozenset()
) -> list[Mention]:
    """The names, those of bodies whole, of which the model often leaves out a part: "the *General Workers'* Union",
    "the Tarle Health *Trust*", "the Council *for* Open Ports". Outlets that are known stay as they are. begins: where
    sources do; a sentence's first word is part of a name there."""
    known = {m.start for m in outlets}
    out: list[Mention] = []
    for m in _told_bodies(text, names):
        last = out[-1] if out and out[-1].form == "ORGANIZATION" and out[-1].start not in known else None
        if last and m.start not in known and _goes_on(text, last, m):
            out[-1] = last._replace(end=m.end)
            continue
        start, kept = m.start, len(out)
        while m.form == "ORGANIZATION" and start not in known and text[start - 1 : start] in (" ", "\xa0"):
            ahead = _AHEAD.search(text, max(0, start - 40), start)
            if ahead is None or _STAYS_OUT.match(ahead[1]):  # "President Obama's Treasury"
                break
            inside = out[kept - 1] if kept and out[kept - 1].end > ahead.start(1) else None
            first = ahead.start(1)
            if inside is None and first not in begins and _BEGINS.search(text, max(0, first - 4), first):
                break  # "Because Congress"
            if _IN_PLACE.search(text, max(0, first - 5), first):
                break  # "In Kabul Amnesty"
            if inside and (
                inside.start in known or (inside.form == "PERSON" and " " in text[inside.start : inside.end])
            ):
                break
            start, kept = (inside.start, kept - 1) if inside else (first, kept)
        del out[kept:]
        out.append(m._replace(start=start))
    return out


_IS_BODY = re.compile(
    r",\s(?:an?|the|its|their)\s(?:[\w’'-]+\s){0,4}?(?:group|charity|company|firm|union|agency|organi[sz]ation|association"
    r"|operator|contractor|manufacturer|developer|network|think ?tank|federation|trust|carrier|airline|bank|party)"
    r"(?=,|\s(?:of|for|in|that|which|behind|based|responsible)\b)"
)


_SHORT_FOR = re.compile(r"\w \(([A-Z]{3,7})\)")


def _told_bodies(text: str, names: Sequence[Mention]) -> list[Mention]:
    """The names; those that the model took for people but the text calls a body become bodies, and so does what is
    short for them: "Blue Shore, an environmental group,", "Blue"; and "Doctors Across Borders (DAB)", "DAB"."""
    people = {text[m.start : m.end] for m in names if m.form == "PERSON"}
    bodies = {text[m.start : m.end] for m in names if _IS_BODY.match(text, m.end)} & people
    bodies |= {body.split()[0] for body in bodies}
    bodies |= people & set(_SHORT_FOR.findall(text))
    return [m._replace(form="ORGANIZATION") if text[m.start : m.end] in bodies else m for m in names]


def _goes_on(text: str, body: Mention, name: Mention) -> bool:
    """Whether a body's name goes on with the next name."""
    between = text[body.end : name.start]
    if name.form == "ORGANIZATION" and between in (" for ", " of ", " of the "):
        return True
    return between == " " and BODY.fullmatch(text, name.start, name.end) is not None


_AHEAD = re.compile(r"(?<![\w.’'&/-])([A-Z][\w’'&-]*)[ \xa0]$")
_BEGINS = re.compile(r"(?:\A|[.!?:;\n][”\"’')]*\s*|[“\"‘(])$")
_IN_PLACE = re.compile(r"\b(?:In|At|From|Near)\s$")
_STAYS_OUT = re.compile(
    rf"(?:The|An?|(?:{TITLES})s?|[MD]rs?|Ms|Sen|Rep|Gov|Gen|Democratic|Former|Director|Chief|Chair\w*|Spokes\w+|Leader"
    r"|CEO|\w*[^s][’']s|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\Z",
    re.I,
)
