SELECT count(*)
FROM record
WHERE kind = 'seal_broken'
