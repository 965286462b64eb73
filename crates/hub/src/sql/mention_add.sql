INSERT OR IGNORE INTO mention (hash, dossier) VALUES (?1, ?2)
