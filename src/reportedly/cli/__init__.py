"""The command line. Results go to stdout, everything else to stderr; exit codes: 0 all read, 1 some failed, 2 wrong
use."""

from .app import app, run

__all__ = ["app", "run"]
