"""The attributions of a text and what it names -> what is to be weighed to tell through what each came to the report.

"told *the Army Times*", "in *a statement*", "on *Twitter*", "in a poll for *the Post*", and everything else said in the
interview that is named once, at the top. For every attribution the carriers (`carriers.py`) that may have brought it,
and what the text says of the two (`Setting.features`); `weigher.py` weighs them.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from .carriers import Carrier, carriers_in
from .mentions import Mention
from .outlets import Outlet
from .quotation import SENTENCE_END
from .records import Attribution, Kind

MOST = 18  # carriers weighed for one attribution
SIDE = 200  # characters to either side in which its sentence must end


class Speaker(NamedTuple):
    """Who is behind an attribution, as far as relays care: a number, its kind, and where it is spoken of."""

    number: int
    kind: Kind | None
    mentions: tuple[int, ...]


class Near(NamedTuple):
    """A carrier in the sentence of an attribution. strong: the words there say that it carried it."""

    where: str
    via: str
    strong: bool


_SHARE = re.compile(
    r"\b\d[\d.,]{0,12}\s?(?:percent|per cent|%)|\b(?:two-thirds|three-quarters|a?\s?majority|half|a third|a quarter|respondents|those (?:who|over|under|aged)"
    r"|(?:one|two|three|four|[a-z]+) in (?:five|ten|four|three))\b",
    re.I,
)
_MANY = re.compile(
    r"\b(?:voters|respondents|those polled|Americans|Democrats|Republicans|independents|supporters|women|men|caucusgoers"
    r"|adults|people|millennials|majorit\w+|surveyed)\b",
    re.I,
)
_BEFORE = re.compile(  # the word that leads to a carrier, over what may stand between
    r"(\w+)\s+(?:(?:the|an?|his|her|their|its|a series of|local|this|new|conservative)\s+"
    r"|[A-Z]\w+\s+[A-Z]\w+\s+of\s+(?:the\s+)?|[A-Z][\w.]+[’']s\s+){0,2}$",
    re.I,
)
_LEADS = {
    **dict.fromkeys(("told", "tells", "tell", "telling", "to", "with"), "to"),
    **dict.fromkeys(("on", "in", "for", "during", "via", "through"), "on"),
    **dict.fromkeys(("by", "from", "of"), "by"),
    **dict.fromkeys(
        ("sent", "out", "issued", "released", "posted", "published", "wrote", "emailed", "e-mailed", "sends", "issues",
         "releases", "writing"),
        "sent",
    ),
}  # fmt: skip
_SPEAKS = re.compile(
    r"(?:[’']s [A-Z]\w+ [A-Z]\w+)?\s+(?:report|found|said|says|show|note|reveal|first|also|ask|wrote|write|publish|is |has )"
)
_VERB = re.compile(r"(?:re)?tweet|e-?mail(?:ed|ing)", re.I)
_INTRODUCED = {
    "interview": re.compile(r"\binterview(?:ed)?\s+(?:\w+\s+)?(?:with|on|by|in|for)\b[^.\n]{0,40}$"),
    "told": re.compile(r"\b(?:told|telling|tells)\s[^.\n]{0,30}$"),
    "appeared": re.compile(r"\b(?:appear\w*|speaking|spoke|appearance|live)\s[^.\n]{0,25}$"),
    "according": re.compile(
        r"\b(?:according to|reported by|first reported|published (?:by|in)|conducted by|released by)\s[^.\n]{0,25}$"
    ),
}
_INTERVIEW = re.compile(r"(?:[’']s)?\s+(?:\w+\s+){0,2}interview")
_ELSEWHERE = re.compile(  # a change of scene: what was said on air is over
    r"\b(?:rally|rallies|speech|debate|town hall|news conference|press conference|conference call|speaking (?:to|at|in)|event"
    r"|crowd|audience|reporters|convention|meeting|in (?:19|20)\d\d|last (?:week|month|year)|earlier|previously|in the past)\b"
)
_CUES = {
    "told": re.compile(r"\b(?:told|tells?|telling)\b"),
    "tweet": re.compile(r"tweet"),
    "wrote": re.compile(r"\b(?:wrote|writes?|writing|written|posted)\b"),
    "added": re.compile(
        r"\b(?:add(?:ed|s|ing)|continued|went on|replied|responded|concluded|noted|noting|insisted|argued|explained|asked)\b"
    ),
    "said": re.compile(r"\b(?:said|says|saying|say)\b"),
    "favoured": re.compile(
        r"\b(?:support|favor|prefer|approve|believe|think|agree|back|view|disapprove|choose|chose|pick|vote|lead)"
        r"(?:s|ed|ing)?\b"
    ),
    "found": re.compile(r"\b(?:showed|shows?|found|finds?|according|report(?:s|ed)?)\b"),
    "called": re.compile(
        r"\b(?:call(?:s|ed|ing)?|accus\w+|criticiz\w+|blast\w+|attack\w+|slam\w+|defend\w+|prais\w+|suggest\w+|claim\w+"
        r"|alleg\w+)\b"
    ),
    "state": re.compile(
        r"\b(?:want|hope|plan|oppose|know|refuse|decline|promise|vow|worr|fear|feel|expect|consider|threaten|propos|pledg"
        r"|seek|sought|tried|has |have |had )"
    ),
}


class Setting:
    """One document's attributions, who is behind them, and the carriers it names."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        order: Sequence[int],
        speakers: Sequence[Speaker | None],
        outlets: Sequence[tuple[int, int, Outlet]],
        names: Sequence[Mention],
    ) -> None:
        """order: the attributions' numbers in the order of their cues. outlets: what `find_outlets` finds."""
        self.text, self.attributions, self.order, self.speakers = text, attributions, order, speakers
        self.names = names
        self.carriers = carriers_in(text, outlets, names)
        self.starts = [c.start for c in self.carriers]
        self.groups = [group_of(c) for c in self.carriers]
        self.keys: defaultdict[str, list[int]] = defaultdict(list)
        for i, c in enumerate(self.carriers):
            self.keys[c.key].append(i)
        self.position = {k: n for n, k in enumerate(order)}
        self.number = {a.id: k for k, a in enumerate(attributions)}
        self.sentences = [m.end() for m in SENTENCE_END.finditer(text)]
        self.paragraphs = [m.start() for m in re.finditer(r"\n+", text)]
        self.contents = sorted((s.start, s.end) for a in attributions for s in a.content)
        self.led = [self._lead(c) for c in self.carriers]
        self.introduced = {key: self._introductions(ids) for key, ids in self.keys.items()}
        self.windows = [self._window(a) for a in attributions]
        self.near = [self._near(k) for k in range(len(attributions))]
        self.strong = [{key for key, near in nears.items() if near.strong} for nears in self.near]
        self._count()
        # Of a carrier alone, made once: it is a candidate for many attributions (76 to 53 ms for 30 articles).
        self.alone = {key: list(self._of_carrier(key)) for key in self.keys}

    def _count(self) -> None:
        """How often, and by whom, each carrier is used where the words say so."""
        self.spoken = Counter(s.number for s in self.speakers if s)
        self.main = self.spoken.most_common(1)[0][0] if self.spoken else -1
        self.first: dict[int, int] = {}
        self.uses: Counter[str] = Counter()
        self.users: defaultdict[str, set[int]] = defaultdict(set)
        self.said: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)  # by a speaker: (position, key)
        self.saidby: defaultdict[tuple[int, str], list[int]] = defaultdict(list)  # positions
        self.itself: dict[int, str] = {}
        for n, k in enumerate(self.order):
            who, a = self.speakers[k], self.attributions[k]
            if who:
                self.first.setdefault(who.number, n)
            for key, near in self.near[k].items():
                if near.strong:
                    self.uses[key] += 1
                    self.users[key].add(who.number if who else -k - 1)
                    if who:
                        self.said[who.number].append((n, key))
                        self.saidby[who.number, key].append(n)
            for s in a.source:
                for i in range(bisect_left(self.starts, s.start), bisect_left(self.starts, s.end)):
                    self.itself[k] = self.carriers[i].key
        self.speaks = Counter(self.itself.values())
        self.shares = [bool(a.source) and is_many(" ".join(s.text for s in a.source)) for a in self.attributions]
        self.asked = sum(self.shares)
        rank = sorted(self.keys, key=lambda q: (-self.uses[q], -len(self.keys[q]), self.keys[q][0]))
        self.top = rank[:4]
        self.outlets = sum(self.carriers[ids[0]].sort in ("outlet", "show") for ids in self.keys.values())
        self.named = max(1, sum(c.sort == "outlet" for c in self.carriers))
        self.beside: dict[int, dict[str, list[int]]] = {}
        for speaker in dict.fromkeys(s for s in self.speakers if s):
            self.beside[speaker.number] = self._beside(speaker)
        self.met = Counter(key for keys in self.beside.values() for key in keys)

    def _lead(self, c: Carrier) -> str:
        """How the words right before or behind a carrier lead to it."""
        m = _BEFORE.search(self.text, max(0, c.start - 60), c.start)
        if m and (lead := _LEADS.get(m[1].lower())):
            return lead
        if _SPEAKS.match(self.text, c.end, c.end + 45):
            return "speaks"
        return "owns" if self.text[c.end : c.end + 2] in ("’s", "'s") else "other"

    def _introductions(self, ids: Sequence[int]) -> list[str]:
        """In what ways a carrier is brought in, anywhere."""
        found = dict[str, None]()
        for c in (self.carriers[i] for i in ids[:20]):
            for name, pattern in _INTRODUCED.items():
                if pattern.search(self.text, max(0, c.start - 60), c.start):
                    found[name] = None
            if _INTERVIEW.match(self.text, c.end, c.end + 40):
                found["interview"] = None
        return list(found)

    def _window(self, a: Attribution) -> tuple[int, int, int, int]:
        """Where the rest of an attribution's sentence begins, its cue and source begin and end, and the rest ends; its
        content left aside."""
        text = self.text
        low = min(s.start for s in (*a.cue, *a.source))
        high = max(s.end for s in (*a.cue, *a.source, *a.addressee))
        stop = SENTENCE_END.search(text, high, min(len(text), high + SIDE))
        limit = min(
            [stop.start() if stop else min(len(text), high + SIDE), *(s.start for s in a.content if s.start >= high)]
        )
        starts = [m.end() for m in SENTENCE_END.finditer(text, max(0, low - SIDE), low)]
        floor = max([starts[-1] if starts else max(0, low - SIDE), *(s.end for s in a.content if s.end <= low)])
        return floor, low, high, limit

    def _near(self, k: int) -> dict[str, Near]:
        """The carriers in an attribution's sentence, by key."""
        a, (floor, low, high, limit) = self.attributions[k], self.windows[k]
        out: dict[str, Near] = {}
        parts = (("content", a.content), ("addressee", a.addressee), ("cue", a.cue), ("source", a.source))
        for i in range(bisect_left(self.starts, floor), bisect_left(self.starts, limit)):
            c = self.carriers[i]
            inside = [name for name, spans in parts if any(s.start <= c.start < s.end for s in spans)]
            where = (
                inside[0] if inside else "before" if c.start < low else "behind" if c.start >= high - 1 else "between"
            )
            via = "verb" if _VERB.match(self.text, c.start, c.end) else self.led[i]
            strong = where in ("addressee", "cue") or (
                where not in ("content", "source") and via in ("to", "on", "by", "sent", "verb")
            )
            if c.key not in out or (strong and not out[c.key].strong):
                out[c.key] = Near(where, via, strong)
        return out

    def _beside(self, speaker: Speaker) -> dict[str, list[int]]:
        """The carriers in whose sentence a speaker is spoken of, with their places: "Roe appeared on *WXYZ* on Monday"."""
        out: dict[str, list[int]] = {}
        for at in speaker.mentions:
            n = bisect_right(self.sentences, at)
            low = max(at - SIDE, self.sentences[n - 1] if n else 0)
            high = min(at + SIDE, self.sentences[n] if n < len(self.sentences) else len(self.text))
            for i in range(bisect_left(self.starts, low), bisect_left(self.starts, high)):
                c = self.carriers[i]
                if self.led[i] in ("to", "on", "by", "sent") and not self._quoted(c.start):
                    out.setdefault(c.key, []).append(c.start)
        return out

    def _quoted(self, at: int) -> bool:
        """Whether a place lies in a content."""
        i = bisect_right(self.contents, (at, math.inf))
        return any(start <= at < end for start, end in self.contents[max(0, i - 4) : i])

    def candidates(self, k: int) -> list[str]:
        """The keys of the carriers that may have brought an attribution: those of its sentence, those its speaker used
        or stands beside, those of the statement it lies in and of the two before, the nearest ones, and the most used."""
        keys = dict.fromkeys(self.near[k])
        speaker, n, a = self.speakers[k], self.position[k], self.attributions[k]
        if speaker:
            used = self.said[speaker.number]
            j = bisect_left(used, (n, ""))
            keys |= dict.fromkeys(key for _, key in (*reversed(used[max(0, j - 3) : j]), *used[j : j + 2]))
        if a.within in self.number:
            keys |= dict.fromkeys(self.near[self.number[a.within]])
        for before in reversed(self.order[max(0, n - 2) : n]):
            keys |= dict.fromkeys(key for key, near in self.near[before].items() if near.strong)
        i, groups = bisect_left(self.starts, self.windows[k][0]), set[str]()
        for j in range(i - 1, max(0, i - 11) - 1, -1):
            if self.groups[j] not in groups:
                groups.add(self.groups[j])
                keys[self.carriers[j].key] = None
        keys |= dict.fromkeys(self.top)
        if speaker:
            keys |= dict.fromkeys(islice(self.beside[speaker.number], 4))
        return list(keys)[:MOST]

    def features(self, k: int) -> Iterator[tuple[str, Iterable[str]]]:
        """What is said of an attribution and each of its candidates: (key, features that hold). What holds of a carrier
        whatever the attribution is in `alone`."""
        whole = self._of_attribution(k)
        return ((key, self._of_pair(k, key, whole)) for key in self.candidates(k))

    def _of_attribution(self, k: int) -> list[str]:
        """What is said of an attribution alone."""
        a, (floor, _, _, limit) = self.attributions[k], self.windows[k]
        cue = " ".join(s.text for s in a.cue).lower()
        speaker = self.speakers[k]
        out = [
            "cue:" + next((name for name, pattern in _CUES.items() if pattern.search(cue)), "none"),
            f"kind:{speaker.kind if speaker else None}",
            f"speech:{a.speech}",
        ]
        out += ["nosource"] * (not a.source) + ["within"] * (a.within is not None)
        out += ["elsewhere"] * bool(_ELSEWHERE.search(self.text, floor, limit))
        return out

    def _of_pair(self, k: int, key: str, whole: Sequence[str]) -> Iterable[str]:
        """What is said of an attribution and a carrier."""
        ids, first = self.keys[key], self.carriers[self.keys[key][0]]
        g, near = self.groups[ids[0]], self.near[k].get(key)
        direct = "D" if near and near.strong else "W" if near else "-"
        rival = not self.strong[k] <= {key}
        yield from ("bias", g, "sort:" + first.sort, f"direct:{direct}:{rival}")
        yield from (f"{g}&{x}" for x in whole)
        if near:
            yield from (
                "at:" + near.where,
                f"{g}&at:{near.where}",
                f"{g}&via:{near.via}",
                f"{near.where}&via:{near.via}",
            )
            if near.strong:
                yield from (g + "&direct", f"direct&{whole[0]}", f"{g}&direct&{whole[0]}")
        yield from self._of_speaker(k, key, g, direct, whole)
        yield from self._of_neighbours(k, key, g)
        yield from self._of_distance(k, key, g, direct, ids)

    def _of_speaker(self, k: int, key: str, g: str, direct: str, whole: Sequence[str]) -> Iterable[str]:
        """Where else the speaker came through the carrier, or is spoken of beside it."""
        speaker, n, (floor, low, high, _) = self.speakers[k], self.position[k], self.windows[k]
        if speaker is None:
            yield g + "&nospeaker"
            return
        me = speaker.number
        uses = self.saidby.get((me, key), [])
        j = bisect_left(uses, n)
        later = [m for m in uses[j : j + 2] if m != n]
        if j:
            then = self.order[uses[j - 1]]
            gap = low - self.windows[then][2]
            between = [self.order[m] for m in range(uses[j - 1] + 1, min(n, uses[j - 1] + 30))]
            mine = sum(s is not None and s.number == me for s in (self.speakers[m] for m in between))
            others = sum(s is not None and s.number != me for s in (self.speakers[m] for m in between))
            paragraphs = bisect_left(self.paragraphs, low) - bisect_left(self.paragraphs, self.windows[then][3])
            after = bisect_left(self.said[me], (uses[j - 1] + 1, ""))
            switched = any(q != key for m, q in self.said[me][after : after + 8] if m < n)
            moved = gap >= 4000 or bool(
                _ELSEWHERE.search(self.text, self.windows[then][3], max(floor, self.windows[then][3]))
            )
            size = bucket(gap, (100, 300, 700, 1500, 4000))
            yield from (f"used{direct}", f"used:{size}", f"{g}&used:{size}", f"{g}&switched{switched}", f"moved{moved}")
            yield from (f"mine{bucket(mine, (1, 2, 4, 8))}", f"others{bucket(others, (1, 2, 4))}")
            yield from (f"usedpar{bucket(paragraphs, (1, 2, 3, 5))}", f"{g}&usedpar{bucket(paragraphs, (1, 2, 3, 5))}")
            yield f"{g}&used&{whole[0]}"
            if "elsewhere" in whole:
                yield from ("used&elsewhere", g + "&used&elsewhere")
        elif later:
            gap = self.windows[self.order[later[0]]][1] - high
            yield from ("usedlater", f"{g}&usedlater{bucket(gap, (100, 300, 700, 1500, 4000))}")
        else:
            yield f"{g}&unused{direct}"
        yield f"{g}&part{bucket(len(uses) / self.spoken[me], (0.01, 0.15, 0.3, 0.5, 0.8))}"
        beside = self.beside[me]
        if key in beside:
            i = bisect_left(beside[key], low)
            if i:
                gap = low - beside[key][i - 1]
                yield from (g + "&beside", f"beside{bucket(gap, (100, 300, 700, 1500, 4000))}", f"beside&{direct}")
                yield f"{g}&beside{bucket(gap, (300, 1500, 4000))}"
                yield from (f"beside&{x}" for x in self.introduced[key])
            else:
                yield from ("besidelater", f"{g}&besidelater{bucket(beside[key][0] - high, (300, 1500, 4000))}")
            if len(beside) == 1:
                yield g + "&besideonly"
            yield f"besides{bucket(len(beside), (2, 3, 5))}"
        else:
            yield "notbeside" + g
        yield f"{g}&main{me == self.main}"
        yield from (f"{g}&{x}&main{me == self.main}" for x in self.introduced[key])
        if me in self.users[key]:
            yield from [g + "&onlymine"] * (len(self.users[key]) == 1)
        elif self.users[key]:
            yield f"{g}&othersonly{bucket(len(self.users[key]), (2, 4))}"

    def _of_neighbours(self, k: int, key: str, g: str) -> Iterable[str]:
        """What the attributions around say of the carrier."""
        n, a, me = self.position[k], self.attributions[k], self.speakers[k]
        if n:
            before = self.order[n - 1]
            near, them = self.near[before].get(key), self.speakers[before]
            if near and near.strong:
                same = "same" if (me and me.number) == (them and them.number) else "other"
                gap = bucket(self.windows[k][1] - self.windows[before][2], (60, 200, 500))
                yield from ("previous:" + same, f"{g}&previous:{same}", f"previous{gap}{same}")
            if self.itself.get(before) == key:
                yield g + "&previousitself"
        if n + 1 < len(self.order) and self.itself.get(self.order[n + 1]) == key:
            yield g + "&nextitself"
        if self.itself.get(k) == key:
            yield g + "&itself"
        if a.within in self.number:
            near = self.near[self.number[a.within]].get(key)
            yield f"{g}&outer{bool(near and near.strong)}"

    def _of_carrier(self, key: str) -> Iterable[str]:
        """What the whole document makes of the carrier."""
        ids = self.keys[key]
        first, g = self.carriers[ids[0]], self.groups[ids[0]]
        yield from (
            f"{g}&users{bucket(len(self.users[key]), (1, 2, 3, 5))}",
            f"{g}&uses{bucket(self.uses[key], (1, 2, 3, 5, 8))}",
        )
        yield from (f"{g}&times{bucket(len(ids), (2, 3, 5, 8))}", f"{g}&met{bucket(self.met[key], (1, 2, 3, 5))}")
        yield from (
            f"{g}&speaks{bucket(self.speaks[key], (1, 2, 4))}",
            f"{g}&often{bucket(len(ids) / max(1, len(self.order)), (0.05, 0.1, 0.2, 0.4))}",
        )
        yield from [g + "&lead"] * (first.start < 300) + [g + "&headline"] * (first.start < 120)
        yield from (f"{g}&{x}" for x in self.introduced[key])
        yield from (f"{g}&ever:{x}" for x in sorted({self.led[i] for i in ids[:20]}))
        rank = self.top.index(key) if key in self.top else 4
        yield f"{g}&rank{rank}{bool(self.uses[key])}"
        if g in ("outlet", "show"):
            yield f"{g}&outlets{bucket(self.outlets, (2, 3, 5))}"
            yield from [g + "&sole"] * (self.outlets == 1)
        if g == "outlet":
            yield f"outletshare{bucket(len(ids) / self.named, (0.25, 0.5, 0.75, 0.99))}"
        if first.head:
            yield f"{g}&head:{first.head}"

    def _of_distance(self, k: int, key: str, g: str, direct: str, ids: Sequence[int]) -> Iterable[str]:
        """How far away from an attribution the carrier is named."""
        (_, low, _, limit), first, n = self.windows[k], self.carriers[ids[0]], self.position[k]
        me = self.speakers[k]
        if first.start > limit:
            yield from (g + "&later", f"later{bucket(first.start - limit, (300, 1000, 3000))}")
        yield from (f"{x}&{direct}" for x in self.introduced[key])
        if g == "survey":
            asked = self.shares[k]
            yield from (f"asked{asked}", f"asked{asked}{bucket(self.asked, (1, 2, 4, 8))}")
        i = bisect_left(self.starts, low)
        last = bisect_left(ids, i) - 1
        if last < 0:
            yield g + "&notyet"
            paragraphs = -1
        else:
            c = self.carriers[ids[last]]
            gap = bucket(low - c.end, (60, 150, 300, 600, 1200, 2500, 5000))
            sentences = bucket(bisect_right(self.sentences, low) - bisect_right(self.sentences, c.end), (1, 2, 3, 5, 9))
            paragraphs = bisect_right(self.paragraphs, low) - bisect_right(self.paragraphs, c.end)
            rivals = sum(
                self.groups[j] == g and self.carriers[j].key != key
                for j in range(ids[last] + 1, min(i, ids[last] + 13))
            )
            lead = self.led[ids[last]]
            yield from (
                f"gap{gap}",
                f"{g}&gap{gap}",
                f"{g}&rivals{bucket(rivals, (1, 2, 4))}",
                f"{g}&sentences{sentences}",
            )
            yield from (f"{g}&paragraphs{bucket(paragraphs, (1, 2, 3, 5, 9))}", f"{g}&led:{lead}")
            yield f"{g}&led:{lead}{bucket(paragraphs, (1, 2, 4))}"
        yield f"{g}&first{me is not None and self.first[me.number] == n}{bucket(paragraphs, (0, 1, 2, 3))}"

    def named_at(self, key: str, k: int) -> Carrier:
        """The carrier's place that tells of an attribution: in its sentence, else the last before, else the first."""
        ids = self.keys[key]
        i = bisect_left(ids, bisect_left(self.starts, self.windows[k][3]))
        return self.carriers[ids[max(0, i - 1)]]

    def called(self, key: str) -> str:
        """The fullest name the text has for a carrier."""
        return max((self.carriers[i].name for i in self.keys[key][:50]), key=len)


def group_of(c: Carrier) -> str:
    """The sort of a carrier, with all documents as one."""
    return c.sort if c.sort in ("outlet", "social", "show", "name", "survey") else "document"


def bucket(n: float, ends: Sequence[float]) -> int:
    """The number of the stretch between `ends` in which n lies."""
    return bisect_right(ends, n)


def is_many(phrase: str) -> bool:
    """Whether a source is a share or a class of people asked: "42 percent of voters", "most Democrats"."""
    return bool(_SHARE.search(phrase) or _MANY.search(phrase))
