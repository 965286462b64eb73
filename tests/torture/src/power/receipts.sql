SELECT sha256, blob, bytes FROM form ORDER BY id DESC LIMIT 2
