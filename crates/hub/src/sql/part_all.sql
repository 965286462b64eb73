SELECT part, key, size
FROM blob_part
WHERE device = ?1 AND hash = ?2
ORDER BY first
