SELECT agency FROM interest WHERE dossier = ?1
