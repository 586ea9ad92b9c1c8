from hypothesis import given
from hypothesis import strategies as st

from reportedly.quotation import LONGEST_UNCLOSED, quoted, speech_of


def stretches(text: str) -> list[str]:
    return [text[s:e] for s, e in quoted(text)]


def test_marks_are_part_of_the_stretch() -> None:
    assert stretches("“No,” he said. “Not now.”") == ["“No,”", "“Not now.”"]
    assert stretches('"No," he said.') == ['"No,"']
    assert stretches("„Nein“ sagte") == ["„Nein“ sagte"]  # German closes with an opening mark: not read yet
    assert stretches("«Non»") == ["«Non»"]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    assert stretches("“First.\n“Second.” He left.") == ["“First.", "“Second.”"]
    assert stretches('He said "yes\nand left "now"') == ['"yes', '"now"']


def test_an_open_quotation_ends_at_last() -> None:
    assert quoted("“" + "a " * 10_000) == [(0, LONGEST_UNCLOSED)]


def test_a_closing_mark_alone_is_a_stretch() -> None:
    assert stretches("no.” He left") == ["”"]


@given(st.text("a “”\"„«»\n'", max_size=60))
def test_stretches_are_in_order_and_apart(text: str) -> None:
    found = quoted(text)
    assert all(0 <= s < e <= len(text) for s, e in found)
    assert all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False))
    assert all("\n" not in text[s:e] for s, e in found)


def speech(text: str, content: str, cue: str = "said") -> str:
    places = [(text.index(x), text.index(x) + len(x)) for x in (cue, content)]
    return speech_of(text, places[:1], places[1:], quoted(text))


def test_speech_is_told_from_quotation_marks() -> None:
    text = "“We left,” she said, adding that it was “too late” and that it rained. ‘We can’t stay,’ he said."
    assert speech(text, "“We left,”") == "direct"
    assert speech(text, "We left") == "direct"
    assert speech(text, "that it was “too late”") == "mixed"
    assert speech(text, "that it rained") == "indirect"
    assert speech(text, "‘We can’t stay,’") == "direct"
    inner = "“The ministry admitted that the bridge was unsafe,” she said."
    assert speech(inner, "that the bridge was unsafe", "admitted") == "indirect"
    assert speech("the boys’ plan and the girls’ plan, he said", "the boys’ plan and the girls’ plan") == "indirect"
