"""Mail: the body of a message and what is attached to it; mailboxes; and pages that browsers save as mail (MHTML).

The standard library reads them. Where a message says the same as text and as HTML, the text is read. Nothing of it is
left out: quoted replies, signatures and footers are part of what was sent.
"""

import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parseaddr
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from .encoding import decode
from .ingested import IngestError
from .language import language_code
from .member import Budget, Label, Limits, Linked, Member, Passed, Refused
from .passing import Passing, kind_of_type
from .rows import date_of, one_line, web_address, word_count
from .sniff import Format

if TYPE_CHECKING:
    Part = Message[Any, Any]
else:
    Part = Message  # which takes no parameters before Python 3.13

_LARGEST = 5  # times the size of one document: three bytes that are attached take four, and there may be several
_LONGEST_HEADER = 10_000  # characters; what the library does with some takes quadratic time
_MOST_COMPARED = (
    30_000_000  # lines and boundaries: the library compares each with all that are open, 8 million a second
)
_BOUNDARY = re.compile(rb"boundary[*\d]*\s*=", re.I)
_FROM = re.compile(rb"From [^\n]*\d\d:\d\d")
_AT_ONCE = 1 << 16
_NO_REPORT = {
    "text/calendar": "calendar{}",
    "text/vcard": "address card{}",
    "text/x-vcard": "address card{}",
    "application/pgp-signature": "signature{}",
    "application/pkcs7-signature": "signature{}",
    "application/x-pkcs7-signature": "signature{}",
    "message/delivery-status": "delivery report{}",
    "text/rfc822-headers": "delivery report{}",
}


class _Policy(Compat32):
    """The library's lenient reading; a header that is longer than any header is counts as empty."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value if len(value) <= _LONGEST_HEADER else "")


def open_mail(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The body of a message, in its own name, and what is attached to it; of a saved page the page. IngestError where
    it is too large or its parts lie too deep in each other."""
    member.stream.seek(0)
    data = member.stream.read(_LARGEST * budget.limits.bytes + 1)
    if len(data) > _LARGEST * budget.limits.bytes:
        raise _too_large(budget.limits)
    if len(_BOUNDARY.findall(data)) * data.count(b"\n") > _MOST_COMPARED:
        raise IngestError("this message has too many parts with parts for its length")
    try:
        message = BytesParser(policy=_Policy()).parsebytes(data)
    except RecursionError:
        raise IngestError("the parts of this message lie too deep in each other") from None
    leaves = list(_leaves(message))
    page = _page(message, [part for part, _ in leaves])
    if page is not None:
        budget.count()
        yield _member(page, member, data, _told_of_page(message, page))
        if len(leaves) > 1:
            reason = f"images and other parts of the saved page: {len(leaves) - 1}"
            yield Passed(file=member.file, member=member.name, reason=reason)
    else:
        yield from _body_and_attached(message, leaves, member, data, budget)
    if any(isinstance(d, CloseBoundaryNotFoundDefect) for part in message.walk() for d in part.defects):
        reason = "the message breaks off before its last part ends; what there is was read"
        yield Refused(file=member.file, member=member.name, reason=reason)


def open_mbox(member: Member, budget: Budget) -> Iterator[Member | Passed | Refused | Linked]:
    """The messages of a mailbox, one after another."""
    for number, data in enumerate(_messages(member, budget.limits), 1):
        budget.count()
        path = (*member.path, f"message {number}")
        if data is None:
            yield Refused(file=member.file, member="!".join(path), reason=str(_too_large(budget.limits)))
        else:
            yield Member.of(data, member.file, path=path, format="mail", told=Label(fetched=member.told.fetched))


def _messages(member: Member, limits: Limits) -> Iterator[bytes | None]:
    """The bytes of each message without the line that begins it; None for one that is too large."""
    member.stream.seek(0)
    most, message = _LARGEST * limits.bytes, bytearray()
    size, begun, starts, after_blank = 0, False, True, True
    for line in iter(lambda: member.stream.readline(_AT_ONCE), b""):
        if starts and after_blank and _FROM.match(line):
            if begun:
                yield bytes(message) if size <= most else None
            message, size, begun = bytearray(), 0, True
        else:
            size += len(line)
            message += line if size <= most else b""
        after_blank = starts and not line.strip()
        starts = line.endswith(b"\n")  # else it is a piece of a long one
    if begun:
        yield bytes(message) if size <= most else None


def _too_large(limits: Limits) -> IngestError:
    most = _LARGEST * limits.bytes / 1e6
    return IngestError(f"this message has more than {most:g} MB; raise the limit with --max-megabytes")


def _leaves(message: Part) -> Iterator[tuple[Part, int]]:
    """The parts that have no parts, in order, each with a number of the alternatives that it is one of (0: of none)."""
    open_parts: list[tuple[Part, int]] = [(message, 0)]
    while open_parts:
        part, alternatives = open_parts.pop()
        kind = part.get_content_type()
        inner: Any = part.get_payload()
        if kind.startswith("multipart/") and isinstance(inner, list):
            if kind == "multipart/alternative":
                alternatives = id(part)
            open_parts.extend((p, alternatives) for p in reversed(inner))
        else:
            yield part, alternatives


