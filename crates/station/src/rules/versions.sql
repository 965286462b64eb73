SELECT *
FROM rule
WHERE kind = :kind AND key = :key
ORDER BY id DESC
