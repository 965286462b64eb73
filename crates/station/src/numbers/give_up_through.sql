UPDATE lease
SET next = min(last, ?3) + 1
WHERE series = ?1 AND day = ?2 AND next <= min(last, ?3)
