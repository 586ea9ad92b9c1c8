"""What people give: folders, pipes, bytes; and the process that reads files, when a file makes it hang, grow or die."""

import gzip
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.hostile import zipped
from reportedly import Case
from reportedly.ingest import Ingested, Label, Limits, Passed, Refused
from reportedly.ingest.guard import Guard, Known
from reportedly.intake import Given, Ways, documents, files_of
from reportedly.records import digest_of

PAGE = (
    "<!doctype html><html><head><title>Bridge {0}</title></head><body><article><h1>Bridge {0} shut</h1>"
    "<p>The mayor said on Monday that bridge {0} was shut because of a fault in the northern bearing.</p>"
    "<p>“We are safe,” she said. The engineers went on to describe the fault as small and the repair as easy.</p>"
    "</article></body></html>"
)


def page(number: int) -> bytes:
    return PAGE.format(number).encode()


def test_every_way_in_gives_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(1))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(page(1),), daemon=True)
    writer.start()
    given: list[Given] = [path, str(path), (page(1), "a.html"), pipe, tmp_path]
    items = list(documents(given, Ways()))
    writer.join()
    found = [(number, item) for number, item in items if isinstance(item, Ingested)]
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert {item.document.id for _, item in found} == {found[0][1].document.id}
    assert {item.document.digest for _, item in found} == {digest_of(page(1))}
    assert all(digest_of(item.original) == item.document.digest for _, item in found)


def test_a_folder_is_read_without_what_is_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.txt", "b/drafts/d.txt", "b/e.log", ".git/config", ".hidden", "z.txt", "me.case"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("He said no.")
    (tmp_path / "b" / "round").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / ".reportedlyignore").write_text("drafts/\n")
    ways = Ways(exclude=("*.log",), without=tmp_path / "me.case")
    files, passed = files_of([tmp_path, "-", "https://x.example/a"], ways)
    assert [os.path.relpath(str(f), tmp_path) for f in files[:-2]] == ["a.txt", "z.txt", "b/c.txt"]
    assert files[-2:] == ["-", "https://x.example/a"]
    (said,) = passed
    assert said.reason == (
        "left out of the folder: 3 hidden files, 2 no files (devices, pipes, broken links), 2 excluded ones, "
        "1 linked folders"
    )


def test_an_empty_name_is_not_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("He said no.")
    monkeypatch.chdir(tmp_path)
    assert files_of(["", "."], Ways())[0] == ["", "a.txt"]
    ((_, refused),) = documents([""], Ways())
    assert isinstance(refused, Refused)
    assert refused.reason == "an empty name; name a file"


def test_a_folder_without_reports_is_told_of(tmp_path: Path) -> None:
    files, (said,) = files_of([tmp_path], Ways())
    assert (files, said.reason) == ([], "holds no reports")
    (tmp_path / ".hidden").write_text("He said no.")
    assert [p.reason for _, p in documents([tmp_path], Ways()) if isinstance(p, Passed)] == [
        "holds no reports; left out of the folder: 1 hidden files"
    ]
    code, lines, errors = command("read", "--jsonl", str(tmp_path))
    assert (code, lines) == (0, []) and "holds no reports" in errors


def test_a_link_is_not_followed_unasked() -> None:
    ((_, refused),) = documents(["https://x.example/a"], Ways())
    assert isinstance(refused, Refused)
    assert "--fetch" in refused.reason


def test_what_is_known_is_not_parsed() -> None:
    archive = zipped({"a.html": page(1), "b.html": page(2)})
    asked = []

    def wanted(digest: str, told: Label) -> bool:
        asked.append(digest)
        return digest != digest_of(page(1))

    known, read = (item for _, item in documents([(archive, "x.zip")], Ways(), wanted))
    assert known == Known(file="x.zip", member="a.html", digest=digest_of(page(1)))
    assert isinstance(read, Ingested)
    assert read.document.member == "b.html"
    assert asked == [digest_of(page(1)), digest_of(page(2))]


def slow_page() -> bytes:
    """A page that takes the parser long, within all other bounds."""
    return b"<!doctype html><html><body><article>" + b"<table><tr><td>" * 240 + b"<p>a b c</p>" * 300_000


def test_a_page_that_takes_too_long_loses_no_other() -> None:
    archive = zipped({"a.html": page(1), "slow.html": slow_page(), "b.html": page(2)})
    began = time.monotonic()
    first, slow, last = (item for _, item in documents([(archive, "x.zip")], Ways(limits=Limits(seconds=5))))
    assert isinstance(first, Ingested)
    assert isinstance(last, Ingested)
    assert slow == Refused(
        file="x.zip", member="slow.html", reason="took more than 5 seconds; raise it with --limit seconds=N"
    )
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_page_that_needs_too_much_memory_loses_no_other() -> None:
    large = b"<!doctype html><html><body><article>" + b"<p>a <b>b</b> c</p>" * 500_000
    archive = zipped({"a.html": page(1), "large.html": large, "b.html": page(2)})
    limits = Limits(memory=150_000_000, bytes=50_000_000)
    first, refused, last = (item for _, item in documents([(archive, "x.zip")], Ways(limits=limits)))
    assert isinstance(first, Ingested)
    assert isinstance(last, Ingested)
    assert isinstance(refused, Refused)
    assert "150 MB" in refused.reason
    assert refused.member == "large.html"


