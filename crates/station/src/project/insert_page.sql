INSERT INTO page (page, dossier, blob, media)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (page) DO NOTHING
