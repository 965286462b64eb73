SELECT bytes, sha256
FROM form
WHERE dossier = ?1 AND form = '01'
ORDER BY id DESC
LIMIT 1
