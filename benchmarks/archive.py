"""An archive of reports, read: words per CPU second end to end beside the bare reader, one process beside two, Ray
beside processes of this machine, and the memory each needs: `python -m benchmarks.archive` (see --help).

The documents are made of the paragraphs of our own texts (`articles.txt`, `demo/*.txt`): about 600 words each, drawn
with a seed, every number in them changed, so that no two are the same. Wall-clock figures mean something only on a
machine that does nothing else.
"""

import argparse
import ctypes
import gzip
import json
import os
import random
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"

from reportedly import pipeline  # noqa: E402
from reportedly.batch import Manifest, batch, check  # noqa: E402
from reportedly.batch.copies import across  # noqa: E402
from reportedly.batch.plan import How, planned  # noqa: E402
from reportedly.batch.step import models, peak, read_shard  # noqa: E402
from reportedly.batch.tables import SCHEMA  # noqa: E402
from reportedly.ingest import Ingested, Limits  # noqa: E402
from reportedly.reader import default_reader  # noqa: E402
from reportedly.records import Attribution, Document, Report  # noqa: E402

WORDS = 600
_SUBREAPER = 36  # Linux: orphans become children of this process
_LIMITS = Limits(members=10**9, unpacked=10**14)
_NUMBER = re.compile(r"\d+")


def paragraphs() -> list[str]:
    """Those of our own texts that are more than a line."""
    here = Path(__file__).parent
    texts = [p.read_text("utf-8") for p in (here / "articles.txt", *sorted((here.parent / "demo").glob("*.txt")))]
    return [p.strip() for text in texts for p in re.split(r"\n\s*\n", text) if len(p.split()) > 20]


