-- What it sent while it was suspended stays; if it is suspended again, as much may be kept again.
UPDATE device SET suspended_at = NULL, evidence_bytes = 0 WHERE device = ?1
