"""A brief -> what its readers see, as values: the terminal, the Markdown and the page all print these.

Every statement shown is a claim's own words, with its document and its place in it; nothing is summarised.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import PurePath
from typing import NamedTuple

from .claims import one_line, words_of_claim
from .records import (
    DENIED,
    Account,
    Brief,
    Circle,
    Claim,
    Document,
    Evidence,
    Origin,
    Origins,
    Question,
    Relation,
    Reuse,
    Source,
    Span,
    Version,
)
from .tally import called

ACCOUNTS = 6  # of a question that are shown at once, those of most independent sources first
MANY = 6  # who supports or disputes a claim is listed up to this many, the surest first
LONGEST_NAME = 80  # characters of an outlet's name
SURE = 0.6  # probability from which support that no report states is shown beside a claim; its account shows the rest


class Voice(NamedTuple):
    """A claim as it is shown. who, outlet, date: behind it; words: its own; supports, disputes: who else does, and
    where ("Rosa Minter, Harbour Courier"), the surest; said: what the report itself says of it ("was backed up by");
    supports_left, disputes_left: how many more do."""

    id: str
    document: str
    who: str
    outlet: str
    date: str
    words: str
    position: str
    start: int
    end: int
    supports: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    supports_left: int = 0
    disputes_left: int = 0

    def beside(self) -> Iterator[tuple[str, tuple[str, ...], int]]:
        """Those who dispute it and those who support it, as far as there are any: in words, who, and how many more."""
        for words, who, left in (
            ("disputed by", self.disputes, self.disputes_left),
            ("supported by", self.supports, self.supports_left),
        ):
            if who:
                yield words, who, left


class Side(NamedTuple):
    """An account as it is shown. standing: its outlets and how many independent origins they have, in words; reasons:
    why so many."""

    id: str
    title: str
    standing: str
    reasons: tuple[str, ...]
    voices: tuple[Voice, ...]


class Matter(NamedTuple):
    """A question as it is shown."""

    id: str
    title: str
    sides: tuple[Side, ...]


class Debt(NamedTuple):
    """Two reports as it is shown what one took from the other. pair: the outlets, "Northern Wire → Corvale Standard"
    where the direction is known; signs: how it is known; words: where the longest shared passage stands in each, and
    its first words."""

    a: str
    b: str
    pair: str
    kind: str
    signs: tuple[str, ...]
    words: str


class Ring(NamedTuple):
    """A circle as it is shown: its outlets, and the words by which each names the next."""

    outlets: tuple[str, ...]
    words: tuple[str, ...]


class Spring(NamedTuple):
    """An origin as it is shown: its name, and the outlets (or files) of the reports that go back to it; many: how many
    they are, in words."""

    id: str
    name: str
    outlets: tuple[str, ...]
    many: str


class Change(NamedTuple):
    """A claim that a later version of a report added, dropped, changed or corrected, as it is shown: its words before
    and after; empty where there are none."""

    what: str
    before: str
    after: str


class Revision(NamedTuple):
    """A later version of a report as it is shown: what it is of, its id and that of the version before, how much
    changed, the changes, and the words by which the outlet tells of them."""

    title: str
    earlier: str
    later: str
    summary: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


class Told(NamedTuple):
    """A brief as it is shown: where accounts differ, what one source says, what several say and nobody disputes; and
    who took what from whom."""

    head: str
    matters: tuple[Matter, ...]
    alone: tuple[Voice, ...]
    agreed: tuple[Side, ...]
    debts: tuple[Debt, ...]
    rings: tuple[Ring, ...]
    springs: tuple[Spring, ...]
    revisions: tuple[Revision, ...]


def told(brief: Brief, rejected: Collection[str] = ()) -> Told:
    """The brief in the order in which it is read. rejected: claims (ids) that somebody says are none."""
    teller = Teller(brief)
    return Told(
        headline(brief, rejected),
        tuple(Matter(q.id, one_line(q.title), tuple(teller.side(a) for a in q.accounts)) for q in brief.questions),
        tuple(teller.voice(c) for c in teller.latest(brief.alone)),
        tuple(teller.side(a) for a in brief.agreed),
        tuple(map(teller.debt, sorted(brief.reuse, key=strength))),
        tuple(map(teller.ring, brief.circles)),
        tuple(map(teller.spring, brief.origins)),
        tuple(map(teller.revision, brief.versions)),
    )


def headline(brief: Brief, rejected: Collection[str] = ()) -> str:
    """What the reports are, in a line. rejected: as of `told`."""
    m = len(brief.questions)
    head = f"{reports_in_words(brief.documents)}, {claims_in_words(brief.claims, rejected)}"
    return head + (
        f"; accounts differ on {counted(m, 'question')}" if m else "; no question on which accounts differ was found"
    )


def only_credited(reuse: Reuse) -> bool:
    """Whether all that ties two reports is that one credits the other's outlet."""
    return reuse.kind == "shared source" and not reuse.passages and any(e.kind == "credit" for e in reuse.evidence)


