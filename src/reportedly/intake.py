"""What people give -> documents: files, folders, links, standard input, and everything that lies in them."""

import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec
from pathspec import GitIgnoreSpec

from .fetch import FetchError, Rules
from .ingest import Ingested, Label, Limits, Linked, Passed, Refused
from .ingest.guard import Guard, Known, Wanted
from .ingest.passing import kind_of_entry

if TYPE_CHECKING:
    from .fetch import Fetcher

IGNORE = ".reportedlyignore"
NAMELESS = "an empty name; name a file"
Given = str | os.PathLike[str] | tuple[bytes, str]
Item = Ingested | Known | Passed | Refused

_LINK = re.compile(r"https?://", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_STARS = 6
_BESIDE = ("", "-wal", "-shm", "-journal", ".warc.gz")
_AT_ONCE = 1 << 20


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """How inputs are read. limits: how much at most. text_column: of tables, where it is none of the usual ones.
    exclude: patterns of files in folders that are left out, as in a .gitignore. fetch: by which rules links are fetched
    (None: they are not); links: those too that are all that an entry of a feed holds; warc: the web archive in which
    everything that was fetched is kept. without: a file in folders that is left out with what lies beside it, the case
    that is added to."""

    limits: Limits = Limits()
    text_column: str | None = None
    exclude: tuple[str, ...] = ()
    fetch: Rules | None = None
    links: bool = False
    warc: Path | None = None
    without: Path | None = None


def documents(
    inputs: Iterable[Given], ways: Ways, wanted: Wanted = lambda digest, told: True
) -> Iterator[tuple[int, Item]]:
    """What inputs hold, in order, each with the number of its input, from 0. wanted: asked with the digest of a
    document's original bytes, and what its container says of it, before it is parsed. Nothing of an input makes it
    raise."""
    with Guard(ways.limits, ways.text_column) as guard, Net(ways, inputs) as net:
        for number, given in enumerate(inputs):
            links: list[Linked] = []
            for item in _read(guard, net, given, ways, wanted):
                if isinstance(item, Linked):
                    links.append(item)
                else:
                    yield number, item
            if links and net.follows:
                for link in links:
                    for item in net.read(guard, link.told.url or "", wanted, link):
                        if not isinstance(item, Linked):  # a feed that an entry leads to is followed no further
                            yield number, item
            elif links:
                many = "1 entry holds" if len(links) == 1 else f"{len(links)} entries hold"
                reason = f"{many} only a link; to read what is there, add --fetch --links"
                yield number, Passed(file=name_of(given), reason=reason)


class Net:
    """The net, where it may be asked: opened when the first link is met. A context manager."""

    def __init__(self, ways: Ways, inputs: Iterable[Given]) -> None:
        self._rules, self._warc, self.follows = ways.fetch, ways.warc, bool(ways.fetch and ways.links)
        known = [g for g in inputs if _is_link(g)] if isinstance(inputs, Sequence) else []
        many = self.follows or not isinstance(inputs, Sequence)  # nobody knows how many there will be
        self._links = self._rules.robots_from if self._rules and many else len(known)
        self._fetcher: Fetcher | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._fetcher:
            self._fetcher.close()

    def read(self, guard: Guard, url: str, wanted: Wanted, link: Linked | None = None) -> Iterator[Item | Linked]:
        """What lies at an address; `link`: the entry of a feed that names it, and says what it knows."""
        file, member = (link.file, link.member) if link else (whole(url), None)
        if self._rules is None:
            yield Refused(file=file, reason="this is a link; to read it from the net, add --fetch")
            return
        from .fetch import Fetcher  # only where there is a link

        try:
            self._fetcher = self._fetcher or Fetcher(self._rules, self._warc, self._links)
            page = self._fetcher.fetch(url)
        except FetchError as e:
            yield Refused(file=file, member=member, reason=str(e))
            return
        except Exception as e:  # whatever one server does to us, the others are still asked
            yield Refused(file=file, member=member, reason=f"cannot be fetched ({type(e).__name__}: {str(e)[:200]})")
            return
        told = msgspec.structs.replace(
            link.told if link else Label(), address=page.final, fetched=page.fetched, encoding=page.encoding
        )
        yield from guard.read(whole(url), data=page.body, told=told, wanted=wanted)


def _read(guard: Guard, net: Net, given: Given, ways: Ways, wanted: Wanted) -> Iterator[Item | Linked]:
    file = name_of(given)
    if isinstance(given, tuple):
        yield from guard.read(file, data=given[0], wanted=wanted)
    elif _is_link(given):
        yield from net.read(guard, file, wanted)
    elif file == "-" and sys.stdin is None:
        yield Refused(file=file, reason="standard input is closed")
    elif file == "-":
        yield from _streamed(guard, sys.stdin.buffer, file, wanted)
    else:
        path = os.fspath(given)
        if not path:  # which the system takes for the current folder
            yield Refused(file=file, reason=NAMELESS)
            return
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as e:  # ValueError: a NUL in its name
            yield Refused(file=file, reason=getattr(e, "strerror", None) or str(e))
            return
        if stat.S_ISREG(mode):
            yield from guard.read(file, path=path, wanted=wanted)
        elif stat.S_ISDIR(mode):
            files, passed = files_of([given], ways)
            yield from passed
            for inner in files:
                yield from _read(guard, net, inner, ways, wanted)
        else:  # a pipe, such as a shell's <(command)
            try:
                stream = Path(path).open("rb")  # noqa: SIM115 read to its end below
            except OSError as e:
                yield Refused(file=file, reason=e.strerror or str(e))
                return
            with stream:
                yield from _streamed(guard, stream, file, wanted)


def _streamed(guard: Guard, stream: BinaryIO, file: str, wanted: Wanted) -> Iterator[Item | Linked]:
    """What a stream holds, read to its end first: formats are told from their start, and some read from their end."""
    limits = guard.limits
    try:
        data = _at_most(stream, limits.bytes + 1)
        if len(data) <= limits.bytes:
            yield from guard.read(file, data=data, wanted=wanted)
            return
        with tempfile.NamedTemporaryFile() as out:
            size = out.write(data)
            while size <= limits.unpacked and (part := stream.read(_AT_ONCE)):
                size += out.write(part)
            out.flush()
            if size > limits.unpacked:
                reason = f"more than {limits.unpacked / 1e6:g} MB; raise it with --limit unpacked=MB"
                yield Refused(file=file, reason=reason)
            else:
                yield from guard.read(file, path=out.name, wanted=wanted)
    except OSError as e:  # no room for a temporary file
        yield Refused(file=file, reason=f"cannot be taken in: {e.strerror or e}")


def _at_most(stream: BinaryIO, most: int) -> bytes:
    parts, size = [], 0
    while size < most and (part := stream.read(min(_AT_ONCE, most - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def name_of(given: Given) -> str:
    """What an input is called, with U+FFFD for what neither UTF-8 nor JSON can hold (file names may have some)."""
    return whole(given[1] if isinstance(given, tuple) else os.fspath(given))


def whole(text: str) -> str:
    """Text with U+FFFD for lone surrogates, which neither UTF-8 nor JSON can hold."""
    return _SURROGATE.sub("\ufffd", text)


def files_of(inputs: Sequence[Given], ways: Ways) -> tuple[list[Given], list[Passed]]:
    """The inputs with folders replaced by the files in them, sorted, however deep; and what of the folders was left
    out.

    Left out are the file `ways.without` (with what SQLite and fetching write beside it), hidden files and folders (a
    dot begins their names), what `ways.exclude` or a .reportedlyignore in a folder given says (patterns of .gitignore),
    links to folders, and what is no file (devices, pipes)."""
    files: list[Given] = []
    passed: list[Passed] = []
    for given in inputs:
        if isinstance(given, tuple) or given == "-" or _is_link(given) or not _is_folder(given):
            files.append(given)
            continue
        folder = Path(given)
        counts: dict[str, int] = {}
        own = {f"{ways.without.resolve()}{end}" for end in _BESIDE} if ways.without else set()
        inner = [
            f
            for f in _walk(folder, _patterns(folder, ways.exclude, counts), counts)
            if not own or str(Path(f).resolve()) not in own
        ]
        files += inner
        told = [] if inner else ["holds no reports"]
        if counts:
            told.append("left out of the folder: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
        if told:
            passed.append(Passed(file=name_of(given), reason="; ".join(told)))
    return files, passed


def _is_link(given: Given) -> bool:
    return not isinstance(given, tuple) and bool(_LINK.match(os.fspath(given)))


def _is_folder(given: str | os.PathLike[str]) -> bool:
    try:
        return bool(os.fspath(given)) and Path(given).is_dir()
    except (OSError, ValueError):
        return False


def _patterns(folder: Path, exclude: Sequence[str], counts: dict[str, int]) -> GitIgnoreSpec:
    """What is left out of a folder; lines of its own that are no patterns are counted."""
    own = _lines(folder, counts)
    good = [line for line in own if is_pattern(line)]
    if len(good) < len(own):
        counts[f"lines of {IGNORE} that are no patterns"] = len(own) - len(good)
    return GitIgnoreSpec.from_lines([*exclude, *good])


def _lines(folder: Path, counts: dict[str, int]) -> list[str]:
    """The lines of a folder's own file of patterns. Only a file in the folder itself is one: a pipe would never end,
    and a link may lead to anything; what is not read is counted."""
    file = folder / IGNORE
    try:
        if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            with file.open("rb") as opened:
                data = opened.read(_AT_ONCE + 1)
            if len(data) <= _AT_ONCE:
                return data.decode("utf-8", "replace").splitlines()
    except OSError:
        pass
    if os.path.lexists(file):
        counts[f"{IGNORE} that is no file of the folder, may not be read, or has more than 1 MB"] = 1
    return []


def is_pattern(line: str) -> bool:
    """Whether a line is a pattern of .gitignore, and one that is matched in good time (many stars take ever longer)."""
    try:
        GitIgnoreSpec.from_lines([line])
    except Exception:  # whatever becomes of it as a regular expression
        return False
    return line.count("*") <= _MOST_STARS


def _walk(folder: Path, patterns: GitIgnoreSpec, counts: dict[str, int]) -> Iterator[str]:
    """The files in a folder, sorted by their names; counts: what was left out."""

    def left_out(what: str) -> None:
        counts[what] = counts.get(what, 0) + 1

    top = folder.resolve()
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as found:
                entries = sorted(found, key=lambda e: e.name)
        except OSError:
            left_out("folders that may not be read")
            continue
        folders = []
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.name.startswith("."):
                left_out("hidden files")
            elif entry.is_dir(follow_symlinks=False):
                if patterns.match_file(path + "/"):
                    left_out("excluded ones")
                else:
                    folders.append(path + "/")
            elif patterns.match_file(path):
                left_out("excluded ones")
            elif other := kind_of_entry(entry.name):
                left_out(other.format("s"))
            elif entry.is_dir():
                left_out("linked folders")
            elif entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top):
                left_out("links to what lies outside")
            elif not entry.is_file():
                left_out("no files (devices, pipes, broken links)")
            else:
                yield str(folder / path)
        waiting += reversed(folders)
