"""What comparing costs as a case grows: `python -m benchmarks.growth [--write]`, one thread.

Cases of 30, 100 and 300 reports (FNC-1 bodies, in the order of the file). Measured are the seconds of comparing after
reading, then of comparing again with one report more, and the claims. `--write` puts table and plot into docs.
Ends with 1 where 100 reports take more than 120 seconds or the 101st more than 5.
"""

import argparse
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"

from reportedly import Case, pipeline  # noqa: E402

from . import corpora  # noqa: E402
from .tables import DOCS, put  # noqa: E402

SIZES = (30, 100, 300)
MOST_SECONDS, MOST_FOR_ONE_MORE = 120, 5


class Cost(NamedTuple):
    """Of a case: reports, claims, seconds to compare it, seconds with one report more."""

    reports: int
    claims: int
    all: float
    more: float


def cost(texts: list[str]) -> Cost:
    """Of a case of all texts but the last, which is the one more."""
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "grow.case", create=True) as case:
        files = [(t.encode(), f"{n}.txt") for n, t in enumerate(texts)]
        for _ in pipeline.add(case, files[:-1]):
            pass
        began = time.perf_counter()
        brief = pipeline.compare(case)
        middle = time.perf_counter()
        for _ in pipeline.add(case, files[-1:]):
            pass
        added = time.perf_counter()
        pipeline.compare(case)
        return Cost(len(texts) - 1, len(brief.claims), middle - began, time.perf_counter() - added)


def plot(costs: list[Cost]) -> str:
    """Seconds over reports, as SVG."""
    width, height, left, low = 560, 300, 60, 250
    most = max(c.all for c in costs) * 1.1
    wide = max(c.reports for c in costs) * 1.05

    def at(reports: float, seconds: float) -> tuple[float, float]:
        return left + reports / wide * (width - left - 20), low - seconds / most * (low - 20)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<path d="M{left} 15V{low}H{width - 10}" fill="none" stroke="#444"/>',
        f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">reports in the case</text>',
        f'<text transform="translate(16 {low / 2}) rotate(-90)" text-anchor="middle">seconds</text>',
    ]
    for name, values, dash in (
        ("comparing the case", [c.all for c in costs], ""),
        ("with one report more", [c.more for c in costs], ' stroke-dasharray="6 4"'),
    ):
        points = [at(c.reports, v) for c, v in zip(costs, values, strict=True)]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="#1a4f76" stroke-width="2"{dash}/>')
        for (x, y), v in zip(points, values, strict=True):
            out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="#1a4f76"/>')
            out.append(f'<text x="{x - 6:.0f}" y="{y - 9:.0f}" text-anchor="end">{v:.1f}</text>')
        x, y = points[-1]
        out.append(f'<text x="{x:.0f}" y="{y + 20:.0f}" text-anchor="end" fill="#1a4f76">{name}</text>')
    for c in costs:
        x, _ = at(c.reports, 0)
        out.append(f'<text x="{x:.0f}" y="{low + 18}" text-anchor="middle">{c.reports}</text>')
    return "\n".join([*out, "</svg>", ""])


def main() -> None:
    """Measure, print, compare with the limits."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--write", action="store_true", help="put table and plot into docs")
    a = ap.parse_args()
    path = a.corpora / "relations/fnc1_train_bodies.jsonl"
    if not path.exists():
        print(f"skipped: no corpora at {a.corpora.resolve()}")
        return
    texts = [r["text"] for r in islice(corpora.rows(path), max(SIZES) + 1)]
    lines = ["| reports | claims | seconds to compare | with one report more |", "|---:|---:|---:|---:|"]
    costs = []
    for n in SIZES:
        costs.append(cost(texts[: n + 1]))
        c = costs[-1]
        lines.append(f"| {c.reports} | {c.claims:,} | {c.all:.1f} | {c.more:.1f} |")
        print(lines[-1], flush=True)
    if a.write:
        put("comparing.md", "growth", "\n".join(lines))
        (DOCS / "growth.svg").write_text(plot(costs), "utf-8")
    slow = [c for c in costs if c.reports == 100 and (c.all > MOST_SECONDS or c.more > MOST_FOR_ONE_MORE)]
    if slow:
        sys.exit(f"too slow: {slow[0]}")


if __name__ == "__main__":
    main()
