UPDATE rule
SET title = :title, valid_from = :valid_from, valid_to = :valid_to, basis = :basis, source = :source, signed_by = :signed_by,
    officer = :officer, at = :at, data = :data, digest = :digest
WHERE id = :id AND state = 'draft'
