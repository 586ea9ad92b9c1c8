"""Bytes -> text: the byte order mark, UTF-8, what the page declares, and else the best guess, said aloud."""

import codecs
import re
import unicodedata
from collections.abc import Iterable

from .guess import guess, likelihood

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MEANT = {  # what browsers read a declared name as: the same and more
    "ascii": ("cp1252",),
    "iso8859-1": ("cp1252",),
    "iso8859-9": ("cp1254",),
    "iso8859-11": ("cp874",),
    "tis-620": ("cp874",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "euc_kr": ("cp949",),
    "shift_jis": ("cp932",),
    "big5": ("cp950", "big5hkscs"),
}
_OLD_NAMES = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "x-mac-roman": "mac-roman", "x-big5": "big5"}
_NO_CHARSET = re.compile(r"unicode|raw|escape|idna|punycode|undefined|mbcs|oem|utf-?7|utf-?8|utf-?16|utf-?32")
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_ESCAPED = re.compile(rb"\x1b(?:\$[@AB]|\$\)C|\(J)")
_GARBLED = re.compile("â€[\x80-\xbf˜™š›œžŸ“”]|Ã[\x80-\xbf]")
_SEVEN_BIT = ("iso2022_jp", "iso2022_jp_ext", "iso2022_kr")
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
_ODD = frozenset({"Cc", "Cn", "Co", "Cs"})
_JUDGED_BY = 20_000  # bytes, of which of two declarations is true
_LOOKED_AT = 4096  # bytes in which a declaration, and zero bytes, are looked for


def encoding_of_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of the data tells."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the data have their zero bytes."""
    size = min(len(data), _LOOKED_AT)
    head = data[: size - size % (4 if size >= 4 else 2)]
    if b"\x00" not in head or len(head.translate(None, _PRINTABLE)) < 0.25 * len(head):  # a byte for a character
        return None
    if not head.isascii() and len(head.decode("utf-8", "ignore").encode()) >= len(head) - 3:
        return None  # UTF-8 with zero bytes in it
    if not any(head[3::4]) and max(head[2::4], default=255) <= 0x10:  # no character is beyond U+10FFFF
        encoding = "utf-32-le"
    elif not any(head[0::4]) and max(head[1::4], default=255) <= 0x10:
        encoding = "utf-32-be"
    else:  # of two bytes the one that tells the script varies less
        encoding = "utf-16-le" if len(set(head[1::2])) < len(set(head[0::2])) else "utf-16-be"
    text = head.decode(encoding, "replace")
    odd = sum(c == "\ufffd" or (unicodedata.category(c) in _ODD and c not in "\t\n\r") for c in text)
    return encoding if odd <= 0.01 * len(text) else None


def declared_in(page: bytes) -> str | None:
    """The charset that a page or an XML file declares of itself."""
    found = _DECLARED.search(page[:_LOOKED_AT])
    return found.group(1).decode("ascii", "ignore") if found else None


def decode(data: bytes, *declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    """(text, encoding, what was assumed). declared: by the header, by the page; none goes before what the bytes show. A
    byte order mark is left out; nothing else is changed, line ends included.

    Bytes that the encoding does not know become U+FFFD, and the assumptions say how many."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, ())
    if wide := wide_encoding(data):
        return _lenient(data, wide, (f"no byte order mark; read as {wide} by its zero bytes",))
    meant = list(dict.fromkeys(name for stated in declared for name in _charsets(stated)))
    if _ESCAPED.search(data):  # Japanese and Korean in ASCII, which is valid UTF-8 too
        seven = [name for name in (*meant, *_SEVEN_BIT) if name.startswith(("iso2022", "hz"))]
    else:
        seven = []
    if text := _first(data, (*seven, "utf-8")):
        garbled = len(_GARBLED.findall(text[0])) > 1
        return *text, ("it was garbled before it was saved (“â€™” for an apostrophe) and is kept so",) * garbled
    if len(meant) > 1:  # servers often declare one for all their pages
        meant.sort(key=lambda name: -likelihood(data[:_JUDGED_BY].decode(name, "replace")))
    if text := _first(data, meant):
        return *text, ()
    lenient = data.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) > 2 * lost:  # a few broken bytes among much good UTF-8
        return _lenient(data, "utf-8", ())
    name = _charsets(guess(data))[0]
    return _lenient(data, name, (f"not valid UTF-8; read as {name}, which is a guess",))


def _first(data: bytes, encodings: Iterable[str]) -> tuple[str, str] | None:
    """(text, encoding): the first of them in which the bytes are valid."""
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeError:
            continue
    return None


def _charsets(declared: str | None) -> tuple[str, ...]:
    """The codecs that a page's declaration means; none where it means none that text is written in."""
    declared = (declared or "").strip().lower()
    try:
        name = codecs.lookup(_OLD_NAMES.get(declared, declared)).name
        "".encode(name)  # rot13 and the like are codecs too, but not of text
    except (LookupError, ValueError):
        return ()
    return () if _NO_CHARSET.search(name) else _MEANT.get(name, (name,))


def _lenient(data: bytes, encoding: str, assumed: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(encoding), encoding, assumed
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = f"{text.count(chr(0xFFFD))} places are not valid {encoding} and stand as U+FFFD"
        return text, encoding, (*assumed, lost)
