SELECT key, size FROM blob
WHERE hash = ?1 AND (device = ?2 OR EXISTS (
    SELECT 1 FROM mention JOIN interest ON interest.dossier = mention.dossier
    WHERE mention.hash = blob.hash AND interest.agency = ?3))
