SELECT coalesce(sum(length(batch)), 0) FROM evidence WHERE device = ?1
