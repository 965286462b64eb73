-- Whether this PC itself holds the key: streams of others have none here.
SELECT count(*) AS n
FROM stream
WHERE public_key = ?1
