SELECT bytes
FROM form
WHERE blob = ?1
LIMIT 1
