"""A brief with all that was decided applied, and what could not be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from ..brief import first_versions, of_several, printable, short, titled, who_is
from ..case import Review
from ..claims import one_line
from ..records import DENIED, Account, Brief, Claim, Origins, Question, Relation, Source, identify
from .decisions import LOGGED, Merge, Move, Name, Quote, ReviewError, Selector, Speaker, Split, Undo, logged, meaning
from .selectors import Known, place_of

State = Literal["accepted", "rejected", "corrected"]


class Conflict(NamedTuple):
    """A decision that does not hold in the reviewed brief, and why."""

    review: Review
    reason: str


class Standing(NamedTuple):
    """A decision that was applied, and the record it was found to be about: the id of a claim, a source or a question;
    of a relation those of its claims with a colon between."""

    review: Review
    record: str


class Reviewed(NamedTuple):
    """A brief with what people decided.

    states: of claims (ids) that were decided on. notes: what was noted about records (ids as in `Standing`).
    conflicts: every decision that counts but does not hold, in the order they were made; standing: every one that
    does. apart: pairs of sources (ids) that are not one, as somebody says."""

    brief: Brief
    states: Mapping[str, State]
    notes: Mapping[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    standing: tuple[Standing, ...]
    apart: tuple[tuple[str, str], ...] = ()

    @property
    def rejected(self) -> set[str]:
        """The claims (ids) that somebody says are none."""
        return {c for c, state in self.states.items() if state == "rejected"}


def reviewed(brief: Brief, reviews: Iterable[Review]) -> Reviewed:
    """The brief with all decisions that count applied in the order they were made.

    Every record keeps its id, a corrected claim and a renamed source too, so that ids a page knows stay good. A
    rejected claim stays among the claims, but in no account and no relation. Origins stay as they were counted before:
    `recount.decided` counts them anew. Where two decisions contradict each other the later one holds, and the earlier
    is a conflict."""
    log = sorted(reviews, key=lambda r: r.number)
    off = undone(log)
    earlier = {r.number for r in log}
    work = _Work(brief)
    for review in log:
        if review.action == "undo":
            if review.number not in off and _undoes(review) not in earlier:
                work.conflicts.append(Conflict(review, "it undoes no earlier review"))
        elif review.number not in off:
            try:
                at, value = logged(review)
                work.apply(review, at, meaning(LOGGED, review.kind, review.action, value, review.note))
            except ReviewError as e:
                work.conflicts.append(Conflict(review, str(e)))
    return work.done()


def undone(reviews: Sequence[Review]) -> set[int]:
    """The numbers of the reviews that do not count any more, for a later one undoes them that is not undone itself."""
    out: set[int] = set()
    for review in sorted(reviews, key=lambda r: -r.number):
        if review.action == "undo" and review.number not in out and (number := _undoes(review)):
            out.add(number)
    return out


def _undoes(review: Review) -> int | None:
    """The number of the earlier review that this one undoes."""
    try:
        number = msgspec.convert(logged(review)[1], type=Undo).number
    except msgspec.ValidationError:
        return None
    return number if number < review.number else None


class _Box:
    """An account while claims are moved: what it was (None for a new one), and the question it answers."""

    def __init__(self, account: Account | None, question: str | None, claims: Iterable[str]) -> None:
        self.account = account
        self.question = question
        self.claims = list(claims)


class _Work:
    """A brief while decisions are applied to it: one after another, as what a later one is about may depend on those
    before. What was overruled since leaves no trace."""

    def __init__(self, brief: Brief) -> None:
        self.known = Known(brief)
        self.claims = dict(self.known.claims)
        self.sources = list(brief.sources)
        self.stated = {(r.a, r.b): r for r in brief.relations}
        self.relations = dict(self.stated)
        self.persons = [set(group) for group in brief.persons]
        self.titles = {q.id: q.title for q in brief.questions}
        self.moves: dict[str, str | None] = {}  # claim -> where to, those that hold, in the order they were made
        self._settle()
        self.conflicts: list[Conflict] = []
        self.standing: dict[int, Standing] = {}
        self.holds: dict[tuple[str, str], tuple[list[Review], Any]] = {}  # who says what of a record, by what it is of
        self.apart: list[_Pair] = []
        self.named: list[tuple[Review, str, str]] = []  # a source, and what it is called

    def apply(self, review: Review, at: Selector, meant: Any) -> None:
        """One decision. ReviewError where what it is about is not there."""
        if review.kind == "source":
            record = self._on_source(review, self.known.source(at), meant)
        else:
            claim = self.known.claim(at)
            match review.kind:
                case "relation":
                    record = self._relate(review, claim, meant)
                case "question":
                    record = self._title(review, claim, meant)
                case _:
                    record = claim.id
                    self._on_claim(review, claim, meant)
        self.standing[review.number] = Standing(review, record)

    def _on_claim(self, review: Review, claim: Claim, meant: Any) -> None:
        match meant:
            case Quote():
                document = self.known.documents[claim.document]
                if (place := place_of(document, meant)) is None:
                    raise ReviewError(f"the right words do not stand in the report: “{short(meant.exact, 60)}”")
                if self._rejected(claim.id):
                    self._overrule("verdict", claim.id, review)
                self._hold("span", claim.id, review, place)
                span = document.span(*place)
                self._change(claim.id, spans=(span,), text=one_line(span.text))
            case Speaker():
                speaker = self._named(claim, meant.name) if meant.source is None else self.known.source(meant.source).id
                self._hold("speaker", claim.id, review, speaker)
                self._change(claim.id, speaker=speaker)
            case Move(to=selector):
                to = None if selector is None else self.known.claim(selector).id
                if to == claim.id:
                    raise ReviewError("both are one claim now")
                self._hold("move", claim.id, review, to)
                again = claim.id in self.moves
                self.moves.pop(claim.id, None)
                self.moves[claim.id] = to
                if again:
                    self._settle()
                else:
                    self._move(claim.id, to)
            case _:
                if review.action != "note":
                    self._hold("verdict", claim.id, review, review.action)

    def _on_source(self, review: Review, source: Source, meant: Any) -> str:
        match meant:
            case Name():
                self.named.append((review, source.id, one_line(meant.name)))
                self.sources = _called(self.sources, self.persons, {source.id: one_line(meant.name)})
            case Merge() | Split():
                other = self.known.source(meant.other).id
                if other == source.id:
                    raise ReviewError("both are one source now")
                self.apart.append(_Pair(review, source.id, other, isinstance(meant, Merge)))
                self.persons = _grouped(self.persons, self.apart[-1:])
        return source.id

    def _relate(self, review: Review, claim: Claim, meant: Any) -> str:
        other = self.known.claim(meant.other).id
        if other == claim.id:
            raise ReviewError("both are one claim now")
        a, b = sorted((claim.id, other))
        self._hold("relation", f"{a}:{b}", review, meant.kind)
        before = self.stated.get((a, b))
        if meant.kind == "none":
            self.relations.pop((a, b), None)
        elif before is not None and before.kind == meant.kind:
            self.relations[a, b] = msgspec.structs.replace(before, score=1.0, reason="review")
        else:
            self.relations[a, b] = Relation(a=a, b=b, kind=meant.kind, score=1.0, reason="review")
        return f"{a}:{b}"

    def _title(self, review: Review, claim: Claim, meant: Any) -> str:
        box = self._box(claim.id)
        if box is None or box.question is None:
            raise ReviewError("its claim belongs to no question now")
        self._hold("title", box.question, review, meant.title)
        self.titles[box.question] = one_line(meant.title)
        return box.question

    def _hold(self, what: str, record: str, review: Review, meant: Any) -> None:
        """What this review says of a record holds from now on, and what an earlier one said otherwise does not."""
        if (what, record) in self.holds and self.holds[what, record][1] != meant:
            self._overrule(what, record, review)
        self.holds.setdefault((what, record), ([], meant))[0].append(review)

    def _overrule(self, what: str, record: str, later: Review) -> None:
        """What was said of a record so far does not hold."""
        for earlier in self.holds.pop((what, record))[0]:
            self._drop(earlier, f"review {later.number} says otherwise")

    def _rejected(self, claim_id: str) -> bool:
        return ("verdict", claim_id) in self.holds and self.holds["verdict", claim_id][1] == "reject"

    def _change(self, claim_id: str, **fields: Any) -> None:
        self.claims[claim_id] = msgspec.structs.replace(self.claims[claim_id], **fields)

    def _named(self, claim: Claim, name: str | None) -> str:
        """The source of this name in a claim's report; a new one where there is none."""
        wanted = one_line(name or "")
        for s in self.sources:
            if self.known.home.get(s.id) == claim.document and one_line(s.name).casefold() == wanted.casefold():
                return s.id
        new = Source.of(self.known.documents[claim.document], wanted, named=True)
        if all(s.id != new.id for s in self.sources):
            self.sources.append(new)
        return new.id

    def _box(self, claim_id: str) -> _Box | None:
        return next((b for b in self.boxes if claim_id in b.claims), None)

    def _settle(self) -> None:
        """Put every claim where it is by the brief and by the moves that hold."""
        brief = self.known.brief
        self.boxes = [_Box(a, q.id, a.claims) for q in brief.questions for a in q.accounts]
        self.boxes += [_Box(a, None, a.claims) for a in brief.agreed]
        self.alone = list(brief.alone)
        for claim_id, to in self.moves.items():
            self._move(claim_id, to)

    def _move(self, claim_id: str, to: str | None) -> None:
        """Put a claim into the account of another, or into one of its own within its question."""
        here = self._box(claim_id)
        if to is None:
            if here is None or len(here.claims) == 1:
                return
            here.claims.remove(claim_id)
            if here.question is None:
                self.alone.append(claim_id)
            else:
                self.boxes.append(_Box(None, here.question, [claim_id]))
            return
        there = self._box(to)
        if there is None:
            there = _Box(None, None, [to])
            self.boxes.append(there)
            self.alone = [c for c in self.alone if c != to]
        if there is not here:
            if here is not None:
                here.claims.remove(claim_id)
            self.alone = [c for c in self.alone if c != claim_id]
            there.claims.append(claim_id)

    def _join(self) -> None:
        """Who is one by the decisions that hold."""
        before = [set(group) for group in self.known.brief.persons]
        holding = _holding(before, self.apart)
        for pair in self.apart:
            if pair not in holding:
                self._drop(pair.review, "later reviews say otherwise")
        self.apart = holding
        self.persons = _grouped(before, holding)

    def _call(self) -> None:
        """What sources are called by the decisions that hold: the last of those about one person."""
        one = {s: n for n, group in enumerate(self.persons) for s in group}
        last = {one.get(s, s): (review, s, name) for review, s, name in self.named}
        for review, source, name in self.named:
            later, _, holds = last[one.get(source, source)]
            if name != holds:
                self._drop(review, f"review {later.number} says otherwise")
        own, speakers = self.known.sources, {c.speaker for c in self.claims.values()}
        sources = [own.get(s.id, s) for s in self.sources if s.id in own or s.id in speakers]
        self.sources = _called(sources, self.persons, {s: name for _, s, name in last.values()})

    def _drop(self, review: Review, why: str) -> None:
        self.standing.pop(review.number, None)
        self.conflicts.append(Conflict(review, why))

    def done(self) -> Reviewed:
        """The brief as it stands."""
        self._join()
        self._call()
        states: dict[str, State] = {}
        for what, record in self.holds:
            if what in ("span", "verdict"):
                corrected = ("span", record) in self.holds
                states[record] = "rejected" if self._rejected(record) else "corrected" if corrected else "accepted"
        notes: defaultdict[str, list[str]] = defaultdict(list)
        for standing in self.standing.values():
            if standing.review.note.strip():
                notes[standing.record].append(standing.review.note)
        return Reviewed(
            self._brief(),
            states,
            {record: tuple(said) for record, said in notes.items()},
            tuple(sorted(self.conflicts, key=lambda c: c.review.number)),
            tuple(self.standing[n] for n in sorted(self.standing)),
            tuple((p.a, p.b) for p in self.apart if not p.together),
        )

    def _brief(self) -> Brief:
        rejected = {record for _, record in self.holds if self._rejected(record)}
        answers: defaultdict[str | None, list[Account]] = defaultdict(list)
        for box in self.boxes:
            if claims := [c for c in box.claims if c not in rejected]:
                answers[box.question].append(self._account(box, claims))
        alone = [c for c in self.alone if c not in rejected]
        relations = [r for r in self.relations.values() if rejected.isdisjoint((r.a, r.b))]
        pages, who = first_versions(self.known.brief.versions), who_is(self.sources, self._persons())
        questions = []
        for q in self.known.brief.questions:
            accounts = answers[q.id]
            if len(accounts) > 1:
                questions.append(Question(id=q.id, title=self.titles[q.id], accounts=tuple(accounts)))
                continue
            agreed, single = of_several(accounts, self.claims.values(), relations, pages, who)
            answers[None] += agreed
            alone += single
        disputed = {c for r in relations if r.reason == "review" and r.kind == "disputes" for c in (r.a, r.b)}
        agreed = [a for a in answers[None] if disputed.isdisjoint(a.claims)]
        opposed = [a for a in answers[None] if not disputed.isdisjoint(a.claims)]
        alone += [c for a in opposed for c in a.claims if self.claims[c].attribution]
        return msgspec.structs.replace(
            self.known.brief,
            sources=tuple(self.sources),
            claims=tuple(self.claims.values()),
            relations=tuple(relations),
            questions=tuple(questions),
            persons=tuple(self._persons()),
            agreed=tuple(agreed),
            alone=tuple(alone),
        )

    def _account(self, box: _Box, claims: Sequence[str]) -> Account:
        """An account of these claims; its title is of a claim that is still in it."""
        own = [self.claims[c] for c in claims]
        untouched = all(self.known.claims[c.id] is c for c in own)
        if box.account is not None and untouched and tuple(claims) == box.account.claims:
            return box.account
        sources = tuple(dict.fromkeys(c.speaker for c in own if c.speaker))
        if box.account is None:
            documents = len({c.document for c in own})
            return Account(
                id=identify("k", sorted(claims)),
                title=titled(own[0]),
                claims=tuple(claims),
                sources=sources,
                origins=Origins(1, documents, ("put together by a reviewer",), measured=documents == 1),
            )
        title = box.account.title
        if not any(_entitles(c, title) for c in own):
            title = titled(own[0])
        return msgspec.structs.replace(box.account, title=title, claims=tuple(claims), sources=sources)

    def _persons(self) -> Iterator[tuple[str, ...]]:
        """The groups as they were, in the order of their sources."""
        before = [set(group) for group in self.known.brief.persons]
        order = {s.id: n for n, s in enumerate(self.sources)}
        for group in self.persons:
            if group in before:
                yield self.known.brief.persons[before.index(group)]
            elif group:
                yield tuple(sorted(group, key=lambda s: order.get(s, 0)))


