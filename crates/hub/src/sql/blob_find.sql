SELECT key, size FROM blob WHERE hash = ?1
