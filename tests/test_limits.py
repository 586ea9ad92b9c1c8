"""Time and memory of a cold start, and texts of awkward shape: limits in the same run, no corpora needed."""

import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import reportedly
from reportedly.ingest import IngestError, ingest
from reportedly.ingest.notes import notes_of

DEMO = Path(__file__).parents[1] / "demo"


def test_a_cold_start_is_quick_and_small() -> None:
    text = " ".join("\n".join(p.read_text("utf-8") for p in sorted(DEMO.glob("*.txt"))).split(" ")[:700])
    code = (
        "import resource, subprocess, sys;"
        "command = [sys.executable, '-m', 'reportedly', 'read', '--json', '-'];"
        "subprocess.run(command, check=True, stdout=subprocess.DEVNULL);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    runs = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, check=True)
        runs.append(tuple(map(float, done.stdout.split())))
    seconds, megabytes = sorted(runs)[1]
    assert seconds < 1.5
    assert megabytes < 400


@pytest.mark.parametrize(
    "text",
    [
        "“" + "word and he said that it was so. " * 30_000,  # one line of 1 MB, its quotation never closed
        "“”" * 50_000,
        '"' * 100_000,
        "'a " * 50_000,
        "x" * 200_000,
        "he said " * 5_000,
    ],
    ids=["one line", "marks", "straight marks", "single marks", "one word", "cues"],
)
def test_awkward_texts_end_in_linear_time(text: str) -> None:
    began = time.process_time()
    report = reportedly.read(text)
    assert time.process_time() - began < 5 + len(text) / 10_000
    assert all(len(s.text) < 12_000 for s in report.spans())


@pytest.mark.parametrize(
    "opening", [b"<!---->" * 2000, b"<!-- " * 2000, b"<?xml " * 2000, b"\n" * 100_000, b"<" * 50_000]
)
def test_sniffing_ends(opening: bytes) -> None:
    began = time.process_time()
    with suppress(IngestError):  # "<?xml" begins no text
        ingest(opening + b"He said that the bridge was shut.", "a")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "data",
    [
        b"Title: x" + b" " * 2_000_000 + b"x\n\nHe said no.",
        b"Title:" + b" " * 2_000_000,
        b"---\ntitle: x" + b" " * 2_000_000 + b"x\n---\n# He said no.\n",
        b"Correction" * 200_000,
        b"Correction: " * 200_000,
        b"a: b\n" * 400_000,
        b"From: a\n" * 300_000,
        b"\xe2\x80\x9c" * 700_000,
        b"%" * 2_000_000,
    ],
    ids=["title", "open title", "front", "note", "notes", "fields", "headers", "marks", "signs"],
)
def test_hostile_texts_are_taken_in_linear_time(data: bytes) -> None:
    began = time.process_time()
    with suppress(IngestError):
        notes_of(ingest(data, "a").document.text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The head of office {} said that plan {} was ready, and the river runs north of the town.\n", 12_000),  # 1 MB
        ("Mayor Roe told Radio {} in a letter to the Council of Amery {} that the plan was ready.\n", 3_000),
    ],
    ids=["sentences", "carriers"],
)
def test_long_texts_are_read_in_bounded_memory(sentence: str, count: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = reportedly.read("".join(sentence.format(n, n) for n in range(count)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert len(report.attributions) > 0.95 * count
    assert grown < 300
