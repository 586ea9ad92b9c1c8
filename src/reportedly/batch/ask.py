"""Questions in SQL to the tables of a batch. DuckDB over the shards that are finished; it may read nothing else, and
write nothing."""

import os
import shlex
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.dataset as ds

from ..intake import whole
from .fault import BatchError
from .output import COPIES, INPUTS, lacking, markers
from .tables import SCHEMA, SCHEMAS, TABLES

MEMORY = 2_000_000_000  # bytes that a question may take
_AT_ONCE = 1000  # rows
_ASKED_WRONGLY = duckdb.ProgrammingError, duckdb.DataError, duckdb.PermissionException, duckdb.NotSupportedError
_TABLE_FAILED = "registered as 'every_"  # how DuckDB tells, as wrong use, what pyarrow could not read for it

# Ids are unique but for those of documents that several shards hold: of these the first shard's rows count. Where a
# document is a copy in its shard and of one in an earlier shard, the earlier one counts. A printing is an attribution
# in a document that has its words, read there (own) or in another.
_VIEWS = """
CREATE MACRO words(spans) AS array_to_string([s.text for s in spans], ' … ');
CREATE VIEW documents AS SELECT * FROM every_documents d WHERE NOT EXISTS (
    SELECT 1 FROM every_copies c WHERE c.across AND c.kind = 'again' AND c.document = d.id AND c.shard = d.shard);
CREATE VIEW attributions AS SELECT * FROM every_attributions a WHERE NOT EXISTS (
    SELECT 1 FROM every_copies c WHERE c.across AND c.kind = 'again' AND c.document = a.document AND c.shard = a.shard);
CREATE VIEW sources AS SELECT * FROM every_sources s WHERE NOT EXISTS (
    SELECT 1 FROM every_copies c WHERE c.across AND c.kind = 'again' AND c.document = s.document AND c.shard = s.shard);
CREATE VIEW copies AS SELECT document, shard, file, member, kind, copy_of FROM every_copies c
    WHERE c.across OR NOT EXISTS (
        SELECT 1 FROM every_copies o WHERE o.across AND o.document = c.document AND o.shard = c.shard
        AND c.kind = 'same words');
CREATE VIEW left_out AS SELECT * FROM every_left_out;
CREATE VIEW readings AS
    SELECT d.id AS document, coalesce(c.copy_of, d.id) AS read FROM documents d
    LEFT JOIN copies c ON c.document = d.id AND c.shard = d.shard AND c.kind = 'same words';
CREATE VIEW statements AS
    SELECT d.outlet, d.published, s.name AS source, s.kind, s.named, s.official, s.role,
        words(a.cue) AS cue, words(a.content) AS content, a.speech, a.confidence, r.reports,
        d.title, d.url, d.file, d.id AS document, a.id AS attribution,
        a.content[1].start AS start, a.content[-1]."end" AS "end"
    FROM attributions a
    JOIN (SELECT read, count(*) AS reports FROM readings GROUP BY read) r ON r.read = a.document
    JOIN documents d ON d.id = a.document
    LEFT JOIN sources s ON s.id = a.speaker;
CREATE VIEW every_printing AS
    SELECT d.id AS document, d.outlet, d.published, a.id AS attribution, d.id = r.read AS own,
        s.id AS speaker, s.name AS source, s.kind, s.named
    FROM readings r JOIN documents d ON d.id = r.document JOIN attributions a ON a.document = r.read
    LEFT JOIN sources s ON s.id = a.speaker;
CREATE VIEW who_is_quoted_most AS
    SELECT source, any_value(kind ORDER BY kind) AS kind, count(*) FILTER (own) AS statements, count(*) AS with_copies,
        count(DISTINCT document) AS reports, count(DISTINCT outlet) AS outlets
    FROM every_printing WHERE named AND kind <> 'author' GROUP BY source ORDER BY statements DESC, source;
CREATE VIEW unnamed_share_by_outlet AS
    SELECT outlet, count(*) AS statements, count(*) FILTER (named) AS named, count(*) FILTER (NOT named) AS unnamed,
        count(*) FILTER (speaker IS NULL) AS nobody, round(count(*) FILTER (NOT named) / count(*), 3) AS unnamed_share
    FROM every_printing GROUP BY outlet ORDER BY unnamed_share DESC, outlet;
CREATE VIEW statements_by_month AS
    SELECT source, substr(published, 1, 7) AS month, count(DISTINCT attribution) AS statements,
        count(DISTINCT outlet) AS outlets
    FROM every_printing WHERE named AND regexp_matches(published, '^\\d{4}-\\d\\d')
    GROUP BY source, month ORDER BY source, month;
"""
VIEWS = (
    *TABLES, "readings", "statements", "who_is_quoted_most", "unnamed_share_by_outlet", "statements_by_month",
)  # fmt: skip


