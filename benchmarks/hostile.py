"""Inputs that mean harm, made here: `python -m benchmarks.hostile` reads each and says what became of it.

Every format is made once as it should be (`good`), cut at its joints, and damaged; beside these stand bombs, cycles,
lengths and encodings that lie, huge fields, archives in archives, names that climb, NULs and entities. What is promised
of each: it ends within its bounds, gives documents or a line that says why not, and loses nothing of the next input.
"""

import argparse
import bz2
import gzip
import io
import json
import lzma
import random
import struct
import sys
import tarfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from reportedly.ingest import Ingested, Limits, Passed, Refused
from reportedly.ingest.guard import Guard
from reportedly.ingest.notes import notes_of

LIMITS = Limits(seconds=10, memory=1_000_000_000, unpacked=300_000_000)
SAID = (
    "The harbour master, Ona Pell, said on Monday that the ferry would not sail before Friday. “The engine is "
    "cold,” she told reporters. The operator denied that anybody had been in danger, and the union said that it had "
    "warned of the fault in spring."
)
HEAD = "Ferry stays in port"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", header: bytes = b"%PDF-1.7") -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of where they stand."""
    out, places = bytearray(header + b"\n%\xe2\xe3\xcf\xd3\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    """A PDF stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data) if length is None else length, entries, data)


CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def lines(text: str) -> bytes:
    """A page's content that shows this text in lines."""
    words, rows = text.encode("latin-1", "replace").split(), [b""]
    for word in words:
        if len(rows[-1]) > 70:
            rows.append(b"")
        rows[-1] += word + b" "
    shown = b"".join(b"(%s) Tj 0 -14 Td\n" % row.replace(b"(", b"").replace(b")", b"") for row in rows)
    return b"BT /F1 11 Tf 72 720 Td\n" + shown + b"ET"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data) if info.isreg() else info.size
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def record(kind: str, url: str, body: bytes, length: int | None = None, http: str = "200 OK", more: str = "") -> bytes:
    """A record of a web archive."""
    payload = body
    if kind == "response":
        head = f"HTTP/1.1 {http}\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n"
        payload = head.encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-04T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{zlib.crc32(url.encode()):012d}>\r\n"
        f"Content-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(payload) if length is None else length}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def page(text: str = SAID, more: str = "") -> bytes:
    """A web page."""
    said = "".join(f"<p>{text}</p>" for _ in range(2))
    return (
        f"<!doctype html><html lang=en><head><title>{HEAD}</title>{more}</head><body><article><h1>{HEAD}</h1>{said}"
        "</article></body></html>"
    ).encode()


def docx(body: str, declared: str = "") -> bytes:
    """A text document."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def odt(body: str, declared: str = "") -> bytes:
    """A text document of the other kind."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    xml = (
        f'<?xml version="1.0"?>{declared}<office:document-content xmlns:office="{office}" xmlns:text="{text}">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": xml.encode()}, zipfile.ZIP_STORED)


def parquet() -> bytes:
    """A table of columns."""
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"title": [HEAD] * 3, "text": [SAID] * 3}), out)
    return out.getvalue()


