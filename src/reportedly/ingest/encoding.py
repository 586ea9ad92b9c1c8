"""Bytes -> text: the byte order mark, UTF-8, what the page declares, and else the best guess, said aloud."""

import codecs

from charset_normalizer import from_bytes

_GUESSED_FROM = 100_000  # bytes; more make the guess slower, not better
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """(text, encoding, what was assumed). A byte order mark is left out; nothing else is changed, line ends included.

    Bytes that the encoding does not know become U+FFFD, and the assumptions say how many."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, ())
    for stated in ("utf-8", declared):
        try:
            if stated:
                return data.decode(stated), codecs.lookup(stated).name, ()
        except (UnicodeDecodeError, LookupError):
            continue
    lenient = data.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) > 2 * lost:  # a few broken bytes among much good UTF-8
        return _lenient(data, "utf-8", ())
    # Few bytes beyond ASCII: a Western text with accents and quotation marks (German: 5 %). Other scripts have many.
    best = None if sum(b > 127 for b in data) < 0.1 * len(data) else from_bytes(data[:_GUESSED_FROM]).best()
    name = codecs.lookup(best.encoding if best else "cp1252").name
    return _lenient(data, name, (f"not valid UTF-8; read as {name}, which is a guess",))


def _lenient(data: bytes, encoding: str, assumed: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(encoding), encoding, assumed
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = f"{text.count(chr(0xFFFD))} places are not valid {encoding} and stand as U+FFFD"
        return text, encoding, (*assumed, lost)