def strength(reuse: Reuse) -> tuple[int, int, str, str]:
    """Least for those who share most."""
    kinds = ("copy", "partly", "shared source")
    return kinds.index(reuse.kind), -sum(p.words for p in reuse.passages), reuse.a, reuse.b


def changes(before: Brief, after: Brief) -> list[str]:
    """What a new brief of a case says that the one before did not, a line each."""
    known = {frozenset(a.claims) for q in before.questions for a in q.accounts}
    titles = {q.id for q in before.questions}
    added = [d for d in after.documents if d.id not in {x.id for x in before.documents}]
    out = [f"{counted(len(added), 'report')} more since the last brief"] if added else []
    old = set().union(*map(claims_in, before.questions))
    for q in after.questions:
        if q.id in titles:
            continue
        fresh = [a for a in q.accounts if frozenset(a.claims) not in known]
        if old.isdisjoint(claims_in(q)):
            out.append(f"new question: {one_line(q.title)}")
        elif fresh:
            out.append(f"changed: {one_line(q.title)} ({counted(len(fresh), 'account')} new or with other claims)")
    gone = len([q for q in before.questions if all(claims_in(q).isdisjoint(claims_in(x)) for x in after.questions)])
    return [*out, *([f"{counted(gone, 'question')} no longer contested"] if gone else [])]


def claims_in(question: Question) -> set[str]:
    """The claims of a question's accounts."""
    return {c for a in question.accounts for c in a.claims}


def counted(n: int, what: str) -> str:
    """So many of something, in words: "3 reports"."""
    return f"{n} {what}{'' if n == 1 else 's'}"


def claims_in_words(claims: Iterable[Claim], rejected: Collection[str]) -> str:
    """How many claims, those that were rejected (ids) apart: "205 claims (2 rejected)"."""
    every = [c.id in rejected for c in claims]
    out = sum(every)
    return counted(len(every) - out, "claim") + (f" ({out} rejected)" if out else "")


def outlets_in_words(documents: Iterable[Document]) -> str:
    """How many outlets reports are of, those of none that is known apart: "2 outlets and 1 report of no known outlet";
    "3 reports" where none is known."""
    every = {d.id: d.outlet for d in documents}
    known, unknown = len(set(filter(None, every.values()))), sum(not outlet for outlet in every.values())
    if not known:
        return counted(unknown, "report")
    more = f" and {counted(unknown, 'report')} of no known outlet" if unknown else ""
    return counted(known, "outlet") + more


def reports_in_words(documents: Iterable[Document]) -> str:
    """How many reports of how many outlets: "3 reports of 2 outlets"."""
    every = {d.id: d for d in documents}
    reports, whose = counted(len(every), "report"), outlets_in_words(every.values())
    if whose == reports:
        return reports
    return f"{reports} of {whose}" if all(d.outlet for d in every.values()) else f"{reports} ({whose})"


def letter(n: int) -> str:
    """The letter of the n-th account of a question, from 0 on: a to z, then aa."""
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(97 + n % 26)


def first_versions(versions: Iterable[Version]) -> dict[str, str]:
    """By the id of a later version of a report, that of the first. versions: of each page in their order."""
    first: dict[str, str] = {}
    for version in versions:
        first[version.later] = first.get(version.earlier, version.earlier)
    return first


def day_told(document: Document, pages: Mapping[str, str]) -> str | None:
    """The date (ISO 8601) of what a report says: of a later version of a page, that of its last change. pages: the
    first version of each report that is a later one."""
    return (document.updated if document.id in pages else None) or document.published


