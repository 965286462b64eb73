SELECT event, accepted, refused FROM placed WHERE dossier IS NOT NULL
