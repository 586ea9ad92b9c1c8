"""Every page of the reading room: each function makes one from a `Desk`.

Every statement that is shown is a claim's own words, and leads to its place in its report.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, TypeGuard
from urllib.parse import quote, urlencode

import msgspec

from reportedly.brief import (
    counted,
    headline,
    letter,
    outlets_in_words,
    printable,
    reports_in_words,
    short,
    strength,
)
from reportedly.case import Hit, Review
from reportedly.claims import one_line
from reportedly.graph import drawn, graph
from reportedly.mentions import pronoun_of
from reportedly.page import Paragraph, Segment, prepare, revised
from reportedly.records import Attribution, Claim, Document, Origin, Question, Report, Source, Span
from reportedly.review import Selector, logged, undone
from reportedly.tally import path, role, standing
from reportedly.timeline import Entry, days_in_words

from .desk import Desk, Seat, day, folded, place, tag
from .shown import (
    AccountPage,
    Among,
    BriefPage,
    Card,
    Choice,
    ClaimPage,
    Decision,
    Done,
    Facet,
    Happening,
    Link,
    Listed,
    ListPage,
    Note,
    OriginsPage,
    Piece,
    QuestionPage,
    ReportPage,
    Result,
    ReviewsPage,
    Saying,
    SearchPage,
    SourcePage,
    TimelinePage,
    Turn,
    Way,
    Went,
)

AMONG: tuple[Among, ...] = ("claims", "sources", "text")
ORDER: tuple[Among, ...] = ("sources", "claims", "text")  # of results
CARDS = 12  # questions with a matrix on the first page; the others are listed
COLUMNS, ROWS = 7, 6  # sources and accounts in a matrix on a card
WIDE = 9  # sources in the matrix of a question's own page
FEW = 40  # claims of one source only, and agreed accounts, that the first page shows
VOICES = 6  # claims of an agreed account that the first page shows
PATTERNS = 5  # ways in which claims are underlined
TIMES = 150  # times that the timeline lists
HITS, MOST_HITS = 50, 1000  # that a page shows; that are looked for
OPEN, CLOSE = "\ue000", "\ue001"  # around the words found
LISTED = 300  # sources on one page
MOST_CHOICES = 200  # that a form offers
ALIKE = 60  # claims of other questions, or of none, that a form offers
QUOTES = tuple("“”\"‘’'«»")
LONGEST = 80  # characters of a name or a title in a list to choose from
AROUND = 240  # characters before and behind a claim on its own page
_SPACE = re.compile(r"\s+")
FRAGMENT = 5  # words at the start and at the end by which a browser looks a passage up


NO_REPORT = "The case has no report yet; reportedly add puts some in."
NO_SOURCE = "No source is said to say anything yet: reports are added, and then compared."


class NothingThere(LookupError):
    """Nothing of this id is in the case as it is now."""


def brief_page(desk: Desk) -> BriefPage:
    """The first page."""
    brief, claims = desk.brief, desk.teller.claims
    return BriefPage(
        head=headline(brief, desk.rejected),
        reports=len(brief.documents) or len(desk.case.documents()),
        questions=tuple(_card(desk, n, q) for n, q in enumerate(brief.questions)),
        alone=tuple(desk.said(claims[c]) for c in brief.alone[:FEW]),
        alone_left=max(0, len(brief.alone) - FEW),
        agreed=tuple(desk.side(a, n, VOICES) for n, a in enumerate(brief.agreed[:FEW])),
        agreed_left=max(0, len(brief.agreed) - FEW),
        revisions=tuple(revised(desk.teller.revision(v)) for v in brief.versions[:FEW]),
    )


def _card(desk: Desk, n: int, question: Question) -> Card:
    first, last = desk.dates(c for a in question.accounts for c in a.claims)
    return Card(
        id=question.id,
        number=n + 1,
        href=f"/question/{question.id}",
        title=one_line(question.title),
        summary=desk.summary(question),
        first=first,
        last=last,
        matrix=desk.matrix(question, COLUMNS, ROWS) if n < CARDS else None,
    )


def question_page(desk: Desk, question_id: str) -> QuestionPage:
    """A question. NothingThere where there is none of this id."""
    if question_id not in desk.number:
        raise NothingThere(question_id)
    n, questions = desk.number[question_id], desk.brief.questions
    question = questions[n]

    def beside(m: int) -> Link | None:
        return Link(one_line(questions[m].title), f"/question/{questions[m].id}") if 0 <= m < len(questions) else None

    first, last = desk.dates(c for a in question.accounts for c in a.claims)
    return QuestionPage(
        id=question.id,
        number=n + 1,
        title=one_line(question.title),
        summary=desk.summary(question),
        first=first,
        last=last,
        matrix=desk.matrix(question, WIDE, len(question.accounts)),
        sides=tuple(desk.side(a, m) for m, a in enumerate(question.accounts)),
        before=beside(n - 1),
        next=beside(n + 1),
    )


def account_page(desk: Desk, account_id: str) -> AccountPage:
    """An account. NothingThere where the brief has none of this id."""
    for n, question in enumerate(desk.brief.questions):
        for m, account in enumerate(question.accounts):
            if account.id == account_id:
                link = Link(f"{n + 1} {one_line(question.title)}", f"/question/{question.id}#{account.id}")
                return AccountPage(id=account_id, side=desk.side(account, m), question=link)
    for account in desk.brief.agreed:
        if account.id == account_id:
            return AccountPage(id=account_id, side=desk.side(account, 0), question=None)
    raise NothingThere(account_id)


def report_page(desk: Desk, document_id: str) -> ReportPage:
    """A report. UnknownIdError where the case holds none of this id."""
    report = desk.case.report(document_id)
    claims = [c for c in desk.brief.claims if c.document == document_id]
    shown = with_claims(report, claims, desk.teller.sources)
    reading = prepare(shown)
    by_id = {c.id: c for c in claims}
    ids = [a.id for a in shown.attributions]
    labels = {n: desk.seats.get(i, []) for n, i in enumerate(ids)}
    signs = {n: tag(seats[0]) for n, seats in labels.items() if seats}
    notes = []
    for entry in reading.entries:
        claim = by_id.get(ids[entry.n])
        speaker = shown.attributions[entry.n].speaker
        named = desk.teller.sources.get(speaker or "")
        href = f"/source/{desk.persons(named.id)[0]}" if named and named.kind != "author" else ""
        original = in_original(report, shown.attributions[entry.n].content)
        notes.append(Note(n=entry.n, source=href, claim=desk.said(claim) if claim else None, original=original))
    seated = sum(map(bool, labels.values()))
    summary = f"{desk.count(claims)}, {seated} in a question" if claims else reading.summary
    changed = [v for v in desk.brief.versions if document_id in (v.earlier, v.later)]
    return ReportPage(
        id=document_id,
        original=f"/original/{document_id}",
        revisions=tuple(revised(desk.teller.revision(v)) for v in changed),
        reading=replace(
            reading,
            paragraphs=tuple(_drawn(p, labels) for p in reading.paragraphs),
            entries=tuple(
                replace(e, sign=signs.get(e.n, e.sign), facts=e.facts if e.cue else e.facts[1:])
                for e in reading.entries
            ),
            summary=summary,
        ),
        notes=tuple(notes),
        coverage=coverage(report),
        compared=document_id in desk.teller.documents,
    )


def with_claims(report: Report, claims: Iterable[Claim], known: Mapping[str, Source]) -> Report:
    """The report with its claims in place of the attributions they are of, and those of its own voice beside; with its
    sources as they are known now, and those that speak and that it does not name."""
    claims = tuple(claims)
    ids = dict.fromkeys((*(s.id for s in report.sources), *(c.speaker for c in claims if c.speaker)))
    before = {s.id: s for s in report.sources}
    sources = tuple(s for i in ids if (s := known.get(i) or before.get(i)))
    of = {c.attribution: c for c in claims if c.attribution}
    renamed = {a: c.id for a, c in of.items() if a}
    told = []
    for a in report.attributions:
        within = renamed.get(a.within or "", a.within)
        claim = of.get(a.id)
        if claim is None:
            told.append(msgspec.structs.replace(a, within=within))
        else:
            fresh = {"id": claim.id, "content": claim.spans, "speaker": claim.speaker, "within": within}
            told.append(msgspec.structs.replace(a, **fresh))
    own = (
        Attribution(id=c.id, cue=(), source=(), content=c.spans, speaker=c.speaker) for c in claims if not c.attribution
    )
    return msgspec.structs.replace(report, attributions=(*told, *own), sources=sources)


def _drawn(paragraph: Paragraph, labels: Mapping[int, Sequence[Seat]]) -> Paragraph:
    """The paragraph with its claims underlined by account, and its marks with the accounts' numbers."""

    def drawn_so(segment: Segment) -> Segment:
        content = [int(n) for n, _, part in (p.partition(":") for p in segment.parts.split()) if part == "content"]
        seats = labels[content[-1]] if content else ()
        marks = []
        for mark in segment.marks:
            sits = labels[mark.n] if mark.n is not None else ()
            sign = tag(sits[0]) if sits else mark.sign
            marks.append(replace(mark, sign=sign, label=f"{mark.label}; account {sign}" if sits else mark.label))
        line = f" line-{seats[0].account % PATTERNS}" if seats else " line-none" if content else ""
        return replace(segment, roles=segment.roles + line, marks=tuple(marks))

    return replace(paragraph, segments=tuple(map(drawn_so, paragraph.segments)))


