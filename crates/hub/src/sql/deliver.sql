-- In the order of the list.
INSERT INTO delivery (agency, number, stream, refused)
SELECT ?1, event.number, event.stream, event.number IN (SELECT value FROM json_each(?3))
FROM json_each(?2) AS one CROSS JOIN event ON event.number = one.value
