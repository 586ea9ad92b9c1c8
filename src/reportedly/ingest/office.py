"""Word processor files, .docx and .odt: their paragraphs, as a reader sees them with all changes accepted.

Headings, lists, tables, text boxes and the text of links are read; deletions, comments, notes, headers and footers are
not, and how many there are is said. Macros and whatever else lies in the archive is never opened.
"""

import io
import re
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

from ..records import Region, Unread
from .ingested import Ingested, IngestError
from .language import language_code
from .member import Limits, Member, damage, too_dense, too_large
from .text import headline

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode())  # two names of one vocabulary
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_RUN, _TEXT = _W + "r", _W + "t"
_HIDDEN = f"{_W}rPr/{_W}vanish"
_ROW = re.compile("  +")
_SPACES = re.compile(r"[ \t\r\n]+")
_FIXED = "\x00"  # for a space that is not to flow together with others; no XML holds it
_BETWEEN = "\n\n"  # paragraphs
_MOST_SPACES = 1000  # in a row, by one element that says how many

_Skipped = dict[str, str | None]  # elements that are not read, and what to call them where that is to be said
_DOCX_SKIPPED: _Skipped = {
    _W + "del": "tracked deletion{}",
    _W + "moveFrom": "tracked deletion{}",
    _W + "commentReference": "comment{}",
    _W + "footnoteReference": "footnote{}",
    _W + "endnoteReference": "endnote{}",
    _W + "altChunk": "embedded file{}",
    _MATHS: "formula{}",
    _MC + "Fallback": None,  # the same text box once more, for old readers
}
_ODT_SKIPPED: _Skipped = {
    _T + "deletion": "tracked deletion{}",
    _O + "annotation": "comment{}",
    _T + "note": "note{}",
    _T + "ruby-text": None,
    _T + "insertion": None,  # who inserted what and when; the text stands where it belongs
    _T + "format-change": None,
}
_CHARACTERS = {
    _W + "tab": "\t",
    _W + "ptab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
    _T + "tab": "\t",
    _T + "line-break": "\n",
}
_PARAGRAPHS = frozenset([_W + "p", _T + "p", _T + "h"])
_INLINE = frozenset(_T + name for name in ("p", "h", "span", "a", "meta", "ruby-base"))


def read_docx(member: Member, limits: Limits) -> Ingested:
    """The document of a Word file (.docx)."""
    with _archive(member, limits) as archive:
        root = _xml(archive, "word/document.xml", limits)
        about = _about(archive, "docProps/core.xml", limits)
        beside = sum(name.startswith(("word/header", "word/footer")) for name in archive.namelist())
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _ingested(member, limits, root, _W + "body", _DOCX_SKIPPED, about, beside, media_type)


def read_odt(member: Member, limits: Limits) -> Ingested:
    """The document of an OpenDocument text (.odt)."""
    with _archive(member, limits) as archive:
        if b"encryption-data" in _part(archive, "META-INF/manifest.xml", limits):
            raise IngestError("this file is encrypted; save it without a password")
        root = _xml(archive, "content.xml", limits)
        about = _about(archive, "meta.xml", limits)
        styles = _part(archive, "styles.xml", limits)
        beside = len(re.findall(rb"<style:(?:header|footer)(?:-first|-left)?>", styles))
    media_type = "application/vnd.oasis.opendocument.text"
    return _ingested(member, limits, root, _O + "text", _ODT_SKIPPED, about, beside, media_type)


def _ingested(
    member: Member,
    limits: Limits,
    root: Any,
    body: str,
    skipped: _Skipped,
    about: dict[str, str],
    beside: int,
    media_type: str,
) -> Ingested:
    element = next(root.iter(body), None) if root is not None else None
    if element is None:
        raise IngestError("this file holds no document; save it again, or its text as .txt")
    paragraphs, counts = _paragraphs(element, skipped)
    counts["header{} or footer{}"] = beside
    layout, at = [], 0
    for selector, paragraph in paragraphs:
        layout.append(Region(start=at, end=at + len(paragraph), selector=selector))
        at += len(paragraph) + len(_BETWEEN)
    text = _BETWEEN.join(paragraph for _, paragraph in paragraphs)
    unread = [Unread(f"{n} {kind.replace('{}', '' if n == 1 else 's')} left out") for kind, n in counts.items() if n]
    return member.ingested(
        text,
        limits,
        language=language_code(about.get("language")),
        unread=unread,
        layout=layout,
        title=about.get("title") or headline(text),
        byline=about.get("creator"),
        media_type=media_type,
    )


