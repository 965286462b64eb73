-- The first record of a dossier that was taken in here names the officer.
SELECT procedure
FROM (SELECT newest.procedure, newest.row,
             (SELECT json_extract(record.header, '$.actor')
              FROM record
              WHERE record.dossier = newest.id
              ORDER BY record.id
              LIMIT 1) IS ?1 AS own
      FROM (SELECT id, procedure, row FROM dossier ORDER BY row DESC LIMIT 200) AS newest)
GROUP BY procedure
ORDER BY max(own) DESC, max(row) DESC
LIMIT 8
