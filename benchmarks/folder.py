"""A folder of mixed files, some of them bad, read into a case and killed on the way: `python -m benchmarks.folder`.

Every good file has one sentence that no other has. What is promised: after any number of kills and restarts the case
holds every good file once, and every bad one is told of in a line. Ends with 1 where that is not so.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from reportedly import Case

from .hostile import CATALOG, FONT, PAGE, PAGES, docx, good, lines, odt, pdf, stream

SAID = "The head of depot {} said that lorry {} would not leave before noon."
BAD = ("cut", "binary", "menu", "scan", "locked", "empty-archive")


def good_file(n: int) -> tuple[str, bytes]:
    """The name and the bytes of a file that can be read, of one of seven formats."""
    said = SAID.format(n, n)
    page = f"<!doctype html><html><head><title>Depot {n}</title></head><body><article><p>{said}</p><p>{said.upper()} {'It was cold. ' * 9}</p></article></body></html>"
    mail = f"From: Ona Pell <ona@x.example>\r\nSubject: Depot {n}\r\nDate: Tue, 04 Mar 2025 08:00:00 +0000\r\nMIME-Version: 1.0\r\n\r\n{said}\r\n"
    made: list[tuple[str, bytes]] = [
        ("txt", said.encode()),
        ("html", page.encode()),
        ("pdf", pdf(CATALOG, PAGES, PAGE, stream(lines(said)), FONT)),
        ("docx", docx(f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>")),
        ("odt", odt(f"<text:p>{said}</text:p>")),
        ("eml", mail.encode()),
        ("json", json.dumps([{"title": f"Depot {n}", "text": said}]).encode()),
    ]
    end, data = made[n % len(made)]
    return f"{n // 1000}/{n}.{end}", data


def bad_file(n: int) -> tuple[str, bytes]:
    """The name and the bytes of a file that cannot be read."""
    kind = BAD[n % len(BAD)]
    data = {
        "cut": good()["zip"][:200] + str(n).encode(),
        "binary": b"\0\1\2\3" * 50 + str(n).encode(),
        "menu": f"<!doctype html><html><body><nav><a href=/{n}>{n}</a></nav></body></html>".encode(),
        "scan": pdf(CATALOG, PAGES, PAGE, stream(b"0 0 %d 9 re f" % n), FONT),
        "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + str(n).encode(),
        "empty-archive": b'[{"nothing": %d}]' % n,
    }[kind]
    return f"bad/{n}.{kind}", data


def main() -> None:
    """Make the folder, read it with kills in between, and say what the case holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--bad", type=int, default=500)
    parser.add_argument("--kills", type=int, default=3)
    asked = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    for make, count in ((good_file, asked.files - asked.bad), (bad_file, asked.bad)):
        for n in range(count):
            name, data = make(n)
            (place / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            (place / "in" / name).write_bytes(data)
    command = [sys.executable, "-m", "reportedly", "add", str(place / "a.case"), str(place / "in")]
    chance, began = random.Random(3), time.monotonic()
    for _ in range(asked.kills):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.02, 0.06) * asked.files / 10 + 2)
        run.kill()
        run.wait()
        with Case.open(place / "a.case") as case:
            print(f"killed after {time.monotonic() - began:.0f} s: {len(case.counts())} reports are whole", flush=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = Counter(line.split(": ")[1].rpartition("/in/")[2] for line in done.stderr.splitlines() if "/bad/" in line)
    with Case.open(place / "a.case") as case:
        held = Counter(d.text.split(" would not")[0] for d in case.documents())
    wanted = {SAID.format(n, n).split(" would not")[0] for n in range(asked.files - asked.bad)}
    twice = [text for text, times in held.items() if times > 1]
    unsaid = {bad_file(n)[0] for n in range(asked.bad)} - told.keys()
    print(done.stdout.strip())
    print(
        f"{len(wanted)} good files: {len(wanted - held.keys())} missing, {len(twice)} twice, {len(held.keys() - wanted)} odd; "
        f"{asked.bad} bad ones: {len(unsaid)} not told of; {time.monotonic() - began:.0f} s"
    )
    shutil.rmtree(place)
    sys.exit(1 if wanted ^ held.keys() or twice or unsaid else 0)


if __name__ == "__main__":
    main()
