SELECT blob
FROM page
WHERE page = ?1
