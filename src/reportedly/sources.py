"""Attributions -> sources and chains: who is behind each statement, what kind of source, and through whom it came.

Names are grouped by rule (surname, given name, initials of a body); pronouns and descriptions by the resolver's ranking
(`resolver.py`). Kind and named come from its judgement of a source's own mentions, unless a name or the list of outlets
settles them. Roles are picked from the words around (`roles.py`), anonymity is read from them by rule, and relays are
weighed (`relays.py`).
"""

import math
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec
import numpy as np

from .carriers import Carrier
from .mentions import NAME_TYPES, Mention, mention_of
from .names import PersonName
from .outlets import MASTHEAD_ENDS, find_outlets, outlet_of
from .records import KINDS, Attribution, Document, Kind, Link, Source, Span
from .relays import Setting, Speaker, anonymity_of, relays_in
from .resolver import Place, Sight, candidates, content_words
from .roles import Bearer, Words, default_picker, is_office, is_official
from .roles import Place as Stretch

NOBODY = 0.0  # logits by which a group must be likelier than nobody spoken of so far
_MASTHEAD = re.compile(rf"[A-Z]\S* (?:(?:News|Press) (?:Agency|Service)|{'|'.join(MASTHEAD_ENDS)})\Z")
_SAYING = re.compile(r"(?:also |then |further )?\w+ing\b", re.I)
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s|\n")
_CAPITALS = re.compile(r"(?:[A-Z][\w’']*\.?\s+)+$")
_INDEFINITE = re.compile(r"(?:an?|one|some|another|several)\s", re.I)
_TITLES = "president|secretary|senator|governor|minister|speaker|judge|justice|pope|mayor|republican|democrat"


@dataclass(eq=False)
class Group:
    """All mentions of one source, as they are found. person: its fullest name, if it is a person with one."""

    names: list[Mention] = field(default_factory=list)
    described: list[Mention] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    person: PersonName | None = None
    gender: str | None = None
    kind: Kind | None = None
    named: bool | None = None
    title: str | None = None
    members: tuple["Group", ...] = ()
    phrases: list[tuple[int, int]] = field(default_factory=list)


class Cast:
    """The groups of one document, and which mention belongs to which. voice: the report's own."""

    def __init__(self, document: Document, names: Sequence[Mention], own: Sequence[Mention] = ()) -> None:
        """own: the names of the document's outlet."""
        self.text = document.text
        self.voice = Group(kind="author", named=True, title=document.outlet or "this report")
        self.groups: list[Group] = []
        self.of: dict[tuple[int, int], Group] = {}
        self.outlets: dict[str, Group] = {}
        self.joint: dict[frozenset[int], Group] = {}
        full = sorted(names, key=lambda m: -len(self.text[m.start : m.end].split()))
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

    def new(self) -> Group:
        """A group of nobody yet."""
        self.groups.append(Group())
        return self.groups[-1]

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
        fits = [g for g in bearers.get(surname, []) if g.person and _may_be(g.person, name)]
        if not fits and not name.given:
            fits = [g for gs in bearers.values() for g in gs if g.person and g.person.given.lower() == surname]
            fits = fits if len({id(g) for g in fits}) == 1 else []
        if len(fits) > 1:  # the one last spoken of in full before, else the first
            earlier = [g for g in fits if any(m.start < mention.start for m in g.names)]
            fits = (
                [max(earlier, key=lambda g: max(m.start for m in g.names if m.start < mention.start))]
                if earlier
                else fits[:1]
            )
        group = fits[0] if fits else self.new()
        if not fits:
            group.person, group.kind, group.named = name, "person", True
            bearers.setdefault(surname, []).append(group)
        group.gender = group.gender or name.gender
        self.add(group, mention)

    def _body(self, mention: Mention, bodies: dict[str, Group | None]) -> None:
        called = self.text[mention.start : mention.end]
        outlet = outlet_of(called)
        words = content_words(called)
        if not words:
            return
        key = outlet.name if outlet else " ".join(words)
        group = self.outlets.get(key) if outlet else bodies.get(key)
        if group is None and (
            called in MASTHEAD_ENDS or _BODY.fullmatch(called)
        ):  # the Argus, where just one body is called so in full
            group = bodies.get("paper " + words[0])
        if group is None and len(words) == 1 and called.isupper():  # FBI, where it is spelt out elsewhere
            group = bodies.get("initials " + words[0])
        if group is None:
            group = self.new()
            group.named = True
            group.kind = "outlet" if outlet or _MASTHEAD.search(called) else None
            (self.outlets if outlet else bodies)[key] = group
            if len(words) > 1:
                bodies.setdefault("initials " + "".join(w[0] for w in words), group)
                end = "paper " + words[-1]
                bodies[end] = group if end not in bodies else None
        self.add(group, mention)


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


