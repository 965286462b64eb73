SELECT (SELECT sum(length(event) + length(dossier) + length(kind) + octet_length(header) + octet_length(digest)
                   + octet_length(salt) + octet_length(body) + length(hash))
        FROM record WHERE record.dossier = ?1)
     + (SELECT sum(length(form.dossier) + length(form) + length(sha256) + length(blob) + length(bytes))
        FROM form WHERE form.dossier = ?1)
     + (SELECT length(asked) + octet_length(response) FROM request WHERE request.dossier = ?1)
     + (SELECT octet_length(code) + octet_length(applicant) + coalesce(length(id_number), 0) + octet_length(procedure_name)
        FROM dossier WHERE dossier.id = ?1) AS bytes
