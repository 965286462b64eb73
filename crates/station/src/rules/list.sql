SELECT rule.*, coalesce(usable.place, 0) AS place
FROM rule
LEFT JOIN (
    SELECT id, row_number() OVER (PARTITION BY kind, key ORDER BY approval IS NULL, in_force DESC, approval DESC, id DESC) AS place
    FROM rule
    WHERE state = 'approved'
      AND (in_force IS NULL OR in_force <= :day)
      AND (valid_to IS NULL OR valid_to >= :day)
) AS usable ON usable.id = rule.id
WHERE (:kind IS NULL OR rule.kind = :kind) AND (:key IS NULL OR rule.key = :key)
ORDER BY rule.kind, rule.key, rule.id DESC
