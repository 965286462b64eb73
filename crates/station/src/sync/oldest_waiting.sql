SELECT json_extract(record.header, '$.at') AS at
FROM stream JOIN record ON record.stream = stream.id AND record.seq = stream.durable_seq + 1
WHERE stream.public_key != x''
ORDER BY stream.id
LIMIT 1
