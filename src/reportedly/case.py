"""A case: one SQLite file with everything about one matter. The only SQL.

Facts are kept: original bytes, documents, what was not read, attributions, sources. Triggers refuse to change or delete
them, and `put` writes each document in one transaction, so a case that was cut off holds every finished document once.
Judgements (claims, relations, questions, accounts, persons) are replaced as a whole by `save`. Reviews are a log.
What the judge made of pairs is a cache, and may be dropped at any time. `docs/case.md` describes every table.

A document is known by its content: the same text with the same title, outlet, byline, date and address is one document,
whatever its file is called and however it is encoded; with another outlet or date it is a report of its own.
"""

import os
import re
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, get_args, get_origin

import msgspec

from .addresses import same_address, site_of
from .records import (
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

Record = Document | Attribution | Source | Claim | Relation | Question | Account
Answers = tuple[float, float, float]
"""Log odds that two claims answer no question in common, one alike, one otherwise."""

APPLICATION = int.from_bytes(b"Rptd", "big")  # how SQLite files tell whose they are
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAGIC = b"SQLite format 3\0"
_CANDIDATES = 6  # ids named where a prefix is ambiguous, and one to know that there are more
R = TypeVar("R", bound=msgspec.Struct)


class CaseError(Exception):
    """A case that cannot be opened, read or written; says in a line what is wrong and what to do."""


class UnknownIdError(CaseError):
    """No record, or more than one, has this id."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A span where it stands: its document, the id of the record it belongs to, and the part it plays there (cue,
    source, content, addressee, link; mention, role, anonymity; claim; stated)."""

    document: Document
    record: str
    part: str
    span: Span


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a case with what is needed to show it.

    id: in full. passages: its spans, or those of its claims; of a document, those of its attributions. sources, claims:
    those it refers to (of a document, all). attributions: of a document, its attributions; of a source, those that go
    back to it. relations: of a claim. unread, notes, versions: of a document."""

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
        with _plain(path):
            writable = _expect(path, create)
            mode = ("rwc" if create else "rw") if writable else "ro" + "&immutable=1" * (not _log_of(path).exists())
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
            )
            try:
                connection.create_function("same_address", 1, same_address, deterministic=True)
                _migrate(path, connection, writable, wait)
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE would delete unseen
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the file. What was put or saved is in it already."""
        with _plain(self.path):
            self._connection.close()

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
        same, in the order they were added."""
        return dict(self._rows("SELECT document, address FROM addresses ORDER BY number"))

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
        """The original bytes of this digest. UnknownIdError where the case does not hold them."""
        rows = self._rows("SELECT content FROM originals WHERE digest = ?", digest)
        if not rows:
            raise UnknownIdError(f"{self.path} holds no original with the digest {digest}")
        return zlib.decompress(rows[0][0])

    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order they were added."""
        return tuple(self._records(Document, "documents", "ORDER BY number"))

    def counts(self) -> dict[str, int]:
        """How many attributions each document has, by its id, in the order they were added."""
        own = "SELECT count(*) FROM attributions WHERE document = documents.id"
        return dict(self._rows(f"SELECT id, ({own}) FROM documents ORDER BY number"))

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
            told = [a for q in brief.questions for a in q.accounts] + list(brief.agreed)
            referred = {i for r in brief.relations for i in (r.a, r.b)} | {c for a in told for c in a.claims}
            if not referred | set(brief.alone) <= {c.id for c in brief.claims}:
                raise ValueError("the brief refers to claims that are not in it")
            for table in _JUDGEMENTS:
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
            for n, (question, a) in enumerate(zip(questions, told, strict=True), 1):
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
            return Brief(
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

    def uncompared(self) -> tuple[str, ...]:
        """The ids of the documents that the saved brief knows nothing of: those added since, or all."""
        known = "SELECT document FROM brief_documents"
        return tuple(d for (d,) in self._rows(f"SELECT id FROM documents WHERE id NOT IN ({known}) ORDER BY number"))

    # A cache of the judge

    def answers(self, model: str) -> dict[tuple[str, str], Answers]:
        """The pairs of claims that this model (its digest) read already, and what it made of them."""
        rows = self._rows("SELECT a, b, neither, alike, otherwise FROM answers WHERE model = ?", model)
        return {(a, b): (n, x, o) for a, b, n, x, o in rows}

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
        """Documents, then sources, then claims in which all these words stand, in any form; the best first. marks: what
        stands around the words found."""
        query = " ".join('"' + w.replace('"', '""') + '"' for w in words.replace("\0", " ").split())
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
                first, second = (self._claim(part) for part in record_id.split(":", 1))
                a, b = sorted((first.id, second.id))
                relations = list(self._records(Relation, "relations", "WHERE a = ? AND b = ? ORDER BY number", a, b))
                if not relations:
                    raise UnknownIdError(
                        f"{a} and {b} are claims, but nothing is known of how they stand to each other"
                    )
                return self._found(f"{a}:{b}", relations[0])
            table, known = self._resolve(record_id)
            where = "WHERE id = ? ORDER BY number LIMIT 1"
            if table == "questions":
                ((title,),) = self._rows("SELECT title FROM questions WHERE id = ?", known)
                return self._found(known, Question(id=known, title=title, accounts=tuple(self._accounts_of(known))))
            if table == "accounts":
                return self._found(known, next(a for _, a in self._accounts("WHERE id = ?", known)))
            return self._found(known, next(self._records(_RECORD_OF[table], table, where, known)))

    def _resolve(self, record_id: str, tables: Sequence[str] = ()) -> tuple[str, str]:
        """The table and full id of the record of this id, or of the only one that begins so."""
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
        return UnknownIdError(
            f"{self.path} holds nothing with the id {record_id or '(empty)'}; "
            f"its documents are listed by: reportedly show {self.path}"
        )

    def _claim(self, record_id: str) -> Claim:
        _, known = self._resolve(record_id, ("claims",))
        return next(self._records(Claim, "claims", "WHERE id = ?", known))

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
                relations = tuple(self._records(Relation, "relations", ask, record.id))
                found = self._on_claims(record_id, record, [record], relations)
                others = (self._claim(r.b if r.a == record.id else r.a) for r in relations)
                return msgspec.structs.replace(found, claims=(record, *others))
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
        return next(self._records(Document, "documents", "WHERE id = ?", document_id))

    def _home(self, table: str, record_id: str) -> Document:
        """The document of an attribution or a source."""
        where = f"WHERE id = (SELECT document FROM {table} WHERE id = ? ORDER BY number LIMIT 1)"
        return next(self._records(Document, "documents", where, record_id))

    def _sources_of(self, ids: Iterable[str | None]) -> tuple[Source, ...]:
        """The sources with these ids, in this order."""
        where = "WHERE id = ? ORDER BY number LIMIT 1"
        return tuple(s for i in ids if i for s in self._records(Source, "sources", where, i))

    # Rows

    def _report(self, number: int) -> Report:
        ((document_id, assumed),) = self._rows("SELECT id, assumed FROM documents WHERE number = ?", number)
        own = "WHERE document = ? ORDER BY number"
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
            reasons, claims, sources = (msgspec.json.decode(x, type=tuple[str, ...]) for x in lists)
            origins = Origins(low, high, reasons, bool(measured))
            yield question, Account(id=own, title=title, claims=claims, sources=sources, origins=origins)

    def _accounts_of(self, question: str) -> Iterator[Account]:
        return (account for _, account in self._accounts("WHERE question = ?", question))

    def _reviews(self, where: str) -> tuple[Review, ...]:
        return tuple(self._records(Review, "reviews", where))

    def _records(self, record: type[R], table: str, where: str, *values: Any) -> Iterator[R]:
        """The rows of a table as records."""
        columns = _columns(record)
        names = ", ".join(f"{table}.{name}" for name in columns)
        for row in self._rows(f"SELECT {names} FROM {table} {where}", *values):
            fields = zip(columns.items(), row, strict=True)
            yield record(**{n: v if v is None or of is None else of(v) for (n, of), v in fields})

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
        with _plain(self.path):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _change(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        """One transaction: all that is done within, or nothing."""
        with _plain(self.path):
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


def _decoder(kind: Any) -> Any:
    if kind is bool:
        return bool
    if kind in (Any, Span) or any(get_origin(k) is tuple for k in (kind, *get_args(kind))):
        return msgspec.json.Decoder(kind).decode
    return None


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


# The file


def _log_of(path: Path) -> Path:
    """Where SQLite writes first, before it is moved to the file itself."""
    return path.with_name(path.name + "-wal")


def _expect(path: Path, create: bool) -> bool:
    """Whether the file may be written. CaseError where it is none that could be a case."""
    folder = path.absolute().parent
    if path.is_dir():
        raise CaseError(f"{path} is a folder; name a file for the case")
    if not path.exists():
        if not folder.is_dir():
            raise CaseError(f"{path}: there is no folder {folder}; make it first")
        if not create:
            raise CaseError(f"{path}: there is no such case; make it with: reportedly add {path} FILE...")
        if not os.access(folder, os.W_OK):
            raise CaseError(f"{path} cannot be made: {folder} may not be written; name another place")
        return True
    if not path.is_file():
        raise CaseError(f"{path} is no regular file; name a file for the case")
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise CaseError(f"{path} is not a case but some other file; name the case first, then the files to add")
    writable = os.access(path, os.W_OK) and os.access(folder, os.W_OK)  # SQLite writes beside the file too
    if create and not writable:
        raise CaseError(f"{path} may not be written (the file or its folder is read-only); copy it where it may")
    return writable


def _migrate(path: Path, connection: sqlite3.Connection, writable: bool, wait: float) -> None:
    """Bring the file to this version's schema. CaseError where it is no case, or of a newer schema."""

    def version() -> int:
        ((made_by,),) = connection.execute("PRAGMA application_id").fetchall()
        ((schema,),) = connection.execute("PRAGMA user_version").fetchall()
        if made_by != APPLICATION and (
            made_by or schema or connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        ):
            raise CaseError(f"{path} is an SQLite file, but not a case; name another file")
        if schema > len(_MIGRATIONS):
            known = len(_MIGRATIONS)
            raise CaseError(
                f"{path} was made by a newer reportedly (schema {schema}, known: {known}); upgrade reportedly"
            )
        return int(schema)

    if version() == len(_MIGRATIONS):
        return
    if not writable:
        raise CaseError(f"{path} is of an older schema and may not be written; copy it where it may")
    patience = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as e:  # SQLite itself does not wait where two do this at once
            if e.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.02)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in _MIGRATIONS[version() :]:  # another process may have been quicker
            for statement in migration.strip().split("\n\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_SAID = {
    sqlite3.SQLITE_BUSY: "is locked by another process that writes to it; try again when that is done",
    sqlite3.SQLITE_LOCKED: "is locked by another process that writes to it; try again when that is done",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room and run this again, what is in it already is safe",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk failed or is full; what is in it already is safe",
    sqlite3.SQLITE_READONLY: "may not be written (the file or its folder is read-only); copy it where it may",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; see who may read and write the file and its folder",
    sqlite3.SQLITE_PERM: "cannot be opened; see who may read and write the file and its folder",
    sqlite3.SQLITE_CORRUPT: "is damaged; take a copy of it, or save what is left with: sqlite3 CASE .recover",
    sqlite3.SQLITE_NOTADB: "is not a case but some other file, or damaged at its very start; name another file",
}


@contextmanager
def _plain(path: Path) -> Iterator[None]:
    """What SQLite and the system say of a file, in plain words."""
    try:
        yield
    except sqlite3.Error as e:
        said = _SAID.get(getattr(e, "sqlite_errorcode", 0) & 0xFF)  # the rest of the code is the finer cause
        if said is None:
            raise
        raise CaseError(f"{path} {said}") from e
    except OSError as e:
        raise CaseError(f"{path} cannot be opened: {e.strerror or e}") from e


# The schema. Statements stand apart by an empty line. What is written here is shown by every SQL tool.

_RECORD_OF: dict[str, Any] = {
    "documents": Document,
    "attributions": Attribution,
    "sources": Source,
    "claims": Claim,
    "questions": Question,
    "accounts": Account,
}
_FACTS = ("originals", "documents", "files", "unread", "attributions", "sources", "reviews")
_LATER_FACTS = ("regions", "notes", "met")
_JUDGEMENTS = (  # what refers to others comes first
    "account_sources",
    "account_claims",
    "accounts",
    "questions",
    "persons",
    "relations",
    "claims",
    "versions",
    "origins",
    "circles",
    "reuse",
    "brief_sources",
    "brief_documents",
    "briefs",
)

_TABLES = """
CREATE TABLE originals ( -- the bytes of every file that was added, once
    digest TEXT PRIMARY KEY, -- "sha256:" and the digest of the bytes
    size INTEGER NOT NULL,
    content BLOB NOT NULL -- compressed with zlib
)

CREATE TABLE documents ( -- reports, exactly as they were read; places count characters of text from 0
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    outlet TEXT,
    published TEXT,
    title TEXT,
    byline TEXT,
    url TEXT,
    language TEXT,
    text TEXT NOT NULL,
    kept REAL NOT NULL, -- share of the page's words that are in text
    assumed TEXT NOT NULL, -- JSON: what to be warned of
    file TEXT NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES originals (digest)
)

CREATE TABLE files ( -- which file gave which document; one document may come in several encodings
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    digest TEXT NOT NULL REFERENCES originals (digest),
    file TEXT NOT NULL, -- the path as first given
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ')),
    UNIQUE (document, digest)
)

CREATE INDEX files_by_digest ON files (digest)

CREATE TABLE unread ( -- what of the input was not read, and why
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    reason TEXT NOT NULL,
    start INTEGER,
    end INTEGER
)

CREATE INDEX unread_by_document ON unread (document)

CREATE TABLE attributions ( -- who says what by which words; spans are JSON, the view statements has them in words
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id),
    speaker TEXT, -- id of the source it goes back to
    cue TEXT NOT NULL,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    addressee TEXT NOT NULL,
    speech TEXT NOT NULL,
    within TEXT, -- id of the attribution whose content holds this one
    confidence REAL NOT NULL,
    chain TEXT NOT NULL -- JSON: the way from the report to the speaker
)

CREATE INDEX attributions_by_id ON attributions (id)

CREATE INDEX attributions_by_document ON attributions (document)

CREATE INDEX attributions_by_speaker ON attributions (speaker)

CREATE TABLE sources ( -- who attributions go back to, document by document
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    named INTEGER NOT NULL,
    official INTEGER NOT NULL,
    role TEXT,
    role_spans TEXT NOT NULL,
    anonymity TEXT NOT NULL, -- JSON: where the text says why it is not named
    members TEXT NOT NULL, -- JSON: ids of those who speak together
    mentions TEXT NOT NULL
)

CREATE INDEX sources_by_id ON sources (id)

CREATE INDEX sources_by_document ON sources (document)

CREATE TABLE reviews ( -- what people decided, never changed; the record is found by its words in the original
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    action TEXT NOT NULL,
    value TEXT NOT NULL, -- JSON
    note TEXT NOT NULL,
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ'))
)

CREATE TABLE briefs ( -- one row where the judgements below were saved
    number INTEGER PRIMARY KEY,
    saved TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ'))
)

CREATE TABLE brief_documents ( -- what the brief was made of
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE REFERENCES documents (id)
)

CREATE TABLE brief_sources (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (number)
)

CREATE TABLE origins ( -- independent roots, as a range
    number INTEGER PRIMARY KEY,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    reasons TEXT NOT NULL
)

CREATE TABLE claims ( -- what is held to be so
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (id),
    text TEXT NOT NULL, -- what pronouns mean is added in square brackets
    position TEXT NOT NULL, -- how its speaker stands to it
    speaker TEXT, -- id of a source
    attribution TEXT,
    spans TEXT NOT NULL,
    alone INTEGER -- its place among the claims that nobody else speaks to
)

CREATE INDEX claims_by_document ON claims (document)

CREATE INDEX claims_by_attribution ON claims (attribution)

CREATE TABLE relations ( -- how two claims stand to each other
    number INTEGER PRIMARY KEY,
    a TEXT NOT NULL REFERENCES claims (id),
    b TEXT NOT NULL REFERENCES claims (id),
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    stated TEXT, -- JSON: where a report says so itself
    stated_in TEXT
)

CREATE INDEX relations_by_a ON relations (a, b)

CREATE INDEX relations_by_b ON relations (b)

CREATE TABLE persons ( -- sources of several documents that are one person or body
    number INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    source TEXT NOT NULL
)

CREATE TABLE questions ( -- matters on which accounts differ
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL
)

CREATE TABLE accounts ( -- answers to a question; without a question: what is agreed
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    question TEXT REFERENCES questions (id),
    title TEXT NOT NULL,
    low INTEGER NOT NULL, -- independent origins, at least
    high INTEGER NOT NULL, -- at most
    reasons TEXT NOT NULL
)

CREATE TABLE account_claims (
    number INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (number),
    claim TEXT NOT NULL REFERENCES claims (id)
)

CREATE INDEX account_claims_by_account ON account_claims (account)

CREATE INDEX account_claims_by_claim ON account_claims (claim)

CREATE TABLE account_sources (
    number INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (number),
    source TEXT NOT NULL
)

CREATE INDEX account_sources_by_account ON account_sources (account)

CREATE TABLE scores ( -- a cache: how a model judged two claims; may be emptied
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    model TEXT NOT NULL,
    supports REAL NOT NULL,
    disputes REAL NOT NULL,
    related REAL NOT NULL,
    unrelated REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID

CREATE VIRTUAL TABLE documents_words USING fts5 (
    title, text, content = 'documents', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
)

CREATE VIRTUAL TABLE sources_words USING fts5 (
    name, role, content = 'sources', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
)

CREATE VIRTUAL TABLE claims_words USING fts5 (
    text, content = 'claims', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
)

CREATE TRIGGER documents_found AFTER INSERT ON documents BEGIN
    INSERT INTO documents_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END

CREATE TRIGGER sources_found AFTER INSERT ON sources BEGIN
    INSERT INTO sources_words (rowid, name, role) VALUES (new.number, new.name, new.role);
END

CREATE TRIGGER claims_found AFTER INSERT ON claims BEGIN
    INSERT INTO claims_words (rowid, text) VALUES (new.number, new.text);
END

CREATE TRIGGER claims_lost AFTER DELETE ON claims BEGIN
    INSERT INTO claims_words (claims_words, rowid, text) VALUES ('delete', old.number, old.text);
END

CREATE VIEW spans AS -- every place in a document, in its words
    SELECT a.document, a.id AS record, p.part, p.place AS number,
        p.span ->> '$.start' AS start, p.span ->> '$.end' AS end, p.span ->> '$.text' AS text
    FROM attributions a JOIN (
        SELECT number, 'cue' AS part, key AS place, value AS span FROM attributions, json_each(cue)
        UNION ALL SELECT number, 'source', key, value FROM attributions, json_each(source)
        UNION ALL SELECT number, 'content', key, value FROM attributions, json_each(content)
        UNION ALL SELECT number, 'addressee', key, value FROM attributions, json_each(addressee)
    ) p ON p.number = a.number
    UNION ALL
    SELECT s.document, s.id, p.part, p.place, p.span ->> '$.start', p.span ->> '$.end', p.span ->> '$.text'
    FROM sources s JOIN (
        SELECT number, 'mention' AS part, key AS place, value AS span FROM sources, json_each(mentions)
        UNION ALL SELECT number, 'role', key, value FROM sources, json_each(role_spans)
        UNION ALL SELECT number, 'anonymity', key, value FROM sources, json_each(anonymity)
    ) p ON p.number = s.number
    UNION ALL
    SELECT document, claims.id, 'claim', key, value ->> '$.start', value ->> '$.end', value ->> '$.text'
    FROM claims, json_each(claims.spans)

CREATE VIEW statements AS -- every attribution with its source, in words
    SELECT d.outlet, d.published, s.name AS source, s.kind, s.named, s.official, s.role,
        (SELECT group_concat(value ->> '$.text', ' … ') FROM json_each(a.cue)) AS cue,
        (SELECT group_concat(value ->> '$.text', ' … ') FROM json_each(a.content)) AS content,
        a.speech, a.confidence, d.file, a.document, a.id AS attribution,
        (SELECT min(value ->> '$.start') FROM json_each(a.content)) AS start,
        (SELECT max(value ->> '$.end') FROM json_each(a.content)) AS end
    FROM attributions a JOIN documents d ON d.id = a.document
    LEFT JOIN sources s ON s.number = (SELECT min(number) FROM sources WHERE id = a.speaker)
    ORDER BY a.number

CREATE VIEW who_says_what AS -- the same, to be read
    SELECT coalesce(source, '(nobody named)') AS who, cue AS says, content AS what, outlet, published FROM statements

CREATE VIEW competing_accounts AS -- every question, its accounts side by side, and who gives them
    SELECT q.title AS question, a.title AS account, c.text AS claim, c.position, s.name AS source, s.kind, s.named,
        d.outlet, d.published, a.low AS origins_at_least, a.high AS origins_at_most, c.document, c.id
    FROM questions q JOIN accounts a ON a.question = q.id
    JOIN account_claims l ON l.account = a.number JOIN claims c ON c.id = l.claim JOIN documents d ON d.id = c.document
    LEFT JOIN sources s ON s.number = (SELECT min(number) FROM sources WHERE id = c.speaker)
    ORDER BY q.number, a.number, l.number

CREATE VIEW who_disputes_whom AS -- pairs of claims of which one disputes the other
    SELECT r.score, r.reason, x.text AS claim, coalesce(s.name, dx.outlet) AS source, dx.outlet AS outlet,
        y.text AS other_claim, coalesce(t.name, dy.outlet) AS other_source, dy.outlet AS other_outlet, r.a, r.b
    FROM relations r JOIN claims x ON x.id = r.a JOIN claims y ON y.id = r.b
    JOIN documents dx ON dx.id = x.document JOIN documents dy ON dy.id = y.document
    LEFT JOIN sources s ON s.number = (SELECT min(number) FROM sources WHERE id = x.speaker)
    LEFT JOIN sources t ON t.number = (SELECT min(number) FROM sources WHERE id = y.speaker)
    WHERE r.kind = 'disputes' ORDER BY r.score DESC
"""

_KEPT = """
CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} BEGIN
    SELECT raise(ABORT, '{table} are kept as they are: facts are not changed');
END

CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} BEGIN
    SELECT raise(ABORT, '{table} are kept as they are: facts are not deleted');
END
"""

_ORIGINS = """
-- what was compared before knows nothing of origins
DELETE FROM brief_documents

DELETE FROM briefs

DROP TABLE origins

CREATE TABLE origins ( -- where several documents have something from
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, -- an outlet, an agency, a person, a document
    outlet TEXT, -- what an outlet is known by
    documents TEXT NOT NULL, -- JSON: ids of those that go back to it
    sources TEXT NOT NULL, -- JSON: ids of the sources that stand for it
    evidence TEXT NOT NULL -- JSON: why each document is thought to, with the words that show it
)

CREATE TABLE reuse ( -- two documents that share words or a source
    number INTEGER PRIMARY KEY,
    a TEXT NOT NULL REFERENCES documents (id),
    b TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL, -- copy, partly, shared source
    direction TEXT NOT NULL, -- a->b: b has it from a
    passages TEXT NOT NULL, -- JSON: the words, where they stand in each
    evidence TEXT NOT NULL
)

CREATE TABLE circles ( -- outlets that name each other for one claim, round in a circle
    number INTEGER PRIMARY KEY,
    outlets TEXT NOT NULL,
    evidence TEXT NOT NULL
)

-- measured is 0 where nothing is known by which origins are told apart
ALTER TABLE accounts ADD COLUMN measured INTEGER NOT NULL DEFAULT 1

CREATE VIEW who_took_from_whom AS -- pairs of documents that share words or a source, who was first where that is known
    SELECT coalesce(CASE r.direction WHEN 'b->a' THEN y.outlet ELSE x.outlet END,
            CASE r.direction WHEN 'b->a' THEN y.file ELSE x.file END) AS outlet,
        CASE r.direction WHEN 'undecided' THEN 'and' ELSE 'gave to' END AS how,
        coalesce(CASE r.direction WHEN 'b->a' THEN x.outlet ELSE y.outlet END,
            CASE r.direction WHEN 'b->a' THEN x.file ELSE y.file END) AS other_outlet, r.kind,
        coalesce((SELECT sum(value ->> '$.words') FROM json_each(r.passages)), 0) AS words,
        x.file AS file_a, y.file AS file_b, r.a, r.b
    FROM reuse r JOIN documents x ON x.id = r.a JOIN documents y ON y.id = r.b
    ORDER BY r.number
"""

_PLACES = """
-- member: where in the file it lies. address: where it was had from (url is what it says of itself)
ALTER TABLE documents ADD COLUMN member TEXT

ALTER TABLE documents ADD COLUMN updated TEXT

ALTER TABLE documents ADD COLUMN address TEXT

ALTER TABLE documents ADD COLUMN fetched TEXT

ALTER TABLE files ADD COLUMN member TEXT

ALTER TABLE files ADD COLUMN address TEXT

CREATE TABLE regions ( -- where stretches of a document stand in the original
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER, -- of a PDF, from 1
    box TEXT, -- JSON: left, top, right, bottom in points from the page's top left corner
    selector TEXT, -- XPath of an element of an HTML page
    lines TEXT -- JSON: the first and the last line of a text file, from 1
)

CREATE INDEX regions_by_document ON regions (document)

CREATE TABLE notes ( -- where an outlet says that it changed its report
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL, -- correction, clarification, update, editor's note, retraction
    span TEXT NOT NULL
)

CREATE INDEX notes_by_document ON notes (document)

CREATE TABLE addresses ( -- where a document lies on the net; those of one page are the same
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    address TEXT NOT NULL,
    UNIQUE (document, address)
)

CREATE INDEX addresses_by_address ON addresses (address)

CREATE TABLE met ( -- where else a document was met: other files, archives and addresses that hold the same
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    file TEXT NOT NULL,
    member TEXT NOT NULL, -- empty where the file itself is it
    address TEXT NOT NULL, -- empty where none is known
    UNIQUE (document, file, member, address)
)

INSERT INTO addresses (document, address)
    SELECT id, same_address(url) FROM documents WHERE url <> '' ORDER BY number

CREATE TABLE versions ( -- what changed from one version of a report to the next
    number INTEGER PRIMARY KEY,
    earlier TEXT NOT NULL REFERENCES documents (id),
    later TEXT NOT NULL REFERENCES documents (id),
    added TEXT NOT NULL, -- JSON: ids of claims
    dropped TEXT NOT NULL,
    changed TEXT NOT NULL, -- JSON: pairs of ids of claims
    corrected TEXT NOT NULL, -- the same, where a note of the outlet tells of the change
    notes TEXT NOT NULL
)

CREATE VIEW what_changed AS -- claims that a later version of a report added, dropped, changed or corrected, in words
    SELECT d.outlet, d.title, p.what, x.text AS before, y.text AS after,
        d.updated, d.published, d.file, p.earlier, p.later
    FROM (
        SELECT number, later, earlier, 'added' AS what, NULL AS old, value AS new FROM versions, json_each(added)
        UNION ALL SELECT number, later, earlier, 'dropped', value, NULL FROM versions, json_each(dropped)
        UNION ALL SELECT number, later, earlier, 'changed', value ->> 0, value ->> 1 FROM versions, json_each(changed)
        UNION ALL SELECT number, later, earlier, 'corrected', value ->> 0, value ->> 1
            FROM versions, json_each(corrected)
    ) p JOIN documents d ON d.id = p.later LEFT JOIN claims x ON x.id = p.old LEFT JOIN claims y ON y.id = p.new
    ORDER BY p.number

-- warn is 1 where it is a part of the report itself that was not read
ALTER TABLE unread ADD COLUMN warn INTEGER NOT NULL DEFAULT 0

CREATE INDEX documents_by_length ON documents (length(text))
"""
_MEANINGS = """
CREATE TABLE meanings ( -- a cache: what a claim speaks of, as a model reads it; may be emptied
    claim TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    meaning BLOB NOT NULL -- numbers of 32 bits, the lower byte first
) WITHOUT ROWID
"""
_ANSWERS = """
DROP TABLE meanings

CREATE TABLE answers ( -- a cache: whether two claims answer one question, as a model reads them; may be emptied
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    model TEXT NOT NULL,
    neither REAL NOT NULL, -- log odds: no question in common
    alike REAL NOT NULL,
    otherwise REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID
"""
_MIGRATIONS = (
    "\n\n".join([_TABLES.strip(), *(_KEPT.format(table=table).strip() for table in _FACTS)]),
    _ORIGINS.strip(),
    "\n\n".join([_PLACES.strip(), *(_KEPT.format(table=table).strip() for table in _LATER_FACTS)]),
    _MEANINGS.strip(),
    _ANSWERS.strip(),
    "DROP TABLE scores",
)
"""What brings a file from each version of the schema to the next; the first makes a new one. Never edited, only added
to."""
