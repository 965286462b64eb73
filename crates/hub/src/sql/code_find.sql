SELECT agency, expires_at, used_by FROM enrolment_code WHERE digest = ?1
