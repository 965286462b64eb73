SELECT agency, (SELECT max(epoch) FROM stream WHERE stream.device = device.device) AS epoch FROM device WHERE device = ?1
