-- Bytes of evidence a device has used up of what it may, since it was last suspended: counted when a batch
-- is kept, not by reading all of them at every push.
ALTER TABLE device ADD COLUMN evidence_bytes INTEGER NOT NULL DEFAULT 0;
UPDATE device
SET evidence_bytes = (SELECT coalesce(sum(octet_length(batch)), 0) FROM evidence WHERE evidence.device = device.device);
