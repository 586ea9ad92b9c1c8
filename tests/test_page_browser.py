"""The page of one report in a real browser: what lights up, what keys do, and that a hostile document does nothing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reportedly.page import render
from reportedly.records import Attribution, Document, Report, Source, Span, Unread

if not os.environ.get("CI"):
    pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TEXT = (
    "“I saw it fall,” Ana Ruiz told the Courier, “twice.” Nobody else was there.\n"
    "Bo Lind said Ruiz had admitted that she was asleep at the time.\n"
    + "The harbour lay quiet under snow, and nothing moved but gulls. " * 40
    + "\nIt is alleged that the crane was never tested."
)
DOCUMENT = Document.of(TEXT, title="The crane", outlet="Courier", language="en", kept=0.9)


def said(*words: str) -> tuple[Span, ...]:
    """The first places of these words in the text."""
    return tuple(DOCUMENT.span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


BROKEN = Attribution.of(
    DOCUMENT,
    said("told"),
    said("Ana Ruiz"),
    said("“I saw it fall,”", "“twice.”"),
    addressee=said("the Courier"),
    speech="direct",
)
OUTER = Attribution.of(
    DOCUMENT, said("said"), said("Bo Lind"), said("Ruiz had admitted that she was asleep at the time")
)
INNER = Attribution.of(
    DOCUMENT, said("had admitted"), said("Ruiz had"), said("that she was asleep at the time"), within=OUTER.id
)
LAST = Attribution.of(DOCUMENT, said("It is alleged"), (), said("that the crane was never tested"))
REPORT = Report(DOCUMENT, (BROKEN, OUTER, INNER, LAST), unread=(Unread("too odd", 0, 4),))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own download; without either the tests are skipped, and fail in CI."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        if not Path(path).exists():
            told = "no chromium, chromium-browser or google-chrome on the path, and none downloaded by Playwright"
            pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


class Visit:
    """One page open in the browser, with everything it complained of or asked the network for."""

    def __init__(self, browser: Browser, path: Path, report: Report, **context: Any) -> None:
        path.write_text(render(report), encoding="utf-8", newline="")
        context.setdefault("viewport", {"width": 1280, "height": 800})
        self.page = browser.new_page(**context)
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())

    def lit(self) -> dict[str, str]:
        """The lit text of each role."""
        lit: dict[str, str] = self.page.evaluate(
            """() => Object.fromEntries(["source", "cue", "addressee", "content"].map((role) => [role,
            [...document.querySelectorAll(`#text [data-lit="${role}"]`)].map((e) => e.textContent).join("|")]))"""
        )
        return lit

    def await_cue(self, cue: str) -> None:
        """Wait until this cue is the one that is lit ("" for none)."""
        self.page.wait_for_function(
            """(cue) => [...document.querySelectorAll('#text [data-lit="cue"]')].map((e) => e.textContent).join("")
            === cue""",
            arg=cue,
        )

    def column(self) -> str:
        """The text content of the text column."""
        return str(self.page.evaluate("document.getElementById('text').textContent"))

    def copied(self) -> str:
        """What copying the whole text column gives."""
        copied: str = self.page.evaluate(
            """() => { const s = getSelection(); s.selectAllChildren(document.getElementById("text"));
            const copied = s.toString(); s.removeAllRanges(); return copied; }"""
        )
        return copied


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """The report's page, which must end without a complaint and without a request but for itself."""
    visit = Visit(browser, tmp_path / "report.html", REPORT)
    yield visit
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("file:")] == []
    assert len(visit.requests) == 1
    visit.page.close()


ALL_OF_BROKEN = {
    "source": "Ana Ruiz",
    "cue": "told",
    "addressee": "the Courier",
    "content": "“I s|aw it fall,”|“twice.”",
}


@pytest.mark.parametrize("part", ["Ana Ruiz", "told", "the Courier", "“twice.”", "aw it fall,”"])
def test_pointing_at_any_part_lights_the_whole_and_dims_the_rest(visit: Visit, part: str) -> None:
    visit.page.locator("#text span", has_text=part).first.hover()
    visit.await_cue("told")
    assert visit.lit() == ALL_OF_BROKEN
    colour = "(e) => getComputedStyle(e).color"
    visit.page.wait_for_timeout(200)
    assert visit.page.locator("#text").evaluate(colour) != visit.page.locator("body").evaluate(colour)
    assert visit.page.locator("#list li[data-lit]").count() == 1
    visit.page.locator("h1").hover()
    visit.await_cue("")


