"""The process that reads shards for the local engine.

Run as `python -m reportedly.batch.worker` by `local`, which talks to it in messages (`ingest/process.py`): an `Order`,
then a shard at a time. It tells how far it is, and the marker of each shard that is finished. It ends with who started
it: what it would tell cannot be written then.
"""

import os
from pathlib import Path

import msgspec

from ..ingest.process import TOO_MUCH, channel, receive, send
from .output import Marker
from .plan import How, Shard
from .step import Tell, read_shard


class Order(msgspec.Struct, frozen=True, tag=True):
    """How shards are read, and the folder that is written."""

    how: How
    out: str


class Far(msgspec.Struct, frozen=True, tag=True):
    """How many documents and words of the shard at hand were read."""

    documents: int
    words: int


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The shard cannot be read, and why. full: because the folder cannot be written, so that no other can be."""

    reason: str
    full: bool


Telling = Far | Marker | Broken


def main() -> None:
    """Serve shards until standard input ends."""
    asked, told = channel()
    try:
        order: Order = receive(asked, Order)
        while True:
            shard: Shard = receive(asked, Shard)
            send(told, _read(shard, order, lambda documents, words: send(told, Far(documents, words))))
    except (EOFError, BrokenPipeError):
        return


def _read(shard: Shard, order: Order, tell: Tell) -> Marker | Broken:
    try:
        return read_shard(shard, order.how, Path(order.out), tell)
    except BrokenPipeError:
        raise
    except OSError as e:
        return Broken(f"{e.strerror or e} ({e.filename or order.out})", full=True)
    except MemoryError:
        os._exit(TOO_MUCH)
    except Exception as e:  # such as what pyarrow makes of a full disk
        return Broken(f"{type(e).__name__}: {str(e)[:200]}", full=False)


if __name__ == "__main__":
    main()
