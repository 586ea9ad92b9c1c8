"""`reportedly add`: reports into a case."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from reportedly import pipeline
from reportedly.brief import counted, printable
from reportedly.case import Case
from reportedly.intake import Ways, files_of
from reportedly.pipeline import Added, place_of
from reportedly.terminal import progress_over, say

from .inputs import ways
from .output import ending, fields, put, warn


@contextmanager
def opened(case: str) -> Iterator[Case]:
    """The case, which is made where there is none; one that was made for nothing is removed."""
    made = not Path(case).exists()
    with Case.open(case, create=True) as kept:
        try:
            yield kept
        finally:
            if made and kept.remove_if_empty():
                say(case, "was not made, for there is nothing to keep in it")


@click.command(short_help="Read reports into a case.")
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
    """Read reports into a case, a file that is created if it does not exist.

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
    with ending(), opened(case) as kept:
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
            from reportedly.batch import lacking, pulled  # pyarrow and duckdb only where they are wanted

            if what := lacking(archive):
                say(str(archive), what)
            for added in pulled(kept, archive, where):
                tell(added)
        if not json:
            held = counted(len(kept.counts()), "report")
            print(
                f"{printable(case)}: {states['new']} new, {states['known']} already there, {states['failed']} failed; "
                f"it holds {held}"
            )
    if states["failed"]:
        sys.exit(1)
