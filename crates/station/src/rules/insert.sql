INSERT INTO rule (kind, key, version, title, valid_from, valid_to, in_force, basis, state, source, signed_by, officer, at, data, digest)
VALUES (:kind, :key, :version, :title, :valid_from, :valid_to, :in_force, :basis, :state, :source, :signed_by, :officer, :at, :data, :digest)
