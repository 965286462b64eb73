UPDATE upload
SET done = 0
WHERE hash = ?1
