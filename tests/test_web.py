"""The reading room from the server's side: pages and their JSON agree, documents stay text, strangers are refused."""

import asyncio
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import msgspec
import pytest
from starlette.testclient import TestClient

from reportedly import Attribution, Case, Document, Report, Source, add
from reportedly.case import CaseError
from reportedly.page import settled
from reportedly.pipeline import compare
from reportedly.records import Account, Brief, Claim, Origins, Question, Relation, Unread
from reportedly.web.app import _templates, app
from reportedly.web.pages import facts_of
from reportedly.web.security import LARGEST, Door, Guard

DEMO = Path(__file__).parents[1] / "demo"
DOOR = Door("127.0.0.1", 8642, "", "form-token")
HERE = "http://127.0.0.1:8642"
FIXED = ("/brief", "/reports", "/sources", "/origins", "/timeline", "/reviews", "/search?q=bridge+pier")
OURS = {"/static/base.css", "/static/brief.css", "/static/report.css", "/static/room.css", "/static/icon.svg"}
SCRIPTS = {"/static/room.js", "/static/report.js"}


class Seen(HTMLParser):
    """A page as a parser sees it: its elements, the text it shows, and what stands in attributes that are read."""

    VOID = {"meta", "link", "input", "br", "hr", "img"}

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.shown: list[str] = []
        self.column = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self.shown += [found[name] for name in ("title", "aria-label", "value", "datetime") if name in found]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown.append(data)
        if "article" in self.open:
            self.column += data

    @property
    def text(self) -> str:
        """Everything that is shown, white space made one kind, without the joints between elements."""
        return "".join("".join(self.shown).split())

    def all(self, name: str) -> set[str]:
        """The values of an attribute."""
        return {found[name] for _, found in self.elements if name in found}


def harmless(page: str) -> Seen:
    """A page in which nothing runs and nothing leads away but what we put there."""
    seen = Seen(page)
    names = {name for _, found in seen.elements for name in found}
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc")]
    assert seen.all("src") <= SCRIPTS
    assert {tag for tag, _ in seen.elements}.isdisjoint({"img", "iframe", "object", "embed", "base", "style", "video"})
    assert [found["href"] for tag, found in seen.elements if tag == "link" and "stylesheet" in found["rel"]]
    for href in seen.all("href") - OURS:
        assert re.match(r"/(?!/)|#|https?://", href), href
    assert seen.all("action") <= {"/review", "/search"}
    return seen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case, read and compared."""
    path = tmp_path_factory.mktemp("web") / "bridge.case"
    with Case.open(path, create=True) as case:
        assert all(
            a.state == "new" for a in add(case, sorted(p for p in DEMO.iterdir() if p.suffix in (".txt", ".html")))
        )
        compare(case)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of the demo case that may be written to."""
    copy = tmp_path / "bridge.case"
    copy.write_bytes(made.read_bytes())
    return copy


def visitor(path: Path, door: Door = DOOR, base: str = HERE) -> TestClient:
    return TestClient(app(path, door), base_url=base, follow_redirects=False)


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with visitor(path) as client:
        yield client


def records(client: TestClient) -> dict[str, list[str]]:
    """The addresses of some records of each kind."""
    brief = client.get("/brief.json").json()
    questions = [q["href"] for q in brief["questions"]]
    first = client.get(questions[0] + ".json").json()
    return {
        "question": questions,
        "report": [i["href"] for i in client.get("/reports.json").json()["items"]],
        "source": [i["href"] for i in client.get("/sources.json").json()["items"]],
        "claim": [s["page"] for side in first["sides"] for s in side["said"]],
        "account": [f"/account/{side['id']}" for side in first["sides"]],
    }


READ = {
    "words",
    "name",
    "title",
    "summary",
    "standing",
    "head",
    "about",
    "who",
    "cue",
    "said",
    "counts",
    "coverage",
    "told",
}


