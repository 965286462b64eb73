SELECT *
FROM rule
WHERE kind = :kind AND key = :key AND state = 'approved'
  AND (in_force IS NULL OR in_force <= :day)
  AND (valid_to IS NULL OR valid_to >= :day)
ORDER BY approval IS NULL, in_force DESC, approval DESC, id DESC
LIMIT 1
