SELECT hash
FROM record
WHERE stream = ?1 AND seq = ?2
