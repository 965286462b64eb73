SELECT durable_seq AS durable,
       seq - durable_seq AS waiting,
       (SELECT count(*) FROM upload WHERE done = 1) AS blobs_durable,
       (SELECT count(*) FROM upload WHERE done = 0) AS blobs_waiting,
       (SELECT count(*) FROM record WHERE refused IS NOT NULL) AS refused
FROM stream
WHERE id = ?1
