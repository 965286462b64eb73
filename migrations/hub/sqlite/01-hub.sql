-- What the hub keeps. The log (stream, event) is the truth; everything under "projections" can be
-- made again from it. Identities are 16-byte blobs, hashes 32-byte blobs, instants milliseconds.

CREATE TABLE agency (
    code   TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    parent TEXT NOT NULL,
    unit   TEXT NOT NULL,
    place  TEXT NOT NULL
) STRICT;

-- One-time codes are kept as BLAKE3 only: a read copy of the database enrols nobody.
CREATE TABLE enrolment_code (
    digest     BLOB PRIMARY KEY,
    agency     TEXT NOT NULL REFERENCES agency (code),
    expires_at INTEGER NOT NULL,
    used_by    INTEGER REFERENCES stream (id)
) STRICT;

CREATE TABLE device (
    device       BLOB PRIMARY KEY,
    agency       TEXT NOT NULL REFERENCES agency (code),
    name         TEXT NOT NULL,
    enrolled_at  INTEGER NOT NULL,
    suspended_at INTEGER
) STRICT;

-- One life of a device. `seq` and `hash` are the durable head, `signature` its proof.
CREATE TABLE stream (
    id         INTEGER PRIMARY KEY,
    device     BLOB NOT NULL REFERENCES device (device),
    epoch      INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    seq        INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    signature  TEXT,
    UNIQUE (device, epoch)
) STRICT;

-- `number` is the acceptance number: AUTOINCREMENT never gives one twice. `same_as` marks an event
-- re-emitted under another stream; `refused` says why an event changes no dossier.
CREATE TABLE event (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    stream      INTEGER NOT NULL REFERENCES stream (id),
    seq         INTEGER NOT NULL,
    prev        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    header      TEXT NOT NULL,
    digest      TEXT NOT NULL,
    salt        TEXT,
    body        TEXT,
    event       BLOB NOT NULL,
    dossier     BLOB,
    kind        TEXT NOT NULL,
    refused     TEXT,
    same_as     INTEGER REFERENCES event (number),
    received_at INTEGER NOT NULL,
    UNIQUE (stream, seq)
) STRICT;
CREATE UNIQUE INDEX event_once ON event (event) WHERE same_as IS NULL;
CREATE INDEX event_of_dossier ON event (dossier, number);

-- Numbers only one device may issue on one day of one series.
CREATE TABLE lease (
    series       TEXT NOT NULL REFERENCES agency (code),
    day          TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    last_number  INTEGER NOT NULL CHECK (last_number >= first_number),
    device       BLOB NOT NULL REFERENCES device (device),
    UNIQUE (series, day, first_number)
) STRICT;

-- The key is the only thing that opens the file; deleting the row destroys the file.
CREATE TABLE blob (
    hash      BLOB PRIMARY KEY,
    key       BLOB NOT NULL,
    size      INTEGER NOT NULL,
    device    BLOB NOT NULL REFERENCES device (device),
    stored_at INTEGER NOT NULL
) STRICT;

-- What a person has to look at: forks, codes given twice.
CREATE TABLE task (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    detail TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- Starts of the server, compared with the file beside the database: see generation.rs.
CREATE TABLE life (
    starts INTEGER NOT NULL
) STRICT;
INSERT INTO life (starts) VALUES (0);

-- Projections ---------------------------------------------------------------------------------

CREATE TABLE dossier (
    id          BLOB PRIMARY KEY,
    code        TEXT,
    procedure   TEXT NOT NULL,
    status      TEXT NOT NULL,
    receives    TEXT NOT NULL,
    resolves    TEXT NOT NULL,
    holder      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    due_at      INTEGER NOT NULL
) STRICT;

-- A code belongs to the dossier that came first; another one with it is a task.
CREATE TABLE code (
    code    TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    dossier BLOB NOT NULL REFERENCES dossier (id)
) STRICT;

-- Files the events of a dossier speak of.
CREATE TABLE mention (
    hash    BLOB NOT NULL,
    dossier BLOB NOT NULL,
    PRIMARY KEY (hash, dossier)
) STRICT, WITHOUT ROWID;

-- Agencies that may see a dossier, and what each of them is to be told, in order. An agency that
-- joins later is told everything from the beginning, so its cursor need not go back.
CREATE TABLE interest (
    dossier BLOB NOT NULL,
    agency  TEXT NOT NULL,
    PRIMARY KEY (dossier, agency)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    agency   TEXT NOT NULL,
    number   INTEGER NOT NULL REFERENCES event (number)
) STRICT;
CREATE INDEX delivery_to ON delivery (agency, position);
