-- What waits and what is damaged is asked for every second; what is up there already are hundreds of
-- thousands of rows. `done` stands in both so that the row itself need not be read.

DROP INDEX upload_waiting;
CREATE INDEX upload_waiting ON upload (done, size) WHERE done = 0;
CREATE INDEX upload_damaged ON upload (done) WHERE done = 2;

-- A code that copies of one PC printed twice is told of wherever one of its dossiers is looked up.
CREATE INDEX dossier_code ON dossier (code);
