import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.ingest import Budget, Limits, Member, Passed, Refused, read_member, unpack

SAID = b"The mayor of Hollin Bay said on Monday that the bridge was shut.\n"
PAGE = b"<!doctype html><html><head><title>Bridge</title></head><body><p>The mayor said no.</p></body></html>"


class Unpacked:
    """What lies in a file: texts by name, reasons of refusals by name, and what was passed over."""

    def __init__(self, data: bytes, file: str = "a", **limits: int) -> None:
        self.limits = Limits(**limits)
        self.members: dict[str | None, Member] = {}
        self.refused: dict[str | None, str] = {}
        self.passed: list[str] = []
        for item in unpack(Member.of(data, file), Budget(self.limits)):
            if isinstance(item, Member):
                assert item.name not in self.members
                self.members[item.name] = item
            elif isinstance(item, Refused):
                self.refused[item.member] = item.reason
            elif isinstance(item, Passed):
                self.passed.append(item.reason)

    @property
    def texts(self) -> dict[str | None, bytes]:
        return {name: member.data(self.limits) for name, member in self.members.items()}


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*entries: tuple[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


# zip


def test_a_zip_gives_its_files() -> None:
    found = Unpacked(zipped(("a.txt", SAID), ("in/b.html", PAGE), ("in/", b""), ("in/in.zip", zipped(("c.txt", SAID)))))
    assert found.texts == {"a.txt": SAID, "in/b.html": PAGE, "in/in.zip!c.txt": SAID}
    assert [m.format for m in found.members.values()] == ["text", "html", "text"]
    assert read_member(found.members["a.txt"], found.limits).document.member == "a.txt"
    assert (found.refused, found.passed) == ({}, [])


def test_what_is_no_report_is_counted() -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", "x/.git/config", "p/a.png", "p/B.JPG", "p/a.css", "p/a.js", "p/a.woff2"]
    found = Unpacked(zipped(*((name, b"x") for name in names), ("a.txt", SAID)))
    assert list(found.texts) == ["a.txt"]
    assert sorted(found.passed) == [
        "1 font passed over",
        "1 script passed over",
        "1 style sheet passed over",
        "2 images passed over",
        "3 hidden files passed over",
    ]


def test_names_are_harmless_and_kept_apart() -> None:
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\b.txt",
        "c\x1b[2J\u202e.txt",
        "é.txt",
        "a.txt",
        "a.txt",
        "n" * 9000,
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(*((name, SAID) for name in names))
    found = Unpacked(data)
    kept = ["../../etc/passwd", "/etc/passwd", "..\\b.txt", "c\ufffd[2J\ufffd.txt", "é.txt", "a.txt", "a.txt (2)"]
    assert list(found.texts)[:-1] == kept
    assert len(str(list(found.texts)[-1])) < 600
    assert set(found.texts.values()) == {SAID}


def test_a_number_given_to_a_name_is_no_name_of_another() -> None:
    names = ["a.txt", "a.txt (2)", "a.txt", "a.txt", "a.txt (2)"]
    found = Unpacked(tarred(*((name, SAID) for name in names)))
    assert list(found.texts) == ["a.txt", "a.txt (2)", "a.txt (3)", "a.txt (4)", "a.txt (2) (2)"]


def test_a_large_archive_in_an_archive_is_unpacked_to_a_file() -> None:
    inner = zipped(("a.txt", SAID), ("r.bin", os.urandom(20_000_000)), ("b.txt", SAID), method=0)
    data = zipped(("in.zip", inner), method=0)
    del inner
    tracemalloc.start()
    found = Unpacked(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.texts == {"in.zip!a.txt": SAID, "in.zip!b.txt": SAID}
    assert list(found.refused) == ["in.zip!r.bin"]
    assert most < 2 * len(data)


def test_names_in_utf_8_that_do_not_say_so() -> None:
    data = zipped(("Zo.txt", SAID)).replace(b"Zo.txt", "é.txt".encode()[:2] + b".txt")
    assert list(Unpacked(data).texts) == ["é.txt"]
    assert list(Unpacked(zipped(("Z.txt", SAID)).replace(b"Z.txt", b"\x82.txt")).texts) == ["é.txt"]  # cp437


def test_one_bad_entry_loses_no_other() -> None:
    data = bytearray(zipped(("a.txt", SAID), ("b.txt", SAID + os.urandom(500)), ("c.txt", SAID), method=0))
    data[data.index(b"b.txt") + 30] ^= 1
    found = Unpacked(bytes(data))
    assert list(found.texts) == ["a.txt", "c.txt"]
    assert found.refused == {"b.txt": "damaged: its checksum does not fit"}


def test_encrypted_entries_are_refused_by_name() -> None:
    data = bytearray(zipped(("a.txt", SAID), ("b.txt", SAID)))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    found = Unpacked(bytes(data))
    assert found.texts == {"b.txt": SAID}
    assert "password" in found.refused["a.txt"]


def test_sizes_that_lie() -> None:
    data = zipped(("a.txt", SAID * 100), ("b.txt", SAID))
    size, small = struct.pack("<I", len(SAID) * 100), struct.pack("<I", 5)
    found = Unpacked(data.replace(size, small))
    assert found.texts == {"b.txt": SAID}
    assert found.refused["a.txt"] == "damaged: its checksum does not fit"
    assert (
        Unpacked(data.replace(size, struct.pack("<I", 1 << 30)), ratio=1000).refused["a.txt"].startswith("unpacks to")
    )


def test_a_zip_without_its_directory_is_refused_in_one_line() -> None:
    found = Unpacked(zipped(("a.txt", SAID), ("b.txt", SAID))[:-30])
    assert found.texts == {}
    assert found.refused == {None: "this zip archive is cut off or damaged: its directory is missing; fetch it again"}


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_zip_with_other_bytes_ends_without_a_crash(drawn: st.DataObject) -> None:
    data = bytearray(zipped(("a.txt", SAID), ("in.zip", zipped(("c.txt", SAID)))))
    for _ in range(drawn.draw(st.integers(1, 4))):
        data[drawn.draw(st.integers(0, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    found = Unpacked(bytes(data))
    assert all(text == SAID for text in found.texts.values() if found.refused == {})


# bombs


def bomb_in_zip(size: int) -> bytes:
    return zipped(("bomb.txt", b"said " * (size // 5)), ("a.txt", SAID))


def test_an_entry_that_unpacks_to_far_more_is_refused_and_the_next_is_read() -> None:
    found = Unpacked(bomb_in_zip(30_000_000), bytes=50_000_000)
    assert found.texts == {"a.txt": SAID}
    assert found.refused == {"bomb.txt": "unpacks to more than 200 times its size; raise it with --limit ratio=N"}


def test_a_document_that_is_too_large_is_refused_and_the_next_is_read() -> None:
    found = Unpacked(zipped(("large.txt", os.urandom(50_000).hex().encode()), ("a.txt", SAID)), bytes=50_000)
    assert found.texts == {"a.txt": SAID}
    assert "0.05 MB" in found.refused["large.txt"]


def test_an_input_that_unpacks_to_too_much_ends_once() -> None:
    data = zipped(*((f"{n}.zip", zipped(*((f"{m}.txt", SAID * 99) for m in range(20)))) for n in range(20)))
    found = Unpacked(data, unpacked=100_000)
    assert 0 < len(found.texts) < 20
    (reason,) = found.refused.values()
    assert "0.1 MB" in reason


def test_too_many_members_end_an_input_once() -> None:
    found = Unpacked(zipped(*((f"{n}.txt", SAID) for n in range(50))), members=20)
    assert len(found.texts) == 20
    assert list(found.refused.values()) == [
        "more than 20 members; raise it with --limit members=N; what lay before was read"
    ]


def test_archives_in_each_other_end() -> None:
    data = zipped(("a.txt", SAID))
    for n in range(9):
        data = zipped((f"{n}.zip", data), (f"{n}.txt", SAID))
    found = Unpacked(data, nesting=4)
    assert len(found.texts) == 4
    assert ["archives in each other" in reason for reason in found.refused.values()] == [True]


def test_archives_that_hold_many_of_themselves_end() -> None:
    data = zipped(("a.txt", SAID))
    for _ in range(12):  # half a million files in 4 kB
        data = zipped(*((f"{n}.zip", data) for n in range(3)))
    found = Unpacked(data, nesting=4)
    assert found.texts == {}
    assert len(found.refused) == 3**4
    assert len(Unpacked(data, nesting=99, members=500).refused) == 1


def test_a_directory_that_would_fill_the_memory_is_not_read() -> None:
    data = zipped(("a.txt", SAID))
    end = data.index(b"PK\x05\x06")
    directory = data[data.index(b"PK\x01\x02") : end] * 1_300_000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), end, 0)
    assert Unpacked(data[:end] + directory + tail).refused == {
        None: "this zip archive's directory is larger than 64 MB"
    }


def test_entries_that_overlap_are_bounded() -> None:
    """Many names for the same bytes."""
    data = zipped(("0.txt", SAID * 100))
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = data[start:end] * 1000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    found = Unpacked(data[:start] + directory + tail, unpacked=100_000)
    assert 0 < len(found.texts) < 20
    assert len(found.refused) == 1


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_compressed_bomb_takes_no_memory(pack: Callable[[bytes], bytes]) -> None:
    data = pack(b"\n" * 40_000_000)
    tracemalloc.start()
    found = Unpacked(data, bytes=1_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(found.refused) == ["a"]
    assert most < 10_000_000


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_a_tar_bomb_is_refused_and_what_lies_before_is_read(suffix: str) -> None:
    pack: Any = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[suffix]
    data = pack(tarred(("a.txt", SAID), ("bomb.txt", b"said " * 6_000_000), ("c.txt", SAID)))
    found = Unpacked(data, f"a.tar{suffix}", bytes=1_000_000)
    assert found.texts["a.txt"] == SAID
    assert found.refused["bomb.txt"].startswith("more than 1 MB")
    assert ("c.txt" in found.texts) == (suffix == "")  # a packed one cannot be passed without unpacking it
    assert [r for name, r in found.refused.items() if name is None and "200 times" in r] or suffix == ""


# compressed


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_compressed_file_gives_the_one_in_it(pack: Callable[[bytes], bytes]) -> None:
    found = Unpacked(pack(SAID), "in/report.txt.gz")
    assert found.texts == {"report.txt": SAID}
    assert Unpacked(pack(SAID) + pack(SAID)).texts == {"a": SAID * 2}
    assert Unpacked(pack(zipped(("a.txt", SAID))), "a.zip.gz").texts == {"a.zip!a.txt": SAID}


def test_a_gzip_tells_its_name() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("../in/report.txt", "wb", fileobj=out) as file:
        file.write(SAID)
    assert Unpacked(out.getvalue()).texts == {"report.txt": SAID}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_compressed_file_that_is_cut_off_is_refused(pack: Callable[[bytes], bytes]) -> None:
    data = pack(os.urandom(3000).hex().encode())
    assert Unpacked(data[:-20]).refused == {"a": "cut off: its end is missing"}
    damaged = bytearray(data)
    damaged[len(data) // 2] ^= 255
    (reason,) = Unpacked(bytes(damaged)).refused.values()
    assert "checksum" in reason or "cannot be unpacked" in reason


# tar


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["tar", "gz", "bz2", "xz"])
@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_a_tar_gives_its_files(pack: Callable[[bytes], bytes], format: int) -> None:
    long = "in/" + "n" * 90 + ".txt"
    found = Unpacked(pack(tarred(("a.txt", SAID), (long, SAID * 9), ("../b.html", PAGE), (".x", b"x"), format=format)))
    assert {str(name).rpartition("a!")[2]: text for name, text in found.texts.items()} == {
        "a.txt": SAID,
        long: SAID * 9,
        "../b.html": PAGE,
    }
    assert (found.refused, found.passed) == ({}, ["1 hidden file passed over"])


def test_links_and_devices_are_passed_over() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"x{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(SAID)
        archive.addfile(info, io.BytesIO(SAID))
    found = Unpacked(out.getvalue())
    assert found.texts == {"a.txt": SAID}
    assert found.passed == ["2 links passed over", "2 devices passed over"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress], ids=["tar", "gz", "xz"])
@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_a_tar_that_is_cut_off_gives_what_lies_before(pack: Callable[[bytes], bytes], share: float) -> None:
    texts = {f"{n}.txt": SAID + os.urandom(4000).hex().encode() for n in range(9)}
    data = pack(tarred(*texts.items()))
    found = Unpacked(data[: int(len(data) * share)])
    assert 2 <= len(found.texts) < 9
    assert found.texts.items() <= texts.items()
    assert len(found.refused) == 1
    assert "cut off" in next(iter(found.refused.values()))


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "gz"])
def test_a_damaged_header_loses_one_member(pack: Callable[[bytes], bytes]) -> None:
    data = bytearray(tarred(("a.txt", SAID), ("b.txt", SAID), ("c.txt", SAID)))
    at = data.index(b"b.txt")
    data[at : at + 200] = b"x" * 200
    found = Unpacked(pack(bytes(data)))
    assert found.texts == {"a.txt": SAID, "c.txt": SAID}
    assert found.refused == {None: f"damaged at byte {at}; what can be found behind that was read"}


def test_headers_that_lie() -> None:
    def header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
        head = bytearray(name.ljust(100, b"\0") + b"0000644\0" * 3 + size + b"0" * 11 + b"\0" + b" " * 8 + kind)
        head = head.ljust(257, b"\0") + b"ustar\x0000"
        head = head.ljust(512, b"\0")
        head[148:156] = b"%06o\0 " % sum(head)
        return bytes(head)

    first = tarred(("a.txt", SAID))[:1024]
    negative = (-1024 & (1 << 96) - 1).to_bytes(12, "big")  # in the base-256 form, which has a sign
    assert Unpacked(first + header(b"b.txt", b"\xff" + negative[1:]) + first).texts["a.txt"] == SAID
    assert Unpacked(first + header(b"b.txt", b"77777777777\0")).texts == {"a.txt": SAID}
    long_name = header(b"././@LongLink", b"77777777777\0", b"L")
    data = first + long_name + b"n" * 40_000_000
    tracemalloc.start()
    found = Unpacked(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.texts == {"a.txt": SAID}
    assert "within 16 MB" in str(found.refused[None])
    assert most < 10_000_000
    chain = header(b"././@LongLink", b"00000000001\0", b"L") + b"n".ljust(512, b"\0")
    found = Unpacked(first + chain * 5000)
    assert found.texts == {"a.txt": SAID}
    assert len(found.refused) == 1


def test_a_sparse_file_is_bounded() -> None:
    map_of = b"1\n0\n65\n".ljust(512, b"\0")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("sparse.txt")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(10**15)}
        info.size = 512 + len(SAID)
        archive.addfile(info, io.BytesIO(map_of + SAID))
    found = Unpacked(out.getvalue())
    assert list(found.refused) == ["sparse.txt"]


# WARC

RESPONSE = "application/http; msgtype=response"


def record(
    url: str,
    block: bytes,
    kind: str = "response",
    type: str = RESPONSE,
    length: int | str | None = None,
    more: str = "",
) -> bytes:
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):032}>\r\n"
            f"WARC-Date: 2025-03-04T08:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {type}\r\n{more}"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def http(body: bytes, type: str = "text/html; charset=windows-1252", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{more}\r\n".encode() + body


def page(n: int | str) -> bytes:
    return PAGE.replace(b"no.", f"no {n}.".encode())


def pages(*numbers: int) -> list[bytes]:
    return [record(f"https://news.example/{n}", http(page(n))) for n in numbers]


def per_record(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


PACKED: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": per_record,
    "gzip as one": lambda records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_a_web_archive_gives_its_pages(pack: Callable[[list[bytes]], bytes]) -> None:
    records = [
        record("", b"software: x\r\n", "warcinfo", "application/warc-fields"),
        *pages(1, 2),
        record("https://news.example/2", b"GET /2 HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
        record("https://news.example/gone", http(b"gone", status="404 Not Found")),
        record("https://news.example/a.png", http(b"\x89PNG", "image/png")),
        record("https://news.example/b.png", http(b"\x89PNG", "IMAGE/PNG")),
        record("https://news.example/1", http(b""), "revisit"),
        record("https://news.example/wet", SAID, "conversion", "text/plain"),
        record("https://news.example/paper", SAID, "resource", "text/plain; charset=utf-8"),
        record("https://news.example/robots.txt", http(b"User-agent: *", "text/plain")),
        record("https://news.example/empty", http(b"")),
        record("dns:news.example", b"192.0.2.1", "response", "text/dns"),
        *pages(1),
    ]
    found = Unpacked(pack(records), "a.warc")
    name = "https://news.example/"
    assert found.texts == {
        name + "1": page(1),
        name + "2": page(2),
        name + "wet": SAID,
        name + "paper": SAID,
        name + "1 (2)": page(1),
    }
    told = found.members[name + "1"].told
    assert (told.address, told.fetched, told.encoding) == (name + "1", "2025-03-04T08:00:00Z", "windows-1252")
    assert found.members[name + "paper"].told.encoding == "utf-8"
    assert found.refused == {}
    assert sorted(found.passed) == [
        "1 empty record passed over",
        "1 note by and for crawlers passed over",
        "1 record of a type that holds no report passed over",
        "1 request passed over",
        "1 response with status 404 passed over",
        "1 revisit passed over",
        "1 warcinfo passed over",
        "2 images passed over",
    ]


class Kept(io.BytesIO):
    """What was written stays when it is closed, which some writers must be to come to their end."""

    def close(self) -> None:
        pass


def coded() -> Iterator[tuple[str, bytes, str]]:
    from fastwarc.stream_io import BrotliWriter, ZstdWriter

    def written(writer: Any) -> bytes:
        out = Kept()
        packing = writer(out)
        packing.write(PAGE)
        packing.close()
        return out.getvalue()

    raw = zlib.compressobj(wbits=-15)
    chunks = (
        b"14;x=y\r\n" + PAGE[:20] + b"\r\n" + f"{len(PAGE) - 20:X}".encode() + b"\r\n" + PAGE[20:] + b"\r\n0\r\n\r\n"
    )
    yield "chunked", chunks, "Transfer-Encoding: chunked\r\n"
    yield "gzip", gzip.compress(PAGE), "content-encoding: gzip\r\n"
    yield "deflate", zlib.compress(PAGE), "Content-Encoding: deflate\r\n"
    yield "raw deflate", raw.compress(PAGE) + raw.flush(), "Content-Encoding: deflate\r\n"
    yield "br", written(BrotliWriter), "CONTENT-ENCODING: BR\r\n"
    yield "zstd", written(ZstdWriter), "Content-Encoding: zstd\r\n"
    yield "identity", PAGE, "Content-Encoding: identity\r\n"
    for coding in ("gzip", "deflate", "br", "zstd"):
        yield f"undone {coding}", PAGE, f"Content-Encoding: {coding}\r\n"
    yield "undone chunks", PAGE, "Transfer-Encoding: chunked\r\n"
    packed = gzip.compress(PAGE)
    both = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    yield "both", both, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"


@pytest.mark.parametrize(("body", "header"), [c[1:] for c in coded()], ids=[c[0] for c in coded()])
def test_a_body_is_decoded_as_its_header_says(body: bytes, header: str) -> None:
    found = Unpacked(record("https://news.example/1", http(body, more=header)) + pages(2)[0])
    assert list(found.texts.values()) == [PAGE, page(2)]


@pytest.mark.parametrize(
    ("body", "header", "message"),
    [
        (gzip.compress(PAGE)[:-30], "Content-Encoding: gzip\r\n", "cut off"),
        (b"ff\r\n" + PAGE, "Transfer-Encoding: chunked\r\n", "cut off"),
        (PAGE, "Content-Encoding: aes128gcm\r\n", "aes128gcm"),
        (PAGE, "Content-Encoding: gzip, br\r\n", "gzip, br"),
        (gzip.compress(b"said " * 500_000), "Content-Encoding: gzip\r\n", "1 MB"),
    ],
    ids=["cut", "cut chunks", "unknown", "two", "bomb"],
)
def test_a_body_that_cannot_be_decoded_loses_no_other(body: bytes, header: str, message: str) -> None:
    found = Unpacked(record("https://news.example/1", http(body, more=header)) + pages(2)[0], bytes=1_000_000)
    assert list(found.texts.values()) == [page(2)]
    assert message in found.refused["https://news.example/1"]


@pytest.mark.parametrize("pack", [PACKED["plain"], PACKED["gzip"]], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        ([b"garbage\r\n\r\n"], False),
        ([b"WARC/1.0\r\ngarbage\r\n\r\n"], False),
        ([record("https://news.example/x", http(page("x")), length=90)], True),
        ([record("https://news.example/x", http(page("x")), length=300)], True),
        ([record("https://news.example/x", http(page("x")), length=10**14)], True),
        ([record("https://news.example/x", http(page("x")), length="many")], False),
        ([record("https://news.example/x", http(page("x")), length=-1)], False),
        ([record("https://news.example/x", http(page("x")), more=f"X: {'y' * 40_000}\r\n")], False),
        ([record("https://news.example/x", http(page("x"), more=f"X: {'y' * 40_000}\r\n"))], False),
        ([record("https://news.example/x.png", http(b"x" * 100, "image/png"), length=10**14)], True),
    ],
    ids=["garbage", "no header", "short", "long", "endless", "no number", "negative", "long header", "long HTTP"]
    + ["endless image"],
)
def test_a_broken_record_loses_no_other(pack: Callable[[list[bytes]], bytes], broken: list[bytes], lost: bool) -> None:
    found = Unpacked(pack([*pages(1, 2), *broken, *pages(3, 4)]), "a.warc")
    assert [n for n in (1, 2, 3, 4) if f"https://news.example/{n}" not in found.texts] == []
    assert [found.texts[f"https://news.example/{n}"] for n in (1, 2, 3, 4)] == [page(n) for n in (1, 2, 3, 4)]
    assert found.refused
    assert not lost or any(name and name.startswith("https://news.example/x") for name in found.refused)


def test_a_damaged_gzip_member_loses_no_other() -> None:
    packed = [gzip.compress(r) for r in pages(1, 2, 3)]
    damaged = bytearray(packed[1])
    damaged[len(damaged) // 2] ^= 255
    found = Unpacked(packed[0] + bytes(damaged) + packed[2])
    assert list(found.texts.values()) == [page(1), page(3)]
    assert len(found.refused) == 1


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_an_archive_that_is_cut_off_says_so(pack: Callable[[list[bytes]], bytes]) -> None:
    big = record("https://news.example/3", http(page(os.urandom(2000).hex())))
    data = pack([*pages(1, 2), big])
    found = Unpacked(data[:-1000])
    assert list(found.texts.values()) == [page(1), page(2)]
    assert len(found.refused) == 1
    assert "cut off" in next(iter(found.refused.values()))


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_a_large_record_is_refused_without_being_read(pack: Callable[[list[bytes]], bytes]) -> None:
    records = [*pages(1), record("https://news.example/x", http(b"said " * 8_000_000)), *pages(2)]
    data = pack(records)
    del records
    tracemalloc.start()
    found = Unpacked(data, ratio=10_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(found.texts.values()) == [page(1), page(2)]
    assert found.refused["https://news.example/x"].startswith("more than 10 MB")
    assert most < 5_000_000


def test_a_record_that_unpacks_to_far_more_is_skipped_by_the_next() -> None:
    image = record("https://news.example/x.png", http(bytes(60_000_000), "image/png"))
    found = Unpacked(per_record([*pages(1), image, *pages(2)]))
    assert list(found.texts.values()) == [page(1), page(2)]
    assert "200 times" in found.refused["https://news.example/x.png"]


def test_what_a_crawler_cut_is_read_and_named() -> None:
    found = Unpacked(record("https://news.example/1", http(PAGE), more="WARC-Truncated: length\r\n"))
    assert list(found.texts.values()) == [PAGE]
    assert found.passed == ["the crawler kept only its beginning (length)"]


def test_many_records_that_claim_the_rest_end() -> None:
    claims = [record(f"https://news.example/{n}", http(PAGE), length=9_000_000) for n in range(300)]
    found = Unpacked(per_record(claims), unpacked=3_000_000)
    assert any("3 MB" in reason for reason in found.refused.values())


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_web_archive_with_other_bytes_ends_without_a_crash(drawn: st.DataObject) -> None:
    data = bytearray(PACKED[drawn.draw(st.sampled_from(sorted(PACKED)))](pages(1, 2, 3)))
    for _ in range(drawn.draw(st.integers(1, 4))):
        data[drawn.draw(st.integers(10, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    Unpacked(bytes(data[: drawn.draw(st.integers(10, len(data)))]))


def test_a_wacz_gives_the_pages_of_its_web_archives() -> None:
    data = zipped(
        ("datapackage.json", b"{}"),
        ("archive/data.warc.gz", per_record(pages(1, 2))),
        ("indexes/index.cdx.gz", gzip.compress(b"x")),
        ("pages/pages.jsonl", b'{"title": "x", "text": "y"}'),
        method=0,
    )
    found = Unpacked(data, "a.wacz")
    assert found.texts == {f"archive/data.warc.gz!https://news.example/{n}": page(n) for n in (1, 2)}
    assert found.passed == ["3 files of the web archive's own passed over"]
