INSERT INTO procedure (code, position, data)
VALUES (:code, :position, :data)
