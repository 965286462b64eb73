INSERT INTO blob (hash, key, size, device, stored_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (hash) DO NOTHING
