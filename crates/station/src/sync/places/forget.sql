DELETE FROM place
WHERE stream = ?1 AND first BETWEEN ?2 AND ?3
