UPDATE stream SET left_at = ?3 WHERE device = ?1 AND epoch = ?2 AND left_at IS NULL
