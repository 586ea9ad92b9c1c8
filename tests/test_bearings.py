"""What tells whether two claims answer one question, and what the judge makes of it."""

from pathlib import Path

import numpy as np
import pytest

from reportedly import Case, pipeline
from reportedly.bearings import NAMES, bearings
from reportedly.compare import Reading, told_of
from reportedly.identity import same_sources
from reportedly.relations import MEANING, MEANT, default_judge

TEXT = (
    "The pier cracked in the storm, the harbour master, Ada Finch, said on Monday. “Nobody was on it,” Finch said.\n\n"
    "Leo Marsh, a diver, denied that the pier cracked in the storm. Marsh said Finch had never looked at it.\n\n"
    "Bread costs two crowns, a baker said.\n"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return pipeline.study(pipeline.read_bytes(TEXT.encode(), "pier.txt"))


def row(reading: Reading, one: str, other: str) -> dict[str, float]:
    """The bearings of the two claims that hold these words."""
    claims = [c for c in reading.claims if c.id in reading.phrases]
    i, j = (next(n for n, c in enumerate(claims) if words in c.text) for words in (one, other))
    told = told_of([reading], claims, same_sources([reading.report]), {(min(i, j), max(i, j)): (0.1, 0.2, 0.3, 0.4)})
    return dict(zip(NAMES, told[0].tolist(), strict=True))


def test_two_claims_of_two_people(reading: Reading) -> None:
    told = row(reading, "The pier cracked", "that the pier cracked")
    assert (told["supports"], told["disputes"], told["related"]) == pytest.approx((0.1, 0.2, 0.3))
    assert told["one report"] and told["one doubts"] and told["both attributed"] and told["both named"]
    assert not told["one speaker"] and told["own words"] > 0.8


def test_two_claims_of_one_person(reading: Reading) -> None:
    told = row(reading, "The pier cracked", "Nobody was on it")
    assert told["one speaker"] and told["one speaker, one report"] and not told["one doubts"]


def test_one_who_names_the_other(reading: Reading) -> None:
    told = row(reading, "Nobody was on it", "Finch had never looked")
    assert told["one names the other"] and not told["both name the other"]


def test_meanings_are_unit_vectors_that_depend_on_nothing_but_the_text(reading: Reading) -> None:
    assert reading.meanings.keys() == reading.phrases.keys()
    for meaning in reading.meanings.values():
        assert meaning.shape == (MEANING,) and np.linalg.norm(meaning) == pytest.approx(1, abs=1e-4)
    again = pipeline.study(reading.report)
    assert all((again.meanings[k] == v).all() for k, v in reading.meanings.items())


def test_claims_on_one_matter_are_nearer_than_others(reading: Reading) -> None:
    one, other, bread = (
        next(reading.meanings[c.id] for c in reading.claims if words in c.text)
        for words in ("The pier cracked", "that the pier cracked", "Bread costs")
    )
    assert one @ other > one @ bread


def test_the_nearness_of_meanings_is_where_the_judge_looks_for_it() -> None:
    assert NAMES[MEANT] == "meaning"


def test_answers_are_probabilities(reading: Reading) -> None:
    told = np.random.RandomState(0).rand(40, len(NAMES)).astype(np.float32)
    p = default_judge().answers(told)
    assert p.shape == (40, 3) and np.allclose(p.sum(1), 1, atol=1e-5) and (p >= 0).all()


def test_nothing_to_tell() -> None:
    judge, none = default_judge(), np.zeros((0, MEANING), np.float32)
    assert bearings([], {}, [], same_sources([]), {}, none).shape == (0, len(NAMES))
    assert judge.answers(np.zeros((0, len(NAMES)), np.float32)).shape == (0, 3) and judge.meanings([]).shape[0] == 0


def test_a_case_reads_a_claim_for_its_meaning_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, seen = default_judge(), []
    read = judge.meanings

    def counted(phrases: list) -> np.ndarray:  # type: ignore[type-arg]
        seen.append(len(phrases))
        return read(phrases)

    monkeypatch.setattr(judge, "meanings", counted)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT.replace("storm", "flood"))
    with Case.open(tmp_path / "pier.case", create=True) as case:
        list(pipeline.add(case, [str(tmp_path / "a.txt")]))
        first = pipeline.compare(case)
        assert pipeline.compare(case) == first and len(seen) == 1
        list(pipeline.add(case, [str(tmp_path / "b.txt")]))
        pipeline.compare(case)
        assert len(seen) == 2
