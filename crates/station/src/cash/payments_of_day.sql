SELECT payment.officer AS officer,
       COALESCE(officer.name, '') AS name,
       COALESCE(dossier.code, '') AS code,
       COALESCE(dossier.applicant, '') AS applicant,
       payment.amount AS amount,
       payment.method AS method,
       payment.at AS at
FROM payment
LEFT JOIN officer ON officer.id = payment.officer
LEFT JOIN dossier ON dossier.id = payment.dossier
WHERE payment.till = ?1
ORDER BY name, payment.officer, payment.rowid
