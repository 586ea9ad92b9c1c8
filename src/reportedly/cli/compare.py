"""`reportedly compare`: the brief of a case."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from reportedly import pipeline
from reportedly.brief import changes, markdown, told
from reportedly.case import Case, CaseError
from reportedly.records import Brief
from reportedly.terminal import print_brief, say

from .output import Target, aimed, brief_of, ending, inode, put, with_decisions, written


@click.command(short_help="Print the brief of a case: who says what, who disputes it.")
@click.argument("case", metavar="CASE")
@click.option("--json", is_flag=True, help="Print the brief as JSON.")
@click.option("--md", is_flag=True, help="Print the brief as Markdown.")
@click.option("--html", type=Target(), help="Write the brief as one page.")
def compare(case: str, json: bool, md: bool, html: Path | None) -> None:
    """Print the brief of a case: the questions on which accounts differ, each account with who gives it, who supports
    and who disputes it; then what only one source says, and what several say and nobody disputes.

    What was judged before is not judged again, and what changed since the last brief is told on stderr. What people
    decided in the reading room holds."""
    if json and md:
        raise click.UsageError("--json and --md exclude each other")
    if html:
        aimed(html, [inode(case)])
    with ending(), Case.open(case) as kept:
        try:
            before = kept.brief()
        except CaseError:  # a damaged brief is made anew; damaged reports are found below
            before = None
        brief = brief_of(kept, case, json and sys.stdout.isatty(), pipeline.compare)
        if before is not None and before.documents != brief.documents:
            for line in changes(before, brief):
                say(case, line)
        after = with_decisions(case, brief, kept.reviews(), kept.reports())
        brief = after.brief
        if json:
            put(brief_json(brief, kept.homes()))
        elif md:
            print(markdown(told(brief, after.rejected)), end="")
        elif html is None:
            print_brief(told(brief, after.rejected), case)
        if html is not None:
            from reportedly.page import render_brief  # jinja2 only where a page is wanted

            written(html, render_brief(brief, after.rejected))
            say(case, f"page written to {html}")


def brief_json(brief: Brief, homes: Mapping[str, str]) -> dict[str, Any]:
    """A brief as JSON in which each source says what document its spans are of. homes: the documents of the sources
    that a case holds; one whom only a reviewer names is of the document of the claim."""
    own = {c.speaker: c.document for c in brief.claims if c.speaker} | dict(homes)
    sources = [{"id": s.id, "document": own.get(s.id), **msgspec.structs.asdict(s)} for s in brief.sources]
    return {**msgspec.structs.asdict(brief), "sources": sources}
