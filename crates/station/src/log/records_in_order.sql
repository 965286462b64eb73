SELECT stream, seq, header, digest, salt, body, hash, accepted, refused
FROM placed
WHERE stream = ?1
ORDER BY seq