def told(value: Any, key: str = "") -> Iterator[str]:
    """All strings of a page's JSON that its HTML must show."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "notes" and not (name == "who" and value.get("own")):  # what is told in fewer words
                yield from told(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner, key)
    elif isinstance(value, str) and key in READ:
        yield value


def test_every_page_and_its_json_agree(client: TestClient) -> None:
    found = records(client)
    assert all(found.values())
    for address in (
        *FIXED,
        *found["question"],
        *found["report"],
        *found["source"][:12],
        *found["claim"][:6],
        *found["account"][:3],
    ):
        where, _, query = address.partition("?")
        twin = f"{where}.json" + (f"?{query}" if query else "")
        html, data = client.get(address), client.get(twin)
        assert html.status_code == data.status_code == 200, address
        seen = harmless(html.text)
        alternates = [f["href"] for tag, f in seen.elements if tag == "link" and f["rel"] == "alternate"]
        assert alternates == [twin.replace("%20", "+")]
        missing = [s for s in told(data.json()) if "".join(s.split()) not in seen.text]
        assert not missing, (address, missing[:3])
        assert any(told(data.json()))


def test_a_report_keeps_its_words_and_marks_every_claim(client: TestClient, path: Path) -> None:
    with Case.open(path) as case:
        brief = case.brief()
        assert brief is not None
        for document in brief.documents:
            page = client.get(f"/report/{document.id}").text
            seen = harmless(page)
            assert seen.column == document.text
            assert {c.id for c in brief.claims if c.document == document.id} <= seen.all("id")


def test_the_count_of_sources_is_that_of_their_list(client: TestClient) -> None:
    own = 0
    for item in client.get("/reports.json").json()["items"]:
        reading = client.get(f"{item['href']}.json").json()["reading"]
        every, voice, nobody = (
            int(re.search(rf"(\d+) {words}", reading["counts"])[1])  # type: ignore[index]
            for words in ("statement", "in the report's own voice", "on nobody it names")
        )
        said = {i["n"]: re.match(r"(\d+) statement", i["said"]) for i in reading["items"]}
        counts = {n: int(found[1]) for n, found in said.items() if found}
        assert sum(counts.values()) + nobody == every == len(reading["entries"])
        authors = [i["n"] for i in reading["items"] if "the report's own voice" in i["facts"]]
        assert sum(counts.get(n, 0) for n in authors) == voice
        own += voice
    assert own


def test_all_addresses_within_lead_somewhere(client: TestClient) -> None:
    pages: dict[str, Seen] = {}
    wanted = {"/brief"}
    while wanted - pages.keys():
        for where in sorted(wanted - pages.keys()):
            answer = client.get(where)
            assert answer.status_code == 200, where
            html = answer.headers["content-type"].startswith("text/html")
            pages[where] = Seen(answer.text if html else "")
            for href in pages[where].all("href"):
                if href.startswith("/") and "q=" not in href:
                    wanted.add(href.partition("#")[0])
        if len(pages) > 400:
            break
    for where, seen in pages.items():
        for href in seen.all("href"):
            there, _, fragment = href.partition("#")
            led_by_browser = there.startswith("/original/")  # a page of a PDF, words to look up
            if fragment and (there or where) in pages and not led_by_browser:
                assert fragment in pages[there or where].all("id"), (where, href)


def test_the_matrix_says_who_gives_and_who_disputes(tmp_path: Path) -> None:
    document = Document.of("Ana says it burned. Bo says it did not. Cy says it rained.", outlet="Post")
    spans = {w: document.span(document.text.index(w), document.text.index(w) + len(w)) for w in
             ("Ana", "Bo", "Cy", "it burned", "it did not", "it rained")}  # fmt: skip
    sources = [Source.of(document, n, kind="person", named=True, mentions=(spans[n],)) for n in ("Ana", "Bo", "Cy")]
    claims = [
        Claim.of(document, (spans[w],), w, speaker=s.id, attribution=f"a-{n}")
        for n, (w, s) in enumerate(zip(("it burned", "it did not", "it rained"), sources, strict=True))
    ]
    one = Account(id="k-1", title="it burned", claims=(claims[0].id,), sources=(sources[0].id,), origins=Origins(1, 1))
    two = Account(id="k-2", title="it rained", claims=(claims[1].id, claims[2].id), sources=(), origins=Origins(1, 2))
    a, b = sorted((claims[0].id, claims[1].id))
    brief = Brief(
        documents=(document,),
        sources=tuple(sources),
        claims=tuple(claims),
        relations=(Relation(a=a, b=b, kind="disputes", score=0.9),),
        questions=(Question(id="q-1", title="fire", accounts=(one, two)),),
    )
    with Case.open(tmp_path / "fire.case", create=True) as case:
        case.put(Report(document, sources=tuple(sources)), document.text.encode())
        case.save(brief)
    with visitor(tmp_path / "fire.case") as client:
        (card,) = client.get("/brief.json").json()["questions"]
        matrix = card["matrix"]
        names = [c["who"]["name"] for c in matrix["columns"]]
        stances = {
            (row["title"], name): cell["stance"]
            for row in matrix["rows"]
            for name, cell in zip(names, row["cells"], strict=True)
        }
        assert stances == {
            ("it burned", "Ana"): "gives", ("it burned", "Bo"): "disputes", ("it burned", "Cy"): "silent",
            ("it rained", "Ana"): "disputes", ("it rained", "Bo"): "gives", ("it rained", "Cy"): "gives",
        }  # fmt: skip
        seen = harmless(client.get("/brief").text)
        assert "●givesit" in seen.text
        assert "×disputesit" in seen.text
        assert "silent" not in seen.text and "blank:saysnothingonit" in seen.text
        source = client.get(f"/source/{sources[0].id}.json").json()
        assert [r["who"] for s in source["contradicted"] for r in s["disputes"]] == ["Bo"]


def test_what_a_source_denies_is_nowhere_shown_as_asserted(tmp_path: Path) -> None:
    text = "Ana says the dam leaked. Bo denies the wall leaked. Bo says the tap leaked."
    document = Document.of(text, outlet="Post")
    spans = {
        w: document.span(text.index(w), text.index(w) + len(w))
        for w in ("Ana", "Bo", "the dam leaked", "the wall leaked", "the tap leaked")
    }
    ana, bo = (Source.of(document, n, kind="person", named=True, mentions=(spans[n],)) for n in ("Ana", "Bo"))
    dam, wall, tap = (
        msgspec.structs.replace(
            Claim.of(document, (spans[words],), words, speaker=who.id, attribution=f"a-{n}"), position=position
        )
        for n, (words, who, position) in enumerate(
            (("the dam leaked", ana, "asserts"), ("the wall leaked", bo, "denies"), ("the tap leaked", bo, "asserts"))
        )
    )
    a, b = sorted((dam.id, wall.id))
    accounts = [
        Account(id=f"k-{n}", title=c.text, claims=(c.id,), sources=(), origins=Origins(1, 1))
        for n, c in enumerate((dam, wall, tap))
    ]
    brief = Brief(
        documents=(document,),
        sources=(ana, bo),
        claims=(dam, wall, tap),
        relations=(Relation(a=a, b=b, kind="disputes", score=0.9),),
        questions=(Question(id="q-1", title="leak", accounts=tuple(accounts)),),
    )
    with Case.open(tmp_path / "leak.case", create=True) as case:
        case.put(Report(document, sources=(ana, bo)), text.encode())
        case.save(brief)
    shown = 'the wall leaked</a> <span class="position">denies</span>'
    with visitor(tmp_path / "leak.case") as client:
        of_bo = client.get(f"/source/{bo.id}").text
        for part in ("told", "contradicted", "turns"):
            assert shown in of_bo.partition(f'<section id="{part}">')[2].partition("</section>")[0], part
        of_ana = client.get(f"/source/{ana.id}").text
        assert '<q><bdi>the wall leaked</bdi></q></a> <span class="position">denies</span>' in of_ana
        assert 'title="the wall leaked (denies)"' in of_ana
        assert shown in client.get(f"/claim/{dam.id}").text
        assert ">Bo, Post: the wall leaked (denies)</option>" in client.get(f"/claim/{tap.id}").text
        found = client.get("/search?q=wall").text
        assert '<mark>wall</mark> leaked</a> <span class="position">denies</span>' in found
        (hit,) = [r for r in client.get("/search.json?q=wall&in=claims").json()["results"] if r["id"] == wall.id]
        assert hit["position"] == "denies"


def test_words_in_quotation_marks_get_no_others() -> None:
    quoted = _templates().get_template("claims.html").make_module().quoted  # type: ignore[attr-defined]
    assert quoted("“it held”, he said") == "<bdi>“it held”, he said</bdi>"
    assert quoted("it held") == "<q><bdi>it held</bdi></q>"


def test_every_account_names_somebody_who_gives_it(client: TestClient) -> None:
    page = client.get("/brief.json").json()
    rows = [row for card in page["questions"] if card["matrix"] for row in card["matrix"]["rows"]]
    assert all(row["others"] or any(c["stance"] in ("gives", "both") for c in row["cells"]) for row in rows)
    alone = next(row for row in rows if {c["stance"] for c in row["cells"]} == {"silent"})
    seen = harmless(client.get("/brief").text)
    assert "also:" + "".join(alone["others"][0]["name"].split()) in seen.text


def test_sources_are_told_apart_and_their_roles_told_once(tmp_path: Path) -> None:
    sources = []
    with Case.open(tmp_path / "s.case", create=True) as case:
        documents, claims = [], []
        for outlet in ("Post", "Wire"):
            document = Document.of("An official said it burned.", outlet=outlet)
            who, what = document.span(0, 11), document.span(17, 26)
            source = Source.of(document, "an official", kind="person", named=False, mentions=(who,))
            case.put(Report(document, sources=(source,)), document.text.encode())
            documents.append(document)
            sources.append(source)
            claims.append(Claim.of(document, (what,), "it burned", attribution=f"a-{outlet}", speaker=source.id))
        brief = Brief(
            documents=tuple(documents), sources=tuple(sources), claims=tuple(claims), relations=(), questions=()
        )
        case.save(brief)
    with visitor(tmp_path / "s.case") as client:
        names = {item["name"] for item in client.get("/sources.json").json()["items"]}
    assert names == {"an unnamed official, in Post", "an unnamed official, in Wire"}
    roles = ("the union's head", "the union’s head", "THE UNION’S HEAD")
    assert facts_of([msgspec.structs.replace(sources[0], named=True, role=r) for r in roles]) == (roles[0],)


def test_sources_of_one_name_are_told_apart_above_columns_too(tmp_path: Path) -> None:
    texts = {
        ("Post", "Fire at the mill"): "An official said it burned. An official said it was lit.",
        ("Post", "Mill burns"): "An official said it burned.",
        ("Wire", "Blaze"): "An official said it burned. An official said it was wet.",
        ("Echo", "Blaze"): "An official said it was wet.",
    }
    documents: list[Document] = []
    sources: list[Source] = []
    claims: list[Claim] = []
    with Case.open(tmp_path / "s.case", create=True) as case:
        for n, ((outlet, title), text) in enumerate(texts.items()):
            document = Document.of(text, outlet=outlet, title=title, file=f"{n}.txt")
            own = []
            for m in re.finditer(r"(An official) said ([^.]+)", text):
                who, what = (document.span(*m.span(k)) for k in (1, 2))
                own.append(Source.of(document, "an official", kind="person", mentions=(who,)))
                claims.append(Claim.of(document, (what,), m[2], attribution=f"a-{len(claims)}", speaker=own[-1].id))
            case.put(Report(document, sources=tuple(own)), document.text.encode())
            documents.append(document)
            sources += own
        wet = tuple(s.id for s, c in zip(sources, claims, strict=True) if c.text == "it was wet")
        accounts = tuple(
            Account(id=f"k-{n}", title=c.text, claims=(c.id,), sources=(), origins=Origins(1, 1))
            for n, c in enumerate(claims)
        )
        case.save(
            Brief(documents=tuple(documents), sources=tuple(sources), claims=tuple(claims), relations=(),
                  questions=(Question(id="q-1", title="fire", accounts=accounts),), persons=(wet,))
        )  # fmt: skip
    wanted = {
        "an unnamed official, in Post, “Fire at the mill”, “it burned”",
        "an unnamed official, in Post, “Fire at the mill”, “it was lit”",
        "an unnamed official, in Post, “Mill burns”",
        "an unnamed official, in Wire",
        "an unnamed official, in Echo and 1 more",
    }
    with visitor(tmp_path / "s.case") as client:
        assert {item["name"] for item in client.get("/sources.json").json()["items"]} == wanted
        columns = client.get("/question/q-1.json").json()["matrix"]["columns"]
        assert {c["who"]["name"] for c in columns} == wanted


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/question",
        "/question/",
        "/question/q-0000000000000000",
        "/report/d-0000000000000000",
        "/source/s-0000000000000000",
        "/claim/c-0000000000000000",
        "/record/x-0",
        "/record/",
        "/static/",
        "/static/nothing.css",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/....//app.py",
        "/report/..%2f..%2fetc%2fpasswd",
        "/report/%2fetc%2fpasswd",
        "/report/" + "d" * 5000,
        "/claim/c-1'%20OR%20'1'='1",
        "/claim/c-%25",
        "/source/s-'); DROP TABLE reviews; --",
        "/question/q-_",
        "/report/d-b6%00",
        "/brief/",
        "/brief.json.json",
        "/review",
        "//example.org/",
        "/report/d-1.json",
        "/claim/[object%20Object]",
        "/question/%F0%9F%98%80",
        "/.git/config",
        "/brief.html",
    ],
)
def test_what_is_not_there_is_a_plain_page(client: TestClient, address: str) -> None:
    answer = client.get(HERE + quote(address, safe="/%.'=;()") if not address.startswith("//") else HERE + address)
    assert answer.status_code in (404, 405, 307), address
    if answer.status_code == 307:
        assert answer.headers["location"].startswith(HERE + "/")
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers
    if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
        harmless(answer.text)


def test_empty_pages_say_where_to_go(client: TestClient) -> None:
    for page in (client.get("/nothing").text, client.get("/search?q=zebra&in=claims").text):
        seen = harmless(page)
        assert {"/brief", "/sources", "/timeline"} <= seen.all("href")
        assert "/search" in seen.all("action")
    assert "Tryfewerwords" in seen.text and "/search?q=zebra" in seen.all("href")


def test_origins_lead_to_their_sources(client: TestClient) -> None:
    springs = client.get("/origins.json").json()["springs"]
    assert any(s["href"] for s in springs)
    seen = harmless(client.get("/origins").text)
    assert {s["href"] for s in springs if s["href"]} <= seen.all("href")
    assert "inasentence" in seen.text and "(sentence)" not in seen.text


def test_search_finds_and_narrows(client: TestClient) -> None:
    found = client.get("/search.json?q=bearings").json()
    counts = {f["name"]: f["count"] for f in found["kinds"]}
    assert counts["all"] == counts["claims"] + counts["sources"] + counts["text"] > 0
    for kind in ("claims", "sources", "text"):
        own = client.get(f"/search.json?q=bearings&in={kind}").json()
        assert {r["kind"] for r in own["results"]} <= {kind}
        assert own["summary"].startswith(str(counts[kind]))
    outlet = found["outlets"][1]
    narrowed = client.get(outlet["href"].replace("/search?", "/search.json?")).json()
    assert {r["outlet"] for r in narrowed["results"]} == {outlet["name"]}
    assert any(p["found"] for r in found["results"] for p in r["pieces"])


@pytest.mark.parametrize(
    "q",
    [
        "", " ", '"', "'", '" OR 1=1 --', "NEAR(", "a* OR b", "title:x", "\x00", "-", "^", "(((", "💥", "a" * 10_000,
        "'; DROP TABLE claims; --", "%", "_", "\u202e", "[x]", "\ue000bridge\ue001", "{{ 7*7 }}", "<script>",
    ],
)  # fmt: skip
def test_any_words_can_be_looked_for(client: TestClient, q: str) -> None:
    for suffix in ("", ".json"):
        answer = client.get(f"/search{suffix}", params={"q": q, "in": q, "outlet": q})
        assert answer.status_code == 200
    harmless(client.get("/search", params={"q": q}).text)
    assert client.get("/brief").status_code == 200


NASTY = (
    "<script>__hit=1</script>", "</script><script>__hit=1</script>", "<img src=x onerror=__hit=1>",
    "<svg/onload=__hit=1>", "\"onmouseover=\"__hit=1", "'onmouseover='__hit=1", "\" autofocus onfocus=__hit=1 x=\"",
    "</title><script>__hit=1</script>", "</a><b>", "</main></body></html>", "<!--", "-->", "<![CDATA[", "]]>", "<?php",
    "<%= 7*7 %>", "{{ 7*7 }}", "{% raw %}", "{# x #}", "${7*7}", "`__hit=1`", "javascript:__hit=1",
    "JaVaScRiPt:__hit=1", " javascript:__hit=1", "java\tscript:__hit=1", "data:text/html,<script>__hit=1</script>",
    "vbscript:__hit=1", "//evil.example", "https://evil.example", "\\\\evil.example", "&lt;script&gt;",
    "&#60;script&#62;", "&amp;", "&", "&copy", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//evil.example>", "<style>*{display:none}</style>", "<iframe src=//evil.example>",
    "<form action=//evil.example>", "<input name=token>", "<textarea>", "<select>", "<template>", "<plaintext>",
    "<xmp>", "<noscript>", "<math><mtext>", "<bdo dir=rtl>", "\u202edrow", "\u2066a\u2069", "\u2067b", "a\u200fb",
    "\u0000nul", "\x1b[31mred", "\x07bell", "\x85next", "\ufeffbom", "\ue000marked\ue001", "e\u0301\u0301\u0301\u0301",
    "漢字", "עברית", "العربية", "👩‍👩‍👧", "a" * 2000, "a b " * 300, "'; DROP TABLE claims; --", "\" OR \"\"=\"",
    "../../etc/passwd", "%2e%2e%2f", "\r\nSet-Cookie: x=1", "__proto__", "constructor", "NaN", "null", "-1", "0",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which every title, outlet, byline, address, source, note and claim is a nasty string."""
    path = tmp_path_factory.mktemp("nasty") / "<b>nasty&.case"
    documents, sources, claims, accounts, relations = [], [], [], [], []
    with Case.open(path, create=True) as case:
        for n, words in enumerate(NASTY):
            text = f"{words} said {words}. {n}"
            document = Document.of(
                text, file=words, title=words, outlet=words, byline=words, published=words, url=words, language="en"
            )
            who, what = document.span(0, len(words)), document.span(len(words) + 6, 2 * len(words) + 6)
            source = Source.of(document, words, role=words, role_spans=(who,), anonymity=(who,), mentions=(who,))
            cue = document.span(len(words) + 1, len(words) + 5)
            said = Attribution.of(document, (cue,), (who,), (what,), speaker=source.id)
            claim = Claim.of(document, (what,), words, attribution=said.id, speaker=source.id)
            case.put(Report(document, (said,), (source,), (Unread(words, 0, 1),)), text.encode())
            documents.append(document)
            sources.append(source)
            claims.append(claim)
            accounts.append(Account(id=f"k-{n:x}", title=words, claims=(claim.id,), sources=(source.id,),
                                    origins=Origins(1, 2, (words,))))  # fmt: skip
        for one, other in zip(claims, claims[1:], strict=False):
            a, b = sorted((one.id, other.id))
            relations.append(Relation(a=a, b=b, kind="disputes", score=0.9, stated=one.spans, stated_in=one.document))
        questions = tuple(
            Question(id=f"q-{n:x}", title=NASTY[n], accounts=tuple(accounts[n : n + 8]))
            for n in range(0, len(NASTY), 8)
        )
        case.save(
            Brief(documents=tuple(documents), sources=tuple(sources), claims=tuple(claims), relations=tuple(relations),
                  questions=questions, alone=(claims[0].id,), persons=((sources[0].id, sources[1].id),))
        )  # fmt: skip
    return path


