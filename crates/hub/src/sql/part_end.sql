-- A key is drawn for each piece: the same bytes kept again are another one.
DELETE FROM blob_part
WHERE device = ?1 AND hash = ?2 AND key = ?3
