SELECT number, file, EXISTS (SELECT 1 FROM rule_set AS later WHERE later.number > rule_set.number) AS more
FROM rule_set
WHERE number > ?1
ORDER BY number
LIMIT 1
