"""The folder that a batch writes: what lies where, and how a shard becomes visible only when it is whole.

A shard's tables are written under `.unfinished`, moved to their places, and named last by its marker in `shards`.
Whoever reads the folder reads what markers name.
"""

import hashlib
import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from .fault import BatchError
from .plan import Piece, Plan
from .tables import TABLES

try:
    import fcntl
except ImportError:  # Windows: two runs into one folder are not told apart there
    fcntl = None  # type: ignore[assignment]

MARKERS, PLAN, MANIFEST, UNFINISHED, ATTEMPTS = "shards", "plan.json", "manifest.json", ".unfinished", ".attempts"
COPIES, INPUTS = "copies/across.parquet", "left_out/inputs.parquet"
"""Files of no shard, written at the end: copies in different shards, and what of the inputs never came to reading."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a shard. digest: "sha256:" + that of its bytes."""

    table: str
    digest: str
    bytes: int
    rows: int


class Marker(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A shard that is finished. documents: kept, of which `read` were read, the others are copies; words: of those
    read. failed, passed: how many, by reason. seconds: by the clock; cpu_seconds: of the process that read and the one
    that parsed. peak: the most memory (bytes) that the reading process had until then."""

    shard: str
    pieces: tuple[Piece, ...]
    files: dict[str, Written]
    documents: int
    read: int
    again: int
    same_words: int
    attributions: int
    sources: int
    words: int
    failed: dict[str, int]
    passed: dict[str, int]
    seconds: float
    cpu_seconds: float
    peak: int


def place_of(out: Path, table: str, shard: str) -> Path:
    """Where a shard's rows of a table lie."""
    return out / table / f"{shard}.parquet"


def marker_of(out: Path, shard: str) -> Path:
    """Where a shard's marker lies."""
    return out / MARKERS / f"{shard}.json"


def markers(out: Path) -> Iterator[Marker]:
    """The markers of a folder, in the order of the shards. BatchError where one cannot be read."""
    for path in sorted((out / MARKERS).glob("*.json")):
        yield loaded(path, Marker)


def loaded(path: Path, kind: Any) -> Any:
    """What a JSON file of the folder says. BatchError where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError) as e:
        raise BatchError(f"{path} cannot be read ({getattr(e, 'strerror', None) or e})") from e


def lacking(out: Path) -> str | None:
    """What a batch lacks that is not finished, in a line; None where it is. BatchError where the folder holds none."""
    if not (out / PLAN).exists():
        raise BatchError(f"{out} holds no batch; name the folder given to batch --out")
    wanted = {s.id for s in loaded(out / PLAN, Plan).shards}
    done = len(wanted & {path.stem for path in (out / MARKERS).glob("*.json")})
    if done == len(wanted) and (out / COPIES).exists():
        return None
    what = f"{done:,} of {len(wanted):,} shards" if done < len(wanted) else "copies were not looked for"
    return f"this batch is not finished ({what}): this is of what was read so far; go on with --resume"


def put(path: Path, value: Any) -> None:
    """Write a JSON file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def unfinished(out: Path, shard: str) -> Path:
    """A new folder of this process for the files of a shard."""
    folder = out / UNFINISHED / f"{shard}.{platform.node()}.{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def published(out: Path, shard: str, folder: Path, counts: Mapping[str, int]) -> dict[str, Written]:
    """Move the files of a shard from their unfinished folder to their places; what they are. The marker is to be put
    behind."""
    files = {}
    for table in TABLES:
        path = folder / f"{table}.parquet"
        if not path.exists():
            continue
        with path.open("rb+") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        written = Written(table=table, digest=f"sha256:{digest}", bytes=path.stat().st_size, rows=counts[table])
        target = place_of(out, table, shard)
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
        files[f"{table}/{target.name}"] = written
    shutil.rmtree(folder, ignore_errors=True)
    return files


def spoiled(out: Path, marker: Marker) -> str | None:
    """What is wrong with the files of a shard, in a line; None where all are there as they were written."""
    for name, written in marker.files.items():
        try:
            with (out / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return f"{name}: is missing"
        except OSError as e:
            return f"{name}: cannot be read ({e.strerror or e})"
        if f"sha256:{digest}" != written.digest:
            return f"{name}: is not the file that was written (its digest is another)"
    return None


def dropped(out: Path) -> int:
    """Take away the markers that cannot be read or whose files are missing or damaged, so that these shards are read
    again; how many they are."""
    count = 0
    for path in sorted((out / MARKERS).glob("*.json")):
        try:
            whole = spoiled(out, loaded(path, Marker)) is None
        except BatchError:
            whole = False
        if not whole:
            path.unlink()
            count += 1
    return count


def cleaned(out: Path) -> None:
    """Take away what earlier runs left unfinished: folders of theirs, and files that no marker names."""
    shutil.rmtree(out / UNFINISHED, ignore_errors=True)
    shutil.rmtree(out / ATTEMPTS, ignore_errors=True)
    for path in nameless(out):
        path.unlink(missing_ok=True)


def nameless(out: Path) -> list[Path]:
    """Files of tables that no marker names: halves of shards."""
    return [
        path
        for table in TABLES
        for path in sorted((out / table).glob("*.parquet"))
        if path not in (out / COPIES, out / INPUTS) and not marker_of(out, path.stem).exists()
    ]


@contextmanager
def held(out: Path) -> Iterator[None]:
    """The folder, while no other run on this machine has it; one that was made for nothing is removed. BatchError where
    another run has it."""
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BatchError(f"another run is writing to {out}; wait for it, or name another folder") from None
        try:
            yield
        finally:
            if made and [p.name for p in out.iterdir()] == [".lock"]:
                shutil.rmtree(out, ignore_errors=True)
