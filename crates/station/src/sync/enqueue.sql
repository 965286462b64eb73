INSERT INTO upload (hash, size)
VALUES (?1, ?2)
ON CONFLICT (hash) DO NOTHING
