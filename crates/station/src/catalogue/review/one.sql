SELECT raw, decided
FROM review
WHERE code = ?1
