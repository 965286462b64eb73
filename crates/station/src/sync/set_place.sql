UPDATE record
SET accepted = ?2, refused = ?3
WHERE id = ?1
