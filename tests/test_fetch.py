import gzip
import random
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastwarc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.fetch import Fetched, Fetcher, FetchError, Rules
from reportedly.fetch.wire import is_public

RULES = Rules(allow_private=True, around_proxy=True, seconds=3, bytes=200_000, agent="reportedly/0")
PAGE = b"<!doctype html><title>Bridge shut</title><p>The bridge is shut, the mayor said.</p>"
Reply = tuple[int, dict[str, str], bytes]


class Site:
    """A real server on this machine. pages: what it answers, by path, one reply after another, the last for ever."""

    def __init__(self) -> None:
        self.pages: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                replies = site.pages.get(self.path, [(404, {}, b"none")])
                status, headers, body = replies.pop(0) if len(replies) > 1 else replies[0]
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                if "Transfer-Encoding" not in headers and status not in (204, 304):
                    headers = {"Content-Length": str(len(body)), **headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def page(self, path: str, body: bytes = PAGE, status: int = 200, /, **headers: str) -> str:
        """One more reply of a path; its address."""
        named = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.pages.setdefault(path, []).append((status, named, body))
        return self.url + path

    def moved(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, b"moved", status, Location=to)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@contextmanager
def raw(*answers: bytes | Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says exactly these bytes, whatever they are, one answer a connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(65536)
                    if callable(answer):
                        answer(connection)
                    else:
                        connection.sendall(answer)
                except OSError:  # they hang up on us
                    pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        listening.close()


def fetch(url: str, rules: Rules = RULES, **own: Any) -> Fetched:
    with Fetcher(rules, sleep=lambda _: None, **own) as fetcher:
        return fetcher.fetch(url)


def test_a_page_is_fetched(site: Site) -> None:
    page = fetch(site.page("/bridge?a=%C3%A9") + "#top")
    assert page.body == PAGE
    assert (page.url, page.final) == (f"{site.url}/bridge?a=%C3%A9#top", f"{site.url}/bridge?a=%C3%A9")
    assert (page.status, page.media_type, page.encoding, page.unchanged) == (200, "text/html", "utf-8", False)
    assert page.fetched.endswith("Z")
    assert page.fetched.startswith("20")


def test_what_is_sent(site: Site) -> None:
    site.page("/a", Set_Cookie="who=you")
    with Fetcher(RULES) as fetcher:
        fetcher.fetch(f" {site.url}/a ")
        fetcher.fetch(f"{site.url}/a")
    for _, headers in site.asked:
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
        assert headers["user-agent"] == "reportedly/0"
        assert headers["host"] == f"127.0.0.1:{site.port}"


PRIVATE = """
127.0.0.1 10.0.0.7 172.16.3.1 192.168.0.1 169.254.169.254 0.0.0.0 100.64.0.1 192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1
255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 ::127.0.0.1 ::ffff:10.0.0.1
64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1::1 2001:0:53aa:64c::f5ff:fffe
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_public(address)
    for answer in ([address], ["8.8.8.8", address]):
        with pytest.raises(FetchError, match="inside this machine or its network"):
            fetch("http://news.example/", Rules(around_proxy=True), resolve=lambda _host, _port, answer=answer: answer)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::1]", "①27.0.0.1"],
)
def test_this_machine_is_refused_however_it_is_written(site: Site, host: str) -> None:
    with pytest.raises(FetchError, match=r"inside this machine|no address"):
        fetch(f"http://{host}:{site.port}/", Rules(around_proxy=True))
    assert not site.asked


def test_a_redirect_into_this_machine_is_refused(site: Site) -> None:
    site.moved("/out", f"http://127.0.0.1:{site.port}/in")
    with pytest.raises(FetchError, match="inside this machine"):
        follow_from_outside(site, "/out")
    assert site.paths == ["/out"]


def follow_from_outside(site: Site, path: str) -> Fetched:
    """As if the first host was outside: its address is public, and connections to it are led to the site."""
    connect = socket.create_connection

    def led(address: tuple[str, int], *args: Any, **own: Any) -> socket.socket:
        return connect(("127.0.0.1", site.port) if address[0] == "8.8.8.8" else address, *args, **own)

    def resolve(host: str, port: int) -> list[str]:
        return ["8.8.8.8"] if host == "news.example" else ["127.0.0.1"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", led)
        return fetch(f"http://news.example:{site.port}{path}", Rules(around_proxy=True), resolve=resolve)


def test_a_page_outside_is_reached_by_the_address_that_was_checked(site: Site) -> None:
    site.page("/a")
    page = follow_from_outside(site, "/a")
    assert page.body == PAGE
    assert site.asked[0][1]["host"] == f"news.example:{site.port}"


def test_a_name_is_looked_up_once(site: Site) -> None:
    answers = iter([["127.0.0.1"]])
    site.page("/")
    page = fetch(f"http://news.example:{site.port}/", resolve=lambda _host, _port: next(answers))
    assert page.body == PAGE


def test_the_next_address_is_tried(site: Site) -> None:
    site.page("/")
    page = fetch(f"http://news.example:{site.port}/", resolve=lambda _host, _port: ["::1", "127.0.0.1"])
    assert page.body == PAGE


def test_a_proxy_is_neither_used_nor_gone_round(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.page("/a")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
    with pytest.raises(FetchError, match="a proxy is set"):
        fetch(url, msgspec.structs.replace(RULES, around_proxy=False))
    assert not site.asked
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(url, msgspec.structs.replace(RULES, around_proxy=False)).body == PAGE


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://news.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("news.example/a", "only http and https"),
        ("http://", "only http and https"),
        ("http://me:secret@news.example/", "name or password"),
        ("http://news.example:99999/", "no address of a web page"),
        ("http://news.example:0/", "only http and https"),
        ("http://" + "a" * 9000, "longer than"),
        ("http://a..b.example/", "no address is known"),
    ],
)
def test_what_is_no_link_to_a_page(url: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(url)


def test_redirects_are_followed(site: Site) -> None:
    site.page("/end")
    site.moved("/%C3%A9", "end", 308)
    site.moved("/b", "/é".encode().decode("latin-1"), 301)
    page = fetch(site.moved("/a", f"//127.0.0.1:{site.port}/b#part"))
    assert (page.body, page.final) == (PAGE, f"{site.url}/end")
    assert page.url == f"{site.url}/a"
    assert site.paths == ["/a", "/b", "/%C3%A9", "/end"]


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("/a", "in a circle"),
        ("file:///etc/passwd", "127.0.0.1 leads elsewhere: only http"),
        ("http://me:secret@127.0.0.1/", "name or password"),
        ("http://[", "leads to what is no address"),
        ("javascript:alert(1)", "leads elsewhere: only http"),
        ("\xff", "leads to what is no address"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, to: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(site.moved("/a", to))


def test_too_many_redirects(site: Site) -> None:
    for n in range(9):
        site.moved(f"/{n}", f"/{n + 1}")
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(f"{site.url}/0")
    assert len(site.asked) == 6


def chunked(body: bytes, size: int = 7) -> bytes:
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("identity", bytes),
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip, deflate", lambda data: zlib.compress(gzip.compress(data))),
    ],
)
def test_codings(site: Site, coding: str, pack: Callable[[bytes], bytes], framed: bool) -> None:
    body = pack(PAGE)
    if framed:
        url = site.page("/a", chunked(body), Content_Encoding=coding, Transfer_Encoding="chunked")
    else:
        url = site.page("/a", body, Content_Encoding=coding)
    assert fetch(url).body == PAGE


BOMB = gzip.compress(bytes(50_000_000))


@pytest.mark.parametrize(
    ("body", "headers", "message"),
    [
        (bytes(200_001), {}, "more than 0.2 MB"),
        (chunked(bytes(200_001), 1000), {"Transfer_Encoding": "chunked"}, "more than 0.2 MB"),
        (BOMB, {"Content_Encoding": "gzip"}, "more than 0.2 MB"),
        (zlib.compress(bytes(50_000_000)), {"Content_Encoding": "deflate"}, "more than 0.2 MB"),
        (gzip.compress(BOMB), {"Content_Encoding": "gzip, gzip"}, "more than 0.2 MB"),
        (PAGE, {"Content_Encoding": "br"}, r"not read \(br\)"),
        (PAGE, {"Content_Encoding": "gzip"}, "damaged or cut"),
        (gzip.compress(PAGE)[:-9], {"Content_Encoding": "gzip"}, "damaged or cut"),
        (zlib.compress(PAGE)[:-9], {"Content_Encoding": "deflate"}, "damaged or cut"),
        (PAGE, {"Content_Encoding": "gzip, gzip, gzip, gzip"}, "packed more than 3 times"),
        (b"", {}, "empty page"),
        (b"", {"Content_Encoding": "gzip"}, "empty page"),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_pages_that_are_refused(site: Site, body: bytes, headers: dict[str, str], message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(site.page("/a", body, **headers))


@pytest.mark.parametrize(
    ("status", "phrase"),
    [(204, "204 No Content"), (304, "304 Not"), (404, "404 Not Found"), (500, "500 "), (799, "799")],
)
def test_other_answers(site: Site, status: int, phrase: str) -> None:
    with pytest.raises(FetchError, match=f"127.0.0.1 answered {phrase}"):
        fetch(site.page("/a", b"" if status in (204, 304) else PAGE, status))
    assert len(site.asked) == 1


SLOW = "127.0.0.1 took more than 0.4 seconds; try again later"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(connection: socket.socket, data: bytes = b"") -> None:
    connection.sendall(data)
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def flood(connection: socket.socket, data: bytes = b"", more: bytes = b"a" * 65536) -> None:
    connection.sendall(data)
    while True:
        connection.sendall(more)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (drip, SLOW),
        (lambda c: drip(c, HEAD), SLOW),
        (
            lambda c: drip(c, HEAD + b"Content-Length: 100000\r\n\r\n"),
            SLOW,
        ),
        (
            lambda c: drip(c, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
            SLOW,
        ),
        (lambda c: time.sleep(1), SLOW),
        (flood, "not HTTP"),
        (lambda c: flood(c, HEAD), "not HTTP"),
        (lambda c: flood(c, HEAD, b"A: b\r\n"), "not HTTP"),
        (lambda c: flood(c, HEAD + b"\r\n"), "more than 0.2 MB"),
        (lambda c: flood(c, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), "was cut short|more than 0.2 MB"),
        (lambda c: flood(c, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;a=b\r\na\r\n"), "more than 0.2 MB"),
        (
            lambda c: flood(c, HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: %s\r\n" % bytes(9000)),
            "more than 0.2 MB",
        ),
        (HEAD + b"Content-Length: 1000000000000\r\n\r\n" + bytes(300_000), "more than 0.2 MB"),
    ],
)
def test_servers_that_never_end(answer: bytes | Callable[[socket.socket], None], message: str) -> None:
    started = time.monotonic()
    with raw(answer) as url, pytest.raises(FetchError, match=message):
        fetch(url, msgspec.structs.replace(RULES, seconds=0.4 if "seconds" in message else 9, retries=0))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"", "no answer from 127.0.0.1"),
        (b"HTTP/1.1", "not HTTP"),
        (b"hello\r\n\r\n", "not HTTP"),
        (HEAD + b"A: %s\r\n\r\n" % (b"a" * 30_000) + PAGE, "30000 bytes of headers"),
        (HEAD, "empty page"),
        (HEAD + b"Content-Length: 100\r\n\r\n" + PAGE[:20], "was cut short"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "was cut short"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "was cut short"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n", "was cut short"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n", "not HTTP"),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nhello", "not HTTP"),
    ],
)
def test_servers_that_break_off_or_lie(answer: bytes, message: str) -> None:
    with raw(answer) as url, pytest.raises(FetchError, match=message):
        fetch(url, msgspec.structs.replace(RULES, retries=0))


def test_what_lies_behind_a_page_is_no_part_of_it(tmp_path: Path) -> None:
    answer = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    with raw(answer + b"HTTP/1.1 200 OK\r\n\r\nmore") as url:
        assert fetch(url, warc=tmp_path / "a.warc.gz").body == PAGE
    assert records(tmp_path / "a.warc.gz")[1][2] == answer


def test_an_interim_answer_and_odd_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with raw(
        b"HTTP/1.1 100 Continue\r\nA: b\r\n\r\n" + HEAD + b"\r\n" + PAGE, b"HTTP/1.1 200 OK\nETag: 1\n\n" + PAGE
    ) as url:
        assert fetch(url, warc=path).body == PAGE
        assert fetch(url, warc=path).body == PAGE
    answers = [(headers, block) for kind, headers, block in records(path) if kind == "response"]
    assert [block for _, block in answers] == [HEAD + b"\r\n" + PAGE, b"HTTP/1.1 200 OK\nETag: 1\n\n" + PAGE]
    assert ["WARC-Payload-Digest" in headers for headers, _ in answers] == [True, False]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [HEAD, b"HTTP/1.1 ", b"\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 9", b"5\r\n"]
        )
        | st.binary(max_size=20),
        max_size=8,
    ).map(b"".join)
)
def test_any_answer_is_a_page_or_refused(answer: bytes) -> None:
    with raw(answer) as url:
        try:
            assert fetch(url, msgspec.structs.replace(RULES, retries=0)).body
        except FetchError as e:
            assert str(e)


def waits(site_or_url: str, rules: Rules = RULES) -> tuple[list[float], Fetched | None]:
    """How long it waited between tries, and the page."""
    slept: list[float] = []
    with Fetcher(rules, sleep=slept.append) as fetcher:
        try:
            return slept, fetcher.fetch(site_or_url)
        except FetchError:
            return slept, None


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_servers_in_trouble_are_asked_again(site: Site, status: int) -> None:
    site.page("/a", b"", status)
    site.page("/a", b"", status)
    slept, page = waits(site.page("/a"))
    assert page
    assert page.body == PAGE
    assert 0.5 <= slept[0] <= 1 <= slept[1] <= 2


def test_a_server_says_when_to_come_back(site: Site) -> None:
    site.page("/a", b"", 503, Retry_After="7")
    site.page("/a", b"", 503, Retry_After=formatdate(time.time() + 20, usegmt=True))
    site.page("/a", b"", 503, Retry_After="9" * 5000)
    slept, page = waits(site.page("/a"))
    assert page
    assert slept[0] == 7
    assert 15 < slept[1] <= 20
    assert 2 <= slept[2] <= 4  # what is no number is not heeded
    site.page("/b", b"", 503, Retry_After="3600")
    with pytest.raises(FetchError, match="503 Service Unavailable and asks to come back in 3600 seconds"):
        fetch(f"{site.url}/b")


def test_a_server_that_stays_in_trouble(site: Site) -> None:
    slept, page = waits(site.page("/a", b"", 503))
    assert (len(slept), page, len(site.asked)) == (3, None, 4)


def test_broken_connections_are_tried_again() -> None:
    whole = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    with raw(b"", whole[:-5], whole) as url:
        slept, page = waits(url)
    assert page
    assert page.body == PAGE
    assert len(slept) == 2


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match=r"no answer from 127.0.0.1 \(Connection refused\)"):
        fetch(f"http://127.0.0.1:{port}/")


def polite(site: Site, *paths: str) -> tuple[list[str], list[float]]:
    """What came of fetching so many links, and the seconds slept, on a clock of its own."""
    told: list[str] = []
    slept: list[float] = []
    with Fetcher(RULES, links=4, sleep=slept.append, clock=lambda: sum(slept)) as fetcher:
        for path in paths:
            try:
                told.append(fetcher.fetch(site.url + path).final.removeprefix(site.url))
            except FetchError as e:
                told.append(str(e))
    return told, slept


def test_robots_are_asked_with_many_links(site: Site) -> None:
    site.page(
        "/robots.txt", b"User-agent: other\nDisallow: /\n\nUser-agent: Reportedly\nDisallow: /shut\nCrawl-delay: 5\n"
    )
    site.moved("/to", "/shut/b")
    for path in ("/a", "/shut/b", "/c"):
        site.page(path)
    told, slept = polite(site, "/a", "/shut/b", "/c", "/to")
    refusal = "the robots.txt of 127.0.0.1 asks programs not to fetch this page"
    assert told == ["/a", refusal, "/c", refusal]
    assert site.paths == ["/robots.txt", "/a", "/c", "/to"]
    assert slept == [5, 5, 5]


def test_few_links_ask_no_robots(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert fetch(site.page("/a"), links=3).body == PAGE
    assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (404, b"", True),
        (410, b"", True),
        (200, b"", True),
        (200, b"\xff\x00<html>", True),
        (200, b"User-agent: *\nDisallow:\n", True),
        (200, b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n", None),
        (200, b"User-agent: *\nDisallow: //[\n", None),
        (200, "User-agent: *\nCrawl-delay: ²\n".encode(), None),
        (401, b"", False),
        (403, b"", False),
        (429, b"", None),
        (500, b"", None),
        (503, b"", None),
    ],
    ids=lambda value: None if not isinstance(value, bytes) else "",
)
def test_robots_that_do_not_speak(site: Site, status: int, body: bytes, allowed: bool | None) -> None:
    site.page("/robots.txt", body, status)
    site.page("/a")
    told, _ = polite(site, "/a", "/a")
    assert told[0] == told[1]
    assert site.paths.count("/robots.txt") == (4 if status in (429, 503) else 1)
    if allowed:
        assert told[0] == "/a"
    else:
        assert ("cannot be read" in told[0], "asks programs not to" in told[0]) == (allowed is None, allowed is False)


def test_a_crawl_delay_is_bounded(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 86400\n")
    site.page("/a")
    assert polite(site, "/a", "/a")[1] == [30, 30]


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    site.page("/a")
    slept: list[float] = []
    with Fetcher(
        RULES, links=9, sleep=slept.append, clock=lambda: sum(slept), resolve=lambda _h, _p: ["127.0.0.1"]
    ) as f:
        for n in range(4):
            f.fetch(f"http://{n}.example:{site.port}/a")
    assert slept == [1.0] * 4  # each after its own robots.txt


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Kind, headers and block of each record, with its digests checked by another tool."""
    found = []
    for record in ArchiveIterator(str(path), parse_http=False):
        block_ok = record.verify_block_digest()
        block = record.reader.read()
        found.append((record.headers["WARC-Type"], record.headers.to_dict(), block))
        assert block_ok
    for record in ArchiveIterator(str(path)):
        if "WARC-Payload-Digest" in record.headers:
            assert record.verify_payload_digest()
    return found


def test_what_is_fetched_is_kept(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    body = chunked(gzip.compress(PAGE))
    site.page("/b", body, Content_Encoding="gzip", Transfer_Encoding="chunked")
    site.moved("/a", "/b")
    assert fetch(f"{site.url}/a", warc=path).body == PAGE
    kept = records(path)
    assert [kind for kind, _, _ in kept] == ["warcinfo", "response", "request", "response", "request"]
    assert [headers["WARC-Target-URI"] for _, headers, _ in kept[1:]] == [
        site.url + p for p in ("/a", "/a", "/b", "/b")
    ]
    assert kept[1][2].startswith(b"HTTP/1.1 302 Found\r\n")
    _, headers, block = kept[3]
    assert block.startswith(b"HTTP/1.1 200 OK\r\n")
    assert block.endswith(b"\r\n\r\n" + body)
    assert headers["WARC-IP-Address"] == "127.0.0.1"
    assert kept[4][1]["WARC-Concurrent-To"] == headers["WARC-Record-ID"]
    assert kept[4][2].startswith(b"GET /b HTTP/1.1\r\n")
    assert kept[4][2].endswith(b"\r\n\r\n")
    assert zlib.decompressobj(31).decompress(path.read_bytes()).startswith(b"WARC/1.1\r\n")


def test_what_is_not_a_page_is_kept_and_robots_are_not(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    site.page("/robots.txt", b"")
    with pytest.raises(FetchError, match="404"):
        fetch(f"{site.url}/none", warc=path, links=9)
    assert [headers.get("WARC-Target-URI") for _, headers, _ in records(path)] == [None, *[f"{site.url}/none"] * 2]


@pytest.mark.parametrize("framed", [False, True])
def test_unchanged_pages_come_from_the_archive(site: Site, tmp_path: Path, framed: bool) -> None:
    path = tmp_path / "a.warc.gz"
    body = gzip.compress(PAGE)
    frame = {"Transfer_Encoding": "chunked"} if framed else {}
    url = site.page("/a", chunked(body) if framed else body, Content_Encoding="gzip", ETag='"7"', **frame)
    first = fetch(url, warc=path)
    with Fetcher(RULES, path) as fetcher:
        second, third = fetcher.fetch(url), fetcher.fetch(url)
    assert (first.unchanged, second.unchanged, third.unchanged) == (False, True, True)
    assert (second.status, second.body, second.media_type, second.encoding) == (304, PAGE, "text/html", "utf-8")
    assert site.asked[1][1]["if-none-match"] == '"7"'
    kept = records(path)
    assert [kind for kind, _, _ in kept] == ["warcinfo", "response", *["request", "revisit"] * 2, "request"]
    revisit = kept[3][1]
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit["WARC-Refers-To"] == kept[1][1]["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Date"] == kept[1][1]["WARC-Date"] == first.fetched


def test_changed_pages_are_fetched(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    modified = "Tue, 04 Mar 2025 08:00:00 GMT"
    site.page("/a", Last_Modified=modified)
    url = site.page("/a", PAGE + b"more", ETag='"8"')
    fetch(url, warc=path)
    page = fetch(url, warc=path)
    assert (page.body, page.unchanged) == (PAGE + b"more", False)
    assert site.asked[1][1]["if-modified-since"] == modified
    assert fetch(url, warc=path).unchanged


@pytest.mark.parametrize("cut", [1, 5, 9, 100, 300, 500, 900])
def test_a_record_that_was_broken_off_is_cut_away(site: Site, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc.gz"
    first = site.page("/a", ETag='"1"')
    fetch(first, warc=path)
    second = site.page("/b", random.Random(7).randbytes(1000), ETag='"2"')
    fetch(second, warc=path)
    path.write_bytes(path.read_bytes()[:-cut])
    with Fetcher(RULES, path) as fetcher:
        fetcher.fetch(site.page("/c", ETag='"2"'))  # lies where the second page may have lain
        assert fetcher.fetch(first).unchanged
        page = fetcher.fetch(second)
    assert page.body == site.pages["/b"][0][2]
    assert page.unchanged == (cut < 400)  # it is the request that was broken off, which lies behind the page
    assert records(path)[-1][0] == "request"


@pytest.mark.parametrize("left", [0, 1, 5, 40])
def test_an_archive_that_was_broken_off_at_once(site: Site, tmp_path: Path, left: int) -> None:
    path = tmp_path / "a.warc.gz"
    url = site.page("/a")
    fetch(url, warc=path)
    path.write_bytes(path.read_bytes()[:left])
    fetch(url, warc=path)
    assert [kind for kind, _, _ in records(path)] == ["warcinfo", "response", "request"]


@pytest.mark.parametrize(
    "data",
    [
        b"a letter",
        gzip.compress(b"a letter"),
        gzip.compress(bytes(range(256)) * 99)[:320],
        gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n") + b"\0" * 20,
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    with pytest.raises(FetchError, match="no web archive that can be added to"):
        Fetcher(RULES, path)
    assert path.read_bytes() == data


def test_an_archive_gzipped_as_one_is_left_alone(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    fetch(site.page("/a"), warc=path)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    data = path.read_bytes()
    with pytest.raises(FetchError, match="no web archive that can be added to"):
        Fetcher(RULES, path)
    assert path.read_bytes() == data


def test_a_page_that_was_changed_in_the_archive_is_not_used(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    url = site.page("/a", ETag='"1"')
    fetch(url, warc=path)
    members, data = [], path.read_bytes()
    while data:
        member = zlib.decompressobj(31)
        members.append(member.decompress(data))
        data = member.unused_data
    path.write_bytes(b"".join(gzip.compress(m.replace(b"is shut", b"is open")) for m in members))
    page = fetch(url, warc=path)
    assert (page.unchanged, page.body) == (False, PAGE)


def test_an_archive_has_one_writer(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with Fetcher(RULES, tmp_path / "a.warc.gz"), pytest.raises(FetchError, match="by another run"):
        Fetcher(RULES, tmp_path / "a.warc.gz")
    Fetcher(RULES, tmp_path / "a.warc.gz").close()


def test_an_archive_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="cannot be written"):
        Fetcher(RULES, tmp_path / "none" / "a.warc.gz")


def test_an_archive_needs_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    with pytest.raises(FetchError, match=r"pip install 'reportedly\[formats\]'"):
        Fetcher(RULES, tmp_path / "a.warc.gz")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of news.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl command to make a certificate with")
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    making = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    subprocess.run(
        [
            *making.split(),
            "-addext",
            "subjectAltName=DNS:news.example",
            "-keyout",
            path,
            "-out",
            path.with_suffix(".crt"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


@contextmanager
def secured(site: Site, certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    yield site.port


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_certificate_that_nobody_vouches_for_is_refused(site: Site, certificate: Path) -> None:
    site.page("/a")
    with (
        secured(site, certificate) as port,
        pytest.raises(FetchError, match=r"prove that it is news.example .self-?signed"),
    ):
        fetch(f"https://news.example:{port}/a", resolve=here)
    assert not site.asked


def test_secure_pages(site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.page("/a")
    with secured(site, certificate) as port:
        assert fetch(f"https://news.example:{port}/a", resolve=here, warc=tmp_path / "a.warc.gz").body == PAGE
        assert site.asked[0][1]["host"] == f"news.example:{port}"
        with pytest.raises(FetchError, match="does not prove that it is other.example"):
            fetch(f"https://other.example:{port}/a", resolve=here)
    assert records(tmp_path / "a.warc.gz")[1][2].startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_server_that_speaks_no_tls(site: Site) -> None:
    with pytest.raises(FetchError, match="no secure connection to 127.0.0.1"):
        fetch(f"https://127.0.0.1:{site.port}/")


def test_a_handshake_that_never_ends() -> None:
    started = time.monotonic()
    with raw(lambda connection: time.sleep(60)) as url, pytest.raises(FetchError):
        fetch(url.replace("http:", "https:"), msgspec.structs.replace(RULES, seconds=0.3, retries=0))
    assert time.monotonic() - started < 20
