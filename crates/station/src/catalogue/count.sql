SELECT count(*) AS n
FROM procedure
