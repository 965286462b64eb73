SELECT enrolled_at FROM device WHERE device = ?1
