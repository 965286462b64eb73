-- In the order of the list.
INSERT INTO delivery (agency, number, stream)
SELECT ?1, event.number, event.stream
FROM json_each(?2) AS one CROSS JOIN event ON event.number = one.value
