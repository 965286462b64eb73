UPDATE stream SET seq = ?2, hash = ?3, signature = ?4 WHERE id = ?1
