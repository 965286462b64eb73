SELECT pin, failures, locked_until
FROM officer
WHERE id = ?1
