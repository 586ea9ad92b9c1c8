import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import read, read_bytes
from reportedly.ingest.notes import notes_of
from reportedly.records import NoteKind


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("correction", "Correction: It is 43, not 34."),
        ("correction", "CORRECTION, 4 March: It is 43, not 34."),
        ("correction", "Correction (March 4, 2025): It is 43."),
        ("correction", "Corrections and clarifications: It is 43."),
        ("correction", "Corrected – it is 43."),
        ("correction", "• Correction appended: It is 43."),
        ("correction", "An earlier version of this article misstated the number."),
        ("correction", "A previous version of our story, since removed, gave the wrong number."),
        ("correction", "This article was amended on 4 March 2025 to give the right number."),
        ("correction", "This story originally said that there were 34."),
        ("clarification", "Clarification: the mayor was not asked."),
        ("clarification", "This article has been updated to clarify who was asked."),
        ("editor's note", "Editor's note: the names have been changed."),
        ("editor's note", "Editors’ Note – the names have been changed."),
        ("update", "UPDATE 14:05 The bridge is open again."),
        ("update", "Update, Tuesday: The bridge is open again."),
        ("update", "UPDATED: The bridge is open again."),
        ("update", "This story has been updated with a statement from the mayor."),
        ("retraction", "This article has been withdrawn because its author made it up."),
        ("retraction", "Retraction: we no longer stand by this."),
        ("retraction", "Editor's note: This story has been retracted."),
        ("retraction", "We have retracted this article."),
        ("correction", "Correction\nIt is 43, not 34."),
    ],
)
def test_notes(kind: NoteKind, note: str) -> None:
    before = "The mayor said no.\n  "
    (found,) = notes_of(f"{before}{note} \nNothing more was said.")
    assert (found.kind, found.span.text, found.span.start) == (kind, note, len(before))


def test_a_note_begins_with_its_sentence() -> None:
    (found,) = notes_of("He said no. “Never,” she said. This article was amended on 4 March. It said yes.")
    assert found.span.text == "This article was amended on 4 March. It said yes."


@pytest.mark.parametrize(
    "text",
    [
        "Corrections officers at the prison: they said so on 4 March.",
        "Update your phone: the mayor said so.",
        "Updated rules published in 2024: nobody reads them.",
        "The report was withdrawn by the ministry.",
        "An earlier version of the report said that the bridge was safe.",
        "“He was correct: it is shut,” she said. The note said nothing.",
        "The law was amended on 4 March.",
        "Clarifying the rules: the mayor.",
    ],
)
def test_what_is_no_note(text: str) -> None:
    assert notes_of(text) == ()


def test_notes_of_a_text_file() -> None:
    report = read_bytes(b"Title: A\n\nHe said no.\r\n\r\nCorrection: He said yes.\r\n", "a.txt")
    assert [(note.kind, note.span.text) for note in report.notes] == [("correction", "Correction: He said yes.")]
    assert read(report.text).notes == report.notes


@given(st.text(), st.text())
def test_spans_lie_in_any_text(before: str, after: str) -> None:
    text = f"{before}\nCorrection: x {after}"
    notes = notes_of(text)
    assert notes
    assert all(text[note.span.start : note.span.end] == note.span.text for note in notes)


@pytest.mark.parametrize(
    "text",
    ["an earlier version of this article " * 10_000, "Correction, 4 " * 30_000, "correction\n" * 30_000, " - " * 99_999]
    + ["update " * 50_000, "this article was " * 30_000 + "updated", "Editor's note 4" + "x" * 300_000, "a. " * 99_999],
    ids=range(8),
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    notes_of(f"{text} this article was amended")
    assert time.process_time() - began < 2
