SELECT hash, key FROM blob
UNION ALL
SELECT part AS hash, key FROM blob_part
