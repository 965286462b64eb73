INSERT INTO lease (series, day, first, last, next)
VALUES (?1, ?2, ?3, ?4, ?4 + 1)
ON CONFLICT (series, day, first) DO NOTHING
