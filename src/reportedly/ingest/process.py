"""A process of our own beside this one, and how the two talk: four bytes of length, then a message (msgpack), over its
standard input and output."""

import os
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

TOO_MUCH = 86  # the exit code where memory ran out


def started(module: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process that runs this module. environment: variables that it has beside those of this one."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],  # -P: nothing is loaded from where it runs
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(_places()), **environment},
    )


def _places() -> list[str]:
    """Where the process looks for what it loads: where this one does, but not where it happens to run."""
    package, here = str(Path(__file__).parents[2]), Path.cwd()
    return [p for p in sys.path if p and (p == package or Path(p).resolve() != here)]


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is at."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what could not be written to it
                pipe.close()


def channel() -> tuple[IO[bytes], IO[bytes]]:
    """(what the parent asks, what it is told), within the process. What a library prints goes elsewhere from here on:
    it must not stand between the messages."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, told


def send(stream: IO[bytes], message: msgspec.Struct) -> None:
    """Write a message."""
    data = msgspec.msgpack.encode(message)
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes], kind: Any) -> Any:
    """The next message of this type. EOFError where there is none."""
    head = stream.read(4)
    size = struct.unpack(">I", head)[0] if len(head) == 4 else 0
    data = stream.read(size)
    if not size or len(data) < size:
        raise EOFError
    return msgspec.msgpack.decode(data, type=kind)
