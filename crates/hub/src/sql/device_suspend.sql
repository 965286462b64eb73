UPDATE device SET suspended_at = coalesce(suspended_at, ?2) WHERE device = ?1
