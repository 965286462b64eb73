-- Answers that were lost are those of the last batches: nothing further back is looked at.
SELECT seq
FROM record
WHERE stream = ?1 AND seq > ?2 AND accepted IS NULL
ORDER BY seq
LIMIT 1
