"""What commands print and write, and how they end where that fails."""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from reportedly.batch.fault import BatchError
from reportedly.brief import printable
from reportedly.case import CaseError, Review, UnknownIdError
from reportedly.pipeline import place_of, why
from reportedly.records import Brief, Document, Report
from reportedly.recount import decided
from reportedly.review import Reviewed
from reportedly.terminal import complain, say

_CONTROL = re.compile(rb"\x7f|\xc2[\x80-\x9f]")


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
        say("standard output", why(e))
        sys.exit(1)


def put(row: Any) -> None:
    """A line of JSON on stdout."""
    sys.stdout.buffer.write(escaped(msgspec.json.encode(row)) + b"\n")
    sys.stdout.buffer.flush()


def escaped(json: bytes) -> bytes:
    """JSON with DEL and the C1 controls escaped, which some terminals obey; the value is the same."""
    return _CONTROL.sub(lambda m: b"\\u%04x" % m.group()[-1], json)


def plain_value(value: Any) -> Any:
    """A value of a table as JSON has it."""
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def fields(record: msgspec.Struct, *names: str) -> dict[str, Any]:
    """Some fields of a record."""
    return {name: getattr(record, name) for name in names}


def headed(document: Document) -> dict[str, Any]:
    """What a document is, without its text."""
    return fields(document, "id", "file", "title", "outlet", "published")


def written(target: Path, page: str) -> None:
    """Write a page whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".reportedly-") as beside:
        partial = Path(beside) / "page"
        partial.write_text(page, "utf-8")
        partial.replace(target)


def say_empty(case: str) -> None:
    """That a case holds nothing to be shown, and what to do."""
    say(case, f"holds no reports yet; add some with: reportedly add {printable(case)} FILE...")


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
