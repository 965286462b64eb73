SELECT record.stream, record.seq, record.header, record.digest, record.salt, record.body,
       record.accepted, record.refused
FROM stream JOIN record ON record.stream = stream.id AND record.seq = stream.durable_seq + 1
WHERE stream.public_key != x''
ORDER BY stream.id
LIMIT 1
