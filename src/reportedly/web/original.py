"""An original web page, to be looked at and nothing else.

Written anew from the elements that hold text: without scripts, styles, images, frames, forms, links and whatever else
acts or would ask a server for something. In one pass, since the page may be made to take long.
"""

from html import escape

import lxml.etree
import lxml.html

LARGEST_SHOWN = 3_000_000  # bytes; larger pages are saved
_SHOWN = frozenset(
    ["article", "main", "section", "header", "footer", "aside", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr"]
    + ["ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "caption", "figure", "br"]
    + ["figcaption", "blockquote", "q", "pre", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "cite"]
    + ["code", "time"]
)
_VOID = frozenset(["br", "hr"])
_LEFT_OUT = frozenset(
    ["head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio"]
    + ["video", "select", "textarea", "noembed", "noframes", "plaintext", "xmp", "title"]
)


def dead(html: str) -> str:
    """The page with nothing in it but its text, in paragraphs, lists and tables as they were."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.LxmlError:  # there is nothing in it
        return "<!doctype html><p></p>"
    out, hidden = ["<!doctype html><meta charset=utf-8>"], 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _LEFT_OUT
            if not hidden:
                out += [f"<{tag}>" if tag in _SHOWN else "", escape(element.text or "")]
        else:
            if not hidden and tag in _SHOWN - _VOID:
                out.append(f"</{tag}>")
            hidden -= tag in _LEFT_OUT
            if not hidden:
                out.append(escape(element.tail or ""))
    return "".join(out)
