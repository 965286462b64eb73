UPDATE officer
SET failures = ?2, locked_until = ?3
WHERE id = ?1
