SELECT id
FROM dossier
WHERE parent = ?1
ORDER BY row
