SELECT *
FROM (
    SELECT *,
        row_number() OVER (PARTITION BY key ORDER BY approval IS NULL, in_force DESC, approval DESC, id DESC) AS place,
        min(id) OVER (PARTITION BY key) AS first
    FROM rule
    WHERE kind = :kind AND state = 'approved'
      AND (in_force IS NULL OR in_force <= :day)
      AND (valid_to IS NULL OR valid_to >= :day)
)
WHERE place = 1
ORDER BY first
