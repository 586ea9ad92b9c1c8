"""What commands print and write, and how they end where that fails."""

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from reportedly import pipeline
from reportedly.batch.fault import BatchError
from reportedly.case import Case, CaseError, Review, UnknownIdError, is_sqlite
from reportedly.intake import Given
from reportedly.pipeline import Progress, place_of, why
from reportedly.records import Brief, Document, Report
from reportedly.recount import decided
from reportedly.review import Reviewed
from reportedly.terminal import complain, progress_over, say

Made = Callable[[Case, Progress], Brief]
_CONTROL = re.compile(rb"\x7f|\xc2[\x80-\x9f]")
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
Inode = tuple[int, int]


class Target(click.Path):
    """The place of something to be written, as an option takes it."""

    def __init__(self, dir_okay: bool = False) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay, writable=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. click.BadParameter where it is none: what is not to be written is printed."""
        if not value or value == "-":
            self.fail(f"it wants the name of a file; leave {param.opts[0] if param else 'it'} off to print", param, ctx)
        return super().convert(value, param, ctx)


@contextmanager
def ending() -> Iterator[None]:
    """The end of a command where its case, its batch or its output fails: a line on stderr, and exit code 1; 2 where an
    ID was given that is none, or what was asked for is wrong."""
    try:
        yield
        sys.stdout.flush()
    except (CaseError, BatchError) as e:
        complain(str(e))
        wrong_use = isinstance(e, UnknownIdError) or (isinstance(e, BatchError) and e.wrong_use)
        sys.exit(2 if wrong_use else 1)
    except OSError as e:
        say(str(e.filename or "standard output"), why(e))
        sys.exit(1)


def put(row: Any) -> None:
    """A line of JSON on stdout."""
    sys.stdout.buffer.write(escaped(msgspec.json.encode(row)) + b"\n")
    sys.stdout.buffer.flush()


def escaped(json: bytes) -> bytes:
    """JSON with DEL and the C1 controls escaped, which some terminals obey; the value is the same."""
    return _CONTROL.sub(lambda m: b"\\u%04x" % m.group()[-1], json)


def plain_value(value: Any) -> Any:
    """A value of a table as JSON has it; bytes as hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [plain_value(x) for x in value]
    if isinstance(value, dict):
        return {str(k): plain_value(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def fields(record: msgspec.Struct, *names: str) -> dict[str, Any]:
    """Some fields of a record."""
    return {name: getattr(record, name) for name in names}


def headed(document: Document) -> dict[str, Any]:
    """What a document is, without its text."""
    return fields(document, "id", "file", "title", "outlet", "published")


def inode(file: Given) -> Inode | None:
    """What file a path leads to."""
    try:
        found = Path(file).stat() if not isinstance(file, tuple) and file != "-" else None
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found else None


def followed(target: Path) -> Path:
    """What a path leads to, past all links; a circle of links leads to itself."""
    return Path(os.path.realpath(target))


def aimed(target: Path, inputs: Collection[Inode | None] = ()) -> Path:
    """The target, where it may be written. click.UsageError where that would overwrite an input or a case, or where its
    folder is missing: it is more likely mistyped than wanted."""
    real = followed(target)
    for folder in (target.parent, real.parent):
        if not target.exists() and not folder.is_dir():
            raise click.UsageError(f"folder {folder} does not exist")
    if target.is_file() and inode(str(target)) in inputs:
        raise click.UsageError(f"{target} is one of the inputs and would be overwritten; name another place")
    owner = next((real.with_name(real.name.removesuffix(x)) for x in _BESIDE if real.name.endswith(x)), real)
    if is_sqlite(real) or is_sqlite(owner):
        raise click.UsageError(f"{target} is a case, or a part of one, and would be overwritten; name another place")
    return target


def written(target: Path, page: str | bytes) -> None:
    """Write a page whole, or not at all; where the target is no regular file, such as a pipe, straight into it. OSError
    names the target."""
    data = page if isinstance(page, bytes) else page.encode()
    try:
        real = followed(target)  # a link stays, and what it leads to is written
        if target.exists() and not (real.is_file() and os.access(real.parent, os.W_OK)):
            target.write_bytes(data)
            return
        with tempfile.TemporaryDirectory(dir=real.parent, prefix=".reportedly-") as beside:
            partial = Path(beside) / "page"
            partial.write_bytes(data)
            if real.exists():
                shutil.copymode(real, partial)
            partial.replace(real)
    except OSError as e:
        raise OSError(e.errno, e.strerror or str(e), str(target)) from e


def brief_of(kept: Case, case: str, hidden: bool, made: Made = pipeline.current) -> Brief:
    """The brief of a case, made with progress on stderr unless that is hidden. A case that holds nothing is told of,
    and what to do. made: how it is made: only where reports were added since the last, or anew."""
    with progress_over(1, hidden=hidden, what="comparing") as show:
        brief = made(kept, lambda done, total: show(done / max(total, 1)))
    if not brief.documents:
        say(case, f"holds no reports yet; add some with: reportedly add {shlex.quote(case)} FILE...")
    return brief


def with_decisions(case: str, brief: Brief, reviews: Iterable[Review], reports: Iterable[Report]) -> Reviewed:
    """A brief with what was decided about it; decisions that cannot be applied are told on stderr."""
    after = decided(brief, reviews, reports)
    for conflict in after.conflicts:
        review = conflict.review
        say(case, f"review {review.number} ({review.action}) does not hold: {conflict.reason}")
    return after


def warn(report: Report) -> None:
    """What was guessed in reading a report, and why there is no text where there is none, on stderr."""
    notes = list(report.assumed)
    notes += [u.reason for u in report.unread if u.warn or not report.text.strip()]
    for note in notes:
        say(place_of(report.document), f"warning: {note}")
