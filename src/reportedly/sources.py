"""Attributions -> sources and chains: who is behind each statement, what kind of source, and through whom it came.

Names are grouped by rule (`cast.py`), pronouns and descriptions by the resolver's ranking (`resolver.py`). Kind and
named come from its judgement of a source's own mentions, unless a name or the list of outlets settles them. Roles are
picked from the words around (`roles.py`), anonymity is read from them by rule (`anonymity.py`), and relays are weighed
(`weigher.py`).
"""

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from .anonymity import anonymity_of
from .carriers import Carrier
from .cast import BODY, TITLES, Called, Cast, Group, called_as, names_of, with_of
from .mentions import NAME_TYPES, Mention, mention_of
from .outlets import MASTHEAD_ENDS, find_outlets, outlet_of
from .records import KINDS, Attribution, Document, Kind, Link, Source, Stretch
from .relays import Setting, Speaker
from .resolver import Candidate, Sight, candidates, content_words
from .roles import Bearer, Words, default_picker, is_office, is_official
from .weigher import relays_in

NOBODY = 0.0  # logits by which a group must be likelier than nobody spoken of so far
_SAYING = re.compile(r"(?:also |then |further )?\w+ing\b", re.I)
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s|\n")
_INDEFINITE = re.compile(r"(?:an?|one|some|another|several)\s", re.I)


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
    names, own = names_of(document, attributions, sight.names(text), outlets)
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
            paper = [n for n in inside if outlet_of(text[n.start : n.end]) and _ITS_OWN.match(text, n.end, end)]
            if named or last or paper:
                head = (named or last or paper)[0]
        together = _together(text, start, inside) if head.form in ("PERSON", "ORGANIZATION", "description") else []
        out.append(together or [head])
    return out


_ITS_OWN = re.compile(  # what an outlet says in: "the Post's *account*"
    r"[’']s?\s(?:own\s)?(?:account|report|reporting|story|article|coverage|piece|editorial(?:\sboard)?)\b"
)


def _together(text: str, start: int, names: Sequence[Mention]) -> list[Mention]:
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
    places: Sequence[Candidate],
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
    group = cast.joint[key] = Group()
    group.members, group.kind, group.named = members, "group", True
    return group


def _places(
    attributions: Sequence[Attribution],
    order: Sequence[int],
    heads: Sequence[list[Mention]],
    names: Sequence[Mention],
    cast: Cast,
    sight: Sight,
) -> list[Candidate]:
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
    places: list[Candidate] = []
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
        places.append(Candidate(m, sight.word(m.start), k, inner[0][2] if inner else -1))
    return places


