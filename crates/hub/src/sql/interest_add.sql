INSERT INTO interest (dossier, agency) VALUES (?1, ?2)
