"""`reportedly show`: a record of a case with its words in context."""

from typing import Any

import click
import msgspec

from reportedly.case import Case, Found
from reportedly.terminal import print_documents, print_found

from .output import ending, fields, headed, put


@click.command(short_help="Show the reports of a case, or one of its records in context.")
@click.argument("case", metavar="CASE")
@click.argument("record", required=False, metavar="[ID]")
@click.option("--json", is_flag=True, help="Print it as JSON.")
def show(case: str, record: str | None, json: bool) -> None:
    """Show a record of a case with its words in context; without an ID, list the reports of the case.

    An ID may be shortened to any unique beginning. The ID of a relation is A:B, from its two claims."""
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
    documents = {d.id: headed(d) for d in (*(p.document for p in found.passages), *found.documents)}
    return {
        "id": found.id,
        "kind": type(found.record).__name__.lower(),
        "record": found.record,
        "documents": list(documents.values()),
        "passages": passages,
        **fields(found, "attributions", "sources", "claims", "relations", "notes", "versions"),
    }
