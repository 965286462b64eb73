DELETE FROM blob_part
WHERE device = ?1 AND hash = ?2
