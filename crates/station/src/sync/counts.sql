SELECT coalesce(sum(durable_seq), 0) AS durable,
       coalesce(sum(seq - durable_seq), 0) AS waiting,
       (SELECT count(*) FROM upload WHERE done = 0) AS blobs_waiting,
       (SELECT count(*) FROM upload WHERE done = 2) AS blobs_damaged,
       (SELECT coalesce(sum(size), 0) FROM upload WHERE done = 0) AS bytes_waiting,
       (SELECT count(*) FROM record JOIN stream AS own ON own.id = record.stream AND own.public_key != x''
        WHERE refused IS NOT NULL AND event NOT IN (SELECT event FROM settled)) AS refused
FROM stream
WHERE public_key != x''
