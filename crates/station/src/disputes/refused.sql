SELECT record.stream, record.seq, record.header, record.digest, record.salt, record.body,
       record.accepted, record.refused, dossier.code AS code, record.dossier AS dossier
FROM placed AS record JOIN stream ON stream.id = record.stream AND stream.public_key != x''
     LEFT JOIN dossier ON dossier.id = record.dossier
WHERE record.refused IS NOT NULL AND record.event NOT IN (SELECT event FROM settled)
ORDER BY record.id DESC
LIMIT 100
