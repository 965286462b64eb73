SELECT public_key
FROM stream
WHERE id = ?1
