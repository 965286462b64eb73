DELETE FROM rule
WHERE kind = 'procedure'
