"""The only composer: bytes or text -> Report, and reports into a case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Literal

import msgspec

from .case import Case, CaseError
from .claims import claims_of
from .compare import Reading
from .compare import compare as compared
from .engine import verify
from .ingest import Ingested, IngestError, Label, Passed, Refused
from .ingest.guard import Known
from .ingest.language import language_of
from .ingest.notes import notes_of
from .ingest.text import headline
from .intake import Given, Ways, documents, whole
from .pairing import AROUND, Surroundings, phrase
from .pieces import cut
from .reader import MODELS, default_reader
from .records import Attribution, Brief, Claim, Document, Report, Span, Unread
from .recount import decided
from .relations import MODELS as RELATIONS
from .relations import default_judge
from .resolver import MODELS as RESOLVER
from .resolver import default_resolver
from .roles import MODELS as ROLES
from .sources import resolve
from .stated import explained, stated_in
from .versions import versions
from .weigher import MODELS as RELAYS

READING = (MODELS, RESOLVER, RELAYS, ROLES)  # the models that a report is made by

Places = tuple[tuple[int, int], ...]
Progress = Callable[[int, int], None]
ProgressOf = AbstractContextManager[Progress | None]


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


def read_bytes(data: bytes, file: str, *, ways: Ways | None = None, progress: Progress | None = None) -> Report:
    """Read a file's bytes, one document of any format. IngestError where they cannot be read or hold several."""
    found: list[Ingested] = []
    for _, item in documents([(data, whole(file))], ways or Ways()):
        if isinstance(item, Refused):
            raise IngestError(item.reason)
        found += [item] if isinstance(item, Ingested) else []
        if len(found) > 1:
            raise IngestError("this holds several documents; read it with read_files")
    if not found:
        raise IngestError("this holds no document")
    return attribute(found[0], progress)


def read_files(
    inputs: Iterable[Given], *, ways: Ways | None = None, progress_of: Callable[[str], ProgressOf] | None = None
) -> Iterator[tuple[int, Report | Passed | Refused]]:
    """Read what inputs hold (paths of files, "-" for standard input, links, or bytes with a name), each with the number
    of its input, from 0: reports, what was passed over, and what cannot be read. progress_of: makes what shows how far
    the reading of a document is, given its name."""
    for number, item in documents(inputs, ways or Ways()):
        if isinstance(item, Ingested):
            try:
                with (progress_of or _unseen)(place_of(item.document)) as progress:
                    yield number, attribute(item, progress)
            except Exception as e:  # whatever one document does to us, the others are still read
                yield number, Refused(file=item.document.file, member=item.document.member, reason=why(e))
        elif isinstance(item, Passed | Refused):
            yield number, item


@contextmanager
def _unseen(name: str) -> Iterator[None]:
    yield None


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document, or of something else in the inputs, that was to be added to a case.

    number: of its input, from 0. file, member: where it lies. state: new; known, where the case holds its document
    already; passed, where it is no report; failed, for this reason. report: what was read, where it was read. document:
    the id under which the case holds it. version_of: the id of the document of the same address that was added last
    before it: they are versions of one report."""

    number: int
    file: str
    member: str | None = None
    state: Literal["new", "known", "passed", "failed"]
    document: str | None = None
    version_of: str | None = None
    reason: str | None = None
    report: Report | None = None


def add(
    case: Case, inputs: Iterable[Given], *, ways: Ways | None = None, progress: Progress | None = None
) -> Iterator[Added]:
    """Read inputs (paths of files, "-" for standard input, links, or bytes with a name) into a case, document by
    document as this is iterated.

    What cannot be read is reported and the next is taken; what the case holds is not read again. Each document is kept
    before the next is read. CaseError where the case itself fails: what was kept stays."""
    ways = msgspec.structs.replace(ways or Ways(), without=case.path)

    def wanted(digest: str, told: Label) -> bool:
        return ways.text_column is not None or not case.holds(digest, told.outlet, told.address or told.url)

    for number, item in documents(inputs, ways, wanted):
        match item:
            case Known():
                known = case.document_of(item.digest)
                if known:
                    case.keep_met(known, item.file, item.member, item.address)
                yield Added(number=number, file=item.file, member=item.member, state="known", document=known)
            case Passed():
                yield Added(number=number, file=item.file, member=item.member, state="passed", reason=item.reason)
            case Refused():
                yield Added(number=number, file=item.file, member=item.member, state="failed", reason=item.reason)
            case Ingested():
                yield keep(case, number, item.document, item.original, partial(attribute, item, progress))


def keep(case: Case, number: int, document: Document, original: bytes, report_of: Callable[[], Report]) -> Added:
    """Put a document into a case, with the original bytes of its digest; what became of it. report_of: what is read in
    it, asked for where the case does not hold it yet. CaseError where the case itself fails."""
    added = Added(number=number, file=document.file, member=document.member, state="known")
    if not document.text.strip():
        return msgspec.structs.replace(added, state="passed", reason="it holds no text")
    try:
        if twin := case.twin(document):
            case.keep_again(twin, document, original)
            return msgspec.structs.replace(added, document=twin)
        report = report_of()
        earlier = case.earlier(document)
        new = case.put(report, original, unless_twin=True)
    except CaseError:
        raise
    except Exception as e:  # whatever one document does to us, the others are still read
        return msgspec.structs.replace(added, state="failed", reason=why(e))
    return msgspec.structs.replace(
        added,
        state="new" if new else "known",
        document=document.id if new else case.twin(document) or document.id,
        version_of=earlier if new else None,
        report=report,
    )


def why(error: Exception) -> str:
    """What went wrong with an input, in words for the person who gave it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, IngestError | OSError | CaseError):
        return str(error)
    return f"cannot be read, by a fault of reportedly; please report it ({type(error).__name__}: {error})"


