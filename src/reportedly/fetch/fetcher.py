"""The fetcher: redirects, further tries, politeness, and what is kept."""

import random
import time
from collections.abc import Callable
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from .archive import Archive, Earlier, marks
from .fetched import BrokenError, Fetched, FetchError, Rules
from .wire import Address, Answer, Resolver, addresses_of, exchange, unpacked

_MOVED = (301, 302, 303, 307, 308)
_LATER = (429, 502, 503, 504)
_LONGEST_WAIT = 30.0  # seconds, whatever a server asks for
_ROBOTS = 500_000  # bytes of robots.txt that are read; RFC 9309 asks for as many
_SITES = 500  # whose robots.txt is remembered
_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "Connection": "close",
}


class Fetcher:
    """Fetches links, one after another. warc: the file that everything is kept in; what it holds already is asked for
    again only where it changed. links: how many are to be fetched, for politeness. resolve: how the addresses of a host
    are found. FetchError where the file cannot be written."""

    def __init__(
        self,
        rules: Rules | None = None,
        warc: Path | None = None,
        links: int = 1,
        *,
        resolve: Resolver = addresses_of,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rules = rules or Rules()
        self._polite = links >= self._rules.robots_from
        self._resolve, self._sleep, self._clock = resolve, sleep, clock
        self._robots: dict[str, RobotFileParser | str] = {}
        self._asked: dict[str, float] = {}
        self._archive = Archive(warc, self._rules) if warc else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The archive is whole."""
        if self._archive:
            self._archive.close()

    def fetch(self, url: str) -> Fetched:
        """The page of a link. FetchError where there is none, or it may not be fetched."""
        answer, earlier = self._follow(Address.of(url))
        if answer.status != 200 and not earlier:
            raise FetchError(f"{answer.place.host} answered {_status(answer.status)}")
        headers, entity = (earlier.headers, earlier.entity) if earlier else (answer.headers, answer.entity)
        body = unpacked(entity, headers.get("content-encoding", ""), self._rules.bytes)
        if not body:
            raise FetchError(f"{answer.place.host} answered with an empty page")
        media_type, charset = _declared(headers.get("content-type"))
        return Fetched(
            url=url,
            final=answer.place.url,
            status=answer.status,
            body=body,
            media_type=media_type,
            encoding=charset,
            fetched=answer.fetched,
            unchanged=bool(earlier),
        )

    def _follow(self, place: Address, robots: bool = False) -> tuple[Answer, Earlier | None]:
        """The answer at the end of redirects, after as many tries as it takes; and the page that it says is unchanged.
        robots: it is robots.txt that is asked for, which is not kept."""
        been = {place.url}
        failed = 0
        while True:
            archive = None if robots else self._archive
            earlier = archive.earlier(place.url) if archive else None
            if self._polite and not robots:
                self._ask_robots(place)
            self._await_turn(place)
            headers = {"User-Agent": self._rules.agent, **_ACCEPT, **(marks(earlier.headers) if earlier else {})}
            try:
                answer = exchange(place, self._rules, headers, self._resolve)
            except BrokenError:
                if failed == self._rules.retries:
                    raise
                self._wait(failed)
                failed += 1
                continue
            if answer.status != 304:
                earlier = None
            if archive:
                archive.keep(answer, earlier)
            if answer.status in _LATER and failed < self._rules.retries:
                self._wait(failed, answer)
                failed += 1
            elif answer.status in _MOVED and "location" in answer.headers:
                place = _moved(place, answer.headers["location"])
                if place.url in been:
                    raise FetchError(f"{place.host} leads in a circle, as pages do that want cookies")
                if len(been) > self._rules.redirects:
                    raise FetchError(f"led from page to page more than {self._rules.redirects} times")
                been.add(place.url)
            else:
                return answer, earlier

    def _wait(self, failed: int, answer: Answer | None = None) -> None:
        """Before the next try: as long as the server asks for, or longer each time. FetchError where that is too long.
        The part left to chance keeps many from coming back at once."""
        seconds = 2**failed * random.uniform(0.5, 1)
        if answer and (asked := _asked(answer)):
            if asked > _LONGEST_WAIT:
                status = _status(answer.status)
                raise FetchError(f"{answer.place.host} answered {status} and asks to come back in {asked:.0f} seconds")
            seconds = max(seconds, asked)
        self._sleep(min(seconds, _LONGEST_WAIT))

    def _await_turn(self, place: Address) -> None:
        """With many links, no host is asked more often than it likes."""
        if self._polite:
            robots = self._robots.get(place.site)
            asked = robots.crawl_delay(self._rules.agent) if isinstance(robots, RobotFileParser) else None
            pause = min(max(self._rules.delay, float(asked or 0)), _LONGEST_WAIT)
            if place.host in self._asked and (left := self._asked[place.host] + pause - self._clock()) > 0:
                self._sleep(left)
            self._asked[place.host] = self._clock()

    def _ask_robots(self, place: Address) -> None:
        """FetchError where robots.txt does not let us fetch the page, or cannot be had."""
        if place.site not in self._robots:
            if len(self._robots) >= _SITES:
                del self._robots[next(iter(self._robots))]
            self._robots[place.site] = self._robots_of(place)
        robots = self._robots[place.site]
        if isinstance(robots, str):
            raise FetchError(robots)
        if not robots.can_fetch(self._rules.agent, place.url):
            raise FetchError(f"the robots.txt of {place.host} asks programs not to fetch this page")

    def _robots_of(self, place: Address) -> RobotFileParser | str:
        """What robots.txt says; or why nothing of the site is fetched."""
        robots = RobotFileParser()
        try:
            answer, _ = self._follow(Address.of(f"{place.site}/robots.txt"), robots=True)
            if answer.status == 200:
                body = unpacked(answer.entity, answer.headers.get("content-encoding", ""), self._rules.bytes)
                robots.parse(body[:_ROBOTS].decode("utf-8", "replace").splitlines())
            elif answer.status == 429 or answer.status >= 500 or answer.status < 400:
                raise FetchError(_status(answer.status))
            elif answer.status in (401, 403):
                robots.parse(["User-agent: *", "Disallow: /"])
            else:
                robots.parse([])
        except (FetchError, ValueError) as e:  # the parser stumbles over addresses and numbers that are none
            return f"the robots.txt of {place.host} cannot be read ({e}), so nothing of it is fetched"
        return robots


def _moved(place: Address, location: str) -> Address:
    """Where a redirect leads; http.client reads headers as Latin-1, servers mean UTF-8."""
    try:
        return Address.of(urljoin(place.url, location.encode("latin-1").decode("utf-8")))
    except ValueError as e:
        raise FetchError(f"{place.host} leads to what is no address") from e
    except FetchError as e:
        raise FetchError(f"{place.host} leads elsewhere: {e}") from e


def _asked(answer: Answer) -> float:
    """The seconds after which the server wants to be asked again; 0 where it does not say."""
    try:
        return Retry().parse_retry_after(answer.headers.get("retry-after", "0"))
    except (InvalidHeader, ValueError, OverflowError):
        return 0


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _declared(content_type: str | None) -> tuple[str | None, str | None]:
    """(media type, charset) that a server declares; None where it declares none, or nonsense."""
    if content_type is None:
        return None, None
    try:
        declared = Message()
        declared["Content-Type"] = content_type
        return declared.get_content_type(), declared.get_content_charset()
    except Exception:  # the library trusts what it parses
        return None, None
