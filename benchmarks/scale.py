"""Which of many reports share anything: seconds and memory at 1,000, 10,000 and 100,000 reports of 600 words, and what
MinHash makes of the same: `make scale`.

Every measurement runs in a process of its own, on one thread. A twentieth of the reports derive from an earlier one: a
stretch of 30 to 600 of its words, a fifth of them changed, among words of their own. Recall is over these. The peers
index 5-word shingles with 128 permutations and look up everything above a Jaccard similarity of .2 (datasketch) or with
64 bands of two rows (rensa, the fastest MinHash we know of). Ends with 1 where 100,000 reports take us more than 600
seconds or 4 GB, or where we find fewer than the peers. `--write` puts the table into docs/origins.md.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np

from .tables import put

WORDS, VOCABULARY, DERIVED, CHANGED = 600, 40_000, 0.05, 0.2
MOST_SECONDS, MOST_GIGABYTES = 600, 4.0
NAMES = {"ours": "**Reportedly**, shared fingerprints", "rensa": "MinHash, rensa", "datasketch": "MinHash, datasketch"}


def reports(count: int, seed: int = 0) -> Iterator[tuple[str, int | None]]:
    """So many texts, each with the number of the earlier one that it derives from."""
    rng = np.random.default_rng(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on", "ul")]
    words = ["".join(rng.choice(syllables, rng.integers(1, 5))) for _ in range(VOCABULARY)]
    chances = 1 / (np.arange(VOCABULARY) + 2.7)  # as words are spread in any language (Zipf)
    chances /= chances.sum()
    kept: list[np.ndarray] = []
    for n in range(count):
        text = rng.choice(VOCABULARY, WORDS, p=chances)
        parent = None
        if kept and rng.random() < DERIVED:
            which = int(rng.integers(len(kept)))
            parent, taken = which * 10, int(rng.integers(30, WORDS))
            start = int(rng.integers(0, WORDS - taken))
            stretch = kept[which][start : start + taken].copy()
            change = rng.random(taken) < CHANGED
            stretch[change] = rng.choice(VOCABULARY, int(change.sum()), p=chances)
            text = np.concatenate((text[: WORDS - taken], stretch))
        if n % 10 == 0:
            kept.append(text)
        yield " ".join(words[w] for w in text), parent


def ours(texts: Iterator[str]) -> set[tuple[int, int]]:
    """The pairs we would look at."""
    from reportedly.reuse import candidates, numbers_of

    return set(candidates(map(numbers_of, texts)))


def shingles(text: str) -> set[str]:
    """Every five words in a row."""
    words = text.split()
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}


def rensa(texts: Iterator[str]) -> set[tuple[int, int]]:
    """The pairs that rensa's index gives."""
    from rensa import RMinHash, RMinHashLSH

    index, found = RMinHashLSH(threshold=0.2, num_perm=128, num_bands=64), set()
    for n, text in enumerate(texts):
        m = RMinHash(num_perm=128, seed=1)
        m.update(list(shingles(text)))
        found |= {(k, n) for k in index.query(m)}
        index.insert(n, m)
    return found


def datasketch(texts: Iterator[str]) -> set[tuple[int, int]]:
    """The pairs that datasketch's index gives."""
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=0.2, num_perm=128), set()
    for n, text in enumerate(texts):
        m = MinHash(num_perm=128)
        m.update_batch([s.encode() for s in shingles(text)])
        found |= {(int(k), n) for k in index.query(m)}
        index.insert(str(n), m)
    return found


def one(way: str, count: int) -> dict[str, float]:
    """Seconds (making the texts left out), megabytes, and per cent of the derived pairs found."""
    import os

    for name in ("OMP_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ[name] = "1"
    true: set[tuple[int, int]] = set()
    making = 0.0

    def texts() -> Iterator[str]:
        nonlocal making
        made = reports(count)
        for n in range(count):
            began = time.perf_counter()
            text, parent = next(made)
            making += time.perf_counter() - began
            if parent is not None:
                true.add((parent, n))
            yield text

    began = time.perf_counter()
    found = {"ours": ours, "rensa": rensa, "datasketch": datasketch}[way](texts())
    seconds = time.perf_counter() - began - making
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "found": 100 * len(true & found) / max(1, len(true)),
        "pairs": len(found),
        "true": len(true),
    }


def main() -> None:
    """Measure each way at each size, print the table, compare with the limits."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--most", type=int, default=100_000)
    ap.add_argument("--one", nargs=2, metavar=("WAY", "COUNT"), help="measure one in this process, as JSON")
    ap.add_argument("--write", action="store_true", help="put the table into docs/origins.md")
    a = ap.parse_args()
    if a.one:
        print(json.dumps(one(a.one[0], int(a.one[1]))))
        return
    lines = ["| | reports | seconds | MB | derived pairs found | pairs to align |", "|---|---:|---:|---:|---:|---:|"]
    failed = []
    for count in (n for n in (1_000, 10_000, 100_000) if n <= a.most):
        recall: dict[str, float] = {}
        for way in NAMES:
            if way == "datasketch" and count > 10_000:
                continue  # over an hour
            run = subprocess.run(
                [sys.executable, "-m", "benchmarks.scale", "--one", way, str(count)], capture_output=True
            )
            if run.returncode:
                print(f"{way} is not measured: {run.stderr.decode().strip().splitlines()[-1]}", file=sys.stderr)
                continue
            m = json.loads(run.stdout)
            recall[way] = m["found"]
            lines.append(
                f"| {NAMES[way]} | {count:,} | {m['seconds']:.1f} | {m['megabytes']:.0f} "
                f"| {m['found']:.1f} % of {m['true']} | {m['pairs']:,} |"
            )
            print(lines[-1], flush=True)
            if way == "ours" and (m["seconds"] > MOST_SECONDS or m["megabytes"] > 1000 * MOST_GIGABYTES):
                failed.append(f"{count} reports: {m['seconds']:.0f} s, {m['megabytes']:.0f} MB")
        failed += [f"{count} reports: {w} finds more than we do" for w in recall if recall[w] > recall["ours"]]
    if a.write:
        put("origins.md", "scale", "\n".join(lines))
    for line in failed:
        print(line, file=sys.stderr)
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
