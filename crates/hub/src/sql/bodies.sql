SELECT device, epoch, event.seq, header, digest, salt, body, refused
FROM event JOIN stream ON stream.id = event.stream
WHERE kind = 'erased' OR body IS NULL OR salt IS NULL
ORDER BY number
