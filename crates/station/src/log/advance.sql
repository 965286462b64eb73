UPDATE stream
SET seq = ?2, hash = ?3
WHERE id = ?1 AND seq = ?2 - 1
