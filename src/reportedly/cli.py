"""The command line. Results go to stdout, everything else to stderr; exit codes: 0 all read, 1 some failed, 2 wrong
use."""

import io
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click
import msgspec

from . import __version__, pipeline
from .batch.fault import BatchError
from .brief import changes, markdown, printable, told
from .case import Case, CaseError, Found, Review, UnknownIdError
from .export import FORMS, Exported, csv_lines, exported
from .fetch import Rules
from .graph import dot as drawn_dot
from .graph import graph
from .ingest import Limits, Refused
from .intake import Given, Ways, files_of, is_pattern
from .pairing import Side
from .pipeline import Added, place_of, why
from .records import Brief, Document, Report
from .recount import decided
from .relations import LABELS
from .review import Reviewed
from .tally import tally
from .terminal import (
    complain,
    print_answer,
    print_brief,
    print_documents,
    print_found,
    print_origins,
    print_sources,
    print_table,
    progress_at_scale,
    progress_of,
    progress_over,
    say,
)

PAIRS_AT_ONCE = 500
LONGEST_NAME = 200  # bytes of the name of a page
_CONTROL = re.compile(rb"\x7f|\xc2[\x80-\x9f]")


class PairRow(msgspec.Struct):
    """A line that `relate` takes."""

    id: str | int
    a: Side
    b: Side


IN_MEGABYTES = ("unpacked", "memory")


def limits_of(given: tuple[str, ...], max_megabytes: float) -> Limits:
    """The limits that NAME=VALUE pairs set. click.BadParameter where one is none."""
    values: dict[str, Any] = {"bytes": max_megabytes * 1e6}
    for pair in given:
        name, _, value = pair.partition("=")
        if name not in Limits.__struct_fields__ or name == "bytes":
            known = ", ".join(x for x in Limits.__struct_fields__ if x != "bytes")
            raise click.BadParameter(f"there is no limit {name!r}; there are {known}", param_hint="--limit")
        try:
            values[name] = float(value) * (1e6 if name in IN_MEGABYTES else 1)
        except ValueError:
            values[name] = 0.0
        if not (0 if name == "seconds" else 1) <= values[name] < 1e15 or not values[name]:
            raise click.BadParameter(
                f"{pair!r}: a number of at least 1 is wanted, as in {name}=100", param_hint="--limit"
            )
    return msgspec.convert({k: v if k == "seconds" else int(v) for k, v in values.items()}, Limits)