def in_original(report: Report, spans: Sequence[Span]) -> str:
    """The address of these words in the original: the page of a PDF, the words in a web page (a text fragment, which
    browsers look up themselves). Empty where they cannot be led to."""
    if not spans:
        return ""
    document, first = report.document, spans[0]
    where = next(report.regions(first.start, first.end), None)
    if where and where.page:
        return f"/original/{document.id}#page={where.page}"
    if document.media_type != "text/html":
        return ""
    words = first.text.split()
    ends = [words] if len(words) <= 2 * FRAGMENT else [words[:FRAGMENT], words[-FRAGMENT:]]
    told = ",".join(map(_looked_up, ends))
    before = report.text[where.start : first.start].split() if where else []
    if before:  # words that stand several times are told apart by those before them
        told = f"{_looked_up(before[-3:])}-,{told}"
    return f"/original/{document.id}#:~:text={told}"


def _looked_up(words: Sequence[str]) -> str:
    """Words as a text fragment has them, where a hyphen has a meaning of its own."""
    return quote(" ".join(words), safe="").replace("-", "%2D")


def coverage(report: Report) -> str:
    """What of a report was not read, in words: "2 passages not read: photo captions"."""
    if not report.unread:
        return "everything was read"
    reasons = Counter(one_line(u.reason) for u in report.unread)
    told = "; ".join(f"{reason}{f' ({n} times)' if n > 1 else ''}" for reason, n in reasons.most_common())
    return f"{counted(len(report.unread), 'passage')} not read: {told}"


