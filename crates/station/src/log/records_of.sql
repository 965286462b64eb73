SELECT stream, seq, header, digest, salt, body, accepted, refused
FROM placed
WHERE dossier = ?1
ORDER BY accepted IS NULL, accepted, id