class _Pair(NamedTuple):
    """A decision on whether two sources (ids) are one."""

    review: Review
    a: str
    b: str
    together: bool

    def holds(self, groups: Sequence[set[str]]) -> bool:
        """Whether it is so in these groups of sources that are one."""
        return any({self.a, self.b} <= group for group in groups) == self.together


def _grouped(groups: Sequence[set[str]], pairs: Iterable[_Pair]) -> list[set[str]]:
    """Groups of sources that are one, after these decisions in their order."""
    out = list(groups)
    for pair in pairs:
        if pair.together:
            joined = [g for g in out if g & {pair.a, pair.b}]
            out = [*(g for g in out if not g & {pair.a, pair.b}), {pair.a, pair.b}.union(*joined)]
        elif not pair.holds(out):
            out = [*(g - {pair.a} for g in out), {pair.a}]
    return out


def _holding(groups: Sequence[set[str]], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Of decisions those that hold: each, from the last to the first, that leaves all later ones as they are."""
    told = {s for pair in pairs for s in (pair.a, pair.b)}
    groups = [g for g in groups if g & told]
    out: list[_Pair] = []
    for one in _grouped(groups, [pair._replace(together=True) for pair in pairs]):  # what may bear on each other
        near, held = [g for g in groups if g & one], list[_Pair]()
        for pair in reversed([p for p in pairs if p.a in one]):
            end = _grouped(near, [pair, *held])
            if all(p.holds(end) for p in (pair, *held)):
                held.insert(0, pair)
        out += held
    return [pair for pair in pairs if pair in out]


def _called(sources: Iterable[Source], groups: Iterable[set[str]], names: Mapping[str, str]) -> list[Source]:
    """The sources, with these names for some (ids), which are those of everybody who is one with them."""
    every = dict(names)
    for group in groups:
        for s in group & names.keys():
            every |= dict.fromkeys(group, names[s])
    return [msgspec.structs.replace(s, name=every[s.id]) if s.id in every else s for s in sources]


def _entitles(claim: Claim, title: str) -> bool:
    """Whether an account may have this title for this claim: its words, and that it denies them if so."""
    denied = DENIED if claim.position == "denies" else ""
    return title.endswith(denied) and title.removesuffix(denied).rstrip("…") in printable(claim.text)
