-- What of the run that reaches past ?3 lies behind it.
INSERT INTO place (stream, first, last, ahead)
SELECT stream, ?3 + 1, last, ahead
FROM place
WHERE stream = ?1 AND last > ?3
  AND first = (SELECT max(first) FROM place WHERE stream = ?1 AND first <= ?3)