def reports_page(desk: Desk) -> ListPage:
    """All reports, by date."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in desk.brief.claims:
        claims[claim.document].append(claim)
    documents = sorted(desk.case.documents(), key=lambda d: (d.published or "9999", d.outlet or "", d.id))
    items = tuple(
        Listed(
            href=f"/report/{d.id}",
            name=printable(d.title or d.file),
            about=desk.teller.shown(d),
            beside=day(d) or "no date",
            count=desk.count(claims[d.id]) if d.id in desk.teller.documents else "not compared yet",
        )
        for d in documents
    )
    head = reports_in_words(documents) + (", by date" if items else "")
    return ListPage("Reports", head, items, NO_REPORT)


def sources_page(desk: Desk) -> ListPage:
    """All sources that say anything, those with most claims first, each person once."""
    items = []
    for first, (voice, claims) in sorted(desk.voices.items(), key=lambda x: (-len(x[1][1]), x[0])):
        known = [s for i in desk.persons(first) if (s := desk.teller.sources.get(i))]
        items.append(
            Listed(
                href=voice.href,
                name=voice.name + voice.beside,
                about=", ".join(facts_of(known)),
                beside=outlets_in_words(desk.teller.documents[c.document] for c in claims),
                count=desk.count(claims),
            )
        )
    head = counted(len(items), "source") + (", those with most claims first" if items else "")
    if len(items) > LISTED:
        head += f"; {LISTED} are listed, the others are found by searching"
    return ListPage("Sources", head, tuple(items[:LISTED]), NO_SOURCE)


def facts_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """What is known of sources that are one: roles, kind, standing."""
    every: dict[str, str] = {}
    for s in sources:
        if told := short(role(s)):
            every.setdefault(folded(told), told)
    roles = [r for own, r in every.items() if not any(own != other and own in other for other in every)]
    kinds = dict.fromkeys(x for s in sources for x in standing(s))
    official = ("official",) if any(s.official for s in sources) else ()
    return (*roles[:3], *kinds, *official)


def source_page(desk: Desk, source_id: str) -> SourcePage:
    """All that one source says. UnknownIdError where the case holds none of this id."""
    group = desk.persons(source_id)
    sources = [s for i in group if (s := desk.teller.sources.get(i))]
    found = [desk.case.find(i) for i in group if i not in desk.added]
    sources = sources or [f.record for f in found if isinstance(f.record, Source)]
    if not sources:
        raise NothingThere(source_id)
    name = desk.name(group) or one_line(sources[0].name)
    ways: Counter[tuple[str, ...]] = Counter()
    for f in found:
        for document in {p.document.id for p in f.passages}:
            known = {s.id: s for s in desk.case.report(document).sources}
            outlet = desk.teller.documents.get(document)
            for a in f.attributions:
                names = path(a, known)
                root = desk.teller.shown(outlet) if outlet else "the report"
                ways[(root, *names[1:]) if names else (root, name)] += 1
    claims = [c for c in desk.brief.claims if c.speaker in group]
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=desk.teller.when):
        told[claim.document].append(claim)
    said = {document: tuple(map(desk.said, own)) for document, own in told.items()}
    called = dict.fromkeys(one_line(s.name) for s in sources)
    mentions = Counter(one_line(m.text).strip(" ,;") for s in sources for m in s.mentions)
    called.update(dict.fromkeys(words for words, _ in mentions.most_common(12)))
    documents = [desk.teller.documents[d] for d in told]
    return SourcePage(
        id=group[0],
        name=name,
        facts=facts_of(sources),
        aliases=tuple(words for words in called if words and words != name and not pronoun_of(words)),
        grounds=tuple(dict.fromkeys(one_line(s.text) for x in sources for s in x.anonymity)),
        summary=f"{desk.count(claims)} in {reports_in_words(documents)}",
        ways=tuple(Way(names, n) for names, n in ways.most_common()),
        told=tuple(
            Saying(
                Link(desk.teller.shown(d), f"/report/{d.id}"),
                printable(d.title or d.file),
                day(d),
                said[d.id],
            )
            for d in documents
        ),
        contradicted=tuple(s for own in said.values() for s in own if s.disputes),
        turns=tuple(_turns(desk, [c for own in told.values() for c in own])),
        members=tuple(
            Choice(s.id, f"{short(s.name, LONGEST)}, {desk.outlets.get(s.id, '')}") for s in sources[1:] if s.mentions
        ),
        others=tuple(_others(desk, group)),
    )


def claim_page(desk: Desk, claim_id: str) -> ClaimPage:
    """A claim. NothingThere where the brief has none of this id."""
    if claim_id not in desk.teller.claims:
        raise NothingThere(claim_id)
    claim = desk.teller.claims[claim_id]
    document = desk.teller.documents[claim.document]
    report = desk.case.report(claim.document)
    spans = claim.spans
    known = {s.id: s for s in report.sources}
    own = next((a for a in report.attributions if a.id == claim.attribution), None)
    references = [*desk.references(claim)]
    return ClaimPage(
        id=claim.id,
        said=desk.said(claim),
        report=Link(printable(document.title or document.file), place(claim)),
        pieces=tuple(_around(document.text, spans, own)),
        chain=path(own, known) if own else (),
        disputes=tuple(r for r in references if r.kind == "disputes"),
        supports=tuple(r for r in references if r.kind == "supports"),
        start=spans[0].start,
        end=spans[-1].end,
        speakers=tuple(
            Choice(s.id, short(s.name, LONGEST), s.id == claim.speaker) for s in known.values() if s.mentions
        ),
        homes=tuple(islice(_homes(desk, claim), MOST_CHOICES)),
        rivals=tuple(_rivals(desk, claim, {r.id for r in references})),
        fixed=tuple(r.id for r in references if desk.twin(r.id)),
    )


def _around(text: str, spans: Sequence[Span], own: Attribution | None) -> Iterator[tuple[str, str]]:
    """The words of a claim and those around it, cut where a word ends, with the roles they play."""
    low, high = spans[0].start - AROUND, spans[-1].end + AROUND
    if low > 0:
        cut = _SPACE.search(text, low, spans[0].start)
        low = cut.end() if cut else spans[0].start
        yield "…", ""
    if high < len(text):
        high = max((s.start() for s in _SPACE.finditer(text, spans[-1].end, high)), default=spans[-1].end)
    low, high = max(0, low), min(high, len(text))
    roles = {"content": spans, "source": own.source if own else (), "cue": own.cue if own else ()}
    inside = {(name, max(low, s.start), min(high, s.end)) for name, some in roles.items() for s in some if s.end > low}
    ends = {low, high} | {x for _, start, end in inside if start < end for x in (start, end)}
    for start, end in pairwise(sorted(ends)):
        plays = [name for name in roles if any(n == name and a <= start and end <= b for n, a, b in inside)]
        yield text[start:end], " ".join(plays)
    if high < len(text):
        yield "…", ""


def _turns(desk: Desk, claims: Sequence[Claim]) -> Iterator[Turn]:
    """The questions to which claims, in time order, give several accounts."""
    first: dict[int, dict[int, Claim]] = defaultdict(dict)
    for claim in claims:
        for seat in desk.seats.get(claim.id, ()):
            first[seat.question].setdefault(seat.account, claim)
    for n, accounts in sorted(first.items()):
        if len(accounts) > 1:
            question = desk.brief.questions[n]
            yield Turn(
                Link(printable(question.title), f"/question/{question.id}"), tuple(map(desk.said, accounts.values()))
            )


def _rivals(desk: Desk, claim: Claim, known: set[str]) -> Iterator[Choice]:
    """The claims of which nothing is said yet: those of the same questions, then others, the most alike first."""
    mine = dict.fromkeys(s.question for s in desk.seats.get(claim.id, ()))
    inside = dict.fromkeys(c for n in mine for a in desk.brief.questions[n].accounts for c in a.claims)
    inside.update(dict.fromkeys(desk.alike(claim.id, ALIKE)))
    for other in islice((c for c in inside if c != claim.id and c not in known and not desk.twin(c)), MOST_CHOICES):
        c = desk.teller.claims[other]
        stands = "" if c.position == "asserts" else f" ({c.position})"
        yield Choice(other, f"{desk.teller.who(c)}, {desk.teller.outlet(c)}: {short(c.text, LONGEST)}{stands}")


def _others(desk: Desk, group: Sequence[str]) -> Iterator[Choice]:
    """The named sources that are somebody else so far, each once, by name."""
    seen = set(group)
    found = []
    for s in desk.brief.sources:
        if s.id not in seen and s.named and s.kind != "author" and s.mentions:
            own = desk.persons(s.id)
            seen.update(own)
            told = ", ".join(filter(None, (desk.name(own), *facts_of([s])[:1], desk.outlets.get(s.id, ""))))
            found.append(Choice(s.id, short(told, LONGEST)))
    yield from sorted(found, key=lambda c: (c.name.casefold(), c.value))[:MOST_CHOICES]


def _homes(desk: Desk, claim: Claim) -> Iterator[Choice]:
    """The accounts of all questions, those of the claim's own first, each by a claim of it."""
    mine = {(s.question, s.account) for s in desk.seats.get(claim.id, ())}
    own = {n for n, _ in mine}
    for n in sorted(range(len(desk.brief.questions)), key=lambda n: (n not in own, n)):
        for m, account in enumerate(desk.brief.questions[n].accounts):
            other = next((c for c in account.claims if c != claim.id and not desk.twin(c)), None)
            if other or (n, m) in mine:
                yield Choice(other or "", f"{n + 1}{letter(m)} · {short(account.title, LONGEST)}", (n, m) in mine)


