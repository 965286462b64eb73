SELECT digest
FROM review
WHERE code = ?1
