SELECT record.stream, record.seq, record.header, record.digest, record.salt, record.body,
       record.accepted, record.refused
FROM placed AS record JOIN stream ON stream.id = record.stream AND stream.public_key != x''
ORDER BY record.stream, record.seq
