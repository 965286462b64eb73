INSERT INTO agency (code, name, parent, unit, place) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (code) DO UPDATE SET name = ?2, parent = ?3, unit = ?4, place = ?5
