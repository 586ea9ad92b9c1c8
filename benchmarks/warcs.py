"""Records of a web archive per second: ours, unpacked to members of a known format, beside fastwarc alone, which parses
HTTP and reads every payload. `python -m benchmarks.warcs`."""

import argparse
import gzip
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportedly.ingest import Budget, Limits, Member, unpack

RECORDS, PAGE = 2_000, 20_000  # how many, and bytes of each
ROUNDS = 5
_WORDS = (
    "the bridge said mayor that engineers on Monday of a fault in northern bearing shut until summer was not warned "
    "council report and its author who had seen it cost million repair firm spokesman denied vote Thursday people"
)


def archive(path: Path, packed: bool) -> None:
    """Write a web archive of pages, each record gzipped for itself where it is packed, as crawlers do."""
    chosen = random.Random(7)
    words = _WORDS.split() + [f"{chosen.choice(_WORDS.split())}{n}" for n in range(2_000)]
    with path.open("wb") as out:
        for n in range(RECORDS):
            lines = [f"<!doctype html><html><head><title>Page {n}</title></head><body>"]
            while sum(map(len, lines)) < PAGE:
                lines.append(f'<p class="text">{" ".join(chosen.choices(words, k=60))}.</p>')
            page = "\n".join(lines).encode()[:PAGE]
            http = (
                "HTTP/1.1 200 OK\r\nDate: Tue, 04 Mar 2025 08:00:00 GMT\r\nServer: example\r\n"
                "Content-Type: text/html; charset=utf-8\r\nCache-Control: public, max-age=60\r\n"
                f'ETag: "{n:x}"\r\nVary: Accept-Encoding\r\nX-Frame-Options: SAMEORIGIN\r\n'
                f"Content-Length: {len(page)}\r\nConnection: close\r\n\r\n"
            ).encode() + page
            header = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:032}>\r\n"
                f"WARC-Date: 2025-03-04T08:00:00Z\r\nWARC-Target-URI: https://news.example/{n}\r\n"
                f"WARC-IP-Address: 192.0.2.7\r\nWARC-Payload-Digest: sha1:{n:032}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            record = header.encode() + http + b"\r\n\r\n"
            out.write(gzip.compress(record, 6) if packed else record)


def ours(path: Path) -> int:
    """How many members we find."""
    with path.open("rb") as stream:
        return sum(isinstance(m, Member) for m in unpack(Member(stream, path.name), Budget(Limits())))


def bare(path: Path) -> int:
    """How many payloads fastwarc reads."""
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as stream:
        return sum(bool(record.reader.read()) for record in ArchiveIterator(stream, parse_http=True))


def warc_records_per_second(packed: bool = True) -> tuple[float, float]:
    """(ours, bare), the medians of several rounds in turn, in CPU time of one core."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.warc.gz" if packed else "a.warc")
        archive(path, packed)
        rates: dict[Callable[[Path], int], list[float]] = {ours: [], bare: []}
        for _ in range(ROUNDS):
            for read, measured in rates.items():
                began = time.process_time()
                found = read(path)
                measured.append(found / (time.process_time() - began))
                if found != RECORDS:
                    raise ValueError(f"{found} of {RECORDS} records were read")
        return statistics.median(rates[ours]), statistics.median(rates[bare])


def main() -> None:
    """Print both rates, of packed records and of plain ones."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for packed in (True, False):
        mine, theirs = warc_records_per_second(packed)
        print(
            f"{'gzipped' if packed else 'plain'}: {mine:,.0f} records/s, fastwarc alone {theirs:,.0f}"
            f" ({theirs / mine - 1:.0%} more time, {1e6 / mine - 1e6 / theirs:.1f} µs a record)"
        )


if __name__ == "__main__":
    main()
