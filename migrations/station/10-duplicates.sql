-- Before a number is given, the newest dossiers of the same procedure are looked through for the same person.
CREATE INDEX dossier_procedure ON dossier (procedure, received_at);