def _paragraphs(body: Any, skipped: _Skipped) -> tuple[list[tuple[str, str]], Counter[str]]:
    """((XPath, text) of each paragraph that holds any, in the order in which they begin: a text box stands within
    another; how many elements of each kind were not read)."""
    numbers: dict[Any, int] = {}
    of_kind: Counter[str] = Counter()
    for element in body.getroottree().iter(*_PARAGRAPHS):
        of_kind[element.tag] += 1
        numbers[element] = of_kind[element.tag]
    found: list[tuple[str, list[str]]] = []
    opened: list[list[str]] = []
    counts: Counter[str] = Counter()
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag in _PARAGRAPHS:
                opened.pop()
            elif opened:
                opened[-1].append(_flowing(element.tail, element.getparent().tag))
        elif tag in skipped or (tag == _RUN and _is_hidden(element)):
            if kind := skipped.get(tag, "hidden passage{}"):
                counts[kind] += 1
            walk.skip_subtree()
        elif tag in _PARAGRAPHS:
            name = f"{element.prefix}:{etree.QName(tag).localname}"
            found.append((f"(//{name})[{numbers[element]}]", [_flowing(element.text, tag)]))
            opened.append(found[-1][1])
        elif opened and tag == _TEXT:
            opened[-1].append((element.text or "").replace(" ", _FIXED))
        elif opened and tag == _T + "s":
            opened[-1].append(_FIXED * _number(element.get(_T + "c")))
        elif opened:
            opened[-1].append(_CHARACTERS.get(tag) or _flowing(element.text, tag))
    texts = ((selector, _text_of(pieces)) for selector, pieces in found)
    return [(selector, text) for selector, text in texts if text], counts


def _flowing(text: str | None, within: str) -> str:
    """What an element of OpenDocument holds itself: all white space is one space, and none between blocks."""
    if not text or not within.startswith(_T) or not (within in _INLINE or text.strip()):
        return ""
    return _SPACES.sub(" ", text)


def _text_of(pieces: list[str]) -> str:
    return _ROW.sub(" ", "".join(pieces)).replace(_FIXED, " ").strip()


def _number(stated: str | None) -> int:
    return min(int(stated), _MOST_SPACES) if stated and stated.isdecimal() and len(stated) < 9 else 1


def _is_hidden(run: Any) -> bool:
    vanish = run.find(_HIDDEN)
    return vanish is not None and vanish.get(_W + "val") not in ("0", "false", "off")


def _about(archive: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, str]:
    """Title, creator and language that the file's properties tell."""
    root = _xml(archive, name, limits)
    if root is None:
        return {}
    return {e.tag[len(_DC) :]: e.text.strip() for e in root.iter(f"{_DC}*") if e.text and e.text.strip()}


def _archive(member: Member, limits: Limits) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(member.data(limits)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as e:
        raise IngestError("this file is cut off or damaged; fetch it again") from e


def _xml(archive: zipfile.ZipFile, name: str, limits: Limits) -> Any:
    """The root of a part; None where the archive has none of that name. No entity is replaced and nothing fetched."""
    if not (data := _part(archive, name, limits)):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(*_STRICT), parser)
    except etree.XMLSyntaxError as e:
        raise IngestError(f"this file is damaged: {name} is no valid XML ({str(e)[:200]})") from e
    if root.getroottree().docinfo.doctype:
        raise IngestError(f"this file is no office file: {name} has a document type")
    return root


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """The bytes of a part, none where the archive has none of that name."""
    if name not in archive.NameToInfo:
        return b""
    entry = archive.getinfo(name)
    if entry.file_size > limits.bytes:
        raise too_large(limits)
    if limits.is_too_dense(entry.file_size, entry.compress_size):
        raise too_dense(limits)
    try:
        return archive.read(entry)
    except RuntimeError as e:  # so zipfile says that it is encrypted
        raise IngestError("this file is encrypted; save it without a password") from e
    except Exception as e:
        raise IngestError(f"this file is {damage(e)}") from e
