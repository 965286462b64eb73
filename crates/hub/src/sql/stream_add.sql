INSERT INTO stream (device, epoch, public_key, seq, hash) VALUES (?1, ?2, ?3, 0, ?4)
