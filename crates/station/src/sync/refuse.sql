UPDATE record
SET refused = ?3
WHERE stream = ?1 AND seq = ?2
RETURNING dossier
