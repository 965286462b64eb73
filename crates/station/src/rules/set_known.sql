SELECT count(*) AS n
FROM rule_set
WHERE digest = ?1
