"""`python -m reportedly`."""

from .cli import run

run()
