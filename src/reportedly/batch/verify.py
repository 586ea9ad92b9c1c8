"""An output folder -> what is wrong with it: files against their digests, spans against their texts, ids, shards."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..records import Attribution, Source, SpanError
from .fault import BatchError
from .output import COPIES, MANIFEST, PLAN, Marker, loaded, markers, nameless, place_of
from .plan import Plan
from .run import Manifest
from .tables import attribution_of, report_of, rows_of, source_of

_SHOWN = 5  # of the same kind of fault in one shard


def check(out: Path) -> Iterator[str]:
    """What is wrong with the output of a batch, a line each; nothing where it is whole. BatchError where the folder is
    none."""
    if not (out / PLAN).exists():
        raise BatchError(f"{out} holds no batch")
    done = list(markers(out))
    wanted = [s.id for s in loaded(out / PLAN, Plan).shards]
    missing = len(wanted) - len({m.shard for m in done} & set(wanted))
    if missing:
        yield f"{missing} of {len(wanted)} shards are missing: go on with --resume"
    for path in nameless(out):
        yield f"{path}: a shard that is not finished is visible here; --resume removes it"
    again = _again(out) if (out / COPIES).exists() else set()
    if not (out / COPIES).exists() and not missing:
        yield "copies across shards were not looked for: go on with --resume"
    seen: set[str] = set()
    for marker in done:
        try:
            yield from _shard(out, marker, seen, again)
        except Exception as e:  # whatever a library makes of a file that is damaged
            yield f"{marker.shard}: cannot be read ({type(e).__name__}: {str(e)[:200]})"
    if (out / MANIFEST).exists() and not missing:
        yield from _counts(loaded(out / MANIFEST, Manifest), done, len(again))
    elif not missing:
        yield f"{out / MANIFEST} is missing: go on with --resume"


def _counts(manifest: Manifest, done: list[Marker], again: int) -> Iterator[str]:
    told = {
        "documents": sum(m.documents for m in done) - again,
        "read": sum(m.read for m in done),
        "attributions": sum(m.attributions for m in done),
        "sources": sum(m.sources for m in done),
        "words": sum(m.words for m in done),
        "finished": len(done),
    }
    for name, count in told.items():
        if getattr(manifest, name) != count:
            yield f"the manifest says {name}: {getattr(manifest, name)}, and there are {count}"


def _again(out: Path) -> set[tuple[str, str]]:
    """(shard, document) of those that an earlier shard holds."""
    rows = rows_of(out / COPIES, ["document", "shard", "kind"])
    return {(r["shard"], r["document"]) for r in rows if r["kind"] == "again"}


def _shard(out: Path, marker: Marker, seen: set[str], again: set[tuple[str, str]]) -> Iterator[str]:
    for name, written in marker.files.items():
        path = out / name
        if not path.exists():
            yield f"{name}: is missing"
            return
        with path.open("rb") as file:
            if "sha256:" + hashlib.file_digest(file, "sha256").hexdigest() != written.digest:
                yield f"{name}: is not the file that was written (its digest is another)"
                return
    counts = {"documents": marker.documents, "attributions": marker.attributions, "sources": marker.sources}
    rows: dict[str, list[dict[str, Any]]] = {}
    for table, count in counts.items():
        path = place_of(out, table, marker.shard)
        rows[table] = list(rows_of(path)) if path.exists() else []
        if len(rows[table]) != count:
            yield f"{marker.shard}: {len(rows[table])} rows of {table}, and its marker says {count}"
    yield from _records(marker, rows, seen, again)


def _records(
    marker: Marker, rows: dict[str, list[dict[str, Any]]], seen: set[str], again: set[tuple[str, str]]
) -> Iterator[str]:
    own: dict[str, tuple[list[Attribution], list[Source]]] = {r["id"]: ([], []) for r in rows["documents"]}
    faults = 0
    if len(own) != len(rows["documents"]):
        yield f"{marker.shard}: documents with the same id"
    for table, part in (("attributions", 0), ("sources", 1)):
        make: Any = attribution_of if table == "attributions" else source_of
        ids = {r["id"] for r in rows[table]}
        if len(ids) != len(rows[table]):
            yield f"{marker.shard}: {table} with the same id"
        for row in rows[table]:
            if row["document"] not in own:
                yield f"{marker.shard}: {row['id']} is of a document that is not there"
                return
            try:
                own[row["document"]][part].append(make(row))
            except (SpanError, ValueError) as e:
                faults += 1
                if faults <= _SHOWN:
                    yield f"{marker.shard}: {row['id']}: {e}"
    for row in rows["documents"]:
        document = row["id"]
        if (marker.shard, document) not in again:
            if document in seen:
                yield f"{marker.shard}: {document} is in an earlier shard, too"
            seen.add(document)
        attributions, sources = own[document]
        try:
            report_of(row, attributions, sources)  # raises where a span is not what the text says
        except (SpanError, ValueError) as e:
            yield f"{marker.shard}: {document}: {e}"
        yield from (f"{marker.shard}: {x}" for x in _dangling(document, attributions, sources))


def _dangling(document: str, attributions: list[Attribution], sources: list[Source]) -> Iterator[str]:
    """What refers to nothing."""
    spoken, said = {s.id for s in sources}, {a.id for a in attributions}
    for a in attributions:
        named = {a.speaker, *(link.source for link in a.chain)} - {None}
        if not named <= spoken or not {a.within} - {None} <= said:
            yield f"{a.id} of {document} refers to what is not there"
