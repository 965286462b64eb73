SELECT applicant, procedure_name, received_at
FROM dossier
WHERE code = ?1 AND id != ?2
ORDER BY row
