INSERT INTO rule_set (digest, number, signed_by, at, installed, refused)
VALUES (:digest, :number, :signed_by, :at, :installed, :refused)
