"""What is to be read: a file, or a member of an archive, a feed, a table; and how much of an input may be.

Containers yield members, one after another; document formats make an `Ingested` of one. What an input unpacks to is
bounded by a `Budget`, which everything inside it shares.
"""

import io
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Protocol, Self

import msgspec

from ..records import Document, Region, Unread, digest_of
from .ingested import Ingested, IngestError
from .language import language_of
from .sniff import CONTAINERS, Format, format_of_head, media_type_of

SNIFFED = 4096  # bytes by which a format is told
_IN_MEMORY = 16_000_000  # bytes; what is larger is unpacked to a temporary file
_AT_ONCE = 1 << 16
ALWAYS = 10_000_000  # bytes that anything may unpack to, however small it was
_LONGEST_NAME = 500  # characters
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is read at most. bytes: of one document. unpacked: bytes, of one input with all that is in it. ratio:
    unpacked to packed. members: of one input. nesting: of archives in archives. pages: of one PDF. seconds: that one
    document may take until it is text. memory: bytes, of the process that reads files."""

    bytes: int = 10_000_000
    unpacked: int = 20_000_000_000
    ratio: int = 200
    members: int = 1_000_000
    nesting: int = 5
    pages: int = 2_000
    seconds: float = 30.0
    memory: int = 1_500_000_000

    def is_too_dense(self, size: int, packed: int) -> bool:
        """Whether something unpacks to so much more than it is that it means harm. size, packed: bytes."""
        return size > max(ALWAYS, self.ratio * packed)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of an input that is read alone, everything in it called as in the whole. start, stop: its bytes, where
    they can be read without those before (`format` says as what: lines of JSON, records of a web archive). rows: how
    many rows lie before. skip: how many things of the stretch are passed; most: how many are read behind these."""

    start: int = 0
    stop: int | None = None
    format: Format | None = None
    rows: int = 0
    skip: int = 0
    most: int | None = None


class Cut(msgspec.Struct, frozen=True):
    """Where in an input a part may begin: a byte, and how many rows lie before it."""

    at: int
    rows: int = 0


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What its container says of a member. url: the address that it has, as the entry of a feed or a row says; address:
    where it was had from; fetched: when, ISO 8601. encoding: the charset that a mail or web header declares."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    address: str | None = None
    fetched: str | None = None
    language: str | None = None
    encoding: str | None = None


class Passed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What an input holds that is no report and was passed over, said once for all of a kind: "12 images"."""

    file: str
    reason: str
    member: str | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A file or a member of it that cannot be read, and why."""

    file: str
    reason: str
    member: str | None = None


