DELETE FROM record
WHERE event = ?1
