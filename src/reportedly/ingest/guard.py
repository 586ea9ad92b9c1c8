"""The parent of the process that reads files: gives it tasks, waits no longer than the limits say, and kills it where
it hangs. A document that did so is refused, and the reading goes on behind it."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

import msgspec

from . import Ingested, Label, Limits, Linked, Passed, Refused
from .child import (
    Answer,
    Done,
    Inside,
    Offer,
    Task,
    Telling,
    Tick,
    digest_or_none,
    read_one,
    too_much,
)
from .ingested import IngestError
from .member import SNIFFED, Cut, Member, Part
from .process import TOO_MUCH, ended, receive, send, started
from .sniff import format_of_head


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was not wanted: its original bytes, of this digest, are held already. address: where it was had
    from. place: where in its input a part may begin with it."""

    file: str
    digest: str
    member: str | None = None
    address: str | None = None
    place: Cut | None = None


_EVERY = 0.1  # seconds between looks at the clock
_MOST_DEATHS = 50  # of the process, in one input
Wanted = Callable[[str, Label], bool]
Found = Ingested | Known | Passed | Refused | Linked


class Guard:
    """Reads inputs in a process of its own, which is started when it is needed. A context manager."""

    def __init__(self, limits: Limits | None = None, text_column: str | None = None) -> None:
        self.limits, self.text_column = limits or Limits(), text_column
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = Event()
        self._deadline: float | None = None
        self._late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._closed.set()
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            ended(self._child)
            self._child = None

    def read(
        self,
        file: str,
        path: str | bytes | os.PathLike[str] | None = None,
        data: bytes | None = None,
        told: Label | None = None,
        wanted: Wanted = lambda digest, told: True,
        part: Part | None = None,
    ) -> Iterator[Found]:
        """What an input holds, in order. path or data: where its bytes are; file: what it is called. wanted: asked with
        the digest of a document's original bytes, and what its container says of it, before it is parsed. part: of a
        container, where not all of it is read. Nothing of the input makes it raise."""
        place = None if path is None else os.fsencode(path)
        task = Task(
            file=file, path=place, data=data, told=told or Label(), limits=self.limits, text_column=self.text_column,
            part=part or Part(),
        )  # fmt: skip
        try:
            head = _head(place) if place is not None else (data or b"")[:SNIFFED]
            plain = format_of_head(head, self.text_column) == "text"
        except OSError as e:
            yield Refused(file=file, reason=e.strerror or str(e))
            return
        except IngestError as e:
            yield Refused(file=file, reason=str(e))
            return
        nothing = True
        for item in self._plain(task, wanted) if plain else self._elsewhere(task, wanted):
            nothing = False
            yield _in_one_line(item) if isinstance(item, Passed | Refused) else item
        if nothing:
            yield Passed(file=file, reason="there is nothing in it to read")

    def _plain(self, task: Task, wanted: Wanted) -> Iterator[Found]:
        """Plain text, which no parser reads but Python's own: that needs no other process."""
        try:
            data = _bytes(task.path, self.limits.bytes + 1) if task.path is not None else task.data or b""
        except OSError as e:
            yield Refused(file=task.file, reason=e.strerror or str(e))
            return
        member = Member.of(data, task.file, told=task.told)
        digest = digest_or_none(member, self.limits)
        yield (
            Known(file=task.file, digest=digest)
            if digest and not wanted(digest, task.told)
            else read_one(member, self.limits)
        )

    def _elsewhere(self, task: Task, wanted: Wanted) -> Iterator[Found]:
        told: Counter[str] = Counter()  # what was told of the containers in the input
        for _ in range(_MOST_DEATHS):
            offer: Offer | None = None
            around: list[str] = []  # the containers that are open, from the outside in
            try:
                for message in self._messages(task):
                    if isinstance(message, Inside):
                        around = _within(around, message.member)
                        continue
                    if isinstance(message, Done):
                        return
                    if isinstance(message, Offer):
                        offer = message
                        is_wanted = not message.digest or wanted(message.digest, message.told)
                        self._say(Answer(is_wanted))
                        if is_wanted:
                            continue
                        yield Known(
                            file=task.file,
                            member=message.member,
                            digest=message.digest or "",
                            address=message.told.address,
                            place=message.place,
                        )
                    else:
                        yield message
                    offer = None
                    told.update(around)
                    task = msgspec.structs.replace(task, skip=task.skip + 1)
            except (EOFError, OSError, msgspec.DecodeError):
                failed = self._fate()
            self._end()
            harmful = offer.member if offer else around[-1] if around else None
            yield Refused(file=task.file, member=harmful, reason=failed)
            if offer is not None:
                told.update(around)
                task = msgspec.structs.replace(task, skip=task.skip + 1)
            elif around:
                task = msgspec.structs.replace(task, stops={**task.stops, around[-1]: told[around[-1]]})
            else:
                return
        reason = f"ended the process that reads it {_MOST_DEATHS} times; what lies behind was not read"
        yield Refused(file=task.file, reason=reason)

    def _messages(self, task: Task) -> Iterator[Offer | Inside | Done | Ingested | Passed | Refused | Linked]:
        self._say(task)
        while True:
            assert self._child is not None and self._child.stdout is not None
            self._deadline = time.monotonic() + self.limits.seconds
            message: Telling = receive(self._child.stdout, Telling)
            self._deadline = None
            if not isinstance(message, Tick):
                yield message
                if isinstance(message, Done):
                    return

    def _watch(self, child: subprocess.Popen[bytes]) -> None:
        """Kill the process where it does not answer in time."""
        while child.poll() is None and not self._closed.wait(_EVERY):
            if (deadline := self._deadline) is not None and time.monotonic() > deadline:
                self._late = True
                child.kill()

    def _say(self, message: Task | Answer) -> None:
        if self._child is None:
            self._child = started("reportedly.ingest.child")
            self._closed.clear()
            Thread(target=self._watch, args=(self._child,), daemon=True).start()
        assert self._child.stdin is not None
        send(self._child.stdin, message)

    def _fate(self) -> str:
        """Why the process ended."""
        late, self._late, self._deadline = self._late, False, None
        if late:
            return f"took more than {self.limits.seconds:g} seconds; raise it with --limit seconds=N"
        code = self._child.wait() if self._child is not None else 0
        if code in (TOO_MUCH, -9):
            return too_much(self.limits)
        return f"broke the process that read it (code {code}): it is damaged, or {too_much(self.limits)}"


def _in_one_line(item: Passed | Refused) -> Passed | Refused:
    """What is said of an item, in one line whatever a library has put into it."""
    line = " ".join(item.reason.split())
    return item if line == item.reason else msgspec.structs.replace(item, reason=line)


def _head(path: bytes) -> bytes:
    return _bytes(path, SNIFFED)


def _bytes(path: bytes, most: int) -> bytes:
    with Path(os.fsdecode(path)).open("rb") as file:
        return file.read(most)


def _within(around: list[str], member: str | None) -> list[str]:
    """The containers that are open once this one is opened, or gone back to; None: the input itself."""
    if member is None:
        return []
    return [*around[: around.index(member)], member] if member in around else [*around, member]
