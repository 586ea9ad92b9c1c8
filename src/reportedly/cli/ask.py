"""`reportedly ask`: a question in SQL to the output of a batch."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reportedly.export import csv_lines
from reportedly.terminal import print_answer

from .output import ending, plain_value, put


@click.command()
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

        with Archive(archive, memory * 1_000_000) as tables:
            if sql is None:
                listed = [(name, *column) for name, columns in tables.columns().items() for column in columns]
                answer: tuple[tuple[str, ...], Iterator[tuple[Any, ...]]] = ("table", "column", "type"), iter(listed)
            else:
                answer = tables.stream(sql)
            columns, rows = answer
            if json:
                for row in rows:
                    put(dict(zip(columns, map(plain_value, row), strict=True)))
            elif as_csv:
                for line in csv_lines(columns, rows):
                    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
            else:
                print_answer(columns, list(rows))
