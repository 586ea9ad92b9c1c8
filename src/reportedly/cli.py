"""The command line. Results go to stdout, everything else to stderr; exit codes: 0 all read, 1 some failed, 2 wrong
use."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from . import __version__
from .ingest import MAX_BYTES, IngestError, ingest
from .pipeline import attribute
from .records import Attribution, Report, Span

app = typer.Typer(
    name="reportedly",
    help="Who said what, who backs it up, who disputes it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(file: str, message: str) -> None:
    """One line on stderr about one input."""
    errors.print(Text(printable(f"reportedly: {file}: {message}")))


def printable(text: str) -> str:
    """Text without line breaks and control characters: a document must not steer the reader's terminal."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def version_wanted(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        print(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=version_wanted, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who said what, who backs it up, who disputes it."""


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Text or HTML files, or - for standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print one report as JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Print a line of JSON for every report, in the order given.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            help="Write the page with the claims highlighted: a file, or a folder where there are several inputs."
        ),
    ] = None,
    least: Annotated[
        float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out attributions less sure than this.")
    ] = 0.0,
    max_megabytes: Annotated[
        float, typer.Option(min=0.001, help="Refuse larger files; none is ever cut short.")
    ] = MAX_BYTES / 1e6,
) -> None:
    """Read reports: who said what, by which words, at exact places in the text."""
    if json and jsonl:
        raise typer.BadParameter("--json and --jsonl exclude each other")
    if json and len(files) > 1:
        raise typer.BadParameter(f"--json prints one report and there are {len(files)} files; use --jsonl")
    if html and len(files) > 1 and html.suffix in (".html", ".htm"):
        raise typer.BadParameter(f"{html} is one page and there are {len(files)} files; name a folder")
    failed = 0
    pages: set[str] = set()
    for file in files:
        try:
            report = sure_enough(read_one(file, max_megabytes), least)
            if json or jsonl:
                sys.stdout.buffer.write(report.to_json() + b"\n")
                sys.stdout.flush()
            elif html is None:
                print_table(report)
            if html is not None:
                target = html if len(files) == 1 and html.suffix else html / page_name(file, pages)
                write_page(report, target)
        except (IngestError, OSError) as e:
            if isinstance(e, BrokenPipeError):
                raise
            failed += 1
            say(file, e.strerror or str(e) if isinstance(e, OSError) else str(e))
    if failed:
        raise typer.Exit(1)


def read_one(file: str, max_megabytes: float) -> Report:
    """The report in a file; warnings go to stderr. OSError or IngestError where it cannot be read."""
    limit = int(max_megabytes * 1e6)
    if file == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        path = Path(file)
        if path.is_dir():
            raise IngestError("this is a folder; name the files in it")
        with path.open("rb") as f:
            data = f.read(limit + 1)
    if len(data) > limit:
        raise IngestError(f"more than {max_megabytes:g} MB; raise the limit with --max-megabytes")
    ingested = ingest(data, file, limit)
    for note in ingested.assumed:
        say(file, f"warning: {note}")
    for unread in ingested.unread if not ingested.document.text.strip() else ():
        say(file, f"warning: {unread.reason}")
    language = ingested.document.language
    if language not in ("en", None):
        say(file, f"warning: this seems to be in another language ({language}); English only so far")
    with progress_of(file) as progress:
        return attribute(ingested, progress)


@contextmanager
def progress_of(file: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, for texts that take longer than a moment, where stderr is a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(printable(file)[-60:], total=None, visible=False)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > SHORT)

        yield update


SHORT = 5000  # word pieces: a second or two


def sure_enough(report: Report, least: float) -> Report:
    """The report without attributions less sure than `least`; what lay within one of those moves up."""
    if least <= 0:
        return report
    import msgspec

    around = {a.id: a for a in report.attributions}
    kept = []
    for a in report.attributions:
        if a.confidence < least:
            continue
        within = a.within
        while within and around[within].confidence < least:
            within = around[within].within
        kept.append(msgspec.structs.replace(a, within=within))
    return msgspec.structs.replace(report, attributions=tuple(kept))


def shown(spans: tuple[Span, ...]) -> str:
    """The words of spans, breaks marked."""
    return printable(" … ".join(s.text for s in spans))


def print_table(report: Report) -> None:
    """The attributions as a table, nested ones indented under the one around them."""
    document = report.document
    head = " · ".join(x for x in (document.title or document.file, document.outlet, document.published) if x)
    table = Table(title=Text(printable(head), "bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("who", ratio=3, overflow="fold")
    table.add_column("by which words", ratio=2, overflow="fold")
    table.add_column("says what", ratio=8, overflow="fold")
    table.add_column("speech")
    inside = {a.id: a for a in report.attributions}
    for a in report.attributions:
        indent = "  " * depth(a, inside)
        cue = shown(a.cue) + (f" → {shown(a.addressee)}" if a.addressee else "")
        who = Text(indent + shown(a.source)) if a.source else Text(indent + "not named", "dim")
        table.add_row(who, Text(cue), Text(shown(a.content)), Text(a.speech))
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    if report.attributions:
        out.print(table)
    else:
        out.print(Text(printable(head), "bold"))
    n = len(report.attributions)
    out.print(Text(f"{n} attribution{'' if n == 1 else 's'} in {len(document.text.split())} words\n", "dim"))


def depth(attribution: Attribution, inside: dict[str, Attribution]) -> int:
    """How many attributions lie around this one."""
    n = 0
    while attribution.within is not None:
        attribution = inside[attribution.within]
        n += 1
    return n


def page_name(file: str, taken: set[str]) -> str:
    """A name for a file's page, unlike those taken."""
    stem = "stdin" if file == "-" else Path(file).stem
    name, n = f"{stem}.html", 1
    while name in taken:
        n += 1
        name = f"{stem}-{n}.html"
    taken.add(name)
    return name


def write_page(report: Report, target: Path) -> None:
    """Write the highlighted page of a report."""
    from .page import render  # jinja2 only where a page is wanted

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(report), "utf-8")
    say(report.document.file, f"page written to {target}")


@app.command()
def check() -> None:
    """Self-test: the models are whole, load, and read a sentence."""
    from .reader import MODELS, Reader, verify
    from .records import Document

    broken = verify(MODELS)
    for problem in broken:
        say("check", problem)
    if not broken:
        found = Reader().read(Document.of("“The bridge is safe,” the mayor told reporters on Friday."))
        ok = any("bridge is safe" in a.content[0].text for a in found)
        print(
            f"reportedly {__version__}: models whole, {'reading works' if ok else 'but a plain sentence was not read'}"
        )
        broken = [] if ok else ["reading"]
    if broken:
        raise typer.Exit(1)


def run() -> None:
    """The command: a reader that closes its pipe early ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    run()
