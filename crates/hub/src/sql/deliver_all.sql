INSERT INTO delivery (agency, number, stream, refused)
SELECT ?2, number, stream, refused IS NOT NULL
FROM event WHERE dossier = ?1 AND same_as IS NULL ORDER BY number
