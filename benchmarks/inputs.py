"""How well and how fast inputs are read, beside what others make of them: `make inputs`.

Prints the tables of docs/inputs.md; with `--write` puts them there. Ends with 1 where a floor is missed. Speeds are of
one process in CPU time, in turn with the bare library's in the same run; `make speed` prints them too.
"""

import argparse
import statistics
from collections.abc import Iterator

from . import encodings, pdf
from .page_layouts import pages
from .pages import (
    extractors,
    html_pages_per_second,
    metadata_accuracy,
    page_f1,
    quiet,
    stated_by_trafilatura,
    stated_by_us,
)
from .tables import put
from .warcs import warc_records_per_second

LEAST_PAGE, LEAST_PDF = 0.95, 0.97
GOAL = 15  # per cent of time more than the bare library alone


def speeds() -> Iterator[str]:
    """A line for each format: what we read in a second, and what the bare library does."""
    ours, bare = html_pages_per_second()
    yield _speed("HTML pages", ours, bare, "trafilatura in the same mode")
    ours, bare, boxes = pdf.pdf_pages_per_second()
    yield _speed("PDF pages", ours, bare, "pdfium, text only")
    yield _speed("PDF pages", ours, boxes, "pdfium, text and boxes")
    for packed in (True, False):
        ours, bare = warc_records_per_second(packed)
        yield _speed(f"WARC records, {'gzipped' if packed else 'plain'}", ours, bare, "fastwarc")


def _speed(what: str, ours: float, bare: float, library: str) -> str:
    return f"| {what} | {ours:,.0f} | {bare:,.0f} ({library}) | {100 * (bare / ours - 1):.0f} % |"


def qualities() -> Iterator[str]:
    """The tables of text and encodings."""
    quiet()
    halves = [[p for p in pages() if p.tuned == tuned] for tuned in (True, False)]
    yield f"Text of {sum(map(len, halves))} web pages of our own, F1 of words in order: mean (lowest).\n"
    yield f"| | {len(halves[0])} pages looked at | {len(halves[1])} pages not looked at |\n|---|---:|---:|"
    for name, text in extractors().items():
        found = [[page_f1(text(p.html), p) for p in half] for half in halves]
        yield f"| {name} | " + " | ".join(f"{statistics.mean(x):.3f} ({min(x):.3f})" for x in found) + " |"
        if name == "ours" and min(map(statistics.mean, found)) < LEAST_PAGE:
            raise SystemExit(f"pages: F1 under {LEAST_PAGE}")
    yield "\nWhat a page says of itself, share of all pages on which the field is right:\n"
    ours, theirs = (metadata_accuracy(pages(), by) for by in (stated_by_us, stated_by_trafilatura))
    yield "| | " + " | ".join(ours) + " |\n|---|" + "---:|" * len(ours)
    yield "| ours | " + " | ".join(f"{x:.2f}" for x in ours.values()) + " |"
    told = ("title", "outlet", "byline", "published", "url")
    yield "| trafilatura | " + " | ".join(f"{theirs[f]:.2f}" if f in told else "" for f in ours) + " |"
    yield "\nText of PDFs made of known texts, F1:\n\n| made by | columns | ours | pdfium |\n|---|---:|---:|---:|"
    for maker, columns, own, bare, _ in pdf.scores():
        yield f"| {maker} | {columns} | {own:.3f} | {bare:.3f} |"
        if own < LEAST_PDF:
            raise SystemExit(f"PDF: F1 under {LEAST_PDF}")
    yield "\nEncodings, texts decoded to the letter:\n\n| | texts | " + " | ".join(encodings.READERS) + " |"
    yield "|---|---:|" + "---:|" * len(encodings.READERS)
    for kind, cases in encodings.KINDS.items():
        counts = [encodings.wrong(read, cases()) for read in encodings.READERS.values()]
        yield f"| {kind} | {counts[0][1]} | " + " | ".join(str(n - len(wrong)) for wrong, n in counts) + " |"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/inputs.md")
    asked = parser.parse_args()
    lines = [*qualities(), "\nPer CPU second on one core, and how much more time ours takes:\n"]
    lines += ["| | ours | the bare library | more |\n|---|---:|---:|---:|", *speeds()]
    print("\n".join(lines))
    if asked.write:
        put("inputs.md", "inputs", "\n".join(lines))


if __name__ == "__main__":
    main()
