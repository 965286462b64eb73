UPDATE lease
SET next = last + 1
WHERE next <= last