def reviews_page(desk: Desk) -> ReviewsPage:
    """All decisions, the last first."""
    standing = {s.review.number: s.record for s in desk.reviewed.standing}
    conflicts = {c.review.number: c.reason for c in desk.reviewed.conflicts}
    log = desk.case.reviews()
    gone = undone(log)
    decisions = [
        Decision(
            number=r.number,
            made=r.made,
            kind=r.kind,
            action=r.action,
            words=_about(desk, r, standing.get(r.number, "")),
            value=f"undoes decision {r.value['number']}" if _is_undo(r) else _given(desk, r),
            note=r.note,
            href=_page_of(standing[r.number]) if r.number in standing else "",
            state="undone" if r.number in gone else "conflict" if r.number in conflicts else "holds",
            why=conflicts.get(r.number, ""),
        )
        for r in reversed(log)
    ]
    counts = Counter(d.state for d in decisions if d.action != "undo")
    undos = sum(d.action == "undo" for d in decisions)
    head = f"{counted(counts.total(), 'decision')}: {counts['holds']} in force, {counts['undone']} undone, "
    head += counted(counts["conflict"], "conflict")
    return ReviewsPage(head + (f"; {counted(undos, 'undo')}" if undos else ""), tuple(decisions))


def _is_undo(review: Review) -> TypeGuard[Any]:
    return review.action == "undo" and isinstance(review.value, dict) and isinstance(review.value.get("number"), int)