class Answer(msgspec.Struct, frozen=True):
    """What a question gives: the names of its columns, and its rows, each as long, in the order they come."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Archive:
    """The output of a batch, to be asked. A context manager.

    lacking: what it lacks, in a line, where the batch is not finished; answers are of what is there. memory: bytes that
    a question may take at most; one that needs more is refused. threads: processors that it may use."""

    def __init__(self, out: str | os.PathLike[str], memory: int = MEMORY, threads: int | None = None) -> None:
        self.out = Path(out)
        self.lacking = lacking(self.out)
        settings: dict[str, Any] = {"memory_limit": f"{memory // 1_000_000}MB", "temp_directory": ""}
        if threads:
            settings["threads"] = threads
        self._connection: Any = duckdb.connect(":memory:", config=settings)
        self._names: dict[str, list[str]] = {name: [] for name in TABLES}
        for marker in markers(self.out):
            for name, written in marker.files.items():
                self._names[written.table].append(str(self.out / name))
        if (self.out / INPUTS).exists():
            self._names["left_out"].append(str(self.out / INPUTS))
        try:
            for name in ("documents", "attributions", "sources", "left_out"):
                self._connection.register(f"every_{name}", self._dataset(name))
            self._register_copies()
            self._connection.execute(_VIEWS)
            for setting in ("python_enable_replacements = false", "enable_external_access = false"):
                self._connection.execute(f"SET {setting}")
            self._connection.execute("SET lock_configuration = true")
        except (duckdb.Error, pa.ArrowException, OSError) as e:
            self._connection.close()
            raise BatchError(f"{self.out} cannot be asked: {_line(e)}; {self._look()}") from e

    def _dataset(self, name: str) -> Any:
        """The finished shards of a table. Given to DuckDB as a value: it needs no right to open files then."""
        files = self._names[name]
        if not files:
            return pa.Table.from_pylist([], SCHEMAS[name])
        schema = ds.dataset(files[0], format="parquet").schema
        told = (schema.metadata or {}).get(b"reportedly.schema", b"?").decode()
        if told != str(SCHEMA):
            raise BatchError(
                f"{self.out} is of schema {told}, and this version asks {SCHEMA}: read the inputs anew into another "
                "folder, or ask with the version that its manifest.json names"
            )
        return ds.dataset(files, schema=SCHEMAS[name], format="parquet")

    def _register_copies(self) -> None:
        own = self._dataset("copies")
        own = own if isinstance(own, pa.Table) else own.to_table()
        tables = [own.append_column("across", pa.array([False] * own.num_rows, pa.bool_()))]
        if (self.out / COPIES).exists():
            found = ds.dataset(str(self.out / COPIES), schema=SCHEMAS["copies"], format="parquet").to_table()
            tables.append(found.append_column("across", pa.array([True] * found.num_rows, pa.bool_())))
        self._connection.register("every_copies", pa.concat_tables(tables))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def ask(self, sql: str, values: Sequence[Any] = ()) -> Answer:
        """The answer to one SELECT. BatchError where it is none, is wrong, or needs more memory than it may have."""
        columns, rows = self.stream(sql, values)
        return Answer(columns, list(rows))

    def stream(self, sql: str, values: Sequence[Any] = ()) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """The same, with rows that come as they are asked for. Of columns of one name the later ones get a number."""
        if sql != whole(sql):
            raise BatchError("the question is not in UTF-8", wrong_use=True)
        try:
            asked = self._connection.extract_statements(sql)
            if len(asked) != 1 or asked[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
                raise BatchError("one SELECT is wanted; the tables cannot be changed", wrong_use=True)
            result = self._connection.execute(asked[0], list(values))
            columns = _apart([str(c[0]) for c in result.description])
        except duckdb.Error as e:
            raise self._error(e) from e
        return columns, self._rows(result)

    def _rows(self, result: Any) -> Iterator[tuple[Any, ...]]:
        try:
            while rows := result.fetchmany(_AT_ONCE):
                yield from rows
        except duckdb.Error as e:
            raise self._error(e) from e

    def _error(self, error: Exception) -> BatchError:
        text = _line(error)
        if _TABLE_FAILED in text:
            return BatchError(f"a table of {self.out} cannot be read ({text}); {self._look()}")
        return BatchError(text, wrong_use=isinstance(error, _ASKED_WRONGLY))

    def _look(self) -> str:
        return f"see what is damaged with reportedly batch --check {shlex.quote(str(self.out))}"

    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """The tables and views with their columns, each with its type."""
        described = {name: self.ask(f"SELECT * FROM (DESCRIBE {name})").rows for name in VIEWS}
        return {name: [(str(r[0]), str(r[1])) for r in rows] for name, rows in described.items()}


def _apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each once: id, id_2, id_3."""
    taken, out = set(names), list[str]()
    for name in names:
        own = name
        if name in out:
            own = next(f"{name}_{n}" for n in count(2) if f"{name}_{n}" not in taken)
        taken.add(own)
        out.append(own)
    return tuple(out)


def _line(error: Exception) -> str:
    """What went wrong, in a line."""
    text = " ".join(str(error).split())
    if "Out of Memory" in text:
        text = f"this question needs more memory than it may have; raise it with --memory MB ({text[:100]})"
    return text[:500]
