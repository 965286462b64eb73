UPDATE setting
SET value = ''
WHERE key = 'projections'
