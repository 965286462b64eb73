UPDATE review
SET state = :state, decided = raw, why = :why, version = :version, officer = :officer, at = :at
WHERE code = :code
