"""The schema of a case. Statements stand apart by an empty line. What is written here is shown by every SQL tool."""

_FACTS = ("originals", "documents", "files", "unread", "attributions", "sources", "reviews")
_LATER_FACTS = ("regions", "notes", "met")
JUDGEMENTS = (  # what refers to others comes first
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
MIGRATIONS = (
    "\n\n".join([_TABLES.strip(), *(_KEPT.format(table=table).strip() for table in _FACTS)]),
    _ORIGINS.strip(),
    "\n\n".join([_PLACES.strip(), *(_KEPT.format(table=table).strip() for table in _LATER_FACTS)]),
    _MEANINGS.strip(),
    _ANSWERS.strip(),
    "DROP TABLE scores",
)
"""What brings a file from each version of the schema to the next; the first makes a new one. Never edited, only added
to."""
