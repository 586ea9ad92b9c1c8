"""Made news reports, and reports derived from them, with the truth of who took what from whom.

A matter is an invented event (derive_events.py) and some reports of it. Independent ones draw other facts, in another
order, from other wordings; they share names, figures, stock phrases and often the quotations of a press conference, and
that is not derivation. Derived ones are made from these by copying, trimming, reordering, editing, merging and telling
anew; every word remembers the word it came from, so what two reports have in common is known and not measured. All of
it follows from the seed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from math import nan
from random import Random
from typing import NamedTuple

from . import derive_events as texts

# From this share of the shorter one it is a copy, from so many words of narration it is partly one.
COPY, NARRATED = 0.6, 20
RUN = 12  # so many equal words of narration do not stand in independent reports


class Made(NamedTuple):
    """A report as it is made."""

    name: str
    """Unique in its matter."""
    outlet: str
    title: str
    byline: str
    published: str | None
    """ISO date or date-time; none where dates are missing."""
    text: str


class Passage(NamedTuple):
    """A stretch of one report taken over in another: character offsets, half-open, exact to the word."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Truth(NamedTuple):
    """What is known of a pair of reports."""

    a: str
    """The parent, where one was derived from the other; otherwise the earlier of the matter's list."""
    b: str
    kind: str
    """copy: at least 60 % of the shorter one's words are in stretches taken from the other, or by both from a third.
    partly: less, but a stretch with 20 words of narration.
    rewrite: told anew, sentence by sentence, from the other or, both, from a third.
    quotation: only the same quotations of a press conference.
    same event: independent. unrelated: of two events."""
    edits: float
    """Share of words changed in what was taken: of each sentence the words not kept, over the words of its longer form.
    nan where nothing was taken."""
    passages: tuple[Passage, ...]


class Statement(NamedTuple):
    """A claim that several reports carry."""

    about: str
    carriers: tuple[tuple[str, int, int], ...]
    """Name of the report, and the sentence that carries the claim."""
    origins: int
    """How many independent origins it really has."""


class Matter(NamedTuple):
    """Reports of one event, or of two unrelated ones, with the truth of every pair."""

    reports: tuple[Made, ...]
    truths: tuple[Truth, ...]
    statements: tuple[Statement, ...]
    circles: tuple[tuple[str, ...], ...]
    """Outlets each of which credits the next, and the last the first, with one and the same claim."""


class Kind(NamedTuple):
    """A kind of event: all that can be told of it."""

    slots: dict[str, str]
    people: dict[str, str]
    claims: dict[str, list[str]]
    quotes: list[tuple[str, str]]
    facts: dict[str, list[str]]
    colour: dict[str, list[str]]


class Person(NamedTuple):
    """Somebody in the news."""

    first: str
    last: str
    role: str
    woman: bool


class Word(NamedTuple):
    """A word with the punctuation on it."""

    text: str
    origin: int
    """Number of the word it came from; 0 for one that came from nowhere."""
    quoted: bool
    edited: bool = False


class Sentence(NamedTuple):
    """A sentence, or a quotation with its frame."""

    words: tuple[Word, ...]
    base: int
    """Number of the sentence it was taken from."""
    told: str = ""
    """The fact, colour or quotation it tells."""
    about: str = ""
    origins: frozenset[str] = frozenset()
    """Who a claim comes from in the end."""
    frame: str = ""
    """How a claim is attributed."""


Paragraphs = tuple[tuple[Sentence, ...], ...]


class Outlet(NamedTuple):
    """A paper or agency."""

    name: str
    """Without an article."""
    article: bool
    """Whether it prints one before its name."""
    agency: bool
    quotes: tuple[str, str]
    """The two marks it prints quotations in."""
    titles: bool
    """Whether it writes Mr and Ms."""

    @property
    def printed(self) -> str:
        """As it prints its name."""
        return f"The {self.name}" if self.article else self.name

    def cited(self, short: bool = False) -> str:
        """As another report names it."""
        if self.agency:
            return self.name
        return "the " + (self.name.rsplit(" ", 1)[-1] if short else self.name)


NOWHERE = Outlet("", False, False, ("“", "”"), False)


class Draft(NamedTuple):
    """A report before it is printed."""

    name: str
    event: int
    outlet: Outlet
    title: str
    byline: str
    at: datetime
    paragraphs: Paragraphs
    roots: frozenset[str]
    """The independent reports that its words or its facts come from."""
    anew: bool = False
    """Told anew."""
    parents: tuple[str, ...] = ()


def parse(text: str) -> dict[str, Kind]:
    """The kinds of events in a text as derive_events.py lays it out."""
    kinds = {}
    for block in text.split("\n= ")[1:]:
        name, *lines = listed(block)
        kind = Kind({}, {}, {}, [], {}, {})
        told: list[str] = []
        for line in lines:
            mark, rest = line[0], line[2:]
            if mark in "*+":
                told = (kind.facts if mark == "*" else kind.colour).setdefault(mark + rest, [])
            elif mark not in '$&@"':
                told.append(line)
            else:
                key, value = rest.split(": ", 1)
                if mark == '"':
                    kind.quotes.append((key, value))
                elif mark == "@":
                    kind.claims[key] = value.split("|")
                else:
                    (kind.slots if mark == "$" else kind.people)[key] = value
        kinds[name] = kind
    return kinds


def listed(text: str) -> tuple[str, ...]:
    """Lines that hold something."""
    return tuple(filter(None, text.split("\n")))


KINDS = parse(texts.EVENTS)
COMMON = parse(texts.COMMON)["common"]
STOCK, WITNESSES, QUOTED = listed(texts.STOCK), listed(texts.WITNESSES), listed(texts.QUOTED)
SYNONYMS = {tuple(k.split()): v for k, *v in (line.split("|") for line in listed(texts.SYNONYMS))}
OPENERS, INSERTED, DROPPED = listed(texts.OPENERS), listed(texts.INSERTED), frozenset(texts.DROPPED.split())
FRAMES = {
    "named": listed(texts.NAMED),
    "named to": listed(texts.NAMED_TO),
    "unnamed": listed(texts.UNNAMED),
    "own": listed(texts.OWN),
    "credited": listed(texts.CREDITED),
    "chained": listed(texts.CHAINED),
    "cycled": listed(texts.CYCLED),
    "seen": listed(texts.SEEN),
}
SYLLABLES, NAMES = ([x.split() for x in listed(t)] for t in (texts.PLACES, texts.SURNAMES))
WOMEN, MEN, PAPERS, AGENCIES = texts.WOMEN.split(), texts.MEN.split(), texts.PAPERS.split(), listed(texts.AGENCIES)
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MARKS = (("“", "”"), ('"', '"'), ("‘", "’"))


