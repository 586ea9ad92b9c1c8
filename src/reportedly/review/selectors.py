"""Words of a report as they are found again, and the records of a brief that stand there."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from os.path import commonprefix

import msgspec

from ..brief import short
from ..records import Brief, Claim, Document, Source
from .decisions import Quote, ReviewError, Selector

AROUND = 32  # characters kept before and behind the words of a selector
SHARE = 0.5  # of the shorter one: so much of a claim's and a decision's words must be the same characters


def selector_of(document: Document, start: int, end: int) -> Selector:
    """The words of a document between start and end, so that they can be found again. SpanError where there are
    none."""
    span, text = document.span(start, end), document.text
    return Selector(document.digest, span.text, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def place_of(document: Document, words: Selector | Quote) -> tuple[int, int] | None:
    """Where the exact words stand in a document; where they do several times, the place whose surroundings agree best
    with the words before and behind, the first of those that agree alike. None where they do not stand there."""
    text, exact = document.text, words.exact
    before, behind = words.prefix[-AROUND:][::-1], words.suffix[:AROUND]
    best, at = -1, None
    start = text.find(exact) if exact else -1
    while start >= 0:
        end = start + len(exact)
        agree = len(commonprefix((text[max(0, start - AROUND) : start][::-1], before)))
        agree += len(commonprefix((text[end : end + AROUND], behind)))
        if agree > best:
            best, at = agree, start
        if agree == len(before) + len(behind):
            break
        start = text.find(exact, start + 1)
    return None if at is None else (at, at + len(exact))


class Known:
    """The records of a brief, and where they stand."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.documents = {d.id: d for d in brief.documents}
        self.claims = {c.id: c for c in brief.claims}
        self.sources = {s.id: s for s in brief.sources}

    @cached_property
    def by_digest(self) -> Mapping[str, list[Document]]:
        """Of each original the documents that were read from it: several where it stands under several mastheads."""
        out: defaultdict[str, list[Document]] = defaultdict(list)
        for d in self.brief.documents:
            out[d.digest].append(d)
        return out

    def document(self, selector: Selector) -> Document:
        """The document of a selector; the first of several that it does not name. ReviewError where there is none."""
        same = self.by_digest.get(selector.digest, [])
        if (found := next((d for d in same if d.id == selector.document), same[0] if same else None)) is None:
            raise ReviewError("its report is not in the brief")
        return found

    def selector(self, document: Document, start: int, end: int) -> Selector:
        """`selector_of`, with the document named where others were read from the same bytes."""
        selector = selector_of(document, start, end)
        several = len(self.by_digest[document.digest]) > 1
        return msgspec.structs.replace(selector, document=document.id) if several else selector

    @cached_property
    def claims_in(self) -> Mapping[str, list[tuple[str, int, int]]]:
        """The claims of each document with their first and last places."""
        out: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for c in self.brief.claims:
            out[c.document].append((c.id, c.spans[0].start, c.spans[-1].end))
        return out

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The document of each source: that of its claims, else the one whose words its mentions are."""
        out = {c.speaker: c.document for c in self.brief.claims if c.speaker}
        documents = self.brief.documents
        number, at = {d.id: n for n, d in enumerate(documents)}, 0
        for s in self.brief.sources:
            if s.id not in out and s.mentions:
                first = len(documents)
                # The sources of a document stand together: beginning where the last one was is quickest.
                for n in chain(range(at, len(documents)), range(at)):
                    if all(documents[n].text[m.start : m.end] == m.text for m in s.mentions):
                        if Source.of(documents[n], s.name, mentions=s.mentions).id == s.id:  # of copies the id tells
                            first = n
                            break
                        first = min(first, n)
                if first < len(documents):
                    out[s.id] = documents[first].id
            at = number.get(out.get(s.id, ""), at)
        return out

    @cached_property
    def mentions_in(self) -> Mapping[str, list[tuple[str, int, int]]]:
        """Who is mentioned in each document, and where."""
        out: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for s in self.brief.sources:
            if s.id in self.home:
                out[self.home[s.id]] += [(s.id, m.start, m.end) for m in s.mentions]
        return out

    def selector_of_claim(self, claim_id: str) -> Selector:
        """The words of a claim. ReviewError where the brief has no such claim, or another has the same words and is
        found by them."""
        if (claim := self.claims.get(claim_id)) is None:
            raise ReviewError(f"there is no claim {claim_id[:40]!r} in the brief")
        selector = self.selector(self.documents[claim.document], claim.spans[0].start, claim.spans[-1].end)
        if (found := self.claim(selector)) is not claim:
            raise ReviewError(f"the words of {claim_id} are those of {found.id} too; decide about that one")
        return selector

    def selector_of_source(self, source_id: str) -> Selector:
        """A mention by which a source is found: one that is its name, else the longest. ReviewError where the brief has
        no such source or no mention of it alone."""
        if (source := self.sources.get(source_id)) is None:
            raise ReviewError(f"there is no source {source_id[:40]!r} in the brief")
        if not source.mentions or source_id not in self.home:
            raise ReviewError(f"{short(source.name, 80)} is mentioned nowhere, so nothing can be decided about it")
        for m in sorted(source.mentions, key=lambda m: (m.text != source.name, m.start - m.end, m.start)):
            selector = self.selector(self.documents[self.home[source_id]], m.start, m.end)
            if self.source(selector) is source:
                return selector
        raise ReviewError(f"every mention of {short(source.name, 80)} is one of another source too")

    def claim(self, selector: Selector) -> Claim:
        """The claim that has most of these words. ReviewError where there is none."""
        return self.claims[self._at(selector, self.claims_in, "claim")]

    def source(self, selector: Selector) -> Source:
        """The source that these words mention. ReviewError where there is none."""
        return self.sources[self._at(selector, self.mentions_in, "source")]

    def _at(self, selector: Selector, among: Mapping[str, list[tuple[str, int, int]]], what: str) -> str:
        document = self.document(selector)
        if (place := place_of(document, selector)) is None:
            raise ReviewError(f"its words do not stand in the report: “{short(selector.exact, 60)}”")
        low, high = place
        best: tuple[float, str] | None = None
        for record, start, end in among.get(document.id, ()):
            common = min(high, end) - max(low, start)
            if common >= SHARE * min(high - low, end - start) and common > 0:
                union = max(high, end) - min(low, start)
                if best is None or common / union > best[0]:
                    best = common / union, record
        if best is None:
            raise ReviewError(f"no {what} of the report has these words now: “{short(selector.exact, 60)}”")
        return best[1]