def _body_and_attached(
    message: Part, leaves: list[tuple[Part, int]], member: Member, data: bytes, budget: Budget
) -> Iterator[Member | Passed | Refused]:
    read = _body(leaves)
    said = set(map(id, read))
    passing = Passing(member, budget)
    if read:
        budget.count()
        yield _member(read[0], member, data, _told(message))
    else:
        yield Passed(file=member.file, member=member.name, reason="a message without a text of its own")
    for number, (part, _) in enumerate(leaves, 1):
        kind = part.get_content_type()
        if id(part) in said:
            continue
        name = one_line(_decoded(part.get_filename() or ""), 200) or f"part {number}"
        if what := _NO_REPORT.get(kind) or kind_of_type(kind):
            passing.over(what)
        elif kind.startswith("multipart/"):
            budget.count()
            reason = "it should have parts, but does not say where they begin"
            yield Refused(file=member.file, member="!".join((*member.path, name)), reason=reason)
        elif kind.startswith("message/") and isinstance(part.get_payload(), list):
            told = Label(fetched=member.told.fetched)
            yield budget.member(member, name, partial(_inner, part), told=told, format="mail")
        elif (attached := _bytes(part)).strip():
            told = Label(encoding=part.get_content_charset(), fetched=member.told.fetched)
            yield budget.member(member, name, attached, told=told)
    yield from passing.said()


def _body(leaves: list[tuple[Part, int]]) -> list[Part]:
    """The part that is the message's body, and then those that say the same in another way; none where it has none."""
    texts = [
        (part, alternatives)
        for part, alternatives in leaves
        if part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
    ]
    if not texts:
        return []
    first, shared = texts[0]
    same = [part for part, alternatives in texts if shared and alternatives == shared] or [first]
    # Many a text only says "view this in a browser"; one that holds half the words of the page is the message.
    words = {id(part): word_count(_bytes(part).decode("latin-1")) for part in same}
    most = max(words.values())
    return sorted(same, key=lambda p: (words[id(p)] < most / 2, p.get_content_type() != "text/plain"))


def _page(message: Part, leaves: list[Part]) -> Part | None:
    """The page that a browser saved as this message, with all that it shows; None where it is mail."""
    start = str(message.get_param("start") or "")
    pages = [part for part in leaves if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    page = next((part for part in pages if start and part.get("content-id") == start), pages[0] if pages else None)
    if page is None or message.get_content_type() not in ("multipart/related", "text/html", "application/xhtml+xml"):
        return None
    return page if _address_of_page(message, page) else None


def _address_of_page(message: Part, page: Part) -> str | None:
    addresses = (_header(message, "snapshot-content-location"), _header(page, "content-location"))
    return next((at for address in addresses if (at := web_address(address))), None)


def _told_of_page(message: Part, page: Part) -> Label:
    return Label(address=_address_of_page(message, page), fetched=date_of(_header(message, "date")))


def _told(message: Part) -> Label:
    """What the headers of a message say of it. outlet: the mailing list that it came by, where that has a name."""
    try:
        name, address = parseaddr(_raw(message, "from"))
    except (RecursionError, IndexError, ValueError):
        name = address = ""
    listed = (_header(message, "list-id") or "").split("<")[0].strip(' "')
    return Label(
        title=_header(message, "subject"),
        outlet=one_line(listed),
        byline=one_line(_decoded(name) or address),
        published=date_of(_header(message, "date")),
        url=web_address((_header(message, "archived-at") or "").strip("<> ")),
        language=language_code(_header(message, "content-language")),
    )


def _raw(message: Part, name: str) -> str:
    """A header in one line as it was sent, bytes beyond ASCII decoded; "" where there is none, or none so long."""
    value = next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
    sent = value.encode("utf-8", "surrogateescape") if len(value) <= _LONGEST_HEADER else b""
    return " ".join(decode(sent)[0].split())


def _header(message: Part, name: str) -> str | None:
    return one_line(_decoded(_raw(message, name)))


def _decoded(stated: str) -> str:
    """A header with its encoded words decoded, or as it is where they are broken."""
    try:
        return str(make_header(decode_header(stated)))
    except (HeaderParseError, LookupError, ValueError):
        return stated


def _bytes(part: Part) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _inner(part: Part) -> BytesIO:
    """The message that a part holds, written again: its bytes are not kept by the library."""
    inner: Any = part.get_payload()
    return BytesIO(inner[0].as_bytes(policy=_Policy(max_line_length=None)))


def _member(part: Part, within: Member, original: bytes, told: Label) -> Member:
    """The member that a part is read as, in the place of the message."""
    format: Format = "text" if part.get_content_type() == "text/plain" else "html"
    return Member.of(
        _bytes(part),
        within.file,
        path=within.path,
        told=replace(told, encoding=part.get_content_charset(), fetched=told.fetched or within.told.fetched),
        format=format,
        original=original,
    )
