SELECT coalesce(sum(size), 0) AS bytes
FROM blob_part
WHERE device = ?1
