SELECT id, applicant, id_number
FROM dossier
WHERE procedure = :procedure AND received_at >= :since
ORDER BY received_at DESC
LIMIT :most
