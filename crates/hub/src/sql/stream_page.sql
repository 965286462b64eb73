SELECT coalesce(same_as, number) AS number, refused, seq, header, digest, salt, body
FROM event WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
