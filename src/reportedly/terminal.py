"""What a person at a terminal is shown: tables of a report, the records of a case in context, warnings, progress.

Nothing of a document reaches the terminal but printable characters."""

import io
import os
import re
import shlex
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .brief import (
    ACCOUNTS,
    LONGEST_NAME,
    Revision,
    Side,
    Told,
    Voice,
    counted,
    independent,
    letter,
    printable,
    short,
    who_says,
)
from .case import Found, Passage
from .records import Account, Attribution, Claim, Document, Origin, Question, Relation, Report, Source, Span
from .tally import called, page_of, path, role, standing, tally

NARROW = 76  # columns that a table of reports needs; with fewer they are a list
WIDE = 110  # columns from which the table shows the manner of speech
DEEPEST = 4  # how many levels of nesting the table indents
LONGEST = 60  # characters of a name where it stands beside another
AROUND = 160  # characters shown before and behind the words of a record
DEBTS = 40  # pairs of reports, circles and origins that are printed
VOICES = 4  # claims of an account that the brief shows in a terminal
EVERY = 60  # seconds between the lines that tell how far a batch is
SHORT = 5000  # word pieces: what is read in a moment and needs no progress bar
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]")
_FILLING = re.compile(r" +$", re.M)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """One line on stderr."""
    errors.print(Text(printable(f"reportedly: {message}")))


def say(file: str, message: str) -> None:
    """One line on stderr about one input."""
    complain(f"{file}: {message}")


