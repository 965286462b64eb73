UPDATE place
SET last = ?3
WHERE stream = ?1 AND last = ?2 - 1 AND ahead = ?4
  AND first = (SELECT max(first) FROM place WHERE stream = ?1 AND first < ?2)
