SELECT id, name, admin
FROM officer
WHERE active = 1
ORDER BY name
