SELECT hash, key
FROM blob
ORDER BY hash
