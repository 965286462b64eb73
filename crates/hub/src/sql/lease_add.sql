INSERT INTO lease (series, day, first_number, last_number, device, epoch) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
