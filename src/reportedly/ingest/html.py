"""A saved web page -> its article: what trafilatura holds to be the article, set right block by block.

Every line of the text is a line of the page as a reader sees it, so that each can be found in the page again. The text
is the article's body: headline, byline and date are metadata; captions are left out where they are not the story.
"""

import re
from collections.abc import Iterable

import lxml.html
from lxml import etree

from ..records import Region, Unread
from .article import article_of, shown
from .blocks import Block, Part, blocks_of
from .encoding import declared_in, decode
from .ingested import Ingested, IngestError
from .member import Limits, Member
from .metadata import Imprint, imprint_of

_SUBSET = re.compile(r"(<!DOCTYPE[^\[>]*)\[[^\]]*\]\s*>", re.I)  # entities of the page's own are nothing a report needs
_ILLEGAL = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I)  # no XML character
_LONG_TAG = re.compile(r"<[a-z](?:[^<>\"']|\"[^\"]{0,200}\"|'[^']{0,200}'){10000,}", re.I)
_LONGEST_TAG = 100_000  # characters without long values: many attributes cost the parser quadratic time
_HEAD = 20_000  # characters in which a document type is looked for
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.I)


def read_html(member: Member, limits: Limits) -> Ingested:
    """The article of a page; of a part of one (a feed's entry, a mail) all that it shows. `kept` is the share of the
    page's words that the text holds."""
    data = member.data(limits)
    html, encoding, assumed = decode(data, member.told.encoding, declared_in(data))
    tree = _parsed(html)
    blocks, parts = blocks_of(tree)
    imprint = imprint_of(tree, member.told.address or member.told.url)
    on_page = sum(b.words for b in blocks)
    if _WHOLE_PAGE.search(html, 0, _HEAD):
        taken = article_of(tree, blocks, parts, imprint.title, (imprint.outlet, imprint.byline))
    else:
        taken = shown(blocks, parts)
    if taken:
        text, layout = _written(blocks[i] for i in taken)
    elif imprint.body:
        text, layout = imprint.body, ()
        assumed = (*assumed, "the article's text is the one that the page gives to search engines; it shows none")
    else:
        raise IngestError("no article was found in this page; save its text as .txt and read that")
    kept = sum(blocks[i].words for i in taken)
    return member.ingested(
        text,
        limits,
        language=imprint.language,
        unread=_left_out(imprint, parts, on_page, kept if taken else on_page),
        assumed=assumed,
        layout=layout,
        title=imprint.title,
        outlet=imprint.outlet,
        byline=imprint.byline,
        published=imprint.published,
        updated=imprint.updated,
        url=imprint.url,
        media_type="text/html",
        encoding=encoding,
        kept=round(min(1.0, kept / max(1, on_page)), 3) if taken else 1.0,
    )


def _parsed(html: str) -> lxml.html.HtmlElement:
    """The page's tree. IngestError where it cannot be parsed, or not to its end."""
    tags = max((m.end() - m.start() for m in _LONG_TAG.finditer(html)), default=0)
    if tags > _LONGEST_TAG:
        raise IngestError(f"this page has a tag of {tags} characters; save its text as .txt and read that")
    html = _ILLEGAL.sub(" ", _SUBSET.sub(r"\1>", html[:_HEAD]) + html[_HEAD:])
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, RecursionError, ValueError) as e:
        if "unknown error" in str(e):  # which is all that lxml says where memory ran out
            raise MemoryError from e
        if "empty" in str(e):
            raise IngestError("no article was found in this page; it is empty") from e
        raise IngestError(f"this page's HTML cannot be parsed ({e})") from e
    if parser.error_log.filter_from_fatals():
        raise IngestError("this page's HTML is nested too deeply to be read whole; save its text as .txt and read that")
    return tree


def _left_out(imprint: Imprint, parts: list[Part], on_page: int, kept: int) -> Iterable[Unread]:
    """What of the article, or of the page, the text does not hold."""
    if on_page > kept:
        yield Unread(f"{on_page - kept} of the page's {on_page} words lie outside its article's text")
    if imprint.closed or any(part.kind == "wall" for part in parts):
        yield Unread("the page says that the rest of the article is for subscribers", warn=True)
    if imprint.goes_on:
        yield Unread("the article goes on on another page", warn=True)


def _written(blocks: Iterable[Block]) -> tuple[str, tuple[Region, ...]]:
    """(text, where its lines stand in the page): one block a line, the cells of a table's row beside each other."""
    written: list[str] = []
    layout = []
    at, row = 0, None
    for block in blocks:
        this = block.path.rpartition("/")[0] if block.path and block.tag in ("td", "th") else None
        if written:
            written.append(" | " if this and this == row else "\n")
            at += len(written[-1])
        row = this
        written.append(block.text)
        if block.path:
            layout.append(Region(start=at, end=at + len(block.text), selector=block.path))
        at += len(block.text)
    return "".join(written), tuple(layout)
