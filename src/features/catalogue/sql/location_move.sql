-- location_move.sql: a place goes to another organisation.
-- In   :location_id int, :organisation_id int, :changed_at int
-- Gives none
UPDATE catalogue_location
   SET organisation_id = :organisation_id, changed_at = :changed_at
 WHERE location_id = :location_id
