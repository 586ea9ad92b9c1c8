"""The command with all its subcommands, each in the file of its name, and how it ends."""

import io
import os
import signal
import sys
from typing import Any

import click

from reportedly import __version__
from reportedly.pipeline import why
from reportedly.terminal import say

from .add import add
from .ask import ask
from .batch import batch
from .check import check
from .compare import compare
from .export import export
from .origins import origins
from .read import read
from .relate import relate
from .serve import serve
from .show import show


@click.group(no_args_is_help=True)
@click.version_option(__version__, message="reportedly %(version)s", help="Print the version.")
def app() -> None:
    """Who said what, who backs it up, who disputes it."""


for command in (read, add, compare, origins, show, serve, export, relate, batch, ask, check):
    app.add_command(command)


def run() -> None:
    """The command. A closed pipe ends it as it ends other tools; what a terminal cannot show becomes a question
    mark."""
    if sys.stdout is None:
        sys.exit("reportedly: standard output is closed")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    ended: Any = 0
    try:
        app()
    except SystemExit as e:
        ended = e.code
    except OSError as e:  # as of the help, which is no command of ours
        say(str(e.filename or "standard output"), why(e))
        ended = 1
    try:
        sys.stdout.flush()
    except OSError as e:
        if not ended:
            say("standard output", why(e))
        ended = ended or 1
        # What could not be written is dropped: Python would try again at its end, and exit with 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(ended)
