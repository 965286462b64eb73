UPDATE record
SET refused = ?2
WHERE id = (SELECT max(id) FROM record WHERE header LIKE ?1)
