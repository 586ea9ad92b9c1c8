"""A saved web page: trafilatura's article text, and what the page says of itself."""

import re

import lxml.html
from lxml import etree

from ..records import Unread
from .encoding import declared_in, decode
from .ingested import Ingested, IngestError
from .language import language_of
from .member import Limits, Member

_WORD = re.compile(r"\w+")
_SUBSET = re.compile(r"(<!DOCTYPE[^\[>]*)\[[^\]]*\]\s*>", re.I)  # entities of the page's own are nothing a report needs
_ILLEGAL = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I)  # no XML character
_LONG_TAG = re.compile(r"<[a-z](?:[^<>\"']|\"[^\"]{0,200}\"|'[^']{0,200}'){10000,}", re.I)
_LONGEST_TAG = 100_000  # characters without long values: many attributes cost the parser quadratic time
_HEAD = 20_000  # characters in which a document type is looked for
_NOT_SHOWN = ("script", "style", "noscript", "template", "head")


def read_html(member: Member, limits: Limits) -> Ingested:
    """The article of a page. `kept` is the share of the page's visible words that the article's text holds."""
    import trafilatura  # a fifth of a second that text files need not pay

    data = member.data(limits)
    html, encoding, assumed = decode(data, member.told.encoding, declared_in(data))
    tags = max((m.end() - m.start() for m in _LONG_TAG.finditer(html)), default=0)
    if tags > _LONGEST_TAG:
        raise IngestError(f"this page has a tag of {tags} characters; save its text as .txt and read that")
    html = _ILLEGAL.sub(" ", _SUBSET.sub(r"\1>", html[:_HEAD]) + html[_HEAD:])
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
        tree = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
        if parser.error_log.filter_from_fatals():
            raise IngestError(
                "this page's HTML is nested too deeply to be read whole; save its text as .txt and read that"
            )
        on_page = _visible_words(tree)
        article = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params={"extensive_search": False}
        )
    except IngestError:
        raise
    except (etree.LxmlError, RecursionError, ValueError) as e:
        raise IngestError(f"this page's HTML cannot be parsed ({e})") from e
    text = article.text if article and not isinstance(article, dict) else None
    if article is None or isinstance(article, dict) or not text:
        raise IngestError("no article was found in this page; save its text as .txt and read that")
    stated = (tree.get("lang") or "").split("-")[0].lower()
    language, warnings = language_of(text, stated if re.fullmatch("[a-z]{2}", stated) else None)
    kept = len(_WORD.findall(text))
    document = member.document(
        text,
        limits,
        title=article.title,
        outlet=article.sitename,
        byline=article.author,
        published=article.date,
        url=article.url,
        language=language,
        media_type="text/html",
        encoding=encoding,
        kept=round(min(1.0, kept / max(1, on_page)), 3),
    )
    left = on_page - kept
    unread = (Unread(f"{left} of the page's {on_page} words lie outside its article's text"),) if left > 0 else ()
    return Ingested(document, unread, assumed + warnings, original=member.original(limits))


def _visible_words(tree: lxml.html.HtmlElement) -> int:
    """How many words the page shows, scripts and the like left out."""
    total, skip = 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        hidden = element.tag in _NOT_SHOWN or not isinstance(element.tag, str)
        if event == "start":
            skip += hidden
            total += 0 if skip else len(_WORD.findall(element.text or ""))
        else:
            skip -= hidden
            total += 0 if skip else len(_WORD.findall(element.tail or ""))
    return total
