UPDATE record
SET accepted = ?2
WHERE id = ?1
