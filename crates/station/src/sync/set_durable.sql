UPDATE stream
SET durable_seq = ?2
WHERE id = ?1
