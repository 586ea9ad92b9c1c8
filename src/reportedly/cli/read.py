"""`reportedly read`: who said what in each report, as a table, JSON, or a page."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from reportedly import pipeline
from reportedly.ingest import Refused
from reportedly.intake import Given, Ways, files_of
from reportedly.pipeline import place_of, why
from reportedly.records import Document, Report
from reportedly.tally import tally
from reportedly.terminal import print_sources, print_table, progress_of, say

from .inputs import ways
from .output import Inode, Target, aimed, headed, inode, put, warn, written

LONGEST_NAME = 200  # bytes of the name of a page


@click.command(short_help="Read reports: who said what, by which words, at exact places.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", is_flag=True, help="Print one report as JSON.")
@click.option("--jsonl", is_flag=True, help="Print a line of JSON for every report, in the order given.")
@click.option(
    "--html",
    type=Target(dir_okay=True),
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
@ways
def read(
    files: tuple[str, ...],
    json: bool,
    jsonl: bool,
    html: Path | None,
    by_source: bool,
    least: float,
    ways: Ways,
) -> None:
    """Read reports: who said what, by which words, at exact places.

    A FILE is text, Markdown, a web page, PDF, an office document, mail, or what holds several: a folder, an archive, a
    feed, a table; - is standard input. Its format is told by its content."""
    if json and jsonl:
        raise click.UsageError("--json and --jsonl exclude each other")
    if json and len(files) > 1:
        raise click.UsageError(f"--json prints one report and there are {len(files)} files; use --jsonl")
    given, passed = files_of(files, ways)
    if html and len(given) > 1 and html.suffix in (".html", ".htm"):
        raise click.UsageError(f"{html} is one page and there are {len(given)} files; name a folder")
    if html and len(given) > 1 and html.exists() and not html.is_dir():
        raise click.UsageError(f"{html} is a file and there are {len(given)} files; name a folder")
    folder = html is not None and (len(given) > 1 or html.is_dir() or not (html.suffix or html.exists()))
    form = "json" if json or jsonl else "sources" if by_source else "table" if html is None else ""
    pages = Pages(html, folder, given)
    for left in passed:
        say(left.file, left.reason)
    failed, first = 0, None
    for _, item in pipeline.read_files(given, ways=ways, progress_of=progress_of):
        if not isinstance(item, Report):
            failed += isinstance(item, Refused)
            say(place_of(item), item.reason)
            continue
        warn(item)
        report = sure_enough(item, least)
        if not json and (html is None or folder):
            failed += not given_out(report, form, by_source, pages)
        elif first is None:
            first = report
        else:
            what = f"{html} is one page" if html else "--json prints one report"
            raise click.UsageError(f"{what} and {files[0]} holds several; {'name a folder' if html else 'use --jsonl'}")
    if first is not None:
        failed += not given_out(first, form, by_source, pages)
    if failed:
        sys.exit(1)


class Pages:
    """Where the pages of reports go: into a file, into a folder, which is made where there is none, or nowhere.
    click.UsageError where one may not be written."""

    def __init__(self, html: Path | None, folder: bool, inputs: Iterable[Given]) -> None:
        self._html, self._folder = html, folder
        self._taken: set[str] = set()
        self._inputs: set[Inode | None] = set()
        if html is not None:
            self._inputs = set(map(inode, inputs)) - {None}
            if not html.is_dir():
                aimed(html, self._inputs)

    def of(self, document: Document) -> Path | None:
        """The place of a document's page; names that come again get a number."""
        if self._html is None or not self._folder:
            return self._html
        name = page_name(document.file, document.member)
        n, free = 1, name
        while free in self._taken:
            n += 1
            free = f"{name[:-5]}-{n}.html"
        self._taken.add(free)
        self._html.mkdir(exist_ok=True)
        return aimed(self._html / free, self._inputs)


def page_name(file: str, member: str | None) -> str:
    """The name of a document's page: the file's, and where the document lies in it."""
    parts = ["stdin" if file == "-" else Path(file).stem, *(member or "").split("!")]
    name = "-".join(re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in parts if part)
    cut = name.encode("utf-8", "replace")[-LONGEST_NAME:].decode("utf-8", "ignore")
    return f"{cut.lstrip('-.') or 'report'}.html"


def given_out(report: Report, form: str, by_source: bool, pages: Pages) -> bool:
    """Print a report and write its page, as was asked. False where that fails: it is told on stderr."""
    try:
        target = pages.of(report.document)
        if form == "json":
            put(msgspec.Raw(sources_json(report) if by_source else report.to_json()))
        elif form == "sources":
            print_sources(report)
        elif form == "table":
            print_table(report)
        if target is not None:
            write_page(report, target)
    except click.UsageError:
        raise
    except OSError as e:  # a full disk, a folder that may not be written
        say(str(e.filename or "standard output"), why(e))
        return False
    except Exception as e:  # whatever one report does to us, the others are still given out
        say(place_of(report.document), why(e))
        return False
    return True


def sure_enough(report: Report, least: float) -> Report:
    """The report without attributions less sure than `least`; what lay within one of those moves up."""
    if least <= 0:
        return report
    around = {a.id: a for a in report.attributions}
    kept = []
    for a in report.attributions:
        if a.confidence < least:
            continue
        within, passed = a.within, {a.id}
        while within and within not in passed and around[within].confidence < least:
            passed.add(within)
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
    return msgspec.json.encode({"document": headed(d), "counts": counted.counts, "sources": rows})


def write_page(report: Report, target: Path) -> None:
    """Write the highlighted page of a report."""
    from reportedly.page import render  # jinja2 only where a page is wanted

    written(target, render(report))
    say(place_of(report.document), f"page written to {target}")
