-- A stream nobody may go on writing to: another copy of its PC was seen, or its PC left it. What was
-- written is still taken in.
ALTER TABLE stream ADD COLUMN left_at INTEGER;
-- Numbers belong to one life of a device: two copies of one PC never hold the same block.
ALTER TABLE lease ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
