INSERT INTO cash_close (officer, day, at)
VALUES (?1, ?2, ?3)
ON CONFLICT (officer, day) DO NOTHING
