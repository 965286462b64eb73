SELECT id
FROM record
WHERE event = ?1
