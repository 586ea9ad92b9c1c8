"""The reading room as a web application: which page stands at which address, and how it is sent.

Each page is a record of `shown`, made by `pages` and sent as HTML or, with `.json` behind its address, as JSON. Nothing
is written but by a form that is sent to /review.
"""

import re
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote

import jinja2
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from reportedly.brief import counted, printable
from reportedly.case import Case, CaseError, UnknownIdError
from reportedly.page import KEY, TEMPLATES, asset, safe, settled
from reportedly.records import Account, Attribution, Brief, Claim, Document, Question, Source
from reportedly.recount import decided
from reportedly.review import ReviewError, decide, undo

from . import pages
from .desk import Desk
from .original import LARGEST_SHOWN, dead
from .security import DEAD, LARGEST, Door, Guard
from .shown import Done

ID = re.compile(r"[a-z]-[0-9a-f]{1,32}")
BACK = re.compile(r"/(?:brief|reviews|(?:question|account|report|source|claim)/[a-z]-[0-9a-f]{1,32})(?:#[\w-]{1,40})?")
_DONE = re.compile(r"[0-9]{1,9}\Z")
LONGEST_SEARCH = 200  # characters
FORM_FIELDS = 20
OWN = "own"  # an account of its own, as a form says it
CHOSEN = {"move": ("to",), "relation": ("other", "kind"), "merge": ("other",), "split": ("record", "other")}
UNCHOSEN = "Nothing was chosen, so nothing was kept. Go back and choose from the list."
UNCHANGED = "Nothing was changed, so nothing was kept: it is what it was."
CONNECTIONS = 100  # at once
WAIT = 1.0  # seconds for another process that writes
MOVED = "The case was moved, replaced or deleted while it was open; nothing was kept. End the room and start it anew."
STATIC = {"room.css": "text/css", "room.js": "text/javascript", "icon.svg": "image/svg+xml"}
SHARED = {"base.css": "text/css", "brief.css": "text/css", "report.css": "text/css", "report.js": "text/javascript"}
NAVIGATION = (
    ("brief", "Questions"),
    ("reports", "Reports"),
    ("sources", "Sources"),
    ("origins", "Origins"),
    ("timeline", "Timeline"),
    ("reviews", "Reviews"),
)


class Frame(NamedTuple):
    """What stands around every page: the case, where we are, what to be warned of, the token of its forms. done: the
    decision that led here, to be undone at once."""

    case: str
    here: str
    json: str
    warning: str
    token: str
    q: str
    done: Done | None


class Room:
    """A case that is open for reading, and the desk on which its last state lies."""

    def __init__(self, path: Path, door: Door) -> None:
        self.path = path
        self.door = door
        self._case: Case | None = None
        self._file: tuple[int, int] | None = None
        self._desk: tuple[tuple[int, int], Desk] | None = None

    @asynccontextmanager
    async def opened(self, _: Starlette) -> AsyncIterator[None]:
        """Hold the case open, in the thread that answers, for as long as the app runs. Others
        that write are waited for only a moment: nobody is answered meanwhile."""
        with Case.open(self.path, wait=WAIT) as self._case:
            self._file = _file_at(self.path)
            with suppress(Exception):  # what is wrong, the page says
                self.desk()  # 100 long reports take .3 s to lie open: not at the first page's cost
            yield
        self._case = self._desk = None

    @property
    def case(self) -> Case:
        """The open case. HTTPException (503) where its file is another by now: what is written would be lost."""
        assert self._case is not None
        if _file_at(self.path) != self._file:
            raise HTTPException(503, MOVED)
        return self._case

    def desk(self) -> Desk:
        """The case as it is now: looked up anew only where something was written to it."""
        reviews = self.case.reviews()
        state = self.case.version(), len(reviews)
        if self._desk is None or self._desk[0] != state:
            brief = self.case.brief() or Brief(documents=(), sources=(), claims=(), relations=(), questions=())
            self._desk = state, Desk(self.case, decided(brief, reviews, self.case.reports()), brief)
        return self._desk[1]

    def warning(self) -> str:
        """What readers should know of the case as it is now."""
        missing = len(self.case.uncompared())
        if not missing:
            return ""
        return f"{counted(missing, 'report')} came after the last comparing; reportedly compare takes them in."


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def app(path: Path, door: Door) -> ASGIApp:
    """The reading room of the case at this path, behind its door."""
    room = Room(path, door)
    routes = [Route("/", lambda _: RedirectResponse("/brief", 303)), Route("/static/{name}", _static)]
    for name, make in _PAGES.items():
        answer = _answer(room, name.partition("/")[0], make)
        where = f"/{name}/{{id}}" if make in _OF_ONE else f"/{name}"
        routes += [Route(f"{where}.json", answer), Route(where, answer)]
    routes += [
        Route("/original/{id}", _original(room)),
        Route("/record/{id}", _record(room)),
        Route("/review", _review(room), methods=["POST"]),
    ]
    tell = _problem(room)
    inside = Starlette(routes=routes, lifespan=room.opened, exception_handlers={HTTPException: tell, Exception: tell})
    return Guard(inside, door)