def _whom(text: str, mention: Mention, met: Sequence[tuple[Group, float, int]], cast: Cast) -> Group | None:
    """The group that a pronoun or description means; a new one where it means nobody spoken of before. met: the groups
    of the places that it may mean, how much likelier each is than nobody, and where the place begins."""
    form, said = mention.form, text[mention.start : mention.end]
    if form == "I":
        return cast.voice
    pronoun = form in ("he", "she")
    indefinite = form == "description" and _INDEFINITE.match(said) is not None
    whole = with_of(text, mention)
    named = said.split()[-1][0].isupper()  # "The Ministry of Health", but not "the mayor of Corvale"
    proper = form == "description" and (_is_proper(said) or (named and whole != said and _is_proper(whole)))
    definite = form == "description" and not proper and said[:4].lower() == "the "

    called, kin = called_as(whole), _KIN.get("".join(content_words(said)[-1:]))

    def may_be(g: Group) -> bool:
        if pronoun:
            return g.kind in (None, "person") and not (g.gender and g.gender != form)
        if proper and (g.names or called.kind) and not _akin(text, whole, g):
            return False
        if definite and (g.names and not _is_called(text, said, g) or _no_office(said, g)):
            return False
        if form == "description" and (_other_body(text, called, g) or (g.gender and kin and g.gender != kin)):
            return False
        if said.lower() == "which" and g.person:
            return False
        return not indefinite or _said_before(text, said, g)  # "a senior official" is nobody named before

    fits = {g: g is not cast.voice and may_be(g) for g in dict.fromkeys(g for g, _, _ in met)}
    line = text.find("\n", mention.end) if pronoun else -1
    if line >= 0 and any(at < mention.start and fits[g] for g, _, at in met):
        known = {g for g, _, at in met if at < line}  # whoever only comes up in a later paragraph is not "he" yet
        met = [m for m in met if m[0] in known]
    back = form == "description" and said.lower().startswith(("its ", "their "))
    if back or (definite and called.kind):  # "the government", "its teams" are nobody's who is named only later
        earlier = {g for g, _, at in met if at < mention.start}
        met = [m for m in met if m[0] in earlier]
    # The best mention decides: sums favour whoever is spoken of most (pronouns on dev 78.9 %, with sums 76.6).
    weights: dict[Group, float] = {}
    for g, score, _ in met:
        if fits[g]:
            weights[g] = max(weights.get(g, -math.inf), score)
    group = max(weights, key=lambda g: weights[g], default=None)
    if definite and BODY.fullmatch(said[4:].title()):  # "the trust", where one that is spoken of is called so
        so = [g for g in weights if any(text[m.start : m.end].lower().endswith(said[3:]) for m in g.names)]
        if len(so) == 1:
            weights[group := so[0]] = math.inf
    if group is not None and (weights[group] > NOBODY or pronoun):
        if pronoun:
            group.gender = group.gender or ("he" if form == "he" else "she")
            group.kind = group.kind or "person"
        elif form == "description":
            group.described.append(mention)
        return group
    if form in ("it", "they") and said.lower() in ("it", "they", "this", "that", "these"):
        return None
    if form != "who":
        return Group(described=[mention])
    if before := _before_who(text, mention.start):
        return Group(described=[mention_of(text, *before, ())], called=text[before[0] : before[1]])
    return None


_KIN = dict.fromkeys(("husband", "widower", "father", "son", "brother"), "he") | dict.fromkeys(
    ("wife", "widow", "mother", "daughter", "sister"), "she"
)
_MAY_BE = {  # what else a body may be of which is said so
    "agency": frozenset(("office", "service", "authority", "inspectorate", "department", "commission", "board")),
    "company": frozenset(("bank", "website", "service", "agency")),
    "department": frozenset(("police", "ministry", "office")),
    "hospital": frozenset(("trust",)),
    "office": frozenset(("trust", "association", "club")),
    "union": frozenset(("association",)),
    "association": frozenset(("union",)),
}
# What these are called says so, or is one word: "Kremlin", "NYPD".
_SAYS_SO = frozenset(("ministry", "embassy", "police", "parliament", "army", "navy", "coastguard"))


def _other_body(text: str, called: Called, group: Group) -> bool:
    """Whether a description says what kind of body it is, and the group is spoken of as of another kind, or as another
    of that kind: "the police" is not "the army", "the health ministry" not "the interior ministry"."""
    if not called.kind:
        return False
    theirs = group.calls(text)
    kinds = {c.kind for c in theirs} - {None}
    if not kinds:
        several = (m.form != "LOCATION" and " " in text[m.start : m.end] for m in group.names)
        return called.kind in _SAYS_SO and any(several)
    if called.kind not in kinds and kinds.isdisjoint(_MAY_BE.get(called.kind, ())):
        return True
    like = [c for c in theirs if c.kind == called.kind and c.which]
    return bool(like and called.which) and all(called.apart(c) for c in like)


def _no_office(said: str, group: Group) -> bool:
    """Whether a description is of somebody in office, and the group has names of bodies: "the captain", a company."""
    words = content_words(said)
    if not words or not group.names or called_as(said).kind:
        return False
    return is_office(words[-1]) and all(m.form != "PERSON" for m in group.names)


def _said_before(text: str, said: str, group: Group) -> bool:
    """Whether a group goes by these very words."""
    return any(content_words(text[m.start : m.end]) == content_words(said) for m in group.described)


