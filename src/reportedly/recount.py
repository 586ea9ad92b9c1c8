"""What people decided about a case, with its origins counted anew.

Whoever calls two sources one, or one two, gives a claim to somebody else, moves or rejects it, changes who is behind an
account. `review` applies decisions to the brief; here its reports are traced again as it stands then.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from .brief import first_versions, from_two
from .case import Review
from .identity import as_decided, same_sources
from .names import fold
from .origins import traced
from .records import Account, Attribution, Brief, Report, Source
from .review import Reviewed, reviewed


def decided(brief: Brief, reviews: Iterable[Review], reports: Iterable[Report]) -> Reviewed:
    """The brief with all decisions applied (`review.reviewed`), its origins counted anew where one bears on them.

    reports: those of the brief, which are asked for only then; others are passed over. KeyError where one is
    missing."""
    done = reviewed(brief, reviews)
    after = done.brief
    same = all(getattr(after, part) == getattr(brief, part) for part in ("persons", "claims", "sources"))
    if same and not done.apart and [a.claims for a in after.accounts()] == [a.claims for a in brief.accounts()]:
        return done
    order = {d.id: n for n, d in enumerate(brief.documents)}
    given = sorted((r for r in reports if r.document.id in order), key=lambda r: order[r.document.id])
    known = {s.id: s for r in given for s in r.sources}
    kinds = {fold(s.name): s.kind for s in known.values() if s.named}
    sources = {  # whom only a reviewer names is of the kind of who is called so
        s.id: s if s.id in known else msgspec.structs.replace(s, kind=kinds.get(fold(s.name), s.kind))
        for s in after.sources
    }
    persons = _with_named(after, set(known), done.apart)
    people = as_decided(same_sources(given), persons, done.apart, sources)
    trace = traced(list(_corrected(given, done, sources)), people, brief)
    claims = {c.id: c for c in after.claims}

    def counted(account: Account) -> Account:
        return msgspec.structs.replace(account, origins=trace.counted([claims[c] for c in account.claims]))

    pages, agreed, single = first_versions(after.versions), list[Account](), list[str]()
    for account in map(counted, after.agreed):
        if from_two(account, claims, pages):
            agreed.append(account)
        else:
            single += [c for c in account.claims if claims[c].attribution]
    questions = tuple(msgspec.structs.replace(q, accounts=tuple(map(counted, q.accounts))) for q in after.questions)
    return done._replace(
        brief=msgspec.structs.replace(
            after,
            questions=questions,
            agreed=tuple(agreed),
            alone=(*after.alone, *single),
            origins=trace.origins,
        )
    )


def _with_named(brief: Brief, known: set[str], apart: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The groups of sources that are one, those included whom only a reviewer names: by the name, unless that would
    join two of whom a reviewer says that they are two. known: the ids of sources that reports have."""
    parted = [set(pair) for pair in apart]
    groups = [set(group) for group in brief.persons]
    speakers = {c.speaker for c in brief.claims}
    named = [s for s in brief.sources if s.named and not s.members and s.kind != "author" and s.id in known | speakers]
    for new in (s for s in named if s.id not in known):
        same = {s.id for s in named if fold(s.name) == fold(new.name)}
        joined = same.union(*(g for g in groups if g & same))
        if not any(pair <= joined for pair in parted):
            groups = [*(g for g in groups if not g & same), joined]
    return groups


def _corrected(reports: Iterable[Report], done: Reviewed, sources: Mapping[str, Source]) -> Iterator[Report]:
    """The reports with their sources as they are called now, those besides whom only a reviewer names; with what each
    now says; and with nobody behind what was rejected."""
    rejected = done.rejected
    speakers = {c.attribution: None if c.id in rejected else c.speaker for c in done.brief.claims if c.attribution}
    named: dict[str, dict[str, Source]] = {}
    for c in done.brief.claims:
        if c.speaker:
            named.setdefault(c.document, {})[c.speaker] = sources[c.speaker]

    def said(a: Attribution) -> Attribution:
        return msgspec.structs.replace(a, speaker=speakers[a.id]) if a.id in speakers else a

    for report in reports:
        own = {s.id: sources[s.id] for s in report.sources} | named.get(report.document.id, {})
        yield msgspec.structs.replace(
            report, sources=tuple(own.values()), attributions=tuple(map(said, report.attributions))
        )
