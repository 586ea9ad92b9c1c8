"""Addresses of one page -> one form, without what names the reader's way to it or another dress of the same page.

courlan, which trafilatura brings, does not do: it keeps www, AMP, archives and fragments, drops empty parameters, and
takes a parameter for a tracker by how it begins, `gallery`, `glossary` and `cid` too.
"""

import contextlib
import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

_LONGEST = 8_000  # characters; no page has a longer address
_PORTS = {"http": 80, "https": 443}
_DRESS = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_NAMELESS = re.compile(r"/index\.(?:html?|php|aspx?)$|/amp(?:\.html?)?$|\.amp(?=$|\.html?$)|^/amp(?=/)", re.I)
_ENTITY = re.compile(r"&(?:amp;)+")
_WRAPPED = re.compile(
    r"https?:/{1,2}(?:"
    r"(?:www\.)?web\.archive\.org(?::\d+)?/web/\d{1,14}(?:[a-z]{2}_|\*)?/"
    r"|(?:[\w-]+\.)?cdn\.ampproject\.org/[cv]/(?:s/)?"
    r"|(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?"
    r")(?:https?:/{1,2})?(?=[^/])",
    re.I,
)
# Parameters that tell of the reader, of the way to the page, or of its dress.
_TRACKERS = re.compile(
    r"(?:utm|mc|ns|at|pk|mtm|matomo|hsa|vero|oly|itm|stm|fb|ga|wt|amp|_amp)_.*|wt\..*|_?amp|usqp"
    r"|(?:fb|g|d|tw|y|ms|tt|sc)clid|gclsrc|[gw]braid|igshid|igsh|li_fat_id|mkt_tok|_ga|_gl|_hs(?:enc|mi)"
    r"|ref|ref_?src|ref_?url|referr?er|reflink|src|sref|srnd|via|source|share(?:d|token|id)?|sh|sr_share"
    r"|cmp(?:id)?|i(?:nt)?cmp|i(?:nt)?_?cid|ocid|ncid|s_cid|ex_cid|cvid|mbid|cndid|campaign(?:_?id)?"
    r"|ito|xtor|sm(?:id|typ|prod|var)|emc|partner|taid|guccounter|guce_referrer(?:_sig)?|soc_(?:src|trk)|tsrc|mod"
    r"|ftag|feature|trk|trkid|spm|leadsource|unlocked_article_code|pwapi_token|gift|giftcopy|__twitter_impression",
    re.I,
)


def same_address(url: str) -> str:
    """The form under which two addresses of one page are the same; it need not lead to the page. What is no address of
    a web page stays as it is, without the space around it.

    >>> same_address("http://m.news.example/bridge/amp/?utm_source=mail&page=2#top")
    'https://news.example/bridge?page=2'
    """
    for _ in range(_LONGEST):  # a form may turn out to be wrapped itself; each round takes something away
        tidied = _tidied(url)
        if tidied == url:
            break
        url = tidied
    return url


def site_of(url: str) -> str:
    """The host of an address, in the form under which those of one site are the same; empty where it has none."""
    try:
        return urlsplit(same_address(url)).hostname or ""
    except ValueError:
        return ""


def _tidied(url: str) -> str:
    url = url.strip().encode("utf-8", "replace").decode()
    if len(url) > _LONGEST:
        return url
    while wrapping := _WRAPPED.match(url):
        url = f"https://{url[wrapping.end() :]}"
    try:
        parts = urlsplit(_ENTITY.sub("&", url))
        host, port = (parts.hostname or "").strip("."), parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not host:
        return url
    with contextlib.suppress(UnicodeError):
        host = host.encode("idna").decode()
    while dressed := _DRESS.match(host):
        host = host[dressed.end() :]
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, *_PORTS.values()) else f"{host}:{port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKERS.fullmatch(name) and (name.lower(), value.lower()) != ("outputtype", "amp")
    ]
    return f"https://{place}{_path(parts.path)}{'?' if query else ''}{urlencode(sorted(query))}"


def _path(path: str) -> str:
    """A path in one spelling, without names that the page is found without."""
    path = unquote_to_bytes(path).decode("latin-1")
    while (shorter := _NAMELESS.sub("", posixpath.normpath("/" + path.lstrip("/")))) != path:
        path = shorter
    return "" if path == "/" else quote(path.encode("latin-1"), safe="/:@!$&'()*+,;=~")
