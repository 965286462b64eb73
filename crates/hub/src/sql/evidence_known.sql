SELECT 1 FROM evidence WHERE device = ?1 AND epoch = ?2 AND first_seq = ?3 AND head = ?4