def ways(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which inputs are read, handed to the command as `ways`."""

    @wraps(command)
    def within(
        max_megabytes: float,
        limit: tuple[str, ...],
        text_column: str | None,
        exclude: tuple[str, ...],
        fetch: bool,
        links: bool,
        warc: Path | None,
        allow_private: bool,
        **rest: Any,
    ) -> None:
        if not fetch and (links or warc or allow_private):
            raise click.UsageError("--links, --warc and --allow-private are about links; add --fetch")
        limits = limits_of(limit, max_megabytes)
        for pattern in exclude:
            if not is_pattern(pattern):
                raise click.BadParameter(f"{pattern!r} is no pattern that can be used", param_hint="--exclude")
        agent = f"reportedly/{__version__}"
        rules = Rules(bytes=limits.bytes, allow_private=allow_private, agent=agent) if fetch else None
        if rules and warc is None and "case" in rest:
            warc = Path(f"{rest['case']}.warc.gz")
        asked = Ways(limits=limits, text_column=text_column, exclude=exclude, fetch=rules, links=links, warc=warc)
        command(ways=asked, **rest)

    for option in (*_READING, *_NET):
        within = option(within)
    return within


def local_ways(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which inputs are read that come from no net, handed to the command as `ways`."""

    @wraps(command)
    def within(
        max_megabytes: float, limit: tuple[str, ...], text_column: str | None, exclude: tuple[str, ...], **rest: Any
    ) -> None:
        limits = limits_of(limit, max_megabytes)
        command(ways=Ways(limits=limits, text_column=text_column, exclude=exclude), **rest)

    for option in _READING:
        within = option(within)
    return within


_READING = (
    click.option(
        "--max-megabytes",
        type=click.FloatRange(0.001, 10_000),
        default=Limits().bytes / 1e6,
        show_default=True,
        help="Refuse larger documents; none is ever cut short.",
    ),
    click.option(
        "--limit",
        multiple=True,
        metavar="NAME=VALUE",
        help="Another limit: unpacked and memory (MB), ratio, members, nesting, pages, seconds.",
    ),
    click.option("--text-column", metavar="NAME", help="The column of a table that holds the text."),
    click.option(
        "--exclude", multiple=True, metavar="PATTERN", help="Leave out files of a folder, as in a .gitignore."
    ),
)
_NET = (
    click.option("--fetch", is_flag=True, help="Read http(s) links from the net; nothing else goes there."),
    click.option("--links", is_flag=True, help="With --fetch: follow the entries of a feed that hold only a link."),
    click.option(
        "--warc",
        type=click.Path(path_type=Path, dir_okay=False),
        help="With --fetch: keep what is fetched in this web archive; for add, CASE.warc.gz if not said.",
    ),
    click.option("--allow-private", is_flag=True, help="With --fetch: also from this machine and its network."),
)


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
    folder = html is not None and (len(given) > 1 or html.is_dir() or not html.suffix)
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
    """Where the pages of reports go: into a file, into a folder, or nowhere. click.UsageError where one would overwrite
    an input."""

    def __init__(self, html: Path | None, folder: bool, inputs: Iterable[Given]) -> None:
        self._html, self._folder = html, folder
        self._taken: set[str] = set()
        self._inputs = set(map(inode, inputs)) - {None} if html is not None else set()

    def of(self, document: Document) -> Path | None:
        """The place of a document's page; names that come again get a number."""
        if self._html is None:
            return None
        target = self._html
        if self._folder:
            name = page_name(document.file, document.member)
            n, free = 1, name
            while free in self._taken:
                n += 1
                free = f"{name[:-5]}-{n}.html"
            self._taken.add(free)
            target /= free
        if target.is_file() and inode(str(target)) in self._inputs:
            raise click.UsageError(f"{target} is one of the inputs and would be overwritten; name another place")
        return target


def inode(file: Given) -> tuple[int, int] | None:
    """What file a path leads to."""
    try:
        found = Path(file).stat() if not isinstance(file, tuple) and file != "-" else None
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found else None


def page_name(file: str, member: str | None) -> str:
    """The name of a document's page: the file's, and where the document lies in it."""
    parts = ["stdin" if file == "-" else Path(file).stem, *(member or "").split("!")]
    name = "-".join(re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in parts if part)
    cut = name.encode("utf-8", "replace")[-LONGEST_NAME:].decode("utf-8", "ignore")
    return f"{cut.lstrip('-.') or 'report'}.html"


def given_out(report: Report, form: str, by_source: bool, pages: Pages) -> bool:
    """Print a report and write its page, as was asked. False where that fails: it is told on stderr."""
    target = pages.of(report.document)
    try:
        if form == "json":
            put(msgspec.Raw(sources_json(report) if by_source else report.to_json()))
        elif form == "sources":
            print_sources(report)
        elif form == "table":
            print_table(report)
        if target is not None:
            write_page(report, target)
    except Exception as e:  # a full disk, a folder that may not be written
        say(str(target or "standard output"), why(e))
        return False
    return True


def escaped(json: bytes) -> bytes:
    """JSON with DEL and the C1 controls escaped, which some terminals obey; the value is the same."""
    return _CONTROL.sub(lambda m: b"\\u%04x" % m.group()[-1], json)


def warn(report: Report) -> None:
    """What was guessed in reading a report, and why there is no text where there is none, on stderr."""
    notes = list(report.assumed)
    notes += [u.reason for u in report.unread if u.warn or not report.text.strip()]
    for note in notes:
        say(place_of(report.document), f"warning: {note}")


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
    from .page import render  # jinja2 only where a page is wanted

    written(target, render(report))
    say(place_of(report.document), f"page written to {target}")


def written(target: Path, page: str) -> None:
    """Write a page whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".reportedly-") as beside:
        partial = Path(beside) / "page"
        partial.write_text(page, "utf-8")
        partial.replace(target)


@app.command()
@click.argument("case", metavar="CASE")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--from",
    "archive",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Take documents out of the output of a batch, as they were read there.",
)
@click.option("--where", metavar="SQL", help="With --from: which, as a condition over the columns of its documents.")
@click.option("--json", is_flag=True, help="Print a line of JSON for every file: what became of it.")
@ways
def add(case: str, files: tuple[str, ...], archive: Path | None, where: str | None, json: bool, ways: Ways) -> None:
    """Read reports into a case, a file that is made where there is none.

    A FILE is what `read` takes: a report, or what holds several, such as a folder or an archive; - is standard input.
    Safe to repeat and to break off: a report that the case holds is not read again. --from DIR --where SQL takes
    documents out of the output of a batch."""
    if case == "-":
        raise click.UsageError("a case is a file; name it first, then the files to add")
    if (archive is None) != (where is None):
        raise click.UsageError("--from and --where go together")
    if not files and archive is None:
        raise click.UsageError("Missing argument 'FILE...'.")
    states: Counter[str] = Counter()
    with ending(), Case.open(case, create=True) as kept:
        given, passed = files_of(files, msgspec.structs.replace(ways, without=Path(case)))
        for left in passed:
            say(left.file, left.reason)
            if json:
                put({"file": left.file, "state": "passed", "reason": left.reason})
        at = 0

        def tell(added: Added) -> None:
            states[added.state] += 1
            if added.reason:
                say(place_of(added), added.reason)
            if added.version_of:
                other = kept.report(added.version_of).document
                say(place_of(added), f"this is another version of {place_of(other)} ({other.id})")
            if added.report:
                warn(added.report)
            if json:
                found = len(added.report.attributions) if added.report else None
                told = ("file", "member", "state", "document", "version_of", "reason")
                put({**fields(added, *told), "attributions": found})

        with progress_over(len(given), hidden=json and sys.stdout.isatty()) as show:
            results = pipeline.add(kept, given, ways=ways, progress=lambda done, total: show(at + done / max(total, 1)))
            for added in results:
                at = added.number
                tell(added)
                show(at + (added.member is None))
        if archive is not None and where is not None:
            from .batch import pulled  # pyarrow and duckdb only where they are wanted

            for added in pulled(kept, archive, where):
                tell(added)
        if not json:
            held = len(kept.counts())
            print(
                f"{printable(case)}: {states['new']} new, {states['known']} already there, {states['failed']} failed; "
                f"it holds {held} report{'' if held == 1 else 's'}"
            )
    if states["failed"]:
        sys.exit(1)


@app.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The folder to write.")
@click.option("--resume", is_flag=True, help="Go on with what an earlier run left in the folder.")
@click.option("--workers", type=click.IntRange(1), help="How many processes read; by default one for each core.")
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="What runs them: this machine alone, or a Ray cluster.",
)
@click.option("--address", metavar="ADDRESS", help="With --engine ray: of a Ray that runs; else one is started here.")
@click.option(
    "--shard-documents",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    help="How many documents are read in one go: what a kill costs.",
)
@click.option("--all-languages", is_flag=True, help="Read documents in other languages than English, too.")
@click.option("--json", is_flag=True, help="Print the manifest as JSON.")
@click.option(
    "--check",
    "checked",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Read nothing; say what is wrong with the output of a batch.",
)
@local_ways
def batch(
    inputs: tuple[str, ...],
    out: Path | None,
    resume: bool,
    workers: int | None,
    engine: Literal["local", "ray"],
    address: str | None,
    shard_documents: int,
    all_languages: bool,
    json: bool,
    checked: Path | None,
    ways: Ways,
) -> None:
    """Read an archive of reports into Parquet tables: documents, attributions, sources, copies, and what was left out.

    An INPUT is a file or a folder that `read` takes, however large: web archives, JSON lines, tables. Shards of it are
    read by several processes, and each is visible only when it is whole."""
    if checked is not None:
        if inputs or out:
            raise click.UsageError("--check DIR reads no inputs and writes nothing")
        verified(checked)
        return
    if not inputs or out is None:
        raise click.UsageError("name the inputs and the folder to write: reportedly batch INPUT... --out DIR")
    if address and engine != "ray":
        raise click.UsageError("--address is of a Ray; add --engine ray")
    with ending():
        from .batch import Far, Manifest  # pyarrow only where it is wanted
        from .batch import batch as all_of

        with progress_at_scale(hidden=json and sys.stdout.isatty()) as show:

            def tell(far: Far) -> None:
                show(far.doing, far.done, far.total, far.words)

            manifest: Manifest = all_of(
                inputs,
                out,
                ways=ways,
                engine=engine,
                address=address,
                workers=workers,
                shard_documents=shard_documents,
                all_languages=all_languages,
                resume=resume,
                progress=tell,
            )
        for state, reasons in (("passed over", manifest.passed), ("failed", manifest.failed)):
            for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
                say(str(out), f"{count:,} {state}: {reason}")
        if manifest.failed:
            say(str(out), f"what failed is named in its table left_out: reportedly ask {out} 'SELECT * FROM left_out'")
        for lost in manifest.lost:
            say(str(out), f"shard {lost.shard} was lost: {lost.reason}; read it again with --resume")
        if json:
            put(manifest)
        else:
            print(
                f"{printable(str(out))}: {manifest.documents:,} documents, {manifest.read:,} read, "
                f"{manifest.same_words:,} with the words of another, {manifest.again:,} met again; "
                f"{manifest.attributions:,} attributions in {manifest.words:,} words, "
                f"{manifest.words_per_cpu_second:,.0f} a CPU second"
            )
        if not manifest.complete:
            sys.exit(1)


def verified(out: Path) -> None:
    """Say what is wrong with the output of a batch; exit code 1 where something is."""
    with ending():
        from .batch import check as faults  # pyarrow only where it is wanted

        whole = True
        for fault in faults(out):
            whole = False
            say(str(out), fault)
        if not whole:
            sys.exit(1)
        print(f"{printable(str(out))}: every shard is whole, and every span is in its text")


@app.command()
@click.argument("archive", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("sql", required=False, metavar="[SQL]")
@click.option("--json", is_flag=True, help="Print a line of JSON for every row.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option(
    "--memory", type=click.IntRange(50), default=2000, show_default=True, help="MB that the question may take at most."
)
def ask(archive: Path, sql: str | None, json: bool, as_csv: bool, memory: int) -> None:
    """Ask the output of a batch in SQL (DuckDB's); without SQL, list its tables and views with their columns.

    Nothing but the tables can be read, and nothing written."""
    if json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    with ending():
        from .batch import Archive  # pyarrow and duckdb only where they are wanted

        with Archive(archive, memory * 1_000_000) as tables:
            if sql is None:
                listed = [(name, *column) for name, columns in tables.columns().items() for column in columns]
                answer: tuple[tuple[str, ...], Iterator[tuple[Any, ...]]] = ("table", "column", "type"), iter(listed)
            else:
                answer = tables.stream(sql)
            columns, rows = answer
            if json:
                for row in rows:
                    put(dict(zip(columns, map(plain_value, row), strict=True)))
            elif as_csv:
                for line in csv_lines(columns, rows):
                    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
            else:
                print_answer(columns, list(rows))


@app.command()
@click.argument("case", metavar="CASE")
@click.argument("record", required=False, metavar="[ID]")
@click.option("--json", is_flag=True, help="Print it as JSON.")
def show(case: str, record: str | None, json: bool) -> None:
    """Show a record of a case with its words in context; without an ID, list the reports of the case.

    An ID may be cut short where what is left is that of one record only; a relation's is A:B, those of its claims."""
    with ending(), Case.open(case) as kept:
        if record:
            found = kept.find(record)
            if json:
                put(found_json(found))
            else:
                print_found(found)
        else:
            documents, counts = kept.documents(), kept.counts()
            if json:
                put([{**headed(d), "attributions": counts[d.id]} for d in documents])
            else:
                print_documents(case, documents, counts)


@contextmanager
def ending() -> Iterator[None]:
    """The end of a command where its case, its batch or its output fails: a line on stderr, and exit code 1; 2 where an
    ID was given that is none, or what was asked for is wrong."""
    try:
        yield
        sys.stdout.flush()
    except (CaseError, BatchError) as e:
        complain(str(e))
        wrong_use = isinstance(e, UnknownIdError) or (isinstance(e, BatchError) and e.wrong_use)
        sys.exit(2 if wrong_use else 1)
    except OSError as e:
        say("standard output", why(e))
        sys.exit(1)


def put(row: Any) -> None:
    """A line of JSON on stdout."""
    sys.stdout.buffer.write(escaped(msgspec.json.encode(row)) + b"\n")
    sys.stdout.buffer.flush()


def plain_value(value: Any) -> Any:
    """A value of a table as JSON has it."""
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def fields(record: msgspec.Struct, *names: str) -> dict[str, Any]:
    """Some fields of a record."""
    return {name: getattr(record, name) for name in names}


def headed(document: Document) -> dict[str, Any]:
    """What a document is, without its text."""
    return fields(document, "id", "file", "title", "outlet", "published")


def found_json(found: Found) -> dict[str, Any]:
    """A record of a case as JSON: the record, its words with those before and behind, and what it refers to."""
    around = 80
    passages = [
        {
            "document": p.document.id,
            "record": p.record,
            "part": p.part,
            **msgspec.to_builtins(p.span),
            "before": p.document.text[max(0, p.span.start - around) : p.span.start],
            "behind": p.document.text[p.span.end : p.span.end + around],
        }
        for p in found.passages
    ]
    documents = {p.document.id: headed(p.document) for p in found.passages}
    return {
        "id": found.id,
        "kind": type(found.record).__name__.lower(),
        "record": found.record,
        "documents": list(documents.values()),
        "passages": passages,
        **fields(found, "attributions", "sources", "claims", "relations", "notes", "versions"),
    }


@app.command()
@click.argument("case", metavar="CASE")
@click.option("--json", is_flag=True, help="Print the brief as JSON.")
@click.option("--md", is_flag=True, help="Print the brief as Markdown.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the brief as one page.")
def compare(case: str, json: bool, md: bool, html: Path | None) -> None:
    """Print the brief of a case: the questions on which accounts differ, each account with who gives it, who supports
    and who disputes it; then what only one source says, and what several say and nobody disputes.

    What was judged before is not judged again, and what changed since the last brief is told on stderr. What people
    decided in the reading room holds."""
    if json and md:
        raise click.UsageError("--json and --md exclude each other")
    if html and html.exists() and Path(case).exists() and html.samefile(case):
        raise click.UsageError(f"{html} is the case itself and would be overwritten; name another place")
    with ending(), Case.open(case) as kept:
        before = kept.brief()
        with progress_over(1, hidden=json and sys.stdout.isatty(), what="comparing") as show:
            brief = pipeline.compare(kept, lambda done, total: show(done / max(total, 1)))
        if not brief.documents:
            say_empty(case)
        if before is not None and before.documents != brief.documents:
            for line in changes(before, brief):
                say(case, line)
        brief = with_decisions(case, brief, kept.reviews(), kept.reports()).brief
        if json:
            put(brief)
        elif md:
            print(markdown(told(brief)), end="")
        elif html is None:
            print_brief(told(brief))
        if html is not None:
            from .page import render_brief  # jinja2 only where a page is wanted

            written(html, render_brief(brief))
            say(case, f"page written to {html}")


@app.command()
@click.argument("case", metavar="CASE")
@click.option("--json", is_flag=True, help="Print pairs, circles and origins as JSON.")
@click.option("--dot", is_flag=True, help="Print the graph of outlets for Graphviz.")
def origins(case: str, json: bool, dot: bool) -> None:
    """Print who took what from whom in a case, with the longest passage and how it is known; circles of outlets that
    name each other for one claim; and what the reports go back to. JSON has every passage.

    The case is compared first where reports were added since it was."""
    if json and dot:
        raise click.UsageError("--json and --dot exclude each other")
    with ending(), Case.open(case) as kept:
        with progress_over(1, hidden=json and sys.stdout.isatty(), what="comparing") as show:
            brief = pipeline.current(kept, lambda done, total: show(done / max(total, 1)))
        if not brief.documents:
            say_empty(case)
        if json:
            put({"pairs": brief.reuse, "circles": brief.circles, "origins": brief.origins})
        elif dot:
            print(drawn_dot(graph(brief)), end="")
        else:
            print_origins(told(brief))


@app.command()
@click.argument("case", metavar="CASE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen on; a free one by default.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; others may read the case there."
)
@click.option("--no-open", "browse", flag_value=False, default=True, help="Do not open the browser.")
def serve(case: str, port: int, host: str, browse: bool) -> None:
    """Show a case in the browser: its questions, reports, sources and origins, to be searched and reviewed.

    Only this machine can read it, unless another host is given; then the address holds a key. The case is compared
    first where reports were added since it was."""
    from .web import app as room  # starlette and jinja2 only where they are wanted
    from .web.security import LOOPBACK

    with ending():
        with Case.open(case) as kept, progress_over(1, hidden=False, what="comparing") as show:
            brief = pipeline.current(kept, lambda done, total: show(done / max(total, 1)))
        if not brief.documents:
            say_empty(case)
        if host not in LOOPBACK:
            say(case, f"warning: whoever has the whole address and can reach {printable(host)} can read and review it")

        def tell(address: str) -> None:
            print(address, flush=True)
            say(case, "can be read at this address until Ctrl-C")

        try:
            room.serve(Path(case), host, port, browse, tell)
        except OSError as e:
            complain(f"cannot listen on {printable(host)}, port {port}: {why(e)}")
            sys.exit(1)


@app.command()
@click.argument("case", metavar="CASE")
@click.option(
    "--to",
    type=click.Choice(FORMS),
    required=True,
    help=f"In which form: {', '.join(FORMS[:-1])} or {FORMS[-1]}.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, not to stdout.")
def export(case: str, to: str, out: Path | None) -> None:
    """Print the brief of a case with everything that was decided about it: as Web Annotations, as corrections to learn
    from, as one page with its reports, as Markdown, as a line of JSON for each report, or as a table of its claims.

    The case is compared first where reports were added since it was. Decisions that could not be applied are told on
    stderr."""
    if out and out.exists() and Path(case).exists() and out.samefile(case):
        raise click.UsageError(f"{out} is the case itself and would be overwritten; name another place")
    with ending(), Case.open(case) as kept:
        with progress_over(1, hidden=out is None and sys.stdout.isatty(), what="comparing") as show:
            brief = pipeline.current(kept, lambda done, total: show(done / max(total, 1)))
        reviews, reports = kept.reviews(), tuple(kept.reports())
        after = with_decisions(case, brief, reviews, reports)
        text = exported(Exported(brief, after, reviews, reports), to)
        if out is None:
            sys.stdout.buffer.write(text.encode())
        else:
            written(out, text)
            say(case, f"written to {out}")


def say_empty(case: str) -> None:
    """That a case holds nothing to be shown, and what to do."""
    say(case, f"holds no reports yet; add some with: reportedly add {printable(case)} FILE...")


def with_decisions(case: str, brief: Brief, reviews: Iterable[Review], reports: Iterable[Report]) -> Reviewed:
    """A brief with what was decided about it; decisions that cannot be applied are told on stderr."""
    after = decided(brief, reviews, reports)
    for conflict in after.conflicts:
        review = conflict.review
        say(case, f"review {review.number} ({review.action}) does not hold: {conflict.reason}")
    return after


@app.command()
@click.argument("pairs", metavar="PAIRS.jsonl")
def relate(pairs: str) -> None:
    """Judge how the two texts of each pair stand to each other, a line of JSON each (- for standard input).

    A line holds {"id", "a": {"text", "source", "cue", "context"}, "b": {...}}; all but id and texts may be missing,
    and a text may be a claim or a whole report. Printed are {"id", "kind", "scores"}: supports, disputes, related or
    unrelated, and the probability of each. Of the disputes told between claims about one in five is right."""
    failed = 0
    try:
        lines = (sys.stdin.buffer.read() if pairs == "-" else Path(pairs).read_bytes()).splitlines()
    except Exception as e:  # whatever is wrong with it, it is told in a line
        say(pairs, why(e))
        sys.exit(1)
    with ending(), progress_over(len(lines), hidden=sys.stdout.isatty(), what="judging") as show:
        for low in range(0, len(lines), PAIRS_AT_ONCE):
            rows: list[PairRow] = []
            for n, line in enumerate(lines[low : low + PAIRS_AT_ONCE], low + 1):
                if not line.strip():
                    continue
                try:
                    rows.append(msgspec.json.decode(line, type=PairRow))
                except (msgspec.DecodeError, UnicodeDecodeError) as e:
                    failed += 1
                    say(pairs, f"line {n} is no pair: {e}")
            for row, judged in zip(rows, judgements(rows), strict=True):
                if isinstance(judged, Exception):
                    failed += 1
                    say(pairs, f"pair {row.id} {why(judged)}")
                else:
                    put({"id": row.id, "kind": judged[0], "scores": dict(zip(LABELS, judged[1], strict=True))})
            show(min(low + PAIRS_AT_ONCE, len(lines)))
    if not any(map(bytes.strip, lines)):
        say(pairs, "holds no pairs")
    if failed:
        sys.exit(1)


def judgements(rows: list[PairRow]) -> list[tuple[str, tuple[float, ...]] | Exception]:
    """How the texts of each row stand to each other; where all together cannot be judged, each alone."""
    try:
        return list(pipeline.relate([(r.a, r.b) for r in rows]))
    except Exception as e:  # whatever one pair does to us, the others are still judged
        return [e] if len(rows) == 1 else [x for r in rows for x in judgements([r])]


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
    ended: Any = 0
    try:
        app()
    except SystemExit as e:
        ended = e.code
    except OSError as e:  # as of the help, which is no command of ours
        say(str(e.filename or "standard output"), why(e))
        ended = 1
    try:
        sys.stdout.flush()
    except OSError as e:
        if not ended:
            say("standard output", why(e))
        ended = ended or 1
        # What could not be written is dropped: Python would try again at its end, and exit with 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(ended)


if __name__ == "__main__":
    run()
