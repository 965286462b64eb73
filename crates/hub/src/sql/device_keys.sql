SELECT public_key, agency, suspended_at, stream.id, epoch
FROM stream JOIN device USING (device) WHERE device = ?1 ORDER BY epoch DESC
