"""The only composer: bytes or text -> Report."""

import re
from collections.abc import Callable, Sequence

import msgspec

from .claims import claims_of
from .compare import Reading
from .ingest import MAX_BYTES, ingest
from .ingest.ingested import Ingested
from .ingest.language import language_of
from .ingest.text import headline
from .pairing import LONGEST, Phrase, Side, States, packed, passage, placed, unpacked
from .pieces import Pieces, Window
from .reader import MODELS, Floats, default_reader, verify
from .records import Attribution, Document, Report, Span, Unread
from .relations import Judge, default_judge
from .resolver import MODELS as RESOLVER
from .resolver import default_resolver
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
    return _attributed(ingested, progress, None)


def _attributed(ingested: Ingested, progress: Progress | None, states: States | None) -> Report:
    """The report of an ingested document; `states` sees what the reader saw."""
    sight = default_resolver().sight()

    def see(pieces: Pieces, window: Window, seen: Floats) -> None:
        sight.see(pieces, window, seen)
        if states:
            states.see(pieces, window, seen)

    found = default_reader().read(ingested.document, progress, see)
    attributions, sources = resolve(ingested.document, found, sight)
    return Report(ingested.document, attributions, sources, ingested.unread, ingested.assumed)


def study(ingested: Ingested, progress: Progress | None = None) -> Reading:
    """The report of an ingested document with its claims, ready to be compared."""
    states = States()
    report = _attributed(ingested, progress, states)
    claims = claims_of(report)
    inside = {a.id: a for a in report.attributions}
    phrases = {}
    for claim in claims:
        a = inside.get(claim.attribution or "")
        cue, source = (_places(a.cue), _places(a.source)) if a else ((), ())
        if found := states.phrase(report.text, _places(claim.spans), cue, source):
            phrases[claim.id] = unpacked(packed(found))
    return Reading(report, claims, phrases)


def _places(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((s.start, s.end) for s in spans)


def relate(pairs: Sequence[tuple[Side, Side]], judge: Judge | None = None) -> list[tuple[str, tuple[float, ...]]]:
    """How the texts of each pair stand to each other: supports, disputes, related or unrelated, and the probability of
    each. A text may be a claim or a whole report, of which the sentences nearest to the other text are read."""
    judge = judge or default_judge()
    seen: dict[str, States] = {}

    def states_of(text: str) -> States:
        if text not in seen:
            seen[text] = States()
            default_reader().read(Document.of(text), see=seen[text].see)
        return seen[text]

    def phrase_of(side: Side, other: Side) -> Phrase | None:
        text, content, cue, source = placed(Side(*(whole(x) if x else x for x in msgspec.structs.astuple(side))))
        states = states_of(text)
        if states.pieces is not None and len(states.pieces) > 2 * LONGEST and content == [(0, len(text))]:
            content = passage(text, states.pieces, other.text)
        return states.phrase(text, content, cue, source)

    phrases = [(phrase_of(a, b), phrase_of(b, a)) for a, b in pairs]
    able = [(i, (a, b)) for i, (a, b) in enumerate(phrases) if a and b]
    out: list[tuple[str, tuple[float, ...]]] = [("unrelated", (0.0, 0.0, 0.0, 1.0))] * len(pairs)
    for (i, _), p in zip(able, judge.probabilities([x for _, x in able]), strict=True):
        out[i] = judge.kind(p)[0], tuple(round(float(x), 4) for x in p)
    return out


def resolve_sources(document: Document, attributions: Sequence[Attribution]) -> Report:
    """The report of a document whose attributions are known already: their sources and chains are worked out. What
    speaker and chain they carry is put aside."""
    sight = default_resolver().sight()
    default_reader().read(document, see=sight.see)
    return Report(document, *resolve(document, attributions, sight))


def check() -> list[str]:
    """Self-test: what is wrong with this installation, a line each; nothing where the models are whole and read."""
    if broken := [*verify(MODELS), *verify(RESOLVER)]:
        return broken
    try:
        found = read("“The bridge is safe,” the mayor told reporters on Friday.").attributions
    except Exception as e:  # whatever the inference engine says of a file it cannot load
        return [f"the models cannot be loaded ({type(e).__name__}: {e}); reinstall reportedly"]
    if not any("bridge is safe" in a.content[0].text for a in found):
        return ["the models load, but a plain sentence was not read"]
    return []
