SELECT record.seq AS seq
FROM record JOIN stream ON stream.id = record.stream
WHERE record.dossier = ?1 AND stream.public_key != x''
ORDER BY record.id DESC
LIMIT 1
