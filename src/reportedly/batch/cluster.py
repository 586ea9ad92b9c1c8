"""The Ray engine: the same step in actors of a Ray cluster, each with the reader loaded once, through Ray Data.

All machines see the inputs and the output folder under the same paths. Through Ray go shards, which name files, and
markers, which count: a few kB each, however large the archive.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from .local import ONE_THREAD, TRIES, Lost, Outcome
from .output import ATTEMPTS, Marker, marker_of
from .plan import How, Shard
from .step import read_shard

STORE = 200_000_000  # bytes of the object store of a Ray that is started here: markers are small
_Row = dict[str, bytes]


class ReadShards:
    """An actor. It is made anew where its process dies, and is given the shard again: what it began is noted in the
    folder, so that a shard that kills whoever reads it ends."""

    def __init__(self, how: bytes, out: str) -> None:
        os.environ.update(ONE_THREAD)
        self._how, self._out = msgspec.msgpack.decode(how, type=How), Path(out)

    def __call__(self, row: _Row) -> _Row:
        """The outcome of a shard."""
        shard = msgspec.msgpack.decode(row["shard"], type=Shard)
        return {"outcome": msgspec.msgpack.encode(self._read(shard))}

    def _read(self, shard: Shard) -> Outcome:
        path = marker_of(self._out, shard.id)
        if path.exists():  # finished, and its outcome lost on the way
            return msgspec.json.decode(path.read_bytes(), type=Marker)
        if not self._begin(shard):
            return Lost(shard=shard.id, reason=f"the process that read it ended, {TRIES} times")
        reason = ""
        for _ in range(TRIES):
            try:
                return read_shard(shard, self._how, self._out)
            except Exception as e:  # such as a full disk
                reason = f"{type(e).__name__}: {str(e)[:200]}"
        return Lost(shard=shard.id, reason=f"{reason}, {TRIES} times")

    def _begin(self, shard: Shard) -> bool:
        """Note that this shard is begun. False where it was too often."""
        folder = self._out / ATTEMPTS
        folder.mkdir(exist_ok=True)
        for n in range(TRIES):
            try:
                (folder / f"{shard.id}.{n}").touch(exist_ok=False)
                return True
            except FileExistsError:
                continue
        return False


def is_there() -> bool:
    """Whether Ray is installed."""
    return find_spec("ray") is not None


def read_on_ray(shards: Sequence[Shard], how: How, out: Path, workers: int, address: str | None) -> Iterator[Outcome]:
    """Read shards with so many actors of one processor each; each outcome as it comes. address: of a Ray that runs.
    Without one, the Ray that this process is connected to is used, or one is started here for the time being."""
    import ray

    own = not ray.is_initialized()
    if own:
        start: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if address is None:
            start |= {"num_cpus": workers, "object_store_memory": STORE, "include_dashboard": False}
        ray.init(address=address, **start)
    try:
        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        rows = [{"shard": msgspec.msgpack.encode(shard)} for shard in shards]
        step: Any = ReadShards
        # a block is a shard: a task that is repeated repeats one
        found = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
            step,
            fn_constructor_args=(msgspec.msgpack.encode(how), str(out.resolve())),
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(rows))),
            num_cpus=1,
        )
        for row in found.iter_rows():
            yield msgspec.msgpack.decode(row["outcome"], type=Marker | Lost)
    finally:
        if own:
            ray.shutdown()
