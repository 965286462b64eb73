SELECT key, value
FROM setting
WHERE key LIKE 'preference.%'