MAIL = (
    f"From: Ona Pell <ona@harbour.example>\r\nTo: desk@paper.example\r\nSubject: {HEAD}\r\n"
    "Date: Tue, 04 Mar 2025 08:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)
RSS = (
    '<?xml version="1.0"?>{declared}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>The Example</title><item><title>{head}</title><link>https://x.example/a</link>"
    "<content:encoded>&lt;p&gt;{body}&lt;/p&gt;</content:encoded></item></channel></rss>"
)


@cache
def good() -> dict[str, bytes]:
    """One input of each format as it should be."""
    row = {"title": HEAD, "text": SAID, "url": "https://x.example/a", "published": "2025-03-04"}
    mail = (MAIL + f"Content-Type: text/plain; charset=utf-8\r\n\r\n{SAID}\r\n").encode()
    related = MAIL + 'Content-Type: multipart/related; boundary="=b"; type="text/html"\r\n\r\n--=b\r\n'
    archive = record("warcinfo", "x", b"software: x\r\n") + b"".join(
        record("response", f"https://x.example/{n}", page()) for n in range(3)
    )
    members = {"a.html": page(), "b/c.txt": SAID.encode(), "d.eml": mail}
    infos = [(tarfile.TarInfo(name), data) for name, data in members.items()]
    warc = b"".join(gzip.compress(record("response", f"https://x.example/{n}", page())) for n in range(3))
    return {
        "txt": SAID.encode(),
        "md": f"# {HEAD}\n\n{SAID}\n\n> quoted [link](https://x.example)\n".encode(),
        "html": page(),
        "mhtml": (related + "Content-Type: text/html; charset=utf-8\r\n\r\n").encode() + page() + b"\r\n--=b--\r\n",
        "pdf": pdf(CATALOG, PAGES, PAGE, stream(lines(SAID)), FONT),
        "rss": RSS.format(declared="", head=HEAD, body=" ".join([SAID] * 4)).encode(),
        "atom": (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><entry>'
            f"<title>{HEAD}</title><id>x</id><content type='html'>&lt;p&gt;{SAID}&lt;/p&gt;</content></entry></feed>"
        ).encode(),
        "feed.json": json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "X", "items": [{"id": "1", "content_text": SAID}]}
        ).encode(),
        "ninjs": json.dumps({"uri": "x:1", "type": "text", "headline": HEAD, "body_text": SAID}).encode(),
        "jsonl": b"\n".join(json.dumps({**row, "id": n}).encode() for n in range(4)),
        "rows.json": json.dumps([row, row]).encode(),
        "csv": f'id,title,text\n1,{HEAD},"{SAID}"\n2,{HEAD},"{SAID}"\n'.encode(),
        "parquet": parquet(),
        "eml": mail,
        "mbox": b"".join(b"From x@x.example Tue Mar  4 08:00:00 2025\n" + mail + b"\n" for _ in range(3)),
        "warc": archive,
        "warc.gz": warc,
        "wacz": zipped(
            {
                "datapackage.json": b'{"profile": "data-package", "wacz_version": "1.1.1"}',
                "archive/data.warc.gz": warc,
                "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
            }
        ),
        "docx": docx(f"<w:p><w:r><w:t>{HEAD}</w:t></w:r></w:p><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"),
        "odt": odt(f"<text:h>{HEAD}</text:h><text:p>{SAID}</text:p>"),
        "zip": zipped(members),
        "tar": tarred(*infos),
        "tar.gz": tarred(*infos, mode="w:gz"),
        "gz": gzip.compress(SAID.encode()),
        "bz2": bz2.compress(page()),
        "xz": lzma.compress(page()),
    }


