SELECT count(*) AS n
FROM record
WHERE kind = 'catalogue_approved'
