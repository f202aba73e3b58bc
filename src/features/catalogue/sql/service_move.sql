-- service_move.sql: an entry goes to another organisation.
-- In   :service_id int, :organisation_id int, :change_no int, :changed_at int
-- Gives none
UPDATE catalogue_service
   SET organisation_id = :organisation_id, change_no = :change_no, changed_at = :changed_at
 WHERE service_id = :service_id
