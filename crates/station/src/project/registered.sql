SELECT dossier
FROM record
WHERE kind = 'registered'
ORDER BY id
