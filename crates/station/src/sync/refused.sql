SELECT record.stream, record.seq, record.header, record.digest, record.salt, record.body,
       record.accepted, record.refused, dossier.code AS code
FROM record LEFT JOIN dossier ON dossier.id = record.dossier
WHERE record.refused IS NOT NULL
ORDER BY record.id DESC
LIMIT 100
