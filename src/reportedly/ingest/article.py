"""Which of a page's blocks are its article: those that trafilatura holds to be, set right where it errs.

Each block is marked with two characters of the private use area before trafilatura sees the page; the marks in what it
finds tell which blocks it chose, and the article is then put together from the blocks as they stand in the page. So
nothing is in it that is not in the page, odd characters stay, and each line's element is known.

Left out: headline, byline and date (they are metadata); furniture inside the article; captions, unless the pictures
are the story; what a pull quote repeats. Added: what stands between chosen blocks, sentences between the headline and
the first or after the last, and an outlet's notes on its report wherever they stand near the article.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

import lxml.html

from .blocks import Block, Part
from .notes import is_note

_HIGH, _LOW, _LOWS = 0xE000, 0xF000, 0x800  # a mark is two characters: 8 million blocks can be told apart
_MARK = re.compile("([\ue000-\uefff])([\uf000-\uf7ff])")
_UNFIT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")  # marks, or no XML
_WORD = re.compile(r"\w+")
_MOST_BLOCKS = 50_000  # of a page that trafilatura sees: with their number its time grows as the square, 2 s for these
_PROSE = 12  # words of a block that is prose rather than a label
_SENTENCE = 6  # words of one that is added at an article's beginning or end
_LINKS = 0.5  # share of a block's characters that are links; with more it leads elsewhere
_FEW = 0.5  # of the page's prose; where the quick extractor finds less, the thorough one is asked too
_LITTLE = 0.2  # of the page's prose
_BOX = 80  # words of a box around a form; a larger one is more than that
_ALMOST = 0.9  # of an article's words lie in the element that is its own
_REPEATED = range(4, 80)  # words of a quotation that is looked for in the text around it
_MOST_QUOTES = 100
_NEAR = 4  # blocks above and below an article in which its outlet's notes are looked for
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*\W{0,3}$")
_BYLINE = re.compile(r"\W*(?:by|words by|from|reporting by|written by|staff|posted by)\b[:\s]+[A-Z]", re.I)
_DATED = re.compile(
    r"\W*(?:(?:first |last )?(?:published|posted|updated|modified)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d|\d{1,2}[ ./-](?:\d|[a-z]{3})|\d{4}-\d\d)",
    re.I,
)
_TRIMMING = re.compile(
    r"\W*(?:advert(?:isement|ising)?|sponsored(?: content)?|(?:article|story) continues\b.*|"
    r"(?:read|see|watch|listen|learn) (?:more|also|next)\b.*|related(?: (?:articles?|stories|topics|content))?(?::.*)?|"
    r"more (?:on this|from|stories|news)\b.*|recommended(?: for you)?|you (?:may|might) also like.*|"
    r"(?:sign up|subscribe|follow us|like us|join (?:us|our)|share this|download (?:our|the) app)\b.*|"
    r"(?:copyright\W|©|\(c\)\W).*|.{0,60}\ball rights reserved|skip to .*|\d+ (?:min(?:ute)?s?|hours?) (?:read|ago)|"
    r"(?:\d+ )?comments?|leave a (?:comment|reply)|back to top|share|print|e-?mail|save|tags?:?|"
    r"(?:image|photo|picture)(?:graph)? ?(?:source|credit|by)?:.*)\W*",
    re.I,
)


def article_of(
    tree: lxml.html.HtmlElement, blocks: list[Block], parts: list[Part], title: str | None, known: Iterable[str | None]
) -> list[int]:
    """The article's blocks, by their places in `blocks`; none where the page holds no article. title: the page's
    headline. known: its outlet and byline. The tree is changed."""
    parts = [*_boxes_around_forms(blocks, parts), *parts]
    _mark(blocks)
    _clear(blocks, parts)
    names = _within((p for p in parts if p.kind), len(blocks))
    prose = [i for i, b in enumerate(blocks) if not names[i] and _is_prose(b)]
    kept: set[int] = set()
    if len(blocks) <= _MOST_BLOCKS:
        kept = _kept(tree, fast=True)
        if _words(blocks, kept) < _FEW * _words(blocks, prose):
            kept = max(kept, _kept(tree, fast=False), key=lambda k: _words(blocks, k))
    if not kept:
        said = prose or [i for i, b in enumerate(blocks) if not names[i] and _is_sentence(b)]
        kept = set(range(said[0], said[-1] + 1)) if said else set()
    if not kept:
        return []
    page = _Page(blocks, parts, kept)
    return page.taken(title, {_key(k) for k in known if k})


def shown(blocks: list[Block], parts: list[Part]) -> list[int]:
    """All blocks that are not furniture: the article of a part of a page."""
    away = _within((p for p in parts if p.kind in ("furniture", "wall")), len(blocks))
    return [i for i, block in enumerate(blocks) if not away[i] and block.words]


class _Page:
    """A page's blocks, and which of them are furniture (away), captions or quotations, given those that an extractor
    chose: what most of these lie in is no furniture, whatever its name."""

    def __init__(self, blocks: list[Block], parts: list[Part], kept: set[int]) -> None:
        self.blocks, self.parts, self.kept = blocks, parts, kept
        size = len(blocks)
        self.held = held = list(accumulate((b.words if i in kept else 0 for i, b in enumerate(blocks)), initial=0))
        minor = [p for p in parts if 2 * (held[p.end] - held[p.start]) <= held[-1]]
        self.away = _within((p for p in minor if p.kind in ("furniture", "wall")), size)
        self.caption = _within((p for p in minor if p.kind == "caption"), size)
        self.quoted = _within(
            (p for p in minor if p.kind == "pull quote" or p.element.tag in ("aside", "blockquote")), size
        )

    def taken(self, title: str | None, known: set[str]) -> list[int]:
        """The article's blocks."""
        chosen = [i for i in sorted(self.kept) if i < len(self.blocks) and self._may_stand(i)]
        if not chosen:
            chosen = [i for i in sorted(self.kept) if i < len(self.blocks) and not self.away[i]]
        if not chosen:
            return []
        headline = _key(title or "")
        start, end = self._scope(chosen, headline)
        top = next((i for i in range(start, end) if self._is_headline(i, headline)), None)
        begin = start if top is None or top >= chosen[-1] else top + 1
        taken = [
            *self._sentences(range(begin, chosen[0])),
            *(i for i in range(chosen[0], chosen[-1] + 1) if self._may_stand(i)),
            *self._sentences(range(chosen[-1] + 1, end), end=True),
        ]
        taken = [i for i in taken if not self._is_headline(i, headline)]
        taken = self._without_byline(taken, known)
        captions = [i for i in range(start, end) if self.caption[i] and not self.away[i]]
        if _words(self.blocks, captions) > _words(self.blocks, taken):
            taken = sorted({*taken, *captions})
        taken = self._said_once(taken)
        near = set(range(max(0, start - _NEAR), min(len(self.blocks), end + _NEAR))).difference(taken)
        taken = sorted([*taken, *(i for i in near if self._is_note(i))])
        while taken and self.blocks[taken[-1]].heading:
            taken.pop()
        return taken

    def _may_stand(self, i: int) -> bool:
        """Whether a block may be part of an article."""
        block = self.blocks[i]
        leads_away = block.linked > _LINKS and not self.quoted[i]  # a quoted post ends with a link to it
        return not (self.away[i] or self.caption[i] or leads_away or _is_trimming(block)) and block.words > 0

    def _scope(self, chosen: list[int], headline: str) -> tuple[int, int]:
        """The blocks of the element that is the article's own: an `article` around it, else what holds its headline
        too, else the smallest that holds almost all of it."""
        held = self.held
        total = _words(self.blocks, chosen)
        root: Part | None = None
        with_headline: Part | None = None
        above = next((i for i in range(chosen[0], -1, -1) if self._is_headline(i, headline)), None)
        for part in self.parts:
            if root is None and held[part.end] - held[part.start] >= _ALMOST * total:
                root = part
            if root is not None and part.start <= root.start and part.end >= root.end:
                if part.element.tag == "article":
                    return part.start, part.end
                if with_headline is None and above is not None and part.start <= above:
                    with_headline = part
        scope = with_headline or root
        return (scope.start, scope.end) if scope else (chosen[0], chosen[-1] + 1)

    def _is_headline(self, i: int, headline: str) -> bool:
        block = self.blocks[i]
        return block.heading == 1 or (len(block.text) <= 2 * len(headline) and _key(block.text) == headline)

    def _sentences(self, places: range, end: bool = False) -> Iterator[int]:
        """Of the blocks before the first that was chosen, or after the last, those that are sentences, with the
        headings above them; not beyond what leads elsewhere."""
        headings: list[int] = []
        for i in places:
            block = self.blocks[i]
            if self.away[i] or self.caption[i] or not block.words:
                continue
            if end and block.linked > _LINKS:
                return
            if not self._may_stand(i):
                headings.clear()
            elif block.words >= _SENTENCE and (not end or _ENDED.search(block.text)) and block.linked < _LINKS / 2:
                yield from headings
                headings.clear()
                yield i
            elif block.heading:
                headings.append(i)

    def _without_byline(self, taken: list[int], known: set[str]) -> list[int]:
        """Without the lines of names and dates before the first that is prose."""
        prose = next((n for n, i in enumerate(taken) if _is_prose(self.blocks[i])), 0)
        return [
            i
            for n, i in enumerate(taken)
            if n >= prose or not (_is_byline(self.blocks[i]) or _key(self.blocks[i].text) in known)
        ]

    def _said_once(self, taken: list[int]) -> list[int]:
        """Without quotations that are in the text beside them."""
        quotes = [i for i in taken if self.quoted[i] and self.blocks[i].words in _REPEATED][:_MOST_QUOTES]
        if not quotes:
            return taken
        said = " ".join(f"{_key(self.blocks[i].text)}." for i in taken)
        again = {i for i in quotes if said.count(_key(self.blocks[i].text)) > 1}
        return [i for i in taken if i not in again]

    def _is_note(self, i: int) -> bool:
        block = self.blocks[i]
        return block.linked <= _LINKS and block.words >= _SENTENCE and not _is_byline(block) and is_note(block.text)


