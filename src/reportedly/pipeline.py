"""The only composer: bytes or text -> Report."""

import re
from collections.abc import Callable, Sequence

from .ingest import MAX_BYTES, ingest
from .ingest.ingested import Ingested
from .ingest.language import language_of
from .ingest.text import headline
from .reader import MODELS, default_reader, verify
from .records import Attribution, Document, Report, Unread
from .resolver import MODELS as RESOLVER
from .resolver import default_resolver
from .roles import MODELS as ROLES
from .sources import resolve

Progress = Callable[[int, int], None]

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    text: str,
    *,
    file: str = "-",
    title: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    url: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read a report given as text, with what is known of it.

    The text is kept exactly, but for lone surrogates, which no file can hold: they become U+FFFD (and `unread` says
    so). `progress` is called with (pieces read, pieces in all)."""
    exact = whole(text)
    known = {"outlet": outlet, "byline": byline, "published": published, "url": url}
    language, warnings = language_of(exact)
    document = Document.of(
        exact,
        file=whole(file),
        language=language,
        title=whole(title) if title else headline(exact),
        **{k: whole(v) if v else None for k, v in known.items()},
    )
    unread = () if exact == text else (Unread("lone surrogates were replaced by U+FFFD"),)
    return attribute(Ingested(document, unread, warnings), progress)


def read_bytes(data: bytes, file: str, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Report:
    """Read a file's bytes, text or HTML. IngestError where they cannot be read."""
    return attribute(ingest(data, whole(file), max_bytes), progress)


def whole(text: str) -> str:
    """Text with U+FFFD for lone surrogates, which neither UTF-8 nor JSON can hold (file names may have some)."""
    return _SURROGATE.sub("\ufffd", text)


def attribute(ingested: Ingested, progress: Progress | None = None) -> Report:
    """The report of an ingested document."""
    sight = default_resolver().sight()
    found = default_reader().read(ingested.document, progress, sight.see)
    attributions, sources = resolve(ingested.document, found, sight)
    return Report(ingested.document, attributions, sources, ingested.unread, ingested.assumed)


def resolve_sources(document: Document, attributions: Sequence[Attribution]) -> Report:
    """The report of a document whose attributions are known already: their sources and chains are worked out. What
    speaker and chain they carry is put aside."""
    sight = default_resolver().sight()
    default_reader().read(document, see=sight.see)
    return Report(document, *resolve(document, attributions, sight))


def check() -> list[str]:
    """Self-test: what is wrong with this installation, a line each; nothing where the models are whole and read."""
    if broken := [*verify(MODELS), *verify(RESOLVER), *verify(ROLES)]:
        return broken
    try:
        found = read("“The bridge is safe,” the mayor told reporters on Friday.").attributions
    except Exception as e:  # whatever the inference engine says of a file it cannot load
        return [f"the models cannot be loaded ({type(e).__name__}: {e}); reinstall reportedly"]
    if not any("bridge is safe" in a.content[0].text for a in found):
        return ["the models load, but a plain sentence was not read"]
    return []
