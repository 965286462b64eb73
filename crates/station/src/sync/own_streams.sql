SELECT id, device, epoch, public_key, seq, hash, durable_seq
FROM stream
WHERE public_key != x''
ORDER BY id
