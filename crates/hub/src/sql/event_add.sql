INSERT INTO event (stream, seq, prev, hash, header, digest, salt, body, event, dossier, kind, refused, same_as, received_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
