"""Records <-> rows of the Parquet tables of an archive. `docs/archive.md` describes every column.

The tables are written row group by row group, so that no more than one is in memory. The same records give the same
bytes, with one version of pyarrow.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ..records import Attribution, Document, Note, Report, Source, Unread
from .fault import BatchError

SCHEMA = 2
"""The version of the tables; in the metadata of each file as `reportedly.schema`."""
GROUP = 100  # documents of a row group
GROUP_CHARACTERS = 2_000_000  # and characters of their texts

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())])
_SPANS = pa.list_(_SPAN)
_UNREAD = pa.struct([("reason", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("warn", pa.bool_())])
_NOTE = pa.struct([("kind", pa.string()), ("span", _SPAN)])
_LINK = pa.struct([("source", pa.string()), ("spans", _SPANS)])


def _schema(name: str, *columns: tuple[str, Any]) -> Any:
    told = {b"reportedly.schema": str(SCHEMA).encode(), b"reportedly.table": name.encode()}
    return pa.schema(list(columns), metadata=told)


SCHEMAS: dict[str, Any] = {
    "documents": _schema(
        "documents",
        *((name, pa.string()) for name in ("id", "shard")),
        ("number", pa.int32()),
        *((name, pa.string()) for name in ("file", "member", "title", "outlet", "byline", "published", "updated")),
        *((name, pa.string()) for name in ("url", "address", "fetched", "language", "media_type", "encoding")),
        ("digest", pa.string()),
        ("kept", pa.float64()),
        ("words", pa.int32()),
        ("text", pa.string()),
        ("unread", pa.list_(_UNREAD)),
        ("assumed", pa.list_(pa.string())),
        ("notes", pa.list_(_NOTE)),
    ),
    "attributions": _schema(
        "attributions",
        *((name, pa.string()) for name in ("id", "shard", "document")),
        *((name, _SPANS) for name in ("cue", "source", "content", "addressee")),
        *((name, pa.string()) for name in ("speech", "within")),
        ("confidence", pa.float64()),
        ("speaker", pa.string()),
        ("chain", pa.list_(_LINK)),
    ),
    "sources": _schema(
        "sources",
        *((name, pa.string()) for name in ("id", "shard", "document", "name", "kind")),
        *((name, pa.bool_()) for name in ("named", "official")),
        ("role", pa.string()),
        *((name, _SPANS) for name in ("role_spans", "anonymity")),
        ("members", pa.list_(pa.string())),
        ("mentions", _SPANS),
    ),
    "copies": _schema(
        "copies",
        *((name, pa.string()) for name in ("document", "shard", "file", "member", "kind", "copy_of")),
    ),
    "left_out": _schema("left_out", *((name, pa.string()) for name in ("shard", "file", "member", "state", "reason"))),
}
TABLES = tuple(SCHEMAS)
_DOCUMENT = tuple(f for f in Document.__struct_fields__)


class Writer:
    """Writes the tables of one shard into files of a folder, which is there: TABLE.parquet for each table that has
    rows. A context manager; on an error the files are left unfinished."""

    def __init__(self, folder: Path, shard: str) -> None:
        self._folder, self._shard = folder, shard
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self._files: dict[str, Any] = {}
        self._characters = 0
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._write()
        finally:
            for file in self._files.values():
                file.close()

    def document(self, report: Report, words: int) -> None:
        """A document of so many words, with what was read in it."""
        document = report.document
        row = {name: getattr(document, name) for name in _DOCUMENT}
        row |= {"number": self.counts["documents"], "words": words}
        row |= {name: msgspec.to_builtins(getattr(report, name)) for name in ("unread", "assumed", "notes")}
        for table, records in (("attributions", report.attributions), ("sources", report.sources)):
            for record in records:
                self._add(table, {"document": document.id, **msgspec.to_builtins(record)})
        self._add("documents", row)
        self._characters += len(document.text)
        if len(self._rows["documents"]) >= GROUP or self._characters >= GROUP_CHARACTERS:
            self._write()

    def copy(self, document: Document, kind: str, copy_of: str) -> None:
        """A document that another one is, or has the words of."""
        row = {"document": document.id, "file": document.file, "member": document.member}
        self._add("copies", {**row, "kind": kind, "copy_of": copy_of})

    def left_out(self, file: str, member: str | None, state: str, reason: str) -> None:
        """Something that was not read, and why."""
        self._add("left_out", {"file": file, "member": member, "state": state, "reason": reason})
        if len(self._rows["left_out"]) >= 100 * GROUP:
            self._write()

    def _add(self, table: str, row: dict[str, Any]) -> None:
        row["shard"] = self._shard
        self._rows[table].append(row)
        self.counts[table] += 1

    def _write(self) -> None:
        for name, rows in self._rows.items():
            if rows:
                if name not in self._files:
                    self._files[name] = open_table(self._folder / f"{name}.parquet", name)
                self._files[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
                rows.clear()
        self._characters = 0


def open_table(path: Path, name: str) -> Any:
    """A writer of one file of this table."""
    dictionaries = [c for c in ("shard", "document", "file", "outlet", "kind", "speech") if c in SCHEMAS[name].names]
    return pq.ParquetWriter(
        path, SCHEMAS[name], compression="zstd", use_dictionary=dictionaries, write_statistics=True, version="2.6"
    )


def put_table(path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    """Write a file of this table whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with open_table(partial, name) as file:
        if rows:
            file.write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
    partial.replace(path)


def rows_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a file, row group by row group. BatchError where it cannot be read."""
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            for group in range(file.num_row_groups):
                yield from file.read_row_group(group, columns=columns, use_threads=False).to_pylist()
    except (OSError, pa.ArrowException) as e:
        why = " ".join(str(e).split())[:200]
        raise BatchError(f"{path} cannot be read ({why}); run the batch again with --resume") from e


def document_of(row: dict[str, Any]) -> Document:
    """The document of a row."""
    return Document(**{name: row[name] for name in _DOCUMENT})


def attribution_of(row: dict[str, Any]) -> Attribution:
    """The attribution of a row. SpanError where a span is none."""
    return msgspec.convert({k: v for k, v in row.items() if k not in ("shard", "document")}, Attribution)


def source_of(row: dict[str, Any]) -> Source:
    """The source of a row. SpanError where a span is none."""
    return msgspec.convert({k: v for k, v in row.items() if k not in ("shard", "document")}, Source)


def report_of(row: dict[str, Any], attributions: Sequence[Attribution], sources: Sequence[Source]) -> Report:
    """The report of a document's row. SpanError where a span is not what the text says."""
    return Report(
        document_of(row),
        tuple(attributions),
        tuple(sources),
        unread=msgspec.convert(row["unread"], tuple[Unread, ...]),
        assumed=tuple(row["assumed"]),
        notes=msgspec.convert(row["notes"], tuple[Note, ...]),
    )
