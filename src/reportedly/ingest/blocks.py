"""A page's tree -> its blocks: the lines that a reader sees, each with the element that holds it; and which parts of
the page are furniture (menus, advertisements, boxes that ask for something), by their tags and names.
"""

import re
from functools import lru_cache
from typing import Literal

import lxml.html
from lxml import etree

Kind = Literal["furniture", "wall", "caption", "pull quote"]

_NEVER_SHOWN = frozenset(
    ["head", "script", "style", "noscript", "template", "iframe", "svg", "object", "audio", "video", "canvas"]
)
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i"]
    + ["img", "input", "ins", "kbd", "mark", "math", "nobr", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small"]
    + ["source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)
_BY_TAG: dict[str, Kind] = {
    **dict.fromkeys(["aside", "button", "dialog", "footer", "form", "label", "menu", "nav", "select"], "furniture"),
    **dict.fromkeys(["textarea"], "furniture"),
    "figcaption": "caption",
}
_BY_ROLE = frozenset(
    ["alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search", "toolbar"]
)
_WHOLE = frozenset(["html", "body", "main", "article"])  # their names tell of what else is on the page
_NAMING = ("class", "id", "data-component", "data-testid")
_LONGEST_NAME = 300  # characters that are looked at
_PART_OF_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_BY_NAME: tuple[tuple[Kind | None, re.Pattern[str]], ...] = (
    (None, re.compile(r"\b(?:tweet|toot|instagram|embed)\b")),  # posts that an article shows are part of it
    ("wall", re.compile(r"\b(?:(?:pay|reg|subscribe|subscriber) ?wall|piano|metering|subscribers? only)\b")),
    ("pull quote", re.compile(r"\b(?:pull ?quotes?|pq)\b")),
    ("caption", re.compile(r"\bcaption\b")),
    (
        "furniture",
        re.compile(
            r"\b(?:addtoany|ads?|adverts?|advertis(?:ement|ing)|authors?|banner|bio|breadcrumbs?|bylines?|cmp|comments?|"
            r"consent|cookies?|date|dfp|disqus|footer|gdpr|guestbook|links|login|masthead|menu|meta|modal|"
            r"more (?:from|on)|most (?:popular|read|viewed)|nav|navbar|navigation|newsletters?|(?:next|up) (?:next|up)|"
            r"outbrain|overlay|pager|pagination|poll|popular|popup|print only|promos?|promotion|pub ?date|rail|"
            r"read (?:more|next)|recirc|recirculation|recommend(?:ed|ations?)|related|respond|screen reader|"
            r"shar(?:e|ing|edaddy)|sidebar|sign ?up|skip|social|sponsor(?:ed)?|sr only|submenu|subscribe|subscription|"
            r"taboola|tags|timestamp|toolbar|topics?|trending|visually hidden)\b"
        ),
    ),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
_STEP = re.compile(r"[a-z][a-z0-9-]*").fullmatch  # a name that an XPath may hold
_LONGEST_PATH = 1000  # characters; what lies deeper has no address


class Block:
    """A line of the page. text: as a browser shows it, white space collapsed; odd characters stay. words: their number.
    linked: the share of its characters that are in links. tag and path: of the element that holds it, the path an
    XPath, or None where that is too long. heading: its level, 0 for none. first: where its text begins in the tree, and
    whether that is the element's tail."""

    __slots__ = ("first", "heading", "linked", "path", "tag", "text", "words")

    def __init__(
        self, text: str, linked: int, held: tuple[str, str | None, int], first: tuple[etree._Element, bool]
    ) -> None:
        self.text, self.first = text, first
        self.tag, self.path, self.heading = held
        self.linked = min(1.0, linked / len(text))
        self.words = len(text.split())


class Part:
    """An element that holds the blocks from `start` to before `end`, and of what kind it is."""

    __slots__ = ("element", "end", "kind", "start")

    def __init__(self, element: etree._Element, kind: Kind | None, start: int) -> None:
        self.element, self.kind, self.start, self.end = element, kind, start, start


def blocks_of(tree: lxml.html.HtmlElement) -> tuple[list[Block], list[Part]]:
    """The blocks of a page in their order, and the elements that hold them, inner ones before those around them."""
    blocks: list[Block] = []
    parts: list[Part] = []
    pieces: list[str] = []
    first: tuple[etree._Element, bool] | None = None
    linked = links = pre = skip = 0
    path: str | None = ""
    held: tuple[str, str | None, int] = ("", "", 0)  # tag, path and heading of the element that holds what is read
    steps: dict[str, int] = {}  # how many children of each name the element that the walk is in has had
    around: list[tuple[str | None, tuple[str, str | None, int], dict[str, int], Part | None]] = []

    def close() -> None:
        nonlocal first, linked
        if first is not None:
            text = "".join(pieces)
            text = text.strip("\r\n") if pre else _SPACES.sub(" ", text).strip(" ")
            blocks.append(Block(text, linked, held, first))
        pieces.clear()
        first, linked = None, 0

    def read(text: str | None, element: etree._Element, tail: bool) -> None:
        nonlocal first, linked
        if text:
            pieces.append(text)
            if first is None and not text.isspace():
                first = (element, tail)
            if links:
                linked += len(text)

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name: str = element.tag
        if event == "start":
            if not skip:
                nth = steps[name] = steps.get(name, 0) + 1
            if skip or name in _NEVER_SHOWN:
                skip += 1
                continue
            kind = kind_of(element)
            inline = name in _INLINE and (kind is None or first is not None)  # no hole is made in a sentence
            if not inline or name == "br":
                close()
            part = None if inline else Part(element, kind, len(blocks))
            around.append((path, held, steps, part))
            if path is not None:
                step = f"{name}[{nth}]" if _STEP(name) else f"*[{sum(steps.values())}]"
                path = f"{path}/{step}" if len(path) < _LONGEST_PATH else None
            steps = {}
            if not inline:
                level = int(name[1]) if name in ("h1", "h2", "h3", "h4", "h5", "h6") else held[2]
                held = (name, path, level)
            links += name == "a"
            pre += name == "pre"
            read(element.text, element, False)
        elif skip:
            skip -= 1
            if not skip:
                read(element.tail, element, True)
        else:
            outer, outer_held, outer_steps, part = around.pop()
            if part is not None:
                close()
                part.end = len(blocks)
                if part.end > part.start or name == "form":
                    parts.append(part)
            path, held, steps = outer, outer_held, outer_steps
            links -= name == "a"
            pre -= name == "pre"
            read(element.tail, element, True)
    close()
    return blocks, parts


def kind_of(element: etree._Element) -> Kind | None:
    """What an element is by its tag, its role and its names; None where it may be part of an article."""
    tag: str = element.tag
    if tag in _WHOLE:
        return None
    names = tag if "-" in tag else ""
    for attribute, value in element.items():
        if attribute in _NAMING:
            names = f"{names} {value[:_LONGEST_NAME]}"
        elif (
            (attribute == "role" and value in _BY_ROLE)
            or (attribute == "style" and _HIDDEN.search(value[:_LONGEST_NAME]))
            or (attribute == "aria-hidden" and value == "true")
            or attribute == "hidden"
        ):
            return "furniture"
    return (names and _kind_of_names(names)) or _BY_TAG.get(tag)


@lru_cache(4096)
def _kind_of_names(names: str) -> Kind | None:
    spaced = " ".join(_PART_OF_NAME.findall(names)).lower()
    return next((kind for kind, pattern in _BY_NAME if pattern.search(spaced)), None)
