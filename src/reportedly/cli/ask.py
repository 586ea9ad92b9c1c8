"""`reportedly ask`: a question in SQL to the output of a batch."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import click

from reportedly.batch.fault import BatchError
from reportedly.export import csv_lines
from reportedly.terminal import complain, print_answer, say

from .output import ending, plain_value, put

SHOWN = 10_000  # rows of a table: it is drawn when all are known
BESIDE = 500_000_000  # bytes for the rows on their way out, beside what a question may take


@contextmanager
def bounded(memory: int) -> Iterator[None]:
    """Let this process take so many bytes more, and no more than that, where the system can be told so. BatchError
    where it needs more: the engine does not count all that it takes."""
    try:
        import resource  # Unix only

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    threads = 128_000_000 * (os.cpu_count() or 1)  # addresses that each keeps for itself, memory or not
    most = taken + memory + BESIDE + threads
    resource.setrlimit(resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(soft, most), hard))
    try:
        yield
    except MemoryError as e:
        raise BatchError("this question needs more memory than it may have; raise it with --memory MB") from e
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@click.command(short_help="Ask the output of a batch in SQL.")
@click.argument("archive", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("sql", required=False, metavar="[SQL]")
@click.option("--json", is_flag=True, help="Print a line of JSON for every row.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option(
    "--memory", type=click.IntRange(50), default=2000, show_default=True, help="MB that the question may take at most."
)
def ask(archive: Path, sql: str | None, json: bool, as_csv: bool, memory: int) -> None:
    """Ask the output of a batch in SQL (DuckDB's); without SQL, list its tables and views with their columns.

    Nothing but the tables can be read, and nothing written."""
    if json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    with ending():
        from reportedly.batch import Archive  # pyarrow and duckdb only where they are wanted

        with Archive(archive, memory * 1_000_000) as tables, bounded(memory * 1_000_000):
            if tables.lacking:
                say(str(archive), tables.lacking)
            if sql is None:
                listed = [(name, *column) for name, columns in tables.columns().items() for column in columns]
                answer: tuple[tuple[str, ...], Iterator[tuple[Any, ...]]] = ("table", "column", "type"), iter(listed)
            else:
                answer = tables.stream(sql)
            columns, rows = answer[0], (tuple(map(plain_value, row)) for row in answer[1])
            if json:
                for row in rows:
                    put(dict(zip(columns, row, strict=True)))
            elif as_csv:
                for line in csv_lines(columns, rows):
                    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
            else:
                print_answer(columns, list(islice(rows, SHOWN)))
                if next(rows, None) is not None:
                    complain("… more rows; use --csv or --json for all")
