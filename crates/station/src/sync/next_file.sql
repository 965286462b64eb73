SELECT hash, size
FROM upload
WHERE done = 0 AND (size, hash) > (?1, ?2)
ORDER BY size, hash
LIMIT 1
