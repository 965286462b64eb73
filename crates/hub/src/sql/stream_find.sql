SELECT id, public_key, seq, hash FROM stream WHERE device = ?1 AND epoch = ?2
