-- The readable tables, row by row, whatever the order in which they were written.
SELECT 'dossier ' || hex(id) || ' ' || code || ' ' || code_kind || ' ' || status || ' ' || received_at || ' ' || due_at
       || ' ' || pages || ' ' || (last_seq <= (SELECT durable_seq FROM stream WHERE public_key != x''
                                              ORDER BY id DESC LIMIT 1)) AS line
FROM dossier
UNION ALL SELECT 'code ' || code || ' ' || hex(dossier) || ' ' || kind FROM code
UNION ALL SELECT 'page ' || hex(page) || ' ' || hex(dossier) || ' ' || hex(blob) FROM page
UNION ALL SELECT 'payment ' || hex(event) || ' ' || hex(officer) || ' ' || till || ' ' || amount FROM payment
UNION ALL SELECT 'close ' || hex(officer) || ' ' || day FROM cash_close
UNION ALL SELECT 'settled ' || hex(event) FROM settled
UNION ALL SELECT 'found ' || count(*) FROM search WHERE search MATCH 'mau'
ORDER BY line
