"""The shipped case: its gold is true and fresh, it holds what it promises, and the reader does well on it."""

import json
from pathlib import Path
from typing import Any

import pytest

import reportedly
from benchmarks import score
from reportedly.ingest import Ingested, Refused, ingest
from reportedly.intake import Ways, documents
from tests.demo_gold import gold

DEMO = Path(__file__).parents[1] / "demo"
GOLD: dict[str, Any] = json.loads((Path(__file__).parent / "data/demo_gold.json").read_text("utf-8"))
FILES = [d["file"] for d in GOLD["documents"]]


def text_of(file: str) -> str:
    return ingest((DEMO / file).read_bytes(), file).document.text


def test_the_folder_holds_nothing_but_its_reports() -> None:
    found = [item for _, item in documents([DEMO], Ways())]
    assert not any(isinstance(item, Refused) for item in found)
    assert {Path(item.document.file).name for item in found if isinstance(item, Ingested)} == {
        d["file"] for d in GOLD["documents"]
    }


def test_the_gold_is_what_its_source_says() -> None:
    assert gold() == GOLD


@pytest.mark.parametrize("file", FILES)
def test_every_gold_span_lies_in_its_report(file: str) -> None:
    text = text_of(file)
    (document,) = (d for d in GOLD["documents"] if d["file"] == file)
    for attribution in document["attributions"]:
        assert attribution["cue"]
        assert attribution["content"]
        for role in score.ROLES:
            for start, end in attribution[role]:
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
    for question in GOLD["questions"]:
        for account in question["accounts"]:
            for claim in account["claims"]:
                assert claim["doc"] in FILES
                assert all(e <= len(text) for _, e in claim["spans"] if claim["doc"] == file)


def test_reports_are_of_a_newspapers_length() -> None:
    assert 6 <= len(FILES) <= 8
    for file in FILES:
        assert 250 <= len(text_of(file).split()) <= 700, file


def test_the_reader_on_the_demo() -> None:
    rows = []
    for document in GOLD["documents"]:
        text = text_of(document["file"])
        found = [
            {r: [(s.start, s.end) for s in getattr(a, r)] for r in score.ROLES}
            for a in reportedly.read(text).attributions
        ]
        rows.append(score.count(text, found, document["attributions"]))
    counts = score.total(rows)
    print({k: round(v.f1, 1) for k, v in counts.items()})
    assert counts["headline"].f1 >= 68
    assert counts["headline"].precision >= 75
