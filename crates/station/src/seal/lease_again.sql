DELETE FROM setting
WHERE key = 'leased_until'
