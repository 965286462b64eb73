SELECT first, last, ahead
FROM place
WHERE stream = ?1
ORDER BY first
