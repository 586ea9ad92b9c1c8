"""Inputs that mean harm end within their bounds, each with documents or a clear line, and harm nothing that follows."""

import subprocess
import sys
from collections.abc import Iterable

import pytest

from benchmarks.hostile import LIMITS, SAID, archives, bombs, damaged, faults, good, pdfs, texts, webs
from reportedly.ingest import Ingested
from reportedly.ingest.guard import Guard


@pytest.mark.parametrize("name", good())
def test_every_format_is_read_as_it_should_be(name: str) -> None:
    with Guard(LIMITS) as guard:
        found = [item for item in guard.read(name, data=good()[name]) if isinstance(item, Ingested)]
    assert found
    assert all(SAID[:60] in " ".join(item.document.text.split()) for item in found)
    assert all(item.document.file == name for item in found)


@pytest.mark.parametrize("kind", [damaged, pdfs, archives, webs, texts, bombs])
def test_what_means_harm_does_none(kind: object) -> None:
    made: Iterable[tuple[str, object]] = kind()  # type: ignore[operator]
    broken, inputs = [], 0
    with Guard(LIMITS) as guard:
        for name, data in made:
            inputs += 1
            items = list(guard.read(name, data=data() if callable(data) else data))  # type: ignore[arg-type]
            broken += [(name, fault) for fault in faults(items, 0)]
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
