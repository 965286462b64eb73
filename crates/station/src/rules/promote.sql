UPDATE rule
SET state = 'approved', in_force = :in_force, basis = :basis, officer = :officer, at = :at, data = :data, digest = :digest
WHERE id = :id
