SELECT id
FROM dossier
WHERE code_kind = 'temporary'
ORDER BY row
LIMIT ?1
