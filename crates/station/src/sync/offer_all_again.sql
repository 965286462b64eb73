UPDATE upload
SET done = 0
