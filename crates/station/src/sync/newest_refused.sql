SELECT record.event AS event
FROM record JOIN stream ON stream.id = record.stream AND stream.public_key != x''
WHERE record.refused IS NOT NULL AND record.event NOT IN (SELECT event FROM settled)
ORDER BY record.id DESC
LIMIT 1
