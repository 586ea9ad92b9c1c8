import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from reportedly import Attribution, Case, Document, Link, Report, Source, __version__, pipeline
from reportedly.brief import Side, Told, Voice, told
from reportedly.case import Found
from reportedly.cli import app, run
from reportedly.cli.output import aimed, written
from reportedly.cli.read import sources_json, sure_enough
from reportedly.records import Account, Brief, Claim, Origins, Region
from reportedly.terminal import (
    head,
    print_brief,
    print_documents,
    print_found,
    print_origins,
    print_sources,
    print_table,
)
from tests.test_case import brief_of, debts, unbound
from tests.test_tally import DEMO, gold_report

SAID = "“The bridge is safe,” the mayor told reporters on Friday. Engineers said it was not."


def reportedly(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own, its output as a pipe gets it."""
    command = [sys.executable, "-m", "reportedly", *args]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)


def buffered() -> dict[str, str]:
    """The environment, in which Python writes as it does where nothing else was asked for."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}


def one_line(stderr: bytes) -> str:
    text = stderr.decode()
    assert "Traceback" not in text
    assert text.count("\n") == 1, text
    return text


@pytest.fixture
def said(tmp_path: Path) -> Path:
    path = tmp_path / "said.txt"
    path.write_text(SAID, "utf-8")
    return path


def test_the_table_says_who_says_what(said: Path) -> None:
    done = reportedly("read", str(said))
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "the mayor" in out
    assert "→ reporters" in out
    assert "2 attributions in 15 words" in out


def lines(out: str) -> list[str]:
    """The lines of a table, spaces run together."""
    return [" ".join(line.split()) for line in out.splitlines()]


def test_the_table_says_on_which_page_of_the_original(capsys: pytest.CaptureFixture[str]) -> None:
    report = gold_report("haulage-gazette.txt")
    print_table(report)
    assert "page" not in capsys.readouterr().out
    text = report.text
    half = len(text) // 2
    paged = (Region(start=0, end=half, page=1), Region(start=half, end=len(text), page=2))
    print_table(msgspec.structs.replace(report, layout=paged))
    out = lines(capsys.readouterr().out)
    assert "page" in next(line for line in out if "by which words" in line)
    pages = [1 if a.content[0].start < half else 2 for a in report.attributions]
    assert [line.split()[-2] for line in out if line.endswith("%")] == [str(p) for p in pages]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_tables_are_readable_at_any_width(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    report = gold_report("haulage-gazette.txt")
    print_table(report)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert ("speech" in out) == (width >= 110)
    assert "Bettina Crane (she)" in out
    assert "not named" in out
    joined = " ".join(lines(out))
    assert "Haulage Gazette ← Corvale" in joined
    print_sources(report)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert {"source", "kind", "role", "through", "statements"} <= set(lines(out)[2].split() + lines(out)[3].split())
    assert "Bettina Crane" in out
    assert "28 statements: " in out


SHORT = Document.of("He spoke to Fox News, said the chief of police in Tarle. Bo said it too.")
CHIEF = Source.of(
    SHORT, "Idris Benno", kind="person", role="the chief of police\x1b[31m in Tarle", named=True, mentions=()
)
FOX = Source.of(SHORT, "Fox News", kind="outlet", named=True)
VOICE = Source.of(SHORT, "this report", kind="author", named=True)
BO, DI, THREE = (Source(id=f"s-{name}", name=name, kind="person", named=True) for name in ("Bo", "Di", "Three"))
TWO = Source(id="s-two", name="Bo + Di", kind="group", named=True, members=("s-Bo", "s-Di"))
HE = Attribution.of(
    SHORT,
    (SHORT.span(3, 8),),
    (SHORT.span(0, 2),),
    (SHORT.span(9, 20),),
    speaker=CHIEF.id,
    chain=(Link(VOICE.id), Link(FOX.id), Link(CHIEF.id)),
    confidence=0.9,
)
IT = Attribution.of(SHORT, (SHORT.span(60, 64),), (), (SHORT.span(65, 67),), speaker="s-two", confidence=0.5)
THIRD = Attribution.of(SHORT, (SHORT.span(22, 26),), (), (), speaker="s-Three", confidence=0.1)
HAND = Report(SHORT, (HE, IT, THIRD), (VOICE, CHIEF, FOX, BO, DI, TWO, THREE))


def test_attributions_in_a_circle_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    inside = msgspec.structs.replace(HE, within=IT.id), msgspec.structs.replace(IT, within=HE.id)
    print_table(circle := msgspec.structs.replace(HAND, attributions=inside))
    assert not sure_enough(circle, 0.95).attributions
    assert len(sure_enough(circle, 0.6).attributions) == 1
    assert "2 attributions in 16 words" in capsys.readouterr().out


def test_the_table_names_who_he_is_and_how_it_came(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    print_table(HAND)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    rows = lines(out)
    assert any(row.startswith("Idris Benno (He) spoke to Fox News indirect 90%") for row in rows)
    assert "the chief of police [31m in Tarle" in rows
    assert "this report ← Fox News ← Idris Benno" in rows


def test_least_confidence_leaves_no_source_that_nobody_refers_to() -> None:
    assert sure_enough(HAND, 0) is HAND
    assert [s.name for s in sure_enough(HAND, 0.3).sources] == [
        "this report",
        "Idris Benno",
        "Fox News",
        "Bo",
        "Di",
        "Bo + Di",
    ]
    assert [s.name for s in sure_enough(HAND, 0.6).sources] == ["this report", "Idris Benno", "Fox News"]
    assert sure_enough(HAND, 1).sources == ()


def test_sources_as_json() -> None:
    row = json.loads(sources_json(HAND))
    assert row["document"] == {"id": SHORT.id, "file": "-", "title": None, "outlet": None, "published": None}
    assert row["counts"]["statements"] == 3
    chief = row["sources"][0]
    assert chief["name"] == "Idris Benno"
    assert (chief["statements"], chief["attributions"], chief["through"]) == (1, [HE.id], ["Fox News"])
    assert {s["name"] for s in row["sources"]} == {s.name for s in HAND.sources}


def test_sources_of_files(said: Path, tmp_path: Path) -> None:
    done = reportedly("read", "--sources", str(said))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "2 statements: " in done.stdout.decode()
    done = reportedly("read", "--sources", "--jsonl", str(said), str(said))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 2
    assert list(rows[0]) == ["document", "counts", "sources"]
    assert rows[0]["document"]["file"] == str(said)
    assert sum(s["statements"] for s in rows[0]["sources"]) + rows[0]["counts"]["nobody"] == 2
    least = reportedly("read", "--sources", "--json", "--min-confidence", "1", str(said))
    assert json.loads(least.stdout)["counts"]["statements"] == 0
    assert json.loads(least.stdout)["sources"] == []
    nothing = reportedly("read", "--sources", "--min-confidence", "1", str(said)).stdout.decode()
    assert "0 statements" in nothing
    page = tmp_path / "page.html"
    assert reportedly("read", "--sources", "--html", str(page), str(said)).returncode == 0
    assert 'id="sources"' in page.read_text("utf-8")


def test_json_of_one_report(said: Path) -> None:
    done = reportedly("read", "--json", str(said))
    row = json.loads(done.stdout)
    assert row["document"]["file"] == str(said)
    for attribution in row["attributions"]:
        for role in ("cue", "source", "content", "addressee"):
            for span in attribution[role]:
                assert row["document"]["text"][span["start"] : span["end"]] == span["text"]
    assert Report.from_json(done.stdout).text == SAID


def test_standard_input() -> None:
    done = reportedly("read", "--json", "-", stdin=SAID.encode())
    row = json.loads(done.stdout)
    assert row["document"]["file"] == "-"
    assert len(row["attributions"]) == 2


def test_one_bad_file_does_not_lose_the_others(said: Path, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    (tmp_path / "empty.txt").write_bytes(b"")
    files = ["binary", "empty.txt", "said.txt", "missing.txt", "binary"]
    done = reportedly("read", "--jsonl", *(str(tmp_path / f) for f in files))
    rows = [json.loads(x) for x in done.stdout.splitlines()]
    assert [Path(r["document"]["file"]).name for r in rows] == ["empty.txt", "said.txt"]
    assert done.returncode == 1
    errors = done.stderr.decode()
    assert "Traceback" not in errors
    assert len(errors.splitlines()) == 4
    for message in ("binary: this is binary", "empty.txt: warning", "missing.txt: No such file"):
        assert message in errors


@pytest.mark.skipif(unbound(), reason="root may read everything; .ci/run takes that right away")
def test_an_unreadable_file(said: Path) -> None:
    said.chmod(0)
    done = reportedly("read", str(said))
    assert done.returncode == 1
    assert "Permission denied" in one_line(done.stderr)


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["read", "--json", "a", "b"],
        ["read", "--json", "--jsonl", "a"],
        ["read", "--html", "a.html", "a", "b"],
        ["read", "--nonsense", "a"],
        ["add"],
        ["add", "only.case"],
        ["add", "-", "a"],
        ["add", "only.case", ""],
        ["read", "a", ""],
        ["read", "--exclude", "", "a"],
        ["batch", "", "--out", "a"],
        ["show"],
        ["show", "a.case", "d-1", "d-2"],
        ["nonsense"],
    ],
)
def test_wrong_use_is_exit_2(args: list[str]) -> None:
    done = reportedly(*args)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_another_language_is_warned_about(tmp_path: Path) -> None:
    path = tmp_path / "de.txt"
    path.write_text(
        "Der Minister sagte am Montag, die Brücke bleibe wegen des großen Schadens noch lange geschlossen.", "utf-8"
    )
    done = reportedly("read", str(path))
    assert done.returncode == 0
    assert "English only so far" in one_line(done.stderr)


def test_a_large_file_is_refused_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text(SAID * 100, "utf-8")
    done = reportedly("read", "--max-megabytes", "0.005", str(path))
    assert done.returncode == 1
    assert "more than 0.005 MB" in one_line(done.stderr)


def test_pages(said: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert reportedly("read", "--html", str(page), str(said)).returncode == 0
    assert "The bridge is safe" in page.read_text("utf-8")
    copy = tmp_path / "copy" / "said.txt"
    copy.parent.mkdir()
    copy.write_text(SAID, "utf-8")
    assert reportedly("read", "--html", str(tmp_path / "pages"), str(said), str(copy)).returncode == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["said-2.html", "said.html"]


@pytest.mark.parametrize("target", ["said.txt", "."])
def test_an_input_is_never_overwritten(said: Path, target: str) -> None:
    page = said.with_name("said.html")
    page.write_text("<html><body><p>An article that somebody saved.</p></body></html>")
    before = {p: p.read_bytes() for p in (said, page)}
    done = reportedly("read", "--html", str(said.parent / target), str(said), *([str(page)] if target == "." else []))
    assert done.returncode == 2
    assert b"is one of the inputs" in done.stderr
    assert {p: p.read_bytes() for p in before} == before


def test_a_full_disk_is_one_line(said: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "reportedly", "read", "--json", str(said)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False, env=buffered())
    assert done.returncode == 1
    assert "standard output: No space left" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_json_steers_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "c1.txt"
    path.write_text("The mayor said\u009b31m that the\x7f bridge was safe.", "utf-8")
    done = reportedly("read", "--json", str(path))
    assert not set(done.stdout) & {0x7F}
    assert b"\xc2\x9b" not in done.stdout
    assert json.loads(done.stdout)["document"]["text"] == path.read_text("utf-8")


def test_least_confidence_leaves_whole_attributions(said: Path) -> None:
    assert json.loads(reportedly("read", "--json", "--min-confidence", "1", str(said)).stdout)["attributions"] == []


def test_a_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "\x1b]0;owned\x07[red]Bridge[/red] \x1b[31m\n\nThe bridge is [bold]\x1b[2Jsafe[/bold], the mayor said.", "utf-8"
    )
    done = reportedly("read", str(path))
    assert b"\x1b" not in done.stdout
    assert b"[bold]" in done.stdout


def test_a_closed_pipe_is_no_error(said: Path) -> None:
    command = f"{sys.executable} -m reportedly read --jsonl {' '.join([str(said)] * 30)} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_page_that_cannot_be_written_is_named(said: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    done = reportedly("read", "--html", str(tmp_path / "taken" / "page.html"), str(said))
    assert done.returncode == 2
    assert b"taken does not exist" in done.stderr


def test_what_is_written_goes_where_it_was_aimed(tmp_path: Path) -> None:
    kept, link, pipe = tmp_path / "kept", tmp_path / "link", tmp_path / "pipe"
    kept.write_text("old")
    kept.chmod(0o604)
    link.symlink_to(kept)
    written(aimed(link), "new")
    assert link.is_symlink()
    assert (kept.read_text("utf-8"), kept.stat().st_mode & 0o777) == ("new", 0o604)
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    written(aimed(pipe), "new")
    assert os.read(reading, 9) == b"new"
    os.close(reading)
    assert pipe.is_fifo()
    assert sorted(x.name for x in tmp_path.iterdir()) == ["kept", "link", "pipe"]


@pytest.mark.parametrize("target", ["", "-", "a.case", "b.case", "b.case-wal", "link", "mistyped/x.html"])
def test_what_must_not_be_written_is_refused(target: str, said: Path, tmp_path: Path) -> None:
    for name in ("a.case", "b.case"):
        Case.open(tmp_path / name, create=True).close()
    (tmp_path / "link").symlink_to("b.case")
    aim = str(tmp_path / target) if target not in ("", "-") else target
    case, before = str(tmp_path / "a.case"), (tmp_path / "b.case").read_bytes()
    for args in (["compare", case, "--html", aim], ["export", case, "--to", "md", "--out", aim]):
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 2, done.output
    done = CliRunner().invoke(app, ["read", str(said), "--html", aim])
    assert done.exit_code == 2, done.output
    assert (tmp_path / "b.case").read_bytes() == before
    assert not (tmp_path / "mistyped").exists()


def test_a_full_disk_is_told_of_the_file_that_was_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    Case.open(tmp_path / "a.case", create=True).close()
    out = tmp_path / "out.md"
    done = CliRunner().invoke(app, ["export", str(tmp_path / "a.case"), "--to", "md", "--out", str(out)])
    assert done.exit_code == 1 and done.stderr.endswith(f"reportedly: {out}: No space left on device\n")


def test_a_file_name_that_is_no_utf8(said: Path) -> None:
    odd = said.parent / os.fsdecode(b"na\xefve.txt")
    odd.write_text(SAID, "utf-8")
    done = reportedly("read", "--json", str(odd))
    assert json.loads(done.stdout)["document"]["file"].endswith("na\ufffdve.txt")


# A case


def test_reports_are_added_once(said: Path, tmp_path: Path) -> None:
    case, other = tmp_path / "b.case", tmp_path / "other.txt"
    other.write_text("The bridge was closed, police said.")
    done = reportedly("add", str(case), str(said), str(tmp_path / "none.txt"), str(said))
    assert done.returncode == 1
    assert done.stdout.decode() == f"{case}: 1 new, 1 already there, 1 failed; it holds 1 report\n"
    assert "none.txt: No such file" in one_line(done.stderr)
    done = reportedly("add", "--json", str(case), str(said), str(other), "-", stdin=b"Nobody was hurt, she said.")
    assert (done.returncode, done.stderr) == (0, b"")
    known, new, stdin = (json.loads(line) for line in done.stdout.splitlines())
    assert (known["state"], known["file"], known["attributions"]) == ("known", str(said), None)
    assert (new["state"], new["reason"], new["attributions"]) == ("new", None, 1)
    assert (stdin["state"], stdin["file"]) == ("new", "-")
    with Case.open(case) as kept:
        assert [d.id for d in kept.documents()] == [row["document"] for row in (known, new, stdin)]


def test_help_names_every_command_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    listed = CliRunner().invoke(app, ["--help"]).stdout.split("Commands:")[1]
    assert "..." not in listed
    assert len(listed.strip().splitlines()) == len(app.commands)


def test_a_case_is_not_made_for_nothing(said: Path, tmp_path: Path) -> None:
    case = tmp_path / "b.case"
    done = CliRunner().invoke(app, ["add", str(case), str(tmp_path / "none.txt")])
    assert done.exit_code == 1
    assert "b.case: was not made" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [said.name]
    with Case.open(case, create=True) as mine:
        with Case.open(case):
            assert not mine.remove_if_empty()
        assert CliRunner().invoke(app, ["add", str(case), str(tmp_path / "none.txt")]).exit_code == 1
    assert case.exists()


def test_ctrl_c_ends_it_while_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda *args: called.append(args))
    monkeypatch.setitem(sys.modules, "reportedly.cli.commands", None)
    with pytest.raises(ImportError):
        run()
    assert called == [(signal.SIGINT, signal.SIG_DFL)]


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    files = []
    for n in range(12):
        files.append(tmp_path / f"{n}.txt")
        files[-1].write_text(f"Bridge {n} is safe, the mayor said.")
    command = [sys.executable, "-m", "reportedly", "add", str(tmp_path / "b.case")]
    both = [subprocess.Popen([*command, *map(str, order)]) for order in (files, files[::-1])]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    with Case.open(tmp_path / "b.case") as kept:
        assert sorted(d.file for d in kept.documents()) == sorted(map(str, files))


def test_a_case_is_listed_and_its_records_shown(said: Path, tmp_path: Path) -> None:
    case = str(tmp_path / "b.case")
    assert reportedly("add", case, str(said)).returncode == 0
    with Case.open(case) as kept:
        (report,) = kept.reports()
    done = reportedly("show", case)
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert report.document.id in out
    assert "b.case holds 1 report" in " ".join(out.split())
    (row,) = json.loads(reportedly("show", case, "--json").stdout)
    assert (row["id"], row["file"], row["attributions"]) == (report.document.id, str(said), 2)
    said_by = report.attributions[0]
    done = reportedly("show", case, said_by.id[:8])
    out = done.stdout.decode()
    assert "\x1b" not in out
    assert f"attribution {said_by.id}" in out
    assert "cue: told [32:36]" in " ".join(out.split())
    assert SAID[:40] in out
    row = json.loads(reportedly("show", case, said_by.id, "--json").stdout)
    assert (row["kind"], row["record"]["id"]) == ("attribution", said_by.id)
    for p in row["passages"]:
        assert SAID[: p["start"]].endswith(p["before"])
        assert SAID[p["start"] :].startswith(p["text"] + p["behind"])


def test_a_full_disk_while_showing_is_one_line(said: Path, tmp_path: Path) -> None:
    case = str(tmp_path / "b.case")
    assert reportedly("add", case, str(said)).returncode == 0
    for args in (["show", case], ["show", case, "--json"], ["add", "--json", case, str(said)], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "reportedly", *args]
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False, env=buffered()
            )
        assert done.returncode == 1
        assert "standard output: No space left" in one_line(done.stderr)