Make = Callable[[Desk, Request], msgspec.Struct]


def _one(make: Callable[[Desk, str], msgspec.Struct]) -> Make:
    """A page of one record."""

    def made(desk: Desk, request: Request) -> msgspec.Struct:
        record = request.path_params["id"]
        if not ID.fullmatch(record):
            raise pages.NothingThere(record)
        return make(desk, record)

    return made


def _search(desk: Desk, request: Request) -> msgspec.Struct:
    asked = request.query_params
    q, among, outlet = (asked.get(name, "")[:LONGEST_SEARCH] for name in ("q", "in", "outlet"))
    return pages.search_page(desk, q, among, outlet)


_ONE: dict[str, Make] = {
    "question": _one(pages.question_page),
    "account": _one(pages.account_page),
    "report": _one(pages.report_page),
    "source": _one(pages.source_page),
    "claim": _one(pages.claim_page),
}
_OF_ONE = frozenset(_ONE.values())
_PAGES: dict[str, Make] = {
    "brief": lambda desk, _: pages.brief_page(desk),
    "reports": lambda desk, _: pages.reports_page(desk),
    "sources": lambda desk, _: pages.sources_page(desk),
    "origins": lambda desk, _: pages.origins_page(desk),
    "timeline": lambda desk, _: pages.timeline_page(desk),
    "reviews": lambda desk, _: pages.reviews_page(desk),
    "search": _search,
    **_ONE,
}


def _answer(room: Room, name: str, make: Make) -> Callable[[Request], Any]:
    """What answers at a page's address, and at that of its JSON."""

    async def answer(request: Request) -> Response:
        try:
            page = make(room.desk(), request)
        except (pages.NothingThere, UnknownIdError):
            if number := _DONE.match(request.query_params.get("done", "")):  # a decision took away what it was made on
                return RedirectResponse(f"/reviews?done={number[0]}", 303)
            raise HTTPException(404) from None
        if request.url.path.endswith(".json"):
            return Response(msgspec.json.encode(plain(page)), media_type="application/json")
        asked = request.query_params
        query = f"?{request.url.query}" if name == "search" and request.url.query else ""
        log = room.case.reviews()
        led = log and asked.get("done") == str(log[-1].number)
        frame = Frame(
            case=printable(room.path.name),
            here=name,
            json=f"{request.url.path}.json{query}",
            warning=room.warning(),
            token=room.door.form,
            q=asked.get("q", "")[:LONGEST_SEARCH] if name == "search" else "",
            done=pages.done(room.desk(), log) if led else None,
        )
        html = _templates().get_template(f"{name}.html").render(page=page, frame=frame, navigation=NAVIGATION, key=KEY)
        # The report's page holds its text exactly; there each paragraph keeps to itself what turns its writing.
        return HTMLResponse(safe(html if name == "report" else settled(html)))

    return answer


def _record(room: Room) -> Callable[[Request], Any]:
    """Leads from the id of any record to its page."""

    async def lead(request: Request) -> Response:
        record_id = request.path_params["id"]
        desk = room.desk()
        try:
            record = desk.case.find(record_id if ID.fullmatch(record_id) else "").record
        except UnknownIdError:
            raise HTTPException(404) from None
        match record:
            case Document():
                to = f"/report/{record.id}"
            case Claim() | Source() | Question() | Account():
                to = f"/{type(record).__name__.lower()}/{record.id}"
            case Attribution():
                to = next((f"/claim/{c.id}" for c in desk.brief.claims if c.attribution == record.id), "/brief")
            case _:
                raise HTTPException(404)
        return RedirectResponse(to, 303)

    return lead


def _original(room: Room) -> Callable[[Request], Any]:
    """The original of a report. A web page is shown, but is dead (`original.py`), of no origin, and forbidden to load
    anything. A PDF is shown by the browser; anything else, and a page that is too large, is saved."""

    async def give(request: Request) -> Response:
        try:
            document = room.case.report(request.path_params["id"]).document
            data = room.case.original(document.digest)
        except UnknownIdError:
            raise HTTPException(404) from None
        except CaseError as e:
            raise HTTPException(500, str(e)) from None
        if document.media_type == "text/html" and len(data) <= LARGEST_SHOWN:
            return HTMLResponse(
                dead(data.decode(document.encoding, "replace")), headers={"Content-Security-Policy": DEAD}
            )
        if document.media_type == "application/pdf":
            return Response(data, media_type="application/pdf")
        name = PurePosixPath((document.member or document.file).replace("\\", "/").replace("!", "/")).name
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name[-120:] or document.id, safe='')}"}
        return Response(data, media_type="application/octet-stream", headers=saved)

    return give


