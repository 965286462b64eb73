SELECT day, sum(last - next + 1) AS left
FROM lease
WHERE series = ?1 AND day >= ?2
GROUP BY day
ORDER BY day
LIMIT 31
