-- Records of the national portal as they came, and what an administrator decided about each. Asked
-- to import the same file again, nothing changes; a record that changed waits anew, and what it said
-- when it was decided on stays beside it.

CREATE TABLE review (
    code     TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,                -- line of the file it came in
    digest   BLOB NOT NULL,                   -- BLAKE3 of raw
    raw      TEXT NOT NULL,                   -- JSON object, canonical
    full     INTEGER NOT NULL,                -- 1: nothing was in doubt
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'skipped')),
    decided  TEXT,                            -- raw, as it stood when it was last decided on
    why      TEXT,                            -- basis of the approval, reason of the skip
    version  TEXT,                            -- of the approved rule
    officer  BLOB,
    at       INTEGER                          -- when it was decided, milliseconds since 1970
) STRICT;
CREATE INDEX review_waiting ON review (position, code) WHERE state = 'waiting';