def _review(room: Room) -> Callable[[Request], Any]:
    """Takes a decision, and leads back to where it was made."""

    async def take(request: Request) -> Response:
        body = b""
        try:
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise HTTPException(413)
        except ClientDisconnect:
            raise HTTPException(400) from None
        try:
            sent = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=FORM_FIELDS, errors="strict")
        except ValueError:
            raise HTTPException(400) from None
        form = {name: values[-1] for name, values in sent.items()}
        if not room.door.may_change(request.headers, form.get("token", "")):
            raise HTTPException(403)
        try:
            if form.get("action") == "undo":
                made = undo(room.case, int(form.get("number", "0")))
            else:
                value = value_of(form)
                if room.desk().holds(form.get("record", ""), form.get("action", ""), value):
                    raise ReviewError(UNCHANGED)
                note = form.get("note", "").replace("\r\n", "\n")
                made = decide(room.case, form.get("record", ""), form.get("action", ""), value, note)
            room.case.settle()
        except ReviewError as e:
            raise HTTPException(422, str(e)) from None
        except ValueError:
            raise HTTPException(422, "A place or a review is given by its number.") from None
        except CaseError as e:
            raise HTTPException(503, str(e)) from None
        back = form.get("back", "")
        there, hash_, place = (back if BACK.fullmatch(back) else "/reviews").partition("#")
        return RedirectResponse(f"{there}?done={made.number}{hash_}{place}", 303)

    return take


def value_of(form: dict[str, str]) -> Any:
    """The value of a decision as a form sends it. ReviewError where nothing was chosen, ValueError where a number is
    none."""
    action = form.get("action", "")
    if not all(form.get(name, "").strip() for name in CHOSEN.get(action, ())):
        raise ReviewError(UNCHOSEN)
    match action:
        case "span":
            start, end = int(form.get("start", "")), int(form.get("end", ""))
            if end <= start:
                raise ReviewError(f"The words end before they start: from {start} to {end}. Nothing was kept.")
            return {"start": start, "end": end}
        case "speaker":
            name = form.get("name", "").strip()
            if not name and not form.get("source"):
                raise ReviewError(
                    "Nothing was chosen, so nothing was kept. Go back and choose who says it, or give a name."
                )
            return {"name": name} if name else {"source": form.get("source", "")}
        case "move":
            return {"to": None if form["to"] == OWN else form["to"]}
        case "relation":
            return {"other": form.get("other", ""), "kind": form.get("kind", "")}
        case "name":
            return {"name": form.get("name", "")}
        case "title":
            return {"title": form.get("title", "")}
        case "merge":
            return {"with": form.get("other", "")}
        case "split":
            return {"from": form.get("other", "")}
        case _:
            return None


def plain(value: Any) -> Any:
    """A page as what JSON has words for; every field keeps its name."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        return dict(zip(names, map(plain, value), strict=True)) if names else [plain(v) for v in value]
    return value


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name in SHARED:
        return Response(asset(name), media_type=SHARED[name])
    if name not in STATIC:
        raise HTTPException(404)
    return Response(_own(name), media_type=STATIC[name])


@cache
def _own(name: str) -> bytes:
    return (files("reportedly.web") / "static" / name).read_bytes()


@cache
def _templates() -> jinja2.Environment:
    """Our templates, with those of the pages that stand alone behind them."""
    own = jinja2.PackageLoader("reportedly.web", "templates")
    assert TEMPLATES.loader is not None
    loader = jinja2.ChoiceLoader([own, TEMPLATES.loader])
    env = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.globals["quotes"] = pages.QUOTES
    env.filters |= {name: TEMPLATES.filters[name] for name in ("dated", "sign")}
    return env


TITLES = {404: "Nothing is here", 422: "This was not kept"}
TELLS = {
    400: "What was sent is no form of ours.",
    403: "This form did not come from a page of the reading room, or the room was opened anew since. Go back, load the "
    "page again, and send it once more.",
    404: "There is nothing at this address. It may have been there before the case was compared again.",
    405: "Nothing at this address takes that.",
    413: "What was sent is too long.",
    500: "This is a fault of reportedly; please report it. Nothing was written.",
}


def _problem(room: Room) -> Callable[[Request, Exception], Any]:
    """Tells what went wrong, with the ways to everything else."""

    async def tell(_: Request, error: Exception) -> Response:
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
        title, words = TITLES.get(status) or HTTPStatus(status).phrase, TELLS.get(status) or detail
        frame = Frame(printable(room.path.name), "problem", "", "", "", "", None)
        page = _templates().get_template("problem.html")
        html = page.render(title=title, words=words, frame=frame, navigation=NAVIGATION)
        return HTMLResponse(safe(settled(html)), status)

    return tell


def serve(path: Path, host: str, port: int, browse: bool, tell: Callable[[str], None]) -> None:
    """Listen until the process is told to end. OSError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
        door = Door.at(host, listening.getsockname()[1])
        tell(door.address)
        if browse:
            threading.Thread(target=webbrowser.open, args=(door.address,), daemon=True).start()
        config = uvicorn.Config(
            app(path, door),
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            limit_concurrency=CONNECTIONS,
        )
        uvicorn.Server(config).run(sockets=[listening])
