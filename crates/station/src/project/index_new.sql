INSERT INTO search (rowid, name, numbers, procedure) VALUES (?1, ?2, ?3, ?4)
