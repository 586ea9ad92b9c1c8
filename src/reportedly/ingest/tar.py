"""A tar archive, plain or compressed. Nothing is ever written under the names it holds."""

import tarfile
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from .compressed import unpacking
from .ingested import IngestError
from .member import ALWAYS, Budget, Linked, Member, Passed, Refused, SpentError, spent, too_dense
from .passing import Passing, kind_of_entry

_LONGEST_HEADER = 16_000_000  # bytes; tarfile reads it at once
_AT_ONCE = 1 << 16


def open_tar(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The files of an archive. Where it is damaged, what lies before and behind the damage; one line says so."""
    passing = Passing(member, budget)
    stream = _Bounded(member, budget)
    cut = False  # the last member was
    try:
        archive: Any = tarfile.TarFile(fileobj=stream)  # type: ignore[arg-type]
        while True:
            entry = stream.header(archive.next)
            archive.members = []  # which would hold every header to the end
            if entry is None:
                if not stream.last.strip(b"\x00"):  # the empty block that ends an archive
                    break
                yield _broken(member, f"damaged at byte {archive.offset}; what can be found behind that was read")
                archive.ignore_zeros = True  # goes on to the next block that is a header
                archive.offset += tarfile.BLOCKSIZE
            elif entry.isdir():
                budget.count()
            elif not entry.isfile():
                passing.over("link{}" if entry.issym() or entry.islnk() else "device{}")
            elif beside := kind_of_entry(entry.name):
                passing.over(beside)
            else:
                taken = budget.member(member, entry.name, partial(archive.extractfile, entry))
                cut = isinstance(taken, Refused) and stream.ended
                yield taken
    except SpentError:
        raise
    except IngestError as e:
        yield _broken(member, str(e))
    except MemoryError:
        raise
    except Exception as e:  # of three decompressors and of headers that lie
        if not cut:
            yield _broken(member, f"cut off or damaged ({e}); what lay before was read")
    yield from passing.said()


def _broken(member: Member, reason: str) -> Refused:
    return Refused(file=member.file, member=member.name, reason=reason)


class _Bounded:
    """What a member unpacks to, read and sought forward within the budget. last: the bytes read last. ended: nothing
    comes any more."""

    def __init__(self, member: Member, budget: Budget) -> None:
        self._packed: BinaryIO = member.stream
        self._stream = unpacking(member)
        self._budget = budget
        self._at = 0
        self._header: int | None = None  # bytes of it read so far
        self.last, self.ended = b"", False

    def header(self, following: Any) -> tarfile.TarInfo | None:
        """What the function gives, which reads the next header and no more than one may have."""
        self._header = 0
        entry: tarfile.TarInfo | None = following()
        self._header = None
        return entry

    def tell(self) -> int:
        return self._at

    def read(self, size: int) -> bytes:
        if self._header is not None:
            self._header += size
            if self._header > _LONGEST_HEADER:
                raise IngestError(f"no member within {_LONGEST_HEADER / 1e6:g} MB; what lay before was read")
        self.ended = True  # unless what follows gives all
        self.last = self._stream.read(size)
        self._at += len(self.last)
        self.ended = len(self.last) < size
        self._bound()
        return self.last

    def seek(self, at: int) -> None:
        if at < self._at:  # a header with a negative size would be read for ever
            raise IngestError("damaged: a header points back; what lay before was read")
        if self._stream is self._packed:
            self._at = self._stream.seek(at)
        while self._at < at and (part := self._stream.read(min(_AT_ONCE, at - self._at))):
            self._at += len(part)
            self._bound()

    def _bound(self) -> None:
        limits = self._budget.limits
        self._budget.tick()
        if self._stream is self._packed or self._at <= ALWAYS:
            return
        if self._at > limits.unpacked:
            raise spent(limits)
        if limits.is_too_dense(self._at, self._packed.tell()):
            raise too_dense(limits)
