SELECT number
FROM rule_set
WHERE digest = ?1
