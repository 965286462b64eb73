SELECT raw, decided
FROM review
WHERE state = 'waiting'
    AND (position, code) > (
        coalesce((SELECT position FROM review WHERE code = ?1), -1),
        ?1
    )
ORDER BY position, code
LIMIT 1