_DETERMINER = re.compile(r"\A(?:the|an?|his|her|their|its|our|this|that|these|those)\s+", re.I)
# A capital of office or party: "the Senator", "the Florida Republican".
_CALLED = re.compile(rf"(?:{TITLES}|general)\Z", re.I)


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
    words = content_words(said)
    head = "".join(words[-1:])
    if group.kind == "person":
        return not _PAPER.match(head)
    names = [content_words(text[m.start : m.end]) for m in group.names]
    publishes = group.kind == "outlet" or (group.kind is None and any(n[-1:] and n[-1] in _ENDS for n in names))
    if head == "service" and words[-2:-1] not in ((), ("news",), ("wire",)):  # "the national weather service"
        return not publishes
    if _PAPER.match(head):
        return publishes or head == "agency"  # the FBI is one
    return not publishes or bool(_PUBLISHER.match(head)) or any(head in n for n in names)


def _initials(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words)


_PHRASE_START = re.compile(
    r"(?:^|(?<=\s))(?:the|a|an|some|many|those|one|two|three|several|most|all|any|few|other|people|every|\d[\d,]*)\s",
    re.I,
)


_AND = re.compile(r",?\s(?:and|but|or)\s\Z")


def _before_who(text: str, at: int) -> Stretch | None:
    """The phrase that a relative pronoun at `at` takes up."""
    low = max(0, at - 80, text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1)
    head = _AND.sub("", text[low:at]).rstrip(" ,")
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
            no = {"author"} | _is_not(cast.text, group)
            group.kind = max((float(mean[n]), k) for n, k in enumerate(KINDS) if k not in no)[1]
        if group.named is None or (not group.person and not group.members and group.kind not in ("outlet", "author")):
            places = [start for start, _ in group.phrases] + [m.start for m in group.described]
            indefinite = any(_INDEFINITE.match(cast.text, at) for at in places)
            somebody = group.kind == "person" and not group.names and indefinite
            group.named = bool(mean[-1] > 0) and not somebody


def _is_not(text: str, group: Group) -> set[Kind]:
    """The kinds that a group is not of: a body by the last word of its name is no person and no group; whoever has
    names of bodies only, or is called "the coastguard", is no person."""
    if any(BODY.fullmatch(text[m.start : m.end].rsplit(None, 1)[-1]) for m in group.names):
        return {"person", "group"}
    if group.names:
        return {"person"} if all(m.form == "ORGANIZATION" for m in group.names) else set()
    return {"person", "document"} if any(called_as(text[m.start : m.end]).kind for m in group.described) else set()


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
    recorder = _Recorder(document, attributions, speaker, roles, cast)
    root = recorder.root
    via = [recorder.carrier(r) if r else None for r in relays]  # all, before any is recorded with its mentions
    out = []
    for k, (a, group, relay) in enumerate(zip(attributions, speaker, relays, strict=True)):
        chain = recorder.chain(k, relay, via[k])
        said_by = recorder.source(group).id if group else None
        out.append(msgspec.structs.replace(a, speaker=said_by, chain=chain))
    rest = (s for s in recorder.recorded.values() if s is not root)
    return tuple(out), (root, *sorted(rest, key=lambda s: s.mentions[0].start if s.mentions else 0))


