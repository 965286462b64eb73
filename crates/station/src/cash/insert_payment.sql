INSERT INTO payment (event, dossier, officer, till, at, amount, method)
VALUES (:event, :dossier, :officer, :till, :at, :amount, :method)
ON CONFLICT (event) DO NOTHING
