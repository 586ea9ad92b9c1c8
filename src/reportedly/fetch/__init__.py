"""Links -> pages. The only room that touches the net, and only when it is asked to.

    with Fetcher(Rules(), warc=Path("fetched.warc.gz"), links=2) as fetcher:
        page = fetcher.fetch("https://news.example/bridge")

Everything that comes over the net is bounded, and no machine of the user's own network is reached.
"""

from typing import TYPE_CHECKING, Any

from .fetched import Fetched, FetchError, Rules

if TYPE_CHECKING:
    from .fetcher import Fetcher

__all__ = ["FetchError", "Fetched", "Fetcher", "Rules"]


def __getattr__(name: str) -> Any:
    """The fetcher, loaded when it is asked for: with what it needs that is a tenth of the command's start."""
    if name != "Fetcher":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .fetcher import Fetcher

    return Fetcher