def _clear(blocks: list[Block], parts: list[Part]) -> None:
    """Take the furniture out of the tree, so that nobody need read it; not what holds much of the page's prose."""
    prose = list(accumulate((b.words if _is_prose(b) else 0 for b in blocks), initial=0))
    out: Part | None = None
    for part in reversed(parts):  # an outer one before those in it
        if part.kind not in ("furniture", "wall") or (out and part.end <= out.end and part.start >= out.start):
            continue
        if prose[part.end] - prose[part.start] <= _LITTLE * prose[-1] and part.element.getparent() is not None:
            part.element.drop_tree()  # what follows it stays
            out = part


def _mark(blocks: list[Block]) -> None:
    for i, block in enumerate(blocks):
        element, tail = block.first
        mark = chr(_HIGH + i // _LOWS) + chr(_LOW + i % _LOWS)
        if tail:
            element.tail = mark + _UNFIT.sub("", element.tail or "")
        else:
            element.text = mark + _UNFIT.sub("", element.text or "")


def _kept(tree: lxml.html.HtmlElement, fast: bool) -> set[int]:
    """The blocks that trafilatura holds to be the article."""
    import trafilatura  # a fifth of a second that text files need not pay

    article = trafilatura.bare_extraction(tree, options=_options(fast))
    if article is None or isinstance(article, dict):
        return set()
    marks = _MARK.findall("".join(article.body.itertext()))  # its text has none left
    return {(ord(high) - _HIGH) * _LOWS + ord(low) - _LOW for high, low in marks}


@lru_cache
def _options(fast: bool) -> Any:
    """trafilatura's, made once: to read its settings takes a twentieth of the time for a page."""
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it cannot read we say ourselves
    return Extractor(comments=False, fast=fast, precision=fast)


def _boxes_around_forms(blocks: list[Block], parts: list[Part]) -> list[Part]:
    """The small boxes that forms stand in, as furniture: they ask for an address or a vote."""
    forms = [p for p in parts if p.element.tag == "form"]
    if not forms:
        return []
    words = list(accumulate((b.words for b in blocks), initial=0))
    by_element = {p.element: p for p in parts}
    boxes: dict[Part, Part] = {}
    for form in forms:
        outer = by_element.get(form.element.getparent())
        while outer and outer not in boxes and words[outer.end] - words[outer.start] <= _BOX:
            if outer.element.tag in ("body", "main", "article"):
                break
            box = boxes[outer] = Part(outer.element, "furniture", outer.start)
            box.end = outer.end
            outer = by_element.get(outer.element.getparent())
    return list(boxes.values())


def _within(parts: Iterable[Part], size: int) -> list[int]:
    """For each block in how many of the parts it lies."""
    change = [0] * (size + 1)
    for part in parts:
        change[part.start] += 1
        change[part.end] -= 1
    return list(accumulate(change))


def _words(blocks: list[Block], places: Iterable[int]) -> int:
    return sum(blocks[i].words for i in places if i < len(blocks))


def _is_prose(block: Block) -> bool:
    return block.words >= _PROSE and not block.heading and block.linked < _LINKS / 2


def _is_sentence(block: Block) -> bool:
    return block.words > 2 and block.linked < _LINKS / 2 and _ENDED.search(block.text) is not None


def _is_trimming(block: Block) -> bool:
    """Whether it is what sites write between paragraphs: "Advertisement", "Read more: ..."."""
    return block.words < 2 * _PROSE and _TRIMMING.fullmatch(block.text) is not None


def _is_byline(block: Block) -> bool:
    if block.heading or block.words > _PROSE or (block.words > _SENTENCE and _ENDED.search(block.text)):
        return False
    return bool(_BYLINE.match(block.text) or _DATED.match(block.text))


def _key(text: str) -> str:
    """A text by its words alone."""
    return " ".join(_WORD.findall(text)).lower()
