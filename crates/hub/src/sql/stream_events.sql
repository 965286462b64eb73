SELECT seq, prev, hash, header, digest, salt, body, event, dossier, kind FROM event WHERE stream = ?1 ORDER BY seq
