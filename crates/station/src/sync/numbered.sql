-- An answer that was lost is that of the last batch: nothing further back is looked at.
SELECT seq
FROM record
WHERE stream = ?1 AND seq > ?2 AND accepted IS NULL
ORDER BY seq
LIMIT 1
