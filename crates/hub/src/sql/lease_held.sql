SELECT first_number, last_number FROM lease
WHERE series = ?1 AND day = ?2 AND device = ?3 AND epoch = ?4 ORDER BY first_number
