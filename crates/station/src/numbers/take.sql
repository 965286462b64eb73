UPDATE lease
SET next = next + 1
WHERE (series, day, first) = (
    SELECT series, day, first
    FROM lease
    WHERE series = ?1 AND day = ?2 AND next <= last
    ORDER BY first
    LIMIT 1
)
RETURNING next - 1 AS number
