INSERT INTO enrolment_code (digest, agency, expires_at) VALUES (?1, ?2, ?3)
