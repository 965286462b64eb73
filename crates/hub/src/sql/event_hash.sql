SELECT hash FROM event WHERE stream = ?1 AND seq = ?2
