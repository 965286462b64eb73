SELECT data
FROM procedure
WHERE code = ?1