def reports(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many reports, as rows."""
    rng, known = random.Random(seed), paragraphs()
    for n in range(count):
        chosen: list[str] = []
        size = 0
        while size < WORDS:
            paragraph = _NUMBER.sub(lambda m: str(rng.randrange(10 ** len(m[0]))), rng.choice(known))
            chosen.append(paragraph)
            size += len(paragraph.split())
        yield {
            "id": f"n{n}",
            "title": f"Report {n}",
            "outlet": f"The Outlet {n % 40}",
            "published": f"2025-{1 + n % 12:02}-{1 + n % 28:02}",
            "url": f"https://outlet{n % 40}.example/{n}",
            "text": "\n\n".join(chosen),
        }


def write_jsonl(path: Path, count: int) -> None:
    """The reports as lines of JSON."""
    with path.open("w", encoding="utf-8") as out:
        for row in reports(count):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_warc(path: Path, count: int) -> None:
    """The reports as pages in a web archive, each packed for itself, with what stands around an article on most
    pages."""
    around = "".join(f'<li><a href="/{n}">Section number {n}</a></li>' for n in range(40))
    with path.open("wb") as out:
        for row in reports(count):
            body = "".join(f"<p>{p}</p>\n" for p in row["text"].split("\n\n"))
            page = (
                f"<!doctype html><html lang=en><head><title>{row['title']}</title>"
                f'<meta property="og:site_name" content="{row["outlet"]}">'
                f'<meta property="article:published_time" content="{row["published"]}"></head><body><nav><ul>{around}'
                f"</ul></nav><article><h1>{row['title']}</h1>\n{body}</article><footer>{around}</footer></body></html>"
            ).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            header = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{row['id']:0>32}>\r\n"
                f"WARC-Date: 2025-03-04T08:00:00Z\r\nWARC-Target-URI: {row['url']}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            out.write(gzip.compress(header.encode() + http + b"\r\n\r\n", 6))


def bare(count: int) -> dict[str, float]:
    """Words per CPU second of the reader alone, and with sources resolved, on the first reports in memory."""
    documents = [Document.of(row["text"], title=row["title"], outlet=row["outlet"]) for row in reports(count)]
    words = sum(len(d.text.split()) for d in documents)
    pipeline.attribute(Ingested(documents[0]))
    out: dict[str, float] = {}
    for name, work in (
        ("reader alone", lambda d: default_reader().read(d)),
        ("reader and sources", lambda d: pipeline.attribute(Ingested(d))),
    ):
        began = time.process_time()
        for document in documents:
            work(document)
        out[name] = words / (time.process_time() - began)
    return out


def all_gone(within: float = 30.0) -> None:
    """Wait for what was started and left alone (a Ray ends in its own time), so that its CPU time is counted."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.1)
        except ChildProcessError:
            return


def end_to_end(path: Path, workers: int, engine: Any, shard: int) -> tuple[Manifest, float, float]:
    """The manifest of a batch, its seconds by the clock, and the CPU seconds of everything it started."""
    out = Path(tempfile.mkdtemp(dir=path.parent))
    before = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    began = time.monotonic()
    manifest = batch([path], out, workers=workers, engine=engine, shard_documents=shard)
    seconds = time.monotonic() - began
    all_gone()
    after = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    cpu = (
        after[1]
        - before[1]
        + sum(getattr(after[0], name) - getattr(before[0], name) for name in ("ru_utime", "ru_stime"))
    )
    faults = list(check(out)) if manifest.documents <= 10_000 else []
    if faults or not manifest.complete:
        raise ValueError(f"{faults[:3]} {manifest.failed} {manifest.lost}")
    shutil.rmtree(out)
    return manifest, seconds, cpu


def machinery(path: Path) -> None:
    """Everything but the models: in one process, each report gets the attributions of another one, moved to its own
    words, so that what is measured is looking through, unpacking, writing, and finding copies."""
    pattern = pipeline.attribute(Ingested(Document.of(next(reports(1))["text"])))
    lengths = [len(s.text) for a in pattern.attributions for s in a.content]

    def stub(ingested: Ingested, progress: object = None) -> Report:
        document = ingested.document
        text, at, made = document.text, 0, []
        for length in lengths:
            at = at if at + length + 9 < len(text) else 0
            content, cue = document.span(at, at + length), document.span(at + length, at + length + 4)
            made.append(Attribution.of(document, (cue,), (), (content,)))
            at += length // 2 + 1
        return Report(document, tuple({a.id: a for a in made}.values()), (), ingested.unread, ingested.assumed)

    how = How(
        limits=_LIMITS, text_column=None, all_languages=False, shard_documents=500, version="0", schema=SCHEMA,
        models=models(),
    )  # fmt: skip
    out = Path(tempfile.mkdtemp(dir=path.parent))
    whole, kept = time.process_time(), pipeline.attribute
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    plan = planned([path], how, out)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    looked = time.process_time() - whole + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pipeline.attribute = stub
    done = []
    for n, shard in enumerate(plan.shards, 1):
        done.append(read_shard(shard, how, out))
        if n in (len(plan.shards) // 10, len(plan.shards) // 2, len(plan.shards)):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            print(f"  {n} shards: {pages * resource.getpagesize() / 1e6:,.0f} MB", flush=True)
    pipeline.attribute = kept
    read = sum(m.cpu_seconds for m in done)
    began = time.process_time()
    found = across(out, done)
    mapped = time.process_time() - began
    words = sum(m.words for m in done)
    size = sum(p.stat().st_size for p in out.glob("*/*.parquet"))
    print(
        f"  {words:,} words; looking through {looked:,.1f} CPU s, reading and writing {read:,.1f} "
        f"({words / (read + looked):,.0f} words per CPU s), copies {mapped:,.1f} ({found.again} again, "
        f"{found.same_words} same); "
        f"peak {peak() / 1e6:,.0f} MB; {size / 1e6:,.0f} MB written of {path.stat().st_size / 1e6:,.0f} MB read"
    )
    shutil.rmtree(out)


def main() -> None:
    """Measure."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--documents", type=int, nargs="+", default=[1_000])
    ap.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    ap.add_argument("--formats", nargs="+", choices=("jsonl", "warc"), default=["jsonl", "warc"])
    ap.add_argument("--engines", nargs="+", choices=("local", "ray"), default=["local"])
    ap.add_argument("--bare", type=int, default=100, help="documents that the reader reads alone; 0: none")
    ap.add_argument("--shard-documents", type=int, default=500)
    ap.add_argument("--machinery", action="store_true", help="everything but the models, instead")
    a = ap.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    if a.machinery:
        with tempfile.TemporaryDirectory() as folder:
            for count in a.documents:
                for form in a.formats:
                    path = Path(folder, f"{count}.{form}")
                    (write_jsonl if form == "jsonl" else write_warc)(path, count)
                    print(f"{count:,} documents from {form}, without the models", flush=True)
                    machinery(path)
                    path.unlink()
        return
    if a.bare:
        for what, rate in bare(a.bare).items():
            print(f"{what}: {rate:,.0f} words per CPU second ({a.bare} documents)", flush=True)
    print("| documents | from | engine | processes | words per CPU s | words per s | CPU s of all | s | peak MB |")
    print("|---:|---|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for count in a.documents:
            for form in a.formats:
                path = Path(folder, f"{count}.{form}")
                (write_jsonl if form == "jsonl" else write_warc)(path, count)
                for engine in a.engines:
                    for workers in a.workers:
                        m, seconds, cpu = end_to_end(path, workers, engine, a.shard_documents)
                        print(
                            f"| {count:,} | {form} | {engine} | {workers} | {m.words / m.cpu_seconds:,.0f} "
                            f"| {m.words / seconds:,.0f} | {cpu:,.0f} | {seconds:,.0f} | {m.peak / 1e6:,.0f} |",
                            flush=True,
                        )


if __name__ == "__main__":
    main()
