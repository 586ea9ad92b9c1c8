import pytest

from reportedly import Document
from reportedly.addressee import addressee_of


@pytest.mark.parametrize(
    ("text", "cue", "source", "content", "addressee"),
    [
        ("“No,” she told Fox News.", "told", "she", "“No,”", "Fox News"),
        ("She told reporters on Monday that it was shut.", "told", "She", "that it was shut", "reporters"),
        ("He told the Northern Wire the bridge was shut.", "told", "He", "the bridge was shut", "the Northern Wire"),
        (
            "Brandt told a press conference that it was shut.",
            "told",
            "Brandt",
            "that it was shut",
            "a press conference",
        ),
        ("Brandt said that it was shut.", "said", "Brandt", "that it was shut", None),
        ("“No,” Brandt said in an interview with the Courier.", "said", "Brandt", "“No,”", "the Courier"),
        ("In the end she told him that it was shut.", "told", "she", "that it was shut", "him"),
        ("She told Mr. Brandt that it was shut.", "told", "She", "that it was shut", "Mr. Brandt"),
        ("She told U.S. officials that it was shut.", "told", "She", "that it was shut", "U.S. officials"),
        ("“No,” he said with a laugh.", "said", "he", "“No,”", None),
        ("“No,” he said before the meeting.", "said", "he", "“No,”", None),
        ("“No,” he said to his credit.", "said", "he", "“No,”", None),
        ("“No,” he testified before the committee.", "testified", "he", "“No,”", "the committee"),
        ("He told, as before, that it was shut.", "told", "He", "that it was shut", None),
    ],
)
def test_addressee(text: str, cue: str, source: str, content: str, addressee: str | None) -> None:
    document = Document.of(text)
    spans = [(document.span(text.index(x), text.index(x) + len(x)),) for x in (cue, source, content)]
    found = addressee_of(document, *spans)
    assert [s.text for s in found] == ([addressee] if addressee else [])
