import re
import statistics

import lxml.html
import pytest

from benchmarks.page_layouts import Page, pages
from benchmarks.pages import FIELDS, metadata_accuracy, page_f1, text_of
from reportedly.ingest import ingest
from reportedly.records import Region

PAGES = pages()
NAMES = [page.name for page in PAGES]
LEAST_METADATA = {"title": 1.0, "outlet": 0.98, "byline": 0.98, "published": 1.0, "updated": 1.0, "url": 1.0}
WORD = re.compile(r"\w+")


def test_there_are_pages_enough() -> None:
    assert len(PAGES) >= 40
    assert len(set(NAMES)) == len(NAMES)
    assert all(len(page.gold.split()) > 80 for page in PAGES)


@pytest.mark.parametrize("tuned", [True, False])
def test_the_text_of_the_pages(tuned: bool) -> None:
    scores = [page_f1(text_of(page.html), page) for page in PAGES if page.tuned is tuned]
    assert statistics.mean(scores) >= 0.98
    assert min(scores) >= 0.95


def test_what_the_pages_say_of_themselves() -> None:
    shares = metadata_accuracy(PAGES)
    assert {field: share for field, share in shares.items() if share < LEAST_METADATA.get(field, 1.0)} == {}
    assert set(shares) == set(FIELDS)


def parsed(page: Page) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(page.html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def words_at(tree: lxml.html.HtmlElement, region: Region) -> list[str]:
    (element,) = tree.getroottree().xpath(region.selector)
    found: list[str] = WORD.findall(element.text_content())
    return found


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_lines_are_found_in_the_page_again(page: Page) -> None:
    ingested = ingest(page.html.encode(), "a.html")
    text = ingested.document.text
    tree = parsed(page)
    for region in ingested.layout:
        words = WORD.findall(text[region.start : region.end])
        assert words
        assert " ".join(words) in " ".join(words_at(tree, region))
    mapped = sum(len(WORD.findall(text[r.start : r.end])) for r in ingested.layout)
    assert mapped >= (0 if page.name == "shell" else 0.95) * len(WORD.findall(text))


def test_no_word_is_made_up() -> None:
    for page in PAGES:
        shown = set(WORD.findall(" ".join(parsed(page).itertext()).replace("\\n", " ")))  # JSON's line ends
        assert set(WORD.findall(text_of(page.html))) <= shown, page.name
