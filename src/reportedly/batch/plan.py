"""Inputs -> shards: what is read together, written together, and read again where its reading was cut off.

The division depends on the inputs and on how many documents a shard may have, never on who reads it: shards are smaller
where the inputs are, so that no process waits long for the last one. Lines of JSON and web archives are cut where a
document begins and read from there; of other containers a shard passes what lies before it, so those are cut into few
pieces. Small files are read in runs.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import msgspec

from ..ingest import Cut, Ingested, IngestError, Label, Limits, Linked, Part, Passed, Refused
from ..ingest.guard import Guard, Known, Wanted
from ..ingest.sniff import CONTAINERS, Format, format_of_head
from ..ingest.warc import begins_record
from ..intake import Given, Ways, files_of, name_of, whole

SHARD = 500  # documents: a minute of reading, which is what a kill costs
FEW = 25  # documents: a shard is not made smaller so that there are more of them
SHARDS = 16  # of inputs that would make fewer, so that several processes have something to read to the end
SMALL = 65_536  # bytes: a container that is smaller is not cut so that there are more shards
MOST_PASSED = 64  # pieces of a container in which each must pass what lies before: half of it on average
_HEAD = 4096

Item = Ingested | Known | Passed | Refused


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A file, or a part of one. file: its name as given; path: where it is. size (bytes), changed (nanoseconds),
    digest: of the whole file when the run was planned. documents: how many it holds, about."""

    file: str
    path: str
    size: int
    changed: int
    digest: str
    part: Part = Part()
    documents: int = 1


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """What is read in one go. id: its number among the shards and a hash of all that its output depends on: names and
    digests of its files, parts, options, versions."""

    id: str
    pieces: tuple[Piece, ...]

    @property
    def documents(self) -> int:
        """How many documents it holds, about."""
        return sum(p.documents for p in self.pieces)


class How(msgspec.Struct, frozen=True, kw_only=True):
    """All that the output depends on beside the inputs. limits, text_column: how inputs are read. all_languages:
    documents in other languages than English are read, too. models: the digest of each model's card."""

    limits: Limits
    text_column: str | None
    all_languages: bool
    shard_documents: int
    version: str
    schema: int
    models: dict[str, str]


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was given, or lay in a folder given, as it was found. cuts: where pieces of it begin; each: how
    many documents a piece holds, but for the last."""

    file: str
    path: str
    size: int
    changed: int
    digest: str
    documents: int = 1
    cuts: tuple[Part, ...] = ()
    each: int = 0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read. refused, passed: what of the inputs never comes to reading."""

    inputs: tuple[Input, ...]
    shards: tuple[Shard, ...]
    refused: tuple[Refused, ...] = ()
    passed: tuple[Passed, ...] = ()


