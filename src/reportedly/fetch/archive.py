"""The web archive (WARC 1.1, gzipped record by record) of what was fetched, which is also what was fetched before.

Records hold the bytes of the wire, and payload digests are over the body as it came, packed and in chunks, as other
tools check them. A record that was broken off is cut away when the file is opened again.
"""

import contextlib
import hashlib
import io
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from .fetched import FetchError, Rules
from .wire import Answer

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_AT_ONCE = 1 << 16
_LONGEST_MARK = 500  # characters; a server may refuse a request with longer headers


class Earlier(msgspec.Struct, frozen=True):
    """A page that the archive holds. entity: packed as it came. record, date: of its response."""

    headers: dict[str, str]
    entity: bytes
    record: str
    date: str


class Archive:
    """A WARC file that answers are added to. FetchError where it cannot be written, or is no such file."""

    def __init__(self, path: Path, rules: Rules) -> None:
        try:
            import fastwarc
        except ImportError as e:
            raise FetchError("to keep what is fetched in a web archive: pip install 'reportedly[formats]'") from e
        self._fastwarc: Any = fastwarc
        self._path, self._rules = path, rules
        self._at: dict[str, int] = {}
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as e:
            raise self._unwritable(e) from e
        try:
            self._lock()
            self._file.truncate(self._find())
            if not self._file.seek(0, io.SEEK_END):
                about = f"software: {rules.agent}\r\nformat: WARC File Format 1.1\r\n"
                self._append(self._record("warcinfo", about.encode(), {"Content-Type": "application/warc-fields"})[1])
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Nothing is added any more."""
        self._file.close()

    def earlier(self, url: str) -> Earlier | None:
        """The last page of that address which came with a mark to ask again by; None where there is none, or it is not
        as it was written."""
        if url not in self._at:
            return None
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            file.seek(self._at[url])
            record = next(iter(self._fastwarc.ArchiveIterator(file, parse_http=False)), None)
            if record and record.content_length <= 3 * self._rules.bytes and record.verify_block_digest():
                record.parse_http(auto_decode="transfer")
                entity = record.reader.read(self._rules.bytes + 1)
                if len(entity) <= self._rules.bytes:
                    return Earlier(_headers(record), entity, record.record_id, record.headers.get("WARC-Date", ""))
        return None

    def keep(self, answer: Answer, earlier: Earlier | None = None) -> None:
        """Add an answer and what was asked. earlier: the page that it says is unchanged."""
        about = {
            "WARC-Target-URI": answer.place.url,
            "WARC-Date": answer.fetched,
            "WARC-IP-Address": answer.address.partition("%")[0],
        }
        own = {"Content-Type": "application/http; msgtype=response"}
        if earlier:
            own["WARC-Profile"] = _NOT_MODIFIED
            own["WARC-Refers-To"] = earlier.record
            own["WARC-Refers-To-Target-URI"] = answer.place.url
            own["WARC-Refers-To-Date"] = earlier.date
        head, body = answer.received[: answer.head], answer.received[answer.head :]
        plain = b"\n" not in head.replace(b"\r\n", b"")  # other tools see the body begin where we do
        kind = "revisit" if earlier else "response"
        name, kept = self._record(kind, answer.received, about | own, body if plain and not earlier else None)
        own = {"Content-Type": "application/http; msgtype=request", "WARC-Concurrent-To": name}
        at = self._append(kept + self._record("request", answer.sent, about | own, b"")[1])
        if answer.status == 200 and plain and marks(answer.headers):
            self._at[answer.place.url] = at

    def _record(
        self, kind: str, block: bytes, headers: Mapping[str, str], body: bytes | None = None
    ) -> tuple[str, bytes]:
        """The name and bytes of a record. body: the payload, where the block has one."""
        record = self._fastwarc.WarcRecord()
        record.init_headers(getattr(self._fastwarc.WarcRecordType, kind), content_length=len(block))
        record.headers.status_line = "WARC/1.1"
        for name, value in headers.items():
            record.headers[name] = value
        record.set_bytes_content(block)
        out = io.BytesIO()
        with self._fastwarc.GzipWriter(out) as writer:
            digest = None if body is None else hashlib.sha1(body, usedforsecurity=False).digest()
            record.write(writer, checksum_data=True, payload_digest=digest)
            writer.finish()
            return record.record_id, out.getvalue()

    def _append(self, data: bytes) -> int:
        """Where in the file the bytes begin."""
        start = self._file.seek(0, io.SEEK_END)
        left = memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as e:
            with contextlib.suppress(OSError):
                self._file.truncate(start)
            raise self._unwritable(e) from e
        return start

    def _lock(self) -> None:
        """Two that write to one file would cut each other's records away."""
        try:
            import fcntl
        except ImportError:  # Windows
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise FetchError(f"{self._path} is being written by another run") from e

    def _find(self) -> int:
        """Where the last whole record of the file ends. Notes where the pages lie that can be asked for again."""
        last = 0
        with self._path.open("rb") as file:
            with contextlib.suppress(OSError):  # what is no record is looked at below
                for record in self._fastwarc.ArchiveIterator(file, parse_http=False):
                    last = record.stream_pos
                    self._note(record)
            size = file.seek(0, io.SEEK_END)
            if 0 < size == last:  # no record begins where one was read: gzipped as one
                raise self._other(last)
            while last < size and (end := self._member(file, last)):
                last = end
        self._at = {url: at for url, at in self._at.items() if at < last}
        return last

    def _note(self, record: Any) -> None:
        """Where the page of a record lies, if the server gave a mark by which to ask for it again."""
        if record.is_http and record.headers["WARC-Type"] == "response" and "WARC-Payload-Digest" in record.headers:
            at, url = record.stream_pos, record.headers.get("WARC-Target-URI")
            with contextlib.suppress(OSError):  # headers that are none
                record.parse_http()
                if record.http_headers.status_code == 200 and marks(_headers(record)):
                    self._at[url] = at

    def _member(self, file: BinaryIO, start: int) -> int:
        """Where the record ends that begins at `start`; 0 where it is broken off."""
        unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        head = b""
        file.seek(start)
        try:
            while not unpacking.eof and (part := file.read(_AT_ONCE)):
                while part and not unpacking.eof:
                    head = (head + unpacking.decompress(part, _AT_ONCE))[:5]
                    part = unpacking.unconsumed_tail
        except zlib.error:
            head = b"?"
        if not b"WARC/".startswith(head):
            raise self._other(start)
        return file.tell() - len(unpacking.unused_data) if unpacking.eof else 0

    def _other(self, at: int) -> FetchError:
        return FetchError(f"{self._path} is no web archive that can be added to (byte {at}); give another name")

    def _unwritable(self, e: OSError) -> FetchError:
        return FetchError(f"{self._path} cannot be written ({e.strerror})")


def marks(headers: Mapping[str, str]) -> dict[str, str]:
    """The request headers that ask for a page only where it is no longer the one that came with these headers."""
    asked = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
    return {k: v for k, v in asked.items() if v and len(v) <= _LONGEST_MARK and v.isascii() and v.isprintable()}


def _headers(record: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in record.http_headers}
