"""Reports with their claims -> the brief: relations, questions, accounts, who agrees and who stands alone.

Everything here is judgement, rebuilt from the reports at any time; only what the judge makes of pairs is worth keeping
between times, since it depends on nothing but the claims.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from .accounts import Grouped, Settings, Weight, grouped
from .arrays import Floats
from .bearings import NAMES, OWN, OWN_WORDS, Pairs, bearings
from .brief import day_told, first_versions, of_several, short, titled, who_is
from .claims import cue_of, says_something, words_of_claim
from .figures import difference, figures
from .identity import same_sources
from .nearness import candidates, stems
from .origins import Trace, traced
from .pairing import Phrase, contrary, denied_of
from .quantities import of_people_harmed
from .records import DENIED, Account, Brief, Claim, Question, Relation, RelationKind, Report, Version, identify
from .relations import ALIKE, NEITHER, OTHERWISE, Judge, Pair
from .stated import Stated, points_back
from .times import day_of, other_day

Three = tuple[float, float, float]
Known = Mapping[tuple[str, str], Three]  # ids of two claims, the lower first -> what the judge made of them
Progress = Callable[[int, int], None]

STATED = 0.95  # taken for the probability of a relation that the report states
SAID = Weight(STATED, 0.02), Weight(0.02, STATED)
FIGURES = 0.6  # taken for the probability that claims alike but for their figures speak of one thing
OPPOSED = Weight(0.1, FIGURES)
ONE_SPEAKER = NAMES.index("one speaker")
LIKE = 0.2  # cosine of words from which claims are alike enough for their figures to be compared
AT_ONCE = 16  # pairs read between two signs of progress
READ = 4000  # pairs that are read for all claims together, but at least FEWEST and at most MOST for each
FEWEST, MOST = 3, 16
TELLING_WORDS = 5  # words of a claim that is the same wherever it stands
TITLE_WORDS = 3  # words that name a question, before its two sides
SHORTEST_SIDE, LONGEST_SIDE = 15, 60  # characters of each of these
TELLING = 80  # characters of a claim that makes a good title


# Words by which somebody replaces a figure of their own.
_REPLACES = re.compile(
    r"\b(?:correct\w*|revis\w*|retract\w*|withdr\w+|wrong\w*|mistak\w*|instead|rather|not|no longer|earlier|initial\w*"
    r"|previous\w*|(?:up|down) from)\b",
    re.I,
)


class Reading(NamedTuple):
    """A report with its claims, by claim the phrases in which the judge reads them, and what the report itself says of
    how its claims stand to each other."""

    report: Report
    claims: tuple[Claim, ...]
    phrases: Mapping[str, Phrase]
    stated: tuple[Stated, ...] = ()


def compare(
    readings: Sequence[Reading],
    judge: Judge,
    known: Known | None = None,
    progress: Progress | None = None,
    settings: Settings | None = None,
    versions: Sequence[Version] = (),
) -> tuple[Brief, Known]:
    """The brief of the reports, and what the judge made of pairs that it read now and not before.

    known: what the same judge made of pairs before. progress: called with (pairs done, pairs to do). versions: which
    reports are later versions of others. The order in which the reports are given makes no difference: they are taken
    by date."""
    pages = first_versions(versions)
    readings = sorted(readings, key=lambda r: (day_told(r.report.document, pages) or "9999", r.report.document.id))
    claims = [c for r in readings for c in r.claims if c.id in r.phrases]
    phrases = {k: v for r in readings for k, v in r.phrases.items()}
    pairs = asked(claims, phrases)
    reports = [r.report for r in readings]
    people = same_sources(reports)
    told = bearings(claims, phrases, reports, people, pairs)
    odds = judge.odds(told)
    worth = worth_reading(pairs, judge.answers(odds), len(claims))
    read, new = answered(claims, phrases, worth, judge, known or {}, progress)
    answers = judge.answers(odds, as_read(pairs, read))
    who = who_is((s for r in reports for s in r.sources), (g.sources for g in people.groups))
    relations, weights = relations_of(readings, claims, pairs, told, answers, judge, pages, who)
    trace = traced(reports, people, pages=pages)
    groups = gathered(claims, weights, relations, settings or Settings())
    questions, uncontested = _told(groups, claims, weights, trace, _overtaken(relations, claims, readings, pages))
    agreed, alone = of_several(uncontested, claims, relations, pages, who)
    brief = Brief(
        documents=tuple(r.report.document for r in readings),
        sources=tuple(s for r in readings for s in r.report.sources),
        claims=tuple(claims),
        relations=tuple(relations),
        questions=questions,
        persons=tuple(g.sources for g in people.groups),
        agreed=tuple(agreed),
        alone=tuple(alone),
        versions=tuple(versions),
        reuse=trace.reuse,
        circles=trace.circles,
        origins=trace.origins,
    )
    return brief, new


def asked(claims: Sequence[Claim], phrases: Mapping[str, Phrase]) -> list[tuple[int, int]]:
    """The pairs of claims worth asking about; claims of one sentence that hold each other are none.

    What stands around a claim counts too, a third as much as its own words: it says whom "he" and what "it" means (of
    the pairs that compete in the labelled cases 37 % are found, and 30 % by the claims' own words)."""
    texts = [" ".join([words_of_claim(c)] * OWN + [phrases[c.id].setting.around]) for c in claims]
    hollow = [points_back(c) for c in claims]  # of "it" only the report can say how it stands to anything
    return [(i, j) for i, j in candidates(texts) if not (hollow[i] or hollow[j] or overlap(claims[i], claims[j]))]


def overlap(a: Claim, b: Claim) -> bool:
    """Whether two claims share characters."""
    return a.document == b.document and any(s.start < t.end and t.start < s.end for s in a.spans for t in b.spans)


def worth_reading(pairs: Pairs, p: Floats, claims: int) -> list[tuple[int, int]]:
    """The pairs that the judge reads, which is slow: for each claim at least those that by their bearings
    (probabilities `p` of `Judge.answers`) are likeliest to answer one question; fewer for each where there are many
    claims."""
    each = max(FEWEST, min(MOST, READ // max(1, claims)))
    likeliest: list[int] = np.argsort(p[:, NEITHER], kind="stable").tolist()
    taken: Counter[int] = Counter()
    worth = []
    for i, j in (pairs[k] for k in likeliest):
        if taken[i] < each or taken[j] < each:
            worth.append((i, j))
            taken.update((i, j))
    return sorted(worth)


def answered(
    claims: Sequence[Claim],
    phrases: Mapping[str, Phrase],
    pairs: Pairs,
    judge: Judge,
    known: Known,
    progress: Progress | None = None,
) -> tuple[dict[tuple[int, int], Three], Known]:
    """What the judge makes of each pair, by the claims' numbers; and, by their ids, of those that are not known, which
    alone it reads, always with the lower id first."""
    keys = [_ids(claims[i], claims[j]) for i, j in pairs]
    missing = [k for k in keys if k not in known]
    new: dict[tuple[str, str], Three] = {}
    for low in range(0, len(missing), AT_ONCE):
        some = missing[low : low + AT_ONCE]
        rows = judge.compared([Pair(phrases[a], phrases[b]) for a, b in some]).tolist()
        new |= {k: tuple(round(x, 4) for x in row) for k, row in zip(some, rows, strict=True)}
        if progress:
            progress(low + len(some), len(missing))
    return {pair: known[k] if k in known else new[k] for pair, k in zip(pairs, keys, strict=True)}, new


def as_read(pairs: Pairs, read: Mapping[tuple[int, int], Three]) -> Floats:
    """What the judge makes of pairs [pairs, 3]; NaN where it did not read them."""
    return np.array([read.get(k, (np.nan,) * 3) for k in pairs], np.float32).reshape(-1, 3)


def _ids(a: Claim, b: Claim) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


def relations_of(
    readings: Sequence[Reading],
    claims: Sequence[Claim],
    pairs: Pairs,
    told: Floats,
    answers: Floats,
    judge: Judge,
    pages: Mapping[str, str] | None = None,
    who: Mapping[str, str] | None = None,
) -> tuple[list[Relation], dict[tuple[int, int], Weight]]:
    """Every relation there is to tell, and what is known of each pair for grouping. told: the bearings of the pairs;
    answers: their probabilities (`Judge.answers`); pages: the first version of each report that is a later one; who:
    who each source is (`who_is`)."""
    pages = pages or {}
    who = who or {}
    disputers = _disputers(readings, claims, who)
    index = {c.id: i for i, c in enumerate(claims)}
    dates = {r.report.document.id: day_told(r.report.document, pages) for r in readings}
    cues = {a.id: cue_of(a) for r in readings for a in r.report.attributions}
    counted = [figures(words_of_claim(c), dates[c.document]) for c in claims]
    relations: dict[tuple[int, int], Relation] = {}
    weights = {k: Weight(float(p[ALIKE]), float(p[OTHERWISE])) for k, p in zip(pairs, answers, strict=True)}
    for (i, j), row in zip(pairs, told, strict=True):
        a, b, w = claims[i], claims[j], weights[i, j]
        kind, score = _kind(w, judge)
        reason = "model"
        counts = difference(counted[i], counted[j])
        # Tolls are compared whatever else their sentences say.
        if row[OWN_WORDS] >= LIKE or (counts and of_people_harmed(*([f.quantity for f in counted[k]] for k in (i, j)))):
            cue, other = (cues.get(c.attribution or "", "") for c in (a, b))
            known = a.document == b.document or all(day_of(dates[c.document]) for c in (a, b))
            replaced = not row[ONE_SPEAKER] or any(map(_REPLACES.search, (a.text, b.text, cue, other)))
            newer = counts == "update" or _later(a.document, b.document, pages, dates)
            if counts in ("values", "update") and newer:
                kind, score, reason = "related", FIGURES, "update"
                weights[i, j] = Weight(sum(w), 0.0)
            elif counts == "values" and known and replaced and kind != "disputes":
                kind, score, reason = "disputes", FIGURES, "values"
                weights[i, j] = OPPOSED
            elif counts == "unlike" or (counts and kind == "supports"):
                if kind is not None:
                    kind, score, reason = "related", FIGURES, "values"
                if counts == "unlike":  # the judge takes them for figures of one thing
                    weights[i, j] = Weight(w.supports, 0.0)
            elif w.supports > w.disputes and contrary(a.text, b.text, cue, other, figures=False):
                kind, score, reason = "disputes", FIGURES, "words"
                weights[i, j] = OPPOSED
        if kind == "supports" and (part := _parted(a, b)):
            kind, score, reason = "related", sum(w), "words"
            if part == "denied":
                weights[i, j] = Weight(w.disputes, w.supports)
        elif kind == "supports" and a.speaker and b.speaker:
            both = frozenset(who.get(x, x) for x in (a.speaker, b.speaker))
            if by := disputers.get((a.document, both), set()) | disputers.get((b.document, both), set()):
                kind, score = "related", sum(w)
                if not by.isdisjoint((a.id, b.id)):
                    weights[i, j] = Weight(w.disputes, w.supports)
        if kind is not None:
            relations[i, j] = _relation(a, b, kind, score, reason=reason)
    for r in readings:
        for s in r.stated:
            if s.a not in index or s.b not in index:
                continue
            i, j = sorted((index[s.a], index[s.b]))
            weights[i, j] = SAID[s.kind == "disputes"]
            relations[i, j] = _relation(
                claims[i], claims[j], s.kind, STATED, reason="stated", stated=s.spans, stated_in=r.report.document.id
            )
    return sorted(relations.values(), key=lambda x: (x.a, x.b)), weights


def gathered(
    claims: Sequence[Claim],
    weights: Mapping[tuple[int, int], Weight],
    relations: Sequence[Relation],
    settings: Settings,
) -> list[Grouped]:
    """The claims (numbers) as questions and their accounts. Those of the same words and position, such as an agency's
    sentence in many papers, are taken for one, so that they cannot fall apart however many there are: each is judged
    with its nearest neighbours only."""
    first: dict[tuple[str, ...], int] = {}
    of: list[int] = []
    for i, c in enumerate(claims):
        words = words_of_claim(c).lower().split()
        key = (c.position, *words) if len(words) >= TELLING_WORDS else (str(i),)
        of.append(first.setdefault(key, len(first)))
    copies: list[list[int]] = [[] for _ in first]
    for i, k in enumerate(of):
        copies[k].append(i)
    known: dict[tuple[int, int], list[Weight]] = defaultdict(list)
    for (i, j), w in weights.items():
        if of[i] != of[j]:
            known[min(of[i], of[j]), max(of[i], of[j])].append(w)
    means = {k: Weight(*(sum(x) / len(ws) for x in zip(*ws, strict=True))) for k, ws in sorted(known.items())}
    number = {c.id: of[i] for i, c in enumerate(claims)}
    disputes = {
        (number[r.a], number[r.b])
        for r in relations
        if (r.kind == "disputes" or r.reason == "words") and number[r.a] != number[r.b]
    }
    return [
        Grouped([sorted(i for k in account for i in copies[k]) for account in g.accounts], g.contested)
        for g in grouped(len(first), means, settings, sorted(disputes))
    ]


def _parted(a: Claim, b: Claim) -> Literal["", "denied", "near"]:
    """How one claim that denies and one that asserts speak of one thing, so that neither supports the other."""
    if {a.position, b.position} != {"denies", "asserts"}:
        return ""
    return denied_of(*(words_of_claim(c) for c in ((a, b) if a.position == "denies" else (b, a))))


def _disputers(
    readings: Sequence[Reading], claims: Sequence[Claim], who: Mapping[str, str]
) -> dict[tuple[str, frozenset[str]], set[str]]:
    """(report, two who dispute each other, as it says) -> the claims by which it says so."""
    speakers = {c.id: who.get(c.speaker, c.speaker) for c in claims if c.speaker}
    out: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for r in readings:
        for s in r.stated:
            if s.kind == "disputes" and s.a in speakers and s.b in speakers:
                out[r.report.document.id, frozenset((speakers[s.a], speakers[s.b]))] |= {s.a, s.b}
    return out


def _relation(a: Claim, b: Claim, kind: str, score: float, **more: object) -> Relation:
    first, second = _ids(a, b)
    return Relation(a=first, b=second, kind=kind, score=round(score, 3), **more)  # type: ignore[arg-type]


def _kind(weight: Weight, judge: Judge) -> tuple[RelationKind | None, float]:
    """How two claims stand to each other, as far as that is sure enough to be said; and how sure it is."""
    s, same = judge.settings, weight.supports + weight.disputes
    if weight.disputes >= s.otherwise and weight.disputes > weight.supports:
        return "disputes", weight.disputes
    if weight.supports >= s.alike and weight.supports > weight.disputes:
        return "supports", weight.supports
    return ("related", same) if same >= s.one_question else (None, same)


def _later(one: str, other: str, pages: Mapping[str, str], dates: Mapping[str, str | None]) -> bool:
    """Whether two reports are of different days or versions of one page, so that the later figure may be the newer."""
    versions = one != other and pages.get(one, one) == pages.get(other, other)
    return versions or other_day(dates[one], dates[other])


def _overtaken(
    relations: Sequence[Relation], claims: Sequence[Claim], readings: Sequence[Reading], pages: Mapping[str, str]
) -> set[int]:
    """The claims (numbers) of which a report of a later day has a newer figure."""
    number = {c.id: i for i, c in enumerate(claims)}
    days = {r.report.document.id: day_told(r.report.document, pages) for r in readings}
    newer = (sorted((number[r.a], number[r.b])) for r in relations if r.reason == "update")  # by date, as claims are
    return {i for i, j in newer if other_day(days[claims[i].document], days[claims[j].document])}


def _told(
    groups: Sequence[Grouped],
    claims: Sequence[Claim],
    weights: Mapping[tuple[int, int], Weight],
    trace: Trace,
    overtaken: Collection[int],
) -> tuple[tuple[Question, ...], list[Account]]:
    """Groups as questions, those where most is at stake first, and as accounts that no other competes with, those of
    most independent origins first."""
    questions: list[tuple[int, int, Question]] = []
    uncontested: list[Account] = []
    home = {c.id: c.document for c in claims}
    opposed = _opposed(groups, weights)  # counts accounts as they are grouped, before they are sorted
    for n, g in enumerate(groups):
        accounts = [_account(a, claims, weights, trace, overtaken) for a in g.accounts]
        if g.contested:
            sides = [accounts[k] for k in opposed[n]]
            accounts.sort(key=lambda a: (-a.origins.high, -len(a.claims), a.id))
            stake = sorted((a.origins.low for a in accounts), reverse=True)
            question = Question(
                id=identify("q", sorted(c for a in accounts for c in a.claims)),
                title=_title(g, claims, sides),
                accounts=tuple(accounts),
            )
            questions.append((-stake[1], -sum(stake), question))
        else:
            uncontested += accounts
    uncontested.sort(key=lambda a: (-a.origins.low, -len({home[c] for c in a.claims}), a.id))
    return tuple(q for *_, q in sorted(questions, key=lambda x: (x[0], x[1], x[2].id))), uncontested


def _account(
    members: Sequence[int],
    claims: Sequence[Claim],
    weights: Mapping[tuple[int, int], Weight],
    trace: Trace,
    overtaken: Collection[int],
) -> Account:
    own = [claims[i] for i in members]
    backed = {i: sum(_support(i, j, weights) for j in members) for i in members}
    denies = 2 * sum(c.position == "denies" for c in own) > len(own)  # the title speaks for most of them
    telling = {
        i: (says_something(claims[i]), (claims[i].position == "denies") == denies, i not in overtaken) for i in members
    }
    middle = max(members, key=lambda i: (telling[i], backed[i], -abs(len(claims[i].text) - TELLING), -i))
    return Account(
        id=identify("k", sorted(c.id for c in own)),
        title=titled(claims[middle]),
        claims=tuple(c.id for c in own),
        sources=tuple(dict.fromkeys(c.speaker for c in own if c.speaker)),
        origins=trace.counted(own),
    )


def _support(i: int, j: int, weights: Mapping[tuple[int, int], Weight]) -> float:
    w = weights.get((min(i, j), max(i, j)))
    return w.supports if w else 0.0


def _side(title: str) -> str:
    """An account's title as it stands in a question's: its first words, to the first break."""
    words = title.removesuffix(DENIED)
    first = words.split(" … ")[0]
    return short(first if len(first) >= SHORTEST_SIDE else words, LONGEST_SIDE) + title[len(words) :]


def _opposed(groups: Sequence[Grouped], weights: Mapping[tuple[int, int], Weight]) -> list[tuple[int, int]]:
    """For each group the two of its accounts of which claims dispute each other most; the first two where none do."""
    home = {i: (n, k) for n, g in enumerate(groups) for k, account in enumerate(g.accounts) for i in account}
    most: list[dict[tuple[int, int], float]] = [{} for _ in groups]
    for (i, j), w in weights.items():
        if i not in home or j not in home:
            continue
        (n, a), (m, b) = home[i], home[j]
        if n == m and a != b:
            pair = min(a, b), max(a, b)
            most[n][pair] = max(most[n].get(pair, 0.0), w.disputes)
    return [min(found, key=lambda pair: (-found[pair], pair)) if found else (0, 1) for found in most]


def _title(group: Grouped, claims: Sequence[Claim], sides: Sequence[Account]) -> str:
    """The words that most accounts of a question share, as they are written there; two accounts that dispute each
    other; and how many accounts there are."""
    spread: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, int] = {}
    for account in group.accounts:
        seen: set[str] = set()
        for i in account:
            for word in claims[i].text.replace("’s", "").replace("'s", "").split():
                bare = word.strip(".,;:!?()[]“”\"‘’'…")
                for stem in stems([bare.lower()]):
                    if stem.isalpha():
                        seen.add(stem)
                        written[stem][bare] += 1
                        first.setdefault(stem, len(first))
        spread.update(seen)
    best = sorted(spread, key=lambda w: (-spread[w], -sum(written[w].values()), first[w]))[:TITLE_WORDS]
    words = [max(written[w].items(), key=lambda kv: (kv[1], kv[0]))[0] for w in sorted(best, key=lambda w: first[w])]
    two = " / ".join(_side(a.title) for a in sides)
    return f"{', '.join(words)}: {two} ({len(group.accounts)} accounts)"
