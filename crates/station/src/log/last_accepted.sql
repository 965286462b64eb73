SELECT coalesce(max(accepted), 0) AS number
FROM record
WHERE dossier = ?1
