SELECT seq, coalesce(same_as, number) AS number, refused, event FROM event WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
