SELECT stream, seq, header, digest, salt, body, hash, accepted, refused
FROM placed
WHERE stream = ?1 AND seq > ?2
ORDER BY seq
LIMIT ?3
