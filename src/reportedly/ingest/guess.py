"""Bytes that tell no encoding -> the likeliest one: that in which their letters are those of one language and stand as
letters do.

charset-normalizer, which compares frequencies, is asked for Chinese, Japanese and Korean and offers its guess for the
rest; in short Western texts, which have few bytes beyond ASCII, it is often wrong.
"""

import re

from charset_normalizer import from_bytes

_LOOKED_AT = 100_000  # bytes; more make the guess slower, not better
_ENOUGH = 1000  # characters beyond ASCII
_WORDLIKE = 2.0  # bytes beyond ASCII in a row, the mean: German has 1, Vietnamese 1.6, Chinese 4, Russian 5
_CANDIDATES = (  # the commonest first, which wins where two do as well
    ["cp1252", "cp1251", "cp1250", "iso8859-2", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257", "iso8859-15"]
    + ["koi8-r", "koi8-u", "iso8859-7", "mac-roman", "cp850", "cp437", "cp852", "cp866", "iso8859-5", "mac-cyrillic"]
    + ["iso8859-13", "iso8859-4", "iso8859-3", "iso8859-14", "iso8859-8", "iso8859-6", "cp874", "cp1258"]
)
_ALPHABETS = [
    frozenset(letters + letters.upper())
    for letters in (
        "éèêëçñöüáíóúïôäåæøœ",  # English with its foreign names
        "äöüß",
        "éèêëàâçîïôûùœ",
        "áéíóúñüç",
        "áàâãéêíóôõúç",
        "àèéìòù",
        "äåöšžéü",
        "åæøéö",
        "áðéíóúýþæö",
        "ąćęłńóśźż",
        "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž",
        "áéíóöőúüű",
        "ăâîşţșț",
        "čćđšž",
        "çğıöşüâîİ",
        "ąčęėįšųūž",
        "āčēģīķļņšūž",
        "äõöüšž",
        "ċġħżàèìòù",
        "âêîôûŵŷáïö",
        "ĉĝĥĵŝŭ",
        "ăâđêôơưáéíóúýàèìòùãõ\u0300\u0301\u0303\u0309\u0323",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "абвгдежзийклмнопрстћуфхцчџшђјљњћќѓѕ",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "".join(map(chr, range(0x5B0, 0x5F5))),
        "".join(map(chr, range(0x60C, 0x670))) + "پچژگ\u200c\u200d",
        "".join(map(chr, range(0xE01, 0xE5C))),
    )
]
_WIDE = ("big5", "gb", "euc", "shift", "cp932", "cp949", "cp950", "johab", "iso2022")
_ROWS = re.compile(rb"[\x80-\xff]+")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LAST_LATIN = "\u036f"  # with the marks that stand over letters; the "ơ" of Vietnamese lies before
_OPENING, _CLOSING, _DASHES, _SIGNS = "“„«‘‚¿¡‹", "”»’“‘›…", "–—\xa0·•", "£€§°©®™½№"


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    head = data[:_LOOKED_AT]
    candidates = list(_CANDIDATES)
    rows = _ROWS.findall(head)
    if sum(map(len, rows)) >= _WORDLIKE * len(rows) and (best := from_bytes(head).best()):
        if best.encoding.startswith(_WIDE):
            return best.encoding
        if not best.encoding.startswith("utf"):
            candidates.insert(0, best.encoding)
    return max(candidates, key=lambda name: likelihood(head.decode(name, "replace")))


def likelihood(text: str) -> float:
    """How well the characters beyond ASCII fit: 1 for each that stands as it should in the language that they are of at
    best, less for those that do not."""
    letters: list[str] = []
    score = 0.0
    for n, found in enumerate(_BEYOND.finditer(text)):
        if n == _ENOUGH:
            break
        at = found.start()
        c, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if c.isalpha() or "\u0300" <= c <= "\u036f" or "\u05b0" <= c <= "\u0e5b":
            letters.append(c)
            score -= c.isupper() and before.islower()
            score -= c.islower() and before.isupper() and after.isupper()
            score -= 2 * (c > _LAST_LATIN and (before + after).isascii() and (before + after).strip().isalpha())
        elif (c in _OPENING and not before.isalnum() and not after.isspace()) or (
            c in _CLOSING and not before.isspace() and (c == "’" or not after.isalnum())
        ):
            score += 1
        elif c in _DASHES or (c in _SIGNS and (before.isdigit() or after.isdigit())):
            score += 0.9
        else:
            score -= 3 if c < "\xa0" or c == "\ufffd" else 1
    return score + max(sum(1 if c in alphabet else -1 for c in letters) for alphabet in _ALPHABETS)
