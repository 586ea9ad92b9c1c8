"""A file compressed with gzip, bzip2 or xz."""

import bz2
import gzip
import lzma
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from .member import Budget, Linked, Member, Passed, Refused

_FLAGS, _EXTRA, _NAMED = 3, 4, 8  # where a gzip header has its flags, and two of them
_SUFFIXES = (".gz", ".gzip", ".bz2", ".xz", ".z")


def open_compressed(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The one file in it. What is cut off is refused whole: half a report would be taken for all of it."""
    name = _stored_name(member.head) or _bare_name(member)
    yield budget.member(member, name, lambda: unpacking(member), member.stream.tell)


def unpacking(member: Member) -> Any:
    """A stream of what a member unpacks to; the member's own where it is not compressed."""
    head = member.head
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=member.stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(member.stream)
    return lzma.LZMAFile(member.stream) if head.startswith(b"\xfd7zXZ") else member.stream


def _stored_name(head: bytes) -> str | None:
    """The file name that a gzip header tells."""
    if not head.startswith(b"\x1f\x8b") or not head[_FLAGS : _FLAGS + 1] or not head[_FLAGS] & _NAMED:
        return None
    at = 10 + (2 + int.from_bytes(head[10:12], "little") if head[_FLAGS] & _EXTRA else 0)
    return PurePath(head[at:].partition(b"\x00")[0].decode("latin-1")).name or None


def _bare_name(member: Member) -> str:
    """The name of a compressed file without what says that it is compressed."""
    name = PurePath(member.path[-1] if member.path else member.file).name
    return name[: name.rindex(".")] if name.lower().endswith(_SUFFIXES) else name
