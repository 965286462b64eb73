SELECT asked, response
FROM request
WHERE id = ?1
