INSERT INTO device (device, agency, name, enrolled_at) VALUES (?1, ?2, ?3, ?4)
