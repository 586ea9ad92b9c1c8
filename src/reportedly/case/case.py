"""What is put into a case, and what is read out of it.

Facts are kept: original bytes, documents, what was not read, attributions, sources. Triggers refuse to change or delete
them, and `put` writes each document in one transaction, so a case that was cut off holds every finished document once.
Judgements (claims, relations, questions, accounts, persons) are replaced as a whole by `save`. Reviews are a log.
What the judge made of pairs is a cache, and may be dropped at any time. `docs/case.md` describes every table.

A document is known by its content: the same text with the same title, outlet, byline, date and address is one document,
whatever its file is called and however it is encoded; with another outlet or date it is a report of its own.
"""

import os
import re
import shlex
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, get_args, get_origin

import msgspec

from reportedly.addresses import same_address, site_of
from reportedly.records import (
    Account,
    Attribution,
    Brief,
    Circle,
    Claim,
    Document,
    Note,
    Origin,
    Origins,
    Question,
    Region,
    Relation,
    Report,
    Reuse,
    Source,
    Span,
    Unread,
    Version,
    digest_of,
)

from .file import CaseError, as_written, connect, foreign, plainly
from .schema import JUDGEMENTS

Record = Document | Attribution | Source | Claim | Relation | Question | Account | Origin
Answers = tuple[float, float, float]
"""Log odds that two claims answer no question in common, one alike, one otherwise."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RECORD_OF: dict[str, Any] = {  # by table
    "documents": Document,
    "attributions": Attribution,
    "sources": Source,
    "claims": Claim,
    "questions": Question,
    "accounts": Account,
    "origins": Origin,
}
SOUGHT = 40  # different words of a search
_CANDIDATES = 6  # ids named where a prefix is ambiguous, and one to know that there are more
R = TypeVar("R", bound=msgspec.Struct)


class UnknownIdError(CaseError):
    """No record, or more than one, has this id."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A span where it stands: its document, the id of the record it belongs to, and the part it plays there (cue,
    source, content, addressee, link; mention, role, anonymity; claim; stated; evidence)."""

    document: Document
    record: str
    part: str
    span: Span


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a case with what is needed to show it.

    id: in full. passages: its spans, or those of its claims; of a document, those of its attributions. sources, claims:
    those it refers to (of a document, all). attributions: of a document, its attributions; of a source, those that go
    back to it. relations: of a claim. unread, notes, versions: of a document. documents: of an origin, those that go
    back to it."""

    id: str
    record: Record
    passages: tuple[Passage, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[Note, ...] = ()
    versions: tuple[Version, ...] = ()
    documents: tuple[Document, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """Something that holds the words looked for: its id, its document's id, and the words around, those found
    between marks."""

    id: str
    document: str
    snippet: str


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a record. The record is named by its kind and by its words in the original bytes
    (digest, exact words, words before, words behind), so that it is found again after any rebuild."""

    number: int
    kind: str
    digest: str
    exact: str
    prefix: str
    suffix: str
    action: str
    value: Any
    note: str
    made: str


class Case:
    """An open case; a context manager. Made by `Case.open`. Every method raises CaseError where the file fails."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: str | os.PathLike[str], create: bool = False, wait: float = 10.0) -> Self:
        """The case in this file; with `create`, a new one where there is none.

        A file that may not be written is opened for reading, without `create`. wait: seconds to wait for another
        process that writes. CaseError where it is missing, no case, of a newer schema, locked, damaged or unwritable.
        """
        path = Path(path)
        return cls(path, connect(path, create, wait))

    def close(self) -> None:
        """Close the file. What was put or saved is in it already."""
        with plainly(self.path):
            self._connection.close()

    def remove_if_empty(self) -> bool:
        """Close the case and remove its file, where it holds no document and no other process has it open. Whether it
        did."""
        held = "SELECT 1 FROM documents LIMIT 1"
        if self._rows(held):
            return False
        try:
            self._rows("PRAGMA busy_timeout = 0")
            self._rows("PRAGMA journal_mode = DELETE")  # refused while another process has it open
            if self._rows(held):  # one that was quicker
                self._rows("PRAGMA journal_mode = WAL")
                return False
        except CaseError:
            return False
        self.close()
        with plainly(self.path):
            self.path.resolve().unlink()  # a link to it stays
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def version(self) -> int:
        """A number that is another one after any other process has written to the file."""
        return int(self._rows("PRAGMA data_version")[0][0])

    # Facts

    def put(self, report: Report, data: bytes, unless_twin: bool = False) -> bool:
        """Keep a report and the original bytes it was read from, in one transaction: all of it or nothing.

        False where its document is held already (or, with `unless_twin`, one that it is again): then only bytes that
        are new are kept. ValueError where the bytes are not those of the report."""
        document = report.document
        if digest_of(data) != document.digest:
            raise ValueError(f"these bytes are not those of {document.file}: their digest is another")
        with self._change():
            self._keep_bytes(document, data)
            twin = self.twin(document) if unless_twin else None  # another process may have put it since it was asked
            new = twin is None and not self._rows("SELECT 1 FROM documents WHERE id = ?", document.id)
            if new:
                self._insert("documents", [document], assumed=_json(report.assumed))
                self._insert("unread", report.unread, document=document.id)
                self._insert("regions", report.layout, document=document.id)
                self._insert("notes", report.notes, document=document.id)
                self._insert("attributions", report.attributions, document=document.id)
                self._insert("sources", report.sources, document=document.id)
                self._keep_address(document.id, document)
            self._keep_file(twin or document.id, document)
        return new

    def _keep_bytes(self, document: Document, data: bytes) -> None:
        row = (document.digest, len(data), zlib.compress(data))
        self._add("INSERT OR IGNORE INTO originals (digest, size, content) VALUES (?, ?, ?)", [row])

    def _keep_address(self, document_id: str, read: Document) -> None:
        if address := _own_address(read.url, read.address):
            row = (document_id, address)
            self._add("INSERT OR IGNORE INTO addresses (document, address) VALUES (?, ?)", [row])

    def _keep_file(self, document_id: str, read: Document) -> None:
        row = (document_id, read.digest, read.file, read.member, read.address)
        self._add("INSERT OR IGNORE INTO files (document, digest, file, member, address) VALUES (?, ?, ?, ?, ?)", [row])

    def twin(self, document: Document) -> str | None:
        """The id of the document that this one is again, had from another address of its site or in another dress: the
        same words, title, outlet, day and site. None where there is none. What is missing is not the same as what is
        there: else it would depend on the order which of several reports are one."""
        rows = self._rows(
            "SELECT id, outlet, published, url, address FROM documents WHERE length(text) = length(?1) AND text = ?1"
            " AND title IS ?2 ORDER BY number",
            document.text,
            document.title,
        )
        own = _dress(document.outlet, document.published, document.url, document.address)
        return next((str(known) for known, *rest in rows if _dress(*rest) == own), None)

    def keep_again(self, document_id: str, again: Document, data: bytes) -> None:
        """Keep where a document was met again, and the bytes it was read from there."""
        with self._change():
            self._keep_bytes(again, data)
            self._keep_file(document_id, again)
            self._keep_address(document_id, again)
        self.keep_met(document_id, again.file, again.member, again.address)

    def keep_met(self, document_id: str, file: str, member: str | None, address: str | None = None) -> None:
        """Keep where a document was met again, unless it is known to lie there."""
        known = self._rows(
            "SELECT 1 FROM documents WHERE id = ?1 AND file = ?2 AND member IS ?3"
            " UNION ALL SELECT 1 FROM met WHERE document = ?1 AND file = ?2 AND member = ?4 AND address = ?5",
            *(document_id, file, member, member or "", address or ""),
        )
        if not known:
            row = (document_id, file, member or "", address or "")
            with self._change():
                self._add("INSERT OR IGNORE INTO met (document, file, member, address) VALUES (?, ?, ?, ?)", [row])

    def earlier(self, document: Document) -> str | None:
        """The id of the document that was added last of those that have the same address as this one."""
        address = _own_address(document.url, document.address)
        rows = self._rows(
            "SELECT document FROM addresses WHERE address = ? AND document <> ? ORDER BY number DESC LIMIT 1",
            address,
            document.id,
        )
        return rows[0][0] if rows else None

    def addresses(self) -> dict[str, str]:
        """The address of each document that has one (by its id), in the form under which those of one page are the
        same. Of several it is the first at which other documents lie, too, or the first."""
        shared = "EXISTS (SELECT 1 FROM addresses b WHERE b.address = a.address AND b.document <> a.document)"
        # of rows with the same document the last one stays
        return dict(self._rows(f"SELECT document, address FROM addresses a ORDER BY {shared}, number DESC"))

    def holds(self, digest: str, outlet: str | None = None, address: str | None = None) -> bool:
        """Whether original bytes of this digest were read into the case, and not under another outlet's name or at
        another site than those that are told here."""
        rows = self._rows(
            "SELECT d.outlet, coalesce(d.address, d.url) FROM files f JOIN documents d ON d.id = f.document"
            " WHERE f.digest = ?",
            digest,
        )
        return any(
            (not outlet or not known or outlet.casefold() == known.casefold())
            and (not address or not there or site_of(address) == site_of(there))
            for known, there in rows
        )

    def document_of(self, digest: str) -> str | None:
        """The id of the document that was read from original bytes of this digest."""
        rows = self._rows("SELECT document FROM files WHERE digest = ? ORDER BY number LIMIT 1", digest)
        return rows[0][0] if rows else None

    def original(self, digest: str) -> bytes:
        """The original bytes of this digest. UnknownIdError where the case does not hold them; CaseError where they are
        not as long as it says, which may be how somebody wants to fill the memory."""
        with plainly(self.path):
            ask = "SELECT size, content FROM originals WHERE digest = ?"
            row = self._connection.execute(ask, (digest,)).fetchone()
        if not row:
            raise UnknownIdError(f"{self.path} holds no original with the digest {digest}")
        size, content = row
        try:
            unpacking = zlib.decompressobj()
            data = unpacking.decompress(content, max(size, 0) + 1)  # a byte more tells that there is more
        except (zlib.error, TypeError, ValueError, OverflowError) as e:
            raise foreign(self.path) from e
        if not unpacking.eof or len(data) != size:
            raise foreign(self.path)
        return data

    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order they were added."""
        return tuple(self._records(Document, "documents", "ORDER BY number"))

    def counts(self) -> dict[str, int]:
        """How many attributions each document has, by its id, in the order they were added."""
        own = "SELECT count(*) FROM attributions WHERE document = documents.id"
        return dict(self._rows(f"SELECT id, ({own}) FROM documents ORDER BY number"))

    def homes(self) -> dict[str, str]:
        """The id of the document that each source is of, by the source's id."""
        return dict(self._rows("SELECT id, document FROM sources"))

    def reports(self) -> Iterator[Report]:
        """The reports as they were put, in that order."""
        for (number,) in self._rows("SELECT number FROM documents ORDER BY number"):
            yield self._report(number)

    def report(self, document_id: str) -> Report:
        """The report of this document. UnknownIdError where there is none."""
        rows = self._rows("SELECT number FROM documents WHERE id = ?", document_id)
        if not rows:
            raise self._unknown(document_id)
        return self._report(rows[0][0])

    # Judgements

    def save(self, brief: Brief) -> None:
        """Replace the judgements by those of this brief, in one transaction.

        ValueError where its documents or sources are not those that the case holds, or its claims not those it is
        about."""
        with self._change():
            held = {d.id: d for d in self.documents()}
            if any(held.get(d.id) != d for d in brief.documents) or any(c.document not in held for c in brief.claims):
                raise ValueError("the brief is of documents that the case does not hold")
            number = {source: n for n, source in self._sources()}
            if any(s not in number for s in brief.sources):
                raise ValueError("the brief is of sources that the case does not hold")
            _refer(brief)
            for table in JUDGEMENTS:
                self._add(f"DELETE FROM {table}", [()])
            self._add("INSERT INTO briefs (number) VALUES (?)", [(1,)])
            self._add("INSERT INTO brief_documents (document) VALUES (?)", [(d.id,) for d in brief.documents])
            self._add("INSERT INTO brief_sources (source) VALUES (?)", [(number[s],) for s in brief.sources])
            self._insert("reuse", brief.reuse)
            self._insert("circles", brief.circles)
            self._insert("origins", brief.origins)
            self._insert("versions", brief.versions)
            self._insert("claims", brief.claims)
            self._add("UPDATE claims SET alone = ? WHERE id = ?", list(enumerate(brief.alone)))
            self._insert("relations", brief.relations)
            persons = [(n, source) for n, group in enumerate(brief.persons, 1) for source in group]
            self._add("INSERT INTO persons (person, source) VALUES (?, ?)", persons)
            self._add("INSERT INTO questions (id, title) VALUES (?, ?)", [(q.id, q.title) for q in brief.questions])
            questions = [q.id for q in brief.questions for _ in q.accounts] + [None for _ in brief.agreed]
            for n, (question, a) in enumerate(zip(questions, brief.accounts(), strict=True), 1):
                o = a.origins
                self._add(
                    "INSERT INTO accounts (number, id, question, title, low, high, reasons, measured)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [(n, a.id, question, a.title, o.low, o.high, _json(o.reasons), o.measured)],
                )
                self._add("INSERT INTO account_claims (account, claim) VALUES (?, ?)", [(n, c) for c in a.claims])
                self._add("INSERT INTO account_sources (account, source) VALUES (?, ?)", [(n, s) for s in a.sources])

    def brief(self) -> Brief | None:
        """The brief that was saved last; None where there never was one. `uncompared` says what came after it."""
        with self._moment():
            if not self._rows("SELECT 1 FROM briefs"):
                return None
            compared = "JOIN brief_documents b ON b.document = documents.id ORDER BY b.number"
            counted = "JOIN brief_sources b ON b.source = sources.number ORDER BY b.number"
            persons: dict[int, list[str]] = {}
            for person, source in self._rows("SELECT person, source FROM persons ORDER BY number"):
                persons.setdefault(person, []).append(source)
            accounts: dict[str | None, list[Account]] = {}
            for question, account in self._accounts():
                accounts.setdefault(question, []).append(account)
            questions = self._rows("SELECT id, title FROM questions ORDER BY number")
            brief = Brief(
                documents=tuple(self._records(Document, "documents", compared)),
                sources=tuple(self._records(Source, "sources", counted)),
                claims=tuple(self._records(Claim, "claims", "ORDER BY number")),
                relations=tuple(self._records(Relation, "relations", "ORDER BY number")),
                questions=tuple(Question(id=q, title=t, accounts=tuple(accounts.get(q, ()))) for q, t in questions),
                persons=tuple(map(tuple, persons.values())),
                agreed=tuple(accounts.get(None, ())),
                alone=tuple(c for (c,) in self._rows("SELECT id FROM claims WHERE alone IS NOT NULL ORDER BY alone")),
                reuse=tuple(self._records(Reuse, "reuse", "ORDER BY number")),
                circles=tuple(self._records(Circle, "circles", "ORDER BY number")),
                origins=tuple(self._records(Origin, "origins", "ORDER BY number")),
                versions=tuple(self._records(Version, "versions", "ORDER BY number")),
            )
            with as_written(self.path):
                _refer(brief)
            return brief

    def uncompared(self) -> tuple[str, ...]:
        """The ids of the documents that the saved brief knows nothing of: those added since, or all."""
        known = "SELECT document FROM brief_documents"
        return tuple(d for (d,) in self._rows(f"SELECT id FROM documents WHERE id NOT IN ({known}) ORDER BY number"))

    # A cache of the judge

    def answers(self, model: str) -> dict[tuple[str, str], Answers]:
        """The pairs of claims that this model (its digest) read already, and what it made of them."""
        rows = self._rows("SELECT a, b, neither, alike, otherwise FROM answers WHERE model = ?", model)
        with as_written(self.path):
            kept = msgspec.convert(rows, list[tuple[str, str, float, float, float]])
        return {(a, b): (n, x, o) for a, b, n, x, o in kept}

    def keep_answers(self, model: str, answers: Mapping[tuple[str, str], Answers]) -> None:
        """Keep what this model made of pairs of claims, in place of what another model said of them."""
        with self._change():
            self._add(
                "INSERT OR REPLACE INTO answers (a, b, model, neither, alike, otherwise) VALUES (?, ?, ?, ?, ?, ?)",
                [(a, b, model, *three) for (a, b), three in answers.items()],
            )

    def drop_caches(self) -> None:
        """Forget what the judge made of pairs. It is worked out again when it is needed."""
        with self._change():
            self._add("DELETE FROM answers", [()])

    # Reviews

    def review(
        self,
        kind: str,
        digest: str,
        exact: str,
        action: str,
        *,
        prefix: str = "",
        suffix: str = "",
        value: Any = None,
        note: str = "",
    ) -> Review:
        """Log what a person decided. The value may be anything that JSON can hold."""
        row = (kind, digest, exact, prefix, suffix, action, _json(value), note)
        columns = "kind, digest, exact, prefix, suffix, action, value, note"
        with self._change():
            self._add(f"INSERT INTO reviews ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row])
            return self._reviews("WHERE number = last_insert_rowid()")[0]

    def reviews(self) -> tuple[Review, ...]:
        """Everything that was reviewed, in that order."""
        return self._reviews("ORDER BY number")

    def settle(self) -> None:
        """Move what SQLite keeps beside the file into it, where no other process reads just now: then the file alone is
        the case."""
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    # Finding

    def search(self, words: str, limit: int = 20, marks: tuple[str, str] = ("[", "]")) -> tuple[Hit, ...]:
        """Documents, then sources, then claims in which all these words stand, in any form; the best first. Of more
        than SOUGHT different words the first are sought. marks: what stands around the words found."""
        different = {w.lower(): w for w in reversed(words.replace("\0", " ").split())}  # one word 600 times took 50 s
        query = " ".join('"' + w.replace('"', '""') + '"' for w in list(reversed(different.values()))[:SOUGHT])
        hits: list[Hit] = []
        if not query:
            return ()
        for table, document in (("documents", "id"), ("sources", "document"), ("claims", "document")):
            rows = self._rows(
                f"SELECT t.id, t.{document}, snippet({table}_words, -1, ?, ?, '…', 16)"
                f" FROM {table}_words JOIN {table} t ON t.number = {table}_words.rowid"
                f" WHERE {table}_words MATCH ? ORDER BY rank LIMIT ?",
                *marks,
                query,
                limit - len(hits),
            )
            hits += [Hit(*row) for row in rows]
        return tuple(hits)

    def find(self, record_id: str) -> Found:
        """The record of this id, or of the only id that begins so; a relation's is those of its claims with a colon
        between. UnknownIdError where there is none or more than one."""
        with self._moment():
            if ":" in record_id:
                a, b = sorted(self._resolve(part, ("claims",))[1] for part in record_id.split(":", 1))
                relations = list(self._records(Relation, "relations", "WHERE a = ? AND b = ? ORDER BY number", a, b))
                if not relations:
                    raise UnknownIdError(
                        f"{a} and {b} are claims, but nothing is known of how they stand to each other"
                    )
                return self._found(f"{a}:{b}", relations[0])
            table, known = self._resolve(record_id)
            if table == "questions":
                ((title,),) = self._rows("SELECT title FROM questions WHERE id = ?", known)
                return self._found(known, Question(id=known, title=title, accounts=tuple(self._accounts_of(known))))
            if table == "accounts":
                return self._found(known, next(a for _, a in self._accounts("WHERE id = ?", known)))
            return self._found(known, self._one(_RECORD_OF[table], table, "id = ?", known))

    def _resolve(self, record_id: str, tables: Sequence[str] = ()) -> tuple[str, str]:
        """The table and full id of the record of this id, or of the only one that begins so."""
        if not record_id.isascii():  # no id is; and what is no text, as from a shell, SQLite does not take
            raise self._unknown(record_id)
        among = tables or tuple(_RECORD_OF)
        begins = " UNION ".join(f"SELECT '{t}', id FROM {t} WHERE id >= ?1 AND id < ?1 || char(1114111)" for t in among)
        rows = self._rows(f"{begins} LIMIT {_CANDIDATES}", record_id) if record_id else []
        exact = [row for row in rows if row[1] == record_id] or rows
        if not rows:
            raise self._unknown(record_id)
        if len(exact) > 1:
            ids = [known for _, known in exact]
            more = ", …" if len(ids) == _CANDIDATES else ""
            raise UnknownIdError(
                f"{record_id} is the beginning of several ids: {', '.join(ids[:-1] if more else ids)}{more}"
            )
        return exact[0]

    def _unknown(self, record_id: str) -> UnknownIdError:
        case = shlex.quote(str(self.path))
        return UnknownIdError(
            f"{self.path} holds nothing with the id {record_id or '(empty)'}; "
            f"its claims, accounts and questions are named by: reportedly compare {case}, "
            f"its reports by: reportedly show {case}"
        )

    def _claim(self, record_id: str) -> Claim:
        """The claim of this id. CaseError where there is none, though something of the case refers to it."""
        return self._one(Claim, "claims", "id = ?", record_id)

    def _found(self, record_id: str, record: Record) -> Found:
        """A record with its passages and what it refers to."""
        match record:
            case Document():
                report = self.report(record.id)
                return Found(
                    id=record_id,
                    record=record,
                    passages=tuple(p for a in report.attributions for p in _passages(record, a)),
                    attributions=report.attributions,
                    sources=report.sources,
                    claims=tuple(self._records(Claim, "claims", "WHERE document = ? ORDER BY number", record.id)),
                    unread=report.unread,
                    notes=report.notes,
                    versions=tuple(self._records(Version, "versions", "WHERE ?1 IN (earlier, later)", record.id)),
                )
            case Attribution():
                document = self._home("attributions", record.id)
                names = dict.fromkeys((*(link.source for link in record.chain), record.speaker))
                return Found(
                    id=record_id,
                    record=record,
                    passages=tuple(_passages(document, record)),
                    sources=self._sources_of(names),
                    claims=tuple(self._records(Claim, "claims", "WHERE attribution = ? ORDER BY number", record.id)),
                )
            case Source():
                said = self._records(Attribution, "attributions", "WHERE speaker = ? ORDER BY number", record.id)
                return Found(
                    id=record_id,
                    record=record,
                    passages=tuple(_passages(self._home("sources", record.id), record)),
                    attributions=tuple(said),
                    sources=self._sources_of(record.members),
                )
            case Claim():
                ask = "WHERE ?1 IN (a, b) ORDER BY number"
                relations = self._records(Relation, "relations", ask, record.id)
                others = [
                    (relation, other)  # one that is not there is left out, for the claim itself can still be shown
                    for relation in relations
                    for other in self._records(
                        Claim, "claims", "WHERE id = ?", relation.b if relation.a == record.id else relation.a
                    )
                ]
                found = self._on_claims(record_id, record, [record], (r for r, _ in others))
                return msgspec.structs.replace(found, claims=(record, *(c for _, c in others)))
            case Relation():
                pair = [self._claim(record.a), self._claim(record.b)]
                found = self._on_claims(record_id, record, pair)
                for document in self._records(Document, "documents", "WHERE id = ?", record.stated_in):
                    stated = (_passage(document, record_id, "stated", s) for s in record.stated or ())
                    found = msgspec.structs.replace(found, passages=(*found.passages, *stated))
                return found
            case Account():
                return self._on_claims(record_id, record, map(self._claim, record.claims), (), record.sources)
            case Question():
                accounts = record.accounts
                claims = dict.fromkeys(c for a in accounts for c in a.claims)
                sources = [s for a in accounts for s in a.sources]
                return self._on_claims(record_id, record, map(self._claim, claims), (), sources)
            case Origin():
                homes = {d: self._document(d) for d in (*record.documents, *(e.document for e in record.evidence))}
                return Found(
                    id=record_id,
                    record=record,
                    passages=tuple(
                        _passage(homes[e.document], record_id, "evidence", s) for e in record.evidence for s in e.spans
                    ),
                    sources=self._sources_of(record.sources),
                    documents=tuple(homes[d] for d in record.documents),
                )

    def _on_claims(
        self,
        record_id: str,
        record: Record,
        claims: Iterable[Claim],
        relations: Iterable[Relation] = (),
        sources: Iterable[str] = (),
    ) -> Found:
        """A record that is shown by these claims."""
        claims = tuple(claims)
        homes = {d: self._document(d) for d in dict.fromkeys(c.document for c in claims)}
        return Found(
            id=record_id,
            record=record,
            passages=tuple(_passage(homes[c.document], c.id, "claim", s) for c in claims for s in c.spans),
            sources=self._sources_of(dict.fromkeys((*(c.speaker for c in claims), *sources))),
            claims=claims,
            relations=tuple(relations),
        )

    def _document(self, document_id: str) -> Document:
        return self._one(Document, "documents", "id = ?", document_id)

    def _home(self, table: str, record_id: str) -> Document:
        """The document of an attribution or a source."""
        own = f"id = (SELECT document FROM {table} WHERE id = ? ORDER BY number LIMIT 1)"
        return self._one(Document, "documents", own, record_id)

    def _sources_of(self, ids: Iterable[str | None]) -> tuple[Source, ...]:
        """The sources with these ids, in this order."""
        where = "WHERE id = ? ORDER BY number LIMIT 1"
        return tuple(s for i in ids if i for s in self._records(Source, "sources", where, i))

    # Rows

    def _report(self, number: int) -> Report:
        ((document_id, assumed),) = self._rows("SELECT id, assumed FROM documents WHERE number = ?", number)
        own = "WHERE document = ? ORDER BY number"
        with as_written(self.path):
            return Report(
                self._document(document_id),
                tuple(self._records(Attribution, "attributions", own, document_id)),
                tuple(self._records(Source, "sources", own, document_id)),
                tuple(self._records(Unread, "unread", own, document_id)),
                msgspec.json.decode(assumed, type=tuple[str, ...]),
                tuple(self._records(Region, "regions", own, document_id)),
                tuple(self._records(Note, "notes", own, document_id)),
            )

    def _sources(self) -> Iterator[tuple[int, Source]]:
        """Every source with the number of its row (two sources of a document may share an id)."""
        numbers = self._rows("SELECT number FROM sources ORDER BY number")
        for (number,), source in zip(numbers, self._records(Source, "sources", "ORDER BY number"), strict=True):
            yield number, source

    def _accounts(self, where: str = "", *values: Any) -> Iterator[tuple[str | None, Account]]:
        """Accounts, each with the id of its question; None for what is agreed."""
        rows = self._rows(
            "SELECT question, id, title, low, high, measured, reasons,"
            " (SELECT json_group_array(claim) FROM"
            "   (SELECT claim FROM account_claims WHERE account = accounts.number ORDER BY number)),"
            " (SELECT json_group_array(source) FROM"
            "   (SELECT source FROM account_sources WHERE account = accounts.number ORDER BY number))"
            f" FROM accounts {where} ORDER BY number",
            *values,
        )
        for question, own, title, low, high, measured, *lists in rows:
            with as_written(self.path):
                reasons, claims, sources = (msgspec.json.decode(x, type=tuple[str, ...]) for x in lists)
                low, high = msgspec.convert((low, high), tuple[int, int])
                origins = Origins(low, high, reasons, bool(measured))
            yield question, Account(id=own, title=title, claims=claims, sources=sources, origins=origins)

    def _accounts_of(self, question: str) -> Iterator[Account]:
        return (account for _, account in self._accounts("WHERE question = ?", question))

    def _reviews(self, where: str) -> tuple[Review, ...]:
        return tuple(self._records(Review, "reviews", where))

    def _records(self, record: type[R], table: str, where: str, *values: Any) -> Iterator[R]:
        """The rows of a table as records. CaseError where one is none."""
        columns, kinds = _columns(record), _kinds(record)
        names = ", ".join(f"{table}.{name}" for name in columns)
        for row in self._rows(f"SELECT {names} FROM {table} {where}", *values):
            with as_written(self.path):
                fields = zip(columns.items(), msgspec.convert(row, kinds), strict=True)
                made = record(**{n: v if v is None or of is None else of(v) for (n, of), v in fields})
                if isinstance(made, Claim) and not made.spans:
                    raise ValueError("a claim of no words")
                if isinstance(made, Circle) and not made.outlets:
                    raise ValueError("a circle of no outlets")
            yield made

    def _one(self, record: type[R], table: str, condition: str, *values: Any) -> R:
        """The first row of a table for which this holds, as a record. CaseError where there is none."""
        for found in self._records(record, table, f"WHERE {condition} ORDER BY number LIMIT 1", *values):
            return found
        raise foreign(self.path)

    def _insert(self, table: str, records: Sequence[msgspec.Struct], **beside: str) -> None:
        """Records as rows of a table, tuples as JSON, each with what is said beside."""
        if records:
            columns = list(_columns(type(records[0])))
            marks = ", ".join("?" * (len(columns) + len(beside)))
            values = ([getattr(r, c) for c in columns] for r in records)
            rows = [
                [*(_json(v) if isinstance(v, tuple | Span) else v for v in row), *beside.values()] for row in values
            ]
            self._add(f"INSERT INTO {table} ({', '.join([*columns, *beside])}) VALUES ({marks})", rows)

    def _add(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with plainly(self.path):
            rows = self._connection.execute(sql, values).fetchall()
        if any(isinstance(value, bytes) for row in rows for value in row):
            raise foreign(self.path)  # SQLite keeps them in columns of text, too
        return rows

    @contextmanager
    def _change(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        """One transaction: all that is done within, or nothing."""
        with plainly(self.path):
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk ends it by itself
                    self._connection.execute("ROLLBACK")
                raise

    def _moment(self) -> AbstractContextManager[None]:
        """All that is read within is of one moment, whatever other processes write."""
        return self._change("BEGIN")


def _own_address(url: str | None, address: str | None) -> str | None:
    """The address by which versions of a page are told: what it gives itself, unless it was had from another site, for
    no page speaks for another site."""
    if url and address and site_of(url) != site_of(address):
        url = address
    return same_address(url) if url else None


def _refer(brief: Brief) -> None:
    """ValueError where a brief refers to claims or documents that are not in it."""
    versions = [(*v.added, *v.dropped, *chain(*v.changed, *v.corrected)) for v in brief.versions]
    told = [(r.a, r.b) for r in brief.relations] + [a.claims for a in brief.accounts()]
    if not {*chain(brief.alone, *told, *versions)} <= {c.id for c in brief.claims}:
        raise ValueError("the brief refers to claims that are not in it")
    pairs = [(r.a, r.b) for r in brief.reuse] + [(v.earlier, v.later) for v in brief.versions]
    homes = [c.document for c in brief.claims]
    if not {*chain(homes, *pairs, *(o.documents for o in brief.origins))} <= {d.id for d in brief.documents}:
        raise ValueError("the brief refers to documents that are not in it")


def _dress(outlet: str | None, published: str | None, url: str | None, address: str | None) -> tuple[str, ...]:
    """What two documents of the same words must have in common to be one."""
    day = (published or "")[:10] if _DAY.match(published or "") else published or ""
    return (outlet or "").casefold(), day, site_of(_own_address(url, address) or "")


def _passage(document: Document, record: str, part: str, span: Span) -> Passage:
    return Passage(document=document, record=record, part=part, span=span)


def _passages(document: Document, record: Attribution | Source) -> Iterator[Passage]:
    """The spans of an attribution or a source with their parts."""
    parts = (
        {part: getattr(record, part) for part in ("cue", "source", "content", "addressee")}
        | {"link": tuple(span for link in record.chain for span in link.spans if span not in record.source)}
        if isinstance(record, Attribution)
        else {"mention": record.mentions, "role": record.role_spans, "anonymity": record.anonymity}
    )
    for part, spans in parts.items():
        for span in spans:
            yield _passage(document, record.id, part, span)


# Rows and records


@cache
def _columns(record: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a record, each with what makes its value of a column's (None: the column's own is it)."""
    return {field.name: _decoder(field.type) for field in msgspec.structs.fields(record)}


@cache
def _kinds(record: type[msgspec.Struct]) -> Any:
    """What a row of a record's columns holds: numbers stand for what is true, text for all that is JSON."""
    kinds = (
        int if f.type is bool else f.type if _decoder(f.type) is None else str | None if _empty(f.type) else str
        for f in msgspec.structs.fields(record)
    )
    return tuple[tuple(kinds)]  # type: ignore[misc]


def _empty(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _decoder(kind: Any) -> Any:
    if kind is bool:
        return bool
    if kind in (Any, Span) or any(get_origin(k) is tuple for k in (kind, *get_args(kind))):
        return msgspec.json.Decoder(kind).decode
    return None


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