def resolve(
    document: Document, attributions: Sequence[Attribution], sight: Sight
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """The attributions with speaker and chain, and the sources of the document: first the report's own voice, then in
    the order in which they are first spoken of. Attributions keep their order and everything else."""
    cast, speaker, setting = set_out(document, attributions, sight)
    relays = relays_in(setting, sight.heads)
    roles = _roles(document.text, setting.names, speaker, relays, cast, sight)
    return _records(document, attributions, speaker, relays, roles, cast)


def set_out(
    document: Document, attributions: Sequence[Attribution], sight: Sight
) -> tuple[Cast, list[Group | None], Setting]:
    """Who is behind each attribution, and what is to be weighed to tell through whom it came."""
    text = document.text
    outlets = list(find_outlets(text))
    known = [Mention(s, e, "ORGANIZATION") for s, e, _ in outlets]
    own = _own_names(document)
    known = sorted({*known, *own}) if own else known
    names = _whole_bodies(text, _with_outlets(sight.names(text), known), known)
    names = _with_surnames(text, _with_introduced(text, attributions, names))
    cast = Cast(document, names, own)
    heads = _heads(text, attributions, names)
    order = sorted(range(len(attributions)), key=lambda k: attributions[k].cue[0].start)
    places = _places(attributions, order, heads, names, cast, sight)
    speaker = _speakers(text, attributions, order, heads, places, cast, sight)
    _fill_kinds(cast, heads, speaker, sight)
    number: dict[int, Speaker] = {}
    for g in speaker:
        if g is not None and id(g) not in number:
            spoken_of = {m.start for m in (*g.names, *g.described)} | {s.start for s in g.others}
            number[id(g)] = Speaker(len(number), g.kind, tuple(sorted(spoken_of)))
    speakers = [number[id(g)] if g is not None else None for g in speaker]
    return cast, speaker, Setting(text, attributions, order, speakers, outlets, names)


def _own_names(document: Document) -> list[Mention]:
    """Where a text names the outlet it is from: "the Cassby Argus" and "the Argus" in the Cassby Argus."""
    words = (document.outlet or "").removeprefix("The ").split()
    if len(words) < 2:  # "Time" is a word as well
        return []
    last = re.escape(words[-1])
    short = rf"|(?<=\b[Tt]he ){last}" if words[-1] in MASTHEAD_ENDS and words[-1] not in ("Daily", "News") else ""
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
    small = {w for w in {m[0] for m in found} if w.lower() in text and re.search(rf"\b{w.lower()}\b", text)}
    return sorted([*names, *(Mention(m.start(), m.end(), "PERSON") for m in found if m[0] not in small)])


_SURNAME = re.compile(r"(?<![\w’'-])(?<!\b[Dd]e )(?<!\b[Vv][ao]n )(?<!\b[DL]a )[A-Z][^\W\d_]{3,}+(?![\w-]|\s[A-Z])")


def _whole_bodies(text: str, names: Sequence[Mention], outlets: Sequence[Mention]) -> list[Mention]:
    """The names, those of bodies whole, of which the model often leaves out a part: "the *General Workers'* Union",
    "the Tarle Health *Trust*", "the Council *for* Open Ports". Outlets that are known stay as they are."""
    known = {m.start for m in outlets}
    out: list[Mention] = []
    for m in names:
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
            if inside is None and _BEGINS.search(text, max(0, ahead.start(1) - 4), ahead.start(1)):
                break  # "Because Congress"
            if inside and (
                inside.start in known or (inside.form == "PERSON" and " " in text[inside.start : inside.end])
            ):
                break
            start, kept = (inside.start, kept - 1) if inside else (ahead.start(1), kept)
        del out[kept:]
        out.append(m._replace(start=start))
    return out


def _goes_on(text: str, body: Mention, name: Mention) -> bool:
    """Whether a body's name goes on with the next name."""
    between = text[body.end : name.start]
    if name.form == "ORGANIZATION" and between in (" for ", " of ", " of the "):
        return True
    return between == " " and _BODY.fullmatch(text, name.start, name.end) is not None


_BODY = re.compile(
    r"Trust|Union|Alliance|Council|Association|Society|Hospital|University|Ministry|Department|Commission|Committee"
    r"|Company|Agency|Authority|Board|Fund|Foundation|Institute|Federation|Party|Group|Bank|Office|Service|Court"
    r"|Cent(?:er|re)|School|College|Club|Church|League"
)
_AHEAD = re.compile(r"(?<![\w.’'&/-])([A-Z][\w’'&-]*)[ \xa0]$")
_BEGINS = re.compile(r"(?:\A|[.!?:;\n][”\"’')]*\s*|[“\"‘(])$")
_STAYS_OUT = re.compile(
    rf"(?:The|An?|(?:{_TITLES})s?|[MD]rs?|Ms|Sen|Rep|Gov|Gen|Democratic|Former|Director|Chief|Chair\w*|Spokes\w+|Leader"
    r"|CEO|\w*[^s][’']s|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\Z",
    re.I,
)
_SURNAME = re.compile(r"(?<![\w’'-])(?<!\b[Dd]e )(?<!\b[Vv][ao]n )(?<!\b[DL]a )[A-Z][^\W\d_]{3,}+(?![\w-]|\s[A-Z])")
_SMALL = re.compile(r"\b[^\W\d_A-Z]{4,}+\b")


def _heads(text: str, attributions: Sequence[Attribution], names: Sequence[Mention]) -> list[list[Mention]]:
    """What each attribution's source speaks of: nothing, one mention, or several that speak together."""
    out: list[list[Mention]] = []
    starts = [n.start for n in names]
    for a in attributions:
        if not a.source:
            out.append([])
            continue
        start, end = a.source[0].start, a.source[-1].end
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        inside = [n for n in names[low:high] if n.end <= end]
        head = mention_of(text, start, end, inside)
        if head.form == "description":  # "Her campaign manager, Robby Mook,"
            named = [
                n
                for n in inside
                if n.form == "PERSON"
                and re.fullmatch(r",?\s+(?:named\s+|[A-Z]\w*\.?\s+){0,2}", text[head.end : n.start])
            ]
            last = [  # "The head of Lorrand Ports, Dirk Nevdock"
                n
                for n in inside
                if n.form == "PERSON" and not text[n.end : end].strip(" ,") and text.endswith(", ", 0, n.start)
            ]
            if named or last:
                head = (named or last)[0]
        together = _together(text, start, end, inside) if head.form in ("PERSON", "ORGANIZATION", "description") else []
        out.append(together or [head])
    return out


def _together(text: str, start: int, end: int, names: Sequence[Mention]) -> list[Mention]:
    """The names of a phrase that joins several: "Sen. Roe and Gov. Doe". Nothing where it does not."""
    people = [n for n in names if n.form in ("PERSON", "ORGANIZATION")]
    if len(people) < 2 or not re.search(r"\band\b|&", text[people[0].end : people[-1].start]):
        return []
    for a, b in zip(people, people[1:], strict=False):
        between = text[a.end : b.start]
        if len(between) > 60 or re.search(r"\b(?:who|which|of|for|to|with|in|at|by|from)\b|[’']s", between):
            return []
    return (
        people
        if not re.search(r"\b(?:of|for|to|by|who)\s+(?:the\s+)?$", text[start : people[0].start])
        and text[people[-1].end : people[-1].end + 2] not in ("’s", "'s")
        else []
    )


def _speakers(
    text: str,
    attributions: Sequence[Attribution],
    order: Sequence[int],
    heads: Sequence[list[Mention]],
    places: Sequence[Place],
    cast: Cast,
    sight: Sight,
) -> list[Group | None]:
    """The group behind each attribution. order: the attributions' numbers in the order of their cues."""
    index = {(p.mention.start, p.mention.end): i for i, p in enumerate(places)}
    asked = dict.fromkeys(
        i for i, p in enumerate(places) if p.speaks >= 0 and (p.mention.start, p.mention.end) not in cast.of
    )
    found: dict[int, Group | None] = {}
    for key, i in index.items():
        if key in cast.of:
            found[i] = cast.of[key]
    may_mean = {i: array("l", (j for j in candidates(places, i) if j in found or j in asked and j < i)) for i in asked}
    likelier = sight.ranked(text, places, may_mean)
    for i in asked:
        met = [
            (g, float(x), places[j].mention.start)
            for j, x in zip(may_mean[i], likelier[i], strict=True)
            if (g := found[j])
        ]
        found[i] = _whom(text, places[i].mention, met, cast)
    result: dict[int, Group | None] = {}
    for at, k in enumerate(order):
        a, mentions = attributions[k], heads[k]
        if len(mentions) > 1:
            members = tuple(
                dict.fromkeys(
                    cast.of.get((m.start, m.end)) or found[index[m.start, m.end]]
                    for m in mentions
                    if (m.start, m.end) in cast.of or (m.start, m.end) in index
                )
            )
            result[k] = _joint(cast, tuple(g for g in members if g))
        elif mentions:
            result[k] = found.get(index[mentions[0].start, mentions[0].end])
        else:
            before = attributions[order[at - 1]] if at else None
            gap = text[before.cue[-1].end : a.cue[0].start] if before else ""
            same = before is not None and _SAYING.match(a.cue[0].text) and len(gap) < 300 and not _SENTENCE.search(gap)
            result[k] = result[order[at - 1]] if same else None
        group = result[k]
        if group is not None and a.source:
            group.others.extend(a.source)
            group.phrases.append((a.source[0].start, a.source[-1].end))
    return [result[k] for k in range(len(attributions))]


def _joint(cast: Cast, members: tuple[Group, ...]) -> Group | None:
    """The group of several who speak together; the same for the same ones."""
    if len(members) < 2:
        return members[0] if members else None
    key = frozenset(id(g) for g in members)
    if key in cast.joint:
        return cast.joint[key]
    group = cast.joint[key] = cast.new()
    group.members, group.kind, group.named = members, "group", True
    return group


def _places(
    attributions: Sequence[Attribution],
    order: Sequence[int],
    heads: Sequence[list[Mention]],
    names: Sequence[Mention],
    cast: Cast,
    sight: Sight,
) -> list[Place]:
    """Every name and source mention as a place, in order of text; attributions are numbered in the order of cues."""
    speaks: dict[Mention, int] = {}
    number = {k: n for n, k in enumerate(order)}
    for at in order:
        for m in heads[at]:
            speaks.setdefault(m, number[at])
    taken = {at for m in speaks for at in range(m.start, m.end)}
    every = dict(speaks)
    for n in names:
        if taken.isdisjoint(range(n.start, n.end)):
            every[n] = -1
    contents = sorted((s.start, s.end, number[k]) for k, a in enumerate(attributions) for s in a.content)
    places: list[Place] = []
    inner: list[tuple[int, int, int]] = []
    ahead = 0
    for m, k in sorted(every.items()):
        part = m.form in NAME_TYPES and (m.start, m.end) not in cast.of  # of a name: "Volesky" of "Gary Volesky"
        if part and (group := cast.around(m)):
            cast.add(group, m)
        while ahead < len(contents) and contents[ahead][0] <= m.start:
            inner.append(contents[ahead])
            ahead += 1
        inner = [c for c in inner if c[1] > m.start]
        places.append(Place(m, sight.word(m.start), k, inner[0][2] if inner else -1))
    return places


def _whom(text: str, mention: Mention, met: Sequence[tuple[Group, float, int]], cast: Cast) -> Group | None:
    """The group that a pronoun or description means; a new one where it means nobody spoken of before. met: the groups
    of the places that it may mean, how much likelier each is than nobody, and where the place begins."""
    form, said = mention.form, text[mention.start : mention.end]
    if form == "I":
        return cast.voice
    pronoun = form in ("he", "she")
    indefinite = form == "description" and _INDEFINITE.match(said) is not None
    proper = form == "description" and _is_proper(said)
    definite = form == "description" and not proper and said[:4].lower() == "the "

    def may_be(g: Group) -> bool:
        if pronoun:
            return g.kind in (None, "person") and not (g.gender and g.gender != form)
        if proper and g.names and not _akin(text, said, g):
            return False
        if definite and (g.names and not _is_called(text, said, g) or _other_kind(text, said, g)):
            return False
        if said.lower() == "which" and g.person:
            return False
        return not indefinite or _said_before(text, said, g)  # "a senior official" is nobody named before

    fits = {g: g is not cast.voice and may_be(g) for g in dict.fromkeys(g for g, _, _ in met)}
    line = text.find("\n", mention.end) if pronoun else -1
    if line >= 0 and any(at < mention.start and fits[g] for g, _, at in met):
        known = {g for g, _, at in met if at < line}  # whoever only comes up in a later paragraph is not "he" yet
        met = [m for m in met if m[0] in known]
    if definite and _head(content_words(said)):  # "the government" is nobody who is named only later
        earlier = {g for g, _, at in met if at < mention.start}
        met = [m for m in met if m[0] in earlier]
    # The best mention decides: sums favour whoever is spoken of most (pronouns on dev 78.9 %, with sums 76.6).
    weights: dict[Group, float] = {}
    for g, score, _ in met:
        if fits[g]:
            weights[g] = max(weights.get(g, -math.inf), score)
    group = max(weights, key=lambda g: weights[g], default=None)
    if definite and _BODY.fullmatch(said[4:].title()):  # "the trust", where one that is spoken of is called so
        called = [g for g in weights if any(text[m.start : m.end].lower().endswith(said[3:]) for m in g.names)]
        if len(called) == 1:
            weights[group := called[0]] = math.inf
    if group is not None and (weights[group] > NOBODY or pronoun):
        if pronoun:
            group.gender = group.gender or form
            group.kind = group.kind or "person"
        elif form == "description":
            group.described.append(mention)
        return group
    if form in ("it", "they") and said.lower() in ("it", "they", "this", "that", "these"):
        return None
    group = cast.new()
    if form == "who":
        if before := _before_who(text, mention.start):
            place_of = mention_of(text, *before, ())
            group.described.append(place_of)
            group.title = text[before[0] : before[1]]
            return group
        return None
    group.described.append(mention)
    return group


_HEADS = {  # what a description calls somebody, of which one is not another
    h: h
    for h in (
        "ministry", "government", "police", "union", "court", "council", "university", "hospital", "party", "embassy",
        "parliament", "senate", "church", "company", "coastguard", "bank", "navy", "army",
    )
} | {"firm": "company", "military": "army"}  # fmt: skip


def _head(words: tuple[str, ...]) -> str | None:
    return _HEADS.get(words[-1]) if words else None


def _other_kind(text: str, said: str, group: Group) -> bool:
    """Whether a description says of what kind it is, and the group is spoken of as of another: "the police" is not "the
    army", and "the captain" no company."""
    words = content_words(said)
    if not words:
        return False
    if head := _head(words):
        known = {_head(content_words(text[m.start : m.end])) for m in (*group.names, *group.described)} - {None}
        return bool(known) and head not in known
    return bool(group.names) and is_office(words[-1]) and all(m.form != "PERSON" for m in group.names)


def _said_before(text: str, said: str, group: Group) -> bool:
    """Whether a group goes by these very words."""
    return any(content_words(text[m.start : m.end]) == content_words(said) for m in group.described)


_DETERMINER = re.compile(r"\A(?:the|an?|his|her|their|its|our|this|that|these|those)\s+", re.I)
_CALLED = re.compile(
    rf"(?:{_TITLES}|general)\Z", re.I
)  # a capital of office or party: "the Senator", "the Florida Republican"


_ENDS = frozenset(end.lower() for end in MASTHEAD_ENDS)
_PAPER = re.compile(r"(?:(?:news)?paper|magazine|tabloid|broadcaster|agency|newswire)\Z")
_PUBLISHER = re.compile(  # what else an outlet is called, or may stand for
    r"(?:outlet|network|channel|station|(?:web)?site|publication|daily|weekly|journal|company|group|organi[sz]ation|service"
    r"|publisher|owner|article|story|report|editorial|column|piece|poll|survey|investigation|analysis|platform|app"
    r"|programme?|show|blog|journalist|reporter)\Z"
)


def _is_proper(said: str) -> bool:
    """Whether a description is a name that the model did not see: "Slumberline", "the Harbour Relief Fund"."""
    bare = _DETERMINER.sub("", said)
    words = content_words(bare)
    if not words or not bare.split()[-1][0].isupper() or (bare != said and len(words) < 2):
        return False
    return not _CALLED.match(words[-1])


def _akin(text: str, said: str, group: Group) -> bool:
    """Whether a group goes by a word of a name, or by its initials."""
    mine = content_words(said)
    for m in (*group.names, *group.described):
        theirs = content_words(text[m.start : m.end])
        if not set(mine).isdisjoint(theirs):
            return True
        if 1 in (len(mine), len(theirs)) and (mine == (_initials(theirs),) or theirs == (_initials(mine),)):
            return True
    return False


def _is_called(text: str, said: str, group: Group) -> bool:
    """Whether a named group may be "the newspaper", "the trust": outlets alone are papers, and they are little else."""
    head = "".join(content_words(said)[-1:])
    if group.kind == "person":
        return not _PAPER.match(head)
    names = [content_words(text[m.start : m.end]) for m in group.names]
    publishes = group.kind == "outlet" or (group.kind is None and any(n[-1:] and n[-1] in _ENDS for n in names))
    if _PAPER.match(head):
        return publishes or head == "agency"  # the FBI is one
    return not publishes or bool(_PUBLISHER.match(head)) or any(head in n for n in names)


def _initials(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words)


_PHRASE_START = re.compile(
    r"(?:^|(?<=\s))(?:the|a|an|some|many|those|one|two|three|several|most|all|any|few|other|people|every|\d[\d,]*)\s",
    re.I,
)


def _before_who(text: str, at: int) -> tuple[int, int] | None:
    """The phrase that a relative pronoun at `at` takes up."""
    low = max(0, at - 80, text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1)
    head = text[low:at].rstrip(" ,")
    starts = [m.start() for m in _PHRASE_START.finditer(head)]
    start = starts[-1] if starts else max(head.rfind(" ", 0, max(0, head.rfind(" "))) + 1, 0)
    return (low + start, low + len(head)) if head[start:].strip() else None


def _fill_kinds(cast: Cast, heads: Sequence[list[Mention]], speaker: Sequence[Group | None], sight: Sight) -> None:
    """Kind and named of every group that speaks, from the resolver's judgement of its mentions."""
    own: dict[int, list[Mention]] = {}
    for mentions, group in zip(heads, speaker, strict=True):
        if len(mentions) == 1 and mentions[0].form in (*NAME_TYPES, "description"):
            own.setdefault(id(group), []).append(mentions[0])
    asked: list[tuple[Group, Mention]] = []
    for group in dict.fromkeys(g for g in speaker if g):
        asked += [(group, m) for m in (own.get(id(group)) or group.described or group.names)[:8]]
    scores = sight.kinds([m for _, m in asked])
    sums: dict[int, list[np.ndarray]] = {}
    for (group, _), s in zip(asked, scores, strict=True):
        sums.setdefault(id(group), []).append(s)
    for group in dict.fromkeys(g for g, _ in asked):
        mean = np.mean(sums[id(group)], axis=0)
        if group.kind is None:
            no = ("author", "person", "group") if _is_body(cast.text, group) else ("author",)
            group.kind = max((float(mean[n]), k) for n, k in enumerate(KINDS) if k not in no)[1]
        if group.named is None or (not group.person and not group.members and group.kind not in ("outlet", "author")):
            places = [start for start, _ in group.phrases] + [m.start for m in group.described]
            indefinite = any(_INDEFINITE.match(cast.text, at) for at in places)
            somebody = group.kind == "person" and not group.names and indefinite
            group.named = bool(mean[-1] > 0) and not somebody


def _is_body(text: str, group: Group) -> bool:
    """Whether a name of a group is a body's by its last word."""
    return any(_BODY.fullmatch(text[m.start : m.end].rsplit(None, 1)[-1]) for m in group.names)


def bearer_of(group: Group) -> Bearer:
    """A group as its role is looked for."""
    names, described = ([(m.start, m.end) for m in ms] for ms in (group.names, group.described))
    return Bearer(names, described, group.phrases, group.kind, bool(group.named), bool(group.members))


def _roles(
    text: str,
    names: Sequence[Mention],
    speaker: Sequence[Group | None],
    relays: Sequence[Carrier | None],
    cast: Cast,
    sight: Sight,
) -> dict[int, tuple[Stretch, ...]]:
    """Where the text says what those are who speak, speak with others or relay, by the group's id."""
    speak = [g for g in speaker if g and g is not cast.voice]
    relay = [g for r in relays if r and (g := cast.carries(r))]
    groups = list(dict.fromkeys([*speak, *(m for g in speak for m in g.members), *relay]))
    if not groups:
        return {}
    words = Words(text, names)
    found = default_picker().roles(words, [bearer_of(g) for g in groups], sight.heads(words.start, words.end))
    return {id(g): spans for g, spans in zip(groups, found, strict=True)}


def _records(
    document: Document,
    attributions: Sequence[Attribution],
    speaker: Sequence[Group | None],
    relays: Sequence[Carrier | None],
    roles: Mapping[int, tuple[Stretch, ...]],
    cast: Cast,
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Groups and relays as records. roles: where the text says what a group is, by the group's id."""
    text, voice = document.text, cast.voice
    sources: dict[int, Source] = {}
    by_id: dict[str, Source] = {}

    def record(group: Group) -> Source:
        if id(group) in sources:
            return sources[id(group)]
        members = tuple(record(m).id for m in group.members)
        mentions = {(s.start, s.end): s for s in group.others}
        if group.named:
            covered = {at for s, e in mentions for at in range(s, e)}
            for m in group.names:
                if m.start not in covered:
                    mentions[m.start, m.end] = document.span(m.start, m.end)
        spans = tuple(mentions[k] for k in sorted(mentions))
        role_spans = tuple(document.span(s, e) for s, e in roles.get(id(group), ()))
        hidden = () if group.named else anonymity_of(text, group.phrases)
        name = _name(text, group, sources)
        said = ", ".join(" ".join(s.text.split()) for s in role_spans) or None
        source = Source.of(
            document, name,
            kind=group.kind or "unknown", named=bool(group.named), official=is_official(name, said, group.kind),
            role=said, role_spans=role_spans, anonymity=tuple(document.span(s, e) for s, e in hidden),
            members=members, mentions=spans,
        )  # fmt: skip
        # Two groups of one name and the same mentions are one source: whoever reads by id must lose nothing.
        sources[id(group)] = by_id.setdefault(source.id, source)
        return sources[id(group)]

    root = record(voice)
    carriers: dict[str, Group] = {}

    def carrier(relay: Carrier) -> Group:
        if known := cast.carries(relay):
            return known
        group = carriers.get(relay.key)
        if group is None:
            kind: Kind = "outlet" if relay.sort in ("outlet", "social", "show", "name") else "document"
            named = kind == "outlet" or bool(re.search("[A-Z]", relay.name))
            group = carriers[relay.key] = Group(kind=kind, named=named, title=relay.name)
        span = document.span(relay.start, relay.end)
        if span not in group.others:
            group.others.append(span)
        return group

    used = [carrier(r) if r else None for r in relays]
    inside = {a.id: k for k, a in enumerate(attributions)}
    out = []
    for k, a in enumerate(attributions):
        chain = [Link(root.id, ())]
        g = speaker[k]
        outer, path = a.within, []
        while outer is not None:
            j = inside[outer]
            if speaker[j] is not None and speaker[j] is not g and speaker[j] is not voice:
                path.append(Link(record(speaker[j]).id, attributions[j].source))  # type: ignore[arg-type]
            outer = attributions[j].within
        chain += reversed(path)
        relay, via = relays[k], used[k]
        nobody = g is None and a.within is not None  # then it ends with who says so, not with who relays
        if (
            relay
            and via is not None
            and via is not g
            and not nobody
            and all(link.source != record(via).id for link in chain)
        ):
            chain.append(Link(record(via).id, (document.span(relay.start, relay.end),)))
        if g is not None and g is not voice:
            chain.append(Link(record(g).id, a.source))
        elif g is voice:
            chain = [Link(root.id, a.source)]
        out.append(msgspec.structs.replace(a, speaker=record(g).id if g else None, chain=tuple(chain)))
    rest = sorted((s for s in by_id.values() if s is not root), key=lambda s: s.mentions[0].start if s.mentions else 0)
    return tuple(out), (root, *rest)


_DANGLING = re.compile(  # a clause of which the phrase has only the first words: ", who did not", ", speaking"
    r",?\s(?:who|whom|which|that)(?:\s(?:has|had|have|is|was|were|are|did|does|do|would|could|will|can|also|not|\w+n[’']t"
    r"|spoke|asked|declined|refused|requested|wanted|wished))*\Z|,\s\w+ing(?:\son)?\Z"
)


def _name(text: str, group: Group, sources: dict[int, Source]) -> str:
    """The fullest name of a group, else its fullest description."""
    if group.members:
        return " + ".join(sources[id(m)].name for m in group.members)
    if group.title:
        return " ".join(group.title.split())
    if group.names and (group.person or group.named):
        called = [" ".join(text[m.start : m.end].split()) for m in group.names if m.end - m.start < 60]
        longest = max((len(c.split()) for c in called), default=0)
        fullest = Counter(c for c in called if len(c.split()) == longest)
        if fullest:
            return fullest.most_common(1)[0][0]
    if group.phrases and group.described:
        m = max(group.described, key=lambda m: m.end - m.start)
        around = [p for p in group.phrases if p[0] <= m.start and m.end <= p[1]]
        low, high = around[0] if around else (m.start, m.end)
        return _DANGLING.sub("", " ".join(text[low:high].split()).strip(" ,;")[:160])
    for m in (*group.described, *group.names):
        return " ".join(text[m.start : m.end].split())
    return " ".join(group.others[0].text.split()) if group.others else "unknown"
