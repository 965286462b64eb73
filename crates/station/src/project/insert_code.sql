INSERT INTO code (code, dossier, kind)
VALUES (?1, ?2, ?3)
ON CONFLICT (code) DO NOTHING
