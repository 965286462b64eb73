SELECT id, code, code_kind, applicant, id_number, phone, procedure, procedure_name, received_at, due_at,
       status, pages, last_seq <= (SELECT durable_seq FROM stream WHERE id = :stream) AS durable
FROM dossier
WHERE id_number = :number
ORDER BY row DESC
LIMIT 20
