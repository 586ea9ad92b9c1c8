"""Markdown, with or without front matter: the text as a reader sees it, without marks, and what its head says.

Front matter is a block of `key: value` lines between two lines of `---` at the very top.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import lxml.html
from lxml import etree

from ..records import Region, Unread
from .article import shown
from .blocks import blocks_of
from .encoding import decode
from .ingested import Ingested, IngestError
from .language import language_code
from .member import Limits, Member
from .text import front_matter as plain_front_matter
from .text import iso_date

if TYPE_CHECKING:
    from markdown_it.token import Token

_FIELDS = {
    **{key: key for key in ("title", "byline", "updated", "outlet", "url", "language")},
    **dict.fromkeys(["author", "authors"], "byline"),
    **dict.fromkeys(["date", "published"], "published"),
    **dict.fromkeys(["modified", "lastmod"], "updated"),
    **dict.fromkeys(["site", "source", "publisher"], "outlet"),
    **dict.fromkeys(["link", "canonical", "canonical_url"], "url"),
    "lang": "language",
}
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^([A-Za-z][\w-]{0,60}):[ \t]+(\S.*)$", re.M)
_DEEPEST = 80  # levels of lists and quotations in each other; each takes the parser some of Python's own


def read_markdown(member: Member, limits: Limits) -> Ingested:
    """The document of a Markdown file, its blocks apart by an empty line. Its title is the front matter's, else its
    first heading. IngestError where it is nested too deeply."""
    raw, encoding, assumed = decode(member.data(limits), member.told.encoding)
    fields, behind = front_matter(raw)
    unread: tuple[Unread, ...] = ()
    if not behind:  # that of a text file
        fields, rest, unread = plain_front_matter(raw)
        behind = len(raw) - len(rest)
    above = raw.count("\n", 0, behind)
    written: list[str] = []
    layout = []
    at = 0
    title: str | None = None
    row: int | None = None
    for token, text, in_row in _blocks(raw[behind:]):
        if written:
            written.append(" | " if in_row is not None and in_row == row else "\n\n")
            at += len(written[-1])
        row = in_row
        written.append(text)
        if token.map:
            first, end = token.map
            layout.append(Region(start=at, end=at + len(text), lines=(above + first + 1, above + max(first + 1, end))))
        at += len(text)
        if title is None and token.tag.startswith("h") and len(token.tag) == 2:
            title = text
    text = "".join(written)
    fields.setdefault("title", title)
    return member.ingested(
        text,
        limits,
        unread=unread,
        assumed=assumed,
        layout=layout,
        media_type="text/markdown",
        encoding=encoding,
        **fields,
    )


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """(metadata, where the text behind it begins); nothing and 0 where the text does not begin with front matter."""
    front = _FRONT.match(text)
    if not front or not _FIELD.search(front.group()):
        return {}, 0
    fields: dict[str, Any] = {}
    for key, value in _FIELD.findall(front.group()):
        if name := _FIELDS.get(key.lower()):
            value = value.strip("[]").replace('"', "") if name == "byline" else _unquoted(value.strip())
            fields.setdefault(name, value.strip() or None)
    for name in ("published", "updated"):
        if name in fields:
            fields[name] = iso_date(fields[name])
    fields["language"] = language_code(fields.get("language"))
    if not (fields.get("url") or "").startswith(("http://", "https://")):
        fields.pop("url", None)
    return fields, front.end()


def _unquoted(value: str) -> str:
    """A value without the one pair of quotation marks that YAML may put around it; those within are the title's."""
    mark = value[:1]
    if mark not in ("'", '"') or len(value) < 2 or not value.endswith(mark):
        return value
    inner = value[1:-1]
    return inner.replace("''", "'") if mark == "'" else inner.replace('\\"', '"')


def _blocks(source: str) -> Iterator[tuple["Token", str, int | None]]:
    """(the parser's block, its text, the table row that it is a cell of)."""
    from markdown_it import MarkdownIt  # a tenth of a second that other files need not pay

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    try:
        tokens = parser.parse(source)
    except RecursionError as e:
        raise IngestError(_TOO_DEEP) from e
    if any(token.level >= _DEEPEST - 2 for token in tokens):  # what lies deeper the parser leaves out
        raise IngestError(_TOO_DEEP)
    row: int | None = None
    tag = ""
    for n, token in enumerate(tokens):
        if token.type in ("tr_open", "tr_close"):
            row = n if token.nesting == 1 else None
        elif token.nesting == 1:
            tag = token.tag
        if token.type == "inline":
            text = _inline(token.children or [])
            token.tag = tag
        elif token.type in ("fence", "code_block"):
            text = token.content.rstrip("\n")
        elif token.type == "html_block":
            text = _html(token.content)
        else:
            continue
        if text.strip():
            yield token, text, row


_TOO_DEEP = "this Markdown is nested too deeply; save it as .txt and read that"


def _inline(tokens: list["Token"]) -> str:
    """A paragraph's text: no marks, no tags, no pictures."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            parts.append("\n")
    return re.sub(r" *\n *", "\n", "".join(parts)).strip(" \n")


def _html(source: str) -> str:
    """What a reader sees of HTML in Markdown."""
    try:
        tree = lxml.html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        return ""
    blocks, parts = blocks_of(tree)
    return "\n".join(blocks[i].text for i in shown(blocks, parts))