def _page_of(record_id: str) -> str:
    first, _, _ = record_id.partition(":")
    kind = {"c": "claim", "s": "source", "q": "question"}.get(first[:1])
    return f"/{kind}/{first}" if kind else ""


def done(desk: Desk, log: Sequence[Review]) -> Done:
    """The last decision of a log: an undo as what it does to the one that it undoes, or restores, in the end."""
    made = {r.number: r for r in log}
    last = of = log[-1]
    undos = 0
    while _is_undo(of) and (earlier := made.get(of.value["number"])) and earlier.number < of.number:
        of, undos = earlier, undos + 1
    action = of.action if not undos else f"undo of {of.action}" if undos % 2 else f"{of.action} again"
    words = _given(desk, of) if of.action in ("title", "name") else one_line(of.exact)
    return Done(last.number, action, words, desk.claim_of(of), of.action == "reject" and undos % 2 == 1)


def _about(desk: Desk, review: Review, record: str) -> str:
    """What a decision is about in words: a question by its title, a source with its outlet, a claim by its own."""
    at, _ = logged(review)
    if review.kind == "question":
        seats = desk.seats.get(desk.found(at), ())
        number = desk.number.get(record, seats[0].question if seats else None)
        if number is not None:
            return short(desk.brief.questions[number].title, AROUND)
    return _with_outlet(desk, at) if review.kind == "source" else short(review.exact, AROUND)


