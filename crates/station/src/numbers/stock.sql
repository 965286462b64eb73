SELECT coalesce(sum(last - next + 1), 0) AS left, coalesce(sum(last - first + 1), 0) AS held
FROM lease
WHERE series = ?1 AND day = ?2
