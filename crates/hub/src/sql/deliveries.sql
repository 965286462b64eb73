SELECT delivery.position, event.number, stream.device, stream.epoch, event.prev,
       event.seq, event.header, event.digest, event.salt, event.body, event.refused
FROM delivery
JOIN event ON event.number = delivery.number
JOIN stream ON stream.id = event.stream
WHERE delivery.agency = ?1 AND delivery.position > ?2
  AND (delivery.stream <> ?3 OR delivery.refused)
ORDER BY delivery.position
LIMIT ?4
