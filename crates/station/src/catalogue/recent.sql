SELECT procedure
FROM (SELECT procedure, row FROM dossier ORDER BY row DESC LIMIT 200)
GROUP BY procedure
ORDER BY max(row) DESC
LIMIT 8
