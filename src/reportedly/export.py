"""A reviewed brief -> the forms in which it leaves a case: Web Annotations, corrections to learn from, a page with its
reports, Markdown, JSON lines, CSV and Parquet.

Every form but the page is exact where it quotes: JSON holds all characters (controls escaped); Markdown and CSV have
U+FFFD or a space for those that steer a terminal, and CSV an apostrophe before what a spreadsheet would take for a
formula. `docs/review.md` describes the fields.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from .brief import markdown, told
from .case import Review
from .records import Brief, Claim, Document, Report, Span
from .review import Reviewed, Selector, logged, place_of, selector_of, undone

CONTEXT = (  # what the names in an annotation mean; those of ours are told apart from the W3C's
    "http://www.w3.org/ns/anno.jsonld",
    {
        "reportedly": "urn:reportedly:",
        **{
            name: f"reportedly:{name}"
            for name in ("speaker", "position", "state", "question", "account", "action", "why")
        },
        "decision": {"@id": "reportedly:decision", "@type": "@json"},
    },
)
PASSAGE = 200  # characters on either side of a correction
COLUMNS = (
    "file", "outlet", "published", "speaker", "kind", "position", "words", "start", "end", "question", "account",
    "state",
)  # fmt: skip
_MOTIVATIONS = {
    "accept": "assessing", "reject": "assessing", "note": "commenting", "relation": "linking", "merge": "linking",
    "undo": "moderating",
}  # fmt: skip
_CONTROL = re.compile("[\x7f-\x9f]")
_STEERING = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = re.compile(r"[\s\ufffd]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")


class Exported(NamedTuple):
    """What there is to export: the brief as the models made it, with decisions applied, everything that was decided,
    and the reports."""

    before: Brief
    after: Reviewed
    reviews: Sequence[Review]
    reports: Sequence[Report]


def exported(what: Exported, to: str) -> str:
    """It in this form, one of `FORMS`, as text that encodes as UTF-8."""
    return _FORMS[to](what)


# Annotations


def annotations(what: Exported) -> str:
    """A Web Annotation page: an annotation for every claim and one for every review."""
    brief, homes = what.after.brief, _homes(what.after.brief)
    home, names = {d.id: d for d in brief.documents}, {s.id: s.name for s in brief.sources}
    items = []
    for claim in brief.claims:
        question, account = homes.get(claim.id, (None, None))
        about = {
            "speaker": names.get(claim.speaker or ""),
            "position": claim.position,
            "state": what.after.states.get(claim.id),
            "question": question or None,
            "account": account,
        }
        items.append(_of_claim(claim, home[claim.document], about, what.after.notes.get(claim.id, ())))
    documents = {d.digest: d for d in reversed(brief.documents)}
    off = undone(what.reviews)
    why = {c.review.number: c.reason for c in what.after.conflicts}
    for review in what.reviews:
        document = home.get(logged(review)[0].document) or documents.get(review.digest)
        state = "undone" if review.number in off else "conflict" if review.number in why else "standing"
        items.append(_of_review(review, document, state, why.get(review.number)))
    whole = {"@context": CONTEXT, "id": "urn:reportedly:export", "type": "AnnotationPage", "items": items}
    return _json(whole) + "\n"


def _of_claim(claim: Claim, document: Document, about: Mapping[str, Any], notes: Iterable[str]) -> dict[str, Any]:
    value = f"{about['speaker'] or 'Nobody named'} ({claim.position}): {claim.text}"
    body = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value, **_said(about)}]
    body += map(_comment, notes)
    targets = [_target(document, span) for span in claim.spans]
    return {
        "id": f"urn:reportedly:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _of_review(review: Review, document: Document | None, state: str, why: str | None) -> dict[str, Any]:
    words, _ = logged(review)
    place = place_of(document, words) if document else None
    about = {"action": review.action, "decision": review.value, "state": state, "why": why}
    value = f"{review.action} {review.kind}"
    body = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value, **_said(about)}]
    body += [_comment(review.note)] if review.note else []
    selectors = [_quote(words)] + ([_position(*place)] if place else [])
    return {
        "id": f"urn:reportedly:review-{review.number}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS.get(review.action, "editing"),
        "created": review.made,
        "body": body,
        "target": {"source": _address(document, review.digest), "selector": selectors},
    }


def _target(document: Document, span: Span) -> dict[str, Any]:
    words = selector_of(document, span.start, span.end)
    selectors = [_quote(words), _position(span.start, span.end)]
    return {"source": _address(document, document.digest), "selector": selectors}


def _quote(words: Selector) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": words.exact, "prefix": words.prefix, "suffix": words.suffix}


def _position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _address(document: Document | None, digest: str) -> str:
    """Where a document is on the web, else what its bytes are."""
    url = document.url if document else None
    return url if url and re.match(r"https?://\S+\Z", url, re.I) else f"urn:{digest}"


def _comment(note: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": note}


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


# Corrections


def corrections(what: Exported) -> str:
    """A line of JSON for every decision that holds, notes alone excepted: the text around, and where its words are in
    it before and after."""
    return "".join(_json(row) + "\n" for row in _corrections(what))


def _corrections(what: Exported) -> Iterator[dict[str, Any]]:
    before, after = ({c.id: c for c in b.claims} for b in (what.before, what.after.brief))
    names = {s.id: s.name for s in what.after.brief.sources}
    documents = {d.digest: d for d in reversed(what.before.documents)}
    for review, record in what.after.standing:
        if review.action == "note":
            continue
        document = documents[review.digest]
        if (claim := before.get(record)) is not None:
            spans = [(s.start, s.end) for s in claim.spans]
            right = [(s.start, s.end) for s in after[record].spans]
            right = [] if review.action == "reject" else right
        else:
            place = place_of(document, logged(review)[0])
            spans = right = [place] if place else []
        low = max(0, min(start for start, _ in (*spans, *right)) - PASSAGE)
        high = max(end for _, end in (*spans, *right)) + PASSAGE
        row = {
            "review": review.number,
            "kind": review.kind,
            "action": review.action,
            "value": review.value,
            "digest": review.digest,
            "start": low,
            "text": document.text[low:high],
            "before": [(start - low, end - low) for start, end in spans],
            "after": [(start - low, end - low) for start, end in right],
        }
        if claim is not None and review.action == "speaker":
            old, new = claim.speaker or "", after[record].speaker or ""
            row["speaker"] = {"before": names.get(old), "after": names.get(new)}
        yield row


# Pages and tables


def page(what: Exported) -> str:
    """The brief and its reports as one page."""
    from .page import render_case  # jinja2 only where a page is wanted

    return render_case(what.after.brief, what.after.rejected, what.after.states, what.after.notes)


def rows(what: Exported) -> str:
    """CSV, a row for every claim."""
    return "".join(csv_lines(COLUMNS, _rows(what)))


def _rows(what: Exported) -> Iterator[tuple[Any, ...]]:
    brief, homes = what.after.brief, _homes(what.after.brief)
    documents, sources = {d.id: d for d in brief.documents}, {s.id: s for s in brief.sources}
    for claim in brief.claims:
        document, speaker = documents[claim.document], sources.get(claim.speaker or "")
        words = " … ".join(s.text for s in claim.spans)
        yield (
            document.file, document.outlet, document.published, speaker and speaker.name, speaker and speaker.kind,
            claim.position, words, claim.spans[0].start, claim.spans[-1].end, *homes.get(claim.id, ("", "")),
            what.after.states.get(claim.id),
        )  # fmt: skip


def parquet(what: Exported) -> bytes:
    """The same table as a Parquet file, its words exact. ModuleNotFoundError where pyarrow is not installed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [(name, pa.int32() if name in ("start", "end") else pa.string()) for name in COLUMNS]
    table = [
        {
            n: x.encode("utf-8", "replace").decode() if isinstance(x, str) else x
            for n, x in zip(COLUMNS, row, strict=True)
        }
        for row in _rows(what)
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(table, pa.schema(columns)), out, compression="zstd")
    return out.getvalue()


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a table as CSV, the names of its columns first."""
    for row in chain([columns], rows):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([_cell(x) if isinstance(x, str) else x for x in row])
        yield out.getvalue()


def _cell(text: str) -> str:
    """Text that a spreadsheet does not take for a formula, nor a terminal for commands."""
    text = _STEERING.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def lines(what: Exported) -> str:
    """A line of JSON for every report, as `reportedly read --jsonl` prints it, and its claims as they were reviewed."""
    own: dict[str, list[dict[str, Any]]] = {}
    for c in what.after.brief.claims:
        decided = {"state": what.after.states.get(c.id), "notes": what.after.notes.get(c.id, ())}
        own.setdefault(c.document, []).append(msgspec.to_builtins(c) | decided)
    reports = ((r, own.get(r.document.id, [])) for r in what.reports)
    return "".join(_json(msgspec.to_builtins(r) | {"claims": claims}) + "\n" for r, claims in reports)


def _homes(brief: Brief) -> dict[str, tuple[str, str]]:
    """The titles of the question and the account of each claim that is in one; without a question, an empty one."""
    placed: Iterable[tuple[str, Any]] = (
        *((q.title, a) for q in brief.questions for a in q.accounts), *(("", a) for a in brief.agreed)
    )  # fmt: skip
    return {c: (title, account.title) for title, account in placed for c in account.claims}


def _json(value: Any) -> str:
    """A line of JSON; characters that some terminals obey are escaped."""
    return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", msgspec.json.encode(value).decode())


_FORMS: Mapping[str, Callable[[Exported], str]] = {
    "annotations": annotations,
    "corrections": corrections,
    "html": page,
    "md": lambda what: markdown(told(what.after.brief, what.after.rejected)),
    "jsonl": lines,
    "csv": rows,
}
FORMS = tuple(_FORMS)  # that are text; the other one is `parquet`
