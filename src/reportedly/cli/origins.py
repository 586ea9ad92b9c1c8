"""`reportedly origins`: who took what from whom in a case."""

import sys

import click

from reportedly import pipeline
from reportedly.brief import told
from reportedly.case import Case
from reportedly.graph import dot as drawn_dot
from reportedly.graph import graph
from reportedly.terminal import print_origins, progress_over

from .output import ending, put, say_empty


@click.command(short_help="Print who took what from whom in a case.")
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
