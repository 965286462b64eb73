SELECT at
FROM cash_close
WHERE officer = ?1 AND day = ?2
