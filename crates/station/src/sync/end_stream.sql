UPDATE stream
SET seq = ?2, hash = ?3, durable_seq = ?2
WHERE id = ?1