def bare(word: str) -> str:
    """A word as it is compared: without case and without punctuation on it."""
    return word.lower().replace("’", "'").strip("“”\"‘'(),.;:?!-–—")


def capital(text: str) -> str:
    """With a capital at its head, behind a quotation mark."""
    return re.sub(r"^[“(]?\w", lambda m: m.group().upper(), text)


class Event:
    """One event: its values, its people, and which wordings have been used up by reports of it."""

    def __init__(self, rng: Random, number: int = 0, kind: str | None = None) -> None:
        self.rng, self.number = rng, number
        self.kind = KINDS[kind or rng.choice(list(KINDS))]
        self.used: set[tuple[str, str]] = set()
        self.serial = number * 1_000_000
        self.at = datetime(2019, 1, 1) + timedelta(days=rng.randrange(2800), minutes=rng.randrange(300, 1100))
        town, town2, region, river = rng.sample(sorted({self.place() for _ in range(9)}), 4)
        self.values = {
            "town": town,
            "town2": town2,
            "region": region,
            "river": river[:-2] if len(river) > 7 else river,
            "street": f"{self.surname()} {rng.choice(('Street', 'Lane', 'Road', 'Row'))}",
            "hospital": rng.choice((f"St {rng.choice(WOMEN)}’s Hospital", f"{region} General Hospital")),
            "day": DAYS[self.at.weekday()],
            "dayb": DAYS[(self.at.weekday() - 1) % 7],
            "weekday2": DAYS[(self.at.weekday() + rng.randrange(2, 5)) % 7],
            "time": f"{self.at.hour % 12 or 12}.{self.at.minute:02}{'am' if self.at.hour < 12 else 'pm'}",
        }
        for key, value in self.kind.slots.items():
            self.values[key] = self.filled(self.number_of(key, value) or rng.choice(value.split("|")))
        self.people = {k: self.person(r) for k, r in (COMMON.people | self.kind.people).items()}
        self.quiet = self.kind in (KINDS[k] for k in texts.QUIET)
        common = {k: v for k, v in COMMON.facts.items() if not self.quiet or k not in texts.LOUD.split()}
        self.facts = self.kind.facts | common
        self.colour = self.kind.colour | COMMON.colour
        self.papers = rng.sample(PAPERS, len(PAPERS))
        self.witnesses = rng.sample(WITNESSES, len(WITNESSES))
        self.quotes = list(self.kind.quotes)

    def place(self) -> str:
        """The name of a place."""
        first, second, third = (self.rng.choice(x) for x in SYLLABLES)
        return first + (second if self.rng.random() < 0.4 else "") + third

    def surname(self) -> str:
        """A name for a person or a street."""
        return "".join(self.rng.choice(x) for x in NAMES)

    def person(self, role: str) -> Person:
        """Somebody new."""
        woman = self.rng.random() < 0.5
        role = self.filled(role).replace("spokes*", "spokeswoman" if woman else "spokesman")
        role = re.sub(r"^a (?=[AEIOU])", "an ", role)
        return Person(self.rng.choice(WOMEN if woman else MEN), self.surname(), role, woman)

    def number_of(self, key: str, spec: str) -> str:
        """A number from a range, as news writes it."""
        if not (m := re.fullmatch(r"(\d+)-(\d+)", spec)):
            return ""
        n = self.rng.randint(int(m[1]), int(m[2]))
        if n >= 1000 and key != "year":
            return f"{n // 100 * 100:,}"
        return SMALL[n] if n < 10 else str(n)

    def filled(self, text: str) -> str:
        """With the values put in."""
        return re.sub(r"\{(\w+)\}", lambda m: self.values.get(m[1], m[0]), text)

    def outlet(self, agency: bool = False) -> Outlet:
        """A paper or agency that has not been in the matter."""
        marks, titles = self.rng.choice(MARKS), self.rng.random() < 0.4
        if agency:
            return Outlet(self.rng.choice(AGENCIES), False, True, MARKS[1], False)
        place = self.rng.choice((self.values["town"], self.values["region"], self.values["town2"], self.place()))
        return Outlet(f"{place} {self.papers.pop()}", self.rng.random() < 0.4, False, marks, titles)

    def introduced(self, p: Person) -> str:
        """A person with the role, and a comma that the sentence may swallow."""
        if p.role.startswith("the ") and self.rng.random() < 0.5:
            return f"{p.role}, {p.first} {p.last},"
        return f"{p.first} {p.last}, {p.role},"

    def told(self, template: str, outlet: Outlet, known: set[str]) -> str:
        """A template filled; who is not known yet is introduced."""

        def put(m: re.Match[str]) -> str:
            key = m[1]
            if key not in self.people:
                return self.values[key]
            p = self.people[key]
            if key in known:
                return (("Ms " if p.woman else "Mr ") if outlet.titles else "") + p.last
            known.add(key)
            return self.introduced(p)

        text = re.sub(r"\[([^\]]*)\]", lambda m: self.rng.choice(m[1].split("|")), template)
        text = re.sub(r"\{(\w+)\}", put, text)
        text = re.sub(r"(\d+)th\b", lambda m: m[1] + ordinal(int(m[1])), text)
        return capital(re.sub(r",(?=[,.;:”])|,(?=’s)", "", text))

    def sentence(self, text: str, told: str = "", like: Sentence | None = None) -> Sentence:
        """Text as a sentence; like another, its words and number come from that one."""
        words, quoted = [], False
        for w in text.split(" "):
            inside = quoted or "“" in w
            quoted = inside and "”" not in w
            self.serial += 1
            words.append(Word(w, self.serial, inside))
        if like is None:
            self.serial += 1
            return Sentence(tuple(words), self.serial, told)
        ours, theirs = [bare(w.text) for w in words], [bare(w.text) for w in like.words]
        out = [w._replace(origin=0) for w in words]
        for i, j, n in SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks():
            for k in range(n):
                out[j + k] = out[j + k]._replace(origin=like.words[i + k].origin)
        return like._replace(words=tuple(out))

    def unused(self, key: str, of: Iterable[str]) -> str | None:
        """A wording nobody has used for this yet, now used."""
        free = [x for x in of if (key, x) not in self.used]
        if not free:
            return None
        choice = self.rng.choice(free)
        self.used.add((key, choice))
        return choice

    def tell(self, key: str, outlet: Outlet, known: set[str], like: Sentence | None = None) -> Sentence | None:
        """A fact, colour or quotation in words not used yet."""
        if key.startswith('"'):
            return self.quoted(key, outlet, known, like)
        template = self.unused(key, (self.facts if key[0] == "*" else self.colour)[key])
        return self.sentence(self.told(template, outlet, known), key, like) if template else None

    def quoted(self, key: str, outlet: Outlet, known: set[str], like: Sentence | None = None) -> Sentence | None:
        """A quotation, whole or its first sentence, with who said it."""
        _, speaker, said = key.split("|")
        first, *rest = re.split(r"(?<=[.?!]) ", said)
        if like is not None:
            rest = rest if bare(said.split()[-1]) in {bare(w.text) for w in like.words} else []
        elif self.rng.random() < 0.35:
            rest = []
        frame = self.unused(key, (x for x in QUOTED if rest or "R" not in x))
        if frame is None:
            return None
        who = self.told("{" + speaker + "}", outlet, known)
        who = who if frame.startswith("P") else re.sub(r"^The ", "the ", who)
        parts = {"Q": first, "R": " ".join(rest).rstrip(".")}
        if "R" not in frame:
            parts["Q"] = " ".join([first, *rest])
        parts["Q"] = parts["Q"].rstrip(".")
        text = re.sub(r"\b[PQR]\b", lambda m: who if m[0] == "P" else parts[m[0]], frame)
        text = re.sub(r",(?=[,.:])|(?<=[?!])[.,](?=”)", "", text)
        return self.sentence(text, key, like)

    def witness(self, outlet: Outlet) -> str:
        """The key of a quotation from a new witness."""
        role, said = self.witnesses.pop().split("|")
        key = f"w{self.serial}"
        self.people[key] = self.person(role)
        return f'"witness|{key}|{said}'

    def claim(self, about: str, how: str, who: str, outlet: Outlet, *cited: Outlet) -> Sentence | None:
        """A claim attributed in one of the ways; who is the person or, for an unnamed source, a mark of the origin."""
        clause = self.unused("@" + about, self.kind.claims[about])
        if clause is None:
            return None
        frame = self.unused("@" + how, FRAMES[how])
        if frame is None:
            return None
        person = self.introduced(self.people[who]) if who in self.people else ""
        names = [o.cited(self.rng.random() < 0.3 and o is outlet) for o in cited or (outlet,)]
        put = {"C": clause, "P": person, "O": names[0], "N": names[-1]}
        text = re.sub(r"\b[CPON]\b", lambda m: put[m[0]], self.filled(frame))
        text = capital(re.sub(r",(?=[,.])", "", text))
        return self.sentence(text)._replace(about=about, origins=frozenset({who}), frame=how)


