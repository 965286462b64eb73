-- Rules the hub published, in their order: files signed by the hub's own key, kept as they are sent.
-- The number is a station's cursor; AUTOINCREMENT never gives one twice.

CREATE TABLE rule_set (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    digest       BLOB    NOT NULL UNIQUE,
    file         TEXT    NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
