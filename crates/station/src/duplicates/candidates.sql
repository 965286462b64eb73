SELECT id, applicant, id_number, received_at, status
FROM dossier
WHERE procedure = :procedure AND received_at >= :since
ORDER BY received_at DESC
LIMIT :most
