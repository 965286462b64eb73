INSERT INTO blob_part (device, hash, first, size, part, key, kept_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
