-- Files on their way up: each piece is a sealed file of its own, and what a device may go on from is
-- the end of its last piece. A piece's row is written after its file's fsync.
CREATE TABLE blob_part (
    device  BLOB NOT NULL REFERENCES device (device),
    hash    BLOB NOT NULL,
    first   INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    part    BLOB NOT NULL,
    key     BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (device, hash, first)
) STRICT, WITHOUT ROWID;
