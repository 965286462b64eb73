SELECT id
FROM stream
WHERE device = ?1 AND epoch = ?2
