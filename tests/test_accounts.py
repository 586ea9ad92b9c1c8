"""Claims grouped into questions and accounts by what is known of their pairs."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.accounts import Settings, Weight, agglomerate, grouped

S, D = Weight(0.9, 0.02), Weight(0.02, 0.9)


def test_two_accounts_of_one_question() -> None:
    found = grouped(4, {(0, 1): S, (0, 2): D, (1, 3): D, (2, 3): S}, Settings())
    assert [g.accounts for g in found] == [[[0, 1], [2, 3]]]
    assert found[0].contested


def test_agreement_is_no_question() -> None:
    (only,) = grouped(3, {(0, 1): S, (1, 2): S, (0, 2): S}, Settings())
    assert only.accounts == [[0, 1, 2]] and not only.contested


def test_unrelated_matters_stay_apart() -> None:
    found = grouped(4, {(0, 1): D, (2, 3): D, (1, 2): Weight(0.01, 0.01)}, Settings())
    assert [sorted(i for a in g.accounts for i in a) for g in found] == [[0, 1], [2, 3]]


def test_claims_nobody_speaks_to() -> None:
    assert [g.accounts for g in grouped(2, {}, Settings())] == [[[0]], [[1]]]
    assert grouped(0, {}, Settings()) == []


pairs = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda x: Weight(x[0] * (1 - x[1]), x[1])),
)


@given(pairs)
def test_every_claim_lies_in_one_account(weights: dict[tuple[int, int], Weight]) -> None:
    found = grouped(12, weights, Settings())
    assert sorted(i for g in found for a in g.accounts for i in a) == list(range(12))
    assert grouped(12, dict(reversed(weights.items())), Settings()) == found


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(6, 9)), st.floats(-1, 1)), st.floats(0, 1))
def test_groups_are_joined_only_where_it_gains(weights: dict[tuple[int, int], float], least: float) -> None:
    groups = agglomerate(range(10), weights, least)
    if not weights or max(weights.values()) <= least:
        assert groups == [[i] for i in range(10)]
    for group in groups:
        pairs = [(i, j) for i in group for j in group if i < j]
        assert not pairs or sum(weights.get(p, 0.0) - least for p in pairs) > -1e-9


def test_one_strong_pair_does_not_join_what_else_has_nothing_in_common() -> None:
    weights = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.9}
    assert agglomerate(range(4), weights, 0.3) == [[0, 1], [2, 3]]
    assert agglomerate(range(4), weights, 0.1) == [[0, 1, 2, 3]]


def test_those_kept_apart_are_never_joined() -> None:
    weights = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}
    assert agglomerate(range(3), weights, 0.1, 1.0, [(0, 2)]) == [[0, 1], [2]]


@given(pairs)
def test_nothing_is_left_that_would_gain(weights: dict[tuple[int, int], Weight]) -> None:
    same = {k: w.supports + w.disputes for k, w in weights.items()}
    groups = agglomerate(range(12), same, 0.22, 0.3)
    for x, one in enumerate(groups):
        for other in groups[:x]:
            across = [same[min(i, j), max(i, j)] for i in one for j in other if (min(i, j), max(i, j)) in same]
            gain = sum(w - 0.22 for w in across) - 0.22 * 0.3 * (len(one) * len(other) - len(across))
            assert not across or gain < 1e-9


def test_accounts_that_hardly_dispute_are_not_contested() -> None:
    for disputes, contested in ((0.099, False), (0.1, True)):
        (found,) = grouped(2, {(0, 1): Weight(0.25, disputes)}, Settings(otherwise=0.0), [(0, 1)])
        assert found.accounts == [[0], [1]]
        assert found.contested == contested


def test_a_claim_moves_to_where_it_is_worth_most() -> None:
    """Joined first with the surest, it goes where more speak to it."""
    weights = {(0, 1): Weight(0.6, 0.0), (1, 2): Weight(0.5, 0.0), (1, 3): Weight(0.5, 0.0), (2, 3): Weight(0.55, 0.0)}
    found = grouped(4, weights | {(0, 2): Weight(0.0, 0.0), (0, 3): Weight(0.0, 0.0)}, Settings())
    assert [g.accounts for g in found] == [[[0]], [[1, 2, 3]]]


@given(pairs, st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), max_size=4))
def test_moving_never_joins_those_that_dispute(
    weights: dict[tuple[int, int], Weight], disputes: set[tuple[int, int]]
) -> None:
    for g in grouped(12, weights, Settings(), sorted(disputes)):
        for account in g.accounts:
            assert not any(i in account and j in account for i, j in disputes)
