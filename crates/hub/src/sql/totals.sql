SELECT (SELECT count(*) FROM dossier) AS dossiers,
       (SELECT count(*) FROM event) AS events,
       (SELECT count(*) FROM blob) AS blobs,
       (SELECT count(*) FROM device) AS devices
