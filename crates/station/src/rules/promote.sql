UPDATE rule
SET state = 'approved', in_force = :in_force, basis = :basis, officer = :officer, at = :at,
    approval = (SELECT coalesce(max(approval), 0) + 1 FROM rule), data = :data, digest = :digest
WHERE id = :id
