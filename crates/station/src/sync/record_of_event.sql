SELECT record.id AS id, record.stream AS stream, record.seq AS seq, stream.public_key != x'' AS own
FROM record JOIN stream ON stream.id = record.stream
WHERE record.event = ?1
