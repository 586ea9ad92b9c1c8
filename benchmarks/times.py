"""How well the times that a text names are found and valued, each measure once. Percentages.

Gold: the DATE and TIME expressions of TempEval-3's training part (`time/tempeval3_tbaq.jsonl`), reckoned from each
document's own date. Its values are read as days: 1989-Q3 is July to September, T07:40 and TMO are told by their day.
The rules were written looking at one half of the documents; the other half is held.

extent      F1 of spans that overlap (TempEval's relaxed match); gold are all expressions
placed      recall of the expressions whose gold value is a stretch of the calendar: not PAST_REF, 1989-WXX, P1Y
value       of the placed ones that were found, how many have gold's first and last day
overlap     of the same, how many have a day in common with gold's value
strict      extent's F1 where a span is right only if it overlaps and its value is gold's (TempEval's "value F1")

`python -m benchmarks.times --corpora ../shared/corpora` prints them; `--errors` lists what was wrong in the open half.
"""

import argparse
import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from reportedly.times import Time, times_in

from . import corpora

FILE = "time/tempeval3_tbaq.jsonl"
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Figures(NamedTuple):
    """Of a half; times: how many gold expressions it has."""

    extent: float
    precision: float
    recall: float
    placed: float
    value: float
    overlap: float
    strict: float
    times: int


class Miss(NamedTuple):
    """What was wrong: gold's words and value, and ours; either is empty where there is none."""

    document: str
    published: str
    gold: str
    ours: str
    around: str


def held(document: str) -> bool:
    """Whether a document belongs to the half that no rule was written for."""
    return hashlib.sha256(document.encode()).digest()[0] % 2 == 1


def days(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 value; None where it is no stretch of the calendar."""
    value = value.partition("T")[0]
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            day = date.fromisoformat(value)
            return day, day
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
            return monday + timedelta(5 if m[3] else 0), monday + timedelta(6)
        if m := re.fullmatch(r"(\d{4})-(\d\d|Q[1-4]|H[12]|SP|SU|FA|WI)", value):
            part = m[2]
            months = 3 if part[0] in "QSFW" else 6 if part[0] == "H" else 1
            month = _SEASONS.get(part) or (months * (int(part[1]) - 1) + 1 if part[0] in "QH" else int(part))
            year, after = divmod(int(m[1]) * 12 + month - 1 + months, 12)
            return date(int(m[1]), month, 1), date(year, after + 1, 1) - timedelta(1)
        if re.fullmatch(r"\d{2,4}", value):
            years = 10 ** (4 - len(value))
            first = int(value) * years
            return date(first, 1, 1), date(first + years - 1, 12, 31)
    except ValueError:
        pass
    return None


def _overlap(gold: dict[str, Any], ours: Time) -> bool:
    return bool(ours.start < gold["end"] and gold["start"] < ours.end)


def _read(path: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], list[Time]]]:
    """Each document with the gold times and ours."""
    for row in corpora.rows(path / FILE):
        gold = [t for t in row["timexes"] if t["type"] in ("DATE", "TIME")]
        yield row, gold, times_in(row["text"], row["dct"])


def figures(path: Path, *, of_held: bool) -> Figures:
    """The figures of a half; path: the folder of the corpora."""
    n = dict.fromkeys(("gold", "ours", "found", "right", "placed", "met", "value", "overlap"), 0)
    for row, gold, ours in _read(path):
        if held(row["id"]) != of_held:
            continue
        n["gold"] += len(gold)
        n["ours"] += len(ours)
        n["right"] += sum(any(_overlap(g, t) for g in gold) for t in ours)
        for g in gold:
            met = [t for t in ours if _overlap(g, t)]
            n["found"] += bool(met)
            value = days(g["value"])
            if value is None:
                continue
            n["placed"] += 1
            n["met"] += bool(met)
            n["value"] += any((t.first, t.last) == value for t in met)
            n["overlap"] += any(t.first <= value[1] and value[0] <= t.last for t in met)
    return Figures(
        _f1(n["right"] / max(1, n["ours"]), n["found"] / max(1, n["gold"])),
        100 * n["right"] / max(1, n["ours"]),
        100 * n["found"] / max(1, n["gold"]),
        100 * n["met"] / max(1, n["placed"]),
        100 * n["value"] / max(1, n["met"]),
        100 * n["overlap"] / max(1, n["met"]),
        _f1(n["value"] / max(1, n["ours"]), n["value"] / max(1, n["gold"])),
        n["gold"],
    )


def _f1(precision: float, recall: float) -> float:
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def misses(path: Path) -> Iterator[Miss]:
    """What was missed, invented or given another value in the open half."""
    for row, gold, ours in _read(path):
        if held(row["id"]):
            continue
        for g in gold:
            met = [t for t in ours if _overlap(g, t)]
            value = days(g["value"])
            if value and not any((t.first, t.last) == value for t in met):
                told = "; ".join(f"{t.text} {t.first} {t.last}" for t in met)
                around = row["text"][max(0, g["start"] - 50) : g["end"] + 30]
                yield Miss(row["id"], row["dct"], f"{g['surface']} {g['value']}", told, " ".join(around.split()))
        for t in ours:
            if not any(_overlap(g, t) for g in gold):
                around = row["text"][max(0, t.start - 50) : t.end + 30]
                yield Miss(row["id"], row["dct"], "", f"{t.text} {t.first} {t.last}", " ".join(around.split()))


def main() -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description="Times found and valued, against TempEval-3's training part.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--errors", action="store_true", help="list what was wrong in the open half")
    options = parser.parse_args()
    for name, of_held in (("open half", False), ("held half", True)):
        told = figures(options.corpora, of_held=of_held)
        print(name, *(f"{k} {v:.1f}" if isinstance(v, float) else f"{k} {v}" for k, v in told._asdict().items()))
    for miss in misses(options.corpora) if options.errors else ():
        print(*miss, sep="\t")


if __name__ == "__main__":
    main()
