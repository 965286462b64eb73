SELECT coalesce(sum(durable_seq), 0) AS durable,
       coalesce(sum(seq - durable_seq), 0) AS records,
       EXISTS (SELECT 1 FROM upload WHERE done = 0) AS files
FROM stream
WHERE public_key != x''
