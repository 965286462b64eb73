SELECT 1 AS one
FROM lease
WHERE series = ?1 AND day = ?2 AND next <= last
LIMIT 1
