SELECT 1 FROM code WHERE code = ?1 AND dossier <> ?2
