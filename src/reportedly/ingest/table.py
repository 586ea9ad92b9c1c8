"""Tables: CSV, whatever divides its columns, and Parquet. A row after another; each with a text is a member."""

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO

from .encoding import decode
from .ingested import IngestError
from .member import SNIFFED, Budget, Limits, Linked, Member, Passed, Refused, too_large
from .rows import KNOWN, Rows, canonical, in_utf8
from .sniff import TEXT_COLUMNS, key, table_of

_AT_ONCE = 1 << 16
_ROWS_AT_ONCE = 64  # of a Parquet file
_MAGIC = b"PAR1"


def open_csv(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The rows of a table. A row that is not written as the format asks, or has other columns than the first line
    names, is refused by its number (the first below that line is 1)."""
    with in_utf8(member) as stream:
        yield from _rows(member, budget, stream)


def _rows(member: Member, budget: Budget, stream: BinaryIO) -> Iterator[Member | Passed | Refused | Linked]:
    start = stream.tell()
    head = decode(stream.read(SNIFFED))[0]
    table = table_of(head, budget.text_column)
    if table is None:
        raise IngestError("no line with the names of columns was found in this table")
    delimiter, names = table
    spaced = f"{delimiter} " in head.lstrip().splitlines()[0]
    stream.seek(start)
    csv.field_size_limit(budget.limits.bytes)
    lines = csv.reader(_Lines(stream, budget.limits), delimiter=delimiter, strict=True, skipinitialspace=spaced)
    rows, number, guessed = Rows(member, budget, _column_of(names, budget)), -1, set[str]()
    while True:
        above = lines.line_num
        try:
            fields = next(lines)
        except StopIteration:
            break
        except (csv.Error, IngestError) as e:
            number += 1
            yield rows.refused(number, f"{_why(e)} (from line {above + 1} to line {lines.line_num} of the file)")
            continue
        number += bool(fields)
        if number == 0 or not fields:
            continue
        while len(fields) > len(names) and not fields[-1]:
            fields.pop()
        if len(fields) != len(names):
            yield rows.refused(
                number, f"it has another number of columns ({len(fields)}) than the first line ({len(names)})"
            )
            continue
        fields, assumed = _decoded(fields)
        guessed.update(assumed)
        row: dict[str, str] = {}
        for name, field in zip(names, fields, strict=True):
            row.setdefault(name, field)  # of two columns of a name the first counts
        if found := rows.member(row, number, canonical(row)):
            yield found
    yield from rows.end()
    for guess in sorted(guessed):
        yield Passed(file=member.file, member=member.name, reason=f"some rows are {guess}")


def open_parquet(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The rows of a Parquet file; of its columns the text and those that say something of it are read."""
    stream = member.stream
    stream.seek(0, 2)
    whole = stream.tell() > 2 * len(_MAGIC)
    stream.seek(-len(_MAGIC) if whole else 0, 2)
    if not whole or stream.read() != _MAGIC:
        raise IngestError("this Parquet file is cut short: its end, which says what is where, is missing")
    try:
        import pyarrow.parquet
    except ImportError as e:
        raise IngestError("this is a Parquet file; to read it: pip install 'reportedly[parquet]'") from e
    stream.seek(0)
    try:
        file = pyarrow.parquet.ParquetFile(stream, pre_buffer=False)
        names = [name for name in dict.fromkeys(file.schema_arrow.names) if isinstance(name, str)]
        column = _column_of(names, budget)
        rows = Rows(member, budget, column)
        if column is None:
            rows.member(dict.fromkeys(names), 1, b"")
            yield from rows.end()
            return
        wanted = [name for name in names if key(name) in KNOWN or name == column]
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted, use_threads=False):
            for row in _objects(batch):
                number += 1
                if row is None:
                    yield rows.refused(number, "a text in it is not valid UTF-8")
                elif found := rows.member(row, number, canonical(row)):
                    yield found
    except (pyarrow.ArrowException, OSError) as e:
        raise IngestError(f"this Parquet file is broken ({str(e)[:200]}); what lay before was read") from e
    yield from rows.end()


def _objects(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch; None for one with a text that is not valid UTF-8."""
    for at in range(batch.num_rows):
        try:
            yield batch.slice(at, 1).to_pylist()[0]
        except UnicodeDecodeError:
            yield None


class _Lines:
    """The lines of a stream, each byte a character, so that fields can be decoded one by one. A line that is too long
    is skipped and said."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream, self._limits = stream, limits

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limits.bytes + 1)
        if not line:
            raise StopIteration
        if len(line) > self._limits.bytes:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_AT_ONCE)
            raise too_large(self._limits)
        return line.decode("latin-1")


def _why(e: Exception) -> str:
    """What the csv module means, in plain words."""
    said = str(e)
    if "field limit" in said or "unexpected end" in said:
        return "a quotation mark in it is not closed, or a field is too long"
    return "a quotation mark within quotation marks is not doubled" if "expected after" in said else said


def _column_of(names: list[str], budget: Budget) -> str | None:
    """The column that holds the text: the one that the user named, or the likeliest."""
    by_key = {key(name): name for name in reversed(names)}
    asked = (budget.text_column,) if budget.text_column else TEXT_COLUMNS
    return next((by_key[key(name)] for name in asked if key(name) in by_key), None)


def _decoded(fields: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Fields of which each character is a byte, as text; what was assumed for it. A row is of one encoding."""
    data = [field.encode("latin-1") for field in fields]
    _, encoding, assumed = decode(b"\n".join(data))
    return [part.decode(encoding, "replace") for part in data], assumed
