-- Whose event it is, so that a counter that asks what others did need not read what it did itself; and
-- whether it changes nothing and is told late, then to its own counter as well: after a restore it may
-- come before what it needs, and that answer may be lost.
ALTER TABLE delivery ADD COLUMN stream INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
UPDATE delivery
SET stream = (SELECT event.stream FROM event WHERE event.number = delivery.number);
