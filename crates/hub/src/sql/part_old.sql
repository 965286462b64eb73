-- A file is old when its newest piece is. Of a file that is here, whoever brought it, no pieces are needed.
DELETE FROM blob_part
WHERE hash IN (SELECT hash FROM blob)
   OR (device, hash) IN (
       SELECT device, hash FROM blob_part GROUP BY device, hash HAVING max(kept_at) < ?1)
RETURNING part, key, size