def _surely(relation: Relation) -> bool:
    """Whether a relation is stated by a report, or sure enough to be shown."""
    return bool(relation.stated) or relation.score >= SURE


def from_two(account: Account, claims: Mapping[str, Claim], pages: Mapping[str, str] | None = None) -> bool:
    """Whether two reports give an account, or two who may be independent. pages: as of `of_several`."""
    documents = {claims[c].document for c in account.claims}
    return account.origins.high > 1 or len({(pages or {}).get(d, d) for d in documents}) > 1


def who_is(sources: Iterable[Source], persons: Iterable[Sequence[str]]) -> dict[str, str]:
    """A key for who each source is, the same for sources that are one across reports (persons), and for the voices of
    reports."""
    known = {s.id: "author" if s.kind == "author" else s.id for s in sources}
    return known | {s: group[0] for group in persons for s in group}


def of_several(
    accounts: Iterable[Account],
    claims: Iterable[Claim],
    relations: Iterable[Relation],
    pages: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
) -> tuple[list[Account], list[str]]:
    """Of accounts that no other competes with, those that several say and nobody disputes; and the attributed claims of
    the others, in the order of `claims`. Several say it where claims of two reports, or of two sources, have the same
    words or surely support each other, and no relation disputes one of its claims, tells that it is denied in other
    words, or takes its figures for those of other times or things; an account in which one claim denies what another
    says is none of theirs. pages: the first version of each report that is a later one; versions are one report.
    people: who each source is (`who_is`)."""
    by_id = {c.id: c for c in claims}
    backed: dict[str, set[str]] = defaultdict(set)
    parted: set[str] = set()
    for r in relations:
        if r.kind == "disputes" or r.reason in ("update", "values", "words"):
            parted |= {r.a, r.b}
        elif r.kind == "supports" and _surely(r):
            backed[r.a].add(r.b)

    def home(c: str) -> str:
        return (pages or {}).get(by_id[c].document, by_id[c].document)

    def whose(c: str) -> str | None:
        speaker = by_id[c].speaker
        return (people or {}).get(speaker, speaker) if speaker else None

    agreed, single = [], set[str]()
    for account in accounts:
        words = {c: words_of_claim(by_id[c]).lower().split() for c in account.claims}
        several = from_two(account, by_id, pages) and any(
            (b in backed[a] or a in backed[b] or words[a] == words[b]) and (home(a) != home(b) or whose(a) != whose(b))
            for a, b in combinations(account.claims, 2)
        )
        both = {"asserts", "denies"} <= {by_id[c].position for c in account.claims}
        if several and not both and parted.isdisjoint(account.claims):
            agreed.append(account)
        else:
            single.update(account.claims)
    return agreed, [c for c in by_id if c in single and by_id[c].attribution]


def independent(origins: Origins) -> str:
    """How many independent origins: a number, or a range where it cannot be told."""
    if not origins.measured:
        return "how many are independent cannot be told"
    if origins.low == origins.high:
        return counted(origins.low, "independent origin")
    return f"{origins.low} to {origins.high} independent origins"


def who_says(claim: Claim, source: Source | None) -> str:
    """Who a claim is of, given its speaker as far as it is known; the report's own voice is its outlet's."""
    if source is None and claim.attribution:
        return "nobody named"
    return "in the report’s own words" if source is None or source.kind == "author" else one_line(called(source))