def ordinal(n: int) -> str:
    """The letters after a number that counts in order."""
    return "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


# Independent reports.


def written(
    event: Event,
    name: str,
    outlet: Outlet,
    words: int,
    claims: Sequence[Sentence] = (),
    said: float = 0.5,
    but: frozenset[str] = frozenset(),
) -> Draft:
    """An independent report of about so many words, with this share of the press conference, and without some facts."""
    rng, known = event.rng, set[str]()
    order = [k for k in event.kind.facts if k not in ("*title", "*lead")]
    rank = {k: i / len(order) for i, k in enumerate(order)}
    free = [k for k in event.facts if k not in but | {"*title", "*lead"}]
    keys = sorted(free, key=lambda k: rank.get(k, 0.8) + 0.8 * rng.random())
    colour = [k for k in event.colour if not any(key == k for key, _ in event.used)]
    quotes = [f'"press|{who}|{said_}' for who, said_ in event.quotes if rng.random() < said]
    extra = rng.sample(colour, min(len(colour), 1 + words // 140)) + quotes
    if rng.random() < 0.7 and event.witnesses and not event.quiet:
        extra.append(event.witness(outlet))
    lead = event.tell("*lead", outlet, known)
    body: list[Sentence] = []
    count = sum(len(s.words) for s in [*claims, *([lead] if lead else [])])
    plan = rng.sample(extra, len(extra))
    while (keys or plan) and count < words:
        often = 1.6 * len(extra) / max(4, words / 22) * min(1, count / words + 0.1)
        key = plan.pop() if plan and (not keys or rng.random() < often) else keys.pop(0)
        s = event.tell(key, outlet, known)
        if s:
            body.append(s)
            count += len(s.words)
    if rng.random() < 0.6:
        body.append(event.sentence(rng.choice(STOCK)))
    for c in claims:
        body.insert(rng.randint(1, max(1, len(body))), c)
    if lead is None:
        lead = body.pop(0)
    paragraphs = grouped(rng, body)
    date = f"{event.at:%B} {event.at.day}"
    if outlet.agency:
        dateline = event.sentence(f"{event.values['town'].upper()}, {date} ({outlet.name}) -")
        paragraphs = ((dateline, lead), *paragraphs)
    elif rng.random() < 0.3:
        paragraphs = ((event.sentence(f"{event.values['town'].upper()}, {date} -"), lead), *paragraphs)
    else:
        paragraphs = ((lead,), *paragraphs)
    at = event.at + timedelta(minutes=rng.randrange(90, 1900))
    return Draft(name, event.number, outlet, headline(event), byline(event, outlet), at, paragraphs, frozenset({name}))


def grouped(rng: Random, body: Sequence[Sentence]) -> Paragraphs:
    """Sentences in paragraphs of one to three, longer ones alone more often."""
    out: list[list[Sentence]] = []
    for s in body:
        if out and len(out[-1]) < 3 and sum(len(x.words) for x in out[-1]) < 40 and rng.random() < 0.55:
            out[-1].append(s)
        else:
            out.append([s])
    return tuple(map(tuple, out))


def headline(event: Event) -> str:
    """A headline, another than the others as long as there is one."""
    titles = event.kind.facts["*title"]
    return event.told(event.unused("*title", titles) or event.rng.choice(titles), NOWHERE, set(event.people))


def byline(event: Event, outlet: Outlet) -> str:
    """Who wrote it, or nothing."""
    if outlet.agency or event.rng.random() < 0.25:
        return outlet.name if outlet.agency else ""
    return f"{event.rng.choice(WOMEN + MEN)} {event.surname()}"


# Derivation. Each takes paragraphs and gives those that are taken.


def trimmed(rng: Random, ps: Paragraphs) -> Paragraphs:
    """Cut from the end, or without some paragraphs."""
    if rng.random() < 0.5:
        return ps[: max(2, round(len(ps) * rng.uniform(0.35, 0.85)))]
    kept = tuple(p for i, p in enumerate(ps) if i == 0 or rng.random() < 0.65)
    return kept if len(kept) > 2 else ps[: max(2, len(ps) // 2)]


def reordered(rng: Random, ps: Paragraphs) -> Paragraphs:
    """The first paragraph stays; two to four blocks of the rest change places."""
    rest = list(ps[1:])
    if len(rest) < 2:
        return ps
    cuts = sorted(rng.sample(range(1, len(rest)), min(len(rest) - 1, rng.randint(1, 3))))
    blocks = [rest[i:j] for i, j in zip([0, *cuts], [*cuts, len(rest)], strict=True)]
    order = list(range(len(blocks)))
    while order == sorted(order):
        rng.shuffle(order)
    return (ps[0], *(p for i in order for p in blocks[i]))


def stretch(rng: Random, ps: Paragraphs, words: float) -> Paragraphs:
    """Neighbouring paragraphs of about so many words, with enough narration among them."""
    starts = list(range(len(ps)))
    rng.shuffle(starts)
    best: Paragraphs = ()
    for start in starts:
        taken: list[tuple[Sentence, ...]] = []
        for p in ps[start:]:
            taken.append(p)
            if length(taken) >= words and narration(taken) >= NARRATED + 5:
                return tuple(taken)
        if narration(taken) > narration(best):
            best = tuple(taken)
    return best


def length(ps: Iterable[Iterable[Sentence]]) -> int:
    """Words."""
    return sum(len(s.words) for p in ps for s in p)


def narration(ps: Iterable[Iterable[Sentence]]) -> int:
    """Words outside quotations."""
    return sum(not w.quoted for p in ps for s in p for w in s.words)


def merged(rng: Random, x: Paragraphs, y: Paragraphs) -> Paragraphs:
    """What was taken from two, one after the other or in turns of blocks."""
    if rng.random() < 0.5:
        return x + y
    i, j = len(x) // 2, len(y) // 2
    return x[:i] + y[:j] + x[i:] + y[j:]


def around(rng: Random, own: Paragraphs, taken: Paragraphs, together: bool) -> Paragraphs:
    """Own paragraphs with what was taken between them, in one piece or in two."""
    at = rng.randint(1, len(own))
    if together or len(taken) < 4:
        return own[:at] + taken + own[at:]
    half, later = len(taken) // 2, rng.randint(at, len(own))
    return own[:at] + taken[:half] + own[at:later] + taken[half:] + own[later:]


class Tally(NamedTuple):
    """What became of a sentence: words not kept, of the words of its longer form."""

    changed: int
    of: int


def tally(a: Sentence, b: Sentence) -> Tally:
    """Between two forms of one sentence."""
    texts_ = {w.origin: bare(w.text) for w in a.words if w.origin}
    kept = sum(texts_.get(w.origin) == bare(w.text) for w in b.words if w.origin)
    longer = max(len(a.words), len(b.words))
    return Tally(longer - kept, longer)


def edited(event: Event, ps: Paragraphs, share: float, outlet: Outlet) -> Paragraphs:
    """With about this share of the words changed, here much and there hardly at all."""
    rng = event.rng
    before = [s for p in ps for s in p]
    everything = " ".join(w.text for s in before for w in s.words)
    now = list(before)
    tallies = [Tally(0, len(s.words)) for s in before]
    weights = [rng.random() ** 2 + 0.05 for _ in before]
    anew = max(0.0, share - 0.18) * 1.15

    def ratio(i: int, new: Sentence) -> float:
        t = tally(before[i], new)
        of = sum(x.of for x in tallies) - tallies[i].of + t.of
        return (sum(x.changed for x in tallies) - tallies[i].changed + t.changed) / of

    def accept(i: int, new: Sentence, most: float) -> bool:
        if ratio(i, new) > most:
            return False
        now[i], tallies[i] = new, tally(before[i], new)
        return True

    current, misses = 0.0, 0
    for i in rng.sample(range(len(before)), len(before)):
        if current >= anew:
            break
        if new := retold(event, now[i], outlet, everything):
            accept(i, new, share)
            current = sum(x.changed for x in tallies) / sum(x.of for x in tallies)
    while current < share - 0.004 and misses < 400:
        i = rng.choices(range(len(now)), weights)[0]
        new = light(event, now[i])
        if new is None or not accept(i, new, share + 0.012):
            misses += 1
            weights[i] = weights[i] * 0.9 + 0.02
            if misses % 100 == 0:
                j = rng.randrange(len(now))
                if again := retold(event, now[j], outlet, everything):
                    accept(j, again, share + 0.012)
        current = sum(x.changed for x in tallies) / sum(x.of for x in tallies)
    it = iter(now)
    return tuple(tuple(next(it) for _ in p) for p in ps)


def retold(event: Event, s: Sentence, outlet: Outlet, everything: str) -> Sentence | None:
    """The sentence in another wording, with the words that stay the same still known as its own."""
    if not s.told or s.about or any(w.edited for w in s.words):
        return None
    return event.tell(s.told, outlet, known_in(event, s, everything), s)


def known_in(event: Event, s: Sentence, everything: str) -> set[str]:
    """Those whom the report gives with their first name, but not in this sentence."""
    text = " ".join(w.text for w in s.words)
    names = {k: f"{p.first} {p.last}" for k, p in event.people.items()}
    return {k for k, name in names.items() if name in everything and name not in text}


HEADS, TAILS, SUBJECTS = (frozenset(x.split()) for x in (texts.HEADS, texts.TAILS, texts.SUBJECTS))
JOINTS: dict[str, list[str]] = {
    "and": [],
    "but": ["However,"],
    "while": ["Meanwhile,"],
    "although": ["Still,"],
    "so": ["Therefore"],
}


def light(event: Event, s: Sentence) -> Sentence | None:
    """One small change, or none where the one that was tried does not fit."""
    rng = event.rng
    if s.about:
        return synonym(rng, s) if sum(w.edited for w in s.words) < 2 else None
    if len(s.words) < 5:
        return None
    changes: list[Callable[[Random, Sentence], Sentence | None]] = [
        synonym, dropped, inserted, opened, numbered, cut, split, moved,
    ]  # fmt: skip
    return rng.choices(changes, [9, 1.5, 0.8, 0.5, 1.5, 1, 0.7, 0.7])[0](rng, s)


def put(s: Sentence, start: int, end: int, new: Sequence[str]) -> Sentence:
    """With other words in a place. They keep the origins they can, the punctuation and the capital."""
    old = s.words[start:end]
    head = "“(" if not old else re.match(r"[“(]*", old[0].text)[0]  # type: ignore[index]
    tail = re.search(r"[,.;:?!”)]*$", old[-1].text)[0] if old else ""  # type: ignore[index]
    words = list(new)
    if old and words:
        if old[0].text[len(head) : len(head) + 1].isupper():
            words[0] = capital(words[0])
        words[0] = head + words[0]
        words[-1] += tail
    fresh = [Word(w, old[i].origin if i < len(old) else 0, False, True) for i, w in enumerate(words)]
    return s._replace(words=(*s.words[:start], *fresh, *s.words[end:]))


def untouched(words: Sequence[Word]) -> bool:
    """Neither quoted nor edited."""
    return not any(w.quoted or w.edited for w in words)


def synonym(rng: Random, s: Sentence) -> Sentence | None:
    """A word or phrase by another that means about the same."""
    found = []
    for i in range(len(s.words)):
        for n in (4, 3, 2, 1):
            span = s.words[i : i + n]
            if len(span) < n or not untouched(span) or any(w.text[-1] in ",.;:)" for w in span[:-1]):
                continue
            if any(w.text[:1].isupper() for w in span[(i == 0) :]):
                continue
            if others := SYNONYMS.get(tuple(bare(w.text) for w in span)):
                found.append((i, i + n, others))
                break
    if not found:
        return None
    start, end, others = rng.choice(found)
    return put(s, start, end, rng.choice(others).split())


def dropped(rng: Random, s: Sentence) -> Sentence | None:
    """Without a word that can go."""
    at = [i for i, w in enumerate(s.words) if i and untouched([w]) and w.text in DROPPED]
    if not at:
        return None
    i = rng.choice(at)
    return put(s, i, i + 1, ())


def inserted(rng: Random, s: Sentence) -> Sentence | None:
    """With a qualifier behind a verb that bears one."""
    verbs = ("was", "were", "is", "are", "has", "have", "had", "will", "been")
    at = [
        i
        for i, (w, after) in enumerate(pairwise(s.words))
        if w.text in verbs and untouched((w, after)) and re.search(r"(?:ed|en|ing|been)$", bare(after.text))
    ]
    if not at or any(w.edited and not w.origin for w in s.words):
        return None
    i = rng.choice(at) + 1
    return put(s, i, i, rng.choice(INSERTED).split())


def opened(rng: Random, s: Sentence) -> Sentence | None:
    """With an opening phrase."""
    first = s.words[0]
    if not untouched([first]) or first.text not in HEADS:
        return None
    small = first._replace(text=first.text.lower())
    opening = tuple(Word(w, 0, False, True) for w in rng.choice(OPENERS).split())
    return s._replace(words=(*opening, small, *s.words[1:]))


def numbered(rng: Random, s: Sentence) -> Sentence | None:
    """With a number in another format."""
    found: list[tuple[int, list[str]]] = []
    for i, w in enumerate(s.words):
        if not untouched([w]) or (i and bare(s.words[i - 1].text) in ("about", "around", "some", "than", "nearly")):
            continue
        core = bare(w.text)
        after = bare(s.words[i + 1].text) if i + 1 < len(s.words) else ""
        if core in SMALL[2:] and after not in ("hundred", "thousand", "or"):
            found.append((i, [str(SMALL.index(core))]))
        elif m := re.fullmatch(r"(\d+)\.(\d\d)([ap])m", core):
            found.append((i, rng.choice([[f"{m[1]}:{m[2]}", f"{m[3]}.m."], [f"{m[1]}:{m[2]}{m[3]}m"]])))
        elif re.fullmatch(r"\d{1,3},\d{3}", core):
            found.append((i, rng.choice([[core.replace(",", "")], ["about", core]])))
        elif re.fullmatch(r"\d\d", core):
            found.append((i, rng.choice([["about", core], ["some", core], ["around", core]])))
    if not found:
        return None
    i, new = rng.choice(found)
    if new[-1].endswith(".m.") and s.words[i].text.endswith("."):
        new = [new[0], new[1][:-1]]
    return put(s, i, i + 1, new)


def cut(rng: Random, s: Sentence) -> Sentence | None:
    """Without what follows the last comma, or without what stands between two."""
    commas = [i for i, w in enumerate(s.words) if w.text.endswith(",") and not w.quoted]
    aside = ("the", "a", "an", "who", "which", "whose", "perhaps")
    spans = []
    for i, j in pairwise(commas):
        if 2 <= j - i <= 9 and s.words[i + 1].text in aside:
            spans.append((i + 1, j + 1))
    if commas and commas[-1] >= 6 and s.words[-1].text.endswith("."):
        tail = s.words[commas[-1] + 1 :]
        if bare(tail[0].text) in TAILS:
            spans.append((commas[-1] + 1, len(s.words)))
    spans = [x for x in spans if untouched(s.words[x[0] : x[1]])]
    if not spans:
        return None
    start, end = rng.choice(spans)
    before = s.words[start - 1]
    stop = "" if end < len(s.words) else "."
    return s._replace(words=(*s.words[: start - 1], before._replace(text=before.text[:-1] + stop), *s.words[end:]))


def split(rng: Random, s: Sentence) -> Sentence | None:
    """One sentence as two, at a conjunction."""
    for i in range(4, len(s.words) - 4):
        w, nxt = s.words[i - 1 : i + 1]
        if not untouched((w, nxt)) or w.text[-1] not in ",;":
            continue
        if w.text[-1] == ",":
            new = JOINTS.get(nxt.text)
            if new is None or (nxt.text == "and" and bare(s.words[i + 1].text) not in SUBJECTS):
                continue
            after = s.words[i + 1]
            after = after if new else after._replace(text=capital(after.text))
            words = (*(Word(x, 0, False, True) for x in new), after, *s.words[i + 2 :])
        else:
            words = (nxt._replace(text=capital(nxt.text)), *s.words[i + 1 :])
        stop = w._replace(text=w.text[:-1] + ".", edited=True)
        return s._replace(words=(*s.words[: i - 1], stop, *words))
    return None


def moved(rng: Random, s: Sentence) -> Sentence | None:
    """With "on Tuesday" at the head. What was moved counts as changed."""
    for i in range(3, len(s.words) - 1):
        pair = s.words[i : i + 2]
        if pair[0].text != "on" or bare(pair[1].text).capitalize() not in DAYS or not untouched((*pair, s.words[0])):
            continue
        first, stop = s.words[0], re.search(r"[.,;]*$", pair[1].text)[0]  # type: ignore[index]
        if first.text not in HEADS:
            continue
        day = Word(bare(pair[1].text).capitalize() + ",", 0, False, True)
        last = s.words[i - 1]
        middle = (*s.words[1 : i - 1], last._replace(text=last.text + stop))
        words = (Word("On", 0, False, True), day, first._replace(text=first.text.lower()), *middle, *s.words[i + 2 :])
        return s._replace(words=words)
    return None


# Reports made of what was taken.


def derived(event: Event, name: str, parents: Sequence[Draft], ps: Paragraphs, own: bool = False) -> Draft:
    """A report of these paragraphs, credited in one of the many ways, or not at all."""
    rng, parent = event.rng, parents[0]
    outlet = event.outlet()
    who = byline(event, outlet)
    keep = parent.outlet.agency and rng.random() < 0.4
    ps = tuple(tuple(s for s in p if s.words[-1].text != "-" or (keep and i == 0)) for i, p in enumerate(ps))
    source, how = parent.outlet, rng.random()
    if source.agency and how < 0.35:
        who = rng.choice((f"Staff and {source.name}", source.name, f"{outlet.name} with {source.name}"))
    elif source.agency and how < 0.65:
        ps = (*ps[:-1], (*ps[-1], event.sentence(f"({source.name})")))
    elif how < 0.2:
        ps = (*ps, (event.sentence(f"This article first appeared in {source.cited()}."),))
    elif how < 0.35:
        ps = (*ps, (event.sentence(f"With reporting by {source.cited()}."),))
    title = parent.title if rng.random() < 0.4 else headline(event)
    at = max(p.at for p in parents) + timedelta(minutes=rng.randrange(20, 1500))
    roots = frozenset().union(*(p.roots for p in parents)) | ({name} if own else frozenset())
    names = tuple(p.name for p in parents) + tuple(x for p in parents for x in p.parents)
    return Draft(name, event.number, outlet, title, who, at, tuple(filter(None, ps)), roots, parents=names)


def taken_over(event: Event, name: str, how: str, parents: Sequence[Draft], share: float) -> Draft:
    """A report derived in this way from these, with this share of edits."""
    rng, ps = event.rng, parents[0].paragraphs
    stub = parents[0].outlet._replace(titles=rng.random() < 0.5)
    if how in ("partly", "padded"):
        words = length(ps)
        part = stretch(rng, ps, words * rng.uniform(0.2, 0.45)) if how == "partly" else ps
        part = edited(event, part, share, stub)
        size = length(part) * (rng.uniform(1.3, 2.5) if how == "partly" else rng.uniform(0.15, 0.4))
        told = frozenset(s.told for p in part for s in p)
        own = written(event, name, NOWHERE, max(60, int(size)), said=0, but=told)
        return derived(event, name, parents, around(rng, own.paragraphs, part, how == "partly"), True)
    if how == "merged":
        halves = (stretch(rng, p.paragraphs, length(p.paragraphs) * 0.48) for p in parents)
        x, y = (edited(event, half, share, stub) for half in halves)
        return derived(event, name, parents, merged(rng, x, y))
    if how == "trimmed":
        ps = trimmed(rng, ps)
    elif how == "reordered":
        ps = reordered(rng, ps)
    return derived(event, name, parents, edited(event, ps, share, stub))


def anew(event: Event, name: str, parent: Draft) -> Draft:
    """The parent told anew, sentence by sentence: its facts, their order and its quotations stay."""
    outlet, known = event.outlet(), set[str]()
    body: list[Sentence] = []
    for s in (s for p in parent.paragraphs for s in p):
        new: Sentence | None = None
        if s.about:
            (who,) = s.origins
            if s.frame in ("named", "named to"):
                new = event.claim(s.about, "named", who, outlet)
            elif s.frame == "unnamed":
                new = event.claim(s.about, "credited", who, outlet, parent.outlet)
        elif s.told:
            new = event.tell(s.told, outlet, known)
        if new is not None:
            body.append(new)
    if len(body) > 4 and event.rng.random() < 0.5:
        i = event.rng.randrange(1, len(body) - 1)
        body[i], body[i + 1] = body[i + 1], body[i]
    at = parent.at + timedelta(minutes=event.rng.randrange(60, 1500))
    ps = ((body[0],), *grouped(event.rng, body[1:]))
    who = byline(event, outlet)
    parents = (parent.name, *parent.parents)
    return Draft(name, event.number, outlet, headline(event), who, at, ps, parent.roots, True, parents)


# The truth.


class Printed(NamedTuple):
    """A text and where each sentence of it stands."""

    text: str
    sentences: tuple[tuple[int, int, Sentence], ...]


def printed(d: Draft) -> Printed:
    """A draft as its outlet prints it."""
    parts, spans, at = [], [], 0
    for p in d.paragraphs:
        texts_ = [" ".join(w.text for w in s.words) for s in p]
        for s, t in zip(p, texts_, strict=True):
            spans.append((at, at + len(t), s))
            at += len(t) + 1
        at += 1
        parts.append(" ".join(texts_))
    opening, closing = d.outlet.quotes
    apostrophe = "'" if opening == '"' else "’"
    text = "\n\n".join(parts).translate(str.maketrans("“”’", opening + closing + apostrophe))
    return Printed(text, tuple(spans))


def taken(a: Printed, b: Printed) -> tuple[tuple[Passage, ...], list[tuple[Sentence, Sentence]]]:
    """The stretches two texts have from one another, or both from a third, with the sentences in them."""
    there = {s.base: j for j, (_, _, s) in enumerate(b.sentences)}
    both, passages, last = [], list[Passage](), (-2, -2)
    for i, (start, end, s) in enumerate(a.sentences):
        j = there.get(s.base)
        if j is None:
            continue
        b_start, b_end, other = b.sentences[j]
        both.append((s, other))
        if last == (i - 1, j - 1):
            passages[-1] = passages[-1]._replace(a_end=end, b_end=b_end)
        else:
            passages.append(Passage(start, end, b_start, b_end))
        last = (i, j)
    return tuple(passages), both


def press(d: Draft) -> set[str]:
    """The quotations of the press conference in it."""
    return {s.told for p in d.paragraphs for s in p if s.told.startswith('"press')}


def truth(a: Draft, b: Draft) -> Truth:
    """Of two drafts of a matter."""
    if b.name in a.parents:
        a, b = b, a
    x, y = printed(a), printed(b)
    passages, both = taken(x, y)
    shorter = min(length(a.paragraphs), length(b.paragraphs))
    words = min(sum(len(s.words) for s, _ in both), sum(len(t.words) for _, t in both))
    told = max((passage_narration(x, p) for p in passages), default=0)
    if told >= NARRATED:
        tallies = [tally(s, t) for s, t in both]
        edits = sum(t.changed for t in tallies) / sum(t.of for t in tallies)
        return Truth(a.name, b.name, "copy" if words >= COPY * shorter else "partly", edits, passages)
    if a.event != b.event:
        kind = "unrelated"
    elif (a.anew or b.anew) and a.roots & b.roots:
        kind = "rewrite"
    else:
        kind = "quotation" if press(a) & press(b) else "same event"
    return Truth(a.name, b.name, kind, nan, ())


def passage_narration(x: Printed, p: Passage) -> int:
    """Words outside quotations in a passage's first text."""
    return narration([[s for start, end, s in x.sentences if p.a_start <= start and end <= p.a_end]])


def made(d: Draft, rng: Random, dated: bool) -> Made:
    """A draft as a report."""
    form = rng.random()
    when = f"{d.at:%Y-%m-%d}" if form < 0.45 else f"{d.at:%Y-%m-%dT%H:%M}"
    return Made(d.name, d.outlet.printed, d.title, d.byline, when if dated and form < 0.95 else None, printed(d).text)


def statements(drafts: Sequence[Draft], but: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """The claims that several carry, with the origins that their attributions come to."""
    carriers: dict[str, list[tuple[str, int, int]]] = {}
    origins: dict[str, set[str]] = {}
    for d in drafts:
        for start, end, s in printed(d).sentences:
            if s.about and s.about not in but:
                carriers.setdefault(s.about, []).append((d.name, start, end))
                origins.setdefault(s.about, set()).update(s.origins)
    return tuple(Statement(k, tuple(v), len(origins[k])) for k, v in carriers.items() if len({n for n, *_ in v}) > 1)


# Matters.

HOW = ("copied", "trimmed", "reordered", "partly", "merged")
SHAPES = ("independent", "wire", "chain", "merged", "anew", "circle", "near miss", "unrelated")
SPREADS = ("official", "two named", "own source", "outside", "voices", "interview", "relay", "seen")
EDITS = (0, 0, 0.03, 0.08, 0.15, 0.2, 0.3, 0.4)


def spread(event: Event, about: str, how: str, outlets: Sequence[Outlet]) -> list[Sentence | None]:
    """One claim as each of the outlets carries it; none where one does not."""
    rng = event.rng
    first, second = rng.sample(sorted(event.kind.people), 2)
    a, b, *more = outlets
    n = len(outlets)

    def all_of(*out: Sentence | None) -> list[Sentence | None]:
        return [*out, *[None] * (n - len(out))]

    def c(kind: str, who: str, outlet: Outlet, *cited: Outlet) -> Sentence | None:
        return event.claim(about, kind, who, outlet, *cited)

    if how == "official":
        return [c("named", first, o) for o in outlets]
    if how == "two named":
        return all_of(c("named", first, a), c("named", second, b), *(c("named", first, o) for o in more[:2]))
    if how == "own source":
        return all_of(
            c("unnamed", f"source of {a.name}", a), *(c("credited", f"source of {a.name}", o, a) for o in outlets[1:])
        )
    if how == "outside":
        away = event.outlet()
        return [c("credited", f"source of {away.name}", o, away) for o in outlets]
    if how == "agency":
        return all_of(c("own", f"voice of {a.name}", a), c("named", first, b))
    if how == "voices":
        return all_of(c("own", f"voice of {a.name}", a), c("own", f"voice of {b.name}", b))
    if how == "interview":
        return all_of(c("named to", first, a, a), *(c("named to", first, o, a) for o in outlets[1:]))
    if how == "relay":
        last = [c("chained", f"source of {a.name}", more[0], b, a)] if more else []
        return all_of(c("unnamed", f"source of {a.name}", a), c("credited", f"source of {a.name}", b, a), *last)
    return all_of(c("seen", f"voice of {a.name}", a), *(c("named", first, o) for o in outlets[1:]))


def independents(event: Event, count: int, spreads: Sequence[str], agency: bool = False, names: int = 1) -> list[Draft]:
    """So many reports by different outlets, with claims spread over them in these ways."""
    rng = event.rng
    outlets = [event.outlet(agency and i == 0) for i in range(count)]
    claims: list[list[Sentence]] = [[] for _ in outlets]
    for about, how in zip(rng.sample(sorted(event.kind.claims), 3), spreads, strict=False):
        order = list(range(count))
        if not agency:
            rng.shuffle(order)
        for i, s in zip(order, spread(event, about, how, [outlets[i] for i in order]), strict=True):
            if s is not None:
                claims[i].append(s)
    said = rng.choice((0, 0.4, 0.8))
    return [
        written(event, f"r{names + i}", o, rng.randint(130, 420), c, said)
        for i, (o, c) in enumerate(zip(outlets, claims, strict=True))
    ]


def circle(event: Event, size: int) -> tuple[list[Draft], str, tuple[str, ...]]:
    """Reports that credit one another in a circle for a claim, with what it is and the outlets."""
    outlets = [event.outlet() for _ in range(size)]
    abouts = event.rng.sample(sorted(event.kind.claims), 3)
    drafts = []
    other = spread(event, abouts[1], event.rng.choice(("official", "two named")), outlets)
    for i, o in enumerate(outlets):
        cited = outlets[(i + 1) % size]
        claims = [event.claim(abouts[0], "cycled", "", o, cited), other[i]]
        drafts.append(written(event, f"r{i + 1}", o, event.rng.randint(130, 350), [c for c in claims if c]))
    return drafts, abouts[0], tuple(o.printed for o in outlets)


def near_miss(event: Event) -> list[Draft]:
    """Two reports that credit each other, each for another claim, or a third that credits one who credits another."""
    way = event.rng.random()
    if way < 0.25:
        return independents(event, 3, ["relay"])
    a, b, c = event.outlet(), event.outlet(), event.outlet()
    one, two, _ = event.rng.sample(sorted(event.kind.claims), 3)
    source = f"source of {c.name}"
    row = [
        [event.claim(one, "cycled", source, a, b)],
        [event.claim(one, "cycled", source, b, c)],
        [event.claim(one, "unnamed", source, c)],
    ]
    pair = [
        [
            event.claim(one, "unnamed", f"source of {a.name}", a),
            event.claim(two, "cycled", f"source of {b.name}", a, b),
        ],
        [
            event.claim(one, "cycled", f"source of {a.name}", b, a),
            event.claim(two, "unnamed", f"source of {b.name}", b),
        ],
    ]
    return [
        written(event, f"r{i + 1}", o, event.rng.randint(130, 350), [c for c in cs if c])
        for i, (o, cs) in enumerate(zip((a, b, c), row if way < 0.5 else pair, strict=False))
    ]


def runs(d: Draft) -> set[tuple[str, ...]]:
    """All its runs of twelve words outside quotations."""
    words = [f"“{d.name} {w.origin}" if w.quoted else bare(w.text) for p in d.paragraphs for s in p for w in s.words]
    return set(zip(*(words[i:] for i in range(RUN)), strict=False))


def doubtful(a: Draft, b: Draft) -> bool:
    """Whether two have something from one another that is too little to count, or by chance a long run of words."""
    x, y = printed(a), printed(b)
    passages, _ = taken(x, y)
    if not passages:
        return bool(runs(a) & runs(b))
    return max(passage_narration(x, p) for p in passages) < NARRATED


def matter(rng: Random, shape: str) -> Matter | None:
    """One matter of a shape; none where the truth about two of its reports would be doubtful."""
    event = Event(rng)
    spreads = rng.sample(SPREADS, 3)
    share = rng.choice(EDITS)
    planted: tuple[tuple[str, ...], ...] = ()
    but = frozenset[str]()
    if shape == "independent":
        drafts = independents(event, rng.randint(3, 4), spreads[:2])
    elif shape == "wire":
        drafts = independents(
            event, rng.randint(2, 3), [rng.choice(("agency", "two named", "official", "interview")), spreads[0]], True
        )
        for i in range(rng.randint(2, 3)):
            how = rng.choice(("copied", "trimmed", "reordered", "partly", "padded"))
            drafts.append(taken_over(event, f"r{len(drafts) + 1}", how, drafts[:1], share if i else rng.choice(EDITS)))
    elif shape == "chain":
        drafts = independents(event, 2, [rng.choice(("two named", "official", "voices"))])
        for _ in range(2):
            how = rng.choice(("copied", "trimmed", "reordered", "padded"))
            parents = [drafts[0] if len(drafts) == 2 else drafts[-1]]
            drafts.append(taken_over(event, f"r{len(drafts) + 1}", how, parents, rng.choice(EDITS[:6])))
    elif shape == "merged":
        drafts = independents(event, 3, spreads[:1], rng.random() < 0.5)
        drafts.append(taken_over(event, "r4", "merged", drafts[:2], share))
    elif shape == "anew":
        drafts = independents(event, 2, [rng.choice(("official", "own source", "two named"))])
        drafts += [anew(event, f"r{3 + i}", drafts[0]) for i in range(rng.randint(1, 2))]
    elif shape == "circle":
        drafts, about, outlets = circle(event, rng.choice((2, 3)))
        planted, but = (outlets,), frozenset({about})
    elif shape == "near miss":
        drafts = near_miss(event)
    else:
        same = rng.choice(sorted(KINDS))
        event = Event(rng, 0, same)
        event.quotes = event.quotes[::2]
        drafts = independents(event, 2, spreads[:1])
        other = Event(rng, 1, same if rng.random() < 0.5 else None)
        other.papers, other.used, other.witnesses = event.papers, set(event.used), event.witnesses
        other.quotes = [q for q in other.quotes if q not in event.quotes]
        drafts += independents(other, 1, (), names=3)
    if any(doubtful(a, b) for a, b in combinations(drafts, 2)):
        return None
    dated = rng.random() > 0.15
    order = rng.sample(range(len(drafts)), len(drafts))
    drafts = [drafts[i] for i in order]
    pairs_ = [truth(a, b) for a, b in combinations(drafts, 2)]
    return Matter(tuple(made(d, rng, dated) for d in drafts), tuple(pairs_), statements(drafts, but), planted)


def matters(seed: int, count: int) -> Iterator[Matter]:
    """So many matters, the shapes in turn."""
    for i in range(count):
        tries = (matter(Random(f"{seed} {i} {k}"), SHAPES[i % len(SHAPES)]) for k in range(99))
        yield next(m for m in tries if m is not None)


def pairs(seed: int, count: int, edits: float) -> Iterator[tuple[Made, Made, Truth]]:
    """Parents of about 150 to 700 words with a report derived from each, the ways in turn; edits from 0 to .5."""
    for i in range(count):
        how, known = HOW[i % len(HOW)], None
        tries = (Random(f"{seed} {i} {k} pair") for k in range(99))
        while known is None or not known.passages:  # one that was cut to pieces too small to tell is made again
            rng = next(tries)
            event = Event(rng)
            agency, sizes = rng.random() < 0.5, [rng.randint(160, 640), rng.randint(160, 320)]
            parents = [
                written(event, f"r{k + 1}", event.outlet(agency and k == 0), size)
                for k, size in enumerate(sizes[: 2 if how == "merged" else 1])
            ]
            child = taken_over(event, "r9", how, parents, edits)
            known = truth(parents[0], child)
        yield made(parents[0], rng, True), made(child, rng, True), known
