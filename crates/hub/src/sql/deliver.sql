INSERT INTO delivery (agency, number) VALUES (?1, ?2)
