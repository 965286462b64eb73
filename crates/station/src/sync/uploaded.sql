UPDATE upload
SET done = 1
WHERE hash = ?1
