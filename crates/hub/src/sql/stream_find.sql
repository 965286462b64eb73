SELECT id, public_key, seq, hash, left_at IS NOT NULL AS left FROM stream WHERE device = ?1 AND epoch = ?2