class Teller:
    """Looks up what claims are about."""

    def __init__(self, brief: Brief) -> None:
        self.claims = {c.id: c for c in brief.claims}
        self.documents = {d.id: d for d in brief.documents}
        self._first = first_versions(brief.versions)
        self._later = {d: n for n, d in enumerate(self._first, 1)}
        self.sources = {s.id: s for s in brief.sources}
        self._person = {s: group[0] for group in brief.persons for s in group}
        self._copied: defaultdict[tuple[str, str], list[tuple[Span, Span]]] = defaultdict(list)
        for reuse in brief.reuse:
            for p in reuse.passages:
                self._copied[reuse.a, reuse.b].append((p.a, p.b))
                self._copied[reuse.b, reuse.a].append((p.b, p.a))
        self._names = Counter(_called(d) for d in brief.documents)
        self.relations: defaultdict[str, list[Relation]] = defaultdict(list)
        for r in brief.relations:
            self.relations[r.a].append(r)
            self.relations[r.b].append(r)

    def side(self, account: Account) -> Side:
        """An account, its claims in the order of their reports' dates."""
        claims = sorted((self.claims[c] for c in self.latest(account.claims)), key=self.when)
        count, why = self.standing(account), account.origins.reasons
        return Side(account.id, one_line(account.title), count, why, tuple(self.voice(c.id) for c in claims))

    def standing(self, account: Account) -> str:
        """Outlets and independent origins of an account, in words."""
        outlets = outlets_in_words(self.documents[self.claims[c].document] for c in account.claims)
        return f"{outlets}, {independent(account.origins)}"

    def debt(self, reuse: Reuse) -> Debt:
        """What one report took from another; the giver is named first where it is known."""
        a, b = (self.shown(self.documents[d]) for d in (reuse.a, reuse.b))
        pair = {"a->b": f"{a} → {b}", "b->a": f"{b} → {a}"}.get(reuse.direction, f"{a} and {b}")
        if self.page(reuse.a) == self.page(reuse.b):
            pair = f"{min((self._number(reuse.a), a), (self._number(reuse.b), b))[1]} → a later version of it"
        signs = dict.fromkeys(self._sign(e) for e in reuse.evidence)
        words = ""
        if reuse.passages:
            longest = max(reuse.passages, key=lambda p: p.words)
            places = [f"{name} {x.start}–{x.end}" for name, x in ((a, longest.a), (b, longest.b))]  # noqa: RUF001
            words = f"{', '.join(places)}: {short(longest.a.text)}"
        return Debt(reuse.a, reuse.b, pair, "credit" if only_credited(reuse) else reuse.kind, tuple(signs), words)

    def _sign(self, evidence: Evidence) -> str:
        if evidence.kind in ("credit", "date"):
            return f"{self.shown(self.documents[evidence.document])} {evidence.says}"
        return evidence.says

    def ring(self, circle: Circle) -> Ring:
        """A circle with the words of each outlet."""
        told = (
            f"{self.shown(self.documents[e.document])}: {short(s.text)}" for e in circle.evidence for s in e.spans[:1]
        )
        return Ring(tuple(short(o, LONGEST_NAME) for o in circle.outlets), tuple(told))

    def spring(self, origin: Origin) -> Spring:
        """An origin with who goes back to it."""
        documents = [self.documents[d] for d in origin.documents]
        outlets = {self.masthead(d): self.shown(d) for d in documents}
        many = outlets_in_words(documents)
        return Spring(origin.id, short(origin.name, LONGEST_NAME), tuple(sorted(outlets.values())), many)

    def page(self, document_id: str) -> str:
        """The first version of a document: what all its versions have in common."""
        return self._first.get(document_id, document_id)

    def _number(self, document_id: str) -> int:
        """A report's place among the later versions of all pages, in their order; 0 where it is none."""
        return self._later.get(document_id, 0)

    def latest(self, claims: Iterable[str]) -> list[str]:
        """The claims without those that a later version of their report has in the same words of the same source."""
        newest: dict[tuple[str, ...], int] = {}
        keys = {}
        for c in claims:
            claim = self.claims[c]
            words = " ".join(words_of_claim(claim).lower().split())
            keys[c] = (self.page(claim.document), self.who(claim), claim.position, words)
            newest[keys[c]] = max(newest.get(keys[c], 0), self._number(claim.document))
        return [c for c, key in keys.items() if self._number(self.claims[c].document) == newest[key]]

    def day(self, document: Document) -> str | None:
        """The date of what a report says (`day_told`)."""
        return day_told(document, self._first)

    def revision(self, version: Version) -> Revision:
        """What a later version of a report changed; corrections come first."""
        later, earlier = self.documents[version.later], self.documents[version.earlier]
        told = [("corrected", *pair) for pair in version.corrected] + [("changed", *pair) for pair in version.changed]
        told += [("added", "", c) for c in version.added] + [("dropped", c, "") for c in version.dropped]
        counts = Counter(what for what, _, _ in told)
        dates = [(d.updated or d.published or "no date")[:16] for d in (earlier, later)]
        if dates[0] == dates[1]:
            dates = dates[:1]
        return Revision(
            f"{self.shown(later)}: {short(later.title or later.file)} ({' → '.join(dates)})",
            earlier.id,
            later.id,
            ", ".join(f"{n} {what}" for what, n in counts.items()) or "no claim changed",
            tuple(Change(what, *(one_line(self.claims[c].text) if c else "" for c in pair)) for what, *pair in told),
            tuple(one_line(note.span.text) for note in version.notes),
        )

    def when(self, claim: Claim) -> tuple[str, str, int]:
        """By what claims are ordered."""
        document = self.documents[claim.document]
        return self.day(document) or "9999", document.outlet or document.file, claim.spans[0].start

    def who(self, claim: Claim) -> str:
        """Who a claim is of; the report's own voice is its outlet's."""
        return who_says(claim, self.sources.get(claim.speaker or ""))

    def name(self, source: Source) -> str:
        """What a source is called."""
        return one_line(called(source))

    def party(self, claim: Claim, beside: Claim) -> str:
        """Who a claim is of and where it stands, as somebody who backs or disputes the claim beside it."""
        here, outlet = claim.document == beside.document, self.outlet(claim)
        if self.whose(claim) == self.whose(beside):
            return f"the same source, {outlet}"
        if self.whose(claim).startswith("outlet "):
            return "the report itself" if here else f"{outlet} in its own words"
        source = self.sources.get(claim.speaker or "")
        if source and source.kind == "outlet" and not here:  # a comma would make it two outlets
            return f"{self.who(claim)} (in {outlet})"
        return self.who(claim) if here else f"{self.who(claim)}, {outlet}"

    def whose(self, claim: Claim) -> str:
        """A key for the one who makes a claim, the same across reports; for what nobody named says, the claim's own."""
        source = self.sources.get(claim.speaker or "")
        if source is None and claim.attribution:
            return claim.id
        if source is None or source.kind == "author":
            return f"outlet {self.masthead(self.documents[claim.document])}"
        return self._person.get(source.id, source.id)

    def outlet(self, claim: Claim) -> str:
        """Where a claim stands."""
        return self.shown(self.documents[claim.document])

    def shown(self, document: Document) -> str:
        """What a report is called: its outlet, else its file, with where it lies in that and in which folder as far as
        others would be called the same."""
        return short(self.masthead(document), LONGEST_NAME)

    def masthead(self, document: Document) -> str:
        """The same in full length: one for all reports of an outlet, another for those of another."""
        called = _called(document)
        if not document.outlet and self._names[called] > 1:
            called = ": ".join(filter(None, (document.file, document.member)))
        return called

    def others(self, claim_id: str) -> Iterator[tuple[Relation, Claim]]:
        """The claims that support or dispute this one, the surest first. Support that is not sure is left out, and what
        is none: that of the same source, of the same words in a copy, and of another version of the report."""
        claim = self.claims[claim_id]
        for r in sorted(self.relations[claim_id], key=lambda r: -r.score):
            other = self.claims[r.b if r.a == claim_id else r.a]
            versions = other.document != claim.document and self.page(other.document) == self.page(claim.document)
            if r.kind == "related" or versions:
                continue
            if r.kind == "disputes" or (
                _surely(r) and self.whose(other) != self.whose(claim) and not self._copy(claim, other)
            ):
                yield r, other

    def _copy(self, a: Claim, b: Claim) -> bool:
        """Whether two claims stand in a passage that their reports share."""
        return any(
            all(_meet(c.spans, place) for c, place in ((a, one), (b, other)))
            for one, other in self._copied.get((a.document, b.document), ())
        )

    def voice(self, claim_id: str) -> Voice:
        """A claim with those who support or dispute it, the surest first, each source once."""
        claim = self.claims[claim_id]
        document = self.documents[claim.document]
        others: dict[str, dict[str, None]] = {"supports": {}, "disputes": {}}
        said: dict[str, None] = {}
        for r, other in self.others(claim_id):
            same, here = self.whose(other) == self.whose(claim), other.document == claim.document
            if not (same and here):
                others[r.kind][self.party(other, claim)] = None
            if r.stated:
                said[f"“{one_line(' … '.join(s.text for s in r.stated))}”"] = None
        return Voice(
            claim.id, claim.document, self.who(claim), self.outlet(claim), (self.day(document) or "")[:10],
            one_line(claim.text), claim.position, claim.spans[0].start, claim.spans[-1].end,
            tuple(others["supports"])[:MANY], tuple(others["disputes"])[:MANY], tuple(said),
            *(max(0, len(others[kind]) - MANY) for kind in ("supports", "disputes")),
        )  # fmt: skip