def damaged() -> Iterator[tuple[str, bytes]]:
    """Every format cut, and with bytes changed, doubled, or blanked out."""
    chance = random.Random(7)
    for name, data in good().items():
        for share in (0.02, 0.1, 0.25, 0.5, 0.75, 0.95):
            yield f"cut-{share:g}.{name}", data[: max(1, int(share * len(data)))]
        yield f"last-byte-lost.{name}", data[:-1]
        yield f"first-byte-lost.{name}", data[1:]
        for n in range(3):
            changed = bytearray(data)
            for _ in range(max(3, len(data) // 200)):
                changed[chance.randrange(len(data))] = chance.randrange(256)
            yield f"changed-{n}.{name}", bytes(changed)
        middle = len(data) // 2
        yield f"nulls.{name}", data[:middle] + bytes(64) + data[middle + 64 :]
        yield f"doubled.{name}", data + data
        yield f"junk-before.{name}", b"\r\n\r\n" + data
        yield f"junk-behind.{name}", data + bytes(range(256)) * 4


def bombs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Small inputs that unpack to much, and inputs that lead round in circles."""
    zeros = bytes(50_000_000)
    text = b"He said no. " * 4_000_000

    def nested(levels: int, width: int) -> bytes:
        data = zipped({"0.txt": bytes(1_000_000)})
        for _ in range(levels):
            data = zipped({f"{n}.zip": data for n in range(width)})
        return data

    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    quadratic = f'<!DOCTYPE x [<!ENTITY q "{"q" * 100_000}">]>'
    outside = '<!DOCTYPE x [<!ENTITY o SYSTEM "file:///etc/passwd">]>'
    paragraph = "<w:p><w:r><w:t>{0}</w:t></w:r></w:p>".format
    yield "zeros.txt.gz", lambda: gzip.compress(zeros)
    yield "text.gz", lambda: gzip.compress(text)
    yield "text.bz2", lambda: bz2.compress(text)
    yield "text.xz", lambda: lzma.compress(text)
    yield "gz-in-gz-in-gz.gz", lambda: gzip.compress(gzip.compress(gzip.compress(text)))
    yield "large-member.zip", lambda: zipped({"a.txt": text, "b.txt": SAID.encode()})
    yield "many-large.zip", lambda: zipped({f"{n}.html": page() + zeros[:9_000_000] for n in range(40)})
    yield "zips-in-zips.zip", lambda: nested(4, 8)
    yield "deep.zip", lambda: nested(40, 1)
    yield "many-members.zip", lambda: zipped({f"{n}.txt": b"" for n in range(30_000)}, zipfile.ZIP_STORED)
    yield "many-members.tar", lambda: tarred(*((tarfile.TarInfo(f"{n}"), b"") for n in range(20_000)))
    yield "large-member.tar.gz", lambda: tarred((tarfile.TarInfo("a"), text), mode="w:gz")
    yield "large.docx", lambda: docx(paragraph("a") * 3_000_000)
    yield "large.odt", lambda: odt("<text:p>a</text:p>" * 3_000_000)
    yield "deep.docx", lambda: docx("<w:p>" * 100_000)
    yield "laughs.docx", lambda: docx(paragraph("&l9;"), doctype)
    yield "laughs.odt", lambda: odt("<text:p>&l9;</text:p>", doctype)
    yield "laughs.rss", lambda: RSS.format(declared=doctype, head="&l9;", body="&l9;").encode()
    yield "laughs.html", lambda: doctype.replace("x [", "html [").encode() + page("&l9;")
    yield "quadratic.rss", lambda: RSS.format(declared=quadratic, head="&q;" * 20_000, body="x").encode()
    yield "quadratic.docx", lambda: docx(paragraph("&q;" * 20_000), quadratic)
    yield "outside.rss", lambda: RSS.format(declared=outside, head="&o;", body="&o; " * 200).encode()
    yield "outside.docx", lambda: docx(paragraph("&o;"), outside)
    yield "outside.odt", lambda: odt("<text:p>&o;</text:p>", outside)
    yield (
        "parameter.rss",
        lambda: RSS.format(
            declared='<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>', head="x", body="x"
        ).encode(),
    )
    yield (
        "flate.pdf",
        lambda: pdf(CATALOG, PAGES, PAGE, stream(zlib.compress(zeros * 4), b"/Filter /FlateDecode"), FONT),
    )
    twice = b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    yield (
        "flate-in-flate.pdf",
        lambda: pdf(CATALOG, PAGES, PAGE, stream(zlib.compress(zlib.compress(zlib.compress(zeros * 4))), twice), FONT),
    )
    yield "warc-body.warc.gz", lambda: gzip.compress(record("response", "https://x.example/", zeros))
    yield (
        "encoded.warc",
        lambda: record("response", "https://x.example/", gzip.compress(zeros * 3), more="Content-Encoding: gzip\r\n"),
    )
    yield "own-name.tar", lambda: tarred(*(link(f"a{n}", f"a{(n + 1) % 9}") for n in range(9)))


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tuple[tarfile.TarInfo, bytes]:
    """A link in a tar archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info, b""


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDFs whose objects are not what they should be."""
    body = stream(lines(SAID))
    broken = {
        "pages-in-a-circle": (CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", PAGE, body, FONT),
        "page-is-its-parent": (CATALOG, PAGES, b"<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R >>", body, FONT),
        "count-lies": (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", PAGE, body, FONT),
        "count-negative": (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>", PAGE, body, FONT),
        "no-pages": (b"<< /Type /Catalog >>", PAGES, PAGE, body, FONT),
        "kids-missing": (CATALOG, b"<< /Type /Pages /Kids [9 0 R 8 0 R 77 0 R] /Count 3 >>", PAGE, body, FONT),
        "contents-missing": (CATALOG, PAGES, PAGE.replace(b"4 0 R", b"44 0 R"), body, FONT),
        "contents-are-the-page": (CATALOG, PAGES, PAGE.replace(b"4 0 R", b"3 0 R"), body, FONT),
        "font-is-itself": (CATALOG, PAGES, PAGE, body, b"5 0 R"),
        "font-missing": (CATALOG, PAGES, PAGE.replace(b"5 0 R", b"55 0 R"), body, FONT),
        "length-lies-long": (CATALOG, PAGES, PAGE, stream(lines(SAID), length=10**9), FONT),
        "length-lies-short": (CATALOG, PAGES, PAGE, stream(lines(SAID), length=3), FONT),
        "length-negative": (CATALOG, PAGES, PAGE, stream(lines(SAID), length=-1), FONT),
        "length-is-itself": (CATALOG, PAGES, PAGE, b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream", FONT),
        "filter-unknown": (CATALOG, PAGES, PAGE, stream(b"xxxx", b"/Filter /Nonsense"), FONT),
        "filter-many": (CATALOG, PAGES, PAGE, stream(b"xxxx", b"/Filter [" + b"/ASCIIHexDecode " * 5000 + b"]"), FONT),
        "box-huge": (CATALOG, PAGES, PAGE.replace(b"612 792", b"1e30 1e30"), body, FONT),
        "box-empty": (CATALOG, PAGES, PAGE.replace(b"0 0 612 792", b"0 0 0 0"), body, FONT),
        "box-turned": (CATALOG, PAGES, PAGE.replace(b"0 0 612 792", b"612 792 0 0"), body, FONT),
        "rotated": (CATALOG, PAGES, PAGE.replace(b"/Type /Page ", b"/Type /Page /Rotate 90 "), body, FONT),
        "rotate-lies": (CATALOG, PAGES, PAGE.replace(b"/Type /Page ", b"/Type /Page /Rotate 12345 "), body, FONT),
        "deep-array": (CATALOG, PAGES, PAGE, body, b"[" * 50_000 + b"]" * 50_000),
        "deep-dictionary": (CATALOG, PAGES, PAGE, body, b"<< /A " * 20_000 + b"1" + b" >>" * 20_000),
        "many-letters": (
            CATALOG,
            PAGES,
            PAGE,
            stream(b"BT /F1 1 Tf 9 9 Td " + b"(abcdefgh) Tj " * 60_000 + b"ET"),
            FONT,
        ),
        "many-states": (CATALOG, PAGES, PAGE, stream(b"q " * 200_000), FONT),
        "text-far-away": (CATALOG, PAGES, PAGE, stream(b"BT /F1 1e9 Tf 1e30 -1e30 Td (far) Tj ET"), FONT),
        "text-not-a-number": (CATALOG, PAGES, PAGE, stream(b"BT /F1 nan Tf nan nan Td (x) Tj ET"), FONT),
        "text-one-place": (
            CATALOG,
            PAGES,
            PAGE,
            stream(b"BT /F1 9 Tf 9 9 Td " + b"(a) Tj -5 0 Td " * 9000 + b"ET"),
            FONT,
        ),
        "text-tiny": (CATALOG, PAGES, PAGE, stream(b"BT /F1 0.0001 Tf 9 9 Td (" + b"a" * 50_000 + b") Tj ET"), FONT),
        "hex-odd": (CATALOG, PAGES, PAGE, stream(b"BT /F1 9 Tf 9 9 Td <FEFF004> Tj ET"), FONT),
        "no-text": (CATALOG, PAGES, PAGE, stream(b"0 0 9 9 re f"), FONT),
        "name-long": (CATALOG, PAGES, PAGE, stream(b"/" + b"A" * 500_000 + b" gs"), FONT),
    }
    for name, objects in broken.items():
        yield f"{name}.pdf", pdf(*objects)
    whole = pdf(CATALOG, PAGES, PAGE, body, FONT)
    yield "startxref-lies.pdf", whole.replace(b"startxref\n", b"startxref\n9")
    yield "xref-lies.pdf", whole.replace(b"00000 n", b"99999 n")
    yield "prev-in-a-circle.pdf", pdf(CATALOG, PAGES, PAGE, body, FONT, trailer=b"/Root 1 0 R /Prev 15")
    yield "root-lies.pdf", pdf(CATALOG, PAGES, PAGE, body, FONT, trailer=b"/Root 5 0 R")
    yield "encrypted.pdf", pdf(
        CATALOG, PAGES, PAGE, body, FONT,
        b"<< /Filter /Standard /V 1 /R 2 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") /P -4 >>",
        trailer=b"/Root 1 0 R /Encrypt 6 0 R /ID [(a) (b)]",
    )  # fmt: skip
    yield "only-a-header.pdf", b"%PDF-1.7\n"
    yield "header-late.pdf", b"x" * 1000 + whole
    yield "two-in-one.pdf", whole + whole


def archives() -> Iterator[tuple[str, bytes]]:
    """Archives with names that climb, members that are none, and directories that lie."""
    names = (
        "../../../etc/passwd", "/etc/passwd", "..\\..\\windows\\x.txt", "C:\\x.txt", "a\0b.txt", "a/../../b.txt",
        "\x1b[2Jclear.txt", "\u202egnp.txt", "a" * 5000 + ".txt", "new\nline.txt", "con", ".", "..", "//", " ",
    )  # fmt: skip
    for n, name in enumerate(names):
        yield f"name-{n}.zip", zipped({name or "x": SAID.encode(), "b.txt": SAID.encode()})
        yield f"name-{n}.tar", tarred((tarfile.TarInfo(name.replace("\0", "_")), SAID.encode()))
    yield "links.tar", tarred(
        link("a", "/etc/passwd"), link("b", "../../x", tarfile.LNKTYPE), link("c", "", tarfile.CHRTYPE),
        link("d", "", tarfile.FIFOTYPE), (tarfile.TarInfo("e.txt"), SAID.encode()),
    )  # fmt: skip
    whole = zipped({"a.txt": SAID.encode() * 3, "b.txt": SAID.encode()})
    at = whole.rfind(b"PK\x01\x02")
    yield "crc-lies.zip", whole.replace(struct.pack("<I", zlib.crc32(SAID.encode())), b"\1\2\3\4")
    yield "size-lies.zip", whole[: at + 24] + struct.pack("<I", 2**31) + whole[at + 28 :]
    yield "place-lies.zip", whole[: at + 42] + struct.pack("<I", 2**31) + whole[at + 46 :]
    yield "encrypted.zip", whole[: at + 8] + struct.pack("<H", 1) + whole[at + 10 :]
    yield "method-unknown.zip", whole[: at + 10] + struct.pack("<H", 99) + whole[at + 12 :]
    yield "same-place.zip", whole[: at + 42] + struct.pack("<I", 0) + whole[at + 46 :]
    yield "comment.zip", whole[:-2] + struct.pack("<H", 60_000) + b"x" * 60_000
    yield "empty.zip", b"PK\x05\x06" + bytes(18)
    yield "xlsx.zip", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})
    yield "no-document.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""})
    yield "not-xml.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(range(256)) * 9})
    info = tarfile.TarInfo("a.txt")
    info.size = 10**12
    yield "size-lies.tar", info.tobuf() + SAID.encode().ljust(512, b"\0")
    yield "checksum-lies.tar", tarred((tarfile.TarInfo("a.txt"), SAID.encode())).replace(b"0000644", b"0000777", 1)
    two = zipped({"a.zip": zipped({"a.zip": zipped({"a.txt": SAID.encode()})})})
    yield "nested.zip", two
    yield "mixed.zip", zipped(good())
    yield "gz-name.gz", b"\x1f\x8b\x08\x08" + bytes(6) + b"../../x\0" + gzip.compress(SAID.encode())[10:]


def webs() -> Iterator[tuple[str, bytes]]:
    """Web archives whose records lie."""
    one, three = record("response", "https://x.example/1", page()), record("response", "https://x.example/3", page())
    between = {
        "length-long": record("response", "https://x.example/2", page(), length=10**12),
        "length-short": record("response", "https://x.example/2", page(), length=10),
        "length-negative": record("response", "https://x.example/2", page(), length=-5),
        "length-none": record("response", "https://x.example/2", page()).replace(b"Content-Length", b"X-Length"),
        "junk": bytes(range(256)) * 40,
        "header-long": b"WARC/1.1\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n",
        "headers-many": b"WARC/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        "no-http": record("response", "https://x.example/2", b"").replace(b"HTTP/1.1 200 OK", b"nonsense"),
        "status-odd": record("response", "https://x.example/2", page(), http="abc def"),
        "chunks-lie": record(
            "response", "https://x.example/2", b"fffffff\r\nxx", more="Transfer-Encoding: chunked\r\n"
        ),
        "gzip-lies": record("response", "https://x.example/2", page(), more="Content-Encoding: gzip\r\n"),
        "encoding-unknown": record("response", "https://x.example/2", page(), more="Content-Encoding: zopfli9\r\n"),
        "charset-unknown": record("response", "https://x.example/2", page()).replace(b"utf-8", b"x-x-x"),
        "revisit": record("revisit", "https://x.example/2", b""),
        "url-odd": record("response", "javascript:alert(1)", page()),
        "url-binary": record("response", "\x1b[2J\u202e", page()),
        "kind-unknown": record("nonsense", "https://x.example/2", page()),
        "image": record("response", "https://x.example/2", b"\x89PNG" * 99).replace(b"text/html", b"image/png"),
        "large": record("response", "https://x.example/2", b"<html>" + b"x" * 12_000_000),
    }
    for name, middle in between.items():
        yield f"{name}.warc", one + middle + three
        if len(middle) < 1_000_000:
            yield f"{name}.warc.gz", gzip.compress(one) + gzip.compress(middle) + gzip.compress(three)
    yield "one-gzip.warc.gz", gzip.compress(one + three)
    yield "old.warc", one.replace(b"WARC/1.1", b"WARC/0.17")


def texts() -> Iterator[tuple[str, bytes]]:
    """Encodings that lie, and tables, feeds, mails and pages of awkward shape."""
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-7", "cp037", "iso2022_jp", "hz", "cp1252", "koi8-r"):
        yield f"{encoding}.txt", SAID.encode(encoding, "replace")
        yield f"says-{encoding}.html", page(more=f"<meta charset={encoding}>")
    yield "two-marks.txt", b"\xef\xbb\xbf\xff\xfe" + SAID.encode()
    yield "odd-utf-16.txt", b"\xff\xfe" + SAID.encode("utf-16-le") + b"x"
    yield "surrogates.txt", b"\xff\xfe\x00\xd8\x00\xd8" + SAID.encode("utf-16-le")
    yield "bad-utf-8.txt", SAID.encode() + b"\xc3\x28\xf0\x90\x28\xbc" * 50
    yield "nulls.txt", SAID.encode() + bytes(9000)
    yield "controls.txt", SAID.encode() + b"\x1b]0;x\x07\x1b[2J" * 50
    yield "one-line.txt", (SAID * 3000).encode()
    yield "marks-only.txt", "“”".encode() * 40_000
    yield "combining.txt", ("e" + "\u0301" * 50_000 + SAID).encode()
    yield "direction.txt", ("\u202e" * 3000 + SAID).encode()
    yield "deep.html", b"<!doctype html><html><body>" + b"<div>" * 50_000 + page()
    yield "tags.html", b"<!doctype html><html><body>" + b"<b><i><a><p>" * 30_000 + page()
    yield "attributes.html", b"<!doctype html><html><body " + b"a=b " * 40_000 + b">" + page()
    yield "comment-open.html", b"<!doctype html><html><body><!--" + page()
    yield "cdata-open.html", b"<!doctype html><html><body><![CDATA[" + page()
    yield "script-open.html", b"<!doctype html><html><body><script>" + page()
    yield "nulls.html", page().replace(b" ", b"\0 ")
    yield "entities.html", b"<!doctype html><html><body><article><p>" + b"&nosuch;&#x110000;&#xd800;" * 5000
    yield "base.html", page(more='<base href="javascript:alert(1)"><meta http-equiv=refresh content="0;url=file:///">')
    yield (
        "linked-data-deep.html",
        page(more='<script type="application/ld+json">' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "</script>"),
    )
    types = '{"@type":["NewsArticle",5],"headline":{"a":[]},"author":[[[{}]]],"publisher":7,"datePublished":{}}'
    yield "linked-data-types.html", page(more=f'<script type="application/ld+json">{types}</script>')
    yield "linked-data-open.html", page(more='<script type="application/ld+json">{"headline": "x')
    yield "table-wide.html", b"<!doctype html><html><body><table>" + b"<tr>" + b"<td>x" * 50_000 + b"</table>" + page()
    yield "deep.json", b"[" * 100_000
    yield "deep-closed.json", b"[" * 50_000 + b"]" * 50_000
    yield "deep-object.json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    yield "number.json", b'[{"text": "' + SAID.encode() + b'", "published": ' + b"9" * 100_000 + b"}]"
    yield "not-a-number.json", b'[{"text": NaN}, {"text": Infinity}]'
    yield "surrogate.json", b'[{"text": "\\ud800 ' + SAID.encode() + b'"}]'
    yield "null-in-text.json", b'[{"text": "\\u0000 ' + SAID.encode() + b'"}]'
    yield "same-keys.json", b'[{"text": "a", "text": "' + SAID.encode() + b'"}]'
    yield "wrong-types.jsonl", b'{"text": 1}\n{"text": [1]}\n{"text": {"a": 1}}\n{"text": null}\n[]\n1\n"x"\n'
    yield "bad-lines.jsonl", b"\n".join([b'{"text": "' + SAID.encode() + b'"}', b"{nonsense", b"", b"\xff\xfe"] * 50)
    yield "long-line.jsonl", b'{"text": "' + b"a " * 6_000_000 + b'"}\n{"text": "' + SAID.encode() + b'"}\n'
    yield "no-text.json", b'[{"a": 1}, {"b": 2}]'
    yield "field-long.csv", b'id,text\n1,"' + b"a " * 6_000_000 + b'"\n2,"' + SAID.encode() + b'"\n'
    yield "quote-open.csv", b'id,text\n1,"' + SAID.encode() + b"\n" + b"2,x\n" * 9000
    yield "ragged.csv", b"id,text\n1\n2,a,b,c,d\n,,,\n3," + SAID.encode() + b"\n"
    yield (
        "columns-many.csv",
        b",".join([b"text"] + [b"c%d" % n for n in range(20_000)]) + b"\n" + b"x," * 20_000 + b"\n",
    )
    yield "nulls.csv", b"id,text\n1,a\0b\n2," + SAID.encode() + b"\n"
    yield "footer-lies.parquet", parquet()[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1"
    yield "footer-empty.parquet", b"PAR1" + bytes(100) + struct.pack("<I", 50) + b"PAR1"
    yield "headers-many.eml", (MAIL + "X-A: b\r\n" * 100_000 + f"\r\n{SAID}").encode()
    yield "header-long.eml", (MAIL + "X-A: " + "b " * 2_000_000 + f"\r\n\r\n{SAID}").encode()
    yield "date-odd.eml", MAIL.replace("Tue, 04 Mar 2025", "Tue, 99 Xxx 99999").encode() + f"\r\n{SAID}".encode()
    yield "charset-odd.eml", (MAIL + f"Content-Type: text/plain; charset=nosuch\r\n\r\n{SAID}").encode()
    yield "word-odd.eml", MAIL.replace(HEAD, "=?nosuch?Q?=ff=?= =?utf-8?B?!!!?=").encode() + f"\r\n{SAID}".encode()
    yield "base64-odd.eml", (MAIL + "Content-Transfer-Encoding: base64\r\n\r\n!!!!" + SAID).encode()
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(2000))
    yield "deep.eml", (MAIL + parts + f"\r\n{SAID}").encode()
    yield "boundary-none.eml", (MAIL + f"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\n{SAID}").encode()
    yield "in-itself.eml", (MAIL + "Content-Type: message/rfc822\r\n\r\n").encode() * 300 + SAID.encode()
    many = "".join(f"--b\r\nContent-Type: text/plain\r\n\r\n{n}\r\n" for n in range(5000))
    yield "parts-many.eml", (MAIL + f'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{many}').encode()
    yield "lines-of-from.mbox", b"From x Tue Mar  4 08:00:00 2025\nFrom: a\nTo: b\n\n" * 3000
    yield (
        "entries-many.rss",
        RSS.format(declared="", head=HEAD, body=SAID).replace("<item>", "<item/>" * 20_000 + "<item>").encode(),
    )
    yield "title-long.rss", RSS.format(declared="", head="x" * 5_000_000, body=SAID).encode()
    yield "deep.rss", RSS.format(declared="", head="<a>" * 50_000, body=SAID).encode()
    yield "not-a-feed.xml", b'<?xml version="1.0"?><newsItem><headline>x</headline></newsItem>'
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "rtf.rtf", b"{\\rtf1 " + SAID.encode() + b"}"
    yield "heads.md", ("# x\n\n" * 20_000 + SAID).encode()
    yield "quotes.md", ("# x\n\n" + ">" * 20_000 + SAID).encode()
    yield "brackets.md", ("# x\n\n" + "[" * 50_000 + SAID + "](a)" * 5000).encode()
    yield "stars.md", ("# x\n\n" + "*a_" * 30_000 + SAID).encode()


def hostile() -> Iterator[tuple[str, bytes]]:
    """All of them."""
    yield from damaged()
    yield from pdfs()
    yield from archives()
    yield from webs()
    yield from texts()
    for name, make in bombs():
        yield name, make()


def main() -> None:
    """Read each and print what became of it; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those whose names hold this")
    parser.add_argument("--all", action="store_true", help="print every line")
    asked = parser.parse_args()
    broken, states, slowest = 0, Counter[str](), (0.0, "")
    with Guard(LIMITS) as guard:
        for name, data in hostile():
            if asked.only not in name:
                continue
            began = time.monotonic()
            items = list(guard.read(name, data=data))
            took = time.monotonic() - began
            slowest = max(slowest, (took, name))
            states.update(type(item).__name__ for item in items)
            states["inputs"] += 1
            wrong = list(faults(items, took))
            broken += bool(wrong)
            if wrong or asked.all:
                shown = [item.reason for item in items if isinstance(item, Refused | Passed)][:3]
                read = sum(isinstance(item, Ingested) for item in items)
                print(f"{took:6.2f} s  {name}: {read} read; {'; '.join(shown)}  {' '.join(wrong)}", flush=True)
    print(f"{dict(states)}; {broken} broke a promise; the slowest took {slowest[0]:.1f} s ({slowest[1]})")
    sys.exit(1 if broken else 0)


def faults(items: Sequence[object], seconds: float) -> Iterator[str]:
    """What was promised of an input and not kept."""
    if not items:
        yield "NOTHING WAS SAID"
    if seconds > LIMITS.seconds + 5:
        yield "TOO SLOW"
    for item in items:
        if isinstance(item, Refused | Passed):
            if "\n" in item.reason or not 0 < len(item.reason) < 500:
                yield f"NOT ONE CLEAR LINE: {item.reason[:200]!r}"
            if "broke the process" in item.reason:
                yield "BROKE THE PROCESS"
        elif isinstance(item, Ingested):
            text = item.document.text
            places = [(r.start, r.end) for r in item.layout] + [(n.span.start, n.span.end) for n in notes_of(text)]
            if any(not 0 <= start < end <= len(text) for start, end in places):
                yield "A PLACE OUTSIDE THE TEXT"
            if item.document.media_type == "text/plain" and "root:x:0:0" in text:
                yield "A FILE OF THIS MACHINE WAS READ"


if __name__ == "__main__":
    main()
