"""What tells whether two claims answer one question, and what the judge makes of it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from reportedly import Case, pipeline, read
from reportedly.arrays import Floats
from reportedly.bearings import NAMES, OWN, _nearness, bearings
from reportedly.compare import FEWEST, MOST, READ, Reading, compare, worth_reading
from reportedly.identity import same_sources
from reportedly.nearness import candidates, likeness, weighed
from reportedly.pairing import BESIDE, CONTENT, LONGEST, MARKS, MOST_BESIDE, framed
from reportedly.pieces import CLS, SEP
from reportedly.relations import Pair, default_judge

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
    told = bearings(claims, reading.phrases, [reading.report], same_sources([reading.report]), [(min(i, j), max(i, j))])
    return dict(zip(NAMES, told[0].tolist(), strict=True))


def test_two_claims_of_two_people(reading: Reading) -> None:
    told = row(reading, "The pier cracked", "that the pier cracked")
    assert told["one report"] and told["one doubts"] and told["both attributed"] and told["both named"]
    assert not told["one speaker"] and told["own words"] > 0.8


def test_two_claims_of_one_person(reading: Reading) -> None:
    told = row(reading, "The pier cracked", "Nobody was on it")
    assert told["one speaker"] and told["one speaker, one report"] and not told["one doubts"]


def test_one_who_names_the_other(reading: Reading) -> None:
    told = row(reading, "Nobody was on it", "Finch had never looked")
    assert told["one names the other"] and not told["both name the other"]


def phrases_of(reading: Reading, *words: str) -> list[Pair]:
    """The pair of the claims that hold these words, in this order and turned round."""
    a, b = (reading.phrases[next(c.id for c in reading.claims if w in c.text)] for w in words)
    return [Pair(a, b), Pair(b, a)]


def test_a_phrase_is_shown_with_a_little_of_what_stands_around_it(reading: Reading) -> None:
    for phrase in reading.phrases.values():
        roles = phrase.roles.tolist()
        assert len(phrase.ids) == len(roles) and roles.count(CONTENT) == len(phrase.words)
        beside = roles.count(BESIDE)
        assert 0 < beside <= MOST_BESIDE and len(roles) <= LONGEST + MOST_BESIDE
        assert sorted(phrase.away[phrase.roles == BESIDE].tolist()) == list(range(1, beside + 1))
        assert not phrase.away[phrase.roles != BESIDE].any()


def test_the_judge_reads_one_phrase_after_the_other(reading: Reading) -> None:
    pair, _ = phrases_of(reading, "The pier cracked", "that the pier cracked")
    ids, marks = framed(pair.a, pair.b)
    assert ids[0] == CLS and ids[-1] == SEP and (marks[ids == CLS] == 0).all() and (marks[ids == SEP] == 0).all()
    assert len(ids) == len(marks) == len(pair.a.ids) + len(pair.b.ids) + 3
    assert marks.max() < MARKS and marks.min() == 0
    own = 1 + len(pair.a.ids)
    few, _ = framed(pair.a, pair.b, 3)
    assert len(few) == sum((p.away <= 3).sum() for p in (pair.a, pair.b)) + 3 < len(ids)
    like = {i for i, m in zip(ids[:own].tolist(), marks[:own].tolist(), strict=True) if m and (m - 1) % 2}
    assert like == set(pair.a.ids.tolist()) & set(pair.b.ids.tolist())


def test_the_judge_tells_claims_on_one_matter_from_others(reading: Reading) -> None:
    judge = default_judge()
    one, other = (
        judge.compared(phrases_of(reading, "The pier cracked", words)[:1])[0]
        for words in ("that the pier cracked", "Bread costs")
    )
    assert max(one[1:]) - one[0] > max(other[1:]) - other[0]


def test_what_the_judge_reads_depends_on_nothing_but_the_pair(reading: Reading) -> None:
    judge, pairs = default_judge(), phrases_of(reading, "The pier cracked", "Nobody was on it")
    assert (judge.compared(pairs)[0] == judge.compared(pairs[:1])[0]).all()
    forth, back = judge.probabilities(pairs)
    assert np.allclose(forth, back, atol=1e-5)
    assert judge.compared([]).shape == (0, 3)


def test_the_likeliest_pairs_of_each_claim_are_read() -> None:
    claims = 400
    pairs = [(i, j) for i in range(claims) for j in range(i + 1, min(claims, i + 40))]
    p = np.random.RandomState(0).dirichlet((5, 1, 1), len(pairs)).astype(np.float32)
    worth = worth_reading(pairs, p, claims)
    each = dict.fromkeys(range(claims), 0)
    for pair in worth:
        for i in pair:
            each[i] += 1
    assert min(each.values()) == max(FEWEST, min(MOST, READ // claims)) and len(worth) < len(pairs) / 2
    assert pairs[int(np.argmin(p[:, 0]))] in worth and worth == sorted(set(worth))
    assert worth_reading([], np.zeros((0, 3), np.float32), 0) == []


def test_answers_are_probabilities(reading: Reading) -> None:
    told = np.random.RandomState(0).rand(40, len(NAMES)).astype(np.float32)
    p = default_judge().answers(default_judge().odds(told))
    assert p.shape == (40, 3) and np.allclose(p.sum(1), 1, atol=1e-5) and (p >= 0).all()


def test_what_was_read_counts() -> None:
    told = np.random.RandomState(0).rand(40, len(NAMES)).astype(np.float32)
    judge, read = default_judge(), np.full((40, 3), np.nan, np.float32)
    odds = judge.odds(told)
    assert (judge.answers(odds, read) == judge.answers(odds)).all()
    read[3] = (-4, 4, 0)
    changed = (judge.answers(odds, read) != judge.answers(odds)).any(1)
    assert changed.tolist() == [k == 3 for k in range(40)]
    assert judge.answers(odds, read)[3].argmax() == 1


def test_only_what_shares_words_is_ranked_and_it_is_ranked_as_if_all_were() -> None:
    chance = np.random.RandomState(0)
    texts = [" ".join(f"w{n}x" for n in chance.zipf(1.4, chance.randint(0, 12)) if n < 900) for _ in range(300)]
    words, most = weighed(texts), 5
    whole = np.zeros((300, 300), np.float32)
    for i in range(300):
        near, like = likeness(words, i)
        assert len(set(near.tolist())) == len(near) and i not in near
        whole[i, near] = like
        own = set(words.numbers[i].tolist())
        assert set(near.tolist()) == {j for j in range(300) if j != i and own & set(words.numbers[j].tolist())}
    assert np.allclose(whole, whole.T, atol=1e-6)
    nearest = np.argsort(-whole, axis=1, kind="stable")[:, :most]
    pairs = sorted({(min(i, j), max(i, j)) for i in range(300) for j in nearest[i].tolist() if whole[i, j] > 0})
    assert candidates(texts, most) == pairs
    i, j = np.array([*pairs, (0, 1), (3, 8)]).T
    own_words, around, (forth, back) = _nearness(texts, texts, i, j)
    both = OWN * whole + whole
    assert (own_words == whole[i, j]).all() and (around == whole[i, j]).all()
    assert (forth == (both[i] > both[i, j][:, None]).sum(1)).all()
    assert (back == (both[j] > both[j, i][:, None]).sum(1)).all()


@pytest.mark.parametrize(("later", "told"), [("05", ("disputes", "values")), ("07", ("related", "update"))])
def test_figures_that_conflict_dispute_each_other_unless_one_came_later(later: str, told: tuple[str, str]) -> None:
    line = "people were hurt in the mill fire on Harrow Street."
    reports = [
        read(f"{count} {line}", outlet=outlet, published=f"2024-05-{day}")
        for count, outlet, day in (("Nine", "Alpha Post", "05"), ("Fourteen", "Beta Herald", later))
    ]
    brief, _ = compare([pipeline.study(r) for r in reports], default_judge())
    assert [(r.kind, r.reason) for r in brief.relations] == [told]


def test_nothing_to_tell() -> None:
    assert bearings([], {}, [], same_sources([]), []).shape == (0, len(NAMES))
    odds = default_judge().odds(np.zeros((0, len(NAMES)), np.float32))
    assert odds.shape == default_judge().answers(odds).shape == (0, 3)


def test_a_case_has_a_pair_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, seen = default_judge(), list[int]()
    read = judge.compared

    def counted(pairs: Sequence[Pair]) -> Floats:
        seen.append(len(pairs))
        return read(pairs)

    monkeypatch.setattr(judge, "compared", counted)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT.replace("storm", "flood"))
    with Case.open(tmp_path / "pier.case", create=True) as case:
        list(pipeline.add(case, [str(tmp_path / "a.txt")]))
        first = pipeline.compare(case)
        alone = sum(seen)
        assert pipeline.compare(case) == first and sum(seen) == alone
        list(pipeline.add(case, [str(tmp_path / "b.txt")]))
        pipeline.compare(case)
        both = {frozenset(k) for k in case.answers(judge.digest)}
        assert alone < sum(seen) == len(both)