class _Recorder:
    """Makes the records of one document, each when it is first asked for. root: that of the report's own voice;
    recorded: all so far, by id, in the order in which they were made."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        speaker: Sequence[Group | None],
        roles: Mapping[int, tuple[Stretch, ...]],
        cast: Cast,
    ) -> None:
        self._document, self._attributions, self._speaker = document, attributions, speaker
        self._roles, self._cast = roles, cast
        self._number = {a.id: k for k, a in enumerate(attributions)}
        self._sources: dict[int, Source] = {}  # by the group's id
        self._carriers: dict[str, Group] = {}
        self.recorded: dict[str, Source] = {}
        self.root = self.source(cast.voice)

    def source(self, group: Group) -> Source:
        """The record of a group."""
        if id(group) in self._sources:
            return self._sources[id(group)]
        document = self._document
        members = tuple(self.source(m).id for m in group.members)
        mentions = {(s.start, s.end): s for s in group.others}
        if group.named:
            covered = {at for s, e in mentions for at in range(s, e)}
            for m in group.names:
                if m.start not in covered:
                    mentions[m.start, m.end] = document.span(m.start, m.end)
        role_spans = tuple(document.span(s, e) for s, e in self._roles.get(id(group), ()))
        hidden = () if group.named else anonymity_of(document.text, group.phrases)
        name = _name(document.text, group, self._sources)
        said = ", ".join(" ".join(s.text.split()) for s in role_spans) or None
        source = Source.of(
            document, name,
            kind=group.kind or "unknown", named=bool(group.named), official=is_official(name, said, group.kind),
            role=said, role_spans=role_spans, anonymity=tuple(document.span(s, e) for s, e in hidden),
            members=members, mentions=tuple(mentions[k] for k in sorted(mentions)),
        )  # fmt: skip
        # Two groups of one name and the same mentions are one source: whoever reads by id must lose nothing.
        self._sources[id(group)] = self.recorded.setdefault(source.id, source)
        return self._sources[id(group)]

    def carrier(self, relay: Carrier) -> Group:
        """The group of what relays: one that is spoken of, else one of its own."""
        if known := self._cast.carries(relay):
            return known
        group = self._carriers.get(relay.key)
        if group is None:
            kind: Kind = "outlet" if relay.sort in ("outlet", "social", "show", "name") else "document"
            named = kind == "outlet" or bool(re.search("[A-Z]", relay.name))
            group = self._carriers[relay.key] = Group(kind=kind, named=named, called=relay.name)
        span = self._document.span(relay.start, relay.end)
        if span not in group.others:
            group.others.append(span)
        return group

    def chain(self, k: int, relay: Carrier | None, via: Group | None) -> tuple[Link, ...]:
        """From the report to who speaks in its k-th attribution, over those in whose words that lies, and the relay.
        via: the relay's group."""
        a, group, voice = self._attributions[k], self._speaker[k], self._cast.voice
        chain = [Link(self.root.id, ()), *self._around(a, group)]
        nobody = group is None and a.within is not None  # then it ends with who says so, not with who relays
        if relay and via is not None and via is not group and not nobody:
            source = self.source(via).id
            if all(link.source != source for link in chain):
                chain.append(Link(source, (self._document.span(relay.start, relay.end),)))
        if group is voice:
            return (Link(self.root.id, a.source),)
        if group is not None:
            chain.append(Link(self.source(group).id, a.source))
        return tuple(chain)

    def _around(self, a: Attribution, group: Group | None) -> list[Link]:
        """Who says what an attribution lies in, the outermost first; neither its own speaker nor the report's voice."""
        path = []
        while a.within is not None:
            k = self._number[a.within]
            a, other = self._attributions[k], self._speaker[k]
            if other is not None and other is not group and other is not self._cast.voice:
                path.append(Link(self.source(other).id, a.source))
        return path[::-1]


_DANGLING = re.compile(  # a clause of which the phrase has only the first words: ", who did not", ", speaking", ", and"
    r",?\s(?:who|whom|which|that)(?:\s(?:has|had|have|is|was|were|are|did|does|do|would|could|will|can|also|not|\w+n[’']t"
    r"|spoke|asked|declined|refused|requested|wanted|wished))*\Z|,\s[a-z]\w*ing(?:\son)?\Z"
    r"|,?\s(?:and|but|or)\Z|(?<=\w)[’']s\Z"
)


def _name(text: str, group: Group, sources: dict[int, Source]) -> str:
    """The fullest name of a group, else its fullest description."""
    if group.members:
        return " + ".join(sources[id(m)].name for m in group.members)
    if group.called:
        return " ".join(group.called.split())
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
        said = " ".join(text[low:high].split()).strip(" ,;")[:160]
        while (whole := _DANGLING.sub("", said)) != said:  # "X, who asked, and who"
            said = whole
        return said
    for m in (*group.described, *group.names):
        return " ".join(text[m.start : m.end].split())
    return " ".join(group.others[0].text.split()) if group.others else "unknown"
