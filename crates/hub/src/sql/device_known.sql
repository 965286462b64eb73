SELECT agency FROM device WHERE device = ?1
