INSERT INTO dossier (id, code, code_kind, applicant, id_number, phone, procedure, procedure_name,
                     received_at, due_at, status, pages, last_seq, parent)
VALUES (:id, :code, :code_kind, :applicant, :id_number, :phone, :procedure, :procedure_name,
        :received_at, :due_at, :status, :pages, :last_seq, :parent)
ON CONFLICT (id) DO UPDATE SET
    code = excluded.code,
    code_kind = excluded.code_kind,
    applicant = excluded.applicant,
    id_number = excluded.id_number,
    phone = excluded.phone,
    due_at = excluded.due_at,
    status = excluded.status,
    pages = excluded.pages,
    last_seq = excluded.last_seq,
    parent = excluded.parent
RETURNING row
