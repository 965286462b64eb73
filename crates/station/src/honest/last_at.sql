SELECT json_extract(header, '$.at') AS at
FROM record
WHERE stream = ?1 AND seq > ?2
ORDER BY seq DESC
LIMIT 1
