-- Transactions ever committed. A file beside the keys counts them too: see tally.rs.
ALTER TABLE life ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