def test_pointing_lights_the_innermost(visit: Visit) -> None:
    visit.page.locator("#text span", has_text="that she was asleep").hover()
    visit.await_cue("had admitted")
    assert visit.lit()["content"] == "that she was asleep at the time"
    visit.page.locator("#list li").nth(1).hover()
    visit.await_cue("said")
    assert visit.lit()["content"].replace("|", "") == "Ruiz had admitted that she was asleep at the time"


def test_click_holds_and_escape_lets_go(visit: Visit) -> None:
    visit.page.locator("#text span", has_text="told").click()
    visit.page.locator("#text span", has_text="said").hover()
    visit.page.wait_for_timeout(150)
    assert visit.lit() == ALL_OF_BROKEN
    assert visit.page.evaluate("location.hash") == f"#{BROKEN.id}"
    visit.page.keyboard.press("Escape")
    visit.await_cue("")
    assert visit.page.evaluate("location.hash") == ""


def test_keys_step_through_the_claims(visit: Visit) -> None:
    for key, cue in (
        ("j", "told"),
        ("j", "said"),
        ("ArrowRight", "had admitted"),
        ("k", "said"),
        ("ArrowLeft", "told"),
    ):
        visit.page.keyboard.press(key)
        visit.await_cue(cue)
    visit.page.keyboard.press("k")
    visit.await_cue("It is alleged")
    visit.page.wait_for_function(
        """() => { const box = document.activeElement.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight; }"""
    )


def test_tab_stops_once_at_each_with_a_label(visit: Visit) -> None:
    labels = []
    for _ in range(5):
        visit.page.keyboard.press("Tab")
        labels.append(visit.page.evaluate("document.activeElement.ariaLabel"))
    assert labels == [
        "Not read: too odd",
        "Ana Ruiz, told to the Courier: “I saw it fall,” … “twice.”",
        "Bo Lind, said: Ruiz had admitted that she was asleep at the time",
        "Ruiz had, had admitted: that she was asleep at the time",
        "No source named, It is alleged: that the crane was never tested",
    ]
    visit.await_cue("It is alleged")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('[data-n]')") is None


RUIZ = Source.of(DOCUMENT, "Ana Ruiz", kind="person", named=True, mentions=(*said("Ana Ruiz", "Ruiz had"),))
GULLS = Source.of(DOCUMENT, "gulls", kind="group", mentions=said("gulls"))
SPOKEN = Report(
    DOCUMENT,
    (
        msgspec.structs.replace(BROKEN, speaker=RUIZ.id),
        OUTER,
        msgspec.structs.replace(INNER, speaker=RUIZ.id),
        msgspec.structs.replace(LAST, speaker=GULLS.id),
    ),
    (RUIZ, GULLS),
)


def same(page: Page) -> list[str]:
    """The texts of all lit mentions of one source."""
    return [element.text_content() or "" for element in page.locator("#text span[data-same]").all()]


def test_a_source_lights_all_its_mentions(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, tmp_path / "report.html", SPOKEN)
    page = visit.page
    page.locator("#text span", has_text="told").first.hover()
    visit.await_cue("told")
    assert "".join(same(page)) == "Ana RuizRuiz had"
    assert page.locator("#sources li[data-lit]").count() == 1
    page.locator("#text span", has_text="gulls").first.hover()
    page.wait_for_function("() => document.querySelector('#sources li:last-child').hasAttribute('data-lit')")
    assert same(page) == ["gulls"]
    assert page.locator("#list li[data-same]").count() == 1
    page.locator("#sources .places a").last.focus()
    assert same(page) == ["gulls"]
    page.locator("#sources .name").first.click()
    assert "".join(same(page)) == "Ana RuizRuiz had"
    assert page.locator("#list li[data-same]").count() == 2
    assert page.evaluate("location.hash") == "#source-1"
    page.keyboard.press("Escape")
    assert same(page) == []
    page.locator("#sources .places a").nth(1).click()
    page.wait_for_function(
        """() => { const box = document.querySelectorAll('#text [data-same]')[1].getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight; }"""
    )
    assert visit.complaints == []
    page.close()


def test_without_scripts_a_source_leads_to_its_mentions(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, tmp_path / "report.html", SPOKEN, java_script_enabled=False)
    visit.page.locator("#sources .places a").last.click()
    assert visit.page.locator("#text :target").text_content() == "gulls"
    visit.page.close()


