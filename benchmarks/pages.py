"""Our reader of pages beside trafilatura's modes and resiliparse, on pages of our own: `python -m benchmarks.pages`.

Text: F1 of the words in order; against the gold with its headline or without, whichever suits the text better, since
the tools differ in whether a headline is text. Metadata: share of the pages on which a field is what the page says
(none, where it says nothing). The pages that were looked at while the reader was written are told from the others.
"""

import argparse
import logging
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import trafilatura

from reportedly.ingest import IngestError, ingest
from reportedly.records import Document

from .page_layouts import Page, pages
from .score import text_f1

DEMO = Path(__file__).parent.parent / "demo"
FIELDS = ("title", "outlet", "byline", "published", "updated", "url", "language")
THEIRS = ("title", "outlet", "byline", "published", "url")  # what trafilatura tells of
MODES: dict[str, dict[str, Any]] = {
    "default": {},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
    "fast, precision": {"fast": True, "favor_precision": True},  # the one that we ask; default where it finds little
}
OURS = "fast, precision"
ROUNDS = 5


def text_of(html: str) -> str:
    """Our text of a page."""
    try:
        return ingest(html.encode(), "page.html").document.text
    except IngestError:
        return ""


def extractors() -> dict[str, Callable[[str], str]]:
    """Name -> page to text."""

    def mode(options: dict[str, Any]) -> Callable[[str], str]:
        def text(html: str) -> str:
            article = trafilatura.bare_extraction(html, include_comments=False, **options)
            return (article.text or "") if article and not isinstance(article, dict) else ""

        return text

    found = {"ours": text_of, **{f"trafilatura, {name}": mode(options) for name, options in MODES.items()}}
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        return found
    return {**found, "resiliparse": lambda html: extract_plain_text(html, main_content=True)}


def page_f1(text: str, page: Page) -> float:
    """How near a text is to a page's article, 0 to 1."""
    return max(text_f1(text, page.gold), text_f1(text, f"{page.headline}\n{page.gold}"))


def stated_by_us(page: Page) -> dict[str, str | None]:
    """What we make of what a page says of itself."""
    try:
        document: Document = ingest(page.html.encode(), "page.html").document
    except IngestError:
        return {}
    return {field: getattr(document, field) for field in FIELDS}


def stated_by_trafilatura(page: Page) -> dict[str, str | None]:
    """The same by trafilatura, its byline in our form."""
    found = trafilatura.extract_metadata(page.html)
    names = (found.author or "").split("; ")
    return {
        "title": found.title,
        "outlet": found.sitename,
        "byline": " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) or None,
        "published": found.date,
        "url": found.url,
    }


def right(field: str, found: dict[str, str | None], page: Page) -> bool:
    """Whether a field is what the page says. Of its publication the day is asked: trafilatura tells no time."""
    told = found.get(field)
    return (told[:10] if told and field == "published" else told) == page.stated.get(field)


def metadata_accuracy(
    some: Iterable[Page], by: Callable[[Page], dict[str, str | None]] = stated_by_us
) -> dict[str, float]:
    """Field -> share of pages on which it is right, 0 to 1."""
    rows = [(page, by(page)) for page in some]
    return {field: statistics.mean(right(field, found, page) for page, found in rows) for field in FIELDS}


def pages_per_second(works: Iterable[Callable[[str], object]], rounds: int = ROUNDS) -> list[float]:
    """Pages per CPU second of each, in turn in one process; from the medians of several rounds over the test pages and
    the demo's."""
    quiet()
    read = [page.html for page in pages()] + [path.read_text("utf-8") for path in sorted(DEMO.glob("*.html"))]
    times: dict[Callable[[str], object], list[float]] = {work: [] for work in works}
    for _ in range(rounds + 1):
        for work, took in times.items():
            began = time.process_time()
            for html in read:
                work(html)
            took.append(time.process_time() - began)
    return [len(read) / statistics.median(took[1:]) for took in times.values()]


def bare(mode: str) -> Callable[[str], object]:
    """What trafilatura alone does in a mode, with metadata, as its users call it."""
    options = {"include_comments": False, "with_metadata": True, "date_extraction_params": {"extensive_search": False}}
    return lambda html: trafilatura.bare_extraction(html, **{**options, **MODES[mode]})


def html_pages_per_second(rounds: int = ROUNDS) -> tuple[float, float]:
    """(ours, trafilatura alone in the mode that we ask): pages per CPU second."""
    ours, theirs = pages_per_second((text_of, bare(OURS)), rounds)
    return ours, theirs


def quiet() -> None:
    """No warnings of what an extractor does not like about a page."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def main() -> None:
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    quiet()
    every = pages()
    halves = {"tuned": [p for p in every if p.tuned], "unseen": [p for p in every if not p.tuned]}
    tools = extractors()
    print(f"{'text F1, mean (least)':24}" + "".join(f"{f'{name} {len(half)}':>18}" for name, half in halves.items()))
    for name, text in tools.items():
        cells = []
        for half in halves.values():
            scores = [page_f1(text(page.html), page) for page in half]
            cells.append(f"{statistics.mean(scores):.3f} ({min(scores):.3f})")
        print(f"{name:24}" + "".join(f"{cell:>18}" for cell in cells))
    print(f"\n{'metadata, share right':24}" + "".join(f"{field:>10}" for field in FIELDS))
    for name, half in halves.items():
        for who, by in (("ours", stated_by_us), ("trafilatura", stated_by_trafilatura)):
            shares = metadata_accuracy(half, by)
            cells = [f"{shares[field]:.3f}" if by is stated_by_us or field in THEIRS else "-" for field in FIELDS]
            print(f"{f'{who}, {name}':24}" + "".join(f"{cell:>10}" for cell in cells))
    ours, same, default = pages_per_second((text_of, bare(OURS), bare("default")))
    print(f"\npages per CPU second: {ours:.0f} ours; trafilatura {same:.0f} in our mode, {default:.0f} in its own")


if __name__ == "__main__":
    main()
