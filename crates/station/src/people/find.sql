SELECT dossier.id, dossier.applicant, dossier.id_number, dossier.phone
FROM search JOIN dossier ON dossier.row = search.rowid
WHERE search MATCH :query
ORDER BY search.rowid DESC
LIMIT :most
