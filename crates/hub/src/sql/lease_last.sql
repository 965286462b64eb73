SELECT coalesce(max(last_number), 0) FROM lease WHERE series = ?1 AND day = ?2
