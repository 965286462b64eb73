INSERT INTO record (stream, seq, event, dossier, kind, header, digest, salt, body, hash, accepted)
VALUES (:stream, :seq, :event, :dossier, :kind, :header, :digest, :salt, :body, :hash, :accepted)
