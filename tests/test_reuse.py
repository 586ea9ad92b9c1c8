import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reuse import FEWEST, candidates, numbers_of, passages, retold, sentences_of, words_of

NARRATION = (
    "The grain barge Odalys drifted against the weir at Lowmarket shortly before dawn and lay across the channel for "
    "nine hours while two tugs from the harbour tried to turn her against the current. Her master had gone ashore the "
    "evening before to look for a pilot and came back to find the mooring posts pulled out of the bank. By noon the "
    "queue of boats above the lock reached as far as the tannery, and the lock keeper had begun to sell tea."
)
OTHER = (
    "Councillors in Lowmarket voted on Monday to close the market hall for the winter. The roof lets in rain, the "
    "heating costs more than the stalls earn, and nobody has offered to buy the building since the spring."
)


def words(text: str) -> list[str]:
    return text.split()


def test_a_copy_is_one_passage_at_its_exact_place() -> None:
    text = f"{OTHER}\n\n{NARRATION}"
    (passage,) = passages(words_of(NARRATION), words_of(text))
    assert NARRATION[slice(*passage.a)] == NARRATION.rstrip(".")
    assert text[slice(*passage.b)] == NARRATION.rstrip(".")
    assert passage.words == passage.narration == len(words(NARRATION))


def test_a_passage_survives_small_edits_and_other_marks() -> None:
    edited = NARRATION.replace("shortly before dawn", "just before daybreak").replace("nine hours", "some nine hours")
    edited = edited.replace("and came back", "“and came back”").replace("harbour", "port")
    (passage,) = passages(words_of(NARRATION), words_of(edited))
    assert passage.a == (0, len(NARRATION) - 1) and passage.b == (0, len(edited) - 1)
    assert passage.words > 0.9 * len(words(NARRATION)) and passage.narration == passage.words - 3


def test_paragraphs_in_another_order_are_passages_each() -> None:
    first, second = NARRATION.split(". By noon")
    turned = f"By noon{second}\n\n{first}."
    assert len(passages(words_of(NARRATION), words_of(turned))) == 2


def test_independent_texts_share_nothing() -> None:
    assert passages(words_of(NARRATION), words_of(OTHER)) == []
    assert passages(words_of(""), words_of(OTHER)) == []


def test_page_furniture_is_no_passage() -> None:
    furniture = (
        "\n\nSign up for our newsletter and have the day's most important stories of the valley in your inbox by "
        "seven every morning, together with the weather, the tides and whatever the editor has been reading."
    )
    assert passages(words_of(NARRATION + furniture), words_of(OTHER + furniture)) == []


def test_candidates_are_the_pairs_that_share_something() -> None:
    texts = [NARRATION, OTHER, f"{OTHER} {NARRATION[:200]}", "Nothing to see here."]
    assert candidates(map(numbers_of, texts)) == [(0, 2), (1, 2)]
    assert candidates([]) == [] and candidates([numbers_of("")]) == []


def test_many_reprints_stay_tied_to_each_other() -> None:
    found = candidates(numbers_of(NARRATION) for _ in range(80))
    assert {n for pair in found for n in pair} == set(range(80)) and len(found) < 80 * 79 / 2


def test_a_pair_of_600_words_takes_a_few_milliseconds() -> None:
    rng = random.Random(1)
    vocabulary = list(dict.fromkeys(words(f"{NARRATION} {OTHER}")))
    parent = [rng.choice(vocabulary) for _ in range(600)]
    child = [w if rng.random() > 0.3 else rng.choice(vocabulary) for w in parent]
    a, b = words_of(" ".join(parent)), words_of(" ".join(child))
    took = []
    for _ in range(5):
        began = time.process_time()
        assert passages(a, b)
        took.append(time.process_time() - began)
    assert min(took) < 0.01  # 0.005 where nothing else runs


def test_texts_of_the_same_set_phrases_take_no_time_for_chains_that_lie_in_others() -> None:
    rng = random.Random(1)
    phrases = f"{NARRATION} {OTHER}".split(". ")

    def phrase() -> str:
        said = words(rng.choice(phrases))
        for _ in range(2):
            said[rng.randrange(len(said))] = str(rng.randint(2, 900))
        return " ".join(said)

    a, b = (words_of(". ".join(phrase() for _ in range(100))) for _ in range(2))
    took = []
    for _ in range(3):
        began = time.process_time()
        assert passages(a, b)
        took.append(time.process_time() - began)
    assert min(took) < 0.16  # 0.08 where nothing else runs; 0.27 with every chain filled


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_passages_lie_in_their_texts_and_apart(a: str, b: str) -> None:
    first, second = f"{a} {NARRATION} {b}", f"{b} {NARRATION} {a}"
    found = passages(words_of(first), words_of(second))
    assert found
    for p in found:
        assert 0 <= p.a[0] < p.a[1] <= len(first) and 0 <= p.b[0] < p.b[1] <= len(second)
        assert p.words >= FEWEST and 0 <= p.narration <= p.words
    for places in (sorted(p.a for p in found), sorted(p.b for p in found)):
        assert all(x[1] <= y[0] for x, y in zip(places, places[1:], strict=False))


def test_texts_that_repeat_themselves_end_in_time() -> None:
    began = time.perf_counter()
    assert passages(words_of("the cat sat on it. " * 4000), words_of("on the cat sat it. " * 4000))
    assert passages(words_of("a " * 50_000), words_of("a b " * 50_000)) is not None
    assert retold(sentences_of("He came to the old mill. " * 5000), sentences_of("He left the old mill. " * 5000)) == 0
    assert time.perf_counter() - began < 20
