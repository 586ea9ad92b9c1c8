"""A report's sources, counted and told: how many statements rest on named, on unnamed, on official sources, on
documents; what a source is, in words; and the way a statement came."""

import msgspec

from .records import Attribution, Report, Source

_KINDS = {"person": "", "author": "the report's own voice", "unknown": "kind unknown"}


class Counts(msgspec.Struct, frozen=True):
    """Statements (attributions) by what they rest on; one may count under several. nobody: the text gives no source;
    own: the report's own voice, in which also stands what no words attribute."""

    statements: int = 0
    named: int = 0
    unnamed: int = 0
    official: int = 0
    documents: int = 0
    outlets: int = 0
    own: int = 0
    nobody: int = 0

    def in_words(self) -> str:
        """The counts in a line: "26 statements: 24 on named sources, 1 on unnamed; ..."."""
        return (
            f"{self.statements} statement{'' if self.statements == 1 else 's'}: {self.named} on named sources, "
            f"{self.unnamed} on unnamed; {self.official} on official ones, {self.documents} on documents, "
            f"{self.outlets} on outlets, {self.own} in the report's own voice, {self.nobody} on nobody it names"
        )


class Credited(msgspec.Struct, frozen=True):
    """A source with the attributions that go back to it (ids), and the names of those through whom they came.

    passed: how many statements of others came through it."""

    source: Source
    attributions: tuple[str, ...]
    through: tuple[str, ...]
    passed: int = 0


class Tally(msgspec.Struct, frozen=True):
    """The counts of a report, and its sources, those with most statements first."""

    counts: Counts
    sources: tuple[Credited, ...]


def tally(report: Report) -> Tally:
    """Count a report's statements by source. Sources that only relay have no statements, and come last."""
    by_id = {s.id: s for s in report.sources}
    said: dict[str, list[str]] = {s.id: [] for s in report.sources}
    through: dict[str, dict[str, None]] = {s.id: {} for s in report.sources}
    passed = dict.fromkeys(by_id, 0)
    sums = dict.fromkeys(Counts.__struct_fields__, 0)
    for a in report.attributions:
        sums["statements"] += 1
        speaker = by_id.get(a.speaker or "")
        between = relays(a, by_id)
        for carrier in {s.id for s in between}:
            passed[carrier] += 1
        if speaker is None:
            sums["nobody" if a.cue or a.source else "own"] += 1
            continue
        said[speaker.id].append(a.id)
        through[speaker.id].update(dict.fromkeys(s.name for s in between))
        if speaker.kind == "author":
            sums["own"] += 1
            continue
        sums["named" if speaker.named else "unnamed"] += 1
        sums["official"] += speaker.official
        sums["documents"] += speaker.kind == "document"
        sums["outlets"] += speaker.kind == "outlet"
    stated = [Credited(s, tuple(said[s.id]), tuple(through[s.id]), passed[s.id]) for s in report.sources]
    return Tally(Counts(**sums), tuple(sorted(stated, key=lambda s: -len(s.attributions))))


def relays(attribution: Attribution, sources: dict[str, Source]) -> tuple[Source, ...]:
    """Those through whom a statement came: its chain between the report itself and the speaker."""
    between = attribution.chain[1:-1] if attribution.speaker else attribution.chain[1:]
    return tuple(sources[link.source] for link in between if link.source in sources)


def path(attribution: Attribution, sources: dict[str, Source]) -> tuple[str, ...]:
    """The names along a statement's way, the report first and the speaker last; empty where nobody relays it."""
    between = relays(attribution, sources)
    if not between:
        return ()
    root, speaker = sources.get(attribution.chain[0].source), sources.get(attribution.speaker or "")
    names = (called(s) for s in (*between, *([speaker] if speaker else [])))
    return (root.name if root else "this report", *names, *(() if speaker else ("nobody named",)))


def called(source: Source) -> str:
    """A source's name, or its description with the word "unnamed" in it: "an unnamed specialist"."""
    if source.named or source.kind in ("author", "document"):
        return source.name
    article, _, rest = source.name.partition(" ")
    if rest and article.lower() in ("a", "an"):
        return f"an unnamed {rest}"
    return f"{source.name} (unnamed)"


def standing(source: Source) -> tuple[str, ...]:
    """What a source is, in words: its kind where it is no person, and whether it is unnamed."""
    hidden = "" if source.named or source.kind == "author" else "unnamed"
    return tuple(filter(None, (_KINDS.get(source.kind, source.kind), hidden)))


def role(source: Source, told: str = "") -> str:
    """A source's role; empty where its name, or what is told of it beside, says it already."""
    known = " ".join(f"{source.name} {told}".split()).casefold()
    words = " ".join((source.role or "").split())
    return "" if words.casefold() in known else words


def page_of(report: Report, attribution: Attribution) -> int | None:
    """The page of the original, counted from 1, on which an attribution's content begins, or its cue where it has none;
    None where there are no pages."""
    spans = attribution.content or attribution.cue
    return min((r.page for s in spans for r in report.regions(s.start, s.end) if r.page), default=None)
