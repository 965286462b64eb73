SELECT *
FROM rule
WHERE kind = :kind AND state = 'approved' AND in_force > :day
ORDER BY key, in_force, approval
