SELECT coalesce(max(epoch), 0) FROM stream WHERE device = ?1
