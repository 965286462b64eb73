-- Refused events an officer has decided about; made again from the log.

CREATE TABLE settled (
    event BLOB PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
