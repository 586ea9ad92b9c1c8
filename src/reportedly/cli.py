"""The command line. Results go to stdout, everything else to stderr; exit codes: 0 all read, 1 some failed, 2 wrong
use."""

import io
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from . import __version__, pipeline
from .ingest import MAX_BYTES, IngestError
from .pipeline import read_bytes
from .records import Attribution, Report, Source, Span
from .tally import path, role, standing, tally

_CONTROL = re.compile(rb"\x7f|\xc2[\x80-\x9f]")
WIDE = 110  # columns from which the table shows the manner of speech
DEEPEST = 4  # how many levels of nesting the table indents
LONGEST = 60  # characters of a name where it stands beside another
SHORT = 5000  # word pieces: what is read in a moment and needs no progress bar
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(file: str, message: str) -> None:
    """One line on stderr about one input."""
    errors.print(Text(printable(f"reportedly: {file}: {message}")))


def printable(text: str) -> str:
    """Text without line breaks and control characters: a document must not steer the reader's terminal."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


@click.group(no_args_is_help=True)
@click.version_option(__version__, message="reportedly %(version)s", help="Print the version.")
def app() -> None:
    """Who said what, who backs it up, who disputes it."""


@app.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", is_flag=True, help="Print one report as JSON.")
@click.option("--jsonl", is_flag=True, help="Print a line of JSON for every report, in the order given.")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    help="Write the page with the claims highlighted: a file, or a folder where there are several inputs.",
)
@click.option("--sources", "by_source", is_flag=True, help="List the sources of each report and what rests on them.")
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out attributions less sure than this.",
)
@click.option(
    "--max-megabytes",
    type=click.FloatRange(0.001, 10_000),
    default=MAX_BYTES / 1e6,
    show_default=True,
    help="Refuse larger files; none is ever cut short.",
)
def read(
    files: tuple[str, ...],
    json: bool,
    jsonl: bool,
    html: Path | None,
    by_source: bool,
    least: float,
    max_megabytes: float,
) -> None:
    """Read reports, text or HTML files (- for standard input): who said what, by which words, at exact places."""
    if json and jsonl:
        raise click.UsageError("--json and --jsonl exclude each other")
    if json and len(files) > 1:
        raise click.UsageError(f"--json prints one report and there are {len(files)} files; use --jsonl")
    if html and len(files) > 1 and html.suffix in (".html", ".htm"):
        raise click.UsageError(f"{html} is one page and there are {len(files)} files; name a folder")
    folder = html is not None and (len(files) > 1 or html.is_dir() or not html.suffix)
    names = page_names(files)
    targets = [html / name if folder else html for name in names] if html is not None else []
    for target in targets:
        if any(file != "-" and target.exists() and Path(file).exists() and target.samefile(file) for file in files):
            raise click.UsageError(f"{target} is one of the inputs and would be overwritten; name another place")
    failed = 0
    for i, file in enumerate(files):
        try:
            report = sure_enough(read_one(file, max_megabytes), least)
        except Exception as e:  # whatever one file does to us, the others are still read
            failed += 1
            say(file, why(e))
            continue
        where = str(targets[i]) if html else "standard output"
        try:
            if json or jsonl:
                line = sources_json(report) if by_source else report.to_json()
                sys.stdout.buffer.write(escaped(line) + b"\n")
                sys.stdout.flush()
            elif by_source:
                print_sources(report)
            elif html is None:
                print_table(report)
            if html is not None:
                write_page(report, targets[i])
        except Exception as e:  # a full disk, a folder that may not be written
            failed += 1
            say(where, why(e))
    if failed:
        sys.exit(1)


def escaped(json: bytes) -> bytes:
    """JSON with DEL and the C1 controls escaped, which some terminals obey; the value is the same."""
    return _CONTROL.sub(lambda m: b"\\u%04x" % m.group()[-1], json)


def why(error: Exception) -> str:
    """What went wrong with an input, in words for the person who gave it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, IngestError | OSError):
        return str(error)
    return f"cannot be read, by a fault of reportedly; please report it ({type(error).__name__}: {error})"


