SELECT durable_seq
FROM stream
WHERE id = ?1
