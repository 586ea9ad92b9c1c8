"""`reportedly check`: the self-test."""

import sys

import click

from reportedly import __version__, pipeline
from reportedly.terminal import say


@click.command(short_help="Test that the models are whole and that reading works.")
def check() -> None:
    """Self-test: the models are whole, load, and read a sentence."""
    problems = pipeline.check()
    for problem in problems:
        say("check", problem)
    if problems:
        sys.exit(1)
    print(f"reportedly {__version__}: the models are whole, and reading works")
