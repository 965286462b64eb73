SELECT coalesce(max(first + size), 0) AS have
FROM blob_part
WHERE device = ?1 AND hash = ?2
