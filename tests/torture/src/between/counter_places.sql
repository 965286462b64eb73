SELECT event, accepted, refused FROM record WHERE dossier IS NOT NULL
