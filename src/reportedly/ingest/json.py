"""JSON: lines of objects, a list of them, or one object: a feed, what a search gives back, a report, our own output.

Lines and lists are read one after another, however many they are; what cannot be read of them is told by its number.
"""

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from .encoding import decode
from .ingested import IngestError
from .member import Budget, Cut, Limits, Linked, Member, Passed, Refused, too_large
from .rows import Rows, canonical, in_utf8, utf8

_LISTS = (  # where in one object the reports lie that it holds
    *("articles", "items", "results", "docs", "documents", "hits", "data", "response", "entries", "records", "rows"),
    *("stories", "posts", "news", "reports", "@graph"),
)
_FEED = "https://jsonfeed.org/"
_AT_ONCE = 1 << 16  # bytes; a value that is longer is looked for in twice as many each time
_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)  # with line ends in strings, which many write


def open_json(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The texts of a JSON file of any of these shapes. IngestError where it is no JSON, is one object that is too large
    to be read at once, or has no text in it."""
    with in_utf8(member) as stream:
        start = stream.tell()
        first, second = _line(stream, budget.limits), _line(stream, budget.limits)
        stream.seek(start)
        if member.rows is not None or (
            second and (_is_object(first) or _is_object(second))
        ):  # rows: a part of many lines
            yield from _lines(member, budget, stream)
            return
        stream, assumed = _decoded(stream, budget.limits)
        yield from (_list if first.lstrip().startswith(b"[") else _document)(member, budget, stream)
        for guess in assumed:
            yield Passed(file=member.file, member=member.name, reason=f"its text is {guess}")


def _decoded(stream: BinaryIO, limits: Limits) -> tuple[BinaryIO, tuple[str, ...]]:
    """(the stream, in UTF-8 if it is not too large for a guess; what was assumed)."""
    start = stream.tell()
    data = stream.read(limits.bytes + 1)
    stream.seek(start)
    try:
        if len(data) <= limits.bytes:
            data.decode()
    except UnicodeDecodeError:
        text, _, assumed = decode(data)
        return io.BytesIO(text.encode()), assumed
    return stream, ()


def _lines(member: Member, budget: Budget, stream: BinaryIO) -> Iterator[Member | Passed | Refused | Linked]:
    rows, number, at = Rows(member, budget), member.rows or 0, stream.tell()
    guessed: set[str] = set()
    while line := stream.readline(budget.limits.bytes + 1):
        number += 1
        place, at = Cut(at, number - 1), at + len(line)
        if len(line) > budget.limits.bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_AT_ONCE)
                at += len(line)
                budget.tick()
            yield rows.refused(number, str(too_large(budget.limits)))
        elif line.strip():
            try:
                text, _, assumed = decode(line)
                row = _parsed(text)
            except IngestError as e:
                yield rows.refused(number, str(e))
                continue
            guessed.update(assumed)
            if found := rows.member(row, number, line.rstrip(b"\r\n")):
                if isinstance(found, Member) and stream is member.stream:
                    found.place = place
                yield found
    yield from rows.end()
    for guess in sorted(guessed):
        yield Passed(file=member.file, member=member.name, reason=f"some rows are {guess}")


def _list(member: Member, budget: Budget, stream: BinaryIO) -> Iterator[Member | Passed | Refused | Linked]:
    rows = Rows(member, budget)
    for number, (row, written) in enumerate(_values(stream, budget.limits), 1):
        if found := rows.member(row, number, utf8(written)):
            yield found
    yield from rows.end()


def _document(member: Member, budget: Budget, stream: BinaryIO) -> Iterator[Member | Passed | Refused | Linked]:
    start = stream.tell()
    data = stream.read(budget.limits.bytes + 1)
    if len(data) > budget.limits.bytes:
        raise IngestError(f"one JSON object of {too_large(budget.limits)}, or write an object a line")
    text = decode(data)[0]
    try:
        document = _parsed(text)
    except IngestError as e:
        if "Extra data" not in str(e):
            raise
        stream.seek(start)  # several objects, one after another
        yield from _list(member, budget, stream)
        return
    rows = Rows(member, budget)
    if str(document.get("version")).startswith(_FEED):
        said = {"outlet": document.get("title")} | {name: document.get(name) for name in ("language", "authors")}
        for number, item in enumerate(_dicts(document.get("items")), 1):
            if found := rows.member(said | item, number, canonical(item), linked=True):
                yield found
    elif rows.has_text(document) or not (listed := _listed(document)):
        if found := rows.member(document, None, data):
            yield found
    else:
        for number, item in enumerate(listed, 1):
            if found := rows.member(item, number, canonical(item)):
                yield found
    yield from rows.end()


def _values(stream: BinaryIO, limits: Limits) -> Iterator[tuple[Any, str]]:
    """The values of a list, or that stand one after another, each with the characters that it is written in.
    IngestError where the list breaks off or one of them cannot be read, for where the next begins is not known then."""
    characters = codecs.getincrementaldecoder("utf-8")()
    text, at, size, number, ended = "", 0, _AT_ONCE, 1, False
    listed = None
    while True:
        at = _GAP.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if listed is None and at < len(text):
            listed = text[at] == "["
            at += listed
            continue
        if (text[at : at + 1] == "]" and listed) or (ended and at == len(text) and not listed):
            return
        try:
            value, end = _DECODER.raw_decode(text, at)
            whole = ended or end < len(text)
        except ValueError:
            whole = False
        except RecursionError:
            raise IngestError(f"value {number} is nested too deeply; what lies behind it was not read") from None
        if whole:
            yield value, text[at:end]
            at, size, number = end, _AT_ONCE, number + 1
            continue
        if ended or len(text) - at > limits.bytes:
            ends = "the file ends in it" if ended and listed else "it is no JSON"
            reason = f"value {number} cannot be read: {ends}" if ended else f"value {number}: {too_large(limits)}"
            raise IngestError(f"{reason}; what lies behind it was not read")
        part = stream.read(size)
        try:
            more = characters.decode(part, final=not part)
        except UnicodeDecodeError:
            raise IngestError(f"not valid UTF-8 behind value {number}; what lies there was not read") from None
        text, at, size, ended = text[at:] + more, 0, 2 * size, not part


def _parsed(text: str) -> dict[str, Any]:
    """The object that a text is. IngestError where it is none."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise IngestError("this JSON is nested too deeply to be read") from None
    except ValueError as e:
        raise IngestError(f"this is not valid JSON ({e})") from e
    if not isinstance(value, dict):
        raise IngestError("this JSON is no object with columns")
    return value


def _line(stream: BinaryIO, limits: Limits) -> bytes:
    """The next line that is not blank."""
    while line := stream.readline(limits.bytes + 1):
        if line.strip():
            return line
    return b""


def _is_object(line: bytes) -> bool:
    try:
        _parsed(decode(line)[0])
    except IngestError:
        return False
    return True


def _dicts(value: object) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _listed(document: dict[str, Any], deep: int = 2) -> list[dict[str, Any]]:
    """The reports that one object holds in a list, be it in an object within it."""
    for name in _LISTS:
        value = document.get(name)
        found = _listed(value, deep - 1) if isinstance(value, dict) and deep else _dicts(value)
        if found:
            return found
    return []
