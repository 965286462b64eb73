INSERT INTO place (stream, first, last, ahead)
VALUES (?1, ?2, ?3, ?4)
