-- Every own stream but the one that is written to: the hub may have lost some of it.
UPDATE stream
SET durable_seq = 0
WHERE public_key != x'' AND durable_seq > 0
  AND id < (SELECT max(id) FROM stream WHERE public_key != x'')
