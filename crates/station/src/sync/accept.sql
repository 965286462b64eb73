UPDATE record
SET accepted = ?3
WHERE stream = ?1 AND seq = ?2
