"""An output folder -> what is wrong with it: files against their digests, spans against their texts, ids, shards."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ..records import Attribution, Source, SpanError
from .fault import BatchError
from .output import COPIES, INPUTS, MANIFEST, PLAN, Marker, loaded, markers, nameless, place_of, spoiled
from .plan import Plan
from .run import Manifest
from .step import counted
from .tables import attribution_of, report_of, rows_of, source_of

_Row = dict[str, Any]
_Rows = list[_Row]
_SHOWN = 5  # of the same kind of fault in one shard


def check(out: str | os.PathLike[str]) -> Iterator[str]:
    """What is wrong with the output of a batch, a line each; nothing where it is whole. BatchError where the folder is
    none."""
    out = Path(out)
    if not (out / PLAN).exists():
        raise BatchError(f"{out} holds no batch; name the folder given to batch --out")
    done = list(markers(out))
    wanted = [s.id for s in loaded(out / PLAN, Plan).shards]
    missing = len(wanted) - len({m.shard for m in done} & set(wanted))
    if missing:
        yield f"{missing} of {len(wanted)} shards are missing: go on with --resume"
    for path in nameless(out):
        yield f"{path}: a shard that is not finished is visible here; --resume removes it"
    across, inputs, faults = _ends(out)
    if not missing:
        yield from faults
    whole = not missing and not faults
    tally = _Tally(None if faults else across)
    for marker in done:
        try:
            for fault in _shard(out, marker, tally):
                whole = False
                yield fault
        except Exception as e:  # whatever a library makes of a file that is damaged
            whole = False
            yield f"{marker.shard}: {_unreadable(e)}"
    if not (out / MANIFEST).exists():
        if not missing:
            yield f"{out / MANIFEST} is missing: go on with --resume"
    elif whole:
        tally.left(inputs)
        yield from tally.against(loaded(out / MANIFEST, Manifest), len(done))


def _ends(out: Path) -> tuple[_Rows, _Rows, list[str]]:
    """The rows of the files of no shard, and what is wrong with these."""
    found: list[_Rows] = []
    faults = []
    for name, what in ((COPIES, "copies across shards"), (INPUTS, "what never came to reading")):
        rows: _Rows = []
        try:
            rows = list(rows_of(out / name)) if (out / name).exists() else []
            if not (out / name).exists():
                faults.append(f"{name} is missing ({what}): go on with --resume")
        except Exception as e:  # whatever a library makes of a file that is damaged
            faults.append(f"{name}: {_unreadable(e)}; go on with --resume")
        found.append(rows)
    return found[0], found[1], faults


def _unreadable(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__}: {str(error)[:200]})"


class _Tally:
    """What the tables hold, counted as the views show them. across: the copies in different shards; None where they
    are not known."""

    def __init__(self, across: _Rows | None) -> None:
        self.again = None if across is None else {_key(r) for r in across if r["kind"] == "again"}
        self.seen: set[str] = set()
        self._across = {_key(r) for r in across or ()}
        self._same = {_key(r) for r in across or () if r["kind"] == "same words"}
        self._counts = Counter({"again": len(self.again or ()), "same_words": len(self._same)})
        self._reasons: dict[str, Counter[str]] = {"failed": Counter(), "passed over": Counter()}

    def copies(self, rows: Iterable[_Row]) -> set[str]:
        """Count the copies within a shard; the documents that have the words of another in it."""
        own = set()
        for row in rows:
            if row["kind"] == "again":
                self._counts["again"] += 1
                continue
            own.add(row["document"])
            self._counts["same_words"] += _key(row) not in self._across
        return own

    def document(self, row: _Row, read: bool, attributions: int, sources: int) -> None:
        """Count a document with what was read in it, unless an earlier shard holds it."""
        if (row["shard"], row["id"]) in (self.again or ()):
            return
        words = row["words"] if read else 0
        self._counts.update(documents=1, read=int(read), words=words, attributions=attributions, sources=sources)

    def left(self, rows: Iterable[_Row]) -> None:
        """Count what was left out."""
        for row in rows:
            kind, count = counted(row["reason"], row["state"])
            self._reasons[row["state"]][kind] += count

    def against(self, manifest: Manifest, finished: int) -> Iterator[str]:
        """Where the manifest says something else."""
        names = ("documents", "read", "again", "same_words", "attributions", "sources", "words")
        told: dict[str, Any] = {name: self._counts[name] for name in names} | {"finished": finished}
        told |= {"failed": dict(self._reasons["failed"]), "passed": dict(self._reasons["passed over"])}
        for name, count in told.items():
            if getattr(manifest, name) != count:
                yield f"the manifest says {name}: {getattr(manifest, name)}, and there are {count}"


def _key(row: _Row) -> tuple[str, str]:
    return row["shard"], row["document"]


def _shard(out: Path, marker: Marker, tally: _Tally) -> Iterator[str]:
    if fault := spoiled(out, marker):
        yield f"{fault}; --resume reads its shard again"
    else:
        yield from _records(out, marker, tally)


def _records(out: Path, marker: Marker, tally: _Tally) -> Iterator[str]:
    """The records of a shard, document by document, as they were written."""
    attributions, sources = (_Own(out, table, marker.shard) for table in ("attributions", "sources"))
    documents, own, faults = 0, set[str](), 0
    mapped = tally.copies(_rows(out, "copies", marker.shard))
    tally.left(_rows(out, "left_out", marker.shard))
    for row in _rows(out, "documents", marker.shard):
        documents += 1
        document = row["id"]
        if document in own:
            yield f"{marker.shard}: {document} is there twice"
        own.add(document)
        if tally.again is not None and (marker.shard, document) not in tally.again:
            if document in tally.seen:
                yield f"{marker.shard}: {document} is in an earlier shard, too"
            tally.seen.add(document)
        stated, named = attributions.of(document), sources.of(document)
        tally.document(row, document not in mapped, len(stated), len(named))
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


def _rows(out: Path, table: str, shard: str) -> Iterator[_Row]:
    path = place_of(out, table, shard)
    return rows_of(path) if path.exists() else iter(())


class _Own:
    """The rows of a table, document by document. twice: an id that came twice."""

    def __init__(self, out: Path, table: str, shard: str) -> None:
        self._rows = groupby(_rows(out, table, shard), lambda r: r["document"])
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
