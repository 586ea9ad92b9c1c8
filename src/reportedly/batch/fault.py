"""How a batch refuses."""

_EXTRA = {"pyarrow": "archive", "duckdb": "archive", "ray": "ray"}


class BatchError(Exception):
    """A batch that cannot begin or go on, or a folder that cannot be read as one; says in a line what to do.
    wrong_use: what was asked for is at fault, not a file."""

    def __init__(self, message: str, wrong_use: bool = False) -> None:
        super().__init__(message)
        self.wrong_use = wrong_use


def missing(library: str) -> BatchError:
    """The error where a library is not installed."""
    return BatchError(f"this needs {library}: pip install 'reportedly[{_EXTRA.get(library, library)}]'")
