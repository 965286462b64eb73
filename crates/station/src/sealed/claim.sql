INSERT INTO blob (hash, key, size)
VALUES (?1, ?2, ?3)
ON CONFLICT (hash) DO NOTHING
