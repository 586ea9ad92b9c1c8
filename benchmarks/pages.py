"""Our reader of pages beside trafilatura's modes and resiliparse, on pages of our own: `python -m benchmarks.pages`.

Text: F1 of the words in order; against the gold with its headline or without, whichever suits the text better, since
the tools differ in whether a headline is text. Metadata: share of the pages on which a field is what the page says
(none, where it says nothing). The pages that were looked at while the reader was written are told from the others.
"""

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
MODES: dict[str, dict[str, bool]] = {
    "default": {},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
}
MODE: dict[str, Any] = {"fast": True}  # the one that we ask, and default where it finds little
ROUNDS = 5


def text_of(html: str) -> str:
    """Our text of a page."""
    try:
        return ingest(html.encode(), "page.html").document.text
    except IngestError:
        return ""


def extractors() -> dict[str, Callable[[str], str]]:
    """Name -> page to text."""

    def mode(options: dict[str, bool]) -> Callable[[str], str]:
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
        "updated": None,
        "url": found.url,
        "language": found.language,
    }


def right(field: str, found: dict[str, str | None], page: Page) -> bool:
    """Whether a field is what the page says. Language is not asked where the page does not say it."""
    return found.get(field) == page.stated.get(field)


def metadata_accuracy(
    some: Iterable[Page], by: Callable[[Page], dict[str, str | None]] = stated_by_us
) -> dict[str, float]:
    """Field -> share of pages on which it is right, 0 to 1."""
    rows = [(page, by(page)) for page in some]
    return {field: statistics.mean(right(field, found, page) for page, found in rows) for field in FIELDS}


def html_pages_per_second(rounds: int = ROUNDS) -> tuple[float, float]:
    """(ours, bare trafilatura with metadata in the mode that we ask): pages per CPU second, in turn in one process; the
    medians of several rounds over the test pages and the demo's."""
    quiet()
    read = [page.html for page in pages()] + [path.read_text("utf-8") for path in sorted(DEMO.glob("*.html"))]

    def bare(html: str) -> None:
        dates = {"extensive_search": False}
        trafilatura.bare_extraction(
            html, include_comments=False, with_metadata=True, date_extraction_params=dates, **MODE
        )

    times: dict[Callable[[str], object], list[float]] = {text_of: [], bare: []}
    for _ in range(rounds + 1):
        for work, took in times.items():
            began = time.process_time()
            for html in read:
                work(html)
            took.append(time.process_time() - began)
    ours, theirs = (len(read) / statistics.median(took[1:]) for took in times.values())
    return ours, theirs


def quiet() -> None:
    """No warnings of what an extractor does not like about a page."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def main() -> None:
    """Print the tables."""
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
            print(f"{f'{who}, {name}':24}" + "".join(f"{shares[field]:>10.3f}" for field in FIELDS))
    ours, theirs = html_pages_per_second()
    print(f"\npages per CPU second: {ours:.0f} ours, {theirs:.0f} bare trafilatura ({ours / theirs:.2f})")


if __name__ == "__main__":
    main()
