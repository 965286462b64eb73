INSERT INTO stream (device, epoch, public_key, hash)
VALUES (?1, ?2, ?3, ?4)
