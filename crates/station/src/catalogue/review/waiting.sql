SELECT count(*) AS n
FROM review
WHERE state = 'waiting'
