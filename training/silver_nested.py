"""Silver labels for attributions inside attributions, which PolNeAR does not mark: `python -m training.silver_nested`.

A reader trained on PolNeAR reads the content of every attribution again as text of its own; what it finds there lies
within. On PolNeAR's articles the outer attributions are the gold ones; FNC-1's are read whole, which brings in other
subjects. Articles of `world/dev` are left out, since they measure the result.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.pieces import Pieces, cut
from reportedly.reader import Found, Reader, Words, confidence, words_of

from . import reader_data
from .corpora import fnc, polnear


def read_again(reader: Reader, text: str, pieces: Pieces, words: Words, content: np.ndarray) -> list[Found]:
    """What a content holds, read as text of its own; word numbers are those of the whole text."""
    if len(content) < 5:
        return []
    ends = np.append(words.first[1:], len(pieces))
    chosen = np.concatenate([np.arange(words.first[w], ends[w]) for w in content])
    feature = pieces.feature[chosen].copy()
    feature[0] |= 8
    part = Pieces(pieces.ids[chosen], pieces.start[chosen], pieces.end[chosen], pieces.word[chosen], feature)
    own = words_of(part)
    found = [x for x in reader.found(text, part, own) if not x.nested]
    return [
        x._replace(cue=content[x.cue], source=content[x.source], content=content[x.content], nested=True) for x in found
    ]


def _row(found: Found, words: Words, within: int | None) -> dict[str, Any]:
    def spans(chosen: np.ndarray) -> list[list[int]]:
        runs = np.split(chosen, np.flatnonzero(np.diff(chosen) != 1) + 1) if len(chosen) else []
        return [[int(words.start[r[0]]), int(words.end[r[-1]])] for r in runs]

    return {"source": spans(found.source), "cue": spans(found.cue), "content": spans(found.content), "within": within}


def main() -> None:
    """Read, read again, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    ap.add_argument("--reader", type=Path, required=True, help="folder of an exported reader")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--bodies", type=int, default=500, help="FNC-1 articles to add")
    ap.add_argument("--least", type=float, default=0.5, help="confidence of an inner attribution")
    ap.add_argument("--least-outer", type=float, default=0.5)
    a = ap.parse_args()
    reader = Reader(a.reader, threads=2)
    measured = {x.text[:200] for x in polnear.read(a.corpora / "world/dev.jsonl")}  # the ids differ
    bodies = [x for x in fnc.read(a.corpora / "relations/fnc1_train_bodies.jsonl") if x[1][:200] not in measured]
    order = np.random.default_rng(0).permutation(len(bodies))[: a.bodies]
    articles: list[polnear.Article | tuple[str, str]] = [*polnear.read(a.corpora / "polnear/train.jsonl")]
    articles += [bodies[i] for i in order]
    n = 0
    with a.out.open("w", encoding="utf-8") as f:
        for done, article in enumerate(articles):
            name, text = article if isinstance(article, tuple) else (article.id, article.text)
            pieces = cut(text, reader.tokenizer)
            words = words_of(pieces)
            rows: list[dict[str, Any]] = []
            contents = []
            if isinstance(article, tuple):
                for x in (x for x in reader.found(text, pieces, words) if not x.nested):
                    if len(x.content) and confidence(x, reader.settings) >= a.least_outer:
                        rows.append(_row(x, words, None))
                        contents.append(x.content)
            else:
                for g in article.attributions:
                    rows.append({"source": g.source, "cue": g.cue, "content": g.content, "within": None})
                    contents.append(np.unique(pieces.word[reader_data.covered(pieces, g.content)]))
            cues = {tuple(c) for r in rows for c in r["cue"]}
            for outer, content in enumerate(contents):
                for x in read_again(reader, text, pieces, words, content):
                    row = _row(x, words, outer)
                    if (
                        len(x.content)
                        and confidence(x, reader.settings) >= a.least
                        and not cues & {tuple(c) for c in row["cue"]}
                    ):
                        rows.append(row)
                        n += 1
            f.write(json.dumps({"id": name, "text": text, "attributions": rows}, ensure_ascii=False) + "\n")
            if done % 50 == 0:
                print(f"{done} of {len(articles)}, {n} inner attributions", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
