import os
import struct
import subprocess
import sys
import time

import pytest

from benchmarks.encodings import TEXTS, Case, charset_normalizer, declared, liars, ours, paragraphs, undeclared, wrong
from reportedly.ingest import IngestError, Label, Limits, Member, ingest, read_member
from reportedly.ingest.encoding import decode, wide_encoding


@pytest.mark.parametrize("case", [*liars()], ids=lambda case: case.name)
def test_declarations_that_lie_change_nothing(case: Case) -> None:
    assert ours(case) == case.text


def test_a_page_is_read_as_it_says_where_its_header_lies() -> None:
    article = "".join(f"<p>{paragraph}</p>" for paragraph in TEXTS["Russian"].split("\n\n") * 3)
    page = f'<html><head><meta charset="windows-1251"></head><body><article>{article}</article></body></html>'
    member = Member.of(page.encode("cp1251"), "a.warc", told=Label(encoding="iso-8859-1"))
    document = read_member(member, Limits()).document
    assert "сказала в понедельник мэр" in document.text
    assert document.encoding == "cp1251"


def test_what_is_declared_is_read_to_the_letter() -> None:
    names, n = wrong(ours, declared())
    assert names == []
    assert n > 200


def test_what_is_not_declared_is_guessed() -> None:
    """Measured: all 80 texts (charset-normalizer alone 66), and 77 of 81 paragraphs (56)."""
    names, n = wrong(ours, undeclared())
    assert len(names) <= 2
    assert n - len(names) > n - len(wrong(charset_normalizer, undeclared())[0])
    assert len(wrong(ours, paragraphs())[0]) <= 6


def test_there_are_enough_encodings_and_liars() -> None:
    assert len({case.name.split(" in ")[1] for case in undeclared()}) >= 30
    assert len(list(liars())) >= 12


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "koi8-r", "shift_jis"])
def test_a_guess_is_said(encoding: str) -> None:
    text = TEXTS[{"koi8-r": "Russian", "shift_jis": "Japanese"}.get(encoding, "English")].replace("«", '"')
    text = text.replace("»", '"').replace("—", "-")
    _, read_as, assumed = decode(text.encode(encoding))
    assert assumed == (f"not valid UTF-8; read as {read_as}, which is a guess",)


def test_what_was_garbled_before_it_was_saved_is_kept_and_said() -> None:
    text, _, assumed = decode("The mayorâ€™s cafÃ© is shut, the councilâ€™s is not.".encode())
    assert "mayorâ€™s cafÃ©" in text
    assert "garbled" in assumed[0]
    assert decode("“Voilà”, he said: “Ça va”.".encode())[2] == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["English", "Russian", "Chinese", "Korean", "Arabic"])
def test_wide_text_without_a_mark_is_text(language: str, encoding: str) -> None:
    document = ingest(TEXTS[language].encode(encoding), "a.txt").document
    assert (document.text, document.encoding) == (TEXTS[language], encoding)


@pytest.mark.parametrize(
    "data",
    [
        os.urandom(4096),
        struct.pack("<2000H", *range(2000)),
        struct.pack("<1000i", *range(-500, 500)),
        struct.pack("<500d", *(n / 7 for n in range(500))),
        b"\x00" * 4096,
        b"The mayor said no.\x00" + b"The mayor said no. " * 100,
        "Мэр сказал нет.\x00".encode() * 100,
        "Мэр сказал нет.\x00".encode("cp1251") * 100,
        "市长说不。\x00".encode("gb18030") * 100,
    ],
    ids=["random", "shorts", "integers", "floats", "zeros", "ASCII", "UTF-8", "cp1251", "GB 18030"],
)
def test_what_is_binary_is_not_taken_for_wide_text(data: bytes) -> None:
    assert wide_encoding(data) is None
    with pytest.raises(IngestError, match="binary"):
        ingest(data, "a")


@pytest.mark.parametrize("data", [b"", b"\x00", b"a\x00", b"\x00a", b"\xff", b"\xfe\xff", b"\xff\xfe\x00", b"\x1b$B"])
def test_the_smallest_data_are_decoded(data: bytes) -> None:
    text, _, _ = decode(data, "utf-16", "nonsense\x00", "")
    assert len(text) <= len(data)


def test_a_guess_takes_no_time() -> None:
    data = TEXTS["Russian"].encode("koi8-r", "replace") * 8000
    began = time.process_time()
    decode(data)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["encodings", "pages", "warcs"])
def test_a_benchmark_asked_for_help_measures_nothing(name: str) -> None:
    command = [sys.executable, "-m", f"benchmarks.{name}", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and done.stdout.startswith("usage: ")
    assert "-h, --help" in done.stdout.rstrip().splitlines()[-1]
