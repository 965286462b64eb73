SELECT stream.public_key != x'' AS own
FROM record JOIN stream ON stream.id = record.stream
WHERE record.event = ?1
