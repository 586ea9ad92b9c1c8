"""Labelled texts -> what the resolver is trained on: the reader's states, name tags, mentions and whom they mean."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from benchmarks.corpora import rows
from reportedly.arrays import Ints
from reportedly.mentions import NAME_TYPES, Mention, mention_of, pronoun_of
from reportedly.pieces import Pieces, Window, cut, word_at
from reportedly.reader import default_reader
from reportedly.records import KINDS, Document
from reportedly.resolver import Candidate, content_words

from .labels import lines, spans

Row = dict[str, Any]
SPEAKERS = Path(__file__).parent / "speakers.tsv"  # of PolNeAR's attributions


Asked = tuple[int, list[int], np.ndarray, list[bool], float]


@dataclass(eq=False)
class Example:
    """One text. tags: name tag of each piece, -100 where unknown. places: all mentions in order. cluster: whom each
    means, -1 unknown. asked: which are to be resolved, with weights. choices: mentions to choose from, None for all.
    kinds: (mention, kind or -100, named) to be learnt. pairs: (mention, choices, features, which are right, weight) of
    what is asked, once that was needed."""

    text: str
    pieces: Pieces
    tags: Ints
    places: list[Candidate] = field(default_factory=list)
    cluster: list[int] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    choices: dict[int, list[int]] = field(default_factory=dict)
    kinds: list[tuple[int, int, int, float]] = field(default_factory=list)
    states: list[tuple[int, int, Tensor, int]] = field(default_factory=list)  # core start, core end, states, offset
    pairs: list[Asked] | None = None


def states_in(text: str) -> list[tuple[Window, Tensor]]:
    """What the shipped reader hands on of a text, window by window: [n, STATES] each."""
    out: list[tuple[Window, Tensor]] = []
    default_reader().read(Document.of(text), see=lambda _, w, states: out.append((w, torch.from_numpy(states[0]))))
    return out


def with_states(example: Example) -> Example:
    """The example with the shipped reader's states of every window."""
    for w, states in states_in(example.text):
        at = w.core_start - w.start + 1
        example.states.append((w.core_start, w.core_end, states.to(torch.bfloat16), at))
    return example


def name_tags(pieces: Pieces, entities: Iterable[tuple[int, int, str]]) -> Ints:
    """Tags of pieces from names."""
    out = np.zeros(len(pieces), np.int32)
    for start, end, kind in entities:
        a, b = np.searchsorted(pieces.end, start, "right"), np.searchsorted(pieces.start, end)
        tag = 1 + 2 * NAME_TYPES.index(kind)  # type: ignore[arg-type]
        out[a:b] = tag + 1
        if b > a:
            out[a] = tag
            same = a + 1
            while same < b and pieces.word[same] == pieces.word[a]:
                out[same] = tag
                same += 1
    return out


def silver_names(row: Row) -> list[tuple[int, int, str]]:
    """PERSON, ORGANIZATION, LOCATION and MISC names of a silver row."""
    return [(s, e, k) for s, e, k in row["entities"] if k in NAME_TYPES]


def coreference(row: Row, tokenizer: Tokenizer, clusters: list[list[tuple[int, int]]], weight: float) -> Example:
    """An example from mentions in clusters (GUM, ECB+, MEANTIME, silver); names where the row has entities."""
    text = row["text"]
    pieces = cut(text, tokenizer)
    known = "names" in row
    names = {(s, e): k for s, e, k in row.get("names", ())}
    known_names = [Mention(s, e, k) for (s, e), k in names.items()]
    tags = name_tags(pieces, row["names"]) if known else np.full(len(pieces), -100, np.int32)
    example = Example(text, pieces, tags)
    found: dict[tuple[int, int], tuple[Mention, int]] = {}
    for c, cluster in enumerate(clusters):
        for s, e in cluster:
            if 0 <= s < e <= len(text):
                mention = mention_of(text, s, e, known_names)
                if mention.form == "description" and text[mention.start].isupper() and not known:
                    mention = mention._replace(form="PERSON" if text[mention.end - 1].isalpha() else "MISC")
                found.setdefault((mention.start, mention.end), (mention, c))
    for (s, e), kind in names.items():
        found.setdefault((s, e), (Mention(s, e, kind), -1))  # type: ignore[arg-type]
    for mention, c in sorted(found.values()):
        example.places.append(Candidate(mention, word_at(pieces, mention.start)))
        example.cluster.append(c)
    for i, place in enumerate(example.places):
        if example.cluster[i] >= 0 and place.mention.form not in NAME_TYPES:
            example.asked[i] = weight
    return example


