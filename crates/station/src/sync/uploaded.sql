UPDATE upload
SET done = ?2
WHERE hash = ?1
