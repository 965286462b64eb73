-- The log of this counter PC. An older program must not write here: it would break the chain.
-- Rows are never updated except for what the hub answered, and for bodies erased by law. None is
-- deleted but where a stream is mended: its records move to another one, and those the hub holds are
-- written as the hub has them.

CREATE TABLE stream (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    device      BLOB    NOT NULL,
    epoch       INTEGER NOT NULL,
    public_key  BLOB    NOT NULL,
    seq         INTEGER NOT NULL DEFAULT 0,   -- last record
    hash        BLOB    NOT NULL,             -- its hash, or the stream's first prev
    durable_seq INTEGER NOT NULL DEFAULT 0,   -- as the hub last said, backwards too
    UNIQUE (device, epoch)
) STRICT;

CREATE TABLE record (
    id       INTEGER PRIMARY KEY,
    stream   INTEGER NOT NULL REFERENCES stream (id),
    seq      INTEGER NOT NULL,
    event    BLOB    NOT NULL UNIQUE,
    dossier  BLOB,
    kind     TEXT    NOT NULL,
    header   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    salt     TEXT,
    body     TEXT,
    hash     BLOB    NOT NULL,
    accepted INTEGER,                          -- acceptance number of the hub, once durable there
    refused  TEXT,                             -- why it changes nothing, once the hub said so
    UNIQUE (stream, seq)
) STRICT;

-- A dossier is folded from its own records only.
CREATE INDEX record_dossier ON record (dossier, id) WHERE dossier IS NOT NULL;

-- Asked twice, the same answer: what was asked (its BLAKE3) and what was answered.
CREATE TABLE request (
    id       TEXT PRIMARY KEY NOT NULL,
    asked    BLOB NOT NULL,
    dossier  BLOB NOT NULL,
    response TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rendered forms: the same bytes for ever.
CREATE TABLE form (
    id      INTEGER PRIMARY KEY,
    dossier BLOB NOT NULL,
    form    TEXT NOT NULL,
    sha256  BLOB NOT NULL,
    blob    BLOB NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;
CREATE INDEX form_dossier ON form (dossier);

-- Files on this disk, each under its own key, and the queue that carries them upward.
CREATE TABLE blob (
    hash BLOB PRIMARY KEY NOT NULL,
    key  BLOB NOT NULL,
    size INTEGER NOT NULL
) STRICT;

CREATE TABLE upload (
    hash BLOB PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_waiting ON upload (size) WHERE done = 0;

-- Numbers only this device may issue. `next` never goes back.
CREATE TABLE lease (
    series TEXT    NOT NULL,
    day    TEXT    NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    next   INTEGER NOT NULL,
    PRIMARY KEY (series, day, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE officer (
    id           BLOB PRIMARY KEY NOT NULL,
    name         TEXT NOT NULL,
    admin        INTEGER NOT NULL,
    pin          TEXT NOT NULL,               -- Argon2id, PHC string; never leaves this PC
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,  -- milliseconds since 1970
    active       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure (
    code     TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    data     TEXT NOT NULL                    -- JSON of data/catalogue
) STRICT;

CREATE INDEX record_refused ON record (id) WHERE refused IS NOT NULL;
CREATE INDEX form_blob ON form (blob);
