SELECT code, name, parent, unit, place FROM agency ORDER BY code
