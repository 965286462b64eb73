SELECT number, refused FROM event WHERE event = ?1 AND same_as IS NULL
