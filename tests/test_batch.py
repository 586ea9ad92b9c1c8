"""Batches: shards, their tables, what is not read, going on, checking, asking, and taking documents into a case."""

import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from reportedly import Case, Limits, Ways
from reportedly.cli import app
from reportedly.ingest import Ingested, Refused
from reportedly.ingest.guard import Guard
from reportedly.intake import documents
from reportedly.pipeline import attribute
from tests.test_ingest_archives import PACKED, http, pages, record

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb", reason="the extra archive is not installed")

from reportedly.batch import Archive, BatchError, Far, Manifest, batch, check, pulled  # noqa: E402
from reportedly.batch.output import Marker as Kept  # noqa: E402
from reportedly.batch.output import loaded, marker_of, put  # noqa: E402
from reportedly.batch.plan import How, Plan, planned, things  # noqa: E402
from reportedly.batch.step import counted, models, text_key  # noqa: E402
from reportedly.batch.tables import SCHEMA, SCHEMAS, open_table, rows_of  # noqa: E402

EACH = 6  # documents of a shard
WAYS = Ways(limits=Limits(bytes=20_000))
CHINESE = "市长周一表示，这座桥梁在经过工程师的检查之后已经重新开放，但是重型车辆在夏季之前仍然不得通行。" * 3
TABLES = ("documents", "attributions", "sources", "copies", "left_out")


def said(n: int) -> str:
    return f"The bridge number {n} is safe, the mayor of Corvale said on Monday. “We looked twice,” said Joan Sallis."


