"""The reading room in a real browser: read, search, step, review and undo, by keyboard and without scripts."""

import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from click.testing import CliRunner

from reportedly import Attribution, Case, Document, Report, pipeline
from reportedly.cli import app as command
from reportedly.records import Brief, Claim
from reportedly.web.app import app
from reportedly.web.security import Door
from tests.test_page_browser import browser  # noqa: F401
from tests.test_web import HARM, hostile, made, path, with_files  # noqa: F401

if not os.environ.get("CI"):
    pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page  # noqa: E402


class Served:
    """The reading room of a case, listening."""

    def __init__(self, case: Path) -> None:
        self.case = case
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(64)
        self.door = Door.at("127.0.0.1", self.socket.getsockname()[1])
        self.address = self.door.address.rstrip("/")
        self.server = uvicorn.Server(uvicorn.Config(app(case, self.door), log_level="error", ws="none", lifespan="on"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture
def served(path: Path) -> Iterator[Served]:  # noqa: F811
    served = Served(path)
    yield served
    served.close()


class Visit:
    """A page open in the browser, with everything it complained of or asked the network for."""

    def __init__(self, browser: Browser, served: Served, where: str = "/", **context: Any) -> None:  # noqa: F811
        self.served = served
        context.setdefault("viewport", {"width": 1280, "height": 900})
        self.page: Page = browser.new_page(**context)
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.go(where)

    def go(self, where: str) -> None:
        self.page.goto(self.served.address + where)

    def close(self) -> None:
        """End the visit, which complained of nothing and asked nobody but us."""
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith(self.served.address + "/")] == []
        self.page.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:  # noqa: F811
    visit = Visit(browser, served)
    yield visit
    visit.close()


def held(page: Page) -> str:
    """The id of the claim that is held or focused."""
    found: str = page.evaluate(
        """() => document.querySelector("#list li[data-lit]")?.dataset.record
        ?? document.activeElement?.closest("[data-record]")?.dataset.record ?? "" """
    )
    return found


def reviews(served: Served) -> list[str]:
    with Case.open(served.case) as case:
        return [r.action for r in case.reviews()]


def test_from_the_questions_to_a_claim_in_its_report(visit: Visit) -> None:
    page = visit.page
    assert page.url.endswith("/brief")
    cell = page.locator(".matrix td.gives a").first
    assert cell.inner_text().split() == ["●", "gives", "it"]
    page.get_by_role("link", name="Read the claims side by side").first.click()
    page.wait_for_url("**/question/*")
    claim = page.locator(".said").first
    record = claim.get_attribute("data-record")
    words = claim.locator(".words").inner_text()
    claim.locator(".words").click()
    page.wait_for_url(f"**/report/*#{record}")
    assert page.locator("#list li.pinned").get_attribute("data-record") == record
    lit = "".join(page.locator('#text [data-lit="content"], #text [data-lit="source"]').all_inner_texts())
    words = re.sub(r"\[[^\]]*\]", "", words)  # what explains them
    assert "".join(re.findall(r"\w", words))[:20] in "".join(re.findall(r"\w", lit))


def test_keys_step_through_the_claims_of_a_report(visit: Visit) -> None:
    page = visit.page
    visit.go("/reports")
    page.locator(".listed a").first.click()
    page.wait_for_url("**/report/*")
    order = page.locator("#text .mark[data-n]").evaluate_all("(all) => all.map((mark) => mark.id)")
    for key, wanted in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", -1)):
        page.keyboard.press(key)
        page.wait_for_function("(id) => document.activeElement.id === id", arg=order[wanted])
        assert held(page) == order[wanted]


def test_search_by_key_and_by_facet(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type("bearings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=bearings")
    assert page.locator(".results mark").first.inner_text().lower() == "bearings"
    everything = page.locator(".results li").count()
    page.get_by_role("navigation", name="What kind").get_by_role("link", name="text").click()
    page.wait_for_url("**in=text*")
    assert 0 < page.locator(".results li").count() < everything
    page.locator(".results .hit a").first.click()
    page.wait_for_url("**/report/*")


def test_review_by_keys_and_undo(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Read the claims side by side").first.click()
    page.wait_for_url("**/question/*")
    page.keyboard.press("j")
    record = held(page)
    chosen = page.locator(f".said[data-record='{record}']")
    page.keyboard.press("a")
    page.wait_for_url("**done=1*")
    assert chosen.locator(".state").inner_text() == "✓ accepted"
    assert held(page) == record
    page.keyboard.press("r")
    page.wait_for_url("**done=2*")
    assert chosen.count() == 0  # what is rejected is in no account
    page.keyboard.press("u")
    page.wait_for_url("**done=3*")
    assert chosen.locator(".state").inner_text() == "✓ accepted"
    visit.go(f"/claim/{record}")
    assert page.locator("header .state").inner_text() == "✓ accepted"
    page.keyboard.press("u")
    page.wait_for_url("**done=4*")
    assert page.locator("header .state").count() == 0
    assert reviews(visit.served) == ["accept", "reject", "undo", "undo"]


def test_undo_by_key_undoes_what_was_decided_just_now(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Read the claims side by side").first.click()
    page.wait_for_url("**/question/*")
    page.keyboard.press("j")
    first = held(page)
    page.keyboard.press("j")
    second = held(page)
    page.keyboard.press("a")
    page.wait_for_url(f"**done=1#{second}")
    page.keyboard.press("k")
    assert held(page) == first
    page.keyboard.press("r")
    page.wait_for_url(f"**done=2#{second}")
    assert held(page) == second
    page.keyboard.press("u")
    page.wait_for_url(f"**done=3#{first}")
    assert held(page) == first and page.locator(f"#{first} .state").count() == 0
    assert page.locator(".done").inner_text().startswith("Kept: undo of reject")
    assert page.locator(f"#{second} .state").inner_text() == "✓ accepted"
    page.keyboard.press("j")
    assert held(page) == second
    page.keyboard.press("u")
    page.wait_for_url(f"**done=4#{second}")
    assert page.locator(f".said[data-record='{first}']").count() == 0
    assert page.locator(".done").inner_text().startswith("Kept: reject again") and held(page) == second
    page.keyboard.press("u")
    page.wait_for_url(f"**done=5#{first}")
    assert held(page) == first


def test_what_was_kept_covers_nothing_but_the_top(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Read the claims side by side").first.click()
    page.wait_for_url("**/question/*")
    page.locator(".said").nth(3).get_by_role("button", name="accept").click()
    page.wait_for_url("**done=1*")
    kept, claim = page.locator(".done").bounding_box(), page.locator(".said:target").bounding_box()
    assert kept and claim
    assert kept["y"] == 0 and kept["height"] <= claim["y"]


def test_what_decides_about_a_claim_hides_no_other(visit: Visit) -> None:
    page = visit.page
    visit.go("/reports")
    page.locator(".listed a").first.click()
    page.wait_for_url("**/report/*")
    claims = page.locator("#list li[data-record]")

    def inside() -> bool:
        own = claims.first.bounding_box()
        button = claims.first.get_by_role("button", name="accept").bounding_box()
        assert own and button and button["height"] > 0
        return own["y"] <= button["y"] and button["y"] + button["height"] <= own["y"] + own["height"]

    claims.nth(1).hover()
    claims.first.hover()
    page.locator("#list li[data-record][data-lit]").wait_for()
    assert inside()
    claims.first.locator(".what").click()
    page.locator("#list li.pinned").wait_for()
    assert inside()
    page.mouse.move(5, 5)
    assert inside()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert inside()


def test_a_note_by_key(visit: Visit) -> None:
    page = visit.page
    visit.go("/reports")
    page.locator(".listed a").first.click()
    page.wait_for_url("**/report/*")
    page.keyboard.press("j")
    record = held(page)
    page.keyboard.press("n")
    page.wait_for_url("**/claim/*#note")
    page.keyboard.type("ring her; a and r are letters here")
    page.get_by_role("button", name="Keep the note").click()
    page.wait_for_url(f"**/claim/{record}?done=1")
    assert page.locator("header .remark").inner_text() == "note ring her; a and r are letters here"
    page.locator(".done").get_by_role("link", name="Close").click()
    assert page.locator(".done").count() == 0 and page.url.endswith(f"/claim/{record}")
    assert reviews(visit.served) == ["note"]


def test_the_words_of_a_claim_are_corrected_by_selecting(visit: Visit) -> None:
    page = visit.page
    with Case.open(visit.served.case) as case:
        brief = case.brief()
    assert brief is not None
    claim = next(c for c in brief.claims if c.attribution and len(c.spans) == 1 and len(c.text) > 60)
    text = next(d.text for d in brief.documents if d.id == claim.document)
    start, end = claim.spans[0].start, claim.spans[0].end - 8
    visit.go(f"/report/{claim.document}#{claim.id}")
    page.locator("#list li.pinned").wait_for()
    page.evaluate(
        """([from, to]) => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        const range = document.createRange(); let at = 0;
        for (let node; (node = walker.nextNode()); ) {
          const length = [...node.data].length, place = (n) => [...node.data].slice(0, n - at).join("").length;
          if (at <= from && from < at + length) range.setStart(node, place(from));
          if (at < to && to <= at + length) range.setEnd(node, place(to));
          at += length; }
        getSelection().removeAllRanges(); getSelection().addRange(range); }""",
        [start, end],
    )
    with page.expect_navigation():
        page.keyboard.press("e")
    page.locator("#list li.corrected").wait_for()
    lit = "".join(page.locator('#text [data-lit="content"]').all_text_contents())
    assert lit == text[start:end]


def test_a_claim_is_reviewed_on_a_phone(browser: Browser, served: Served) -> None:  # noqa: F811
    visit = Visit(browser, served, "/reports", viewport={"width": 400, "height": 800}, has_touch=True)
    page = visit.page
    page.locator(".listed a").first.tap()
    page.wait_for_url("**/report/*")
    page.locator("#text .content").nth(3).tap()
    card = page.locator("aside.card")
    card.wait_for()
    card.get_by_role("button", name="accept").tap()
    page.wait_for_url("**done=1*")
    assert card.locator(".state").inner_text() == "✓ accepted"
    card.get_by_role("button", name="Close").tap()
    card.wait_for(state="hidden")
    assert reviews(served) == ["accept"]
    visit.close()


def test_what_is_stepped_to_on_a_phone_has_its_card(browser: Browser, served: Served) -> None:  # noqa: F811
    visit = Visit(browser, served, "/reports", viewport={"width": 400, "height": 800})
    page = visit.page
    page.locator(".listed a").first.click()
    page.wait_for_url("**/report/*")
    hint = page.evaluate("getComputedStyle(document.querySelector('.hint'), '::after').content")
    assert "Tap a claim" in hint and "Keys" not in hint
    page.keyboard.press("j")
    card = page.locator("aside.card")
    card.wait_for()
    box = card.bounding_box()
    assert box and box["y"] + box["height"] == 800
    visit.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_the_timeline_fits_or_begins_at_the_reports(browser: Browser, served: Served, width: int) -> None:  # noqa: F811
    visit = Visit(browser, served, "/timeline", viewport={"width": width, "height": 900})
    page = visit.page
    box = page.locator(".timeline")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth") == (width == 400)
    names = page.locator(".names").bounding_box()
    day = page.locator(".axis .published").first.bounding_box()
    assert names and day and names["x"] >= 0
    assert names["x"] + names["width"] < day["x"] < width
    visit.close()


def test_the_timeline_is_printed_whole(browser: Browser, served: Served) -> None:  # noqa: F811
    visit = Visit(browser, served, "/timeline", viewport={"width": 680, "height": 900})
    page = visit.page
    page.emulate_media(media="print")
    box, names, axis = (page.locator(x).bounding_box() for x in (".timeline", ".names svg", ".timeline .axis"))
    assert box and names and axis
    assert names["x"] >= 0 and axis["x"] + axis["width"] <= box["x"] + box["width"] + 1 <= 681
    assert abs(names["height"] - axis["height"]) < 1 and abs(names["x"] + names["width"] - axis["x"]) < 1
    assert page.locator(".timeline").evaluate("e => getComputedStyle(e).maskImage") == "none"
    visit.close()


def test_the_first_page_of_print_is_not_left_blank(browser: Browser, served: Served) -> None:  # noqa: F811
    pdfium = pytest.importorskip("pypdfium2")
    visit = Visit(browser, served, "/brief")
    title = visit.page.locator(".card h2 bdi").first.inner_text()
    first = pdfium.PdfDocument(visit.page.pdf(format="A5"))[0].get_textpage().get_text_bounded()
    assert title.split()[0] in first and "Who said what" in first
    assert len(first.split()) > 60
    visit.close()


def test_names_beside_a_narrow_timeline_fade_out(browser: Browser, served: Served) -> None:  # noqa: F811
    visit = Visit(browser, served, "/timeline", viewport={"width": 390, "height": 844})
    fade = visit.page.evaluate("getComputedStyle(document.querySelector('.names'), '::after').backgroundImage")
    assert "linear-gradient" in fade
    visit.close()


def test_the_lines_of_a_note_stay_lines(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Read the claims side by side").first.click()
    page.wait_for_url("**/question/*")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_url("**/claim/*")
    page.locator("#note").fill("Ring her.\nTwice.")
    page.get_by_role("button", name="Keep the note").click()
    page.wait_for_url("**done=1*")
    assert page.locator(".remark").first.inner_text().endswith("Ring her.\nTwice.")


def test_everything_can_be_read_and_reviewed_without_scripts(browser: Browser, served: Served) -> None:  # noqa: F811
    visit = Visit(browser, served, java_script_enabled=False)
    page = visit.page
    page.get_by_role("link", name="Read the claims side by side").first.click()
    claim = page.locator(".said").first
    record = claim.get_attribute("data-record")
    claim.get_by_role("button", name="accept").click()
    page.wait_for_load_state()
    assert page.locator(f"#{record} .state").inner_text() == "✓ accepted"
    page.locator(f"#{record}").get_by_role("button", name="undo").click()
    page.wait_for_load_state()
    assert page.locator(f"#{record} .state").count() == 0
    page.locator(f"#{record}").get_by_role("link", name="correct").click()
    page.get_by_label("or somebody by name").fill("Una Novak")
    page.get_by_label("or somebody by name").press("Enter")
    page.wait_for_load_state()
    assert f"/claim/{record}" in page.url and page.locator("header .source").inner_text() == "Una Novak"
    page.get_by_role("searchbox").fill("bearings")
    page.get_by_role("button", name="Find").click()
    page.wait_for_load_state()
    assert page.locator(".results li").count() > 3
    assert reviews(served) == ["accept", "undo", "speaker"]
    visit.close()


def test_by_keyboard_alone_and_never_out_of_sight(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => { const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
            return { width: b.width, outline: s.outlineStyle, seen: b.bottom > 0 && b.top < innerHeight }; }"""
        )
        assert box["width"] > 0
        assert box["outline"] != "none"
        assert box["seen"]


CONTRAST = """() => {
  const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colours) => { canvas.clearRect(0, 0, 1, 1);
    for (const c of colours) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    if (!e.checkVisibility({ opacityProperty: true }) || e.closest("svg, .unseen, .skip")) continue;
    const behind = [];
    for (let p = e; p; p = p.parentElement) behind.unshift(getComputedStyle(p).backgroundColor);
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    const a = light(over([paper, ...behind])), b = light(over([paper, ...behind, getComputedStyle(e).color]));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 30)}`);
  }
  return [...new Set(bad)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_every_page_fits_and_can_be_made_out(browser: Browser, served: Served, scheme: Any, width: int) -> None:  # noqa: F811
    visit = Visit(browser, served, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = visit.page
    question = page.locator(".open").first.get_attribute("href") or ""
    visit.go(question)
    claim = page.locator("a.edit").first.get_attribute("href") or ""
    report = (page.locator(".words").first.get_attribute("href") or "").partition("#")[0]
    source = page.locator("a.source").first.get_attribute("href") or ""
    fixed = ("/brief", "/reports", "/sources", "/origins", "/timeline", "/reviews", "/search?q=bridge")
    for where in (*fixed, question, claim, report, source):
        visit.go(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        assert page.evaluate(CONTRAST) == [], where
        assert page.locator("h1").count() == 1
        assert page.get_by_role("main").count() == page.get_by_role("banner").count() == 1
        unnamed = page.evaluate(
            """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea")]
            .filter((e) => !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML)"""
        )
        assert unnamed == [], where
    visit.close()


def test_a_hostile_case_does_nothing(browser: Browser, hostile: Path) -> None:  # noqa: F811
    served = Served(hostile)
    visit = Visit(browser, served)
    with Case.open(hostile) as case:
        brief = case.brief()
    assert brief is not None
    documents, sources = (
        [f"/report/{d.id}" for d in brief.documents[:24]],
        [f"/source/{s.id}" for s in brief.sources[:8]],
    )
    questions = [f"/question/{q.id}" for q in brief.questions]
    for where in (
        "/brief",
        "/reports",
        "/sources",
        "/origins",
        "/timeline",
        "/reviews",
        *documents,
        *sources,
        *questions,
    ):
        visit.go(where)
        assert visit.page.evaluate("typeof window.__hit") == "undefined", where
        assert "Who said what" in visit.page.locator("body").inner_text() or visit.page.locator(".foot").count() == 1
    visit.close()
    served.close()


def test_what_was_decided_holds_after_the_case_is_compared_anew(visit: Visit) -> None:
    page = visit.page
    with Case.open(visit.served.case) as case:
        brief = case.brief()
        assert brief is not None
        claim = next(c for c in brief.claims if c.attribution and len(c.spans[0].text) > 40)
    visit.go(f"/claim/{claim.id}")
    page.keyboard.press("a")
    page.wait_for_url("**done=1*")
    # Another model draws the claim's bounds a little otherwise, and so gives it another id.
    document = next(d for d in brief.documents if d.id == claim.document)
    shorter = document.span(claim.spans[0].start + 5, claim.spans[0].end)
    other = Claim.of(
        document, (shorter, *claim.spans[1:]), claim.text, attribution=claim.attribution, speaker=claim.speaker
    )
    text = msgspec.json.encode(brief).replace(claim.id.encode(), other.id.encode())
    again = msgspec.json.decode(text, type=Brief)
    claims = tuple(other if c.id == other.id else c for c in again.claims)
    relations = tuple(msgspec.structs.replace(r, a=min(r.a, r.b), b=max(r.a, r.b)) for r in again.relations)
    with Case.open(visit.served.case) as case:
        case.save(msgspec.structs.replace(again, claims=claims, relations=relations))
    visit.go(f"/claim/{other.id}")
    assert page.locator("header .state").inner_text() == "✓ accepted"


def test_the_exported_page_opens_offline(browser: Browser, path: Path, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "case.html"
    assert CliRunner().invoke(command, ["export", str(path), "--to", "html", "--out", str(out)]).exit_code == 0
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(out.as_uri())
    page.locator("a[href^='#']").last.click()
    assert page.locator("h1").count() and asked == [out.as_uri()]
    context.close()


LONG_TASK = 250  # milliseconds: the goal is 100 on a machine of its own; CI shares its cores


def test_a_long_report_is_stepped_through_without_long_tasks(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    said = (
        "“We saw the water rise at the old mill,” said Ada Bell, the warden of lock {n}. The gates held until noon, "
        "and nobody in the valley could say how high the river would stand on the morrow. "
    )
    text = "\n\n".join(said.format(n=n) for n in range(280))
    assert len(text.split()) > 10_000
    case_path = tmp_path / "long.case"
    with Case.open(case_path, create=True) as case:
        document = Document.of(text, outlet="Valley Post")
        places = [(m.start(), m.end()) for m in re.finditer("“[^”]*”", text)]
        attributions = tuple(
            Attribution.of(
                document, (document.span(e + 1, e + 5),), (document.span(e + 6, e + 14),), (document.span(s, e),)
            )
            for s, e in places
        )
        case.put(Report(document, attributions), text.encode())
        pipeline.compare(case)
    served = Served(case_path)
    try:
        page = browser.new_page()
        page.goto(f"{served.address}/report/{document.id}")
        page.wait_for_load_state("networkidle")
        page.evaluate(
            """() => {
                window.long = [];
                const note = list => list.getEntries().forEach(entry => window.long.push(entry.duration));
                new PerformanceObserver(note).observe({type: "longtask"});
            }"""
        )
        for _ in range(30):
            page.keyboard.press("j")
        page.mouse.wheel(0, 20_000)
        page.wait_for_timeout(300)
        assert max(page.evaluate("() => window.long"), default=0) < LONG_TASK
        page.close()
    finally:
        served.close()


AXE = Path(__file__).parents[1] / "build/axe/node_modules/axe-core/axe.min.js"  # put there by .ci/run


@pytest.mark.skipif(not AXE.exists() and not os.environ.get("CI"), reason="axe-core is not there: see .ci/run")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_axe_finds_nothing_serious(browser: Browser, served: Served, scheme: Any, width: int) -> None:  # noqa: F811
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(served.address + "/brief")
    some: dict[str, str] = {}
    for at in ("/brief", "/reports", "/sources"):
        page.goto(served.address + at)
        for href in page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            if not href.endswith(".json"):
                some.setdefault(href.split("/")[1], href.split("#")[0])
    page.goto(served.address + some["question"])
    claim = page.locator("a[href^='/claim/']").first.get_attribute("href") or ""
    found = []
    for at in ("/brief", "/timeline", "/search?q=bridge", claim, *some.values()):
        page.goto(f"{served.address}{at}")
        page.evaluate(AXE.read_text("utf-8"))
        for v in page.evaluate("axe.run(document).then(r => r.violations)"):
            if v["impact"] in ("serious", "critical"):
                found.append((at, v["id"], v["nodes"][0]["html"][:200]))
    page.close()
    assert found == []


def test_an_original_is_shown_at_the_words_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    case = tmp_path / "o.case"
    far = HARM.replace("<article>", "<article>" + "<p>Nothing is known of the weather.</p>" * 80)
    (document,) = with_files(case, (far.encode(), "a.html"))
    served = Served(case)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(f"{served.address}/report/{document}")
        link = page.locator("a[href*='shut']", has_text="in the original").first
        with page.expect_popup() as popup:
            link.click()
        original = popup.value
        original.on("request", lambda request: asked.append(request.url))
        original.wait_for_load_state()
        original.wait_for_timeout(500)
        assert original.title() != "run"
        assert original.locator("p", has_text="The mayor said").bounding_box()["y"] < 700  # type: ignore[index]
        assert [url for url in asked if not url.startswith(served.address)] == []
    finally:
        page.close()
        served.close()
