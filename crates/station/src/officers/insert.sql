INSERT INTO officer (id, name, admin, pin)
VALUES (?1, ?2, ?3, ?4)