def planned(
    inputs: Sequence[Given],
    how: How,
    out: Path,
    exclude: Sequence[str] = (),
    known: Sequence[Input] = (),
    threads: int = 1,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Plan:
    """The shards of these inputs. exclude: patterns of files of folders that are left out. known: files as an earlier
    plan found them; those of the same size and time are not looked through again. threads: how many files are looked
    through at a time. tell: told (files done, files)."""
    files, passed = files_of(inputs, Ways(exclude=tuple(exclude)))
    own = out.resolve()
    kept = [f for f in files if isinstance(f, tuple) or own not in Path(f).resolve().parents]
    earlier = {(i.file, i.path, i.size, i.changed): i for i in known}
    found: list[Input] = []
    refused: list[Refused] = []
    with ExitStack() as opened:
        guards: SimpleQueue[Guard] = SimpleQueue()
        for _ in range(threads):
            guards.put(opened.enter_context(Guard(how.limits, how.text_column)))
        pool = opened.enter_context(ThreadPoolExecutor(threads))
        for n, one in enumerate(pool.map(lambda given: _looked(given, how, earlier, guards), kept), 1):
            if isinstance(one, Refused):
                refused.append(one)
            else:
                found.append(one)
            tell(n, len(kept))
    shards = tuple(_shards(found, how))
    return Plan(inputs=tuple(found), shards=shards, refused=tuple(refused), passed=tuple(passed))


def _looked(
    given: Given, how: How, earlier: dict[tuple[str, str, int, int], Input], guards: "SimpleQueue[Guard]"
) -> Input | Refused:
    """A file with its digest and where it may be cut; refused where it cannot be opened. guards: those at hand."""
    file = name_of(given)
    if isinstance(given, tuple) or file == "-" or file.lower().startswith(("http://", "https://")):
        return Refused(file=file, reason="only files and folders are read in a batch; write it to a file first")
    try:
        path = Path(given).resolve()
        stat = path.stat()
        if was := earlier.get((file, str(path), stat.st_size, stat.st_mtime_ns)):
            return was
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            digest = "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as e:
        return Refused(file=file, reason=getattr(e, "strerror", None) or str(e))
    found = Input(file=file, path=str(path), size=stat.st_size, changed=stat.st_mtime_ns, digest=digest)
    try:
        kind = format_of_head(head, how.text_column)
    except IngestError:  # which is told where it is read
        kind = "text"
    if kind not in CONTAINERS:
        return found
    guard = guards.get()
    try:
        return _cut(found, kind, how, guard)
    finally:
        guards.put(guard)


def _cut(found: Input, kind: Format, how: How, guard: Guard) -> Input:
    """A container with how many documents it holds, and the parts that it is read in."""
    path, size = Path(found.path), found.size
    documents = 0
    step = min(FEW, how.shard_documents)
    begins: list[tuple[int, Cut | None]] = []  # of every so many documents
    for thing, item in enumerate(guard.read(found.file, path=path, wanted=lambda digest, told: False)):
        if isinstance(item, Known | Ingested):
            if documents % step == 0:
                begins.append((thing, item.place if isinstance(item, Known) else None))
            documents += 1
    cuttable = kind in ("json", "warc")
    most = _size(documents, how) if cuttable and size > SMALL else how.shard_documents
    every = max(1, most // step)
    begins = begins[::every]
    whole = msgspec.structs.replace(found, documents=documents)
    if len(begins) < 2:
        return whole
    places = [place for _, place in begins[1:]]
    if cuttable and all(p is not None and _begins(path, p.at, kind) for p in places):
        first = [Cut(0), *(p for p in places if p)]
        stops = [*(p.at for p in first[1:]), size]
        cuts = tuple(
            Part(start=p.at, stop=stop, format=kind, rows=p.rows) for p, stop in zip(first, stops, strict=True)
        )
        return msgspec.structs.replace(whole, cuts=cuts, each=every * step)
    several = -(-len(begins) // MOST_PASSED)
    skips = [0, *(thing for thing, _ in begins[several::several])]
    ends = [*skips[1:], None]
    cuts = tuple(
        Part(skip=skip, most=None if end is None else end - skip) for skip, end in zip(skips, ends, strict=True)
    )
    return msgspec.structs.replace(whole, cuts=cuts, each=several * every * step)


def _size(documents: int, how: How) -> int:
    """How many documents a shard of so many in all may have."""
    return min(how.shard_documents, max(FEW, -(-documents // SHARDS)))


def _begins(path: Path, at: int, kind: Format) -> bool:
    """Whether something begins at this byte indeed."""
    with path.open("rb") as file:
        file.seek(max(at - 1, 0))
        data = file.read(_HEAD)
    return data[:1] == b"\n" if kind == "json" else begins_record(data[1:])


def _shards(inputs: Sequence[Input], how: How) -> Iterator[Shard]:
    run: list[Piece] = []
    runs = _Numbered(how)
    most = _size(sum(found.documents for found in inputs), how)
    for found in inputs:
        piece = Piece(
            file=found.file, path=found.path, size=found.size, changed=found.changed, digest=found.digest,
            documents=found.documents,
        )  # fmt: skip
        if found.cuts or sum(p.documents for p in run) + found.documents > most:
            yield from runs.shard(run)
            run = []
        if found.cuts:
            left = found.documents
            for cut in found.cuts:
                documents = min(found.each, left)
                left -= documents
                yield from runs.shard([msgspec.structs.replace(piece, part=cut, documents=documents)])
        else:
            run.append(piece)
    yield from runs.shard(run)


class _Numbered:
    """Gives shards their ids."""

    def __init__(self, how: How) -> None:
        self._how = msgspec.json.encode(how, order="deterministic")
        self._number = 0

    def shard(self, pieces: Sequence[Piece]) -> Iterator[Shard]:
        if not pieces:
            return
        said = [(p.file, p.digest, p.part) for p in pieces]
        digest = hashlib.sha256(self._how + msgspec.json.encode(said, order="deterministic")).hexdigest()[:12]
        self._number += 1
        yield Shard(id=f"{self._number:06}-{digest}", pieces=tuple(pieces))


def things(guard: Guard, shard: Shard, wanted: Wanted = lambda digest, told: True) -> Iterator[Item]:
    """What a shard holds, in order; a file that is another one than was planned is refused."""
    for piece in shard.pieces:
        try:
            stat = os.stat(piece.path)  # noqa: PTH116 a Path of every file costs more than this
        except OSError as e:
            yield Refused(file=piece.file, reason=e.strerror or str(e))
            continue
        if (stat.st_size, stat.st_mtime_ns) != (piece.size, piece.changed):
            yield Refused(file=piece.file, reason="it was changed while the batch ran; run it again")
            continue
        links = 0
        for item in guard.read(whole(piece.file), path=piece.path, wanted=wanted, told=Label(), part=piece.part):
            if isinstance(item, Linked):
                links += 1
            else:
                yield item
        if links:
            yield Passed(file=piece.file, reason=f"{links} entries hold only a link")
