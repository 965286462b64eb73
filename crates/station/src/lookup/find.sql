SELECT dossier.id, dossier.code, dossier.code_kind, dossier.applicant, dossier.id_number, dossier.phone,
       dossier.procedure, dossier.procedure_name, dossier.received_at, dossier.due_at, dossier.status,
       dossier.pages, dossier.last_seq <= (SELECT durable_seq FROM stream WHERE id = :stream) AS durable
FROM search JOIN dossier ON dossier.row = search.rowid
WHERE search MATCH :query
ORDER BY search.rowid DESC
LIMIT :limit