def test_on_a_phone_a_source_stays_at_hand_among_its_mentions(browser: Browser, tmp_path: Path) -> None:
    phone = {"viewport": {"width": 400, "height": 800}, "has_touch": True, "is_mobile": True}
    visit = Visit(browser, tmp_path / "report.html", SPOKEN, **phone)
    visit.page.locator("#sources .name").first.tap()
    assert visit.page.locator(".card").is_hidden()
    visit.page.locator("#sources .places a").first.tap()
    assert visit.page.locator(".card").is_visible()
    visit.page.locator(".card .places a").last.tap()
    assert "".join(same(visit.page)) == "Ana RuizRuiz had"
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 400
    assert visit.complaints == []
    visit.page.close()


def test_the_list_leads_to_the_text(visit: Visit) -> None:
    visit.page.locator("#list li").last.click()
    visit.await_cue("It is alleged")
    visit.page.wait_for_function(
        "() => document.querySelector('#text .mark[data-lit]').getBoundingClientRect().top < innerHeight"
    )
    assert visit.page.evaluate("location.hash") == f"#{LAST.id}"


def test_a_permalink_opens_on_its_claim(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, tmp_path / "report.html", REPORT)
    visit.page.goto("about:blank")
    visit.page.goto(f"{(tmp_path / 'report.html').as_uri()}#{LAST.id}")
    visit.await_cue("It is alleged")
    visit.page.close()


def test_without_scripts_the_links_lead_there_and_back(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, tmp_path / "report.html", REPORT, java_script_enabled=False)
    visit.page.locator("#list .sign").last.click()
    assert visit.page.url.endswith(f"#{LAST.id}")
    visit.page.locator("#text .mark").last.click()
    assert visit.page.url.endswith(f"#in-list-{LAST.id}")
    visit.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, tmp_path: Path, scheme: str) -> None:
    words = "https://example.org/" + "very-long" * 40
    document = Document.of(f"{TEXT}\n{words}", title=words, outlet=words, byline=words, file=words)
    report = Report(document, (*REPORT.attributions, Attribution.of(document, (), (), (document.span(2800, 2860),))))
    visit = Visit(
        browser,
        tmp_path / "report.html",
        report,
        viewport={"width": 400, "height": 800},
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
    )
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 400
    visit.page.locator("#text span", has_text="told").tap()
    assert visit.page.locator(".card").is_visible()
    assert "Ana Ruiz" in visit.page.locator(".card").inner_text()
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 400
    visit.page.get_by_role("button", name="Close").tap()
    visit.await_cue("")
    assert visit.page.locator(".card").is_hidden()
    assert visit.complaints == []
    visit.page.close()


ODD = (
    "\n\n  two  spaces\tand a tab \r\nCR LF\r\rlone CR\n\u00a0nbsp\u2028line sep\x0b\x0c\x85 עברית (abc) שלום\n\nend \n"
)


@pytest.mark.parametrize("text", [TEXT, ODD, f"{ODD}{TEXT}"])
def test_the_browser_reads_the_exact_text(browser: Browser, tmp_path: Path, text: str) -> None:
    document = Document.of(text)
    spans = tuple(document.span(i, i + 3) for i in range(0, len(text) - 3, 5))
    report = Report(document, (Attribution.of(document, spans[:1], spans[1:3], spans[3:]),))
    visit = Visit(browser, tmp_path / "report.html", report)
    assert visit.column() == text
    if text == TEXT:
        assert visit.copied() == text
    visit.page.close()


def test_a_hostile_document_does_nothing(browser: Browser, tmp_path: Path) -> None:
    hit = "</style></script><script>__hit=1</script><img src=x onerror='__hit=1'>\"onmouseover=\"__hit=1"
    document = Document.of(
        f"{hit} she said {hit}",
        **dict.fromkeys(("title", "outlet", "byline", "published", "language", "file"), hit),
        url="javascript:__hit=1",
    )
    cue = document.span(len(hit) + 5, len(hit) + 9)
    source = (document.span(0, len(hit)),)
    content = (document.span(len(hit) + 10, len(document.text)),)
    told = Attribution.of(document, (cue,), source, content, addressee=source, speaker="s")
    report = Report(
        document,
        (told, Attribution(id=hit, cue=(), source=(), content=content)),
        (Source(id="s", name=hit, role=f"as {hit}", anonymity=source, mentions=source),),
        (Unread(hit, 0, 9),),
    )
    visit = Visit(browser, tmp_path / "report.html", report, viewport={"width": 400, "height": 800})
    visit.page.locator("#text span", has_text="said").first.click()
    visit.page.keyboard.press("j")
    assert visit.page.evaluate("typeof window.__hit") == "undefined"
    assert visit.page.locator("img, script:not(:last-of-type)").count() == 0
    assert visit.column() == document.text
    assert visit.complaints == []
    assert len(visit.requests) == 1
    visit.page.close()