def test_a_container_that_takes_too_long_loses_no_other() -> None:
    """Mail with parts without end, within an archive: what lies before it, in it, and behind it."""
    slow = b"From: a@x.example\nTo: b@x.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 4_000_000
    inner = zipped({"c.html": page(3), "slow.eml": slow, "d.html": page(4)})
    archive = zipped({"a.html": page(1), "in.zip": inner, "b.html": page(2)})
    limits = Limits(seconds=6, bytes=30_000_000, ratio=100_000)
    items = [item for _, item in documents([(archive, "x.zip")], Ways(limits=limits))]
    found = [item.document.member for item in items if isinstance(item, Ingested)]
    assert found == ["a.html", "in.zip!c.html", "in.zip!d.html", "b.html"]
    (refused,) = (item for item in items if isinstance(item, Refused))
    assert refused.member == "in.zip!slow.eml"
    assert "took more than 6 seconds" in refused.reason


@pytest.mark.parametrize("kind", ["pipe", "link", "large", "folder"])
def test_patterns_are_read_from_a_file_of_the_folder_alone(kind: str, tmp_path: Path) -> None:
    folder, beside = tmp_path / "folder", tmp_path / "beside.txt"
    folder.mkdir()
    (folder / "a.txt").write_text("He said no.")
    beside.write_text("a.txt\n")
    own = folder / ".reportedlyignore"
    match kind:
        case "pipe":
            os.mkfifo(own)
        case "link":
            own.symlink_to(beside)
        case "large":
            own.write_text("a.txt\n" * 200_000)
        case "folder":
            own.mkdir()
    files, (said,) = files_of([folder], Ways())
    assert files == [str(folder / "a.txt")]
    assert "1 .reportedlyignore that is no file of the folder" in said.reason
    own.rmdir() if kind == "folder" else own.unlink()
    (folder / ".patterns").write_text("a.txt\n")
    own.symlink_to(folder / ".patterns")
    assert files_of([folder], Ways())[0] == []


@pytest.mark.parametrize("line", ["!", "[z-a]", "*a*a*a*a*a*a*a*b", "\\"])
def test_lines_that_are_no_patterns_do_no_harm(line: str, tmp_path: Path) -> None:
    (tmp_path / ".reportedlyignore").write_text(f"{line}\nleft.txt\n")
    for name in ("a" * 120 + ".txt", "left.txt"):
        (tmp_path / name).write_text("He said no.")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    began = time.monotonic()
    files, (said,) = files_of([tmp_path], Ways())
    assert [Path(str(f)).name for f in files] == ["a" * 120 + ".txt"]
    assert "links to what lies outside" in said.reason
    assert time.monotonic() - began < 5


def test_the_process_may_be_killed_at_any_moment() -> None:
    archive = zipped({f"{n}.html": page(n) for n in range(6)})
    with Guard() as guard:
        items = []
        for item in guard.read("x.zip", data=archive):
            items.append(item)
            if len(items) == 2:
                assert guard._child is not None
                guard._child.kill()
    found = [item.document.member for item in items if isinstance(item, Ingested)]
    lost = [item for item in items if isinstance(item, Refused)]
    assert len(lost) <= 1  # what was in the pipe already is whole
    assert found == [f"{n}.html" for n in range(6) if f"{n}.html" not in {item.member for item in lost}][: len(found)]
    assert len(found) >= 2


