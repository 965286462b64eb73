SELECT next
FROM lease
WHERE series = ?1 AND day = ?2 AND next <= last
ORDER BY first
LIMIT 1
