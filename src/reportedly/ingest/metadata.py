"""What a page says of itself: title, outlet, byline, dates, address, language.

In this order of trust: JSON-LD, Open Graph and its like, other meta elements and links, what the page shows; and where
all of these are silent, trafilatura's guess.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import msgspec
from lxml.etree import XPath

from .text import iso_date

_MOST_SCRIPTS = 50
_LONGEST_SCRIPT = 3_000_000  # characters
_MOST_THINGS = 5_000  # objects of JSON-LD that are looked at
_LONGEST = 500  # characters of a title, a name, a date
_LONGEST_URL = 2_000
_MOST_AUTHORS = 20
_ARTICLES = ("BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting")  # and whatever ends with Article
_DATE = re.compile(r"\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?")
_BY = re.compile(r"\W*(?:(?:words|written|reporting|posted|report) )?by\b[:\s]+", re.I)
_AUTHOR = XPath("//*[@itemprop='author' or @rel='author'][not(ancestor::*[@itemprop='author' or @rel='author'])]")
_BYLINE = XPath("(//*[@class='byline' or @class='author'])[1]")
_LONGEST_NAME = 80  # characters; longer, it is more than names
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # JSON may escape them
_NO_URL = re.compile('[\\s\x00-\x20<>"\ud800-\udfff]')
_SEPARATORS = re.compile(r"\s*[;|]\s*")
_OF_A_TITLE = re.compile(r"\s+[|–—·•»:-]{1,2}\s+")
_TITLES: tuple[str, ...] = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "headline",
)
_OUTLETS: tuple[str, ...] = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "al:ios:app_name",
)
_AUTHORS: tuple[str, ...] = (
    "article:author",
    "author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
)
_AUTHORS += ("article:author_name", "article.author", "citation_author", "creator")
_PUBLISHED: tuple[str, ...] = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "date",
    "dc.date",
)
_PUBLISHED += ("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "pubdate")
_PUBLISHED += ("publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "ptime", "pdate")
_UPDATED: tuple[str, ...] = (
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
)
_UPDATED += ("dc.date.modified", "lastmod", "last-modified", "revision_date", "utime")


class Imprint(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself. published: ISO 8601, with the time where it states it. updated: likewise, where it is
    another time. url: http or https. language: ISO 639-1. body: the text that it gives to search engines. closed:
    whether it says that not all of it may be read freely; goes_on: that the article has another page."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None
    closed: bool = False
    goes_on: bool = False


def imprint_of(tree: lxml.html.HtmlElement, address: str | None = None) -> Imprint:
    """What a page says of itself. address: the one it was had from."""
    metas, links = _metas(tree), _links(tree)
    things = list(_things(tree))
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    own = metas["og:url"][0] if "og:url" in metas else links.get("canonical")
    article = _article(things, own)
    base = urljoin(address or "", links.get("base") or "")
    publisher = _first(article, "publisher", "sourceOrganization", "provider")
    url = next(_urls([*_identities(article), *metas.get("og:url", []), links.get("canonical")], base), None)
    shown_title, shown_outlet = _shown_title(tree)
    title = next(_lines([article.get("headline"), *_all(metas, _TITLES)]), None) or shown_title
    outlet = next(_lines([*_names(publisher, named), *_all(metas, _OUTLETS)]), None) or shown_outlet
    byline = _joined(_names(article.get("author") or article.get("creator"), named))
    byline = byline or _joined(_all(metas, _AUTHORS)) or _shown_byline(tree)
    dates = [article.get("datePublished"), article.get("dateCreated"), *_all(metas, _PUBLISHED)]
    published = next(_dates(dates), None) or next(_dates(_shown_dates(tree)), None)
    if not (title and byline and published):
        guess = _guessed(tree)
        title, outlet = title or guess.title, outlet or guess.outlet
        byline, published = byline or guess.byline, published or guess.published
    updated = next(_dates([article.get("dateModified"), *_all(metas, _UPDATED)]), None)
    return Imprint(
        title=title,
        outlet=outlet,
        byline=byline,
        published=published,
        updated=updated if updated not in (published, (published or "")[:10]) else None,
        url=url,
        language=next(_languages([article.get("inLanguage"), *_all(metas, ["og:locale"]), *_of_root(tree)]), None),
        body=_body(article),
        closed=any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in (article, *_parts(article))),
        goes_on="next" in links,
    )


def _things(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that stand for themselves: in lists and graphs, not inside others."""
    count = 0
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())
    for source in islice(scripts, _MOST_SCRIPTS):
        if len(source) > _LONGEST_SCRIPT:
            continue
        try:
            open_ = [json.loads(source.strip().removeprefix("<!--").removesuffix("-->").strip(" ;"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while open_ and count < _MOST_THINGS:
            thing = open_.pop(0) if len(open_) < 100 else open_.pop()
            count += 1
            if isinstance(thing, list):
                open_.extend(thing[:_MOST_THINGS])
            elif isinstance(thing, dict):
                yield thing
                open_.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)


def _article(things: list[dict[str, Any]], own: str | None) -> dict[str, Any]:
    """The thing that is the page's article: the one with the page's own address, else the first."""
    articles = [thing for thing in things if any(_is_article(kind) for kind in _listed(thing.get("@type")))]
    if own and len(articles) > 1:
        for thing in articles:
            if any(isinstance(url, str) and url.rstrip("/").endswith(own.rstrip("/")) for url in _identities(thing)):
                return thing
    return next((thing for thing in articles if thing.get("headline")), articles[0] if articles else {})


def _is_article(kind: Any) -> bool:
    return isinstance(kind, str) and (kind.endswith("Article") or kind.rpartition("/")[2] in _ARTICLES)


def _listed(value: Any) -> list[Any]:
    return value[:_MOST_THINGS] if isinstance(value, list) else [] if value is None else [value]


def _first(thing: dict[str, Any], *keys: str) -> Any:
    return next((thing[key] for key in keys if thing.get(key)), None)


def _identities(article: dict[str, Any]) -> list[Any]:
    """The addresses that an article gives itself."""
    page = article.get("mainEntityOfPage")
    return [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]


def _parts(article: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in _listed(article.get("hasPart")) if isinstance(part, dict)]


def _names(value: Any, named: dict[str, dict[str, Any]]) -> list[Any]:
    """The names of persons or bodies: given as texts, as objects, or as references to objects."""
    names: list[Any] = []
    for who in _listed(value)[:_MOST_AUTHORS]:
        if isinstance(who, dict) and not who.get("name") and isinstance(who.get("@id"), str):
            who = named.get(who["@id"], who)
        names.extend(_listed(who.get("name") if isinstance(who, dict) else who)[:_MOST_AUTHORS])
    return names


def _body(article: dict[str, Any]) -> str | None:
    body = article.get("articleBody")
    if not isinstance(body, str) or not body.strip():
        return None
    if re.search(r"</?(?:p|br|div|a|em|strong)\b[^<>]{0,200}>", body, re.I):
        try:
            body = lxml.html.fromstring(re.sub(r"(?i)</p>|<br ?/?>", "\n", body)).text_content()
        except (lxml.etree.LxmlError, ValueError):
            return None
    lines = (" ".join(line.split()) for line in _NO_TEXT.sub("", unescape(body)).splitlines())
    return "\n".join(line for line in lines if line) or None


def _metas(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """Name or property -> what the page's meta elements of it hold."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and len(metas) < _MOST_THINGS:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _links(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Relation -> address, of the page's links; and its base."""
    links: dict[str, str] = {}
    for link in tree.iter("link", "base"):
        relations = "base" if link.tag == "base" else (link.get("rel") or "")
        for relation in relations.lower().split()[:5]:
            if href := link.get("href"):
                links.setdefault(relation, href.strip())
    return links


def _all(metas: dict[str, list[str]], names: Iterable[str]) -> list[Any]:
    return [value for name in names for value in metas.get(name, [])[:_MOST_AUTHORS]]


def _line(value: Any) -> str | None:
    """A value as one line of text; None where it is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return " ".join(_NO_TEXT.sub("", unescape(unescape(value[: 4 * _LONGEST]))).split())[:_LONGEST] or None


def _lines(values: Iterable[Any]) -> Iterator[str]:
    return (line for value in values if (line := _line(value)))


def _joined(values: Iterable[Any]) -> str | None:
    """Names as a byline: one, two with "and" between them, or more."""
    names: dict[str, None] = {}
    for line in _lines(values):
        for name in _SEPARATORS.split(_BY.sub("", line, count=1)):
            name = name.strip(" ,")
            if name and "://" not in name and not name.startswith(("www.", "@")):
                names.setdefault(name)
    told = list(names)[:_MOST_AUTHORS]
    if len(told) < 2:
        return told[0] if told else None
    return ", ".join(told[:-1]) + " and " + told[-1]


def _dates(values: Iterable[Any]) -> Iterator[str]:
    """Of stated dates those that can be read as one, as ISO 8601, with their time where they state it."""
    for line in _lines(values):
        found = _DATE.match(line)
        read = iso_date(found.group().replace("/", "-") if found else line) or ""
        if _DATE.match(read):
            yield read


def _shown_dates(tree: lxml.html.HtmlElement) -> Iterator[str | None]:
    """The dates that are marked as such in what the page shows: the article's own, then any."""
    times = list(islice(tree.iter("time"), _MOST_AUTHORS))
    own = [t for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None]
    return (element.get("datetime") for element in (*own, *times))


def _urls(values: Iterable[Any], base: str) -> Iterator[str]:
    """Of addresses, made whole, those of the web that name a page and not a whole site."""
    for value in values:
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_URL:
            continue
        try:
            url = urljoin(base, value.strip())
            split = urlsplit(url)
        except ValueError:
            continue
        names_a_page = split.scheme in ("http", "https") and split.netloc and (split.path.strip("/") or split.query)
        if names_a_page and not _NO_URL.search(url):
            yield url


def _languages(values: Iterable[Any]) -> Iterator[str]:
    for line in _lines(value.get("alternateName") if isinstance(value, dict) else value for value in values):
        code = re.split("[-_]", line)[0].lower()
        if re.fullmatch("[a-z]{2}", code):
            yield code


def _of_root(tree: lxml.html.HtmlElement) -> list[str | None]:
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    return [root.get("lang"), root.get("xml:lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")]


def _shown_title(tree: lxml.html.HtmlElement) -> tuple[str | None, str | None]:
    """(title, outlet): the page's only h1, or what its title says before the outlet's name; and that name."""
    title = next(_lines(t.text_content() for t in tree.iter("title")), None)
    headings = [line for h1 in islice(tree.iter("h1"), 3) if (line := _line(h1.text_content()))]
    headline = headings[0] if len(headings) == 1 else None
    parts = _OF_A_TITLE.split(title) if title else []
    if len(parts) < 2:
        return headline or title, None
    outlet = parts[-1] if headline is None or title != headline else None
    return headline or next((part for part in parts if " " in part), title), outlet


def _shown_byline(tree: lxml.html.HtmlElement) -> str | None:
    """The names in the elements that are marked as the byline."""
    for found in (_AUTHOR(tree), _BYLINE(tree)):
        names = [_line(element.text_content()) for element in found[:_MOST_AUTHORS]]
        if byline := _joined(name for name in names if name and len(name) <= _LONGEST_NAME and not _DATE.search(name)):
            return byline
    return None


def _guessed(tree: lxml.html.HtmlElement) -> Imprint:
    """What trafilatura makes of the rest of the page."""
    from trafilatura.metadata import extract_metadata

    guess = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    return Imprint(
        title=guess.title,
        outlet=guess.sitename,
        byline=_joined([guess.author]),
        published=guess.date,
    )
