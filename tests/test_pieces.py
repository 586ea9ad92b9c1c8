import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from reportedly.pieces import LONGEST_LINE, cut, windows
from reportedly.reader import MODELS, words_of

TOKENIZER = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
TEXT = st.text(
    st.one_of(st.sampled_from("ab .\n\r“”\"'\xa0\u2028é中\u200bـא!?…"), st.characters(exclude_categories=["Cs"])),
    max_size=300,
)


@given(TEXT)
def test_pieces_lie_in_the_text_in_order(text: str) -> None:
    pieces = cut(text, TOKENIZER)
    assert all(0 <= s < e <= len(text) for s, e in zip(pieces.start, pieces.end, strict=True))
    assert all(a <= b for a, b in zip(pieces.start, pieces.start[1:], strict=False))
    covered = {i for s, e in zip(pieces.start, pieces.end, strict=True) for i in range(s, e)}
    assert all(i in covered for i, c in enumerate(text) if c.isascii() and c.isalnum())


@settings(max_examples=50)
@given(TEXT.map(lambda t: t * 9), st.integers(8, 40), st.integers(0, 12))
def test_cores_cover_every_piece_once(text: str, core: int, context: int) -> None:
    pieces = cut(text, TOKENIZER)
    found = windows(pieces, text, core, context)
    assert [i for w in found for i in range(w.core_start, w.core_end)] == list(range(len(pieces)))
    for w in found:
        assert 0 <= w.start <= w.core_start < w.core_end <= w.end <= len(pieces)
        assert w.end - w.start <= core + 2 * context


def test_a_window_ends_with_a_paragraph_or_sentence_where_it_can() -> None:
    text = "One two three four. Five six seven eight.\nNine ten eleven twelve. Thirteen. " * 4
    pieces = cut(text, TOKENIZER)
    ends = [text[pieces.start[w.core_end - 1]] for w in windows(pieces, text, 14, 4)]
    assert set(ends) == {"."}


def test_features_hold_what_lower_case_loses() -> None:
    text = "Paris is. NATO said “yes”\n  iPhone"
    pieces = cut(text, TOKENIZER)
    feature = {text[s:e]: int(f) for s, e, f in zip(pieces.start, pieces.end, pieces.feature, strict=True)}
    assert feature["Paris"] == 1 + 8
    assert feature["NATO"] == 2
    assert feature["is"] == 0
    assert feature["yes"] == 4
    assert feature["“"] == 4
    assert feature["iPhone"] == 3 + 8


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b"])
def test_nothing_to_cut(text: str) -> None:
    pieces = cut(text, TOKENIZER)
    assert len(pieces) == 0
    assert windows(pieces, text) == []
    assert len(words_of(pieces).start) == 0


def test_one_endless_line_is_cut_without_loss() -> None:
    text = "word " * LONGEST_LINE + "x" * (3 * LONGEST_LINE)
    pieces = cut(text, TOKENIZER)
    assert (pieces.end[-1], pieces.start[0]) == (len(text), 0)
    assert sum(text[s:e] == "word" for s, e in zip(pieces.start, pieces.end, strict=True)) == LONGEST_LINE
