SELECT coalesce(max(position), 0) FROM delivery WHERE agency = ?1
