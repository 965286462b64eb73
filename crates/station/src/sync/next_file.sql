SELECT hash
FROM upload
WHERE done = 0
ORDER BY size
LIMIT 1
