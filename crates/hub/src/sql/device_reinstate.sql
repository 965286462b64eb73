UPDATE device SET suspended_at = NULL WHERE device = ?1
