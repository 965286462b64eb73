SELECT coalesce(max(accepted), 0) AS number
FROM placed
WHERE dossier = ?1
