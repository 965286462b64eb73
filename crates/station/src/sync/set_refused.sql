UPDATE record
SET refused = ?2
WHERE id = ?1 AND refused IS NOT ?2
