UPDATE record
SET accepted = seq + ?4
WHERE stream = ?1 AND seq BETWEEN ?2 AND ?3
