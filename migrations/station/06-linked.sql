-- The common dossier of a linked group (liên thông), so that its parts are found from it.

ALTER TABLE dossier ADD COLUMN parent BLOB;
CREATE INDEX dossier_parent ON dossier (parent, row) WHERE parent IS NOT NULL;
