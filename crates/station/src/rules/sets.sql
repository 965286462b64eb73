SELECT number, signed_by, at, installed, refused
FROM rule_set
ORDER BY at DESC, number DESC
LIMIT 10
