INSERT INTO code (code, kind, dossier) VALUES (?1, ?2, ?3) ON CONFLICT (code) DO NOTHING
