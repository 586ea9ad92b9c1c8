"""What the reading room refuses, and what it tells browsers not to do. A case may hold what nobody else should see, and
its documents may be hostile: other pages in the same browser, names that are made to point here, other machines.

Every answer carries a policy that runs no script, style or frame but our own files. A request must name the address
that we listen on (else a name made to point here could read everything: DNS rebinding). A change must come from a page
of ours: right origin, right token. Beyond this machine a key is asked for first.
"""

import hmac
import ipaddress
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64_000  # bytes of a form
LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "reportedly-{port}"  # cookies are shared by all ports of a machine

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?", re.ASCII)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DEAD = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""The policy of an original page that is shown: it may do nothing but be seen."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would take the origin from our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cache-Control": "no-store",
}


class Door(msgspec.Struct, frozen=True):
    """Where we listen. key: what a reader from elsewhere must know; empty on loopback. form: the token of our forms."""

    host: str
    port: int
    key: str
    form: str

    @classmethod
    def at(cls, host: str, port: int) -> "Door":
        """The door at this address, with fresh tokens."""
        return cls(host, port, "" if host in LOOPBACK else secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """What a browser opens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/" + (f"?key={self.key}" if self.key else "")

    def knows(self, host: str) -> bool:
        """Whether a request to this host is for us. Where we listen on every address any bare address will do: a name
        that is made to point here is none."""
        said = _HOST.fullmatch(host)
        if said is None or (said[2] or "80") != str(self.port):
            return False
        name = said[1].strip("[]").lower()
        if self.host in LOOPBACK:
            return name in LOOPBACK
        if self.host in ("0.0.0.0", "::"):
            return _is_address(name)
        return name == self.host.lower()

    def may_change(self, headers: Headers, token: str) -> bool:
        """Whether a form comes from a page of ours."""
        same = headers.get("origin") == f"http://{headers.get('host', '')}"
        fetched = headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return same and fetched and hmac.compare_digest(token.encode(), self.form.encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Stands before the app: refuses what is not for us, and adds the policy to every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door
        self.cookie = COOKIE.format(port=door.port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the app answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)  # an original page has a stricter one
                headers.update(HEADERS)
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await (self._refusal(scope) or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.door.knows(hosts[0]):
            return PlainTextResponse("This is not the address of the reading room.\n", 421)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("The reading room can be read, and its forms be sent.\n", 405)
        if not self.door.key:
            return None
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("key", "")
        if given and scope["method"] == "GET" and self._right(given):
            rest = urlencode([pair for pair in asked if pair[0] != "key"])
            path = "/" + scope["path"].lstrip("/\\")  # two slashes would lead to another machine
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(self.cookie, self.door.key, httponly=True, samesite="strict")
            return answer
        try:
            known = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            known = None
        if known is None or not self._right(known.value):
            return PlainTextResponse("The key is missing: open the whole address that was printed.\n", 403)
        return None

    def _right(self, key: str) -> bool:
        return hmac.compare_digest(key.encode("utf-8", "surrogatepass"), self.door.key.encode())
