INSERT INTO dossier (id, code, procedure, status, receives, resolves, holder, received_at, due_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET code = ?2, procedure = ?3, status = ?4, receives = ?5, resolves = ?6, holder = ?7,
    received_at = ?8, due_at = ?9