@contextmanager
def progress_of(file: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, for texts that take longer than a moment, where stderr is a terminal."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(printable(file)[-60:], total=None, visible=False)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > SHORT)

        yield update


@contextmanager
def progress_over(items: int, hidden: bool = False, what: str = "reading") -> Iterator[Callable[[float], None]]:
    """A bar on stderr over several items, where stderr is a terminal; it is told how many are done."""
    columns = (
        TextColumn("{task.description}" + (" {task.completed:.0f} of {task.total:.0f}" if items > 1 else "")),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    off = hidden or not errors.is_terminal
    # what goes to stdout must not be caught and shown on stderr
    with Progress(*columns, console=errors, transient=True, disable=off, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=items)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def progress_at_scale(hidden: bool = False) -> Iterator[Callable[[str, int, int, int], None]]:
    """How far a batch is, on stderr: a bar with rate and time left where that is a terminal, else a line a minute. It
    is told (what is being done, done, total, words read)."""
    columns = (
        TextColumn("{task.description} {task.completed:,.0f} of {task.total:,.0f}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    drawn = errors.is_terminal and not hidden
    began: dict[str, tuple[float, int]] = {}
    said = time.monotonic()
    with Progress(
        *columns, console=errors, transient=True, disable=not drawn, redirect_stdout=False, speed_estimate_period=300
    ) as bar:
        task = bar.add_task("", total=1, rate="", visible=False)

        def tell(doing: str, done: int, total: int, words: int) -> None:
            nonlocal said
            now = time.monotonic()
            if doing not in began:
                bar.reset(task)
            start, first = began.setdefault(doing, (now, done))
            passed = now - start
            rate = f" {words / passed:,.0f} words/s" if words and passed > 1 else ""
            bar.update(task, description=doing, completed=done, total=total, rate=rate, visible=True)
            if not drawn and now - said > EVERY and not hidden:
                said = now
                left = (total - done) * passed / (done - first) if done > first else None
                about = f", about {left / 60:,.0f} min left" if left is not None else ""
                complain(f"{doing} {done:,} of {total:,}{',' if rate else ''}{rate}{about}")

        yield tell


def print_answer(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """The answer to a question as a table."""
    out = console()
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for at, name in enumerate(columns):
        number = bool(rows) and all(isinstance(r[at], int | float) or r[at] is None for r in rows)
        table.add_column(Text(printable(name)), overflow="fold", justify="right" if number else "left")
    for row in rows:
        table.add_row(*(Text("" if x is None else printable(str(x))) for x in row))
    out.print(table)
    out.print(Text(counted(len(rows), "row"), "dim"))


def shown(spans: tuple[Span, ...]) -> str:
    """The words of spans, breaks marked."""
    return printable(" … ".join(s.text for s in spans))


def head(document: Document) -> str:
    """Title, outlet and date of a document, in a line."""
    title, name, when = document.title or document.file, document.outlet, day(document.published)
    told = (title, 2 * LONGEST_NAME), (name, LONGEST_NAME), (when, LONGEST)
    return " · ".join(short(text, limit) for text, limit in told if text)


def day(published: str | None) -> str:
    """The day of a date or time that is ISO 8601; another date as it is stated."""
    return (published or "")[: 10 if _TIME.match(published or "") else None]


def _text(*parts: str | tuple[str, str]) -> Text:
    """Words, some with a style, of which nothing but printable characters reaches the terminal."""
    styled = ((part, "") if isinstance(part, str) else part for part in parts)
    return Text.assemble(*(("".join(c if c.isprintable() else " " for c in words), style) for words, style in styled))


def console() -> Console:
    """Where tables go: as wide as the terminal, or 140 columns where there is none. There no line ends in blanks."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    out = cast("TextIO", _Trimmed(sys.stdout))
    return Console(file=out, highlight=False, width=None if "COLUMNS" in os.environ else 140)


class _Trimmed(io.TextIOBase):
    """A file that leaves out the blanks with which lines are filled up."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._file.encoding

    def write(self, text: str) -> int:
        return self._file.write(_FILLING.sub("", text))

    def flush(self) -> None:
        self._file.flush()


def print_table(report: Report) -> None:
    """The attributions as a table, nested ones indented under the one around them."""
    document, out = report.document, console()
    title = Text(printable(head(document)), "bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("who", ratio=4, overflow="fold")
    table.add_column("by which words", ratio=2, overflow="fold")
    table.add_column("says what", ratio=7, overflow="fold")
    wide = out.width >= WIDE
    if wide:
        table.add_column("speech")
    paged = any(r.page for r in report.layout)
    if paged:
        table.add_column("page", justify="right")
    table.add_column("sure", justify="right")
    inside = {a.id: a for a in report.attributions}
    sources = {s.id: s for s in report.sources}
    for a in report.attributions:
        indent = 2 * depth(a, inside)
        cue = shown(a.cue) + (f" → {shown(a.addressee)}" if a.addressee else "")
        table.add_row(
            Padding(who(a, sources), (0, 0, 0, indent)),
            Text(cue),
            Text(shown(a.content)),
            *([Text(a.speech)] if wide else []),
            *([Text(str(page_of(report, a) or ""))] if paged else []),
            Text(f"{a.confidence:.0%}"),
        )
    if report.attributions:
        out.print(table)
    else:
        out.print(title)
    found = counted(len(report.attributions), "attribution")
    out.print(Text(f"{found} in {len(document.text.split())} words\n", "dim"))


def who(attribution: Attribution, sources: dict[str, Source]) -> Text:
    """Who is behind an attribution, in what words the text says so, what they are, and the way their words came."""
    said = shown(attribution.source).rstrip(",;")
    speaker = sources.get(attribution.speaker or "")
    if speaker is None:
        out = Text(said) if said else Text("not named", "dim")
    else:
        name = printable(speaker.name)
        words = printable(" ".join(s.text for s in attribution.source))
        called = "" if name.casefold() in words.casefold() else short(said, LONGEST)
        out = Text(name)
        if called:
            out.append(f" ({called})", "dim")
        if facts := facts_of(speaker, called):
            out.append(f"\n{facts}", "dim")
    if way := path(attribution, sources):
        out.append("\n" + " ← ".join(short(name, LONGEST) for name in way), "dim")
    return out


def facts_of(source: Source, told: str = "") -> str:
    """Role, kind where it is no person, and whether unnamed, in a line; without a role that is told already."""
    return ", ".join(filter(None, (printable(role(source, told)), *standing(source))))


def print_sources(report: Report) -> None:
    """The sources of a report as a table, and what its statements rest on."""
    sums, out = tally(report), console()
    title = Text(printable(head(report.document)), "bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name, ratio in (("source", 4), ("kind", 2), ("role", 4), ("through", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    table.add_column("statements", justify="right")
    for stated in sums.sources:
        source = stated.source
        if not stated.attributions:
            continue
        person = ("person",) if source.kind == "person" else ()
        kind = ", ".join((*person, *standing(source), *(("official",) if source.official else ())))
        through = ", ".join(short(name, LONGEST) for name in stated.through)
        row = (
            short(source.name, 2 * LONGEST),
            kind,
            printable(role(source)),
            through,
            str(len(stated.attributions)),
        )
        table.add_row(*(Text(x) for x in row))
    out.print(table if table.row_count else title)
    out.print(Text(f"{sums.counts.in_words()}\n", "dim"))


def depth(attribution: Attribution, inside: dict[str, Attribution]) -> int:
    """How many attributions lie around this one, as far as the table indents."""
    n = 0
    while attribution.within is not None and n < DEEPEST:
        attribution = inside[attribution.within]
        n += 1
    return n


# The records of a case


def print_documents(case: str, documents: Sequence[Document], counts: Mapping[str, int]) -> None:
    """The reports of a case as a table, or as a list where the terminal is too narrow for one. counts: how many
    attributions each has."""
    out = console()
    table = Table(title=Text(printable(case), "bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("id", no_wrap=True)
    for name, ratio in (("outlet", 2), ("published", 2), ("title or file", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    table.add_column("attributions", justify="right")
    narrow = out.width < NARROW
    for d in documents:
        when = f"{day(d.published)} (changed {d.updated[:16]})".strip() if d.updated else day(d.published)
        names = (d.outlet, LONGEST_NAME), (when, LONGEST), (d.title or d.file, 2 * LONGEST_NAME)
        told = [short(name or "", limit) for name, limit in names]
        if narrow:
            out.print(_text((short(d.id, LONGEST), "bold")))
            out.print(_indented(_text(" · ".join(x for x in (*told, counted(counts[d.id], "attribution")) if x))))
        else:
            table.add_row(*map(Text, (short(d.id, LONGEST), *told, str(counts[d.id]))))
    if documents and not narrow:
        out.print(table)
    out.print(Text(f"{printable(case)} holds {counted(len(documents), 'report')}", "dim"))


def print_found(found: Found) -> None:
    """A record of a case: what it is, then its words where they stand, marked by colour."""
    out = console()
    kind = type(found.record).__name__.lower()
    out.print(_text((kind, "bold"), " ", found.id))
    _print_pairs(out, _facts(found))
    passages: dict[str, list[Passage]] = {}
    for passage in found.passages:
        passages.setdefault(passage.document.id, []).append(passage)
    if isinstance(found.record, Document):
        out.print()
        text = found.record.text
        out.print(_indented(_marked(text, 0, len(text), found.passages)))
    else:
        for here in passages.values():
            document = here[0].document
            out.print()
            out.print(_text((printable(head(document)), "bold"), (f"  {document.id}", "dim")))
            for start, end in _windows(document.text, here):
                out.print()
                out.print(_indented(_marked(document.text, start, end, here)))
    out.print()
    _print_pairs(out, _statements(found))


def _print_pairs(out: Console, pairs: Iterable[tuple[str, str]]) -> None:
    for name, value in pairs:
        out.print(_indented(_text((f"{name}: ", PART_STYLES.get(name, "dim")), printable(value))))


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


PART_STYLES = {
    "cue": "bold yellow",
    "source": "cyan",
    "addressee": "magenta",
    "content": "green",
    "link": "cyan",
    "mention": "bold cyan",
    "role": "magenta",
    "anonymity": "yellow",
    "claim": "green",
    "stated": "bold yellow",
    "evidence": "bold yellow",
}
"""How the words of each part are marked; where parts lie over each other, the earlier one shows."""


def _facts(found: Found) -> Iterator[tuple[str, str]]:
    """What there is to tell of a record, as names and values."""
    record = found.record
    sources = {s.id: s for s in found.sources}
    homes = {p.document.id: p.document for p in found.passages}

    def named(source: str | None) -> str:
        known = sources.get(source or "")
        return f"{short(called(known), LONGEST)}  {known.id}" if known else source or "nobody named"

    def told(claim: Claim) -> str:
        speaker, home = sources.get(claim.speaker or ""), homes.get(claim.document)
        whose = [
            short(who_says(claim, speaker), LONGEST),
            short(home.outlet or home.file, LONGEST_NAME) if home else "",
            short(day(home.published), LONGEST) if home else "",
        ]
        words = f"{claim.text} ({claim.position})" if claim.position != "asserts" else claim.text
        return f"{words} — {', '.join(x for x in whose if x)}  {claim.id}"

    match record:
        case Document():
            for name in (
                "title",
                "outlet",
                "published",
                "updated",
                "byline",
                "url",
                "address",
                "file",
                "member",
                "digest",
            ):
                if value := getattr(record, name):
                    yield name, value
            for note in found.notes:
                yield note.kind, f"{printable(note.span.text)}  [{note.span.start}:{note.span.end}]"
            for version in found.versions:
                earlier = version.later == record.id
                yield ("earlier version", version.earlier) if earlier else ("later version", version.later)
            for unread in found.unread:
                yield "not read", unread.reason
        case Attribution():
            yield "speech", f"{record.speech}, {record.confidence:.0%} sure"
            for p in found.passages:
                yield p.part, f"{printable(p.span.text)}  [{p.span.start}:{p.span.end}]"
            yield "speaker", named(record.speaker)
            if way := path(record, sources):
                yield "came by", " ← ".join(way)
            if record.within:
                yield "within", record.within
            for claim in found.claims:
                yield "taken as", claim.id
        case Source():
            yield "name", ", ".join(filter(None, (record.name, *standing(record), role(record))))
            for member in record.members:
                yield "together", named(member)
        case Claim():
            yield "text", record.text
            yield "position", record.position
            yield "speaker", named(record.speaker) if record.speaker or record.attribution else "the report itself"
            if record.attribution:
                yield "attribution", record.attribution
            others = {c.id: c for c in found.claims}
            for r in found.relations:
                other = others[r.b if r.a == record.id else r.a]
                yield f"{r.kind} ({_known(r)})", f"{other.text}  {other.id}"
        case Relation():
            yield "kind", f"{record.kind} ({_known(record)})"
            for claim in found.claims:
                yield "claim", told(claim)
        case Account():
            yield from _account(record, {c.id: told(c) for c in found.claims})
        case Question():
            yield "title", record.title
            for account in record.accounts:
                yield "account", account.id
                yield from _account(account, {c.id: told(c) for c in found.claims})
        case Origin():
            yield "name", record.name
            for document in found.documents:
                yield "goes back to it", f"{head(document)}  {document.id}"
            for source in record.sources:
                yield "source", named(source)
            outlets = {d.id: d.outlet or d.file for d in (*homes.values(), *found.documents)}
            for sign in record.evidence:
                outlet = short(outlets.get(sign.document, sign.document), LONGEST_NAME)
                yield "evidence", f"{outlet} ({sign.kind}): {sign.says}"


def _statements(found: Found) -> Iterator[tuple[str, str]]:
    """The attributions and claims of a document, the attributions of a source, by their ids."""
    record, sources = found.record, {s.id: s for s in found.sources}
    for a in found.attributions:
        who = called(sources[a.speaker]) if a.speaker in sources else "nobody named"
        whose = f"{short(who, LONGEST)}: " if isinstance(record, Document) else ""
        yield a.id, f"{whose}{shown(a.cue)}: {short(shown(a.content), LONGEST)}"
    if isinstance(record, Document):
        for claim in found.claims:
            yield claim.id, short(claim.text, LONGEST)


def _account(account: Account, claims: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "title", account.title
    yield "origins", independent(account.origins)
    for reason in account.origins.reasons:
        yield "reason", reason
    for claim in account.claims:
        yield "claim", claims[claim]


def _known(relation: Relation) -> str:
    """How a relation is known."""
    return relation.reason if relation.stated is not None else f"{relation.reason}, {relation.score:.0%}"


def _windows(text: str, passages: Iterable[Passage]) -> list[tuple[int, int]]:
    """The stretches of a text that show these passages, each with the words around it, to the ends of its paragraph
    where these are near."""
    out: list[tuple[int, int]] = []
    for span in sorted(p.span for p in passages):
        start = max(0, span.start - AROUND)
        end = min(len(text), span.end + AROUND)
        start = max(text.rfind("\n", start, span.start) + 1, _word(text, start, span.start))
        stop = text.find("\n", span.end, end)
        end = stop if stop >= 0 else _word_end(text, end, span.end)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _word(text: str, at: int, limit: int) -> int:
    """Where the first whole word behind `at` begins, before the limit."""
    space = text.find(" ", at, limit) if at else -1
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int, limit: int) -> int:
    """Where the last whole word before `at` ends, behind the limit."""
    space = text.rfind(" ", limit, at) if at < len(text) else -1
    return space if space >= 0 else at


def _marked(text: str, start: int, end: int, passages: Iterable[Passage]) -> Text:
    """A stretch of a text, its lines kept, the words of the passages in the colours of their parts."""
    rank = {part: n for n, part in enumerate(PART_STYLES)}
    out = Text("".join(c if c.isprintable() or c == "\n" else " " for c in text[start:end]))
    for p in sorted(passages, key=lambda p: -rank[p.part]):
        if p.span.start < end and start < p.span.end:
            out.stylize(PART_STYLES[p.part], max(0, p.span.start - start), p.span.end - start)
    return out


# The brief


def print_brief(told: Told, case: str) -> None:
    """The brief of a case: questions with their accounts, then what one source says, then what nobody disputes. case:
    its path, to tell how the rest is seen."""
    out, more = console(), f"reportedly show {shlex.quote(case)}"
    out.print(Text(printable(told.head), "bold"))
    for n, matter in enumerate(told.matters, 1):
        out.print()
        out.print(_text((f"{n}. {printable(matter.title)}", "bold"), (f"  {matter.id}", "dim")))
        for m, side in enumerate(matter.sides[:ACCOUNTS]):
            _print_side(out, side, f"{letter(m)}) ", more)
        _print_rest(out, len(matter.sides) - ACCOUNTS, "account", f"{more} {matter.id}", 2)
    if told.alone:
        out.print()
        out.print(Text("Only one source says", "bold"))
        for voice in told.alone:
            _print_voice(out, voice, more)
    if told.agreed:
        out.print()
        out.print(Text("Several say and nobody disputes", "bold"))
        for side in told.agreed:
            _print_side(out, side, "", more)
    if told.revisions:
        out.print()
        out.print(Text("What later versions changed", "bold"))
        for revision in told.revisions:
            _print_revision(out, revision)


def _print_revision(out: Console, revision: Revision) -> None:
    """A later version of a report: what it changed, and the words by which the outlet tells of it."""

    def line(text: Text, indent: int) -> None:
        out.print(Padding(text, (0, 0, 0, indent), expand=False))

    ids = f"  {revision.earlier} {revision.later}"
    line(_text((revision.title, "cyan"), f"  {revision.summary}", (ids, "dim")), 2)
    for note in revision.notes:
        line(_text((note, "yellow")), 4)
    for change in revision.changes:
        words = " → ".join(f"“{x}”" for x in (change.before, change.after) if x)
        line(_text((f"{change.what}: ", "bold"), words), 4)


def print_origins(told: Told) -> None:
    """Who took what from whom, circles, and what the reports go back to; of each as many as are read in one go."""
    out = console()

    def line(text: Text, indent: int) -> None:
        out.print(Padding(text, (0, 0, 0, indent), expand=False))

    def rest(n: int) -> None:
        if n > 0:
            line(Text(f"and {n} more: --json has all", "dim"), 2)

    out.print(Text("Who took from whom", "bold"))
    for debt in told.debts[:DEBTS]:
        line(_text((debt.pair, "cyan"), f"  {debt.kind}", (f"  {debt.a} {debt.b}", "dim")), 2)
        line(Text(printable("; ".join(debt.signs))), 4)
        if debt.words:
            line(_text((debt.words, "dim")), 4)
    if not told.debts:
        line(Text("nobody, as far as the reports show"), 2)
    rest(len(told.debts) - DEBTS)
    out.print()
    out.print(Text("Circles", "bold"))
    for ring in told.rings[:DEBTS]:
        line(_text((" → ".join((*ring.outlets, ring.outlets[0])), "yellow")), 2)
        for words in ring.words:
            line(_text(words), 4)
    if not told.rings:
        line(Text("none"), 2)
    rest(len(told.rings) - DEBTS)
    out.print()
    out.print(Text("What the reports go back to", "bold"))
    for spring in told.springs[:DEBTS]:
        many = (f"  {spring.many}: ", "dim")
        line(_text((spring.name, "cyan"), many, ", ".join(spring.outlets), (f"  {spring.id}", "dim")), 2)
    rest(len(told.springs) - DEBTS)


def _print_side(out: Console, side: Side, sign: str, more: str) -> None:
    out.print()
    out.print(_indented(_text((f"{sign}{printable(side.title)}", "green"))))
    out.print(Padding(_text((side.standing, "dim")), (0, 0, 0, 4), expand=False))
    for voice in side.voices[:VOICES]:
        _print_voice(out, voice, more)
    _print_rest(out, len(side.voices) - VOICES, "claim", f"{more} {side.id}", 4)


def _print_rest(out: Console, n: int, what: str, how: str, indent: int) -> None:
    """That there is more, and how to see it."""
    if n > 0:
        line = f"and {counted(n, f'more {what}')}: {how}"
        out.print(Padding(_text((line, "dim")), (0, 0, 0, indent), expand=False))


def _print_voice(out: Console, voice: Voice, more: str) -> None:
    place = ", ".join(x for x in (voice.outlet, voice.date) if x)
    who = _text((printable(voice.who), "cyan"), (f" · {printable(place)}  {voice.id}", "dim"))
    out.print(Padding(who, (0, 0, 0, 4), expand=False))
    position = f" ({voice.position})" if voice.position != "asserts" else ""
    out.print(Padding(_text(printable(voice.words) + position), (0, 0, 0, 6), expand=False))
    for name, others, left in voice.beside():
        rest = f"; and {left} more: {more} {voice.id}" if left else ""
        line = _text(
            (f"{name} ", "bold yellow" if name.startswith("d") else "dim"), (printable("; ".join(others)) + rest, "dim")
        )
        out.print(Padding(line, (0, 0, 0, 6), expand=False))
    if voice.said:
        out.print(
            Padding(Text(f"the report says {printable(', '.join(voice.said))}", "yellow"), (0, 0, 0, 6), expand=False)
        )
