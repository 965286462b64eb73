-- Streams this PC wrote. Those of others have no key here.
SELECT id, device, epoch, public_key, seq, hash
FROM stream
WHERE public_key != x''
ORDER BY id
