-- What erasure is made of: events that erase, and records whose body or salt is gone. The walk over
-- the chains has read every row by now; this picks the few that matter.
SELECT stream, seq, header, digest, salt, body, accepted, refused
FROM placed
WHERE kind = 'erased' OR body IS NULL OR salt IS NULL
ORDER BY id
