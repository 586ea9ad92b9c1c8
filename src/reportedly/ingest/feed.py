"""RSS and Atom, through feedparser: an entry with its text is a member, one with only an address is Linked.

feedparser is given bytes, never a name or an address, so that it opens nothing. What stands before the root element is
left out: a document type there can only declare entities, and those of HTML are known without.
"""

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from .encoding import decode
from .ingested import IngestError
from .language import language_code
from .member import Budget, Label, Linked, Member, Passed, Refused
from .rows import WHOLE, date_of, is_cut, one_line, plain, utf8, web_address, word_count

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|\w+:feed)\b", re.I)
_END = re.compile(r"</(?:rss|feed|rdf:RDF|\w+:feed)\s*>", re.I)
_TAG = re.compile(r"""<[a-z](?:[^<>"']++|"[^"]{0,200}+"|'[^']{0,200}+')*+""", re.I)
_MOST_ATTRIBUTES = 500  # of one tag: feedparser takes quadratic time for them, and no tag has a tenth of that
# Who wrote it; feedparser looks for an address in it in quadratic time, a second for 10,000 letters.
_LONG_NAME = re.compile(
    r"<(?:\w+:)?(?:author|creator|name|contributor|publisher|managingEditor|webMaster|owner|email)\b[^<>]*>"
    r"(?:<!\[CDATA\[)?[^<]{1000}",
    re.I,
)
_MARKUP = re.compile(r"<[/a-z!]", re.I)
_ENTRY = re.compile(r"<(?:rss:|atom:)?(?:item|entry)(?=[\s/>])", re.I)
_CLOSE = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_OPEN = re.compile("|".join(map(re.escape, _CLOSE)))


def open_feed(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The entries of a feed. It may be as large as one document (`limits.bytes`), for it is read as a whole."""
    try:
        import feedparser
    except ImportError as e:
        raise IngestError("this is a feed; to read it: pip install 'reportedly[formats]'") from e
    data = member.data(budget.limits)
    declared = _DECLARED.match(data)
    text, _, assumed = decode(data, member.told.encoding or (declared.group(1).decode() if declared else None))
    root = _ROOT.search(text)
    if not root:
        raise IngestError("this feed has no root element (rss, feed or rdf:RDF)")
    if any(tag.group().count("=") > _MOST_ATTRIBUTES for tag in _TAG.finditer(text)):
        raise IngestError(f"this feed has a tag with more than {_MOST_ATTRIBUTES} attributes")
    if _LONG_NAME.search(text):
        raise IngestError("this feed has a name of more than 1000 characters")
    try:
        feed = feedparser.parse(
            io.BytesIO(utf8(text[root.start() :])), sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as e:  # whatever it makes of what is no feed
        raise IngestError(f"this feed cannot be read ({type(e).__name__}: {str(e)[:200]})") from e
    cut = not _END.search(text, max(root.end(), len(text) - 1000))
    broken = f"the feed {'breaks off' if cut else 'is broken'} ({str(feed.get('bozo_exception'))[:200]})"
    if not feed.entries:
        raise IngestError(f"{broken}; no entry was found in it" if feed.bozo else "this feed has no entries")
    empty = 0
    for number, entry in enumerate(feed.entries, 1):
        budget.count()
        path = (*member.path, f"entry {number}")
        told = _told(entry, feed.feed, member)
        content, is_html = _text_of(entry)
        if content:
            data, format = utf8(content), "html" if is_html else "text"
            yield Member.of(data, member.file, path=path, told=told, format=format, original=data)
        elif told.url:
            yield Linked(file=member.file, member="!".join(path), told=told)
        else:
            empty += 1
    for said in (
        f"{empty} entr{'y' if empty == 1 else 'ies'} with neither text nor address passed over" if empty else None,
        *assumed,
    ):
        if said:
            yield Passed(file=member.file, member=member.name, reason=said)
    if feed.bozo:
        body = text[root.start() :]
        fewer = len(feed.entries) < sum(1 for _ in _ENTRY.finditer(body))
        say = Refused if cut or fewer or _left_open(body) else Passed  # where text may be lost, it is no success
        yield say(file=member.file, member=member.name, reason=f"{broken}; what could be made out was read")


def _left_open(text: str) -> bool:
    """Whether something that runs up to its end, whatever stands in it, has none: what follows is lost."""
    at = 0
    while opened := _OPEN.search(text, at):
        at = text.find(_CLOSE[opened.group()], opened.end()) + 1
        if not at:
            return True
    return False


def _text_of(entry: Any) -> tuple[str, bool]:
    """(the whole text of an entry, whether it is HTML); "" where there is at most a teaser."""
    contents = [(c, 1) for c in entry.get("content", ())] + [(entry.get("summary_detail") or {}, WHOLE)]
    best, most, is_html = "", 0, False
    for content, fewest in contents:
        value = str(content.get("value") or "")
        words = word_count(value)
        if words > most and words >= fewest and not is_cut(value):
            best, most = value, words
            is_html = content.get("type") != "text/plain" and bool(_MARKUP.search(value))
            if not is_html and content.get("type") != "text/plain":
                best = html.unescape(value)
    return best, is_html


def _told(entry: Any, feed: Any, member: Member) -> Label:
    """What a feed says of an entry."""
    names = [author.get("name") for author in entry.get("authors", ()) if author.get("name")]
    source = entry.get("source") or {}
    link = entry.get("link") or entry.get("id")
    language = next((c.get("language") for c in entry.get("content", ()) if c.get("language")), feed.get("language"))
    return Label(
        title=_words(entry, "title"),
        outlet=_words(source, "title") or _words(feed, "title"),
        byline=one_line(", ".join(dict.fromkeys(map(str, names))) or entry.get("author")),
        published=date_of(entry.get("published")),
        updated=date_of(entry.get("updated")) if "updated" in entry else None,
        url=web_address(link),
        fetched=member.told.fetched,
        language=language_code(language),
    )


def _words(of: Any, name: str) -> str | None:
    """A title in plain words."""
    detail = of.get(f"{name}_detail") or {}
    value = str(of.get(name) or "")
    return one_line(value if detail.get("type") == "text/plain" else plain(value))
