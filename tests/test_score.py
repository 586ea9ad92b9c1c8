"""The benchmark's measures, checked on cases worked out by hand and against the reference implementation."""

import importlib.util
import json
from pathlib import Path

import pytest

from benchmarks import corpora, errors, gate, relations, score

SHARED = Path(__file__).parents[2] / "shared"
TEXT = "The mayor said that the bridge is safe. “Nobody knows,” they said."
GOLD = [
    {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 38]]},
    {"source": [[56, 60]], "cue": [[61, 65]], "content": [[40, 55]]},
]


def test_gold_against_itself_is_perfect() -> None:
    counts = score.count(TEXT, GOLD, GOLD)
    assert all(c.f1 == 100 for c in counts.values())


def test_the_source_counts_for_the_headline_only() -> None:
    wrong = [{**GOLD[0], "source": [[56, 60]]}, GOLD[1]]
    counts = score.count(TEXT, wrong, GOLD)
    assert counts["relation"] == (2, 2, 2)
    assert counts["headline"] == (1, 2, 2)


def test_marks_at_the_edges_do_not_count_for_exact() -> None:
    bare = [{**GOLD[1], "content": [[41, 53]]}]
    assert score.count(TEXT, bare, [GOLD[1]])["exact"] == (1, 1, 1)
    assert score.count(TEXT, [{**GOLD[1], "content": [[41, 47]]}], [GOLD[1]])["exact"] == (0, 1, 1)


def test_half_the_content_is_enough_for_a_relation() -> None:
    half = [{**GOLD[0], "content": [[20, 38]]}]
    less = [{**GOLD[0], "content": [[31, 38]]}]
    assert score.count(TEXT, half, GOLD)["relation"] == (1, 1, 2)
    assert score.count(TEXT, less, GOLD)["relation"] == (0, 1, 2)


def test_calibration_error() -> None:
    assert score.calibration_error([(0.95, True)] * 95 + [(0.95, False)] * 5) == pytest.approx(0)
    assert score.calibration_error([(0.95, False)] * 10) == pytest.approx(0.95)


def test_cofenet_spans_of_tokens() -> None:
    assert corpora.token_spans([(0, 3), (4, 9), (10, 14)], [(4, 14)]) == {(1, 3)}


@pytest.mark.skipif(not (SHARED / "tools").exists(), reason="the reference scorer is not here")
def test_equal_to_the_reference_on_a_peer() -> None:
    path = SHARED / "tools/score_attributions.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    names = {
        "headline": "rel+source",
        "relation": "relation",
        "exact": "exact",
        **{r: f"token {r}" for r in score.ROLES},
    }
    peer = {x["id"]: x["quotes"] for x in json.loads((SHARED / "corpora/peers/citron.dev.json").read_text("utf-8"))}
    for row in corpora.rows(SHARED / "corpora/polnear/dev.jsonl"):
        quotes = peer.get(row["id"], [])
        ours = score.count(row["text"], quotes, row["attributions"])
        theirs = reference.count(reference.Article(row), quotes)
        assert {k: tuple(ours[k]) for k in names} == {k: theirs[v] for k, v in names.items()}


def test_the_gate_tells_of_what_is_under_its_floor_and_over_its_limit() -> None:
    floors: dict[str, gate.Measured] = {"least": {"made": {"right": 90}}, "most": {"made": {"error": 0.03}}}
    assert gate.under(floors, {"made": {"right": 90, "error": 0.03}, "others": {"right": 0}}) == []
    assert gate.under(floors, {"made": {"right": 89.9, "error": 0.0312}}) == [
        "made right: 89.9 is under its floor of 90", "made error: 0.0312 is over its limit of 0.03",
    ]  # fmt: skip


def test_the_gate_tells_of_files_that_its_floors_were_not_set_on(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    for name in ("a.jsonl", "cases/b.json"):
        (tmp_path / name).write_text("{}")
    digests = {name: corpora.digest(tmp_path / name) for name in ("a.jsonl", "cases/b.json")}
    assert gate.changed(tmp_path, digests) == []
    (tmp_path / "a.jsonl").write_text("{ }")
    (tmp_path / "cases/c.json").write_text("{}")
    assert gate.changed(tmp_path, digests | {"gone.jsonl": ""}) == ["a.jsonl", "cases/c.json", "gone.jsonl"]


def test_balanced_accuracy_is_the_mean_over_those_that_are_and_those_that_are_not() -> None:
    judged = relations.Judged(("supports",) * 3 + ("disputes",), ("supports", "supports", "disputes", "disputes"))
    assert judged.right == 75
    assert judged.balanced("disputes") == pytest.approx(50 * (2 / 3 + 1))
    assert relations.Judged(judged.gold, ("supports",) * 4).balanced("disputes") == 50


def test_claimdiff_takes_the_likelier_of_two_for_pairs_not_marked_as_trained_on(tmp_path: Path) -> None:
    def row(one: str, other: str, label: str | None, in_train: bool = False) -> str:
        return json.dumps({"a": {"text": one}, "b": {"text": other}, "label": label, "in_train": in_train})

    safe, unsafe = "The bridge is safe.", "The bridge is not safe."
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        "\n".join(
            [row(safe, safe, "supports"), row(safe, unsafe, "disputes"), row(safe, safe, None),
             row(safe, safe, "disputes", True)]
        )
    )  # fmt: skip
    judged = relations.claimdiff(path)
    assert judged.gold == judged.ours == ("supports", "disputes")


def test_the_kinds_of_errors_stand_by_their_share_and_rare_ones_are_left_out() -> None:
    rows = errors.table({"source": 60, "missed": 440, "taken": 1}).splitlines()
    assert [row.split(" | ")[:2] for row in rows[2:]] == [["| missed", "88 %"], ["| source", "12 %"]]
