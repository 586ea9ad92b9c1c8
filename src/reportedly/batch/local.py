"""The local engine: processes on this machine, each with the reader loaded once. One that dies takes nothing with it
but the shard it was at, which another one reads again, once."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import msgspec

from ..ingest.process import ended, receive, send, started
from .fault import BatchError
from .output import Marker
from .plan import How, Shard
from .worker import Broken, Far, Order, Telling

TRIES = 2


class Lost(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A shard that could not be read, and why."""

    shard: str
    reason: str


Outcome = Marker | Lost
Watch = Callable[[str, int, int], None]


def read_locally(
    shards: Sequence[Shard], how: How, out: Path, workers: int, tell: Watch = lambda shard, documents, words: None
) -> Iterator[Outcome]:
    """Read shards with so many processes; each as it is finished, in any order. tell: told how many documents and words
    of a shard were read so far. BatchError where the folder cannot be written."""
    waiting: SimpleQueue[Shard] = SimpleQueue()
    for shard in shards:
        waiting.put(shard)
    outcomes: SimpleQueue[Outcome | BatchError] = SimpleQueue()
    ended = Event()
    hands = [_Hand(waiting, outcomes, ended, Order(how, str(out.resolve())), tell) for _ in range(workers)]
    for hand in hands:
        hand.start()
    try:
        for _ in shards:
            outcome = outcomes.get()
            if isinstance(outcome, BatchError):
                raise outcome
            yield outcome
    finally:
        ended.set()
        for hand in hands:
            hand.close()


class _Hand(Thread):
    """A thread that keeps one process at work."""

    def __init__(
        self,
        waiting: "SimpleQueue[Shard]",
        outcomes: "SimpleQueue[Outcome | BatchError]",
        ended: Event,
        order: Order,
        tell: Watch,
    ) -> None:
        super().__init__(daemon=True)
        self._waiting, self._outcomes, self._ended, self._order, self._tell = waiting, outcomes, ended, order, tell
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        try:
            while not self._ended.is_set():
                self._outcomes.put(self._read(self._waiting.get_nowait()))
        except Empty:
            pass
        except BatchError as e:
            self._outcomes.put(e)
        except Exception as e:  # it must not end unheard
            self._outcomes.put(BatchError(f"{type(e).__name__}: {e}"))
        self.close()

    def close(self) -> None:
        """End the process."""
        if process := self._process:
            ended(process)

    def _read(self, shard: Shard) -> Outcome:
        reason = ""
        for _ in range(TRIES):
            try:
                told = self._ask(shard)
            except (EOFError, OSError):
                code = self._process.wait() if self._process else 0
                self.close()
                self._process = None
                if self._ended.is_set():
                    break
                reason = f"the process that read it ended (code {code})"
                self._tell(shard.id, 0, 0)
                continue
            if isinstance(told, Marker):
                return told
            if told.full:
                raise BatchError(f"cannot write: {told.reason}; go on with --resume")
            reason = told.reason
        return Lost(shard=shard.id, reason=f"{reason}, {TRIES} times")

    def _ask(self, shard: Shard) -> Marker | Broken:
        if self._process is None:
            self._process = started("reportedly.batch.worker", **ONE_THREAD)
            send(self._process.stdin, self._order)  # type: ignore[arg-type]
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        send(process.stdin, shard)
        while True:
            told: Telling = receive(process.stdout, Telling)
            if not isinstance(told, Far):
                return told
            self._tell(shard.id, told.documents, told.words)


ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "ARROW_IO_THREADS"), "1"
) | {"TOKENIZERS_PARALLELISM": "false"}
"""What keeps a process to its core: threads of libraries beside the processes make both slower."""
