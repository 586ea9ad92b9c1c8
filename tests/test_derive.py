import re
from difflib import SequenceMatcher
from itertools import islice
from math import isnan

import pytest

from benchmarks.derive import COPY, Made, Matter, Passage, bare, matters, pairs

MATTERS = list(matters(7, 24))


def words(text: str) -> list[str]:
    return [bare(w) for w in text.split()]


def named(matter: Matter) -> dict[str, Made]:
    return {r.name: r for r in matter.reports}


def outside(text: str) -> list[str]:
    """Words outside quotations; a quotation is one that nothing equals."""
    out: list[str] = []
    for i, part in enumerate(re.split(r'(“[^”]*”|"[^"]*"|(?<!\w)‘.*?’(?!\w))', text)):
        out += [f"{id(text)} {len(out)}"] if i % 2 else words(part)
    return out


def longest(a: Made, b: Made) -> list[str]:
    x, y = outside(a.text), outside(b.text)
    m = SequenceMatcher(None, x, y, autojunk=False).find_longest_match()
    return x[m.a : m.a + m.size]


def stretches(a: Made, b: Made, p: Passage) -> tuple[list[str], list[str]]:
    return words(a.text[p.a_start : p.a_end]), words(b.text[p.b_start : p.b_end])


def whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends with a word."""
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace()) and start < end


def test_the_seed_decides() -> None:
    assert repr(list(matters(7, 3))) == repr(MATTERS[:3])
    assert repr(list(matters(8, 3))) != repr(MATTERS[:3])
    assert [repr(x) for x in pairs(1, 3, 0.2)] == [repr(x) for x in islice(pairs(1, 9, 0.2), 3)]


def test_every_pair_has_its_truth() -> None:
    for m in MATTERS:
        names = [r.name for r in m.reports]
        assert len(set(names)) == len(names)
        assert {frozenset(t[:2]) for t in m.truths} == {frozenset((a, b)) for a in names for b in names if a != b}
        assert len({r.outlet for r in m.reports}) == len(names)
        for t in m.truths:
            assert (t.kind in ("copy", "partly")) == bool(t.passages) != isnan(t.edits)
    kinds = {t.kind for m in MATTERS for t in m.truths}
    assert kinds == {"copy", "partly", "rewrite", "quotation", "same event", "unrelated"}


@pytest.mark.parametrize("share", [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5])
def test_a_derived_pair(share: float) -> None:
    for a, b, t in pairs(3, 10, share):
        assert 130 <= len(words(a.text)) <= 720
        changed = of = taken = 0
        for p in t.passages:
            assert whole(a.text, p.a_start, p.a_end)
            assert whole(b.text, p.b_start, p.b_end)
            x, y = stretches(a, b, p)
            if not share:
                assert x == y
            kept = sum(n for *_, n in SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks())
            taken += min(len(x), len(y))
            of += max(len(x), len(y))
            changed += max(len(x), len(y)) - kept
        assert t.edits == pytest.approx(share, abs=0.03)
        assert changed / of == pytest.approx(share, abs=0.08)
        assert (t.kind == "copy") == (taken >= COPY * min(len(words(a.text)), len(words(b.text))))


def test_independent_reports_share_no_long_run() -> None:
    for m in MATTERS:
        for t in m.truths:
            if not t.passages:
                run = longest(named(m)[t.a], named(m)[t.b])
                assert len(run) < 12, " ".join(run)


def test_reports_of_two_events_share_not_even_a_quotation() -> None:
    for m in MATTERS:
        for t in m.truths:
            if t.kind == "unrelated":
                x, y = (words(named(m)[n].text) for n in t[:2])
                assert SequenceMatcher(None, x, y, autojunk=False).find_longest_match().size < 12


def test_carriers_are_sentences() -> None:
    assert {s.origins for m in MATTERS for s in m.statements} >= {1, 2}
    for m in MATTERS:
        for s in m.statements:
            assert 1 <= s.origins <= len(s.carriers) >= 2
            for name, start, end in s.carriers:
                text = named(m)[name].text
                assert whole(text, start, end)
                assert re.fullmatch(r"[A-Z0-9“‘\"].*\.", text[start:end])
                assert start == 0 or re.search(r"[.?!”\"’)]\s+$", text[:start])


def test_circles_are_of_outlets_that_name_one_another() -> None:
    planted = [(m, c) for m in MATTERS for c in m.circles]
    assert {len(c) for _, c in planted} <= {2, 3}
    assert planted
    for m, outlets in planted:
        text = {r.outlet: r.text for r in m.reports}
        for a, b in zip(outlets, (*outlets[1:], outlets[0]), strict=True):
            assert b.removeprefix("The ") in text[a]
