INSERT INTO task (kind, detail, at) SELECT ?1, ?2, ?3
WHERE NOT EXISTS (SELECT 1 FROM task WHERE kind = ?1 AND detail = ?2)
