SELECT key
FROM blob
WHERE hash = ?1
