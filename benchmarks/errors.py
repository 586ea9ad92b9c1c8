"""What the reader gets wrong, by kind, with examples to read: `python -m benchmarks.errors CORPUS.jsonl [--show 100]`.

missed          no attribution of ours shares a word of its cue
content         ours has the cue, but its content overlaps by less than half
source          ours has cue and content, but another source (or one where there is none, or none where there is one)
taken           ours has all that, and is paired with another gold attribution
invented        ours has a cue that shares no word with any gold cue
"""

import argparse
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import reportedly
from reportedly import Report

from . import corpora, score

WHAT = {
    "missed": "most have cues that are not verbs of saying: nouns (*the outlook*, *an agreement to*), acts (*lifted "
    "the curfew*, *chanting*, *vied for*), the dash before a letter writer's name; a few are plain speech (*he said "
    "...*) between other claims",
    "invented": "half are attributions that a reader would accept but the annotator did not mark (*complained that he "
    "paid ...*, *supported*, *his commitment to*); the rest are acts, and verbs of having or giving",
    "content": "a clause too many or too few at the end (*... while at the convention*), a list cut short, the next "
    "sentence of the same quotation left out",
    "source": "a source where the annotator marks none (*some say*, passives), or the source of the attribution next "
    "to it",
    "taken": "another attribution with the same words is paired with the annotator's",
}


def quotes_of(report: Report, nested: bool) -> list[tuple[float, score.Quote]]:
    """(confidence, spans by role) of a report's attributions; without `nested` only the outermost."""
    return [
        (a.confidence, {r: [(s.start, s.end) for s in getattr(a, r)] for r in score.ROLES})
        for a in report.attributions
        if nested or a.within is None
    ]


def kinds(path: Path, nested: bool) -> Counter[str]:
    """How many errors of each kind there are in a corpus."""
    return Counter(kind for article in corpora.attributions(path) for kind, _ in errors(article, nested))


def table(counts: Mapping[str, int]) -> str:
    """The share of each kind of error and what they are, as Markdown."""
    whole = sum(counts.values())
    rows = sorted(counts.items(), key=lambda x: -x[1])
    lines = [f"| {kind} | {100 * n / whole:.0f} % | {WHAT[kind]} |" for kind, n in rows if 200 * n >= whole]
    return "\n".join(["| kind | share | what they are |", "|---|---:|---|", *lines])


def errors(article: corpora.Labelled, nested: bool) -> list[tuple[str, str]]:
    """(kind, a line to read) of every error in an article."""
    text = article.text
    quotes = [q for _, q in quotes_of(reportedly.read(text), nested)]
    tokens = score.Tokens(text)
    right = score.matches(text, quotes, article.gold)

    def shown(quote: score.Quote) -> str:
        parts = (" … ".join(text[s:e] for s, e in quote[r]) for r in score.ROLES)
        return " | ".join(" ".join(p.split())[:160] for p in parts)

    mine, theirs = score.prepare(tokens, quotes), score.prepare(tokens, article.gold)
    out = []
    for j, gold in enumerate(theirs):
        if j in right.values() or not gold.tokens["content"]:
            continue
        ours = [i for i, p in enumerate(mine) if p.tokens["cue"] & gold.tokens["cue"]]
        alike = [i for i in ours if score.same_content(mine[i], gold)]
        if not ours:
            kind = "missed"
        elif not alike:
            kind = "content"
        else:
            kind = "taken" if any(score.same_source(mine[i], gold) for i in alike) else "source"
        lines = [f"gold  {shown(article.gold[j])}", *(f"ours  {shown(quotes[i])}" for i in ours)]
        out.append((kind, "\n         ".join(lines)))
    for i, p in enumerate(mine):
        if i not in right and not any(p.tokens["cue"] & g.tokens["cue"] for g in theirs):
            out.append(("invented", f"ours  {shown(quotes[i])}"))
    return out


def main() -> None:
    """Count and show."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", type=Path)
    ap.add_argument("--show", type=int, default=100, help="how many to print, drawn at random (fixed seed)")
    ap.add_argument("--nested", action="store_true", help="the corpus marks nested attributions")
    a = ap.parse_args()
    found = [e for article in corpora.attributions(a.corpus) for e in errors(article, a.nested)]
    for kind, line in random.Random(0).sample(found, min(a.show, len(found))):
        print(f"{kind:9}{line}\n")
    for kind, n in Counter(kind for kind, _ in found).most_common():
        print(f"{kind:9}{n:5} {100 * n / len(found):3.0f} %")


if __name__ == "__main__":
    main()
