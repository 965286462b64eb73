UPDATE place
SET last = ?2 - 1
WHERE stream = ?1 AND last >= ?2
  AND first = (SELECT max(first) FROM place WHERE stream = ?1 AND first < ?2)
