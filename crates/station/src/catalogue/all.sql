SELECT data
FROM procedure
ORDER BY position
