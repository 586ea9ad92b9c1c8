"""A web archive (WARC, plain or gzipped): the pages and papers that a crawler was given, decoded as HTTP says.

Where records are damaged or their lengths lie, reading goes on with the next that can be found.
"""

import io
import re
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from .ingested import IngestError
from .member import Budget, Cut, Label, Linked, Member, Passed, Readable, Refused, too_dense, too_large
from .passing import Passing, kind_of_type

_REPORTS = frozenset(
    ["text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "application/rss+xml"]
    + ["application/atom+xml", "application/rdf+xml", "text/xml", "application/xml", "application/feed+json"]
    + ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822", ""]
    + ["application/vnd.oasis.opendocument.text"]
)
_BESIDE = frozenset(["request", "metadata", "revisit", "warcinfo", "continuation"])
_WINDOW_BITS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}  # -15: as some servers understand "deflate"
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_PACKED_START = re.compile(re.escape(_GZIP))
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})\r?$", re.I | re.M)
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_BLOCK = 1 << 20
_AROUND = 1 << 9  # bytes by which the start of a record is told
_LONGEST_HEADER = 1 << 15

_Taken = tuple[Member | Refused | Passed, ...]


def open_warc(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The responses with status 200, resources and conversions of an archive that may be reports; what else it holds is
    passed over. IngestError where the library that reads it is missing."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        raise IngestError("this is a web archive; to read it: pip install 'reportedly[formats]'") from None
    records = _Records(member, budget)
    at: int | None = 0
    while at is not None:
        member.stream.seek(at)
        held: _Taken = ()  # until the next record shows that this one's length is true
        try:
            for record in ArchiveIterator(member.stream, parse_http=False, inplace=True):
                yield from held
                at, held = record.stream_pos, ()
                held = records.taken(record)
                if held and isinstance(held[0], Member):
                    held[0].place = Cut(at)
            yield from held
            break
        except _BrokenError as e:
            yield e.refused
            at = records.next_after(at)
        except OSError as e:
            whole = records.ends_where_it_says(at)
            following = records.next_after(at)
            if whole or not held:
                yield from held
                rest = "what follows is lost" if following is None else f"read on from byte {following}"
                reason = f"damaged behind the record at byte {at} ({str(e)[:100]}); {rest}"
                yield Refused(file=member.file, member=member.name, reason=reason)
            else:
                first = held[0]
                name = first.name if isinstance(first, Member) else first.member
                yield Refused(file=member.file, member=name, reason="its length is wrong: no record follows it")
            at = following
    yield from records.passing.said()


class _BrokenError(Exception):
    """A record does not end where it says, or is too long to be skipped: the next is to be looked for."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


class _Records:
    """What the records of one archive give. passing: what was passed over."""

    def __init__(self, member: Member, budget: Budget) -> None:
        from fastwarc.warc import WarcHeader, WarcRecordType

        self._member, self._budget = member, budget
        self._header, self._types = WarcHeader, WarcRecordType  # looked up by these six times as fast as by a name
        self._size = member.stream.seek(0, io.SEEK_END)
        self._packed = member.head.startswith(_GZIP)
        self.passing = Passing(member, budget)

    def taken(self, record: Any) -> _Taken:
        """The member that a record gives; nothing where it is passed over."""
        headers, types, http = record.headers, self._types, None
        if record.record_type == types.response and record.is_http:
            record.parse_http(quirks_mode=True)
            http = record.http_headers
            if http.status_code != 200:
                return self._over(record, f"response{{}} with status {http.status_code or 'unknown'}")
            media_type, charset = record.http_content_type or "", record.http_charset
        elif record.record_type in (types.response, types.resource, types.conversion):
            stated = headers.get(self._header.CONTENT_TYPE, "").lower()
            media_type, charset = stated.partition(";")[0].strip(), stated.partition("charset=")[2].partition(";")[0]
        else:
            kind = headers.get(self._header.WARC_TYPE, "")
            return self._over(record, f"{kind}{{}}" if kind in _BESIDE else "record{} of another type")
        if media_type not in _REPORTS and (media_type := media_type.lower()) not in _REPORTS:
            return self._over(record, kind_of_type(media_type) or "record{} of a type that holds no report")
        url = headers.get(self._header.WARC_TARGET_URI, "").strip("<>")
        if url.startswith("urn:") or url.endswith("/robots.txt"):
            return self._over(record, "note{} by and for crawlers")
        if headers.get(self._header.WARC_SEGMENT_NUMBER):
            return self._over(record, "part{} of a divided record")
        if not record.content_length:
            return self._over(record, "empty record{}")
        told = Label(
            address=url or None,
            fetched=headers.get(self._header.WARC_DATE),
            encoding=charset.strip("\"' ") or None if charset else None,
        )
        return self._read(record, url or headers.get(self._header.WARC_RECORD_ID, "").strip("<>"), told, http)

    def _read(self, record: Any, name: str, told: Label, http: Any) -> _Taken:
        size, limits = record.content_length, self._budget.limits
        if size > limits.bytes:
            self._skip(record, name)
            return (self._refused(name, str(too_large(limits))),)
        try:
            body = record.reader.read(size)
        except OSError as e:
            raise _BrokenError(self._refused(name, f"damaged ({str(e)[:100]})")) from e
        if len(body) < size:
            self._budget.spend(len(body))
            raise _BrokenError(self._refused(name, _cut(len(body), size)))
        fields = str(http or "")
        coded = "ncoding:" in fields or "NCODING:" in fields  # a third of the time that asking for two headers takes
        stream = partial(_decoded, body, http) if coded else body
        taken = self._budget.member(self._member, name, stream, size, told)
        shortened = record.headers.get(self._header.WARC_TRUNCATED)
        if shortened and isinstance(taken, Member):
            reason = f"the crawler kept only its beginning ({shortened})"
            return taken, Passed(file=taken.file, member=taken.name, reason=reason)
        return (taken,)

    def _over(self, record: Any, kind: str) -> _Taken:
        self.passing.over(kind)
        self._skip(record, record.headers.get(self._header.WARC_TARGET_URI, ""))
        return ()

    def _skip(self, record: Any, name: str) -> None:
        """Pass the rest of a record, the bytes of which are counted too: a little gzip is as much as one likes."""
        size, limits, skipped = record.content_length, self._budget.limits, 0
        if not self._packed and record.stream_pos + size > self._size:
            raise _BrokenError(self._refused(name, _cut(self._size - record.stream_pos, size)))
        try:
            while part := record.consume(min(_BLOCK, size - skipped)):
                skipped += part
                self._budget.spend(part)
                if self._packed and limits.is_too_dense(skipped, self._size):
                    raise _BrokenError(self._refused(name, str(too_dense(limits))))
        except OSError as e:
            raise _BrokenError(self._refused(name, f"damaged ({str(e)[:100]})")) from e
        if skipped < size:
            raise _BrokenError(self._refused(name, _cut(skipped, size)))

    def _refused(self, name: str, reason: str) -> Refused:
        return self._budget.refused(self._member, name, reason)

    def ends_where_it_says(self, at: int) -> bool:
        """Whether the record at this byte is followed by the empty lines that end one."""
        stream = self._member.stream
        stream.seek(at)
        if self._packed and stream.read(len(_GZIP)) != _GZIP:
            return True  # all records were packed as one: where they begin is not known
        stream.seek(at)
        try:
            reader: Any = _Inflated(stream, 31) if self._packed else stream
            begun = b""
            while b"\r\n\r\n" not in begun and len(begun) < _LONGEST_HEADER and (part := reader.read(_AROUND)):
                begun += part
            header, _, begun = begun.partition(b"\r\n\r\n")
            if not (length := _LENGTH.search(header)):
                return False
            behind = int(length.group(1)) - len(begun)
            while behind > 0 and (part := reader.read(min(behind, _BLOCK))):
                behind -= len(part)
            ended: bytes = begun[behind:] if behind < 0 else b""
            while len(ended) < 4 and (part := reader.read(4)):
                ended += part
            return ended.startswith(b"\r\n\r\n")
        except (EOFError, zlib.error):
            return False

    def next_after(self, at: int) -> int | None:
        """Where the first record begins behind this byte; None where there is none."""
        stream, pattern = self._member.stream, _PACKED_START if self._packed else _START
        at += 1
        stream.seek(at)
        kept = b""
        while part := stream.read(_BLOCK):
            self._budget.tick()
            data = kept + part
            for start in pattern.finditer(data):
                if not self._packed or _holds_record(data[start.start() : start.start() + _AROUND]):
                    return at + start.start()
            kept = data[-_AROUND:]
            at += len(data) - len(kept)
        return None


def begins_record(data: bytes) -> bool:
    """Whether a record, packed alone or not at all, begins with these bytes (some hundred are enough)."""
    return bool(_START.match(data)) or (data.startswith(_GZIP) and _holds_record(data))


def _holds_record(packed: bytes) -> bool:
    try:
        return bool(_START.match(zlib.decompressobj(31).decompress(packed, 64)))
    except zlib.error:
        return False


def _cut(there: int, size: int) -> str:
    return f"cut off, or its length is wrong: {there} of its {size} bytes are there"


def _decoded(body: bytes, http: Any) -> Readable:
    """A body as it was before it was sent: put together from its chunks and unpacked. IngestError where its encoding is
    not read. Some crawlers undo an encoding and keep the header that tells it: such a body is as it is."""
    if "chunked" in http.get("Transfer-Encoding", "").lower() and _CHUNK.match(body):
        body = _from_chunks(body)
    told = http.get("Content-Encoding", "").lower().replace(",", " ").split()
    codings = [coding for coding in told if coding != "identity"]
    if len(codings) > 1 or (codings and codings[0] not in (*_WINDOW_BITS, "br", "zstd")):
        raise IngestError(f"its HTTP encoding is not read ({', '.join(codings)[:60]})")
    for coding in codings:
        for bits in _WINDOW_BITS.get(coding, ()):
            try:
                zlib.decompressobj(bits).decompress(body, 1)
                return _Inflated(io.BytesIO(body), bits)
            except zlib.error:
                continue
        if coding in ("br", "zstd"):
            from fastwarc.stream_io import BrotliReader, ZstdReader

            reader = BrotliReader if coding == "br" else ZstdReader
            try:
                reader(io.BytesIO(body)).read(1)
                unpacked: Readable = reader(io.BytesIO(body))
                return unpacked
            except OSError:
                continue
    return io.BytesIO(body)


def _from_chunks(body: bytes) -> bytes:
    """EOFError where the last chunk, which is empty, does not come."""
    chunks: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        size = int(head.group(1), 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    raise EOFError


class _Inflated:
    """What one gzip or deflate stream unpacks to, as much at a time as is asked for."""

    def __init__(self, packed: Readable, bits: int) -> None:
        self._packed, self._inflating = packed, zlib.decompressobj(bits)

    def read(self, size: int) -> bytes:
        """At most that many bytes. EOFError where the body is cut off."""
        while not self._inflating.eof:
            packed = self._inflating.unconsumed_tail or self._packed.read(_AROUND * 128)
            if not packed:
                raise EOFError
            if unpacked := self._inflating.decompress(packed, size):
                return unpacked
        return b""
