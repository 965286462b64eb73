INSERT INTO form (dossier, form, sha256, blob, bytes)
VALUES (?1, '01', ?2, ?3, ?4)
