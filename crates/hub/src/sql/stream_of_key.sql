SELECT id FROM stream WHERE device = ?1 AND epoch = ?2 AND public_key = ?3
