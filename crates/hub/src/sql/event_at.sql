SELECT coalesce(same_as, number) AS number, refused FROM event WHERE stream = ?1 AND seq = ?2
