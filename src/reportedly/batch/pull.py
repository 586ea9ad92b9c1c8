"""Documents of a batch -> a case, with their attributions and sources as the batch read them.

A case keeps the original bytes of each document. They are read again from the inputs of the batch, where those are
still the files they were. Where they are gone the text itself stands for them, and `unread` says so.
"""

import os
from collections.abc import Container, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from ..case import Case
from ..ingest import Ingested
from ..ingest.guard import Guard
from ..pipeline import Added, attribute, keep
from ..records import Attribution, Document, Region, Report, Source, Unread, digest_of
from .ask import Archive
from .fault import BatchError
from .output import MANIFEST, Marker, loaded, marker_of, place_of
from .plan import How, Shard, things
from .run import Manifest
from .tables import attribution_of, document_of, report_of, rows_of, source_of

_GONE = "its text stands for its original bytes, which were not at hand any more when it was taken from an archive"


def pulled(case: Case, out: str | os.PathLike[str], where: str) -> Iterator[Added]:
    """Put the documents for which a condition in SQL holds (over the columns of the view `documents`) into a case, in
    their order; what became of each. One that has the words of another document in the archive, and so was not read
    there, is read now. Of a batch that is not finished (`lacking`) what is there is taken. BatchError where the
    condition is wrong; CaseError where the case fails."""
    if not where.strip():
        raise BatchError("a condition is wanted; true takes every document", wrong_use=True)
    out = Path(out)
    with Archive(out) as archive:
        sql = f"SELECT shard, list(id ORDER BY number) FROM documents WHERE (\n{where}\n) GROUP BY shard ORDER BY shard"
        found = archive.ask(sql).rows
    how = loaded(out / MANIFEST, Manifest).options
    number = 0
    for shard, ids in found:
        for document, original, report in _reports(out, loaded(marker_of(out, shard), Marker), ids, how):
            yield keep(case, number, document, original, report)
            number += 1


def _reports(out: Path, marker: Marker, ids: Sequence[str], how: How) -> Iterator[tuple[Document, bytes, Any]]:
    """The documents of a shard that have these ids, each with its bytes and what makes its report."""
    rows = {r["id"]: r for r in rows_of(place_of(out, "documents", marker.shard)) if r["id"] in set(ids)}
    copies = place_of(out, "copies", marker.shard)
    mapped = {r["document"] for r in rows_of(copies) if r["kind"] == "same words"} if copies.exists() else set()
    attributions: dict[str, list[Attribution]] = {i: [] for i in ids}
    sources: dict[str, list[Source]] = {i: [] for i in ids}
    for row in _rows(out, "attributions", marker.shard, rows):
        attributions[row["document"]].append(attribution_of(row))
    for row in _rows(out, "sources", marker.shard, rows):
        sources[row["document"]].append(source_of(row))
    originals = _originals(marker, rows, how)
    for i in ids:
        report = report_of(rows[i], attributions[i], sources[i])
        bytes_, layout = originals.get(i, (None, ()))
        if bytes_ is None:
            report, bytes_ = _of_text(report)
        else:
            report = msgspec.structs.replace(report, layout=layout)
        yield report.document, bytes_, partial(_read, report) if i in mapped else partial(_as_read, report)


def _rows(out: Path, table: str, shard: str, documents: Container[str]) -> Iterator[dict[str, Any]]:
    path = place_of(out, table, shard)
    return (r for r in rows_of(path) if r["document"] in documents) if path.exists() else iter(())


def _as_read(report: Report) -> Report:
    return report


def _read(report: Report) -> Report:
    return attribute(Ingested(report.document, report.unread, report.assumed, report.layout))


def _originals(
    marker: Marker, rows: dict[str, dict[str, Any]], how: How
) -> dict[str, tuple[bytes, tuple[Region, ...]]]:
    """The original bytes and the layout of these documents (by id), where the inputs still are what they were."""
    files = {r["file"] for r in rows.values()}
    digests = {document_of(r).digest for r in rows.values()}
    pieces = tuple(p for p in marker.pieces if p.file in files)
    found: dict[str, tuple[bytes, tuple[Region, ...]]] = {}
    with Guard(how.limits, how.text_column) as guard:
        for item in things(guard, Shard(id=marker.shard, pieces=pieces), lambda digest, told: digest in digests):
            if isinstance(item, Ingested) and item.document.id in rows:
                row = rows[item.document.id]
                if item.document.digest == row["digest"]:
                    found.setdefault(item.document.id, (item.original, item.layout))
    return found


def _of_text(report: Report) -> tuple[Report, bytes]:
    """A report of which only the text is left, and the bytes of that."""
    said = report.document
    data = said.text.encode()
    document = msgspec.structs.replace(said, digest=digest_of(data), media_type="text/plain", encoding="utf-8")
    unread = (*report.unread, Unread(f"{_GONE} ({said.digest})"))
    return msgspec.structs.replace(report, document=document, unread=unread), data
