"""`reportedly relate`: how the two texts of each pair stand to each other."""

import sys
from pathlib import Path

import click
import msgspec

from reportedly import relating
from reportedly.pipeline import why
from reportedly.relating import Statement
from reportedly.relations import LABELS
from reportedly.terminal import progress_over, say

from .output import ending, put

PAIRS_AT_ONCE = 500


class PairRow(msgspec.Struct):
    """A line that `relate` takes."""

    id: str | int
    a: Statement
    b: Statement


@click.command(short_help="Judge how the two texts of each pair stand to each other.")
@click.argument("pairs", metavar="PAIRS.jsonl")
def relate(pairs: str) -> None:
    """Judge how the two texts of each pair stand to each other, a line of JSON each (- for standard input).

    A line holds {"id", "a": {"text", "source", "cue", "context"}, "b": {...}}; all but id and texts may be missing,
    and a text may be a claim or a whole report. Printed are {"id", "kind", "scores"}: supports, disputes, related or
    unrelated, and the probability of each. Of the disputes told between claims about one in five is right."""
    failed = 0
    try:
        lines = (sys.stdin.buffer.read() if pairs == "-" else Path(pairs).read_bytes()).splitlines()
    except Exception as e:  # whatever is wrong with it, it is told in a line
        say(pairs, why(e))
        sys.exit(1)
    with ending(), progress_over(len(lines), hidden=sys.stdout.isatty(), what="judging") as show:
        for low in range(0, len(lines), PAIRS_AT_ONCE):
            rows: list[PairRow] = []
            for n, line in enumerate(lines[low : low + PAIRS_AT_ONCE], low + 1):
                if not line.strip():
                    continue
                try:
                    rows.append(msgspec.json.decode(line, type=PairRow))
                except (msgspec.DecodeError, UnicodeDecodeError) as e:
                    failed += 1
                    say(pairs, f"line {n} is no pair: {e}")
            for row, judged in zip(rows, judgements(rows), strict=True):
                if isinstance(judged, Exception):
                    failed += 1
                    say(pairs, f"pair {row.id} {why(judged)}")
                else:
                    put({"id": row.id, "kind": judged[0], "scores": dict(zip(LABELS, judged[1], strict=True))})
            show(min(low + PAIRS_AT_ONCE, len(lines)))
    if not any(map(bytes.strip, lines)):
        say(pairs, "holds no pairs")
    if failed:
        sys.exit(1)


def judgements(rows: list[PairRow]) -> list[tuple[str, tuple[float, ...]] | Exception]:
    """How the texts of each row stand to each other; where all together cannot be judged, each alone."""
    try:
        return list(relating.relate([(r.a, r.b) for r in rows]))
    except Exception as e:  # whatever one pair does to us, the others are still judged
        return [e] if len(rows) == 1 else [x for r in rows for x in judgements([r])]
