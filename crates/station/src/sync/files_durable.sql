SELECT count(*) AS files
FROM upload
WHERE done = 1
