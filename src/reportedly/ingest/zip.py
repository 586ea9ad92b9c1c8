"""A zip archive, or what is one inside: .docx, .odt, WACZ. Nothing is ever written under the names it holds."""

import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from .ingested import IngestError
from .member import Budget, Linked, Member, Passed, Refused, too_dense
from .passing import Passing, kind_of_entry

_LARGEST_DIRECTORY = 64_000_000  # bytes; a million entries; zipfile reads it at once and makes ten times that of it
_ODT = b"application/vnd.oasis.opendocument.text"
_REFUSED = {
    "xl/workbook.xml": "a spreadsheet (.xlsx); save the sheet as .csv",
    "ppt/presentation.xml": "a presentation (.pptx); save its text as .txt",
    "META-INF/container.xml": "an e-book (.epub); save its text as .txt or .html",
    "META-INF/MANIFEST.MF": "a Java archive (.jar), which holds no reports",
}
_ENCRYPTED, _UTF_8 = 0x1, 0x800  # bits of an entry's flags


def open_zip(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The files of an archive; or the archive itself where it is a document. IngestError where its directory cannot be
    read, or it is of a kind that is not read."""
    try:
        archive = zipfile.ZipFile(_Guarded(member.stream))
    except IngestError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as e:
        raise IngestError("this zip archive is cut off or damaged: its directory is missing; fetch it again") from e
    with archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if {"[Content_Types].xml", "word/document.xml"} <= names:
            yield Member(member.stream, member.file, member.path, member.told, "docx")
            return
        kind = archive.read("mimetype") if _is_small(archive, "mimetype") else b""
        if kind.strip() == _ODT:
            yield Member(member.stream, member.file, member.path, member.told, "odt")
            return
        if refused := next((_REFUSED[name] for name in _REFUSED if name in names), None):
            raise IngestError(f"this is {refused}")
        if kind.startswith(b"application/vnd.oasis.opendocument."):
            raise IngestError("this is an OpenDocument file that holds no text document; save it as .odt or .csv")
        wacz = "datapackage.json" in names and any(map(_is_warc, names))
        passing = Passing(member, budget)
        for entry in entries:
            if entry.is_dir():
                budget.count()
            elif wacz and not _is_warc(entry.filename):
                passing.over("file{} of the web archive's own")
            elif beside := kind_of_entry(entry.filename):
                passing.over(beside)
            else:
                yield _taken(member, budget, archive, entry)
        yield from passing.said()


def _taken(member: Member, budget: Budget, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member | Refused:
    name, limits = _name(entry), budget.limits
    if entry.flag_bits & _ENCRYPTED:
        return budget.refused(member, name, "encrypted; unpack it with its password first")
    if limits.is_too_dense(entry.file_size, entry.compress_size):  # zipfile never gives more than that size
        return budget.refused(member, name, str(too_dense(limits)))
    stream: Callable[[], Any] = lambda: archive.open(entry)  # noqa: E731
    return budget.member(member, name, stream, entry.compress_size)


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name. Many archives hold UTF-8 without the bit that says so, and it is read as cp437."""
    if not entry.flag_bits & _UTF_8:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether it holds an entry of this name that may be read at once."""
    return name in archive.NameToInfo and archive.getinfo(name).file_size < 1000


class _Guarded:
    """A stream that refuses to be read at once where that would fill the memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_DIRECTORY:
            raise IngestError(f"this zip archive's directory is larger than {_LARGEST_DIRECTORY / 1e6:g} MB")
        return self._stream.read(size)
