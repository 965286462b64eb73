SELECT suspended_at, evidence_bytes FROM device WHERE device = ?1