def _with_outlet(desk: Desk, at: Selector) -> str:
    return ", ".join(filter(None, (short(at.exact, AROUND), desk.outlet_of(at))))


def _given(desk: Desk, review: Review) -> str:
    """The value of a decision in words."""
    _, value = logged(review)
    other = next(iter(value.values()), None) if isinstance(value, dict) else None
    if review.action == "move" and other is None:
        return "an account of its own"
    if review.action in ("move", "merge", "split"):
        try:
            at = msgspec.convert(other, Selector)
        except msgspec.ValidationError:
            return _in_words(value)
        if review.kind == "source":
            return _with_outlet(desk, at)
        claim = desk.found(at)
        if account := next((a for a in desk.brief.accounts() if claim in a.claims), None):
            tags = (f"{tag(s)} " for s in desk.seats.get(claim, ())[:1])
            return "".join(tags) + short(account.title, LONGEST)
    return _in_words(value)


def _in_words(value: object) -> str:
    """The value of a decision in words: what it names, and the words of a place in quotation marks."""
    if isinstance(value, dict):
        if isinstance(value.get("exact"), str):
            words = short(value["exact"], LONGEST)
            return words if words[:1] in QUOTES else f"“{words}”"
        return ", ".join(filter(None, map(_in_words, value.values())))
    return "" if value is None else short(str(value), LONGEST)


def origins_page(desk: Desk) -> OriginsPage:
    """Who took what from whom."""
    brief, teller = desk.brief, desk.teller
    return OriginsPage(
        graph=drawn(graph(brief)),
        debts=tuple(map(teller.debt, sorted(brief.reuse, key=strength))),
        rings=tuple(map(teller.ring, brief.circles)),
        springs=tuple(_went(desk, o) for o in brief.origins),
    )


def _went(desk: Desk, origin: Origin) -> Went:
    """An origin with the page of its source."""
    told = desk.teller.spring(origin)
    source = next((s for s in origin.sources if s in desk.teller.sources), "")
    href = f"/source/{desk.persons(source)[0]}" if source else ""
    return Went(id=told.id, name=told.name, href=href, outlets=told.outlets)


