"""`reportedly export`: the brief of a case in another form, with what was decided about it."""

import sys
from pathlib import Path

import click

from reportedly.batch.fault import missing
from reportedly.case import Case
from reportedly.export import FORMS, Exported, exported, parquet
from reportedly.terminal import say

from .output import Target, aimed, brief_of, ending, inode, with_decisions, written


@click.command(short_help="Print the brief of a case in another form, with what was decided.")
@click.argument("case", metavar="CASE")
@click.option(
    "--to",
    type=click.Choice((*FORMS, "parquet")),
    required=True,
    help=f"In which form: {', '.join(FORMS)} or parquet.",
)
@click.option("--out", type=Target(), help="Write to this file, not to stdout.")
def export(case: str, to: str, out: Path | None) -> None:
    """Print the brief of a case with everything that was decided about it: as Web Annotations, as corrections to learn
    from, as one page with its reports, as Markdown, as a line of JSON for each report, or as a table of its claims
    (CSV or Parquet).

    The case is compared first where reports were added since it was. Decisions that could not be applied are told on
    stderr."""
    if to == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("parquet is not for a terminal; add --out FILE")
    if out:
        aimed(out, [inode(case)])
    with ending(), Case.open(case) as kept:
        brief = brief_of(kept, case, out is None and sys.stdout.isatty())
        reviews, reports = kept.reviews(), tuple(kept.reports())
        after = with_decisions(case, brief, reviews, reports)
        what = Exported(brief, after, reviews, reports)
        try:
            data = parquet(what) if to == "parquet" else exported(what, to).encode()
        except ModuleNotFoundError as e:
            if e.name != "pyarrow":
                raise
            raise missing("pyarrow") from e
        if out is None:
            sys.stdout.buffer.write(data)
        else:
            written(out, data)
            say(case, f"written to {out}")
