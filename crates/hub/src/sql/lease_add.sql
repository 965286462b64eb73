INSERT INTO lease (series, day, first_number, last_number, device) VALUES (?1, ?2, ?3, ?4, ?5)
