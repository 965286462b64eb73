-- A piece of one byte takes a block of the disk, a name and a row.
SELECT coalesce(sum(max(size, 16384)), 0) AS bytes
FROM blob_part
WHERE device = ?1
