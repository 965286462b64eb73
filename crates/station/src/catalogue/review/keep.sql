INSERT INTO review (code, position, digest, raw, full, state)
VALUES (:code, :position, :digest, :raw, :full, 'waiting')
ON CONFLICT (code)
DO UPDATE
SET position = excluded.position, digest = excluded.digest, raw = excluded.raw, full = excluded.full, state = 'waiting'
