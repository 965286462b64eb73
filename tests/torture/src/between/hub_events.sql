SELECT number, event, header, digest, salt, body, refused, dossier IS NOT NULL AS told
FROM event
WHERE same_as IS NULL AND number > ?1
ORDER BY number