def _called(document: Document) -> str:
    """What a report is called: its outlet, else its file."""
    return document.outlet or PurePath(document.file).name


def _meet(spans: Sequence[Span], place: Span) -> bool:
    """Whether some spans reach into a place."""
    return any(s.start < place.end and place.start < s.end for s in spans)


def printable(text: str) -> str:
    """Text on one line without what no page and no terminal should be told: control characters, and marks that turn
    the direction of writing."""
    return "".join(c if c.isprintable() else " " for c in one_line(text))


def short(text: str, limit: int = 110) -> str:
    """A text on one line that is safe to print, cut after a whole word where it is longer than the limit; within a word
    where that is most of it."""
    line = printable(text)
    if len(line) <= limit:
        return line
    whole = line[:limit].rpartition(" ")[0]
    return (whole if len(whole) > limit // 2 else line[:limit]).rstrip(" ,;…") + "…"


def titled(claim: Claim) -> str:
    """The title of an account that is this claim's words: the first of them, and that the claim denies them if so."""
    line = one_line(claim.text)
    return short(line[5:] if line.lower().startswith("that ") else line) + DENIED * (claim.position == "denies")


def markdown(shown: Told) -> str:
    """The brief as Markdown."""
    out = ["# Who said what", "", _plain(shown.head) + ".", ""]
    for matter in shown.matters:
        out += [f"## {_plain(matter.title)}", ""]
        for side in matter.sides:
            out += _section(side)
    if shown.alone:
        out += ["## What only one source says", "", *map(_item, shown.alone), ""]
    if shown.agreed:
        out += ["## What several say and nobody disputes", ""]
        for side in shown.agreed:
            out += _section(side)
    if shown.debts or shown.rings:
        out += ["## Who took from whom", ""]
        for debt in shown.debts:
            out.append(f"- **{_plain(debt.pair)}** ({debt.kind}): {_plain('; '.join(debt.signs))}")
        for ring in shown.rings:
            out.append(f"- **a circle**: {_plain(', '.join(ring.outlets))} each name the next one")
            out += [f"  - {_plain(words)}" for words in ring.words]
        out.append("")
    if shown.springs:
        out += ["## What the reports go back to", ""]
        out += [f"- **{_plain(s.name)}**: {_plain(', '.join(s.outlets))}" for s in shown.springs]
        out.append("")
    if shown.revisions:
        out += ["## What later versions changed", ""]
        for revision in shown.revisions:
            out.append(f"- **{_plain(revision.title)}**: {revision.summary}")
            out += [f"  - {_plain(note)}" for note in revision.notes]
            for change in revision.changes:
                words = " → ".join(f"“{_plain(x)}”" for x in (change.before, change.after) if x)
                out.append(f"  - {change.what}: {words}")
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def _section(side: Side) -> list[str]:
    """An account as lines under a heading of its own."""
    return [f"### {_plain(side.title)}", "", f"*{_plain(side.standing)}*", "", *map(_item, side.voices), ""]


def _item(voice: Voice) -> str:
    """A claim as an item of a list."""
    place = ", ".join(x for x in (voice.outlet, voice.date, f"{voice.start}–{voice.end}") if x)  # noqa: RUF001
    position = f" *({voice.position})*" if voice.position != "asserts" else ""
    line = f"- **{_plain(voice.who)}** ({_plain(place)}): {_plain(voice.words)}{position}"
    for name, others, left in voice.beside():
        rest = f"; and {left} more: `reportedly show CASE {voice.id}`" if left else ""
        line += f"\n  - {name} {_plain('; '.join(others))}{rest}"
    if voice.said:
        line += f"\n  - the report says {_plain(', '.join(voice.said))}"
    return line


_MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]#|!~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def _plain(text: str) -> str:
    """Text in which Markdown sees no marks, and a terminal no commands."""
    return printable(text).translate(_MARKS)
