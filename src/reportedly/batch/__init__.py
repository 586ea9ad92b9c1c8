"""Archive scale: files and folders -> Parquet tables, with processes of this machine or a Ray cluster; questions to the
tables; documents of them into a case.

>>> from reportedly.batch import batch, check  # doctest: +SKIP
>>> batch(["week.warc.gz"], "week").words_per_cpu_second  # doctest: +SKIP
4210.5
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .fault import missing

if TYPE_CHECKING:
    from .ask import Answer, Archive
    from .fault import BatchError
    from .output import lacking
    from .pull import pulled
    from .run import Far, Manifest, batch
    from .verify import check

__all__ = ["Answer", "Archive", "BatchError", "Far", "Manifest", "batch", "check", "lacking", "pulled"]

_ROOMS = {
    "ask": ("Answer", "Archive"),
    "fault": ("BatchError",),
    "output": ("lacking",),
    "pull": ("pulled",),
    "run": ("Far", "Manifest", "batch"),
    "verify": ("check",),
}


def __getattr__(name: str) -> Any:
    """What is asked for, from its room; BatchError where what it needs is not installed."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = next(room for room, names in _ROOMS.items() if name in names)
    try:
        return getattr(import_module(f".{room}", __name__), name)
    except ModuleNotFoundError as e:
        if e.name not in ("pyarrow", "duckdb", "ray"):
            raise
        raise missing(e.name) from e
