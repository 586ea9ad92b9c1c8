"""`reportedly relate`: how the two texts of each pair stand to each other."""

import codecs
import sys
from pathlib import Path

import click
import msgspec

from reportedly import relating
from reportedly.intake import NAMELESS
from reportedly.pipeline import why
from reportedly.relating import Side
from reportedly.relations import LABELS
from reportedly.terminal import progress_over, say

from .output import ending, put

PAIRS_AT_ONCE = 500
FIELDS = Side.__struct_fields__


class PairRow(msgspec.Struct):
    """A line that `relate` takes."""

    id: str | int
    a: Side
    b: Side


class Keys(msgspec.Struct):
    """The names in the two sides of a line."""

    a: dict[str, msgspec.Raw]
    b: dict[str, msgspec.Raw]


@click.command(short_help="Judge how the two texts of each pair stand to each other.")
@click.argument("pairs", metavar="PAIRS.jsonl")
def relate(pairs: str) -> None:
    """Judge how the two texts of each pair stand to each other, a line of JSON each (- for standard input).

    A line holds {"id", "a": {"text", "source", "cue", "context", "doc", "date", "title"}, "b": {...}}; all but id and
    texts may be missing, and a text may be a claim or a whole report. source, cue: who says it, by which words;
    context: the text around it; doc: a name of its report, the same for two texts of one; date, title: of its report
    (figures of different days do not dispute each other). Other fields of a line are passed over, and those of a and b
    are warned about.

    Printed are {"id", "kind", "scores"}: supports, disputes, related or unrelated, and the probability of each. Of the
    disputes told between claims about one in five is right."""
    if not pairs:
        raise click.UsageError(NAMELESS)
    failed = 0
    unknown: set[str] = set()
    try:
        data = sys.stdin.buffer.read() if pairs == "-" else Path(pairs).read_bytes()
        lines = data.removeprefix(codecs.BOM_UTF8).splitlines()
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
                    rows.append(pair_in(line))
                except (msgspec.DecodeError, UnicodeDecodeError) as e:
                    failed += 1
                    say(pairs, f"line {n} is no pair: {e}")
                    continue
                for name in sorted(strange_in(line) - unknown):
                    say(pairs, f"warning: line {n}: {name!r} is not read; a and b have {', '.join(FIELDS)}")
                    unknown.add(name)
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


def pair_in(line: bytes) -> PairRow:
    """The pair in a line. msgspec.DecodeError where it holds none."""
    row = msgspec.json.decode(line, type=PairRow)
    for name, side in (("a", row.a), ("b", row.b)):
        if not any(map(str.isalnum, side.text)):
            raise msgspec.ValidationError(f"the text of {name} has no words")
    return row


def strange_in(line: bytes) -> set[str]:
    """The names in the sides of a line that are no fields of a side."""
    keys = msgspec.json.decode(line, type=Keys)
    return {*keys.a, *keys.b} - set(FIELDS)


def judgements(rows: list[PairRow]) -> list[tuple[str, tuple[float, ...]] | Exception]:
    """How the texts of each row stand to each other; where all together cannot be judged, each alone."""
    try:
        return list(relating.relate([(r.a, r.b) for r in rows]))
    except Exception as e:  # whatever one pair does to us, the others are still judged
        return [e] if len(rows) == 1 else [x for r in rows for x in judgements([r])]
