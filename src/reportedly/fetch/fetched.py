"""What fetching is asked for, gives back, and how it refuses."""

import msgspec


class FetchError(Exception):
    """A link that is not fetched; the message says why, for the person who gave it."""


class BrokenError(FetchError):
    """A link that failed in a way that may pass: worth another try."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How links are fetched. seconds: that one request may take, from the first connection to the last byte. bytes: of
    one page, unpacked. redirects, retries: of one link. allow_private: addresses of this machine and its network too.
    around_proxy: even where a proxy is set. agent: our name and version. robots_from: with so many links in one run,
    robots.txt is asked and each host is given `delay` seconds between two requests."""

    seconds: float = 20.0
    bytes: int = 10_000_000
    redirects: int = 5
    retries: int = 3
    allow_private: bool = False
    around_proxy: bool = False
    agent: str = "reportedly"
    robots_from: int = 4
    delay: float = 1.0


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page. url: as asked. final: where redirects led. body: unpacked. media_type, encoding: as the server declares
    them, if it does. fetched: when, ISO 8601, UTC. unchanged: the server says that it is what the archive holds, and
    the body is from there."""

    url: str
    final: str
    status: int
    body: bytes
    media_type: str | None
    encoding: str | None
    fetched: str
    unchanged: bool = False
