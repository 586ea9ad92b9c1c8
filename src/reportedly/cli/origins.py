"""`reportedly origins`: who took what from whom in a case."""

import sys

import click

from reportedly.brief import told
from reportedly.case import Case
from reportedly.graph import dot as drawn_dot
from reportedly.graph import graph
from reportedly.terminal import print_origins

from .output import brief_of, ending, put


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
        brief = brief_of(kept, case, json and sys.stdout.isatty())
        if json:
            put({"pairs": brief.reuse, "circles": brief.circles, "origins": brief.origins})
        elif dot:
            print(drawn_dot(graph(brief)), end="")
        else:
            print_origins(told(brief))
