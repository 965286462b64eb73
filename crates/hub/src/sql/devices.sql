SELECT device.device, agency, name, enrolled_at, suspended_at,
       (SELECT coalesce(sum(seq), 0) FROM stream WHERE stream.device = device.device) AS events,
       (SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM evidence WHERE evidence.device = device.device) AS evidence
FROM device ORDER BY enrolled_at, device.device
