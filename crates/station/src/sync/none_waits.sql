-- What a dossier waits for is a place in the stream that is written to, and that one begins now.
UPDATE dossier
SET last_seq = 0
WHERE last_seq > 0
