SELECT count(*) AS n
FROM dossier
