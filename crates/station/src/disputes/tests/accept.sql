-- What the hub would have done with every registration.
UPDATE record
SET accepted = id
WHERE kind = 'registered'