def test_what_a_case_does_not_hold_is_said(said: Path, tmp_path: Path) -> None:
    case = str(tmp_path / "b.case")
    done = reportedly("show", case)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "there is no such case" in one_line(done.stderr)
    assert reportedly("add", case, str(said)).returncode == 0
    done = reportedly("show", case, "d-zebra")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "holds nothing with the id d-zebra; its claims, accounts" in one_line(done.stderr)
    assert f"reports by: reportedly show {case}" in one_line(done.stderr)
    done = reportedly("add", str(said), str(said))
    assert done.returncode == 1
    assert "is not a case but some other file" in one_line(done.stderr)
    assert said.read_text("utf-8") == SAID


def test_a_command_that_is_named_can_be_run_as_it_stands(tmp_path: Path) -> None:
    case = tmp_path / "my own.case"
    quoted = f"'{case}'"
    assert f"reportedly add {quoted} FILE..." in CliRunner().invoke(app, ["show", str(case)]).stderr
    Case.open(case, create=True).close()
    assert f"reportedly add {quoted} FILE..." in CliRunner().invoke(app, ["compare", str(case)]).stderr
    unknown = CliRunner().invoke(app, ["show", str(case), "x-1"]).stderr
    assert f"reportedly compare {quoted}," in unknown and unknown.endswith(f"reportedly show {quoted}\n")


