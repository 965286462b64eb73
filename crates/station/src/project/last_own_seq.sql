-- In the stream that is written to; what stands in older ones is durable or sent before it.
SELECT record.seq AS seq
FROM record
WHERE record.dossier = ?1 AND record.stream = (SELECT max(id) FROM stream WHERE public_key != x'')
ORDER BY record.id DESC
LIMIT 1
