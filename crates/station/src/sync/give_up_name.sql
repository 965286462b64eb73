UPDATE stream
SET public_key = x'', seq = 0, durable_seq = 0
WHERE id = ?1
