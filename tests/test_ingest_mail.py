from base64 import b64encode
from email.message import EmailMessage

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportedly.ingest import (
    Ingested,
    Limits,
    Passed,
    Refused,
)
from reportedly.ingest.sniff import format_of_head
from reportedly.records import Document, digest_of
from tests.unpacked import Found, all_in

LIMITS = Limits(bytes=200_000, members=20_000)
BODY = (
    "The mayor of Ostwick said on Monday that the bridge was shut.\n\n> “We are safe,” she wrote.\n\n-- \nAnn Example\n"
)
HTML = "".join(f"<p>The mayor said on day {n} that the bridge was shut, and nobody doubted it.</p>" for n in range(6))
HEADERS = (
    "From: Ann Example <ann@post.example>\nTo: desk@post.example\nSubject: Bridge shut\n"
    "Date: Tue, 04 Mar 2025 08:00:00 +0100\n"
)


def found(data: bytes, limits: Limits = LIMITS) -> list[Found]:
    """What lies in a message, each document read."""
    return all_in(data, limits)


def documents(data: bytes) -> list[Document]:
    """The documents in a message."""
    return [one.document for one in found(data) if isinstance(one, Ingested)]


def reasons(data: bytes) -> list[str]:
    """What is said beside the documents."""
    return [one.reason for one in found(data) if isinstance(one, (Passed, Refused))]


def message(text: str | None = BODY, html: str | None = None) -> EmailMessage:
    """A message by the standard library."""
    mail = EmailMessage()
    for line in HEADERS.splitlines():
        mail[line.partition(": ")[0]] = line.partition(": ")[2]
    if text is not None:
        mail.set_content(text)
    if html is not None and text is not None:
        mail.add_alternative(html, subtype="html")
    elif html is not None:
        mail.set_content(html, subtype="html")
    return mail


def multipart(*parts: str, kind: str = "mixed", end: str = "--b--\n") -> bytes:
    """A message of parts, each with its headers."""
    body = "".join(f"--b\n{part}\n" for part in parts)
    return f"{HEADERS}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n{body}{end}".encode()


def test_a_message() -> None:
    data = message().as_bytes()
    (one,) = documents(data)
    assert one.text == BODY
    assert (one.title, one.byline, one.outlet) == ("Bridge shut", "Ann Example", None)
    assert (one.published, one.member, one.media_type) == ("2025-03-04T08:00:00+01:00", None, "message/rfc822")
    assert one.digest == digest_of(data)


def test_line_ends_and_a_first_line_like_a_header_stay() -> None:
    data = (HEADERS + "\nTitle: what is asked\n\nHe said  no.\n").replace("\n", "\r\n").encode()
    assert documents(data)[0].text == "Title: what is asked\r\n\r\nHe said  no.\r\n"


def test_the_list_that_a_message_came_by_is_its_outlet() -> None:
    more = "List-Id: The Ostwick Brief <brief.post.example>\nContent-Language: en-GB\n"
    more += "Archived-At: <https://lists.example/1>\n"
    (one,) = documents((HEADERS + more + "\n" + BODY).encode())
    assert (one.outlet, one.url, one.language) == ("The Ostwick Brief", "https://lists.example/1", "en")


def test_of_text_and_html_the_text_is_read() -> None:
    (one,) = documents(message(BODY, f"<p>{BODY}</p>").as_bytes())
    assert (one.text, one.media_type) == (BODY, "message/rfc822")


@pytest.mark.parametrize("text", ["", "View this message in your browser: https://post.example/brief\n", None])
def test_a_text_that_only_points_to_the_html_is_not_read(text: str | None) -> None:
    (one,) = documents(message(text, HTML).as_bytes())
    assert one.media_type == "message/rfc822"
    assert one.text.startswith("The mayor said on day 0")
    assert one.title == "Bridge shut"


def test_what_is_attached_is_read_by_name() -> None:
    mail = message()
    mail.add_attachment("He said no.", filename="stätement.txt")
    mail.add_attachment(
        b'{"text": "She said yes."}\n{"text": "They left."}', "application", "octet-stream", filename="a.jsonl"
    )
    mail.add_attachment(b"\x89PNG\r\n", "image", "png", filename="a.png")
    mail.add_attachment(b"\x89PNG\r\n", "image", "png", filename="b.png")
    mail.add_attachment(b"\x00\x01\x02", "application", "octet-stream")
    mail.add_attachment(message("The inner one."))
    data = mail.as_bytes()
    assert {one.member: one.text.strip() for one in documents(data)} == {
        None: BODY.strip(),
        "stätement.txt": "He said no.",
        "a.jsonl!row 1": "She said yes.",
        "a.jsonl!row 2": "They left.",
        "part 7": "The inner one.",
    }
    assert reasons(data) == ["this is binary, not text", "2 images passed over"]


