SELECT count(*) AS told FROM record WHERE dossier IS NOT NULL
