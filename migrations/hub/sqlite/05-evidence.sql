-- What a suspended device sent: verified, kept for a person to read, and no part of any stream. It is
-- sent again, and judged then, when the device is taken back.
CREATE TABLE evidence (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    device      BLOB NOT NULL REFERENCES device (device),
    epoch       INTEGER NOT NULL,
    first_seq   INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL,
    head        BLOB NOT NULL,
    batch       TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (device, epoch, first_seq, head)
) STRICT;
