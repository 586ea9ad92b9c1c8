"""The process that reads files: whatever one of them does to a parser, only this process suffers.

Run as `python -m reportedly.ingest.child` by `guard`, which talks to it in messages (`process.py`). For every `Task` it
sends what the input holds, in order, and `Done`; before a document is parsed it sends an `Offer` and waits for an
`Answer`.
"""

import ctypes
import io
import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import msgspec

from . import Budget, Ingested, IngestError, Label, Limits, Linked, Member, Passed, Refused, fault, read_member, unpack
from .member import Cut, Part, Portion
from .process import TOO_MUCH, channel, receive, send

if sys.platform == "linux":
    import resource
else:
    resource = None

_TICK = 1.0  # seconds


class Task(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An input to read: a path (as the system has it), or bytes. file: what it is called. part: of the input, where not
    all of it is read. skip: how many things of it were told already. stops: after how many documents a container in it
    is left."""

    file: str
    path: bytes | None = None
    data: bytes | None = None
    told: Label = Label()
    limits: Limits = Limits()
    text_column: str | None = None
    part: Part = Part()
    skip: int = 0
    stops: dict[str, int] = {}


class Answer(msgspec.Struct, frozen=True, tag=True):
    """Whether a document that was offered is wanted."""

    wanted: bool


class Offer(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A document that comes next. digest: of its original bytes; None where they are too many. told: what its container
    says of it. place: where in the input a part may begin with it."""

    member: str | None
    digest: str | None
    told: Label
    place: Cut | None = None


class Tick(msgspec.Struct, frozen=True, tag=True):
    """The work goes on."""


class Inside(msgspec.Struct, frozen=True, tag=True):
    """The container that is read now; None: the input itself."""

    member: str | None


class Done(msgspec.Struct, frozen=True, tag=True):
    """There is no more in the input."""


Telling = Offer | Tick | Inside | Done | Ingested | Passed | Refused | Linked


def main() -> None:
    """Serve tasks until standard input ends, or the parent does."""
    end_with_parent()
    asked, told = channel()
    bounded = 0
    while True:
        try:
            task: Task = receive(asked, Task)
        except EOFError:
            return
        if task.limits.memory != bounded:
            bounded = task.limits.memory
            bound_memory(bounded)
        _serve(task, lambda message: send(told, message), lambda: bool(receive(asked, Answer).wanted))


def _serve(task: Task, tell: Callable[[Telling], None], wanted: Callable[[], bool]) -> None:
    """Tell what an input holds."""
    last = time.monotonic()

    def tick() -> None:
        nonlocal last
        if time.monotonic() - last > _TICK:
            last = time.monotonic()
            tell(Tick())

    part = task.part
    try:
        with _stream_of(task) as stream:
            alone = part.format is not None
            member = Member(stream, task.file, told=task.told, format=part.format, rows=part.rows if alone else None)
            budget = Budget(task.limits, task.text_column, tick, lambda name: tell(Inside(name)), task.stops)
            things = unpack(member, budget)
            for number, item in enumerate(islice(things, None if part.most is None else part.skip + part.most)):
                if number < part.skip + task.skip:
                    tick()
                    continue
                if isinstance(item, Member):
                    place = item.place if len(item.path) == 1 else None
                    tell(Offer(member=item.name, digest=digest_or_none(item, task.limits), told=item.told, place=place))
                    if wanted():
                        tell(read_one(item, task.limits))
                else:
                    tell(item)
                last = time.monotonic()
    except OSError as e:
        tell(Refused(file=task.file, reason=e.strerror or str(e)))
    tell(Done())


def read_one(member: Member, limits: Limits) -> Ingested | Refused:
    """The document of a member, or why there is none. Nothing is raised but MemoryError."""
    try:
        return read_member(member, limits)
    except IngestError as e:
        reason = str(e)
    except MemoryError:
        raise
    except Exception as e:  # whatever a library makes of bytes that lie
        reason = fault(e)
    return Refused(file=member.file, member=member.name, reason=reason)


def _stream_of(task: Task) -> BinaryIO:
    if task.path is None:
        return io.BytesIO(task.data or b"")
    file = Path(os.fsdecode(task.path)).open("rb")  # noqa: SIM115 whoever reads the stream closes it
    if task.part.stop is None:
        return file
    return io.BufferedReader(Portion(file, task.part.start, task.part.stop))


def digest_or_none(member: Member, limits: Limits) -> str | None:
    """The digest of a member's original bytes; None where they are too many."""
    try:
        return member.digest(limits)
    except IngestError:
        return None


def too_much(limits: Limits) -> str:
    """The refusal of what needs too much memory."""
    return f"needs more than {limits.memory / 1e6:g} MB of memory; raise it with --limit memory=MB"


def end_with_parent() -> None:
    """Die where the parent dies, however busy; where the system cannot promise that (other than Linux), when it is
    noticed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_TICK)
        os._exit(0)

    Thread(target=watch, daemon=True).start()


def bound_memory(more: int) -> None:
    """Let this process take that many bytes more than it has. Where the system cannot (other than Linux), there is no
    bound."""
    if resource is None:
        return
    pages = int(Path("/proc/self/statm").read_text().split()[5])  # data and stack
    most = pages * resource.getpagesize() + more
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        os._exit(TOO_MUCH)
