"""One request to one server, over an address that was checked, within bytes and seconds, kept as it went over the wire.

A name is looked up once, all its addresses are checked, and the connection is made to one of those: a name that means
another machine when it is asked again gains nothing. Host header and certificate stay with the name.
"""

import gzip
import io
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.request import getproxies, proxy_bypass

import msgspec
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError, ProtocolError, SSLError
from urllib3.util import parse_url

from .fetched import BrokenError, FetchError, Rules

Resolver = Callable[[str, int], Iterable[str]]

_PORTS = {"http": 80, "https": 443}
_LONGEST_URL = 8_000  # characters; servers take no longer ones
_LONGEST_HEAD = 30_000  # bytes of headers; readers of web archives stop at 32 KB
_AT_ONCE = 1 << 16
_HEADS = 1_000_000  # bytes that headers and the frames of chunks may take beside twice the body
_CODINGS = 3  # packed in each other
_BODILESS = (204, 304)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given to anybody


class Address(msgspec.Struct, frozen=True):
    """Where a URL leads. url: normalised, without fragment. target: path and query."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """FetchError where it is no link to a web page."""
        if len(url) > _LONGEST_URL:
            raise FetchError(f"this link is longer than {_LONGEST_URL} characters")
        try:
            parsed = parse_url(url.strip())
        except (LocationParseError, UnicodeError) as e:
            raise FetchError("this is no address of a web page") from e
        scheme, host = parsed.scheme or "", parsed.host or ""
        if scheme not in _PORTS or not host or parsed.port == 0:
            raise FetchError("only http and https links are fetched")
        if parsed.auth is not None:
            raise FetchError("this link holds a name or password, which is not sent; leave it out")
        port = None if parsed.port == _PORTS[scheme] else parsed.port
        parsed = parsed._replace(fragment=None, path=parsed.path or "/", port=port)
        return cls(parsed.url, scheme, host.strip("[]"), port or _PORTS[scheme], parsed.request_uri)

    @property
    def site(self) -> str:
        """What a robots.txt speaks for."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered. address: its own. fetched: when, ISO 8601. headers: names in small letters. entity: the
    body without the frames of chunks, packed as it came. sent, received: the bytes on the wire, of which the first
    `head` are the headers."""

    place: Address
    address: str
    fetched: str
    status: int
    headers: dict[str, str]
    entity: bytes
    sent: bytes
    received: bytes
    head: int


def exchange(place: Address, rules: Rules, headers: Mapping[str, str], resolve: Resolver) -> Answer:
    """The answer to GET, whatever its status. FetchError where there is none within the rules, or none may be asked
    for; BrokenError where the same may work later."""
    _refuse_proxy(place, rules)
    ends = time.monotonic() + rules.seconds
    addresses = _addresses(place, rules, resolve)
    connection = (_Secure if place.scheme == "https" else _Plain)(place, addresses, ends, rules)
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    try:
        connection.request("GET", place.target, headers=headers, preload_content=False)
        response = connection.getresponse()
        head = len(connection.wire.taken)
        if head > _LONGEST_HEAD:
            raise FetchError(f"{place.host} sends more than {_LONGEST_HEAD} bytes of headers")
        entity = bytearray()
        if response.status not in _BODILESS:
            for part in response.stream(_AT_ONCE, decode_content=False):
                entity += part
                if len(entity) > rules.bytes:
                    raise too_large(rules.bytes)
        before, blank, _ = connection.wire.taken[: head - 4].rpartition(b"\r\n\r\n")
        interim = len(before + blank)  # "100 Continue", which says nothing
        return Answer(
            place=place,
            address=connection.address,
            fetched=now,
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            entity=bytes(entity),
            sent=bytes(connection.wire.sent),
            received=bytes(connection.wire.taken[interim:]),
            head=head - interim,
        )
    except _SlowError as e:
        raise FetchError(f"{place.host} took {e}; try again later") from e
    except ssl.SSLCertVerificationError as e:
        raise FetchError(f"{place.host} does not prove that it is {place.host} ({e.verify_message})") from e
    except ssl.SSLError as e:
        raise FetchError(f"no secure connection to {place.host} ({e.reason or e})") from e
    except (ProtocolError, SSLError) as e:  # while the body came
        raise BrokenError(f"the answer of {place.host} was cut short") from e
    except OSError as e:
        raise BrokenError(f"no answer from {place.host} ({e.strerror or e})") from e
    except (HTTPError, HTTPException, ValueError) as e:
        raise FetchError(f"the answer of {place.host} is not HTTP ({type(e).__name__})") from e
    finally:
        connection.close()


# What some of Python's own tables take for public: networks of protocols, and a cloud's service for its own machines.
_SPECIAL = [ipaddress.ip_network(x) for x in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not of this machine or its network, nor a wrapping of such."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _GLOBAL or ip.teredo:
            return False
    if any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not (ip.is_private or ip.is_multicast or ip.is_reserved)


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def unpacked(entity: bytes, codings: str, most: int) -> bytes:
    """A body without its content codings. FetchError where it is damaged, cut, or more than `most` bytes."""
    names = [name for coding in codings.split(",") if (name := coding.strip().lower()) not in ("", "identity")]
    if len(names) > _CODINGS:
        raise FetchError(f"the page is packed more than {_CODINGS} times")
    for name in reversed(names if entity else ()):
        try:
            if name in ("gzip", "x-gzip"):
                entity = gzip.GzipFile(fileobj=io.BytesIO(entity)).read(most + 1)
            elif name == "deflate":
                entity = _inflated(entity, most + 1)
            else:
                raise FetchError(f"the page is packed in a way that is not read ({name[:20]})")
        except (zlib.error, EOFError, OSError) as e:
            raise FetchError("the page is packed, and damaged or cut short") from e
        if len(entity) > most:
            raise too_large(most)
    return entity


def too_large(most: int) -> FetchError:
    """The refusal of a page that is too large."""
    return FetchError(f"more than {most / 1e6:g} MB")


def _inflated(data: bytes, most: int) -> bytes:
    """Deflate, with the frame that the standard asks for or without, as some servers send it."""
    framed = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    unpacking = zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)
    out = unpacking.decompress(data, most)
    if len(out) < most and not unpacking.eof:
        raise EOFError
    return out


def _refuse_proxy(place: Address, rules: Rules) -> None:
    """A proxy looks names up by itself, so that private addresses could not be refused; to go round it unasked would
    show the server an address that its user may want hidden."""
    proxies = getproxies()
    proxy = proxies.get(place.scheme) or proxies.get("all")
    if proxy and not rules.around_proxy and not proxy_bypass(place.host):
        raise FetchError("a proxy is set, and links are fetched without one or not at all; name the host in NO_PROXY")


def _addresses(place: Address, rules: Rules, resolve: Resolver) -> list[str]:
    """The addresses of the host. FetchError where there is none, or one that is not public."""
    try:
        addresses = list(resolve(place.host, place.port))
    except (OSError, UnicodeError) as e:
        passing = isinstance(e, socket.gaierror) and e.errno == socket.EAI_AGAIN
        raise (BrokenError if passing else FetchError)(f"no address is known for {place.host}") from e
    if not addresses:
        raise FetchError(f"no address is known for {place.host}")
    for address in addresses:
        if not rules.allow_private and not is_public(address):
            what = "" if address == place.host else f" ({address})"
            raise FetchError(
                f"{place.host}{what} is inside this machine or its network; to fetch from there, add --allow-private"
            )
    return addresses


class _Wire:
    """A socket that keeps what is sent and read, until the time is up or the bytes are too many."""

    def __init__(self, sock: socket.socket, ends: float, rules: Rules) -> None:
        self._sock, self._ends, self._rules = sock, ends, rules
        self.sent = bytearray()
        self.taken = bytearray()

    def sendall(self, data: bytes) -> None:
        self.sent += data
        self._sock.settimeout(_left(self._ends, self._rules))
        self._sock.sendall(data)

    def makefile(self, *_: object, **__: object) -> "_Tape":
        raw = _Raw(self._sock.makefile("rb", buffering=0), self._sock, self._ends, self._rules)
        return _Tape(raw, self.taken)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Raw(io.RawIOBase):
    """The bytes of a socket as they come. One read may take what is left of the time: a server that sends a byte now
    and then gets no more of it."""

    def __init__(self, inner: Any, sock: socket.socket, ends: float, rules: Rules) -> None:
        self._inner, self._sock, self._ends, self._rules = inner, sock, ends, rules
        self._may = 2 * rules.bytes + _HEADS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(_left(self._ends, self._rules))
        try:
            size: int = self._inner.readinto(buffer) or 0
        except TimeoutError as e:
            raise _too_slow(self._rules) from e
        self._may -= size
        if self._may < 0:
            raise too_large(self._rules.bytes)
        return size

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Tape(io.BufferedReader):
    """A reader that keeps what was read of it, and not what it read ahead."""

    def __init__(self, raw: io.RawIOBase, taken: bytearray) -> None:
        super().__init__(raw, _AT_ONCE)
        self._taken = taken

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._taken += data
        return data

    def read1(self, size: int = -1, /) -> bytes:
        data = super().read1(size)
        self._taken += data
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        data = super().readline(size)
        self._taken += data
        return data

    def readinto(self, buffer: Any, /) -> int:
        size = super().readinto(buffer)
        self._taken += memoryview(buffer).cast("B")[:size]
        return size


class _Plain(HTTPConnection):
    """A connection to the first of some addresses that takes one."""

    wire: _Wire
    address: str

    def __init__(self, place: Address, addresses: list[str], ends: float, rules: Rules, **own: Any) -> None:
        super().__init__(place.host, place.port, timeout=rules.seconds, **own)
        self._addresses, self._ends, self._rules = addresses, ends, rules

    def _new_conn(self) -> socket.socket:
        untried = len(self._addresses)
        for address in self._addresses:
            try:
                sock = socket.create_connection((address, self.port), _left(self._ends, self._rules) / untried)
            except OSError:
                untried -= 1
                if not untried:
                    raise
            else:
                sock.settimeout(_left(self._ends, self._rules))  # for the handshake of a secure connection
                self.address = address
                return sock
        raise AssertionError  # there is an address

    def connect(self) -> None:
        super().connect()
        self.wire = self.sock = _Wire(self.sock, self._ends, self._rules)


class _Secure(_Plain, HTTPSConnection):
    """The same with TLS, and a certificate for the name that was asked for."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, ssl_context=ssl.create_default_context())


class _SlowError(FetchError):
    """The time is up."""


def _left(ends: float, rules: Rules) -> float:
    """The seconds left. _SlowError where there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise _too_slow(rules)
    return left


def _too_slow(rules: Rules) -> FetchError:
    return _SlowError(f"more than {rules.seconds:g} seconds")
