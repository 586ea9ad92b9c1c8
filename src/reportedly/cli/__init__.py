"""The command line. Results go to stdout, everything else to stderr; exit codes: 0 all read, 1 some failed, 2 wrong
use."""

import signal
from typing import Any

__all__ = ["app", "run"]


def run() -> None:
    """The command `reportedly`. Ctrl-C ends it at once, without a word, also while it is being loaded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .commands import run as command

    command()


def __getattr__(name: str) -> Any:
    if name == "app":
        from .commands import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
