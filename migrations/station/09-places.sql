-- Where the hub put records of own streams: runs that stand up there in the very order in which they were
-- sent, as nearly all do. A push of a thousand records is one row, and none of the thousand is written again.
CREATE TABLE place (
    stream INTEGER NOT NULL REFERENCES stream (id),
    first  INTEGER NOT NULL,                   -- its records, by their place in the stream
    last   INTEGER NOT NULL,
    ahead  INTEGER NOT NULL,                   -- acceptance number less place in the stream
    PRIMARY KEY (stream, first)
) STRICT, WITHOUT ROWID;

-- Records with their acceptance numbers: of own ones by their run, of others in the row itself.
CREATE VIEW placed AS
SELECT id, stream, seq, event, dossier, kind, header, digest, salt, body, hash, refused,
       coalesce((SELECT CASE WHEN run.last >= record.seq THEN record.seq + run.ahead END
                 FROM place AS run
                 WHERE run.stream = record.stream AND run.first <= record.seq
                 ORDER BY run.first DESC
                 LIMIT 1), accepted) AS accepted
FROM record;