class Linked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An entry of a feed that holds no text but an address where it is."""

    file: str
    told: Label
    member: str | None = None


class Member:
    """A file or a member of one. stream: its bytes, can be read again from the start. file: the input as given. path:
    the names by which it lies in the input, from the outside in. format: where its container knows. original: the bytes
    it stands for, where those to be read were taken out of them (a row of a table, a mail's body). rows: where it is a
    part of a table, how many rows lie before it. place: where in its container one might begin to read with it."""

    def __init__(
        self,
        stream: BinaryIO,
        file: str,
        path: tuple[str, ...] = (),
        told: Label | None = None,
        format: Format | None = None,
        original: bytes | None = None,
        rows: int | None = None,
    ) -> None:
        self.stream, self.file, self.path, self.format, self.rows = stream, file, path, format, rows
        self.place: Cut | None = None
        self.told = told or Label()
        self._original = original
        self._data: bytes | None = None
        self._digest: str | None = None

    @classmethod
    def of(cls, data: bytes, file: str, **known: Any) -> Self:
        """A member of these bytes."""
        return cls(io.BytesIO(data), file, **known)

    @property
    def name(self) -> str | None:
        """Where in the input it lies: "b.zip!c.html"; None where it is the input itself."""
        return "!".join(self.path) or None

    @property
    def head(self) -> bytes:
        """Its first bytes, by which a format is told."""
        self.stream.seek(0)
        head = self.stream.read(SNIFFED)
        self.stream.seek(0)
        return head

    @property
    def is_taken_out(self) -> bool:
        """Whether its bytes were taken out of others that it stands for: then all of them are text, and what is to be
        said of it is told."""
        return self._original is not None

    def data(self, limits: Limits) -> bytes:
        """Its bytes. IngestError where they are more than one document may have."""
        if self._data is None:
            self.stream.seek(0)
            data = self.stream.read(limits.bytes + 1)
            if len(data) > limits.bytes:
                raise too_large(limits)
            self._data = data
        return self._data

    def original(self, limits: Limits) -> bytes:
        """The bytes that it stands for; their digest is the document's."""
        return self.data(limits) if self._original is None else self._original

    def digest(self, limits: Limits) -> str:
        """The digest of those bytes, worked out once: a document is offered by it before it is read."""
        if self._digest is None:
            self._digest = digest_of(self.original(limits))
        return self._digest

    def _is_within(self, limits: Limits) -> bool:
        """Whether its bytes are only a part of those it stands for, or made out of them."""
        return self._original is not None and self._original != self.data(limits)

    def document(self, text: str, limits: Limits, **own: Any) -> Document:
        """The document of this text. What the container says of it goes before `own`, what its format found out; but
        the address that it gives itself goes before the one it was had from."""
        told = {k: v for k, v in msgspec.structs.asdict(self.told).items() if v and k not in ("encoding", "url")}
        url = own.pop("url", None) or self.told.url or self.told.address
        if self._is_within(limits):
            own["media_type"] = media_type_of(self.original(limits))
        return Document.of(
            text, **{**own, **told}, file=self.file, member=self.name, url=url, digest=self.digest(limits)
        )

    def ingested(
        self,
        text: str,
        limits: Limits,
        *,
        language: str | None = None,
        unread: Iterable[Unread] = (),
        assumed: Iterable[str] = (),
        layout: Iterable[Region] = (),
        **own: Any,
    ) -> Ingested:
        """What a format makes of this member: the document of its text, with what it found out of it (`own`) and the
        language that it states. Where the text stands in bytes that were taken out of others is not told."""
        known, warnings = language_of(text, self.told.language or language)
        document = self.document(text, limits, language=known, **own)
        missing = () if text.strip() else (Unread("the file holds no text"),)
        where = () if self._is_within(limits) else tuple(layout)
        return Ingested(document, (*unread, *missing), (*assumed, *warnings), where, self.original(limits))


class Portion(io.RawIOBase):
    """Some bytes of a file, read as if there were no others; positions are those of the whole."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        self._file, self._start, self._stop = file, start, stop
        file.seek(start)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, at: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position of the whole; before the portion is its start, behind it its end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._file.tell(), io.SEEK_END: self._stop}[whence]
        return self._file.seek(min(max(base + at, self._start), self._stop))

    def tell(self) -> int:
        """The position in the whole."""
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        """Fill as much of the buffer as there is."""
        data = self._file.read(min(len(buffer), max(self._stop - self._file.tell(), 0)))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file, too."""
        self._file.close()
        super().close()


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most that many bytes, none at the end."""


class SpentError(IngestError):
    """Nothing more of this input may be unpacked."""


class Budget:
    """What may still be unpacked of one input. text_column: the column of a table that holds the text, where the user
    named it. tick: called as the work goes on. entered: called with the name of the container that is opened now, or
    gone back to. stops: how many documents of a container are read at most, by its name: those behind did harm."""

    def __init__(
        self,
        limits: Limits,
        text_column: str | None = None,
        tick: Callable[[], object] = lambda: None,
        entered: Callable[[str | None], object] = lambda name: None,
        stops: Mapping[str, int] | None = None,
    ) -> None:
        self.limits, self.text_column, self.tick, self.entered = limits, text_column, tick, entered
        self.stops = stops or {}
        self._bytes = self._members = 0
        self._names: dict[int, int] = {}  # the number given last, by the hash of a name, which is smaller

    def count(self) -> None:
        """One more member is taken, or passed over. SpentError where there were too many."""
        self._members += 1
        self.tick()
        if self._members > self.limits.members:
            raise SpentError(f"more than {self.limits.members} members; raise it with --limit members=N")

    def spend(self, size: int) -> None:
        """So many bytes more are unpacked. SpentError where they are too many."""
        self._bytes += size
        self.tick()
        if self._bytes > self.limits.unpacked:
            raise spent(self.limits)

    def member(
        self,
        within: Member,
        name: str,
        stream: bytes | Readable | Callable[[], Readable],
        packed: Callable[[], int] | int | None = None,
        told: Label | None = None,
        format: Format | None = None,
    ) -> Member | Refused:
        """A member of a container, its bytes taken out of the stream; what is too large, or fails, is refused. packed:
        its size in the container, where that is known. A second member of the same name is told apart by a number.
        SpentError where nothing more may be unpacked."""
        self.count()
        path = self._path(within, name)
        try:
            if isinstance(stream, bytes):
                self.spend(len(stream))
                format = format or format_of_head(stream[:SNIFFED], self.text_column)
                if len(stream) > self.limits.bytes and format not in CONTAINERS:
                    raise too_large(self.limits)
                return Member(io.BytesIO(stream), within.file, path, told, format)
            opened = stream if hasattr(stream, "read") else stream()
            copy, format = self._spool(opened, packed, format)
            return Member(copy, within.file, path, told, format)
        except SpentError:
            raise
        except IngestError as e:
            reason = str(e)
        except MemoryError:
            raise
        except Exception as e:  # whatever the decompressor makes of bytes that lie
            reason = damage(e)
        return Refused(file=within.file, member="!".join(path), reason=reason)

    def refused(self, within: Member, name: str, reason: str) -> Refused:
        """The refusal of a member that is not even unpacked. SpentError where there were too many members."""
        self.count()
        return Refused(file=within.file, member="!".join(self._path(within, name)), reason=reason)

    def _path(self, within: Member, name: str) -> tuple[str, ...]:
        name = clean_name(name)
        path = (*within.path, name)
        key = hash(path)
        n = self._names.get(key, 0) + 1
        while n > 1:  # until no other member is called so
            path = (*within.path, f"{name} ({n})")
            if hash(path) not in self._names:
                self._names[hash(path)] = 1
                break
            n += 1
        self._names[key] = n
        return path

    def _bound(self, more: int, size: int, packed: Callable[[], int] | int | None, format: Format) -> None:
        """So many bytes more of a member were unpacked, in all this size: may it be?"""
        self.spend(more)
        if size > self.limits.bytes and format not in CONTAINERS:
            raise too_large(self.limits)
        if packed is not None and self.limits.is_too_dense(size, packed() if callable(packed) else packed):
            raise too_dense(self.limits)

    def _spool(self, stream: Any, packed: Callable[[], int] | int | None, format: Format | None) -> tuple[Any, Format]:
        """A copy of what the stream gives, in memory or in a temporary file; and its format."""
        out: Any = io.BytesIO()
        size = 0
        while part := stream.read(_AT_ONCE):
            if size == 0:
                format = format or format_of_head(part[:SNIFFED], self.text_column)
            size += len(part)
            self._bound(len(part), size, packed, format or "text")
            if size > _IN_MEMORY >= size - len(part):
                in_memory, out = out, _Temporary(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 closes itself
                out.write(in_memory.getbuffer())
            out.write(part)
        out.seek(0)
        return out, format or "text"


class _Temporary(io.BufferedRandom):
    """A file without a name that is gone with the last who reads it."""

    def __del__(self) -> None:
        self.close()


def clean_name(name: str) -> str:
    """A member's name as it may be shown and stored: what would steer a terminal, turn the direction of writing or is
    no character at all becomes U+FFFD, a name without end is cut in its middle. Nothing is ever written under it, so
    "../" may stay."""
    shown = name if name.isprintable() else _NOT_SHOWN.sub("\ufffd", name)
    if len(shown) > _LONGEST_NAME:
        shown = f"{shown[: _LONGEST_NAME // 2]}…{shown[-_LONGEST_NAME // 2 :]}"
    return shown or "(no name)"


def damage(e: Exception) -> str:
    """What is wrong with packed bytes, by what their library raised."""
    said = str(e)
    if "CRC" in said:
        return "damaged: its checksum does not fit"
    if isinstance(e, EOFError) or "unexpected end" in said:
        return "cut off: its end is missing"
    return f"cannot be unpacked ({type(e).__name__}: {said[:200]})"


def too_large(limits: Limits) -> IngestError:
    """The refusal of a document that is too large."""
    return IngestError(f"more than {limits.bytes / 1e6:g} MB; raise the limit with --max-megabytes")


def spent(limits: Limits) -> SpentError:
    """The refusal of the rest of an input that has given as much as it may."""
    return SpentError(f"unpacks to more than {limits.unpacked / 1e6:g} MB; raise it with --limit unpacked=MB")


def too_dense(limits: Limits) -> IngestError:
    """The refusal of what unpacks to far more than it is."""
    return IngestError(f"unpacks to more than {limits.ratio} times its size; raise it with --limit ratio=N")