def test_a_message_without_text_is_said() -> None:
    assert "a message without a text of its own" in reasons(multipart("Content-Type: image/png\n\nx"))
    assert reasons(multipart("Content-Type: image/png\n\nx"))[-1] == "1 image passed over"


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ("Content-Type: text/plain; charset=windows-1252", "“café”".encode("cp1252"), "“café”"),
        ("Content-Type: text/plain; charset=nonsense", "“café”".encode(), "“café”"),
        ("Content-Type: text/plain; charset=punycode", b"plain", "plain"),
        ("Content-Type: nonsense", b"plain", "plain"),
        ("Content-Transfer-Encoding: base64", b64encode(b"He said no."), "He said no."),
        ("Content-Transfer-Encoding: base64", b"SGUgc2FpZCBubw", "He said no"),
        ("Content-Transfer-Encoding: quoted-printable", b"He =E2=80=9Csaid=\n=E2=80=9D =ZZ no", "He “said” =ZZ no"),
        ("Content-Transfer-Encoding: nonsense", b"plain", "plain"),
        ("Content-Type: multipart/mixed", b"plain", ""),
    ],
)
def test_bodies_that_are_encoded_well_and_badly(headers: str, body: bytes, text: str) -> None:
    assert "".join(d.text for d in documents(f"{HEADERS}{headers}\n\n".encode() + body)) == text


@pytest.mark.parametrize(
    ("sender", "byline"),
    [
        (b"=?utf-8?q?Zo=C3=AB_Example=2C_desk?= <z@x.example>", "Zoë Example, desk"),
        (b'"Example, Ann" <a@x.example>', "Example, Ann"),
        ("Zoë Example <z@x.example>".encode(), "Zoë Example"),
        (b"a@x.example", "a@x.example"),
        (b"=?nonsense?q?a?= <a@x.example>", "=?nonsense?q?a?="),
        (b"=?utf-8?b?a?= <a@x.example>", "=?utf-8?b?a?="),
        (b"Ann\r\n Example <a@x.example>", "Ann Example"),
        (b"(" * 9_000, None),
        (b"x" * 20_000, None),
    ],
)
def test_senders(sender: bytes, byline: str | None) -> None:
    assert documents(b"Message-ID: <1>\nFrom: " + sender + b"\nTo: b@x.example\n\nHe said no.")[0].byline == byline


def saved(part: str = "Content-Location: https://post.example/a\n", top: str = "") -> bytes:
    page = f"<html><head><title>Bridge shut - The Post</title></head><body><article>{HTML}</article></body></html>"
    return (
        f"From: <Saved by Blink>\n{top}Subject: Bridge\nDate: Tue, 4 Mar 2025 08:00:00 -0000\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        f"--b\nContent-Type: text/css\n\nbody {{}}\n--b\nContent-Type: text/html\nContent-ID: <1>\n{part}\n{page}\n"
        f"--b\nContent-Type: text/html\nContent-Location: https://ads.example/\n\n<p>Buy this.</p>\n"
        f"--b\nContent-Type: image/png\n\nx\n--b--\n"
    ).encode()


@pytest.mark.parametrize(
    "data", [saved(), saved("", "Snapshot-Content-Location: https://post.example/a\n")], ids=["location", "snapshot"]
)
def test_a_saved_page(data: bytes) -> None:
    one, passed = found(data)
    assert isinstance(one, Ingested)
    assert (one.document.media_type, one.document.member, one.document.digest) == (
        "message/rfc822",
        None,
        digest_of(data),
    )
    assert (one.document.url, one.document.address) == ("https://post.example/a", "https://post.example/a")
    assert one.document.fetched == "2025-03-04T08:00:00"
    assert "on day 5" in one.document.text
    assert "Buy" not in one.document.text
    assert isinstance(passed, Passed)
    assert passed.reason == "images and other parts of the saved page: 3"


def test_the_page_that_a_saved_page_starts_with() -> None:
    data = (
        saved()
        .replace(b'boundary="b"', b'boundary="b"; start="<1>"')
        .replace(b"--b\nContent-Type: text/css", b"--b\nContent-Type: text/html")
    )
    assert "on day 5" in documents(data)[0].text


def mailbox(*bodies: str) -> bytes:
    return "".join(f"From ann@x.example Tue Mar  4 08:00:00 2025\n{HEADERS}\n{body}\n\n" for body in bodies).encode()


