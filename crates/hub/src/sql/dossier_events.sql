SELECT seq, header, digest, salt, body FROM event
WHERE dossier = ?1 AND refused IS NULL AND same_as IS NULL ORDER BY number
