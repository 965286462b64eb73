SELECT record.id, record.event, record.header, record.digest, record.salt, record.body, record.kind,
       stream.public_key != x'' AS own
FROM record
JOIN stream ON stream.id = record.stream
WHERE record.id > ?1
ORDER BY record.id
