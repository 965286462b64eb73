DELETE FROM dossier;
DELETE FROM code;
DELETE FROM page;
DELETE FROM search;
DELETE FROM payment;
DELETE FROM cash_close;
DELETE FROM settled;