def timeline_page(desk: Desk) -> TimelinePage:
    """When things are said to have happened, and when that was published."""
    times = desk.times
    named = len({e.claim for e in times.entries})
    rest = f" ({len(desk.rejected)} rejected)" if desk.rejected else ""
    return TimelinePage(
        summary=f"{counted(named, 'claim')} of {named + times.timeless} name a time{rest}",
        drawing=desk.times_drawn,
        happenings=tuple(_happening(desk, e) for e in times.entries[:TIMES]),
        left=max(0, len(times.entries) - TIMES),
        reports=tuple(
            Listed(
                href=f"/report/{r.document}",
                name=r.title or r.outlet,
                about=r.outlet,
                beside=r.said.isoformat() if r.said else "no date",
                count="",
            )
            for r in times.reports
        ),
    )


def _happening(desk: Desk, e: Entry) -> Happening:
    at = f", {e.at:%H:%M}" if e.at else ""
    seats = desk.seats.get(e.claim, ())
    return Happening(
        when=("about " if e.approximate else "") + days_in_words(e.first, e.last) + at,
        day=e.first.isoformat(),
        named=one_line(e.span.text),
        claim=e.claim,
        href=f"/report/{e.document}#{e.claim}",
        who=e.who,
        outlet=e.outlet,
        said=e.said.isoformat() if e.said else "",
        words=e.words,
        position=e.position,
        account=desk.account(seats[0]) if seats else None,
    )


def search_page(desk: Desk, q: str, among: str, outlet: str) -> SearchPage:
    """What holds all these words. among: which kind is asked for, any where it is none of them."""
    hits = desk.case.search(q, MOST_HITS, (OPEN, CLOSE))
    documents = {d.id: d for d in desk.case.documents()} if hits else {}
    found = [_result(desk, hit, documents[hit.document]) for hit in hits]
    wanted = among if among in AMONG else ""

    def leads(kind: str, where: str) -> str:
        return "/search?" + urlencode(
            {"q": q, **({"in": kind} if kind else {}), **({"outlet": where} if where else {})}
        )

    def fits(r: Result, kind: str, where: str) -> bool:
        return (not kind or r.kind == kind) and (not where or r.outlet == where)

    kinds = Counter(r.kind for r in found if fits(r, "", outlet))
    outlets = Counter(r.outlet for r in found if fits(r, wanted, ""))
    results = sorted((r for r in found if fits(r, wanted, outlet)), key=lambda r: ORDER.index(r.kind))
    every = (Facet("all", leads("", outlet), kinds.total(), not wanted),)
    anywhere = (Facet("all outlets", leads(wanted, ""), outlets.total(), not outlet),)
    many = "at least " if len(hits) >= MOST_HITS else ""
    return SearchPage(
        q=q,
        among=wanted,
        outlet=outlet,
        summary=f"{many}{counted(len(results), 'result')}" if q.strip() else "",
        kinds=(*every, *(Facet(k, leads(k, outlet), kinds[k], k == wanted) for k in AMONG)) if found else (),
        outlets=(*anywhere, *(Facet(o, leads(wanted, o), n, o == outlet) for o, n in outlets.most_common(40)))
        if found
        else (),
        results=tuple(results[:HITS]),
        left=max(0, len(results) - HITS),
    )


def _result(desk: Desk, hit: Hit, document: Document) -> Result:
    kind: Among = {"c": "claims", "s": "sources"}.get(hit.id[0], "text")  # type: ignore[assignment]
    href = {"claims": f"/report/{document.id}#{hit.id}", "sources": f"/source/{desk.persons(hit.id)[0]}"}
    claim = desk.teller.claims.get(hit.id)
    who = {
        "claims": desk.teller.who(claim) if claim else "",
        "sources": desk.name(desk.persons(hit.id)),
        "text": printable(document.title or document.file),
    }
    return Result(
        kind=kind,
        id=hit.id,
        href=href.get(kind, f"/report/{document.id}"),
        pieces=tuple(_pieces(one_line(hit.snippet))),
        position=claim.position if claim else "",
        who=who[kind],
        outlet=desk.teller.shown(document),
        date=day(document),
    )


def _pieces(snippet: str) -> Iterator[Piece]:
    """The words of a snippet, those found apart."""
    for n, part in enumerate(snippet.split(OPEN)):
        inside, closes, behind = part.partition(CLOSE)
        if n and closes:
            yield Piece(inside, True)
            part = behind
        if part:
            yield Piece(part, False)