def write_inputs(folder: Path) -> list[str]:
    """JSON lines with a broken one, a Chinese one and copies; web pages, one damaged and one large; files."""
    folder.mkdir()
    rows = [
        {"id": f"n{n}", "text": said(n), "outlet": f"Outlet {n % 3}", "published": f"2025-0{1 + n % 3}-04"}
        for n in range(20)
    ]
    rows[4] = rows[3]  # the same again
    rows[5] = rows[3] | {"text": said(3).upper().replace(" ", "  "), "outlet": "Copyist"}  # its words
    rows[13] = rows[3] | {"outlet": "Far Copyist"}  # likewise, in another shard
    rows[14] = rows[2]  # the same again, in another shard
    rows[7] = {"id": "zh", "text": CHINESE}
    lines = [json.dumps(row) for row in rows]
    lines.insert(10, '{"id": "broken", "text": ')
    (folder / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    packed = []
    for n in range(14):
        page = f"<!doctype html><html><body><article><p>{said(100 + n)}</p></article></body></html>".encode()
        page = page + b" " * 30_000 if n == 4 else page
        one = gzip.compress(record(f"https://news.example/{n}", http(page, "text/html")))
        packed.append(one[:40] + b"\xff\x00\xff" + one[43:] if n == 6 else one)
    (folder / "pages.warc.gz").write_bytes(b"".join(packed))
    (folder / "files").mkdir()
    for n in range(8):
        (folder / f"files/{n}.txt").write_text(said(200 + n), "utf-8")
    (folder / "files/empty.txt").write_text("", "utf-8")
    (folder / "files/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / "table.csv").write_text("id,text\n" + "".join(f'{n},"{said(300 + n)}"\n' for n in range(9)), "utf-8")
    return [str(folder / name) for name in ("rows.jsonl", "pages.warc.gz", "files", "table.csv")]


def run(inputs: list[str], out: Path, workers: int = 1, **more: object) -> Manifest:
    return batch(inputs, out, ways=WAYS, workers=workers, shard_documents=EACH, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The inputs, and small containers looked through like large ones."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("reportedly.batch.plan.SMALL", 100)
        yield write_inputs(tmp_path_factory.mktemp("batch") / "in")


@pytest.fixture(scope="module")
def whole(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one process."""
    out = tmp_path_factory.mktemp("whole") / "out"
    run(inputs, out)
    return out


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole, tmp_path / "out"))


def tables(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for t in TABLES for p in sorted((out / t).glob("*.parquet"))}


def rows(out: Path, table: str) -> list[dict[str, object]]:
    return [row for path in sorted((out / table).glob("0*.parquet")) for row in rows_of(path)]


def cli(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


BRIDGE = """The bridge is safe, the mayor of Corvale said on Tuesday, a day after it was shut.
Engineers looked at it twice on Monday, she added, and found nothing that would keep lorries from it.
“We were careful,”
said Joan Sallis
The following were hurt:
Peter Olm
Nobody else was, and the ferries that had taken people over the river were stopped on Tuesday evening."""


@pytest.mark.parametrize(
    "text",
    [
        BRIDGE.upper().replace("\n", "\n\n  "),
        "By Dana Whitlock, Northern Wire\nAdvertisement\n" + BRIDGE,
        BRIDGE.replace("\nEngineers", "\nADVERTISEMENT\nAP Photo/Dirk Nevdock\nRelated articles:\nEngineers")
        + "\nShare this",
        BRIDGE + "\n© 2025 The Amery Post. All rights reserved.",
    ],
)
def test_a_report_framed_in_another_way_has_the_same_words(text: str) -> None:
    assert text_key(text) == text_key(BRIDGE)


@pytest.mark.parametrize(
    "text",
    [
        BRIDGE.replace("twice", "thrice"),
        BRIDGE.replace("Joan Sallis", "Dirk Nevdock"),
        BRIDGE.replace("Peter Olm", "Dana Whitlock"),
        BRIDGE + "\n14 dead",
        "Mayor says bridge is safe\n" + BRIDGE,
        BRIDGE.replace("\nEngineers", "\nThe mayor told reporters\nEngineers"),
        BRIDGE + "\nBy contrast, nobody was hurt",
        BRIDGE + "\nMore than ever",
        BRIDGE + "\nBy Friday",
        BRIDGE + "\nCopyright infringement is theft, Smith said.",
        BRIDGE.replace("stopped on", "stopped\nBy Corvale\non"),
        BRIDGE.replace("were hurt:", "told first:\nReuters\nand were hurt:"),
    ],
)
def test_a_report_in_which_something_else_is_said_has_other_words(text: str) -> None:
    assert text_key(text) != text_key(BRIDGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It cost $5 million", "It cost £5 million"),
        ("It cost €5 million", "It cost 5 million"),
        ("It was -5 at noon", "It was 5 at noon"),
        ("It lost −$5 million", "It lost $5 million"),
        ("It fell by 5.5 metres", "It fell by 5,5 metres"),
        ("It fell by .5 metres", "It fell by 5 metres"),
        ("At 5:30 it was 5.30", "At 5.30 it was 5.30"),
        ("It fell by 5%", "It fell by 5"),
        ("Under 5°", "Under 5"),
        ("It won 3-2", "It won 3, 2"),
        ("Over >5", "Over <5"),
    ],
)
def test_figures_are_the_same_only_with_their_signs(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)


def test_signs_are_the_same_however_they_are_set() -> None:
    assert text_key("It was −5 – or 3–2, he said") == text_key("it was -5, or 3-2 he said…")
    assert text_key("It fell by 5 %.") == text_key("It fell by 5%")


def test_a_page_with_hardly_a_report_in_it_is_told_by_all_its_words() -> None:
    assert (
        text_key("Bridge open\nBy Joan Sallis") == text_key("BRIDGE, open. By Joan Sallis") != text_key("Bridge open")
    )
    stub = "Please subscribe to read this article, which our reporters took two weeks to write.\n"
    assert text_key(stub + "By Joan Sallis") != text_key(stub + "By Peter Olm")
    frame = "Advertisement\nShare this article\n" * 10
    assert text_key(BRIDGE + "\n" + frame + "By Joan Sallis") != text_key(BRIDGE + "\n" + frame + "By Peter Olm")
    assert text_key("\n…\n") is None


def test_it_is_whole_and_tells_of_everything(whole: Path, inputs: list[str]) -> None:
    assert list(check(whole)) == []
    manifest: Manifest = loaded(whole / "manifest.json", Manifest)
    assert manifest.state == "done" and manifest.finished == manifest.shards > 5
    assert manifest.passed["in another language"] == 1
    assert any("not valid JSON" in r for r in manifest.failed) and manifest.passed["left out of the folder"] == 1
    assert any(r.startswith("damaged") for r in manifest.failed) and any(
        r.startswith("more than") for r in manifest.failed
    )
    assert (manifest.again, manifest.same_words) == (2, 2)
    assert manifest.documents == 17 + 12 + 9 + 9
    assert {i.file for i in manifest.inputs} >= set(inputs) - {inputs[2]}
    assert all(i.digest.startswith("sha256:") for i in manifest.inputs)
    assert manifest.words > 500 and manifest.cpu_seconds > 0 and manifest.peak > 10_000_000
    named = {(Path(str(r["file"])).name, r["member"], r["state"]) for r in rows(whole, "left_out")}
    assert ("rows.jsonl", "row 8 (zh)", "passed over") in named and ("rows.jsonl", "row 11", "failed") in named
    assert ("pages.warc.gz", "https://news.example/4", "failed") in named


def test_what_is_read_is_what_reading_the_inputs_whole_gives(whole: Path, inputs: list[str]) -> None:
    found = [
        item for _, item in documents(inputs, WAYS) if isinstance(item, Ingested) and item.document.text != CHINESE
    ]
    by_place = {(r["file"], r["member"]): r for r in rows(whole, "documents")}
    again = {
        (r["file"], r["member"])
        for p in (whole / "copies").glob("*.parquet")
        for r in rows_of(p)
        if r["kind"] == "again"
    }
    assert {(i.document.file, i.document.member) for i in found} == set(by_place) | again
    spoken = rows(whole, "attributions")
    for item in found[::7]:
        report = attribute(item)
        row = by_place[item.document.file, item.document.member]
        assert all(
            row[name] == getattr(item.document, name) for name in ("id", "text", "outlet", "published", "digest")
        )
        assert [a.id for a in report.attributions] == [a["id"] for a in spoken if a["document"] == row["id"]]


def test_a_copy_says_itself_what_was_not_read_and_what_the_outlet_changed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(
            f'<html><head><meta property="og:site_name" content="The {name.upper()}">'
            '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script></head>'
            f"<body><article><p>{said(1)}</p>"
            "<p>Correction: an earlier version of this article misspelled a name.</p></article>"
            "</body></html>",
            "utf-8",
        )
    (tmp_path / "c.txt").write_bytes(said(2).encode("cp1252"))
    (tmp_path / "d.txt").write_bytes(said(2).replace("number", " number").encode("cp1252"))
    files = [str(tmp_path / name) for name in ("a.html", "b.html", "c.txt", "d.txt")]
    direct = {i.document.id: attribute(i) for _, i in documents(files, Ways()) if isinstance(i, Ingested)}
    out = tmp_path / "out"
    assert batch(files, out, workers=1).same_words == 2
    kept = {str(r["id"]): r for r in rows(out, "documents")}
    assert kept.keys() == direct.keys()
    for document, report in direct.items():
        assert [u["warn"] for u in kept[document]["unread"]] == [u.warn for u in report.unread]  # type: ignore[attr-defined]
        assert kept[document]["assumed"] == list(report.assumed)
        assert [n["kind"] for n in kept[document]["notes"]] == [n.kind for n in report.notes]  # type: ignore[attr-defined]
    by_file = {Path(r.document.file).name: r for r in direct.values()}
    assert by_file["b.html"].unread[0].warn and by_file["b.html"].notes and by_file["d.txt"].assumed
    with Case.open(tmp_path / "a.case", create=True) as case:
        assert {a.state for a in pulled(case, out, "true")} == {"new"}
        assert {r.document.id: r for r in case.reports()} == direct
    with Archive(out) as archive:
        assert archive.ask("SELECT count(*) FROM documents WHERE unread[1].warn").rows == [(2,)]


def test_a_batch_of_an_earlier_schema_is_refused_in_words(out: Path, inputs: list[str], tmp_path: Path) -> None:
    for path in (out / "documents").glob("*.parquet"):
        table = pa.parquet.read_table(path)
        pa.parquet.write_table(table.replace_schema_metadata({b"reportedly.schema": b"1"}), path)
    with pytest.raises(BatchError, match="is of schema 1, and this version asks 2: read the inputs anew"):
        Archive(out)


def test_the_number_of_processes_changes_nothing(whole: Path, inputs: list[str], tmp_path: Path) -> None:
    run(inputs, tmp_path / "two", workers=2)
    assert tables(tmp_path / "two") == tables(whole)


def test_large_files_are_cut_where_documents_begin(inputs: list[str], tmp_path: Path) -> None:
    how = How(
        limits=WAYS.limits,
        text_column=None,
        all_languages=False,
        shard_documents=EACH,
        version="1",
        schema=1,
        models={},
    )
    plan = planned(inputs, how, tmp_path)
    cuts = {Path(i.file).name: i.cuts for i in plan.inputs}
    assert [c.rows for c in cuts["rows.jsonl"]] == [0, 6, 13, 19]  # the broken line is one, too
    assert cuts["rows.jsonl"][0].stop == cuts["rows.jsonl"][1].start
    assert len(cuts["pages.warc.gz"]) == 2 and all(c.format == "warc" for c in cuts["pages.warc.gz"])
    assert [(c.skip, c.most) for c in cuts["table.csv"]] == [(0, 6), (6, None)]
    assert planned(inputs, how, tmp_path, threads=3) == plan
    later = planned(inputs, how, tmp_path, known=plan.inputs)
    assert later == plan and all(a is b for a, b in zip(later.inputs, plan.inputs, strict=True))


def test_few_documents_make_many_shards_so_that_all_processes_end_together(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [json.dumps({"text": f"{said(n)} {'So it was. ' * 30}"}) for n in range(720)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    how = How(
        limits=Limits(), text_column=None, all_languages=False, shard_documents=500, version="1", schema=1, models={}
    )
    shards = planned([str(path)], how, tmp_path / "out").shards
    ends = [s.pieces[0].part.stop or 0 for s in shards]
    assert 14 <= len(shards) <= 32 and ends == sorted(ends) and ends[-1] == path.stat().st_size
    with Guard(how.limits) as guard:
        assert sum(isinstance(x, Ingested) for s in shards for x in things(guard, s)) == 720


def test_a_small_container_is_counted_and_cut_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.batch.plan.SMALL", 65_536)
    rows = [f'{n},"{said(n)}"\n' for n in range(48)]
    (tmp_path / "a.csv").write_text("id,text\n" + "".join(rows), "utf-8")
    lines = [json.dumps({"text": said(n)}) + "\n" for n in range(48)]
    (tmp_path / "b.jsonl").write_text("".join(lines), "utf-8")
    for name in ("a.csv", "b.jsonl"):
        told: list[Far] = []
        out = tmp_path / f"out of {name}"
        manifest = batch([str(tmp_path / name)], out, workers=1, shard_documents=10, progress=told.append)
        assert manifest.documents == 48
        assert [loaded(p, Kept).documents for p in sorted(out.glob("shards/*"))] == [10, 10, 10, 10, 8]
        reading = [f for f in told if f.doing == "reading"]
        assert {f.total for f in reading} == {48} and [f.done for f in reading] == sorted(f.done for f in reading)
        assert reading[-1].done == 48
    how = msgspec.structs.replace(manifest.options, shard_documents=500)
    assert len(planned([str(tmp_path / "a.csv"), str(tmp_path / "b.jsonl")], how, out).shards) == 2


@pytest.mark.parametrize("packing", PACKED)
def test_the_parts_of_a_web_archive_are_all_of_it(packing: str, tmp_path: Path) -> None:
    records = [*pages(*range(9)), record("https://news.example/x", b"", "request"), *pages(*range(9, 14))]
    path = tmp_path / "a.warc"
    path.write_bytes(PACKED[packing](records))
    how = How(
        limits=Limits(), text_column=None, all_languages=False, shard_documents=4, version="1", schema=1, models={}
    )
    plan = planned([str(path)], how, tmp_path / "out")
    assert [c.format for c in plan.inputs[0].cuts] == [None if packing == "gzip as one" else "warc"] * 4
    with Guard() as guard:
        whole = [i for i in guard.read(str(path), path=path) if isinstance(i, Ingested)]
        parts = [i for shard in plan.shards for i in things(guard, shard) if isinstance(i, Ingested)]
    assert parts == whole and len(parts) == 14


def test_links_and_standard_input_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(said(1), "utf-8")
    manifest = run(["-", "https://news.example/a", str(tmp_path / "a.txt"), str(tmp_path / "none")], tmp_path / "out")
    assert manifest.read == 1 and sum(manifest.failed.values()) == 3
    with Archive(tmp_path / "out") as archive:
        (named,) = archive.ask("SELECT list(file) FROM left_out WHERE state = 'failed'").rows
        assert named[0] == ["-", "https://news.example/a", str(tmp_path / "none")]


def test_nothing_to_read_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    manifest = run([str(tmp_path / "in")], tmp_path / "out")
    assert (manifest.shards, manifest.documents, manifest.state) == (0, 0, "done")
    assert list(check(tmp_path / "out")) == []
    with Archive(tmp_path / "out") as archive:
        assert archive.ask("SELECT count(*) FROM statements").rows == [(0,)]


def test_another_language_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(CHINESE, "utf-8")
    assert run([str(tmp_path / "zh.txt")], tmp_path / "one").passed == {"in another language": 1}
    assert run([str(tmp_path / "zh.txt")], tmp_path / "two", all_languages=True).read == 1


def test_a_folder_that_holds_a_batch_is_not_written_over(out: Path, inputs: list[str], tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="--resume"):
        run(inputs, out)
    with pytest.raises(BatchError, match="other inputs"):
        run(inputs[:1], out, resume=True)
    with pytest.raises(BatchError, match="all_languages was False and is True"):
        run(inputs, out, resume=True, all_languages=True)


def test_going_on_takes_the_same_inputs_and_no_fewer(tmp_path: Path) -> None:
    files = [str(tmp_path / f"{n}.txt") for n in range(4)]
    for n, file in enumerate(files):
        Path(file).write_text(said(n), "utf-8")
    out = tmp_path / "out"

    def again(inputs: list[str]) -> Manifest:
        return batch(inputs, out, workers=1, shard_documents=1, resume=True)

    batch(files[:3], out, workers=1, shard_documents=1)
    marker_of(out, loaded(out / "plan.json", Plan).shards[2].id).unlink()
    plan = (out / "plan.json").read_bytes()
    with pytest.raises(BatchError, match="2.txt is not among the inputs now; go on with what it was begun with"):
        again(files[:2])
    with pytest.raises(BatchError, match="3.txt is new"):
        again(files)
    assert (out / "plan.json").read_bytes() == plan
    assert again(files[:3]).finished == 3
    Path(files[2]).write_text(said(7), "utf-8")
    with pytest.raises(BatchError, match="2.txt was changed"):
        again(files[:3])


def test_two_runs_cannot_write_one_folder(out: Path, inputs: list[str]) -> None:
    from reportedly.batch.output import held

    with held(out), pytest.raises(BatchError, match="another run"):
        run(inputs, out, resume=True)


def test_resuming_reads_only_what_is_missing(out: Path, whole: Path, inputs: list[str]) -> None:
    kept = sorted((out / "shards").glob("*.json"))
    kept[1].unlink()  # what was moved to its place is half a shard now
    (out / ".unfinished/x").mkdir(parents=True)
    faults = list(check(out))
    assert any("1 of" in f for f in faults) and any("is visible here" in f for f in faults)
    before = {p: p.stat().st_mtime_ns for p in kept if p.exists()}
    told: list[Far] = []
    assert run(inputs, out, resume=True, progress=told.append).state == "done"
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert tables(out) == tables(whole) and list(check(out)) == []
    reading = [f for f in told if f.doing == "reading"]
    assert reading[-1].done == reading[-1].total > 0


def test_resuming_reads_again_what_was_removed_or_damaged(out: Path, whole: Path, inputs: list[str]) -> None:
    first, second, third = sorted((out / "documents").glob("0*.parquet"))[:3]
    first.unlink()
    second.write_bytes(second.read_bytes()[:-100])
    (out / "attributions" / third.name).write_text("x")
    marker_of(out, third.stem).write_text("{")
    (out / "plan.json").write_text("x")
    (out / "copies/across.parquet").write_text("x")
    told: list[Far] = []
    assert run(inputs, out, resume=True, progress=told.append).state == "done"
    assert [f.damaged for f in told if f.damaged] == [3]
    assert tables(out) == tables(whole) and list(check(out)) == []


def test_the_command_says_what_is_read_again(inputs: list[str], tmp_path: Path) -> None:
    command = "batch", inputs[2] + "/1.txt", "--out", str(tmp_path / "a"), "--workers", "1"
    assert cli(*command).stderr == ""
    for path in tmp_path.glob("a/documents/*.parquet"):
        path.unlink()
    done = cli(*command, "--resume")
    assert done.exit_code == 0 and "1 shard will be read again" in " ".join(done.stderr.split())
    assert list(check(tmp_path / "a")) == []


def test_a_damaged_table_is_refused_in_a_line(out: Path, tmp_path: Path) -> None:
    for path in sorted((out / "attributions").glob("0*.parquet"))[1:]:
        path.write_bytes(path.read_bytes()[:-100])
    done = cli("add", str(tmp_path / "a.case"), "--from", str(out), "--where", "true")
    assert done.exit_code == 1 and "--resume" in done.stderr and isinstance(done.exception, SystemExit)
    (out / "copies/across.parquet").write_text("x")
    assert "--resume" in cli("batch", "--check", str(out)).stderr


def test_where_no_input_can_be_opened_nothing_is_written(inputs: list[str], tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a", "b"):
        done = cli("batch", str(tmp_path / "none"), "--out", str(tmp_path / name))
        assert done.exit_code == 1 and "No such file" in done.stderr
    assert not (tmp_path / "a").exists()
    assert cli("batch", inputs[2] + "/1.txt", "--out", str(tmp_path / "b"), "--workers", "1").exit_code == 0


def kill_whoever_reads(out: Path, shard: str, times: int, ended: threading.Event) -> None:
    """Kill the processes that read this shard, which the names of their folders tell."""
    killed: set[int] = set()
    while not ended.wait(0.002) and len(killed) < times:
        for folder in out.glob(f".unfinished/{shard}*"):
            pid = int(folder.name.rpartition(".")[2])
            if pid not in killed:
                killed.add(pid)
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("times", [1, 2])
def test_a_process_that_is_killed_loses_its_shard_at_most(
    times: int, whole: Path, inputs: list[str], tmp_path: Path
) -> None:
    out, ended = tmp_path / "out", threading.Event()
    killer = threading.Thread(target=kill_whoever_reads, args=(out, "000002", times, ended))
    killer.start()
    try:
        manifest = run(inputs, out, workers=2)
    finally:
        ended.set()
        killer.join()
    assert [lost.shard[:6] for lost in manifest.lost] == ["000002"] * (times == 2)
    if times == 2:
        assert manifest.state == "failed" and "ended (code -9), 2 times" in manifest.lost[0].reason
        assert not manifest.complete and manifest.finished == manifest.shards - 1
        assert run(inputs, out, resume=True).state == "done"
    assert tables(out) == tables(whole) and list(check(out)) == []


def test_after_the_driver_is_killed_it_goes_on(whole: Path, inputs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = (
        "import sys; from reportedly.batch import batch, plan; from reportedly import Limits, Ways; plan.SMALL = 100;"
        f"batch(sys.argv[2:], sys.argv[1], ways=Ways(limits=Limits(bytes=20_000)), workers=1, shard_documents={EACH})"
    )
    driver = subprocess.Popen([sys.executable, "-c", script, str(out), *inputs])
    deadline = time.monotonic() + 300
    while len(list(out.glob("shards/*.json"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.005)
    driver.kill()
    driver.wait()
    finished = set(out.glob("shards/*.json"))
    assert len(finished) >= 2
    before = {p: p.stat().st_mtime_ns for p in finished}
    assert run(inputs, out, resume=True).state == "done"
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert tables(out) == tables(whole) and list(check(out)) == []


def test_a_folder_that_cannot_be_written_ends_the_batch(inputs: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BatchError):
        run(inputs, tmp_path / "file/out")


def test_a_file_that_changes_on_the_way_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(said(1), "utf-8")
    how = How(
        limits=Limits(), text_column=None, all_languages=False, shard_documents=9, version="1", schema=1, models={}
    )
    (shard,) = planned([str(path)], how, tmp_path / "out").shards
    path.write_text(said(2) * 2, "utf-8")
    with Guard() as guard:
        (refused,) = things(guard, shard)
    assert isinstance(refused, Refused) and "changed" in refused.reason


def spoil(out: Path, table: str, change: dict[str, object]) -> None:
    """Change the first row of a table, and its digest in the marker, as if it had been written so."""
    import hashlib

    path = sorted((out / table).glob("0*.parquet"))[0]
    kept = list(rows_of(path))
    kept[0] |= change
    with open_table(path, table) as file:
        file.write_table(pa.Table.from_pylist(kept, SCHEMAS[table]))
    marker: Kept = loaded(marker_of(out, path.stem), Kept)
    name = f"{table}/{path.name}"
    digest = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    files = {
        n: type(w)(table=w.table, digest=digest if n == name else w.digest, bytes=w.bytes, rows=w.rows)
        for n, w in marker.files.items()
    }
    put(
        marker_of(out, path.stem),
        {"type": "Marker", **{f: getattr(marker, f) for f in marker.__struct_fields__}, "files": files},
    )


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        ("documents", {"text": "Something else. " * 20}, "does not say"),
        ("attributions", {"content": [{"start": 0, "end": 3, "text": "xyz"}]}, "does not say"),
        ("attributions", {"content": [{"start": 0, "end": 3, "text": "The b"}]}, "no span"),
        ("attributions", {"speaker": "s-0000000000000000"}, "not there"),
        ("sources", {"document": "d-0000000000000000"}, "not there"),
    ],
)
def test_what_is_wrong_is_found(out: Path, table: str, change: dict[str, object], fault: str) -> None:
    spoil(out, table, change)
    assert any(fault in line for line in check(out))


def test_a_damaged_and_a_missing_file_are_found(out: Path) -> None:
    first, second = sorted((out / "attributions").glob("0*.parquet"))[:2]
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 1
    first.write_bytes(data)
    second.unlink()
    faults = list(check(out))
    assert any(first.name in f and "digest" in f for f in faults) and any(
        second.name in f and "missing" in f for f in faults
    )
    assert cli("batch", "--check", str(out)).exit_code == 1


def test_the_end_of_a_batch_damaged_or_lost_is_found(out: Path) -> None:
    across = out / "copies/across.parquet"
    kept = across.read_bytes()
    across.write_bytes(kept[: len(kept) // 2])
    assert [f.split(":")[0] for f in check(out)] == ["copies/across.parquet"]
    across.write_bytes(kept)
    (out / "left_out/inputs.parquet").unlink()
    assert ["inputs.parquet is missing" in f for f in check(out)] == [True]


@pytest.mark.parametrize("name", ["again", "same_words", "read", "failed", "passed", "sources"])
def test_a_manifest_that_says_other_numbers_is_found(out: Path, name: str) -> None:
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    manifest[name] = {} if isinstance(manifest[name], dict) else manifest[name] + 1
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (fault,) = check(out)
    assert fault.startswith(f"the manifest says {name}: ")


@pytest.mark.parametrize("mixed", [("One",), ("Two", "Three", "One"), ("One", "Two", "One", "Three")])
def test_the_manifest_counts_what_the_views_show(mixed: tuple[str, ...], tmp_path: Path) -> None:
    for name, outlets in (("a", ("One",)), ("b", mixed), ("c", ("Four", "Two"))):
        lines = [json.dumps({"text": said(1), "outlet": outlet}) for outlet in outlets]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    out = tmp_path / "out"
    manifest = batch([str(tmp_path / f"{n}.jsonl") for n in "abc"], out, workers=1, shard_documents=1)
    with Archive(out) as archive:
        kinds = dict(archive.ask("SELECT kind, count(*) FROM copies GROUP BY kind").rows)
        told = [archive.ask(f"SELECT count(*) FROM {t}").rows[0][0] for t in ("documents", "attributions", "sources")]
    assert manifest.again == kinds["again"] and manifest.same_words == kinds["same words"]
    assert told == [manifest.documents, manifest.attributions, manifest.sources]
    assert manifest.documents == len({"One", "Four", "Two", *mixed}) == manifest.same_words + 1
    assert manifest.words == manifest.read * len(said(1).split())
    assert list(check(out)) == []


# Asking


def test_the_views_say_what_they_are_named_for(whole: Path) -> None:
    with Archive(whole) as archive:
        (joan,) = archive.ask(
            "SELECT statements, with_copies, outlets FROM who_is_quoted_most WHERE source = 'Joan Sallis'"
        ).rows
        again = "SELECT s.document FROM readings r JOIN statements s ON s.document = r.read"
        copied = archive.ask(f"{again} WHERE r.document <> r.read AND s.source = 'Joan Sallis'").rows
        assert len(copied) >= 2 and joan[1] == joan[0] + len(copied)  # two reports have the words of another
        assert joan[0] == archive.ask("SELECT count(*) FROM statements WHERE source = 'Joan Sallis'").rows[0][0]
        outlets = {o for (o,) in archive.ask("SELECT outlet FROM unnamed_share_by_outlet").rows}
        assert {"Outlet 0", "Copyist", "Far Copyist"} <= outlets
        months = archive.ask("SELECT month FROM statements_by_month WHERE source = 'Joan Sallis'").rows
        assert [m for (m,) in months] == ["2025-01", "2025-02", "2025-03"]
        ids = archive.ask("SELECT count(*), count(DISTINCT id) FROM documents").rows[0]
        manifest: Manifest = loaded(whole / "manifest.json", Manifest)
        assert ids == (manifest.documents, manifest.documents)
        assert archive.ask("SELECT count(*) FROM readings WHERE document <> read").rows == [(2,)]
        assert set(archive.columns()) >= {"documents", "statements", "left_out"}


def test_outlets_that_printed_a_copy_count_in_their_month(tmp_path: Path) -> None:
    told = (
        ("One", "2025-03-04"),
        ("Two", "2025-03-05"),
        ("Three", "2025-04-01"),
        ("Four", "last Tuesday"),
        ("Five", "March 2025"),
    )
    lines = [json.dumps({"text": said(1), "outlet": outlet, "published": day}) for outlet, day in told]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    batch([str(tmp_path / "a.jsonl")], tmp_path / "out", workers=1)
    joan = "WHERE source = 'Joan Sallis'"
    with Archive(tmp_path / "out") as archive:
        most = f"SELECT statements, with_copies, reports, outlets FROM who_is_quoted_most {joan}"
        assert archive.ask(most).rows == [(2, 10, 5, 5)]
        months = archive.ask(f"SELECT month, statements, outlets FROM statements_by_month {joan}").rows
        assert months == [("2025-03", 2, 2), ("2025-04", 2, 1)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '/etc/passwd'", "SELECT * FROM read_text('/etc/passwd')", "COPY documents TO '/tmp/x.csv'",
        "SET memory_limit = '9GB'", "CREATE TABLE x AS SELECT 1", "SELECT 1; SELECT 2", "ATTACH '/tmp/x.db'", "",
        "INSTALL httpfs", "SELECT * FROM pa", "DELETE FROM every_documents", "SELECT nothing FROM documents",
    ],
)  # fmt: skip
def test_nothing_else_can_be_read_or_written(whole: Path, sql: str) -> None:
    with Archive(whole) as archive, pytest.raises(BatchError):
        archive.ask(sql)


def test_a_question_that_needs_too_much_memory_is_refused(whole: Path) -> None:
    with Archive(whole, memory=50_000_000) as archive, pytest.raises(BatchError, match="--memory"):
        archive.ask("SELECT list(a.i || b.i) FROM range(30000) a(i), range(30000) b(i)")


def test_ask_prints_tables_json_and_csv(whole: Path) -> None:
    sql = "SELECT id, outlet, 1.5 AS x FROM documents ORDER BY shard, number LIMIT 2"
    assert "2 rows" in cli("ask", str(whole), sql).stdout
    lines = [json.loads(line) for line in cli("ask", str(whole), sql, "--json").stdout.splitlines()]
    assert len(lines) == 2 and lines[0]["outlet"] == "Outlet 0"
    assert cli("ask", str(whole), sql, "--csv").stdout.splitlines()[0] == "id,outlet,x"
    assert "who_is_quoted_most" in cli("ask", str(whole)).stdout
    assert cli("ask", str(whole), "SELEC").exit_code == 2
    assert "name the folder given to batch --out" in cli("ask", str(whole.parent / "none"), "SELECT 1").stderr
    assert cli("ask", str(whole), "SELECT '\udce9'").exit_code == 2


def test_ask_loses_no_column_and_prints_bytes_as_digits(whole: Path) -> None:
    sql = "SELECT 1 AS id, 2 AS id, 3 AS id_2, 4 AS id, [{'b': '\\xAB'::BLOB}] AS b"
    row = {"id": 1, "id_3": 2, "id_2": 3, "id_4": 4, "b": [{"b": "ab"}]}
    assert json.loads(cli("ask", str(whole), sql, "--json").stdout) == row
    assert cli("ask", str(whole), sql, "--csv").stdout.splitlines()[0] == ",".join(row)
    assert cli("ask", str(whole), "SELECT '\\xAB'::BLOB AS b", "--csv").stdout == "b\nab\n"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says what is taken")
def test_ask_takes_no_more_memory_than_it_may(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.cli.ask.BESIDE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    before = resource.getrlimit(resource.RLIMIT_AS)
    done = cli("ask", str(whole), "--memory", "400", "SELECT repeat('x', 100000000) FROM range(3)", "--csv")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "raise it with --memory MB" in done.stderr
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_table_ends_where_nobody_reads_on(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.cli.ask.SHOWN", 3)
    done = cli("ask", str(whole), "SELECT range FROM range(1000000000000)")
    assert "3 rows" in done.stdout
    assert done.stderr == "reportedly: … more rows; use --csv or --json for all\n"
    assert cli("ask", str(whole), "SELECT range FROM range(3)").stderr == ""


def test_a_damaged_table_is_no_wrong_use(out: Path) -> None:
    path = sorted((out / "documents").glob("0*.parquet"))[0]
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 300 + data[400:])
    done = cli("ask", str(out), "SELECT * FROM documents", "--csv")
    assert done.exit_code == 1 and "a table of" in done.stderr and "batch --check" in done.stderr
    for sql in ("SELECT 'a'::INT", "SELECT regexp_matches('a', '(')", "SELECT file::INT FROM left_out"):
        assert cli("ask", str(out), sql).exit_code == 2
    path.write_bytes(data[:100])
    done = cli("ask", str(out), "SELECT 1")
    assert done.exit_code == 1 and "batch --check" in done.stderr


def test_of_a_batch_that_is_not_finished_it_is_said(out: Path, tmp_path: Path) -> None:
    asked = "ask", str(out), "SELECT count(*) AS n FROM documents", "--csv"
    added = "add", str(tmp_path / "a.case"), "--from", str(out), "--where", "number = 0"
    assert cli(*asked).stderr == cli(*added).stderr == ""
    (out / "copies/across.parquet").unlink()
    assert "is not finished (copies were not looked for)" in cli(*asked).stderr
    shards = sorted((out / "shards").glob("*.json"))
    shards[0].unlink()
    for done in (cli(*asked), cli(*added)):
        assert done.exit_code == 0 and done.stderr.count("\n") == 1
        assert f"is not finished ({len(shards) - 1} of {len(shards)} shards): " in done.stderr
        assert "--resume" in done.stderr


# Into a case


def test_documents_come_into_a_case_as_they_were_read(whole: Path, inputs: list[str], tmp_path: Path) -> None:
    with Case.open(tmp_path / "a.case", create=True) as case:
        first = list(pulled(case, whole, "outlet IN ('Outlet 0', 'Copyist') OR file LIKE '%.warc.gz' -- these"))
        assert {a.state for a in first} == {"new"}
        reports = {r.document.id: r for r in case.reports()}
        kept = {str(r["id"]): r for r in rows(whole, "documents")}
        for document, report in reports.items():
            assert report.text == kept[document]["text"] and report.attributions
            assert not any("stands for its original" in u.reason for u in report.unread)
            assert case.original(report.document.digest)
        web = next(r for r in reports.values() if r.document.file.endswith(".warc.gz"))
        assert case.original(web.document.digest).startswith(b"<!doctype html>") and web.layout
        spoken = {str(r["id"]) for r in rows(whole, "attributions")}
        copyist = next(r for r in reports.values() if r.document.outlet == "Copyist")
        assert not {a.id for a in copyist.attributions} & spoken  # read now
        assert {a.id for d, r in reports.items() if d != copyist.document.id for a in r.attributions} <= spoken
        assert {a.state for a in pulled(case, whole, "outlet = 'Outlet 0'")} == {"known"}


def test_where_the_inputs_are_gone_the_text_stands_for_them(out: Path, inputs: list[str], tmp_path: Path) -> None:
    for path in out.glob("shards/*.json"):
        path.write_text(path.read_text("utf-8").replace(str(Path(inputs[0]).parent), str(tmp_path / "gone")), "utf-8")
    done = cli("add", str(tmp_path / "a.case"), "--from", str(out), "--where", "number = 0", "--json")
    assert done.exit_code == 0, done.stderr
    assert {json.loads(line)["state"] for line in done.stdout.splitlines()} == {"new"}
    with Case.open(tmp_path / "a.case") as case:
        for report in case.reports():
            assert "stands for its original bytes" in report.unread[-1].reason
            assert case.original(report.document.digest).decode() == report.text


def test_wrong_conditions_and_uses(out: Path, tmp_path: Path) -> None:
    case = str(tmp_path / "a.case")
    assert cli("add", case, "--from", str(out), "--where", "nothing = 1").exit_code == 2
    done = cli("add", case, "--from", str(out), "--where", " ")
    assert done.exit_code == 2 and "a condition is wanted" in done.stderr
    assert cli("add", case, "--from", str(out), "--where", "title = '\udce9'").exit_code == 2
    assert cli("add", case, "--from", str(out)).exit_code == 2
    assert cli("add", case).exit_code == 2
    assert cli("batch", "--out", str(out)).exit_code == 2
    for more in (["x"], ["--json"], ["--resume"], ["--workers", "2"], ["--exclude", "*.csv"], ["--out", "x"]):
        done = cli("batch", "--check", str(out), *more)
        assert done.exit_code == 2 and "--check DIR goes alone" in done.stderr
    assert cli("batch", "--check", str(out)).exit_code == 0
    assert cli("batch", "x", "--out", str(out), "--address", "auto").exit_code == 2
    assert cli("batch", "x", "--out", str(out)).exit_code == 2


def test_the_command_prints_counts_or_the_manifest(inputs: list[str], tmp_path: Path) -> None:
    small = str(Path(inputs[2]) / "1.txt")
    done = cli("batch", small, "--out", str(tmp_path / "a"), "--workers", "1")
    assert done.exit_code == 0 and "1 documents, 1 read" in done.stdout
    done = cli("batch", small, inputs[2] + "/none", "--out", str(tmp_path / "b"), "--json", "--workers", "1")
    assert done.exit_code == 1 and json.loads(done.stdout)["read"] == 1
    assert json.loads(done.stdout)["schema"] == SCHEMA and json.loads(done.stdout)["models"] == models()
    assert "No such file" in done.stderr


def test_reasons_are_counted_without_their_numbers() -> None:
    assert counted("12 images passed over", "passed over") == ("images", 12)
    assert counted("rows without text: 3", "passed over") == ("rows without text", 3)
    for one, more in (
        ("image", "images"),
        ("row without text", "rows without text"),
        ("entry with neither text nor address", "entries with neither text nor address"),
        ("note by and for crawlers", "notes by and for crawlers"),
        ("file of the web archive's own", "files of the web archive's own"),
    ):
        assert counted(f"1 {one} passed over", "passed over") == (more, 1)
        assert counted(f"2 {more} passed over", "passed over") == (more, 2)
    assert counted("damaged behind the record at byte 17", "failed") == ("damaged behind the record at byte …", 1)
