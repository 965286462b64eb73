-- For tests: takes body and salt out of a record of the first stream.
UPDATE record
SET body = iif(?2, NULL, body), salt = iif(?3, NULL, salt)
WHERE stream = 1 AND seq = ?1
