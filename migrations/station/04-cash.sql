-- Tills, as tables rebuilt from the log: what each officer of this PC took on which day, and which
-- of these days they closed.

CREATE TABLE payment (
    event   BLOB PRIMARY KEY NOT NULL,
    dossier BLOB    NOT NULL,
    officer BLOB    NOT NULL,
    till    TEXT    NOT NULL,                 -- the day it is counted with
    at      INTEGER NOT NULL,                 -- milliseconds since 1970
    amount  INTEGER NOT NULL,                 -- đồng
    method  TEXT    NOT NULL
) STRICT;
CREATE INDEX payment_till ON payment (till, officer);

CREATE TABLE cash_close (
    officer BLOB    NOT NULL,
    day     TEXT    NOT NULL,
    at      INTEGER NOT NULL,                 -- milliseconds since 1970
    PRIMARY KEY (officer, day)
) STRICT, WITHOUT ROWID;