def place_of(item: Document | Added | Passed | Refused) -> str:
    """Where something lies: the file as given, and where in it ("b.zip!c.html")."""
    return f"{item.file}!{item.member}" if item.member else item.file


def attribute(ingested: Ingested, progress: Progress | None = None) -> Report:
    """The report of an ingested document."""
    sight = default_resolver().sight()
    found = default_reader().read(ingested.document, progress, sight.see)
    attributions, sources = resolve(ingested.document, found, sight)
    return Report(
        ingested.document,
        attributions,
        sources,
        ingested.unread,
        ingested.assumed,
        ingested.layout,
        notes_of(ingested.document.text),
    )


def study(report: Report) -> Reading:
    """A report with its claims, ready to be compared."""
    claims = claims_of(report)
    stated = tuple(stated_in(report, claims))
    inside = {a.id: a for a in report.attributions}
    pieces = cut(report.text, default_reader().tokenizer)
    document, phrases = report.document, {}
    for claim in claims:
        low, high = max(0, claim.spans[0].start - AROUND), claim.spans[-1].end + AROUND
        # Without its date: labelled cases, from which it is learned what claims of a case have in common, have none.
        setting = Surroundings(document.id, "", document.title or "", report.text[low:high])
        if found := phrase(report.text, pieces, *_parts(claim, inside), setting):
            phrases[claim.id] = found
    return Reading(report, explained(claims, stated), phrases, stated)


def _parts(claim: Claim, inside: Mapping[str, Attribution]) -> tuple[Places, Places, Places]:
    """Where a claim's content, cue and source lie. inside: the attributions of its report by their ids."""
    a = inside.get(claim.attribution or "")
    return _places(claim.spans), _places(a.cue if a else ()), _places(a.source if a else ())


def compare(case: Case, progress: Progress | None = None) -> Brief:
    """The brief of a case, which the case keeps. Only pairs of claims that were not read before are read. progress:
    told how much is done of how much, half of it setting out reports and half judging."""
    judge = default_judge()
    readings: list[Reading] = []
    total = len(case.counts())
    for report in case.reports():
        readings.append(study(report))
        if progress:
            progress(len(readings), 2 * total)

    def judged(done: int, of: int) -> None:
        if progress:
            progress(of + done, 2 * of)

    claims = [c for r in readings for c in r.claims if c.id in r.phrases]
    changed = versions([r.report for r in readings], claims, case.addresses())
    brief, new = compared(readings, judge, case.answers(judge.digest), judged, versions=changed)
    if progress:
        progress(1, 1)
    case.keep_answers(judge.digest, new)
    case.save(brief)
    return brief


def current(case: Case, progress: Progress | None = None) -> Brief:
    """The brief of a case: the one it keeps, or a new one where reports were added since."""
    kept = None if case.uncompared() else case.brief()
    return kept or compare(case, progress)


def brief_of(case: Case, progress: Progress | None = None) -> Brief:
    """The brief of a case with what people decided about it, as `reportedly compare` prints it. The case is compared
    first where reports were added since it was; it keeps what was judged, and every decision stays a decision.
    progress: told how much is done of how much. CaseError where the case fails or may not be written."""
    return decided(current(case, progress), case.reviews(), case.reports()).brief


def _places(spans: Sequence[Span]) -> Places:
    return tuple((s.start, s.end) for s in spans)


def resolve_sources(document: Document, attributions: Sequence[Attribution]) -> Report:
    """The report of a document whose attributions are known already: their sources and chains are worked out. What
    speaker and chain they carry is put aside. ValueError where an attribution is given twice, has no cue, has a span
    that does not stand so in the text, or lies within itself or one that is not given."""
    outer = {a.id: a.within for a in attributions}
    if len(outer) < len(attributions):
        raise ValueError("an attribution is given twice")
    for a in attributions:
        if not a.cue:
            raise ValueError(f"attribution {a.id} has no cue")
        around = [a.id]
        while (within := outer[around[-1]]) is not None:
            if within not in outer:
                raise ValueError(f"attribution {around[-1]} lies within {within}, which is not given")
            if within in around:
                raise ValueError(f"attribution {within} lies within itself")
            around.append(within)
        for s in (*a.cue, *a.source, *a.content, *a.addressee):
            if document.text[s.start : s.end] != s.text:
                raise ValueError(f"attribution {a.id}: {s.text!r} does not stand at {s.start} to {s.end} of the text")
    sight = default_resolver().sight()
    default_reader().read(document, see=sight.see)
    return Report(document, *resolve(document, attributions, sight))


def check() -> list[str]:
    """Self-test: what is wrong with this installation, a line each; nothing where the models are whole and read."""
    if broken := [line for folder in (*READING, RELATIONS) for line in verify(folder)]:
        return broken
    if default_judge().pieces != default_reader().pieces:
        return ["the judge of relations was made for another reader; reinstall reportedly"]
    try:
        found = read("“The bridge is safe,” the mayor told reporters on Friday.").attributions
    except Exception as e:  # whatever the inference engine says of a file it cannot load
        return [f"the models cannot be loaded ({type(e).__name__}: {e}); reinstall reportedly"]
    if not any("bridge is safe" in a.content[0].text for a in found):
        return ["the models load, but a plain sentence was not read"]
    return []
