"""An output folder -> what is wrong with it: files against their digests, spans against their texts, ids, shards."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ..records import Attribution, Source, SpanError
from .fault import BatchError
from .output import COPIES, MANIFEST, PLAN, Marker, loaded, markers, nameless, place_of, spoiled
from .plan import Plan
from .run import Manifest
from .tables import attribution_of, report_of, rows_of, source_of

_SHOWN = 5  # of the same kind of fault in one shard


def check(out: Path) -> Iterator[str]:
    """What is wrong with the output of a batch, a line each; nothing where it is whole. BatchError where the folder is
    none."""
    if not (out / PLAN).exists():
        raise BatchError(f"{out} holds no batch; name the folder given to batch --out")
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
    if fault := spoiled(out, marker):
        yield f"{fault}; --resume reads its shard again"
    else:
        yield from _records(out, marker, seen, again)


def _records(out: Path, marker: Marker, seen: set[str], again: set[tuple[str, str]]) -> Iterator[str]:
    """The records of a shard, document by document, as they were written."""
    attributions, sources = (_Own(out, table, marker.shard) for table in ("attributions", "sources"))
    documents, own, faults = 0, set[str](), 0
    path = place_of(out, "documents", marker.shard)
    for row in rows_of(path) if path.exists() else ():
        documents += 1
        document = row["id"]
        if document in own:
            yield f"{marker.shard}: {document} is there twice"
        own.add(document)
        if (marker.shard, document) not in again:
            if document in seen:
                yield f"{marker.shard}: {document} is in an earlier shard, too"
            seen.add(document)
        stated, named = attributions.of(document), sources.of(document)
        try:
            said, spoken = [attribution_of(r) for r in stated], [source_of(r) for r in named]
            report_of(row, said, spoken)  # raises where a span is not what the text says
        except (SpanError, ValueError) as e:
            faults += 1
            if faults <= _SHOWN:
                yield f"{marker.shard}: {document}: {e}"
            continue
        yield from (f"{marker.shard}: {x}" for x in _dangling(document, said, spoken))
    for table, count in (("documents", documents), ("attributions", attributions.count), ("sources", sources.count)):
        if (told := getattr(marker, table)) != count:
            yield f"{marker.shard}: {count} rows of {table} of its documents, and its marker says {told}"
    for rows in (attributions, sources):
        if left := rows.left():
            yield f"{marker.shard}: {left} is of a document that is not there"
        if rows.twice:
            yield f"{marker.shard}: {rows.twice} is there twice"


class _Own:
    """The rows of a table, document by document. twice: an id that came twice."""

    def __init__(self, out: Path, table: str, shard: str) -> None:
        path = place_of(out, table, shard)
        self._rows = groupby(rows_of(path) if path.exists() else (), lambda r: r["document"])
        self._next = next(self._rows, None)
        self._ids: set[str] = set()
        self.count = 0
        self.twice: str | None = None

    def of(self, document: str) -> list[dict[str, Any]]:
        """Those of the next document; none where the next rows are another's."""
        if self._next is None or self._next[0] != document:
            return []
        rows = list(self._next[1])
        self._next = next(self._rows, None)
        self.count += len(rows)
        for row in rows:
            if row["id"] in self._ids:
                self.twice = row["id"]
            self._ids.add(row["id"])
        return rows

    def left(self) -> str | None:
        """The id of the first row that no document asked for."""
        return None if self._next is None else str(next(iter(self._next[1]))["id"])


def _dangling(document: str, attributions: list[Attribution], sources: list[Source]) -> Iterator[str]:
    """What refers to nothing."""
    spoken, said = {s.id for s in sources}, {a.id for a in attributions}
    for a in attributions:
        named = {a.speaker, *(link.source for link in a.chain)} - {None}
        if not named <= spoken or not {a.within} - {None} <= said:
            yield f"{a.id} of {document} refers to what is not there"
