"""Inputs that nobody thought of: `make fuzz` changes good inputs of every format, led by what code they reach.

Uses atheris (libFuzzer). Each input goes through all that reads files, in this one process, so that a crash is seen;
it must end in documents or refusals, with every place inside its text, within libFuzzer's time and memory. Inputs that
break that are written to build/fuzz, and the run ends with an error.
"""

import argparse
import hashlib
import importlib
import pkgutil
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reportedly.ingest"]):
    from reportedly import ingest
    from reportedly.ingest import Budget, Ingested, Limits, Linked, Member, Passed, Refused, unpack
    from reportedly.ingest.child import read_one
    from reportedly.ingest.notes import notes_of

    for room in pkgutil.iter_modules(ingest.__path__, "reportedly.ingest."):
        importlib.import_module(room.name)  # formats are loaded late; what is not instrumented now leads nowhere

from .hostile import good

LIMITS = Limits(bytes=2_000_000, unpacked=20_000_000, members=200, pages=50)
PLACE = Path("build/fuzz")


def one(data: bytes) -> None:
    """Read these bytes. AssertionError where a promise is broken."""
    for item in unpack(Member.of(data, "x"), Budget(LIMITS)):
        found = read_one(item, LIMITS) if isinstance(item, Member) else item
        if isinstance(found, Ingested):
            text = found.document.text
            for span in (*found.layout, *(note.span for note in notes_of(text))):
                assert 0 <= span.start < span.end <= len(text), span  # type: ignore[attr-defined]
            text.encode()  # no lone surrogates
        else:
            assert isinstance(found, Passed | Refused | Linked)


def main() -> None:
    """Fuzz for some seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--formats", nargs="*", help="only these")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seeds = PLACE / f"seeds-{asked.seed}"
    seeds.mkdir(parents=True, exist_ok=True)
    for name, data in good().items():
        if not asked.formats or name in asked.formats:
            (seeds / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    limits = [f"-max_total_time={asked.seconds}", "-timeout=30", "-rss_limit_mb=3000", "-max_len=200000"]
    options = [*limits, f"-seed={asked.seed}", f"-artifact_prefix={PLACE}/", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
