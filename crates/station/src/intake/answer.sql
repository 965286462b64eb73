INSERT INTO request (id, asked, dossier, response)
VALUES (?1, ?2, ?3, ?4)