def test_nothing_is_loaded_from_where_it_runs(tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit('loaded')")
    (tmp_path / "a.html").write_bytes(page(1))
    code = (
        "from reportedly.intake import Given, Ways, documents; (_, item), = documents(['a.html'], Ways());"
        "print(type(item).__name__)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "Ingested"


def test_a_bomb_is_ended() -> None:
    bomb = gzip.compress(b"He said no. " * 20_000_000, 1)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    (item,) = (item for _, item in documents([(bomb, "bomb.gz")], Ways()))
    assert isinstance(item, Refused)
    assert "more than 10 MB" in item.reason
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 400_000


def test_members_are_counted_and_nested_only_so_deep() -> None:
    many = zipped({f"{n}.txt": b"He said no." for n in range(30)})
    items = [item for _, item in documents([(many, "many.zip")], Ways(limits=Limits(members=10)))]
    assert [type(item) for item in items] == [Ingested] * 10 + [Refused]
    assert "more than 10 members" in getattr(items[-1], "reason", "")
    deep = zipped({"a.txt": b"He said no."})
    for n in range(8):
        deep = zipped({f"{n}.zip": deep})
    (item,) = (item for _, item in documents([(deep, "deep.zip")], Ways()))
    assert isinstance(item, Refused)
    assert "archives in each other" in item.reason


def test_standard_input_may_be_an_archive() -> None:
    code = (
        "from reportedly.intake import Given, Ways, documents\n"
        "from reportedly.ingest import Limits\n"
        "for _, item in documents(['-'], Ways(limits=Limits(bytes=2000))): print(item.document.member)"
    )
    archive = zipped({f"{n}.html": page(n) for n in range(20)})
    assert len(archive) > 4000
    done = subprocess.run([sys.executable, "-c", code], input=archive, capture_output=True, check=True)
    assert done.stdout.decode().split() == [f"{n}.html" for n in range(20)]


def test_the_process_ends_with_its_parent() -> None:
    code = (
        "import os, sys, zipfile, io\n"
        "from reportedly.ingest.guard import Guard\n"
        "g = Guard()\n"
        "next(iter(g.read('x.html', data=sys.stdin.buffer.read())))\n"
        "print(g._child.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=page(1), capture_output=True, check=False)
    child = int(done.stdout)
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the process still runs")


def test_what_is_passed_over_is_said() -> None:
    archive = zipped({"a.html": page(1), "logo.png": b"\x89PNG\r\n", "__MACOSX/a": b"x"})
    kinds = {type(item) for _, item in documents([(archive, "x.zip")], Ways())}
    assert Ingested in kinds
    assert kinds & {Passed, Refused}


# Links


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site on this machine: a page, and a feed with one entry that is whole and two that are links."""
    root = tmp_path / "site"
    root.mkdir()
    (root / "a.html").write_bytes(page(1))
    (root / "b.html").write_bytes(page(2))
    whole = " ".join(["The mayor said on Monday that the bridge was shut."] * 12)
    (root / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>The Example</title>'
        f"<item><title>Whole</title><description>{whole}</description></item>"
        "<item><title>A</title><link>http://127.0.0.1:PORT/a.html</link></item>"
        "<item><title>Gone</title><link>http://127.0.0.1:PORT/gone.html</link></item></channel></rss>"
    )

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    (root / "feed.xml").write_text((root / "feed.xml").read_text().replace("PORT", str(server.server_port)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def command(*args: str) -> tuple[int, list[dict[str, object]], str]:
    """(exit code, lines of JSON, stderr) of reportedly."""
    done = subprocess.run([sys.executable, "-m", "reportedly", *args], capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_links_are_fetched_where_that_is_asked_for(site: str, tmp_path: Path) -> None:
    case = str(tmp_path / "web.case")
    asked = ("add", "--json", "--fetch", "--allow-private", case, f"{site}/b.html")
    code, rows, _ = command(*asked)
    assert (code, [row["state"] for row in rows]) == (0, ["new"])
    with Case.open(case) as kept:
        (document,) = kept.documents()
    assert document.address == f"{site}/b.html"
    assert document.fetched
    assert Path(f"{case}.warc.gz").stat().st_size > 500
    code, rows, _ = command(*asked)  # the page did not change
    assert (code, [row["state"] for row in rows]) == (0, ["known"])
    code, rows, errors = command("add", "--json", case, f"{case}.warc.gz")
    assert "new" not in {row["state"] for row in rows}


def test_a_link_to_this_machine_is_refused(site: str) -> None:
    code, rows, errors = command("read", "--jsonl", "--fetch", f"{site}/b.html")
    assert (code, rows) == (1, [])
    assert "--allow-private" in errors
    code, rows, errors = command("read", "--jsonl", f"{site}/b.html")
    assert (code, rows) == (1, [])
    assert "--fetch" in errors


@pytest.mark.parametrize("fetched", [True, False])
def test_the_links_of_a_feed_are_followed_where_that_is_asked_for(site: str, fetched: bool, tmp_path: Path) -> None:
    feed = f"{site}/feed.xml" if fetched else str(tmp_path / "site" / "feed.xml")
    code, rows, errors = command("read", "--jsonl", "--fetch", "--allow-private", feed)
    assert [row["document"]["title"] for row in rows] == ["Whole"]  # type: ignore[index]
    assert "2 entries hold only a link" in errors
    code, rows, errors = command("read", "--jsonl", "--fetch", "--links", "--allow-private", feed)
    assert code == 1
    assert sorted(row["document"]["title"] for row in rows) == ["A", "Whole"]  # type: ignore[index]
    assert "404" in errors
    assert "gone.html" in errors or "entry 3" in errors


def test_options_about_links_want_fetching(site: str) -> None:
    assert command("read", "--links", f"{site}/feed.xml")[0] == 2
    assert command("read", "--limit", "members=0", "x")[0] == 2
    assert command("read", "--exclude", "!", "x")[0] == 2
