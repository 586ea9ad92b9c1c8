"""Inputs that mean harm end within their bounds, each with documents or a clear line, and harm nothing that follows."""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain

import pytest

from benchmarks.hostile import LIMITS, SAID, archives, bombs, damaged, faults, good, pdfs, texts, webs
from reportedly.ingest import Ingested, Refused
from reportedly.ingest.guard import Guard


@pytest.mark.parametrize("name", good())
def test_every_format_is_read_as_it_should_be(name: str) -> None:
    with Guard(LIMITS) as guard:
        found = [item for item in guard.read(name, data=good()[name]) if isinstance(item, Ingested)]
    assert found
    assert all(SAID[:60] in " ".join(item.document.text.split()) for item in found)
    assert all(item.document.file == name for item in found)


def timed(items: Iterable[object]) -> tuple[list[object], float]:
    """The items, and the most seconds that were waited for one: the bound is of each, an archive may have thousands."""
    found, longest, last = [], 0.0, time.monotonic()
    for item in chain(items, [None]):
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        found.append(item)
    return found[:-1], longest


@pytest.mark.parametrize("kind", [damaged, pdfs, archives, webs, texts, bombs])
def test_what_means_harm_does_none(kind: object) -> None:
    made: Iterable[tuple[str, object]] = kind()  # type: ignore[operator]
    broken, inputs = [], 0
    with Guard(LIMITS) as guard:
        for name, data in made:
            inputs += 1
            given = data() if callable(data) else data
            items, longest = timed(guard.read(name, data=given))  # type: ignore[arg-type]
            broken += [(name, fault) for fault in faults(items, longest)]
            if inputs % 20 == 0:
                (after,) = guard.read("after.html", data=good()["html"])
                assert isinstance(after, Ingested), name
    assert broken == []
    assert inputs > 20


def test_a_folder_survives_kills() -> None:
    command = [sys.executable, "-m", "benchmarks.folder", "--files", "140", "--bad", "20", "--kills", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "120 good files: 0 missing, 0 twice, 0 odd; 20 bad ones: 0 not told of" in done.stdout


def test_what_takes_too_long_is_a_fault() -> None:
    def slow() -> Iterator[str]:
        for _ in range(2):
            time.sleep(0.1)
            yield "read"

    items, longest = timed(slow())
    assert items == ["read", "read"] and longest >= 0.1
    assert list(faults([Refused(file="a.txt", reason="it is cut short")], LIMITS.seconds)) == []
    assert list(faults([Refused(file="a.txt", reason="it is cut short")], LIMITS.seconds + 6)) == ["TOO SLOW"]
