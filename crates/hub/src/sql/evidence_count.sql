UPDATE device SET evidence_bytes = ?2 WHERE device = ?1
