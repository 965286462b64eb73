SELECT id, dossier
FROM form
ORDER BY id
