INSERT INTO delivery (agency, number) SELECT agency, ?2 FROM interest WHERE dossier = ?1
