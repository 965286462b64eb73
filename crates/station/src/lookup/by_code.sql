SELECT dossier
FROM code
WHERE code = ?1
