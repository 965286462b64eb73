INSERT INTO rule_set (digest, file, published_at)
VALUES (?1, ?2, ?3)
ON CONFLICT (digest) DO NOTHING
