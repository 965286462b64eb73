DELETE FROM rule
WHERE id = ?1 AND state = 'draft'
