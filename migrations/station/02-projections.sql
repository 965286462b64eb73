-- Readable tables, rebuilt from the log whenever their shape changes: nothing here is the truth.

CREATE TABLE dossier (
    row            INTEGER PRIMARY KEY,
    id             BLOB    NOT NULL UNIQUE,
    code           TEXT    NOT NULL,
    code_kind      TEXT    NOT NULL,
    applicant      TEXT    NOT NULL,
    id_number      TEXT,
    phone          TEXT,
    procedure      TEXT    NOT NULL,
    procedure_name TEXT    NOT NULL,
    received_at    INTEGER NOT NULL,          -- milliseconds since 1970
    due_at         INTEGER NOT NULL,
    status         TEXT    NOT NULL,
    pages          INTEGER NOT NULL DEFAULT 0,
    last_seq       INTEGER NOT NULL           -- last own record: durable up there once the hub has it
) STRICT;
CREATE INDEX dossier_id_number ON dossier (id_number, row) WHERE id_number IS NOT NULL;
CREATE INDEX dossier_temporary ON dossier (row) WHERE code_kind = 'temporary';

CREATE TABLE code (
    code    TEXT PRIMARY KEY NOT NULL,
    dossier BLOB NOT NULL,
    kind    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Folded words (see dossier::fold). A begun word of 2 to 5 letters is found like a whole one.
-- FTS5's own folding keeps đ apart, so the folding is ours.
CREATE VIRTUAL TABLE search USING fts5 (
    name, numbers, procedure,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0",
    prefix = '2 3 4 5'
);

CREATE TABLE page (
    page    BLOB PRIMARY KEY NOT NULL,
    dossier BLOB NOT NULL,
    blob    BLOB NOT NULL,
    media   TEXT NOT NULL
) STRICT;
