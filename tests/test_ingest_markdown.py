import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.ingest import IngestError, Label, Limits, Member, ingest
from reportedly.ingest.markdown import read_markdown
from reportedly.ingest.notes import notes_of

SOURCE = """---
title: "Bridge: shut"
author: [Ann Example, Bo Sample]
date: 2025-03-04T08:00:00Z
source: The Example
link: https://x.example/a
tags: bridges
---

# A *heading*

The mayor said “[no](https://x.example/b)” ![a picture](b.png) &amp;
went `home`.  
That was **all**.

> One of them said
> nothing.

- first
- second

| Who | Said |
|-----|------|
| Ann | No.  |

<div class="x">In <b>HTML</b><script>alert(1)</script></div>

    as typed

Correction: she said yes.
"""
TEXT = """A heading

The mayor said “no”  & went home.
That was all.

One of them said nothing.

first

second

Who | Said

Ann | No.

In HTML

as typed

Correction: she said yes."""


def test_text_is_what_a_reader_sees() -> None:
    ingested = ingest(SOURCE.encode(), "a.md")
    assert ingested.document.text == TEXT
    assert ingested.document.media_type == "text/markdown"
    assert [note.span.text for note in notes_of(ingested.document.text)] == ["Correction: she said yes."]


def test_front_matter_is_metadata() -> None:
    document = ingest(SOURCE.encode(), "a.md").document
    assert (document.title, document.byline, document.outlet) == (
        "Bridge: shut",
        "Ann Example, Bo Sample",
        "The Example",
    )
    assert (document.published, document.url) == ("2025-03-04T08:00:00Z", "https://x.example/a")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("\"'We saw it fall': town in shock\"", "'We saw it fall': town in shock"),
        ("'''We saw it fall'': town in shock'", "'We saw it fall': town in shock"),
        ('"\\"We saw it fall\\": town in shock"', '"We saw it fall": town in shock'),
        ("'Bridge shut'", "Bridge shut"),
        ("Town says 'never again'", "Town says 'never again'"),
        ("'Never again', town says", "'Never again', town says"),
    ],
)
def test_only_the_marks_around_a_title_are_taken_off(written: str, title: str) -> None:
    text = f"---\ntitle: {written}\noutlet: The Echo\n---\n\n# Head\n\nIt fell.\n"
    assert ingest(text.encode(), "a.md").document.title == title


def test_each_block_knows_its_lines() -> None:
    ingested = ingest(SOURCE.replace("\n", "\r\n").encode(), "a.md")
    lines = SOURCE.split("\n")
    for region in ingested.layout:
        assert region.lines
        first, last = region.lines
        words = ingested.document.text[region.start : region.end].split()
        shown = " ".join(lines[first - 1 : last])
        assert words
        assert all(word.strip("“”.&") in shown for word in words)
        assert lines[first - 1].strip()
    assert len(ingested.layout) == TEXT.count("\n\n") + 1 + TEXT.count(" | ")


def test_the_first_heading_is_the_title() -> None:
    assert ingest(b"# Bridge *shut*\n\nHe said no.\n\n# Another\n", "a.md").document.title == "Bridge shut"
    assert ingest(b"He said [no](https://x.example/).\n", "a.md").document.title is None


def test_a_rule_is_no_front_matter() -> None:
    document = ingest(b"---\n\nHe said [no](https://x.example/).\n\n---\n", "a.md").document
    assert document.text == "He said no."


def test_what_the_container_told_goes_first() -> None:
    member = Member.of(SOURCE.encode(), "a", told=Label(title="Told", address="https://x.example/t"))
    document = read_markdown(member, Limits()).document
    assert (document.title, document.url, document.address) == ("Told", "https://x.example/a", "https://x.example/t")


@pytest.mark.parametrize("levels", [90, 2000])
def test_what_is_nested_too_deeply_is_refused_and_not_cut(levels: int) -> None:
    with pytest.raises(IngestError, match="too deeply"):
        read_markdown(Member.of(b"> " * levels + b"He said no.", "a"), Limits())


@given(st.text(st.sampled_from("ab\n #>*_`[]()<>!|-:&;\\1.\t\"'"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    ingested = read_markdown(Member.of(text.encode(), "a"), Limits())
    found = ingested.document.text
    assert all(found[region.start : region.end].strip() for region in ingested.layout)
    assert set(filter(str.isalnum, found)) <= set(text)