def test_nasty_strings_are_shown_as_text(hostile: Path) -> None:
    assert len(NASTY) >= 60
    with visitor(hostile) as client, Case.open(hostile) as case:
        brief = case.brief()
        assert brief is not None
        for address in FIXED:
            harmless(client.get(address).text)
        for n, words in enumerate(NASTY):
            document, source, claim = brief.documents[n], brief.sources[n], brief.claims[n]
            pages = {
                address: harmless(client.get(address).text)
                for address in (f"/report/{document.id}", f"/source/{source.id}", f"/claim/{claim.id}")
            }
            assert pages[f"/report/{document.id}"].column == document.text.replace("\x00", "\ufffd")
            shown = "".join(settled(words).replace("\x00", "\ufffd").split())
            assert shown in pages[f"/claim/{claim.id}"].text
            for seen in pages.values():
                links = {h for h in seen.all("href") if not h.startswith(("/", "#"))}
                assert links <= {words} & {"https://evil.example"}
            found = client.get("/search", params={"q": words})
            assert found.status_code == 200
            harmless(found.text)
        for question in brief.questions:
            harmless(client.get(f"/question/{question.id}").text)


def test_hidden_turns_of_writing_are_kept_apart(hostile: Path) -> None:
    with visitor(hostile) as client:
        for address in ("/brief", "/reports", "/sources", "/question/q-30"):
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", client.get(address).text)


