-- A file is old when its newest piece is.
DELETE FROM blob_part
WHERE (device, hash) IN (
    SELECT device, hash FROM blob_part GROUP BY device, hash HAVING max(kept_at) < ?1)
