-- Rules as dated data: procedures, calendars, the agency, provincial fees. A version is never
-- changed once it was in force; what an officer approved is never overwritten by what a newer
-- program brings along. Dossiers hold what they were received under and never look here again.

CREATE TABLE rule (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('procedure', 'calendar', 'agency', 'fees')),
    key        TEXT NOT NULL,
    version    TEXT NOT NULL,
    title      TEXT NOT NULL,
    valid_from TEXT,                          -- as its text says; NULL: not said
    valid_to   TEXT,                          -- last day
    in_force   TEXT,                          -- first day here: the later of valid_from and its approval; NULL: always
    basis      TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'approved')),
    source     TEXT NOT NULL CHECK (source IN ('starter', 'typed', 'file', 'hub', 'portal')),
    signed_by  TEXT,                          -- who made the signed file it came in
    officer    BLOB,                          -- who approved it, or saved the draft
    at         INTEGER,                       -- when, milliseconds since 1970
    approval   INTEGER,                       -- counts approvals here: of two for the same day the later one holds
    data       TEXT NOT NULL,                 -- JSON of the kind
    digest     BLOB NOT NULL,                 -- BLAKE3 of data
    UNIQUE (kind, key, version)
) STRICT;
CREATE INDEX rule_in_force ON rule (kind, key, in_force) WHERE state = 'approved';

-- Sets of rules the hub handed down, so that one of them is installed once.
CREATE TABLE rule_set (
    digest    BLOB PRIMARY KEY NOT NULL,
    number    INTEGER NOT NULL,
    signed_by TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    installed INTEGER NOT NULL,
    refused   TEXT    NOT NULL                -- JSON: a sentence for each rule that cannot be worked by here
) STRICT;

-- The starter catalogue is installed anew as versions.
DROP TABLE procedure;
