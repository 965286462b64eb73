SELECT device, epoch, seq, hash, durable_seq FROM stream WHERE public_key != x'' ORDER BY id