def gap(row: Row, tokenizer: Tokenizer) -> Example:
    """An example of GAP: one pronoun, two names."""
    text = row["text"]
    pieces = cut(text, tokenizer)
    example = Example(text, pieces, np.full(len(pieces), -100, np.int32))
    p, a, b = row["pronoun"], row["a"], row["b"]
    found = [
        (Mention(p["start"], p["end"], pronoun_of(p["text"]) or "it"), 0),
        (Mention(a["start"], a["end"], "PERSON"), 0 if a["coref"] else 1),
        (Mention(b["start"], b["end"], "PERSON"), 0 if b["coref"] else 2),
    ]
    for mention, c in sorted(found):
        example.places.append(Candidate(mention, word_at(pieces, mention.start)))
        example.cluster.append(c)
    me = next(i for i, x in enumerate(example.places) if x.mention.form not in NAME_TYPES)
    example.asked[me] = 1.0
    example.choices[me] = [i for i in range(3) if i != me]
    return example


def sources(items: list[Row], text: str, names: list[tuple[int, int, str]], tokenizer: Tokenizer) -> Example:
    """An example from attributions with their entities; names say what else is spoken of."""
    pieces = cut(text, tokenizer)
    example = Example(text, pieces, name_tags(pieces, names))
    known_names = [Mention(s, e, k) for (s, e), k in {(s, e): k for s, e, k in names}.items()]  # type: ignore[arg-type]
    entities = sorted({r["entity"] for r in items})
    last: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if " + " not in entity and (w := content_words(entity)):
            last[w[-1]].add(entity)
            last[" ".join(w)].add(entity)
    found: dict[tuple[int, int], tuple[Mention, str, int, Row | None]] = {}
    for n, r in enumerate(items):
        if r["source"]:
            s, e = r["source"][0][0], r["source"][-1][1]
            mention = mention_of(text, s, e, known_names)
            found.setdefault((mention.start, mention.end), (mention, r["entity"], n, r))
    for s, e, kind in names:
        w = content_words(text[s:e])
        match = last.get(" ".join(w), last.get(w[-1] if w and kind == "PERSON" else "", set()))
        cluster = next(iter(match)) if len(match) == 1 else "name:" + (w[-1] if w else "")
        if not any(s < b and e > a for a, b in found):
            found[s, e] = (Mention(s, e, kind), cluster, -1, None)  # type: ignore[arg-type]
    ids = {c: i for i, c in enumerate(sorted({c for _, c, _, _ in found.values()}))}
    for mention, cluster, n, row in sorted(found.values(), key=lambda x: x[0]):
        inside = next((k for k, q in enumerate(items) if any(s <= mention.start < e for s, e in q["content"])), -1)
        i = len(example.places)
        example.places.append(Candidate(mention, word_at(pieces, mention.start), n, inside))
        example.cluster.append(ids[cluster])
        if row is not None:
            if mention.form not in NAME_TYPES and not row["entity"].startswith("("):
                example.asked[i] = 1.0
            if mention.form not in ("he", "she", "they", "it", "who"):
                example.kinds.append((i, KINDS.index(row["kind"]), int(row["named"]), 1.0))
        elif mention.form in ("PERSON", "ORGANIZATION"):
            known = KINDS.index("person" if mention.form == "PERSON" else "organisation")
            example.kinds.append((i, known, 1, 0.03))
    return example


def read_sources(corpora: Path, split: str, tokenizer: Tokenizer) -> dict[str, Example]:
    """The examples of `sources`, by document."""
    articles, names = polnear(corpora, split)
    by_doc: dict[str, list[Row]] = defaultdict(list)
    for r in rows(corpora / f"sources/{split}.jsonl"):
        by_doc[r["doc"]].append(r)
    return {d: sources(items, articles[d]["text"], names.get(d, []), tokenizer) for d, items in by_doc.items()}


def read_speakers(corpora: Path, tokenizer: Tokenizer) -> dict[str, Example]:
    """The examples of `SPEAKERS`, by document, where names are known. Speakers called by the same words count as
    one (14 of 8,421)."""
    articles, names = polnear(corpora, "train")
    attributions = {d: {a["k"]: a for a in r["attributions"]} for d, r in articles.items()}
    by_doc: dict[str, list[Row]] = defaultdict(list)
    for doc, numbers, places, kind, named in lines(SPEAKERS):
        entity = " + ".join(articles[doc]["text"][s:e] for s, e in spans(places)) or f"({kind})"
        said = {"entity": entity, "kind": kind, "named": named == "y"}
        by_doc[doc] += [attributions[doc][int(k)] | said for k in numbers.split(",")]
    return {
        d: sources(sorted(items, key=lambda r: r["k"]), articles[d]["text"], names[d], tokenizer)
        for d, items in by_doc.items()
        if d in names
    }


def polnear(corpora: Path, split: str) -> tuple[dict[str, Row], dict[str, list[tuple[int, int, str]]]]:
    """The articles of PolNeAR by document, and the names in most of them."""
    articles = {r["id"]: r for r in rows(corpora / f"polnear/{split}.jsonl")}
    return articles, {r["id"]: silver_names(r) for r in rows(corpora / f"polnear/silver_{split}.jsonl")}
