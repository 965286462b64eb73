SELECT id
FROM dossier
WHERE status IN ('received', 'processing', 'supplement_requested', 'awaiting_payment') AND due_at >= ?1
ORDER BY due_at, row
