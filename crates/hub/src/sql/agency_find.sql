SELECT code, name, parent, unit, place FROM agency WHERE code = ?1
