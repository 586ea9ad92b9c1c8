"""The reader on texts of ours: what it must handle, and what must hold on any text."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly
from reportedly import Attribution, Document, Report
from reportedly.arrays import softmax
from reportedly.engine import verify
from reportedly.reader import (
    CONTENT,
    MODELS,
    NEITHER,
    SOURCE,
    Cue,
    Linked,
    Settings,
    _trim,
    best_roles,
    decided,
    find_cues,
)


def words(spans: tuple[reportedly.Span, ...]) -> str:
    return " … ".join(s.text for s in spans)


def one(text: str, cue: str) -> Attribution:
    """The attribution whose cue holds these words."""
    found = [a for a in reportedly.read(text).attributions if cue in words(a.cue)]
    assert len(found) == 1, [
        (words(a.source), words(a.cue), words(a.content)) for a in reportedly.read(text).attributions
    ]
    return found[0]


def test_direct_speech_with_its_source_behind() -> None:
    a = one("“The bridge is safe,” Mayor Ilse Brandt told the Courier on Monday.", "told")
    assert words(a.content).strip("“”,") == "The bridge is safe"
    assert "Brandt" in words(a.source)
    assert a.speech == "direct"
    assert words(a.addressee) == "the Courier"


def test_indirect_speech_with_its_source_in_front() -> None:
    a = one("The roads authority said that the bridge would stay closed until spring.", "said")
    assert words(a.source) == "The roads authority"
    assert "the bridge would stay closed until spring" in words(a.content)
    assert a.speech == "indirect"


def test_mixed_speech() -> None:
    a = one("The union leader said the repair was “a bad joke” from the start.", "said")
    assert a.speech == "mixed"


def test_a_content_broken_by_its_cue() -> None:
    a = one("“We knew about the cracks,” Mr. Okoro said on Monday, “and we told them every year.”", "said")
    assert [s.text.strip("“”,. ") for s in a.content] == ["We knew about the cracks", "and we told them every year"]


def test_a_source_shared_by_two_cues() -> None:
    report = reportedly.read(
        "Brandt spoke on Monday. She described the repair as a success and said the bridge was safe."
    )
    sources = {words(a.cue): words(a.source) for a in report.attributions}
    assert {c for c, s in sources.items() if s == "She"} >= {"said"}
    assert len([s for s in sources.values() if s == "She"]) == 2


def test_a_source_may_be_absent() -> None:
    a = one("The engineers were reported to have left the site before noon.", "reported")
    assert a.source == ()


def test_nested_attributions_lie_within_the_outer_content() -> None:
    report = reportedly.read(
        "The ministry denied that its engineers had said the bridge could not carry heavy lorries any longer."
    )
    inner = [a for a in report.attributions if a.within]
    assert inner
    around = {a.id: a for a in report.attributions}
    for a in inner:
        outer = around[str(a.within)]
        assert all(any(o.start <= s.start and s.end <= o.end for o in outer.content) for s in (*a.cue, *a.content))


@pytest.mark.parametrize("text", ["", "  \n", "“”", "“““““", '"\'"\'"', "…", "\u200f\u202e", "1 2 3"])
def test_nothing_to_attribute(text: str) -> None:
    assert reportedly.read(text).attributions == ()


def test_a_text_without_attributions_is_empty() -> None:
    text = "The bridge is 240 metres long and 12 metres wide. It was built in 1961 and repaired in 1988.\n"
    assert reportedly.read(text * 3).attributions == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "said", "He", "that", "the bridge", ".", ",", "\n\n", "told", "שלום", "\xa0", "é", "was"]
        ),
        max_size=120,
    )
)
def test_every_span_is_true_on_any_text(parts: list[str]) -> None:
    report = reportedly.read(" ".join(parts))
    for span in report.spans():
        assert report.text[span.start : span.end] == span.text
    ids = {a.id for a in report.attributions}
    assert len(ids) == len(report.attributions)
    assert all(a.within in ids for a in report.attributions if a.within)
    assert all(0 <= a.confidence <= 1 for a in report.attributions)


SENTENCES = [
    f"The head of office {n} said that plan {n} was ready. The river runs north of town {n}." for n in range(300)
]


def test_long_texts_are_read_to_their_end_without_doubles() -> None:
    report = reportedly.read("\n".join(SENTENCES))
    contents = [words(a.content) for a in report.attributions if "said" in words(a.cue)]
    found = [sum(f"plan {n} was ready" in c for c in contents) for n in range(300)]
    assert max(found) == 1
    assert sum(found) >= 297
    assert all(found[-3:])


def test_a_speech_longer_than_the_window_is_whole() -> None:
    speech = "“" + "We have looked at every bolt and every plate of this bridge with care. " * 30 + "It is safe.”"
    a = one(f"{speech} the mayor said.", "said")
    assert words(a.content).rstrip(",").endswith("It is safe.”")
    assert words(a.content).startswith("“We have")


def test_reading_twice_gives_the_same_bytes() -> None:
    text = "\n".join(SENTENCES[:20])
    assert reportedly.read(text).to_json() == reportedly.read(text).to_json()


def test_lone_surrogates_are_replaced_and_said() -> None:
    report = reportedly.read("The mayor\ud800 said that the bridge was safe.")
    assert "\ufffd" in report.text
    assert report.unread
    assert Report.from_json(report.to_json()) == report


def test_best_roles_mend_a_frayed_content() -> None:
    probability = np.zeros((2, 9, 3), np.float32)
    probability[0, 2:7, CONTENT] = [0.98, 0.98, 0.4, 0.98, 0.98]
    probability[..., NEITHER] = 1 - probability[..., CONTENT]
    assert best_roles(probability, 0.0).tolist() == [[0, 0, 2, 2, 0, 2, 2, 0, 0], [0] * 9]
    assert best_roles(probability, 1.0).tolist() == [[0, 0, 2, 2, 2, 2, 2, 0, 0], [0] * 9]


def test_a_source_is_one_phrase_the_likeliest() -> None:
    likely = [0.6, 0.7, 0.1, 0.1, 0.6, 0.4, 0.9, 0.0, 0.7, 0.1]
    probability = np.zeros((1, 10, 3), np.float32)
    probability[0, :, SOURCE] = likely
    probability[..., NEITHER] = 1 - probability[..., SOURCE]
    (found,) = decided([Linked(0, [Cue(7, 8, 0.9, False)], probability)], 0.0)
    assert found.source.tolist() == [4, 5, 6]  # not what is less likely, beyond unlikely words or beyond the cue


def test_a_source_does_not_take_all_of_the_content() -> None:
    probability = np.zeros((1, 7, 3), np.float32)
    probability[0, :, SOURCE] = [0.9, 0.9, 0.4, 0.4, 0.95, 0, 0]
    probability[0, 2:4, CONTENT] = 0.6
    probability[..., NEITHER] = 1 - probability.sum(-1)
    (found,) = decided([Linked(0, [Cue(5, 6, 0.9, False)], probability)], 0.0)
    assert (found.source.tolist(), found.content.tolist()) == ([4], [2, 3])


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.sampled_from([0.0, 0.5, 1.0]), st.randoms())
def test_windows_decided_together_are_decided_as_each_alone(sizes: list[int], switch: float, random: Random) -> None:
    rng = np.random.default_rng(random.randrange(1 << 30))
    linked = []
    for low, n in enumerate(sizes):
        cues = [Cue(c, c + 1, float(rng.uniform(0.2, 1)), bool(rng.integers(2))) for c in range(rng.integers(1, n + 1))]
        probability = softmax(rng.normal(size=(len(cues), n, 3)).astype(np.float32) * 6)
        linked.append(Linked(100 * low, cues, probability))
    together = decided(linked, switch)
    alone = [found for window in linked for found in decided([window], switch)]
    for a, b in zip(together, alone, strict=True):
        assert (a.nested, a.seen) == (b.nested, b.seen)
        for name in ("cue", "source", "content"):
            assert getattr(a, name).tolist() == getattr(b, name).tolist()
        assert np.allclose(a.features, b.features, atol=1e-5)


@given(st.lists(st.tuples(*[st.sampled_from([-2.0, 0.0, 2.0])] * 6), max_size=12))
def test_cues_are_runs_of_likely_words(scores: list[tuple[float, ...]]) -> None:
    tags = np.array(scores, np.float32).reshape(-1, 6)
    expected = []
    for nested in (False, True):
        start = None
        probability = softmax(tags[:, 3:] if nested else tags[:, :3])
        for i in range(len(tags) + 1):
            on = i < len(tags) and 1 - probability[i, 0] >= Settings().cue_edge
            if start is not None and (not on or probability[i, 1] >= probability[i, 2]):
                expected.append((start, i, nested))
                start = None
            if on and start is None:
                start = i
    assert [(c.start, c.end, c.nested) for c in find_cues(tags, Settings())] == expected


@given(st.integers(1, 4), st.integers(1, 12), st.randoms(use_true_random=False))
def test_best_roles_without_a_cost_are_the_likeliest(cues: int, n: int, random: Random) -> None:
    weights = np.array(
        [[[0.01 + random.random() ** 3 for _ in range(3)] for _ in range(n)] for _ in range(cues)], np.float32
    )
    probability = weights / weights.sum(-1, keepdims=True)
    sure = probability[..., NEITHER] >= 0.9
    best = best_roles(probability, 0.0)
    chosen = np.take_along_axis(probability, best[..., None], -1)[..., 0]
    # The logarithms of two probabilities that differ in the last bit may be one number of 32 bits.
    assert (best[sure] == NEITHER).all() and (chosen >= probability.max(-1) - 1e-6)[~sure].all()


def test_neighbouring_cues_are_parted_where_one_begins() -> None:
    tags = np.full((4, 6), -5.0, np.float32)
    tags[:, [0, 3]] = 0
    tags[0, 1] = tags[2, 1] = 9
    tags[1, 2] = 9
    assert [(c.start, c.end, c.nested) for c in find_cues(tags, Settings())] == [(0, 2, False), (2, 3, False)]


def test_the_models_are_those_of_the_card() -> None:
    assert verify(MODELS) == []
    card = json.loads((MODELS / "card.json").read_text("utf-8"))
    assert {"data", "licence", "settings", "scores", "failures", "files"} <= card.keys()


def test_a_changed_model_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps({"files": {"a": "0" * 64, "b": "0" * 64}}))
    (tmp_path / "a").write_text("x")
    assert [p.split(" is ")[1].split(";")[0] for p in verify(tmp_path)] == ["not the file of its card", "missing"]


@pytest.mark.parametrize(
    "dateline",
    [
        "TARLEMOUTH, March 4 (Northern Wire) - ",
        "PORT AMERY — ",
        "(Northern Wire) -- ",
        "LORRAND, N.Y. (NW) – ",
        "AMERY, Nov. 19, 2024 — ",
    ],  # noqa: RUF001
)
def test_a_dateline_is_no_part_of_what_is_said(dateline: str) -> None:
    a = one(dateline + "The harbour was closed on Monday after a crane fell, officials said.", "said")
    assert words(a.content).startswith("The harbour was closed")
    a = one(dateline + "Harbour master Dana Whitlock said that the harbour was closed.", "said")
    assert words(a.source) == "Harbour master Dana Whitlock"


def test_a_span_in_a_dateline_is_dropped() -> None:
    document = Document.of("AMERY - It burned.")
    assert _trim(document, (document.span(0, 5), document.span(2, 17)), [(0, 8)]) == (document.span(8, 17),)


def test_an_article_alone_is_no_part_of_a_content() -> None:
    document = Document.of("The pier held, a survey showed.")
    pier, article = document.span(0, 13), document.span(15, 16)
    assert _trim(document, (pier, article), []) == (pier,)
    assert _trim(document, (article,), []) == (article,)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Children fell ill at the pool on Monday.\n\nWhat next\n\n“The pump was stuck open,” the engineer said on"
            " Tuesday.",
            "“The pump was stuck open,”",
        ),
        ("Police appeal\nThe pool will reopen in June, the council said.", "The pool will reopen in June"),
    ],
)
def test_a_heading_is_nobodys_words(text: str, content: str) -> None:
    """What stands above a statement without ending a sentence is no part of it."""
    assert [s.text for a in reportedly.read(text).attributions for s in a.content] == [content]


def test_broken_lines_are_no_headings() -> None:
    """Words that go on behind a line's end stay whole."""
    text = (
        "The council of Fernley said in a long statement on Tuesday night that the\n"
        "Fernley Valley pool would have to stay closed for the whole of the summer\n"
        "and that nobody had been hurt. The whole statement is to be found here:\n"
        f"https://fernley.example/statements/{'a-very-long-name-of-a-page/' * 6}\n"
    )
    (only,) = reportedly.read(text).attributions
    assert only.content[-1].text.endswith("nobody had been hurt")
