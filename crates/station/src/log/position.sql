SELECT seq, hash
FROM stream
WHERE id = ?1
