UPDATE enrolment_code SET used_by = ?2 WHERE digest = ?1
