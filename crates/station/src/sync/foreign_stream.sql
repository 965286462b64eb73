INSERT INTO stream (device, epoch, public_key, hash)
VALUES (?1, ?2, x'', ?3)
ON CONFLICT (device, epoch) DO NOTHING