def test_a_mailbox() -> None:
    data = mailbox("One.", "Two.\n\nFrom Monday on he said no.\nFrom x at 08:00 too.", "Three.")
    assert [(d.member, d.text.strip()) for d in documents(data)] == [
        ("message 1", "One."),
        ("message 2", "Two.\n\nFrom Monday on he said no.\nFrom x at 08:00 too."),
        ("message 3", "Three."),
    ]
    assert documents(data.replace(b"\n", b"\r\n"))[2].member == "message 3"


def test_a_message_that_is_too_large_loses_no_other() -> None:
    one, two, three = found(mailbox("One.", "line\n" * 300_000, "Three."))
    assert isinstance(one, Ingested)
    assert isinstance(two, Refused)
    assert (two.member, "more than 1 MB" in two.reason) == ("message 2", True)
    assert isinstance(three, Ingested)


def nested(depth: int, lines: int = 0) -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"{HEADERS}MIME-Version: 1.0\n{parts}Content-Type: text/plain\n\nhello\n".encode() + b"a\n" * lines


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (nested(100), "breaks off"),
        (nested(10_000), "too many parts"),
        (nested(400, 90_000), "too many parts"),
        (f"{HEADERS}Content-Type: message/rfc822\n\n".encode() * 4_000, "too deep"),
        (f"{HEADERS}Content-Type: message/rfc822\n\n".encode() * 50 + b"x", "archives in each other"),
        (multipart("Content-Type: text/plain\n\nHe said no.", end=""), "breaks off"),
        (multipart("Content-Type: multipart/mixed\n\nHe said no."), "does not say where they begin"),
        (HEADERS.encode() + b"\n" + b"x" * 1_000_001, "more than 1 MB"),
    ],
)
def test_hostile_messages_are_said(data: bytes, reason: str) -> None:
    assert any(reason in said for said in reasons(data))


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: text/plain; " + "a=b; " * 1_900,
        'Content-Type: text/plain; a="' + '\\";' * 3_000,
        "Content-Type: text/plain;" + "a" * 100_000,
        "X-A: b\n" * 20_000,
        "X-A: b\n" + " c\n" * 30_000,
        "Subject: " + "=?utf-8?q?a?= " * 600,
        "Date: " + "1 " * 4_000,
        "List-Id: " + "<" * 9_000,
    ],
)  # fmt: skip
def test_headers_that_are_too_many_or_too_long_do_no_harm(headers: str) -> None:
    assert [d.text.strip() for d in documents(f"{HEADERS}{headers}\n\nHe said no.".encode())] == ["He said no."]


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("From: Berlin\nTo: Paris\n\nThe train, he said, was late.", "text"),
        ("From: Berlin\nTo: Paris\nThe train, he said, was late.", "text"),
        ("From: the desk\n\nHe said no.", "text"),
        ("Subject: the bridge\n\nHe said no.", "text"),
        ("Title: Shut\nDate: 2025-03-04\n\nHe said no.", "text"),
        ("From: ann@x.example, she said\nTo: the point\nThe mayor said no.", "text"),
        ("From Monday at 08:00 the bridge is shut.\n\nHe said no.", "text"),
        ("Q: Why?\nA: Because.\n", "text"),
        ("From: Ann <ann@x.example>\r\nTo: b@x.example\r\n\r\nNo.", "mail"),
        ("Return-Path: <a>\nReceived: from x\n\tby y\nSubject: no\n\nNo.", "mail"),
        ("MIME-Version: 1.0\nContent-Type: text/plain;" + " a=b;" * 2000, "mail"),
        ("From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: a\n", "mail"),
        ("From ann@x.example Tue Mar  4 08:00:00 2025\nReturn-Path: <a>\n", "mbox"),
    ],
)
def test_mail_is_told_from_texts(text: str, format: str) -> None:
    assert format_of_head(text.encode()[:4096]) == format


VALID = [
    message(BODY, HTML).as_bytes(),
    multipart("Content-Type: text/plain\n\nHe said no.", "Content-Type: message/rfc822\n\n" + HEADERS + "\nNo."),
    saved(),
    mailbox("One.", "Two."),
]
PIECES = [
    b"--b\n",
    b"--b--\n",
    b"\n\n",
    b"\nFrom a 00:00\n",
    b"=?utf-8?q?",
    b"boundary=",
    b"Content-Type: multipart/mixed; ",
    b"\xff\x00",
]


@settings(deadline=1000, max_examples=150)
@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(PIECES) | st.binary(max_size=5)), max_size=5),
    st.integers(0, 2000),
)
def test_whatever_is_in_a_message_ends_in_something_said(
    data: bytes, changes: list[tuple[int, bytes]], end: int
) -> None:
    for at, new in changes:
        data = data[: at % len(data)] + new + data[at % len(data) + len(new) :]
    data = data[: end or None]
    assume(b"%PDF-" not in data)
    assert found(data)
