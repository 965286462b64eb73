SELECT number, refused IS NOT NULL AS refused FROM event WHERE dossier = ?1 AND same_as IS NULL ORDER BY number