def read_one(file: str, max_megabytes: float) -> Report:
    """The report in a file; warnings go to stderr. OSError or IngestError where it cannot be read."""
    limit = int(max_megabytes * 1e6)
    if file == "-":
        if sys.stdin is None:
            raise IngestError("standard input is closed")
        data = bytes_of(sys.stdin.buffer, limit)
    else:
        path = Path(file)
        if path.is_dir():
            raise IngestError("this is a folder; name the files in it")
        with path.open("rb") as f:
            data = bytes_of(f, limit)
    with progress_of(file) as progress:
        report = read_bytes(data, file, max_bytes=limit, progress=progress)
    notes = list(report.assumed)
    if not report.text.strip():
        notes += [u.reason for u in report.unread]
    for note in notes:
        say(file, f"warning: {note}")
    return report


def bytes_of(stream: BinaryIO, limit: int) -> bytes:
    """What a stream holds, or one byte more than the limit where it holds more."""
    parts, size = [], 0
    while size <= limit and (part := stream.read(min(1 << 20, limit + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


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


def sure_enough(report: Report, least: float) -> Report:
    """The report without attributions less sure than `least`; what lay within one of those moves up."""
    if least <= 0:
        return report
    around = {a.id: a for a in report.attributions}
    kept = []
    for a in report.attributions:
        if a.confidence < least:
            continue
        within = a.within
        while within and around[within].confidence < least:
            within = around[within].within
        kept.append(msgspec.structs.replace(a, within=within))
    used = {i for a in kept for i in (a.speaker, *(link.source for link in a.chain))}
    members = {s.id: s.members for s in report.sources}
    reached = [i for i in used if i]
    while reached:  # those who speak together, and those who speak together in them
        new = [m for m in members.get(reached.pop(), ()) if m not in used]
        used.update(new)
        reached += new
    sources = tuple(s for s in report.sources if s.id in used)
    return msgspec.structs.replace(report, attributions=tuple(kept), sources=sources)


def shown(spans: tuple[Span, ...]) -> str:
    """The words of spans, breaks marked."""
    return printable(" … ".join(s.text for s in spans))


def brief(text: str, limit: int = LONGEST) -> str:
    """Text on one line that is safe to print, cut after a whole word where it is longer than the limit."""
    line = printable(text)
    if len(line) <= limit:
        return line
    whole = line[:limit].rpartition(" ")[0]
    return (whole if len(whole) > limit // 2 else line[:limit]).rstrip(" ,;…") + "…"


def head_of(report: Report) -> str:
    """Title, outlet and date of a report, in a line."""
    document = report.document
    return " · ".join(x for x in (document.title or document.file, document.outlet, document.published) if x)


def console() -> Console:
    """Where tables go: as wide as the terminal, or 140 columns where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140)


def print_table(report: Report) -> None:
    """The attributions as a table, nested ones indented under the one around them."""
    document, out = report.document, console()
    head = head_of(report)
    table = Table(title=Text(printable(head), "bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("who", ratio=4, overflow="fold")
    table.add_column("by which words", ratio=2, overflow="fold")
    table.add_column("says what", ratio=7, overflow="fold")
    wide = out.width >= WIDE
    if wide:
        table.add_column("speech")
    table.add_column("sure", justify="right")
    inside = {a.id: a for a in report.attributions}
    sources = {s.id: s for s in report.sources}
    for a in report.attributions:
        indent = 2 * min(depth(a, inside), DEEPEST)
        cue = shown(a.cue) + (f" → {shown(a.addressee)}" if a.addressee else "")
        table.add_row(
            Padding(who(a, sources), (0, 0, 0, indent)),
            Text(cue),
            Text(shown(a.content)),
            *([Text(a.speech)] if wide else []),
            Text(f"{a.confidence:.0%}"),
        )
    if report.attributions:
        out.print(table)
    else:
        out.print(Text(printable(head), "bold"))
    n = len(report.attributions)
    out.print(Text(f"{n} attribution{'' if n == 1 else 's'} in {len(document.text.split())} words\n", "dim"))


def who(attribution: Attribution, sources: dict[str, Source]) -> Text:
    """Who is behind an attribution, in what words the text says so, what they are, and the way their words came."""
    said = shown(attribution.source).rstrip(",;")
    speaker = sources.get(attribution.speaker or "")
    if speaker is None:
        out = Text(said) if said else Text("not named", "dim")
    else:
        name = printable(speaker.name)
        words = printable(" ".join(s.text for s in attribution.source))
        called = "" if name.casefold() in words.casefold() else brief(said)
        out = Text(name)
        if called:
            out.append(f" ({called})", "dim")
        if facts := facts_of(speaker, called):
            out.append(f"\n{facts}", "dim")
    if way := path(attribution, sources):
        out.append("\n" + " ← ".join(map(brief, way)), "dim")
    return out


def facts_of(source: Source, told: str = "") -> str:
    """Role, kind where it is no person, and whether unnamed, in a line; without a role that is told already."""
    return ", ".join(filter(None, (printable(role(source, told)), *standing(source))))


def print_sources(report: Report) -> None:
    """The sources of a report as a table, and what its statements rest on."""
    counted, out = tally(report), console()
    head = Text(printable(head_of(report)), "bold")
    table = Table(title=head, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name, ratio in (("source", 4), ("kind", 2), ("role", 4), ("through", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    table.add_column("statements", justify="right")
    for stated in counted.sources:
        source = stated.source
        if not stated.attributions:
            continue
        person = ("person",) if source.kind == "person" else ()
        kind = ", ".join((*person, *standing(source), *(("official",) if source.official else ())))
        through = ", ".join(map(brief, stated.through))
        row = (brief(source.name, 2 * LONGEST), kind, printable(role(source)), through, str(len(stated.attributions)))
        table.add_row(*(Text(x) for x in row))
    out.print(table if table.row_count else head)
    out.print(Text(f"{counted.counts.in_words()}\n", "dim"))


def sources_json(report: Report) -> bytes:
    """The sources of a report and its counts as a line of JSON."""
    d, counted = report.document, tally(report)
    rows = [
        {
            **msgspec.to_builtins(s.source),
            "statements": len(s.attributions),
            "attributions": s.attributions,
            "through": s.through,
        }
        for s in counted.sources
    ]
    document = {"id": d.id, "file": d.file, "title": d.title, "outlet": d.outlet, "published": d.published}
    return msgspec.json.encode({"document": document, "counts": counted.counts, "sources": rows})


def depth(attribution: Attribution, inside: dict[str, Attribution]) -> int:
    """How many attributions lie around this one."""
    n = 0
    while attribution.within is not None:
        attribution = inside[attribution.within]
        n += 1
    return n


def page_names(files: Iterable[str]) -> list[str]:
    """A name for each file's page; files of one name get a number."""
    taken: Counter[str] = Counter()
    out = []
    for file in files:
        stem = "stdin" if file == "-" else Path(file).stem
        taken[stem] += 1
        out.append(f"{stem}.html" if taken[stem] == 1 else f"{stem}-{taken[stem]}.html")
    return out


def write_page(report: Report, target: Path) -> None:
    """Write the highlighted page of a report: whole, or not at all."""
    from .page import render  # jinja2 only where a page is wanted

    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.write_text(render(report), "utf-8")
    partial.replace(target)
    say(report.document.file, f"page written to {target}")


@app.command()
def check() -> None:
    """Self-test: the models are whole, load, and read a sentence."""
    problems = pipeline.check()
    for problem in problems:
        say("check", problem)
    if problems:
        sys.exit(1)
    print(f"reportedly {__version__}: the models are whole, and reading works")


def run() -> None:
    """The command. A closed pipe ends it as it ends other tools; what a terminal cannot show becomes a question
    mark."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.stdout is None:
        sys.exit("reportedly: standard output is closed")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()


if __name__ == "__main__":
    run()