# Who is let in


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8642",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:8642.evil.example",
        "",
        "localhost",
        "127.0.0.1:8642@evil.example",
        "0.0.0.0:8642",
        "127.0.0.2:8642",
        "[::2]:8642",
    ],
)
def test_another_name_than_ours_is_refused(client: TestClient, host: str) -> None:
    for method in ("GET", "POST", "HEAD"):
        answer = client.request(method, "/brief", headers={"host": host})
        assert answer.status_code == 421
        assert "bridge" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "LOCALHOST:8642", "[::1]:8642"])
def test_our_own_names_are_known(client: TestClient, host: str) -> None:
    assert client.get("/brief", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/brief").status_code == 405
    assert client.request(method, "/review").status_code == 405


def test_every_answer_has_the_policy(client: TestClient) -> None:
    for address in ("/brief", "/brief.json", "/static/room.css", "/static/room.js", "/nothing", "/"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    assert "content-security-policy" in client.get("/brief", headers={"host": "evil.example"}).headers


def test_faults_are_plain_pages_with_the_policy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("reportedly.web.app.Room.desk", fails)
    with TestClient(app(path, DOOR), base_url=HERE, raise_server_exceptions=False) as client:
        answer = client.get("/brief")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers


def test_beyond_this_machine_a_key_is_asked_for(path: Path) -> None:
    door = Door.at("192.0.2.7", 8642)
    assert len(door.key) >= 24
    base = "http://192.0.2.7:8642"
    with visitor(path, door, base) as client:
        for headers in ({}, {"cookie": "reportedly-8642=wrong"}, {"cookie": "reportedly-8642="}, {"cookie": "\x01=;;"}):
            assert client.get("/brief", headers=headers).status_code == 403
        assert client.get("/brief?key=wrong").status_code == 403
        assert client.get("/static/room.css").status_code == 403
        opened = client.get(f"/brief?key={door.key}&x=1")
        assert opened.status_code == 303
        assert opened.headers["location"] == "/brief?x=1"
        cookie = opened.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/brief").status_code == 200
        assert door.key not in client.get("/brief").text
        away = client.get(f"//evil.example/?key={door.key}", headers={"host": "192.0.2.7:8642"})
        assert not away.headers.get("location", "/").startswith("//")
    assert not Door.at("192.0.2.7", 80).knows("evil.example")
    assert Door.at("192.0.2.7", 80).knows("192.0.2.7")
    assert Door.at("0.0.0.0", 8642).knows("192.0.2.9:8642")
    assert not Door.at("0.0.0.0", 8642).knows("evil.example:8642")
    assert Door.at("::1", 8642).address == "http://[::1]:8642/"
    assert not Door.at("127.0.0.1", 8642).key


# Reviews


def form(client: TestClient, record: str, action: str, **more: str) -> dict[str, str]:
    return {"token": DOOR.form, "record": record, "action": action, "back": "/brief", **more}


def send(client: TestClient, data: dict[str, str], **headers: str) -> Any:
    given = {"origin": HERE, "content-type": "application/x-www-form-urlencoded"} | headers
    return client.post("/review", content=urlencode(data), headers={k: v for k, v in given.items() if v})


def count(path: Path) -> int:
    with Case.open(path) as case:
        return len(case.reviews())


def a_claim(client: TestClient) -> dict[str, Any]:
    """The first claim of the first question that is more than a word or two."""
    where = client.get("/brief.json").json()["questions"][0]["href"]
    every = (said for side in client.get(where + ".json").json()["sides"] for said in side["said"])
    pages = ((said, client.get(f"/claim/{said['id']}.json").json()) for said in every)
    return next(said for said, page in pages if page["end"] - page["start"] > 20)


def state(client: TestClient, claim: str) -> Any:
    return client.get(f"/claim/{claim}.json").json()["said"]


def test_a_claim_is_accepted_rejected_noted_and_all_of_it_undone(client: TestClient, path: Path) -> None:
    claim = a_claim(client)["id"]
    answer = send(client, form(client, claim, "accept", back=f"/claim/{claim}#{claim}"))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/claim/{claim}?done=1#{claim}"
    assert state(client, claim)["state"] == "accepted"
    assert "✓accepted" in Seen(client.get(f"/claim/{claim}").text).text
    assert send(client, form(client, claim, "reject")).status_code == 303
    assert state(client, claim)["state"] == "rejected"
    assert client.get("/reviews.json").json()["decisions"][1]["state"] == "conflict"
    assert send(client, form(client, claim, "undo", number="2")).status_code == 303
    assert state(client, claim)["state"] == "accepted"
    assert send(client, form(client, claim, "note", note="Ring her.\r\nTwice.")).status_code == 303
    assert state(client, claim)["notes"] == ["Ring her.\nTwice."]
    assert "Ringher.Twice." in Seen(client.get("/reviews").text).text
    assert send(client, form(client, claim, "undo", number="4")).status_code == 303
    assert state(client, claim)["notes"] == []
    assert send(client, form(client, claim, "undo", number="1")).status_code == 303
    assert state(client, claim)["state"] == ""
    assert count(path) == 6


def test_span_speaker_account_relation_and_title_are_corrected(client: TestClient) -> None:
    said = a_claim(client)
    claim = said["id"]
    page = client.get(f"/claim/{claim}.json").json()
    start, end = page["start"], page["end"]
    assert send(client, form(client, claim, "span", start=str(start), end=str(end - 3))).status_code == 303
    assert client.get(f"/claim/{claim}.json").json()["end"] == end - 3
    assert state(client, claim)["state"] == "corrected"
    assert send(client, form(client, claim, "speaker", name="Una Novak", source="")).status_code == 303
    assert state(client, claim)["who"]["name"] == "Una Novak"
    where = state(client, claim)["who"]["href"]
    assert client.get(where).status_code == 200
    report = client.get(said["outlet"]["href"] + ".json").json()
    entry = next(
        e
        for e, n in zip(report["reading"]["entries"], report["notes"], strict=True)
        if (n["claim"] or {}).get("id") == claim
    )
    assert entry["who"] == "Una Novak"
    choice = next(c["value"] for c in page["speakers"] if not c["on"])
    assert send(client, form(client, claim, "speaker", source=choice, name="")).status_code == 303
    other = next(c for c in page["homes"] if not c["on"])
    assert send(client, form(client, claim, "move", to=other["value"])).status_code == 303
    assert state(client, claim)["accounts"] == state(client, other["value"])["accounts"]
    assert send(client, form(client, claim, "relation", other=other["value"], kind="disputes")).status_code == 303
    assert other["value"] in [r["id"] for r in client.get(f"/claim/{claim}.json").json()["disputes"]]
    question = client.get("/brief.json").json()["questions"][0]["id"]
    assert send(client, form(client, question, "title", title="Who knew?")).status_code == 303
    assert client.get(f"/question/{question}.json").json()["title"] == "Who knew?"
    for address in (*FIXED, f"/question/{question}", said["outlet"]["href"], f"/claim/{claim}"):
        assert client.get(address).status_code == 200


def test_a_claim_goes_to_another_question_and_is_disputed_from_another(client: TestClient) -> None:
    claim = a_claim(client)["id"]
    page = client.get(f"/claim/{claim}.json").json()
    number = [re.match(r"\d+", c["name"])[0] for c in page["homes"]]  # type: ignore[index]
    assert number[0] == "1" and len(set(number)) == len(client.get("/brief.json").json()["questions"])
    other = next(c for c in page["homes"] if c["name"].startswith("2a"))
    assert send(client, form(client, claim, "move", to=other["value"])).status_code == 303
    assert [a["name"] for a in state(client, claim)["accounts"]] == ["2a"]
    rivals = client.get(f"/claim/{claim}.json").json()["rivals"]
    far = next(r["value"] for r in rivals if not state(client, r["value"])["accounts"])
    assert send(client, form(client, claim, "relation", other=far, kind="disputes")).status_code == 303
    assert far in [r["id"] for r in client.get(f"/claim/{claim}.json").json()["disputes"]]


def test_nothing_is_kept_where_nothing_was_changed(client: TestClient, path: Path) -> None:
    claim = a_claim(client)["id"]
    page = client.get(f"/claim/{claim}.json").json()
    question = client.get("/brief.json").json()["questions"][0]
    source = client.get("/sources.json").json()["items"][0]["href"]
    name = client.get(source + ".json").json()["name"]
    for data in (
        form(client, claim, "span", start=str(page["start"]), end=str(page["end"])),
        form(client, question["id"], "title", title=f" {question['title']}"),
        form(client, source.rpartition("/")[2], "name", name=name),
    ):
        answer = send(client, data)
        assert answer.status_code == 422
        assert "Nothing was changed, so nothing was kept" in answer.text
    answer = send(client, form(client, claim, "span", start="500", end="400"))
    assert answer.status_code == 422
    assert "The words end before they start: from 500 to 400." in answer.text
    assert count(path) == 0


def test_a_speaker_an_account_or_a_relation_that_is_so_already_is_not_kept(client: TestClient, path: Path) -> None:
    brief = client.get("/brief.json").json()
    sides = [s for q in brief["questions"] for s in client.get(q["href"] + ".json").json()["sides"]]
    side = next(s for s in sides if len(s["said"]) > 1)
    claim, fellow = (said["id"] for said in side["said"][:2])
    page = client.get(f"/claim/{claim}.json").json()
    single = next(s["said"][0]["id"] for s in sides if len(s["said"]) == 1)
    for data in (
        form(client, claim, "speaker", source=next(c["value"] for c in page["speakers"] if c["on"]), name=""),
        form(client, claim, "speaker", source="", name=next(c["name"] for c in page["speakers"] if c["on"])),
        form(client, claim, "move", to=fellow),
        form(client, single, "move", to="own"),
        form(client, claim, "relation", other=page["rivals"][-1]["value"], kind="none"),
    ):
        answer = send(client, data)
        assert answer.status_code == 422 and "Nothing was changed, so nothing was kept" in answer.text, data
    other = form(client, claim, "relation", other=page["rivals"][-1]["value"], kind="disputes")
    assert [send(client, other).status_code for _ in range(2)] == [303, 422]
    assert send(client, form(client, claim, "move", to="own")).status_code == 303
    assert count(path) == 2


def test_a_relation_is_the_last_that_was_decided_about_both_claims(client: TestClient) -> None:
    claim = a_claim(client)["id"]
    other = client.get(f"/claim/{claim}.json").json()["rivals"][-1]["value"]
    for one in (claim, other):
        assert send(client, form(client, one, "accept")).status_code == 303
    assert send(client, form(client, claim, "relation", other=other, kind="disputes")).status_code == 303
    assert [state(client, c)["decided"] for c in (claim, other)] == [3, 3]
    assert send(client, form(client, other, "note", note="“so”")).status_code == 303
    assert [state(client, c)["decided"] for c in (claim, other)] == [3, 4]


def test_what_was_kept_is_called_by_what_it_is(client: TestClient) -> None:
    question = client.get("/brief.json").json()["questions"][0]["id"]

    def kept(data: dict[str, str]) -> str:
        answer = send(client, data)
        assert answer.status_code == 303
        shown = client.get(answer.headers["location"]).text
        return re.sub(r"<[^>]+>", "", re.search(r"<span>(Kept: .*?)</span>", shown)[1])  # type: ignore[index]

    assert kept(form(client, question, "title", title="Who knew?")) == "Kept: title Who knew?"
    assert kept(form(client, "", "undo", number="1")) == "Kept: undo of title Who knew?"
    assert kept(form(client, "", "undo", number="2")) == "Kept: title again Who knew?"
    claim = a_claim(client)
    assert kept(form(client, claim["id"], "reject")).startswith("Kept: reject ")
    assert kept(form(client, "", "undo", number="4")).startswith("Kept: undo of reject ")
    assert kept(form(client, "", "undo", number="5")).startswith("Kept: reject again ")
    assert kept(form(client, "", "undo", number="6")).startswith("Kept: undo of reject ")
    assert kept(form(client, claim["id"], "move", to="own")).startswith("Kept: move ")
    home = next(c for c in client.get(f"/claim/{claim['id']}.json").json()["homes"] if not c["on"])
    assert send(client, form(client, claim["id"], "move", to=home["value"])).status_code == 303
    source = client.get(
        "/source/" + client.get("/sources.json").json()["items"][0]["href"].rpartition("/")[2] + ".json"
    )
    other = source.json()["others"][0]["value"]
    assert send(client, form(client, source.json()["id"], "merge", other=other)).status_code == 303
    merge, move, own, *_, title = client.get("/reviews.json").json()["decisions"]
    assert own["value"] == "an account of its own"
    assert move["value"] == home["name"].replace(" · ", " ")
    assert title["words"] == title["value"] == "Who knew?"
    outlets = {i["about"] for i in client.get("/reports.json").json()["items"]}
    assert all(any(merge[part].endswith(f", {o}") for o in outlets) for part in ("words", "value"))


def test_a_claim_that_cannot_be_told_by_its_words_is_not_offered_for_review(tmp_path: Path) -> None:
    text = "Ana says, as Bo does, that the dam leaked. Cy says the dam held."
    document = Document.of(text, outlet="Post")
    spans = {
        w: document.span(text.index(w), text.index(w) + len(w))
        for w in ("Ana", "Bo", "Cy", "the dam leaked", "the dam held")
    }
    sources = [Source.of(document, n, kind="person", named=True, mentions=(spans[n],)) for n in ("Ana", "Bo", "Cy")]
    first, second, third = (
        Claim.of(document, (spans[words],), words, speaker=s.id, attribution=f"a-{s.name}")
        for s, words in zip(sources, ("the dam leaked", "the dam leaked", "the dam held"), strict=True)
    )
    one = Account(id="k-1", title="leaked", claims=(second.id, first.id), sources=(), origins=Origins(1, 1))
    two = Account(id="k-2", title="held", claims=(third.id,), sources=(), origins=Origins(1, 1))
    a, b = sorted((second.id, third.id))
    brief = Brief(
        documents=(document,),
        sources=tuple(sources),
        claims=(first, second, third),
        relations=(Relation(a=a, b=b, kind="disputes", score=0.9),),
        questions=(Question(id="q-1", title="dam", accounts=(one, two)),),
    )
    assert first.id != second.id
    with Case.open(tmp_path / "dam.case", create=True) as case:
        case.put(Report(document, sources=tuple(sources)), text.encode())
        case.save(brief)
    with visitor(tmp_path / "dam.case") as client:
        assert state(client, first.id)["twin"] is state(client, third.id)["twin"] is None
        assert state(client, second.id)["twin"] == {"name": "Ana: the dam leaked", "href": f"/claim/{first.id}"}
        page = Seen(client.get(f"/claim/{second.id}").text)
        assert "/review" not in page.all("action") and f"/claim/{first.id}" in page.all("href")
        assert send(client, form(client, second.id, "accept")).status_code == 422
        shown = client.get("/question/q-1").text
        offered = set(re.findall(r'class="decide"[^>]* data-record="([^"]+)"', shown))
        assert offered == {first.id, third.id}
        held = client.get(f"/claim/{third.id}.json").json()
        assert second.id in held["fixed"] and {c["value"] for c in held["homes"]} == {first.id, ""}
        assert second.id not in [c["value"] for c in held["rivals"]]
        for data in (
            form(client, third.id, "relation", other=first.id, kind="disputes"),
            form(client, third.id, "move", to=first.id),
            form(client, first.id, "accept"),
        ):
            assert send(client, data).status_code == 303


def test_undos_and_rejected_claims_are_counted_apart(client: TestClient) -> None:
    head = client.get("/brief.json").json()["head"]
    every = int(re.search(r"(\d+) claims", head)[1])  # type: ignore[index]
    said = a_claim(client)
    for action in ("accept", "reject", "note"):
        assert send(client, form(client, said["id"], action, note="“so”")).status_code == 303
    assert send(client, form(client, said["id"], "undo", number="3")).status_code == 303
    page = client.get("/reviews.json").json()
    assert page["head"] == "3 decisions: 1 in force, 1 undone, 1 conflict; 1 undo"
    assert page["decisions"][0]["value"] == "undoes decision 3"
    assert "undoesdecision3" in Seen(client.get("/reviews").text).text and "→undoes" not in client.get("/reviews").text
    assert f"{every - 1} claims (1 rejected)" in client.get("/brief.json").json()["head"]
    assert f" of {every - 1} name a time (1 rejected)" in client.get("/timeline.json").json()["summary"]
    assert "(1 rejected)" in client.get(said["outlet"]["href"] + ".json").json()["reading"]["summary"]


SELECT = re.compile(r'<select id="\w+"[^>]* required>\s*<option value="">choose…</option>')


def test_nothing_is_chosen_for_the_reader(client: TestClient, path: Path) -> None:
    claim = a_claim(client)["id"]
    page = client.get(f"/claim/{claim}").text
    assert len(SELECT.findall(page)) == 3  # its account; another claim, and how that stands to it
    items = client.get("/sources.json").json()["items"]
    pages = [client.get(item["href"] + ".json").json() for item in items]
    source = next(p["id"] for p in pages if p["members"] and p["others"])
    assert len(SELECT.findall(client.get(f"/source/{source}").text)) == 2
    other = client.get(f"/claim/{claim}.json").json()["rivals"][0]["value"]
    for data in (
        form(client, claim, "move", to=""),
        form(client, claim, "move"),
        form(client, claim, "relation", other="", kind="disputes"),
        form(client, claim, "relation", other=other, kind=""),
        form(client, claim, "speaker", name=" ", source=""),
        form(client, source, "merge", other=""),
        form(client, "", "split", other=source),
    ):
        answer = send(client, data)
        assert answer.status_code == 422
        assert "Nothing was chosen, so nothing was kept." in answer.text
    assert count(path) == 0
    assert send(client, form(client, claim, "reject")).status_code == 303
    rejected = client.get(f"/claim/{claim}").text
    assert "selected" not in rejected.replace('value="" selected', "")
    assert send(client, form(client, claim, "undo", number="1")).status_code == 303
    assert send(client, form(client, claim, "move", to="own")).status_code == 303


def test_a_claim_stands_among_whole_words_with_who_says_it(client: TestClient, path: Path) -> None:
    with Case.open(path) as case:
        brief = case.brief()
    assert brief is not None
    texts = {d.id: d.text for d in brief.documents}
    for claim in brief.claims[:60]:
        pieces = client.get(f"/claim/{claim.id}.json").json()["pieces"]
        around = "".join(words for words, _ in pieces)
        assert around.strip("…") in texts[claim.document]
        whole = texts[claim.document].split()
        assert {around.strip("…").split()[0], around.strip("…").split()[-1]} <= set(whole)
        own = "".join(words for words, roles in pieces if "content" in roles.split())
        assert own == "".join(s.text for s in claim.spans)
        assert not claim.attribution or any("cue" in roles for _, roles in pieces)


def test_a_source_that_gives_several_accounts_is_told(client: TestClient) -> None:
    turns = [
        (page, turn)
        for item in client.get("/sources.json").json()["items"]
        for page in [client.get(item["href"] + ".json").json()]
        for turn in page["turns"]
    ]
    assert turns
    for _, turn in turns:
        labels = [a["name"] for s in turn["said"] for a in s["accounts"]]
        assert len(turn["said"]) > 1 and len(set(labels)) == len(labels)
        dates = [s["date"] for s in turn["said"]]
        assert dates == sorted(dates)
    assert "Where it gives more than one account" in client.get(f"/source/{turns[0][0]['id']}").text


def test_sources_are_named_merged_and_split(client: TestClient) -> None:
    items = client.get("/sources.json").json()["items"]
    pages = (client.get(item["href"] + ".json").json() for item in items)
    page = next(page for page in pages if not page["name"].endswith("(unnamed)"))
    source, other = page["id"], page["others"][0]
    assert send(client, form(client, source, "name", name="Una Novak")).status_code == 303
    assert client.get(f"/source/{source}.json").json()["name"] == "Una Novak"
    assert send(client, form(client, source, "merge", other=other["value"])).status_code == 303
    merged = client.get(f"/source/{source}.json").json()
    assert other["value"] not in [c["value"] for c in merged["others"]]
    members = [c["value"] for c in merged["members"]] + [merged["id"]]
    assert other["value"] in members
    gone = other["value"] if other["value"] != merged["id"] else source
    assert send(client, form(client, gone, "split", other=merged["id"])).status_code == 303
    apart = client.get(f"/source/{merged['id']}.json").json()
    assert gone not in [c["value"] for c in apart["members"]]
    assert merged["id"] not in [c["value"] for c in client.get(f"/source/{gone}.json").json()["members"]]


def test_a_decision_that_ends_a_question_leads_to_the_reviews(client: TestClient) -> None:
    question = client.get("/brief.json").json()["questions"][-1]["href"]
    sides = client.get(question + ".json").json()["sides"]
    for side in sides[1:]:
        for said in side["said"]:
            answer = send(client, form(client, said["id"], "reject", back=f"{question}#{said['id']}"))
    gone = client.get(answer.headers["location"])
    assert gone.status_code == 303
    assert gone.headers["location"].startswith("/reviews?done=")
    assert "Kept:" in client.get(gone.headers["location"]).text
    assert client.get(question).status_code == 404
    assert client.get(question + "?done=x").status_code == 404


def test_a_form_from_elsewhere_changes_nothing(client: TestClient, path: Path) -> None:
    claim = a_claim(client)["id"]
    good = form(client, claim, "accept")
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "https://127.0.0.1:8642"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert send(client, good, **headers).status_code == 403
    for token in ("", "wrong", DOOR.form[:-1], DOOR.form + "x", "ß"):
        assert send(client, {**good, "token": token}).status_code == 403
    assert send(client, good, host="evil.example").status_code == 421
    assert count(path) == 0


def test_a_case_that_fails_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise CaseError("bridge.case is locked")

    claim = a_claim(client)["id"]
    monkeypatch.setattr(Case, "review", fails)
    answer = send(client, form(client, claim, "accept"))
    assert answer.status_code == 503
    assert "bridge.case is locked" in answer.text


def test_reading_writes_nothing(client: TestClient, path: Path) -> None:
    claim = a_claim(client)["id"]
    with Case.open(path) as case:
        before = case.version()
        for address in (*FIXED, f"/claim/{claim}", f"/review?{urlencode(form(client, claim, 'accept'))}"):
            client.get(address)
            client.head(address)
        assert case.version() == before
        assert case.reviews() == ()
    assert client.post("/brief", content=urlencode(form(client, claim, "accept"))).status_code == 405


@pytest.mark.parametrize(
    "data",
    [
        {"action": "explode"},
        {"action": ""},
        {"action": "span", "start": "x", "end": "1"},
        {"action": "span"},
        {"action": "span", "start": "-5", "end": "99999999"},
        {"action": "undo", "number": "99"},
        {"action": "undo", "number": "x"},
        {"action": "speaker"},
        {"action": "speaker", "name": "x" * 400},
        {"action": "note", "note": " "},
        {"action": "relation", "other": "c-0", "kind": "disputes"},
        {"action": "relation", "other": "", "kind": "loves"},
        {"action": "move", "to": "c-0"},
        {"action": "accept", "record": "x'; DROP TABLE reviews; --"},
        {"action": "span", "start": "9" * 5000, "end": "1"},
        {"action": "title", "title": "on a claim"},
    ],
)
def test_a_malformed_decision_is_told_and_not_kept(client: TestClient, path: Path, data: dict[str, str]) -> None:
    answer = send(client, {**form(client, a_claim(client)["id"], ""), **data})
    assert answer.status_code == 422
    harmless(answer.text)
    assert count(path) == 0


def test_bodies_are_bounded_and_well_formed(client: TestClient, path: Path) -> None:
    good = form(client, a_claim(client)["id"], "note")
    assert send(client, {**good, "note": "x" * LARGEST}).status_code == 413
    headers = {"origin": HERE}
    assert client.post("/review", content=b"\xff\xfe", headers=headers).status_code in (400, 403)
    assert client.post("/review", content=b"&".join([b"a=1"] * 500), headers=headers).status_code == 400
    assert client.post("/review", content=b"", headers=headers).status_code == 403
    assert count(path) == 0


def test_a_form_that_breaks_off_is_no_fault(path: Path) -> None:
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"action=acc", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def answer(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", HERE.removeprefix("http://").encode()), (b"origin", HERE.encode())]
    scope = {"type": "http", "method": "POST", "path": "/review", "raw_path": b"/review", "query_string": b"",
             "headers": headers, "scheme": "http", "http_version": "1.1", "root_path": "",
             "server": ("127.0.0.1", 8642), "client": ("127.0.0.1", 1)}  # fmt: skip
    asyncio.run(app(path, DOOR)(scope, receive, answer))  # type: ignore[arg-type]
    assert sent[0]["status"] == 400


@pytest.mark.parametrize(
    "back",
    [
        "http://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:1",
        "",
        "/brief\r\nX: y",
        "/brief?x",
        "/claim/../..",
        "/record/c-1",
    ],
)
def test_a_form_leads_back_only_within(client: TestClient, back: str) -> None:
    answer = send(client, form(client, a_claim(client)["id"], "accept", back=back))
    assert answer.headers["location"] == "/reviews?done=1"


def test_what_others_write_is_seen(client: TestClient, path: Path) -> None:
    assert "came after" not in client.get("/brief").text
    with Case.open(path) as case:
        document = Document.of("Nobody said anything.", outlet="Late Post", title="Late")
        case.put(Report(document), document.text.encode())
    page = client.get("/brief").text
    assert "No attributions were found" in client.get(f"/report/{document.id}").text
    assert "1 report came after the last comparing" in page
    assert client.get(f"/report/{document.id}").status_code == 200
    assert "not compared yet" in client.get("/reports").text


def test_a_case_that_is_replaced_keeps_nothing_more(client: TestClient, path: Path, tmp_path: Path) -> None:
    claim = a_claim(client)["id"]
    sent = form(client, claim, "accept")
    assert send(client, sent).status_code == 303
    assert not path.with_name(path.name + "-wal").stat().st_size  # the file alone is the case
    other = tmp_path / "other.case"
    with Case.open(other, create=True):
        pass
    other.replace(path)
    answer = send(client, sent)
    assert answer.status_code == 503 and "moved, replaced or deleted" in answer.text
    assert client.get("/brief").status_code == 503


def test_an_empty_case_can_be_read(tmp_path: Path) -> None:
    Case.open(tmp_path / "empty.case", create=True).close()
    with visitor(tmp_path / "empty.case") as client:
        for address in FIXED:
            assert client.get(address).status_code == 200
            assert (
                client.get(address.replace("?", ".json?") if "?" in address else f"{address}.json").status_code == 200
            )
        assert "The case has no report yet" in client.get("/reports").text
        assert "No source is said to say anything yet" in client.get("/sources").text
        assert "with most claims first" not in client.get("/sources").text
        assert "Read the reports" not in client.get("/brief").text
        assert "as they were published" not in client.get("/timeline").text


def test_the_first_page_is_fast_and_small(path: Path) -> None:
    with visitor(path) as client:
        client.get("/static/base.css")
        start = time.process_time()
        page = client.get("/brief")
        took = time.process_time() - start
    assert took < 0.4
    assert len(page.content) < 300_000


def test_the_first_page_stays_small_however_large_the_case(tmp_path: Path) -> None:
    documents = tuple(Document.of(f"The lake rose by {n} metres. " * 40, outlet=f"Paper {n % 90}") for n in range(240))
    claims = tuple(Claim.of(d, (d.span(0, 27),), d.text[:27], position="asserts") for d in documents)
    accounts = tuple(
        Account(id=f"k-{n:x}", title=c.text, claims=(c.id,), sources=(), origins=Origins(1, 1))
        for n, c in enumerate(claims)
    )
    every = Account(id="k-f00", title="it rose", claims=tuple(c.id for c in claims), sources=(), origins=Origins(1, 9))
    brief = Brief(
        documents=documents,
        sources=(),
        claims=claims,
        relations=(),
        questions=tuple(
            Question(id=f"q-{n:x}", title=f"lake {n}", accounts=accounts[n : n + 40]) for n in range(0, 200, 2)
        ),
        agreed=(every,),
        alone=tuple(c.id for c in claims),
    )
    with Case.open(tmp_path / "lake.case", create=True) as case:
        for d in documents:
            case.put(Report(d), d.text.encode())
        case.save(brief)
    with visitor(tmp_path / "lake.case") as client:
        start = time.process_time()
        page = client.get("/brief")
        assert time.process_time() - start < 1
        assert len(page.content) < 300_000
        assert harmless(page.text).text.count("Readtheclaimssidebyside") == 12
        assert len(client.get("/account/k-f00.json").json()["side"]["said"]) == 240


def test_nothing_is_served_but_through_the_door(path: Path) -> None:
    assert isinstance(app(path, DOOR), Guard)


# The command


def ask(address: str) -> tuple[int, bytes]:
    with urlopen(address, timeout=10) as answer:
        return answer.status, answer.read()


def serve(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "reportedly", "serve", *arguments, "--no-open"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_listens_says_where_and_ends(path: Path) -> None:
    with serve(str(path)) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert ask(address + "brief")[0] == 200
        port = address.rsplit(":", 1)[1].strip("/")
        with serve(str(path), "--port", port) as other:
            said = other.communicate(timeout=60)[1]
            assert other.returncode == 1
            assert "cannot listen on 127.0.0.1" in said
            assert "Traceback" not in said
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
        assert "Ctrl-C" in said
        assert "Traceback" not in said


def test_the_command_compares_first_and_warns_of_other_hosts(tmp_path: Path) -> None:
    with Case.open(tmp_path / "new.case", create=True) as case:
        assert [a.state for a in add(case, [DEMO / "northern-wire.txt"])] == ["new"]
    with serve(str(tmp_path / "new.case"), "--host", "0.0.0.0") as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert "?key=" in address
        with pytest.raises(HTTPError, match="403"):
            ask(address.partition("?")[0])
        process.terminate()
        said = process.communicate(timeout=20)[1]
        assert "warning" in said
    with Case.open(tmp_path / "new.case") as case:
        assert case.uncompared() == ()


def test_a_case_that_is_none_is_told(tmp_path: Path) -> None:
    with serve(str(tmp_path / "nothing.case")) as process:
        said = process.communicate(timeout=60)[1]
        assert process.returncode == 1
        assert "Traceback" not in said


# Originals

HARM = (
    '<!doctype html><html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/refresh">'
    '<link rel="preconnect" href="http://127.0.0.1:9"><link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
    '<base href="http://127.0.0.1:9/"><script>document.title = "run"</script></head><body onload="x()"><article>'
    "<h1>Bridge shut</h1><p>The mayor said on Monday that the bridge was <b>shut</b> because of a fault in it.</p>"
    "<p>The engineers went on to describe the fault as small and the repair as easy.</p></article>"
    '<iframe src="http://127.0.0.1:9/frame"></iframe><img src="http://127.0.0.1:9/pixel">'
    '<form action="http://127.0.0.1:9/form"><input autofocus></form><a href="javascript:x()">x</a>'
    '<div style="background: url(http://127.0.0.1:9/style)">y</div><svg><script>x()</script></svg></body></html>'
)


def with_files(path: Path, *inputs: tuple[bytes, str]) -> list[str]:
    """A case of these files, compared; the ids of their documents."""
    with Case.open(path, create=True) as case:
        ids = [str(added.document) for added in add(case, inputs)]
        compare(case)
    return ids


def test_an_original_is_dead(tmp_path: Path) -> None:
    path = tmp_path / "o.case"
    page, text = with_files(path, (HARM.encode(), "a.html"), (b"He said no.", "b.txt"))
    with TestClient(app(path, DOOR), base_url=HERE) as client:
        answer = client.get(f"/original/{page}")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "The mayor said on Monday" in answer.text
        for word in ("<script", "onload", "http-equiv", "<link", "<base", "<iframe", "<form", "javascript:"):
            assert word not in answer.text
        answer = client.get(f"/original/{text}")
        assert answer.content == b"He said no."
        assert answer.headers["content-disposition"].startswith("attachment")
        assert client.get("/original/d-0000000000000000").status_code == 404
        report = client.get(f"/report/{page}.json").json()
        assert report["original"] == f"/original/{page}"
        assert any("#:~:text=" in note["original"] for note in report["notes"])