def test_a_full_disk_while_adding_is_one_line(tmp_path: Path) -> None:
    case = tmp_path / "b.case"
    files = []
    for n in range(30):
        files.append(tmp_path / f"{n}.txt")
        files[-1].write_text(f"Bridge {n} is safe, the mayor said. " * 20)
    limited = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (480_000, 480_000));"
        "runpy.run_module('reportedly', run_name='__main__')"
    )
    command = [sys.executable, "-c", limited, "add", str(case), *map(str, files)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "the disk failed or is full" in one_line(done.stderr)
    with Case.open(case) as kept:
        held = len(kept.documents())
    assert 0 < held < len(files)
    done = reportedly("add", str(case), *map(str, files))
    assert done.stdout.decode() == (
        f"{case}: {len(files) - held} new, {held} already there, 0 failed; it holds {len(files)} reports\n"
    )


@pytest.mark.parametrize("width", [40, 80, 140])
def test_every_kind_of_record_is_shown_at_any_width(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    reports = tuple(map(gold_report, ("haulage-gazette.txt", "northern-wire.txt")))
    brief = brief_of(reports)
    with Case.open(tmp_path / "b.case", create=True) as case:
        for report in reports:
            case.put(report, (DEMO / report.document.file).read_bytes())
        case.save(brief)
        print_documents("b.case", case.documents(), case.counts())
        assert "Haulage" in capsys.readouterr().out  # the word is whole
        for record, words in (
            (reports[0].document.id, "Weighbridge ticket"),
            (reports[0].attributions[0].id, "speaker: "),
            (brief.sources[1].id, "name: "),
            (brief.claims[0].id, "supports (stated)"),
            (f"{brief.relations[0].a}:{brief.relations[0].b}", "kind: supports (stated)"),
            ("q-1", "title: How many?"),
            (brief.agreed[0].id, "origins: 1 to 2 independent origins"),
            ("o-1", "evidence: Haulage Gazette (credit): credits somebody"),
        ):
            capsys.readouterr()
            print_found(case.find(record))
            out = capsys.readouterr().out
            assert max(map(len, out.splitlines())) <= width
            assert words in " ".join(lines(out))


def test_an_account_says_that_its_origins_cannot_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    origins = Origins(1, 3, ("nothing is known of who prints these", "two of them are alike"), measured=False)
    print_found(Found(id="a-1", record=Account(id="a-1", title="Yes", claims=(), sources=(), origins=origins)))
    out = capsys.readouterr().out
    assert "origins: how many are independent cannot be told" in out
    assert "reason: nothing is known of who prints these" in out
    assert "1 to 3" not in out


def test_a_record_in_a_case_steers_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document.of(
        "The \x1b[2Jbridge [bold]is[/bold] safe\x9b31m, he said.\r\nSo.", file="\x1b]0;a", title="\x07b"
    )
    mention = (document.span(42, 44),)
    source = Source.of(document, "the \x1b[31mmayor", mentions=mention)
    said = Attribution.of(document, mention, (), (document.span(0, 30),), speaker=source.id)
    with Case.open(tmp_path / "b.case", create=True) as case:
        case.put(Report(document, (said,), (source,)), document.text.encode())
        for record in (document, source, said):
            print_found(case.find(record.id))
        print_documents("b.case", case.documents(), case.counts())
    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x9b\x07\r")
    assert "[bold]is[/bold]" in out


def test_a_brief_tells_how_to_see_more_and_ends_no_line_in_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice("c-1", "d-1", "Ana", "Outlet", "", "She said so. " * 30, "asserts", 0, 1)
    side = Side("k-1", "Two", "3 outlets, 3 to 4 independent origins", (), (voice,) * 9)
    doubted = voice._replace(disputes=("Bo",) * 6, disputes_left=5)
    shown = Told(
        head="1 report", matters=(), alone=(doubted,), agreed=(side,), revisions=(), debts=(), rings=(), springs=()
    )
    print_brief(shown, "my own.case")
    out = capsys.readouterr().out.splitlines()
    assert "  Two" in out
    assert "    3 outlets, 3 to 4 independent origins" in out
    assert "    and 5 more claims: reportedly show 'my own.case' k-1" in out
    assert "      disputed by Bo; Bo; Bo; Bo; Bo; Bo; and 5 more: reportedly show 'my own.case' c-1" in out
    assert not [line for line in out if line.endswith(" ")]


def test_lists_show_the_day_of_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ("2025-03-04T06:05:00+01:00", "the fourth of March")
    documents = [Document.of(f"The pier fell {n}.", title="Pier", published=when) for n, when in enumerate(told)]
    assert [head(d) for d in documents] == ["Pier · 2025-03-04", "Pier · the fourth of March"]
    with Case.open(tmp_path / "b.case", create=True) as case:
        for d in documents:
            case.put(Report(d), d.text.encode())
        print_documents("b.case", case.documents(), case.counts())
    out = capsys.readouterr().out
    assert "2025-03-04 " in out and "the fourth of March" in out and "06:05" not in out


def test_a_claim_in_the_reports_own_voice_names_its_outlet_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document.of("The pier fell. It was old.", outlet="Valley Post", published="2025-03-04")
    voice = Source.of(document, "Valley Post", kind="author", named=True)
    claims = [
        Claim.of(document, (document.span(start, end),), "it fell", speaker=voice.id)
        for start, end in ((0, 13), (15, 25))
    ]
    origins = Origins(low=1, high=1)
    account = Account(id="k-1", title="fell", claims=tuple(c.id for c in claims), sources=(voice.id,), origins=origins)
    brief = Brief(documents=(document,), sources=(voice,), claims=tuple(claims), relations=(), questions=())
    with Case.open(tmp_path / "b.case", create=True) as case:
        case.put(Report(document, sources=(voice,)), document.text.encode())
        case.save(msgspec.structs.replace(brief, agreed=(account,)))
        print_found(case.find("k-1"))
    out = capsys.readouterr().out
    assert "it fell — in the report’s own words, Valley Post, 2025-03-04" in out
    assert "Valley Post, Valley Post" not in out


def test_an_id_in_a_case_steers_no_terminal_and_a_name_floods_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (
        msgspec.structs.replace(Document.of(f"He said no, {n}."), id=f"d-\x1b]0;{n}\x07", outlet=n * 100_000)
        for n in "ab"
    )
    said = Attribution.of(one, (one.span(3, 7),), (), (), speaker="s-\x1b", within="a-\x1b")
    said = msgspec.structs.replace(said, id="a-\x1b")
    with Case.open(tmp_path / "b.case", create=True) as case:
        case.put(Report(one, (said,)), one.text.encode())
        print_documents("b.case", case.documents(), case.counts())
        print_found(case.find(said.id))
        assert len(out := capsys.readouterr().out) < 3_000
        print_found(case.find(one.id))
        assert not set(out + capsys.readouterr().out) & set("\x1b\x07")
    kept = Brief(documents=(one, other), sources=(), claims=(), relations=(), questions=(), **debts(one, other))
    print_origins(told(kept))
    assert len(out := capsys.readouterr().out) < 2_000
    assert not set(out) & set("\x1b\x07")


def test_version_and_check() -> None:
    assert reportedly("--version").stdout.decode().strip() == f"reportedly {__version__}"
    done = reportedly("check")
    assert done.returncode == 0
    assert b"reading works" in done.stdout


def test_what_lies_in_an_unsure_attribution_moves_up_and_what_is_just_sure_stays() -> None:
    outer = msgspec.structs.replace(HE, confidence=0.2)
    inner = msgspec.structs.replace(IT, confidence=0.9, within=outer.id)
    just = msgspec.structs.replace(THIRD, confidence=0.5, within=inner.id)
    report = msgspec.structs.replace(HAND, attributions=(outer, inner, just))
    kept = sure_enough(report, 0.5).attributions
    assert [(a.id, a.within) for a in kept] == [(inner.id, None), (just.id, inner.id)]


def test_check_fails_where_a_model_is_damaged(tmp_path: Path) -> None:
    package = Path(pipeline.__file__).parent
    shutil.copytree(package, tmp_path / "reportedly", copy_function=os.symlink)
    (damaged,) = tmp_path.glob("reportedly/models/roles/roles.onnx")
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.unlink()
    damaged.write_bytes(data)
    command = [sys.executable, "-m", "reportedly", "check"]
    environment = buffered() | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
    assert done.returncode == 1
    assert "roles.onnx" in one_line(done.stderr)
    assert done.stdout == b""
