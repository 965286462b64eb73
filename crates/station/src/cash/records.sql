SELECT record.stream AS stream, record.seq AS seq, record.header AS header, record.digest AS digest,
       record.salt AS salt, record.body AS body, record.accepted AS accepted, record.refused AS refused
FROM placed AS record JOIN stream ON stream.id = record.stream
WHERE record.kind IN ('payment_received', 'cash_closed') AND stream.public_key != x''
ORDER BY record.id
